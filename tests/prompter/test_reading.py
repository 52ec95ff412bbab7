"""What was read when, and at which pace: a real reader runs on a clock that is set by hand."""

from itertools import count

import pytest

from liveshop_desk.model.reading import told, told_between
from liveshop_desk.prompter.pace import FASTEST, TextMap
from liveshop_desk.prompter.reader import Reader
from liveshop_desk.prompter.reading import (
    HASTE,
    Lap,
    ReadingLog,
    ReadThrough,
    Seen,
    own_pace,
    pace_of_shows,
    worth_proposing,
)
from liveshop_desk.prompter.script import render
from tests.prompter.pushes import nudge

TEXT = "字" * 20 + "\n【转一圈】\n" + "词" * 40 + "{stock}\n" + "句" * 30


class Watch:
    """A reader and its log, as the desk keeps them: looked at four times a second and at every move."""

    def __init__(self, clock, text=TEXT, segment="s1"):
        self.clock = clock
        ids = count(1)
        self.log = ReadingLog("show", lambda: f"r{next(ids)}")
        self.reader = Reader(clock)
        self.reader.load(render(text, {"stock": "18"}))
        self.reader.set_pace(240)
        self.log.open(segment, self.reader.paragraphs, self.reader.text, self.seen())
        self.reader.changed.connect(lambda: self.log.observe(self.seen()))
        self.reader.turned.connect(self.turned)

    def seen(self, units=None):
        at = self.reader.position if units is None else units
        return Seen(self.clock.now(), at, self.reader.pace, self.reader.playing)

    def turned(self, turn):
        self.log.turn(turn.new, TextMap(turn.new), self.seen(turn.old_units), turn.new_units)

    def run(self, seconds):
        for _tick in range(round(seconds * 4)):
            self.clock.advance(0.25)
            self.log.observe(self.seen())

    def rows(self):
        self.log.close()
        latest = {row.id: row for row in self.log.take()}
        return list(latest.values())


@pytest.fixture
def watch(clock):
    return Watch(clock)


def test_paragraphs_are_read_one_after_another(watch, clock):
    begun = clock.now()
    watch.reader.play()
    watch.run(40)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 2, 3]  # the direction alone is not spoken
    assert [row.units for row in rows] == [20, 42, 30]
    assert rows[0].started_at == begun
    assert rows[0].text == "字" * 20
    assert rows[1].text == "词" * 40 + "18"
    assert [row.ended_at for row in rows[:2]] == [row.started_at for row in rows[1:]]
    assert rows[1].pace == pytest.approx(240, rel=0.01)
    assert told(rows).share == 1.0
    assert told(rows).pace == pytest.approx(240, rel=0.03)


def test_standing_still_takes_no_time(watch):
    watch.reader.play()
    watch.run(3)
    watch.reader.pause()
    watch.run(60)
    watch.reader.play()
    watch.run(30)
    rows = watch.rows()
    assert rows[0].units == 20
    assert rows[0].pace == pytest.approx(240, rel=0.15)  # easing out and in again is slower
    assert rows[0].ended_at - rows[0].started_at > 60_000
    assert told(rows).share == 1.0


def test_what_is_jumped_over_is_not_read(watch):
    watch.reader.play()
    watch.run(2)
    watch.reader.seek(62)
    watch.run(20)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 3]
    assert rows[0].units < 10
    assert told(rows).share == pytest.approx((rows[0].units + 30) / 92, abs=0.01)


def test_reading_again_is_a_new_row_and_counts_once(watch):
    watch.reader.play()
    watch.run(4)
    watch.reader.to_start()
    watch.run(40)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 0, 2, 3]
    assert told(rows).share == 1.0


def test_pushed_by_hand_while_standing_is_not_read(watch):
    for _push in range(8):
        nudge(watch.reader, 10)
        watch.run(1)
    assert watch.rows() == []


def test_short_paragraphs_the_wheel_turns_over_while_it_runs_are_not_read(clock):
    watch = Watch(clock, "\n".join(["两字"] * 30))
    watch.reader.play()
    watch.run(2)
    for _notch in range(6):
        clock.advance(0.04)
        watch.reader.seek(watch.reader.position + 1.9)
    watch.run(2)
    rows = watch.rows()
    assert len(rows) > 5
    assert max(row.pace for row in rows) < FASTEST * HASTE


def test_a_value_that_changes_while_she_reads_goes_on_in_the_same_row(watch):
    watch.reader.play()
    watch.run(8)
    watch.reader.set_script(render(TEXT, {"stock": "7"}))
    watch.run(30)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 2, 3]
    assert rows[1].text.endswith("词7")
    assert told(rows).share == pytest.approx(1, abs=0.02)


def test_a_paragraph_put_in_above_does_not_begin_a_row(watch):
    watch.reader.play()
    watch.run(8)
    watch.reader.set_script(render("先说一句\n" + TEXT, {"stock": "18"}))
    watch.run(30)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 3, 4]
    assert [row.units for row in rows] == [20, 42, 30]
    assert told(rows).share == pytest.approx(92 / 96, abs=0.01)


def test_another_segment_closes_the_row(watch):
    watch.reader.play()
    watch.run(2)
    watch.log.open("s2", watch.reader.paragraphs, watch.reader.text, watch.seen())
    watch.run(2)
    assert [row.segment_id for row in watch.rows()] == ["s1", "s2"]


def test_a_row_that_grows_is_given_again_under_its_id(watch):
    watch.reader.play()
    watch.run(2)
    (first,) = watch.log.take()
    assert watch.log.take() == []
    watch.run(1)
    (second,) = watch.log.take()
    assert second.id == first.id
    assert second.units > first.units


def test_a_long_gap_is_not_read(watch, clock):
    watch.reader.play()
    watch.run(1)
    clock.advance(10)
    watch.log.observe(watch.seen())
    assert sum(row.units for row in watch.rows()) < 6


def test_a_time_on_air_has_its_own_readings(watch, clock):
    watch.reader.play()
    watch.run(40)
    end = clock.now()
    rows = watch.rows()
    assert told_between(rows, "s1", 0, end).share == 1.0
    assert told_between(rows, "s1", end, end + 1) is None
    assert told_between(rows, "s2", 0, end) is None


def test_an_empty_script_reads_nothing(clock):
    watch = Watch(clock, "")
    watch.reader.play()
    watch.run(3)
    assert watch.rows() == []


# --- own pace


def lap(units, seconds, at=0):
    return Lap(at, at, units, seconds)


def test_own_pace_is_units_over_time():
    assert own_pace([lap(100, 25), lap(50, 12.5)]) == 240


def test_a_phone_call_and_a_skipped_page_are_left_out():
    laps = [lap(60, 15), lap(60, 15), lap(60, 15), lap(60, 95), lap(60, 1)]
    assert own_pace(laps) == 240


def test_short_paragraphs_and_short_texts_say_nothing():
    assert own_pace([lap(100, 25), lap(4, 9)]) == 240
    assert own_pace([lap(20, 5)]) is None
    assert own_pace([]) is None
    assert own_pace([lap(100, 0)]) is None


def test_a_pace_nobody_can_read_is_brought_into_reach():
    assert own_pace([lap(9_000, 60)]) == 900


def test_only_a_real_difference_is_proposed():
    assert worth_proposing(243, 220)
    assert not worth_proposing(240, 220)
    assert worth_proposing(190, 220)
    assert not worth_proposing(None, 220)


def test_the_last_shows_tell_by_their_median(clock):
    shows = []
    for pace in (200, 260, 900):
        watch = Watch(clock)
        watch.reader.set_pace(pace)
        watch.reader.play()
        watch.run(40)
        shows.append(watch.rows())
    assert pace_of_shows(shows) == pytest.approx(258, abs=6)
    assert pace_of_shows([]) is None


def test_a_read_through_with_start_and_end_alone():
    through = ReadThrough([20, 0, 42, 30])
    assert not through.done
    through.start(10)
    through.finish(33)
    assert through.done
    assert through.laps == [Lap(0, 3, 92, 23)]
    assert own_pace(through.laps) == 240


def test_a_read_through_by_paragraphs_passes_over_directions():
    through = ReadThrough([0, 20, 0, 42, 30, 0])
    through.start(0)
    assert through.at == 1
    through.lap(5)
    assert through.at == 3
    through.lap(15)
    through.lap(22)
    assert through.done
    assert [(each.first, each.units, each.seconds) for each in through.laps] == [(1, 20, 5), (3, 42, 10), (4, 30, 7)]
    through.start(100)
    assert not through.done
    assert through.laps == []


def test_a_script_with_nothing_to_say():
    through = ReadThrough([0, 0])
    through.start(0)
    through.lap(1)
    through.finish(2)
    assert through.at is None
    assert not through.done


def test_pauses_in_the_text_are_no_part_of_the_pace(clock):
    watch = Watch(clock, "字" * 40 + "【停5秒】" + "词" * 40 + "\n【倒计时】5、4、3、2、1\n" + "完" * 20)
    watch.reader.play()
    watch.run(60)
    rows = watch.rows()
    assert [row.paragraph for row in rows] == [0, 1, 2]
    assert [row.units for row in rows] == [80, 0, 20]
    assert rows[0].pace == pytest.approx(240, rel=0.04)
    assert rows[1].text.endswith("1")
    assert told(rows).share == 1.0
    assert told(rows).pace == pytest.approx(240, rel=0.04)


def test_a_read_through_leaves_the_pauses_out():
    through = ReadThrough.of(TextMap(render("字" * 40 + "【停5秒】", {})))
    through.start(0)
    through.finish(15)
    assert own_pace(through.laps) == 240
