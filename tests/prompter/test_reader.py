"""The shared reader: where it is depends on the clock alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.clock import ManualClock
from liveshop_desk.prompter.reader import EASE, NUDGE, Reader
from liveshop_desk.prompter.script import render
from tests.prompter.pushes import nudge

LONG = render("字" * 2000, {})


@pytest.fixture
def reader(clock):
    reader = Reader(clock)
    reader.load(LONG)
    reader.set_pace(240)
    return reader


def settle(clock, reader):
    """Play until the full speed is reached."""
    reader.play()
    clock.advance(EASE + 0.1)


def test_the_speed_is_the_pace(clock, reader):
    settle(clock, reader)
    before = reader.position
    clock.advance(60)
    assert reader.position - before == pytest.approx(240)


@pytest.mark.parametrize("fps", [60, 30, 20, 3])
def test_frames_that_come_seldom_do_not_slow_it(fps):
    clock = ManualClock()
    reader = Reader(clock)
    reader.load(LONG)
    reader.set_pace(240)
    reader.play()
    for _ in range(30 * fps):
        clock.instant += round(1000 / fps)
        seen = reader.position
    passed = 30 * fps * round(1000 / fps) / 1000
    assert seen == pytest.approx((passed - EASE / 2) * 4)


def test_pause_eases_out_and_then_nothing_moves(clock, reader):
    settle(clock, reader)
    reader.pause()
    assert not reader.playing
    assert reader.moving_at(reader.ticks)
    clock.advance(EASE + 0.1)
    assert not reader.moving_at(reader.ticks)
    there = reader.position
    clock.advance(100)
    assert reader.position == there


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pace", "toggle", "nudge", "reverse", "rate"]), st.integers(-400, 900), st.integers(1, 900)
        )
    )
)
def test_nothing_that_is_asked_of_it_makes_it_jump(acts):
    clock = ManualClock()
    reader = Reader(clock)
    reader.load(LONG)
    reader.play()
    for act, amount, wait in acts:
        before = reader.position
        if act == "pace":
            reader.set_pace(amount)
        elif act == "toggle":
            reader.toggle()
        elif act == "reverse":
            reader.reverse()
        elif act == "rate":
            reader.set_rate(amount / 100)
        else:
            nudge(reader, amount / 10)
        assert reader.position == pytest.approx(before, abs=1e-5)
        assert 0 <= reader.position <= reader.total
        clock.instant += wait


def test_a_pace_is_kept_within_what_can_be_read(reader):
    reader.set_pace(0)
    assert reader.pace == 30
    reader.set_pace(99999)
    assert reader.pace == 900


def test_nudges_add_up_and_glide(clock, reader):
    reader.seek(100)
    nudge(reader, 10)
    nudge(reader, 10)
    assert reader.goal == pytest.approx(120)
    clock.advance(NUDGE / 2)
    assert 100 < reader.position < 120
    clock.advance(NUDGE)
    assert reader.position == pytest.approx(120)
    assert not reader.moving_at(reader.ticks)


def test_a_nudge_does_not_stop_the_run(clock, reader):
    reader.seek(100)
    settle(clock, reader)
    start = reader.position
    nudge(reader, -5)
    clock.advance(10)
    assert reader.position == pytest.approx(start - 5 + 40)


def test_it_stops_at_the_end(clock, reader):
    reader.seek(1990)
    settle(clock, reader)
    clock.advance(60)
    assert reader.position == 2000
    assert not reader.playing
    assert not reader.moving_at(reader.ticks)
    assert reader.remaining_seconds() == 0


def test_remaining_time_comes_from_the_text(clock, reader):
    assert reader.remaining_seconds() == pytest.approx(500)
    reader.set_pace(480)
    assert reader.remaining_seconds() == pytest.approx(250)


def test_back_to_the_start_goes_on_running(clock, reader):
    settle(clock, reader)
    clock.advance(5)
    reader.to_start()
    assert reader.position == 0
    assert reader.playing


def test_after_a_crash_it_is_where_it_was(clock, reader):
    settle(clock, reader)
    clock.advance(30)
    kept = reader.snapshot()
    again = Reader(clock)
    again.load(LONG)
    again.restore(kept)
    assert again.position == pytest.approx(reader.position)
    assert again.pace == 240
    assert again.playing


def test_a_changed_text_keeps_the_character_and_the_run(clock, reader):
    values = {"stock": "9", "live_price": "¥369"}
    text = "今天只要 {直播价} 元\n只剩 {库存} 件，手快有手慢无\n包邮到家，七天无理由"
    reader.load(render(text, values))
    reader.seek(16)
    settle(clock, reader)

    def under_the_eye():
        place = reader.place
        return reader.paragraphs[place.paragraph].text[int(place.offset)]

    shown, before = under_the_eye(), reader.position
    reader.set_script(render("开场再加一句话\n" + text, values | {"stock": "1234", "live_price": "¥1,369.00"}))
    assert under_the_eye() == shown
    assert reader.position == pytest.approx(before + 7 + 3 + 3)
    assert reader.playing


def test_a_text_that_did_not_change_is_not_announced(reader):
    heard = []
    reader.turned.connect(heard.append)
    reader.set_script(render("字" * 2000, {}))
    assert heard == []


def test_the_first_script_begins_at_its_start(clock):
    reader = Reader(clock)
    reader.set_script(LONG)
    assert reader.position == 0
    assert reader.total == 2000


def test_an_empty_script_is_not_a_place_to_go(clock):
    reader = Reader(clock)
    reader.load(())
    reader.play()
    clock.advance(5)
    assert (reader.position, reader.total, reader.playing) == (0, 0, False)


def test_it_runs_back_eased_at_the_same_pace_and_on_again(clock, reader):
    reader.seek(1000)
    settle(clock, reader)
    reader.reverse()
    before = reader.position
    clock.advance(0.001)
    assert reader.position > before  # it does not turn on the spot
    clock.advance(EASE)
    assert reader.backing
    assert not reader.playing
    there = reader.position
    clock.advance(10)
    assert reader.position == pytest.approx(there - 40)
    reader.reverse()
    clock.advance(EASE)
    there = reader.position
    clock.advance(10)
    assert reader.position == pytest.approx(there + 40)
    assert reader.playing


def test_running_back_it_stops_at_the_start(clock, reader):
    reader.seek(10)
    reader.reverse()
    clock.advance(60)
    assert reader.position == 0
    assert not reader.backing
    assert not reader.moving_at(reader.ticks)
    reader.play()
    clock.advance(EASE + 10)
    assert reader.position == pytest.approx(4 * (10 + EASE / 2))


def test_play_and_pause_stop_a_run_back(clock, reader):
    reader.seek(500)
    reader.reverse()
    clock.advance(2)
    reader.toggle()
    clock.advance(1)
    assert not reader.moving_at(reader.ticks)
    reader.toggle()
    assert reader.playing


def test_another_script_is_read_on_even_if_the_last_ran_back(clock, reader):
    reader.seek(500)
    reader.reverse()
    clock.advance(1)
    reader.load(LONG)
    assert not reader.backing
    assert not reader.moving_at(reader.ticks)
    settle(clock, reader)
    assert reader.position > 0


def test_halt_stands_at_once(clock, reader):
    settle(clock, reader)
    reader.halt()
    there = reader.position
    clock.advance(5)
    assert reader.position == there


def test_a_shuttle_turns_the_speed_both_ways(clock, reader):
    reader.seek(1000)
    for rate, passed in ((2, 80), (-0.5, -20), (0.25, 10)):
        reader.set_rate(rate)
        clock.advance(EASE)
        there = reader.position
        clock.advance(10)
        assert reader.position - there == pytest.approx(passed)
        assert reader.rate == rate
    reader.set_rate(0)
    clock.advance(1)
    assert reader.rate == 0
    assert not reader.moving_at(reader.ticks)
    reader.play()
    assert reader.rate == 1


def test_nobody_waits_for_a_pause_when_running_back(clock):
    reader = Reader(clock)
    reader.load(render("字" * 40 + "【停 10秒】" + "字" * 40, {}))
    reader.set_pace(240)
    reader.seek(reader.total)
    reader.reverse()
    clock.advance(EASE / 2 + 20 + 2.5)
    assert reader.position == pytest.approx(0, abs=1e-6)


def test_the_pace_says_whether_a_hand_has_set_it(reader):
    heard = []
    reader.touched.connect(lambda: heard.append(1))
    reader.steer(300)
    assert (reader.pace, heard) == (300, [])
    reader.set_pace(310)
    assert heard == [1]
