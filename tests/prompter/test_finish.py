"""Being done at a moment: what is typed, the pace it takes, and that the text really ends then."""

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import ManualClock, from_datetime
from liveshop_desk.prompter.finish import MOST, Finish, Finisher, Kind, parse_finish, plan
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.script import render
from tests.prompter.pushes import nudge

EVENING = from_datetime(datetime(2026, 11, 21, 21, 30))  # noqa: DTZ001 - local: the shop's own evening
LONG = render("字" * 2000, {})
PAUSES = render("字" * 300 + "【停 5秒】" + "字" * 200 + "【停 3秒】" + "字" * 100, {})


@pytest.mark.parametrize(
    ("text", "seconds", "kind"),
    [
        ("2:30", 150, Kind.WITHIN),
        ("2：30", 150, Kind.WITHIN),
        ("90", 90, Kind.WITHIN),
        ("3分", 180, Kind.WITHIN),
        ("1分30秒", 90, Kind.WITHIN),
        ("2m", 120, Kind.WITHIN),
        ("+12:30", 750, Kind.WITHIN),
        ("21:45", 900, Kind.BY),
        (" 00:10 ", 9600, Kind.BY),
    ],
)
def test_lengths_and_times_are_told_apart(text, seconds, kind):
    found = parse_finish(text, EVENING)
    assert (found.at - EVENING, found.kind) == (seconds * 1000, kind)


@pytest.mark.parametrize("text", ["", "soon", "2:3", "0:00", "25:00", "21:61", "21:29", "-3", "1:75"])
def test_what_is_neither_is_said(text):
    with pytest.raises(UserError):
        parse_finish(text, EVENING)


@pytest.mark.usefixtures("new_york")
def test_an_hour_that_comes_twice_is_the_next_of_the_two():
    first = from_datetime(datetime(2026, 11, 1, 1, 40))  # noqa: DTZ001 - local
    assert parse_finish("01:50", first).at - first == 600_000
    second = first + 3_600_000
    assert parse_finish("01:50", second).at - second == 600_000
    assert parse_finish("01:30", first).at - first == 50 * 60_000


@given(st.text(max_size=12))
def test_nothing_typed_does_harm(text):
    try:
        found = parse_finish(text, EVENING)
    except UserError:
        return
    assert found.at > EVENING


@pytest.fixture
def reader(clock):
    clock.instant = EVENING
    reader = Reader(clock)
    reader.load(LONG)
    reader.set_pace(220)
    return reader


@pytest.fixture
def finisher(reader, clock):
    return Finisher(reader, clock)


def run(clock, finisher, seconds):
    """Let the clock go second by second."""
    for _ in range(seconds):
        clock.advance(1)
        finisher.follow()


def ends_at(clock, reader, finisher, limit=3000):
    """Return the instant the text has ended."""
    for _ in range(limit * 20):
        clock.instant += 50
        if clock.instant % 1000 == 0:
            finisher.follow()
        if reader.position >= reader.total:
            return clock.instant
    raise AssertionError("it never ended")


@pytest.mark.parametrize("text", [LONG, PAUSES], ids=["plain", "pauses"])
def test_the_text_ends_at_the_moment(clock, reader, finisher, text):
    reader.load(text)
    reader.play()
    goal = EVENING + round(reader.remaining_seconds() * 1.2) * 1000
    finisher.aim(Finish(goal))
    assert finisher.plan.possible
    assert abs(ends_at(clock, reader, finisher) - goal) < 1000


def test_pauses_nudges_and_edits_are_caught_up_with(clock, reader, finisher):
    reader.play()
    goal = EVENING + 500_000
    finisher.aim(Finish(goal))
    run(clock, finisher, 60)
    reader.pause()
    run(clock, finisher, 20)
    reader.play()
    nudge(reader, -30)
    run(clock, finisher, 60)
    reader.set_script(render("字" * 2000 + "又加了一句话。" * 5, {}))
    assert abs(ends_at(clock, reader, finisher) - goal) < 1000


def test_no_replanning_makes_the_text_jump(clock, reader, finisher):
    reader.play()
    finisher.aim(Finish(EVENING + 450_000))
    speeds, at = [], reader.position
    for step in range(400):
        clock.instant += 50
        if step % 20 == 0:
            before = reader.position
            finisher.follow()
            assert reader.position == pytest.approx(before)
        speeds.append((reader.position - at) / 0.05 * 60)
        at = reader.position
    assert max(abs(b - a) for a, b in pairwise(speeds)) < 60
    assert speeds[-1] == pytest.approx(finisher.plan.pace, rel=0.01)


def test_what_cannot_be_is_said_and_nobody_is_raced(reader, finisher):
    finisher.aim(Finish(EVENING + 120_000))
    assert finisher.plan.needed == pytest.approx(1000)
    assert not finisher.plan.possible
    assert reader.pace == pytest.approx(220 * MOST)


def test_a_hand_on_the_pace_ends_it(reader, finisher):
    finisher.aim(Finish(EVENING + 480_000))
    reader.set_pace(300)
    assert finisher.goal is None
    finisher.follow()
    assert reader.pace == 300


def test_dropped_it_gives_the_pace_back(reader, finisher):
    finisher.aim(Finish(EVENING + 480_000))
    assert reader.pace == pytest.approx(250)
    finisher.drop()
    assert reader.pace == 220
    assert finisher.goal is None


def test_the_moment_passes_and_the_pace_comes_back(clock, reader, finisher):
    finisher.aim(Finish(EVENING + 120_000))
    reader.play()
    run(clock, finisher, 125)
    assert finisher.goal is None
    assert reader.pace == 220


def test_the_next_segment_is_not_held_to_this_ones_end(reader, finisher):
    finisher.aim(Finish(EVENING + 480_000))
    reader.load(render("下一段", {}))
    assert finisher.goal is None
    assert reader.pace == 220


def test_as_planned_goes_on_with_the_next_segment(clock, reader):
    ends = [EVENING + 480_000]
    finisher = Finisher(reader, clock, planned=lambda: ends[0])
    assert finisher.aim_planned()
    ends[0] = EVENING + 960_000
    reader.load(LONG)
    assert finisher.goal == Finish(EVENING + 960_000, Kind.PLANNED)
    assert reader.pace == pytest.approx(125)
    clock.advance(1000)
    finisher.follow()
    assert reader.pace == 220  # over time: her own pace, and the operator is told
    assert not finisher.plan.possible
    ends[0] = None
    reader.load(LONG)
    assert finisher.goal is None


def test_a_segment_made_longer_is_read_slower(reader, clock):
    ends = [EVENING + 480_000]
    finisher = Finisher(reader, clock, planned=lambda: ends[0])
    finisher.aim_planned()
    assert reader.pace == pytest.approx(250)
    ends[0] = EVENING + 600_000
    finisher.follow()
    assert finisher.goal.at == EVENING + 600_000
    assert reader.pace == pytest.approx(200)
    ends[0] = None
    finisher.follow()
    assert finisher.goal is None
    assert reader.pace == 220


@given(st.floats(0, 1), st.floats(-10, 5000), st.floats(30, 900))
def test_no_plan_leaves_what_can_be_read(share, seconds, own):
    reader = Reader(ManualClock())
    reader.load(PAUSES)
    found = plan(reader.text, reader.total * share, seconds, own)
    assert 30 <= found.pace <= 900
