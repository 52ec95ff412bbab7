"""The queue against the clock, case by case."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.rundown import Place, rundown, standing
from liveshop_desk.model.session import Kind, Pitch, Segment

START = 1_795_262_400_000
MINUTE = 60_000


def segment(number, minutes=5, **more):
    return Segment(f"g{number}", "s", number, Kind.QA, f"环节{number}", planned_seconds=minutes * 60, **more)


def pitch(number, begin, end=None):
    return Pitch(
        f"p{number}{begin}", "s", f"g{number}", START + begin * MINUTE, None if end is None else START + end * MINUTE
    )


QUEUE = [segment(1), segment(2, 8), segment(3, 7)]


def at(minutes, pitches, queue=QUEUE, *, live=True):
    return rundown(queue, pitches, start=START, now=START + minutes * MINUTE, live=live)


def minutes(instant):
    return None if instant is None else (instant - START) / MINUTE


def test_before_the_show_all_is_planned_from_the_start():
    times = at(-10, [], live=False)
    assert [minutes(t.planned) for t in times.timings] == [0, 5, 13]
    assert [minutes(t.expected) for t in times.timings] == [0, 5, 13]
    assert (minutes(times.standing.planned_end), minutes(times.standing.expected_end)) == (20, 20)
    assert times.standing.over_under is None


def test_on_time_ahead_and_behind():
    assert at(3, [pitch(1, 0)]).standing.over_under == 0
    assert at(4, [pitch(1, 0, 3), pitch(2, 3)]).standing.over_under == 120
    behind = at(7, [pitch(1, 0)])
    assert behind.standing.over_under == -120
    assert [minutes(t.expected) for t in behind.timings] == [None, 7, 15]
    assert minutes(behind.standing.expected_end) == 22


def test_places():
    times = at(14, [pitch(1, 0, 5), pitch(2, 5)])
    assert [t.place for t in times.timings] == [Place.DONE, Place.ON_AIR, Place.NEXT]
    assert (times.standing.on_air, times.standing.next) == (1, 2)
    assert times.timings[1].aired_seconds == 9 * 60


def test_skipped_takes_no_time_and_is_not_next():
    queue = [QUEUE[0], replace(QUEUE[1], skipped=True), QUEUE[2]]
    times = at(1, [pitch(1, 0)], queue)
    assert [minutes(t.planned) for t in times.timings] == [0, 5, 5]
    assert times.standing.next == 2
    assert times.standing.planned_seconds == 12 * 60


def test_a_shift_delays_a_segment_and_all_behind_it():
    queue = [QUEUE[0], replace(QUEUE[1], shift_seconds=90), QUEUE[2]]
    assert [minutes(t.planned) for t in at(0, [], queue).timings] == [0, 6.5, 14.5]


def test_after_a_jump_ahead_what_was_aired_is_not_next_again():
    queue = [*QUEUE, segment(4)]
    times = at(12, [pitch(1, 0, 2), pitch(3, 2, 9), pitch(2, 9)], queue)
    assert (times.standing.on_air, times.standing.next) == (1, 3)


def test_a_product_that_comes_back_keeps_its_first_start_and_has_its_time_anew():
    """As the anchor's strip and the expected end have it: four of its five minutes are gone, not seven."""
    times = at(10, [pitch(1, 0, 3), pitch(2, 3, 6), pitch(1, 6)])
    assert minutes(times.timings[0].actual) == 0
    assert times.timings[0].aired_seconds == 4 * 60
    assert minutes(times.standing.expected_end) == 18


def test_live_with_nothing_on_air_only_ever_gets_later():
    assert at(-1, []).standing.over_under == 0
    assert at(3, []).standing.over_under == -180


def test_an_empty_queue_and_no_start():
    nothing = rundown([], [], start=START, now=START, live=True)
    assert (nothing.standing.on_air, nothing.standing.next, nothing.standing.expected_end) == (None, None, None)
    unplanned = rundown(QUEUE, [pitch(1, 0)], start=None, now=START, live=True)
    assert unplanned.standing.over_under is None
    assert unplanned.standing.expected_end is not None


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(0, 29), st.integers(0, 500))
def test_what_waits_follows_without_gaps(lengths, index, now):
    queue = [segment(n, m) for n, m in enumerate(lengths, 1)]
    index = min(index, len(queue) - 1)
    times = rundown(queue, [pitch(index + 1, 0)], start=START, now=START + now * MINUTE, live=True)
    at_end = START + max(now, lengths[index]) * MINUTE
    for following in range(index + 1, len(queue)):
        assert times.timings[following].expected == at_end
        at_end += lengths[following] * MINUTE
    assert times.standing.expected_end == at_end


@given(
    st.lists(st.tuples(st.integers(0, 20), st.booleans(), st.integers(0, 90)), max_size=6),
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 60), st.integers(0, 20)), max_size=5),
    st.integers(-30, 90),
    st.booleans(),
    st.booleans(),
)
def test_where_the_show_stands_is_the_same_without_the_rows_times(rows, aired, now, live, open_end):
    queue = [segment(n, length, skipped=skip, shift_seconds=shift) for n, (length, skip, shift) in enumerate(rows, 1)]
    pitches = [pitch(n, begin, begin + length) for n, begin, length in aired]
    if pitches and open_end:
        pitches[-1] = replace(pitches[-1], ended_at=None)
    whole = at(now, pitches, queue, live=live)
    told = standing(queue, pitches, start=START, now=START + now * MINUTE, live=live)
    assert whole.standing == told
