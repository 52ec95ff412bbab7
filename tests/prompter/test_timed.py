"""The reader at pauses and countdowns: they take their own time at any pace, and never make it jump."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.model.clock import ManualClock
from liveshop_desk.prompter.reader import EASE, Reader
from liveshop_desk.prompter.script import render
from tests.prompter.pushes import nudge

TEXT = "字" * 40 + "【停2秒】" + "字" * 10 + "【倒计时】5、4、3、2、1" + "字" * 100


@pytest.fixture
def reader(clock):
    reader = Reader(clock, ease=0)
    reader.load(render(TEXT, {}))
    reader.set_pace(600)
    return reader


def under_the_eye(reader):
    place = reader.place
    return reader.paragraphs[place.paragraph].text[int(place.offset)]


def test_a_countdown_is_counted_one_a_second_at_any_pace(clock, reader):
    reader.play()
    clock.advance(4 + 2 + 1 + 0.5)
    for number in "54321":
        assert under_the_eye(reader) == number
        clock.advance(1)
    assert under_the_eye(reader) == "字"


def test_the_remaining_time_has_the_pauses_in_it(clock, reader):
    assert reader.remaining_seconds() == pytest.approx(150 / 10 + 7)
    reader.set_pace(300)
    assert reader.remaining_seconds() == pytest.approx(150 / 5 + 7)
    reader.play()
    clock.advance(37)
    assert not reader.playing


def test_a_pace_changed_within_a_pause_does_not_change_the_pause(clock, reader):
    reader.play()
    clock.advance(4.5)
    before = reader.position
    reader.set_pace(100)
    assert reader.position == pytest.approx(before)
    clock.advance(1.4)
    assert reader.position < reader.text.stretches[0].end
    clock.advance(0.2)
    assert reader.position > reader.text.stretches[0].end


def test_paused_in_a_pause_it_goes_on_from_there_after_a_crash_too(clock, reader):
    reader.play()
    clock.advance(5)
    reader.pause()
    clock.advance(60)
    kept = reader.snapshot()
    again = Reader(clock, ease=0)
    again.load(reader.paragraphs)
    again.restore(kept)
    again.play()
    clock.advance(0.9)
    assert again.position < again.text.stretches[0].end
    clock.advance(0.2)
    assert again.position > again.text.stretches[0].end


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["pace", "toggle", "nudge", "edit"]), st.integers(-400, 900), st.integers(1, 3000)),
        max_size=12,
    )
)
def test_nothing_makes_it_jump_over_a_pause(acts):
    clock = ManualClock()
    reader = Reader(clock)
    texts = [TEXT, "先【停1】说\n" + TEXT, TEXT.replace("【停2秒】", "【停4】")]
    reader.load(render(TEXT, {}))
    reader.play()
    for act, amount, wait in acts:
        before, shown = reader.position, reader.place
        if act == "pace":
            reader.set_pace(amount)
        elif act == "toggle":
            reader.toggle()
        elif act == "nudge":
            nudge(reader, amount / 10)
        elif shown.paragraph == 0 and reader.paragraphs == render(TEXT, {}):
            reader.set_script(render(texts[amount % 3], {}))
            assert 0 <= reader.position <= reader.total
            before = reader.position
        assert reader.position == pytest.approx(before, abs=1e-5)
        assert 0 <= reader.position <= reader.total
        clock.instant += wait


def test_the_speed_between_two_pauses_is_the_pace(clock):
    reader = Reader(clock)
    reader.load(render("【停1】" + "字" * 1000 + "【停1】", {}))
    reader.set_pace(240)
    reader.play()
    clock.advance(1 + EASE + 1)
    before = reader.position
    clock.advance(60)
    assert reader.position - before == pytest.approx(240)
