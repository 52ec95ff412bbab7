"""Days and times as an operator types them."""

# ruff: noqa: DTZ001 - local, as the shop lives it
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.clock import clock_text, from_datetime, to_local
from liveshop_desk.model.slot import Slot, begin_at, make_slot, parse_day, parse_time

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026/1/5", date(2026, 1, 5)),
        ("11-21", TODAY),
        ("12月1日", date(2026, 12, 1)),
        ("2027年1月2日", date(2027, 1, 2)),
        ("1.3", date(2027, 1, 3)),  # nearer in January than eleven months ago
        ("2-29", None),  # none of the years around has one
        ("明天", date(2026, 11, 22)),
        ("Today", TODAY),
        ("１１-２２", date(2026, 11, 22)),  # full-width, as a Chinese keyboard types it
    ],
)
def test_days(text, day):
    if day is None:
        with pytest.raises(ValueError, match="no day"):
            parse_day(text, TODAY)
    else:
        assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "tonight", "13-40", "11-31", "2026-02-30", "1", "9999999"])
def test_not_a_day(text):
    with pytest.raises(ValueError, match=r"date|no day"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["0001-1-1", "1026-11-21", "9999-12-31"])
def test_not_a_year(text):
    with pytest.raises(ValueError, match="not a likely year"):
        parse_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "at"),
    [("19:30", (19, 30)), ("19", (19, 0)), ("1930", (19, 30)), ("７：０５", (7, 5)), ("20点", (20, 0)),
     ("20点30分", (20, 30)), ("930", (9, 30)), ("24:00", (0, 0))],
)  # fmt: skip
def test_times(text, at):
    assert parse_time(text) == time(*at)


@pytest.mark.parametrize("text", ["", "25:00", "19:60", "24:01", "noon", "-1", "19:30:00"])
def test_not_a_time(text):
    with pytest.raises(ValueError, match="not a time"):
        parse_time(text)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused_in_words(text):
    for parser in (parse_time, lambda value: parse_day(value, TODAY)):
        try:
            parser(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - both outcomes are right, a wordless one is not


def test_a_slot_over_midnight():
    slot = make_slot(TODAY, time(22), time(1))
    assert slot.seconds == 3 * 3600
    assert (clock_text(slot.start), clock_text(slot.end)) == ("22:00", "01:00")


@pytest.mark.usefixtures("new_york")
@pytest.mark.parametrize(
    ("start", "end", "shown", "hours"),
    [
        (time(1, 30), time(3, 30), ("01:30", "03:30"), 1),  # an hour is left out that night
        (time(1, 50), time(2, 10), ("01:50", "03:10"), 1 / 3),  # 2:10 is not there: it is ten minutes on
        (time(2, 45), time(3, 15), ("03:45", "04:15"), 0.5),
        (time(1), None, ("01:00", "05:00"), 3),  # the usual length, whatever the clocks do
    ],
)
def test_a_slot_in_a_night_when_the_clocks_are_put_on(start, end, shown, hours):
    slot = make_slot(date(2027, 3, 14), start, end)
    assert (clock_text(slot.start), clock_text(slot.end)) == shown
    assert slot.seconds == hours * 3600


def test_what_is_missing_is_usual():
    slot = make_slot(TODAY, None, None)
    assert (clock_text(slot.start), clock_text(slot.end)) == ("19:00", "22:00")


def test_a_slot_needs_length():
    with pytest.raises(ValueError, match="later"):
        make_slot(TODAY, time(19), time(19))


@pytest.mark.parametrize(
    ("slot", "start", "shown"),
    [
        ((16, 19), 17, ("17:00", "19:00")),  # the end stays
        ((16, 19), 19, ("19:00", "22:00")),  # an end at the same minute moves along
        ((16, 19), 20, ("20:00", "23:00")),
        ((16, 19), 23, ("23:00", "02:00")),
        ((22, 2), 20, ("20:00", "02:00")),  # past midnight as it was
        ((22, 2), 1, ("01:00", "05:00")),  # no show of 25 hours
        ((22, 2), 2, ("02:00", "06:00")),
        ((17, 16), 15, ("15:00", "16:00")),  # the end was typed first: it stays, and is today's
        ((17, 16), 16, ("16:00", "15:00")),
    ],
)
def test_a_start_that_is_typed_moves_the_end_only_where_it_must(slot, start, shown):
    moved = begin_at(make_slot(TODAY, *map(time, slot)), time(start), from_datetime(datetime(2026, 11, 18)))
    assert (clock_text(moved.start), clock_text(moved.end)) == shown


@pytest.mark.parametrize(
    ("now", "slot", "start", "shown"),
    [
        ((21, 21, 0), ((21, 22), 3), (0, 30), "22 00:30 - 22 01:00"),  # put off: tonight, not this morning
        ((21, 21, 0), ((21, 19), 3), (0, 30), "22 00:30 - 22 03:30"),  # and late already
        ((22, 0, 10), ((21, 23), 3), (0, 30), "22 00:30 - 22 02:00"),  # late at ten past midnight
        ((21, 23, 10), ((22, 0), 3), (23, 30), "21 23:30 - 22 03:00"),  # the next full hour is tomorrow's
        ((21, 23, 10), ((22, 0), 3), (20, 0), "22 20:00 - 22 23:00"),  # has passed today: tomorrow evening's
        ((21, 23, 10), ((22, 0), 3), (1, 0), "22 01:00 - 22 03:00"),
        ((21, 15, 30), ((21, 16), 3), (15, 45), "21 15:45 - 21 19:00"),
        ((21, 10, 0), ((21, 11), 3), (0, 30), "21 00:30 - 21 14:00"),  # may be what has been
        ((21, 21, 0), ((20, 19), 3), (8, 0), "20 08:00 - 20 22:00"),  # a show of yesterday is put down
        ((21, 21, 0), ((23, 19), 3), (0, 30), "23 00:30 - 23 22:00"),  # a day that is still to come stands
        ((21, 22, 0), ((22, 9), 3), (23, 0), "22 23:00 - 23 02:00"),  # … tomorrow's too: it was chosen
        ((22, 0, 40), ((21, 23), 3), (0, 30), "22 00:30 - 22 02:00"),  # it began ten minutes ago
        ((21, 15, 30), ((21, 16), 3), (15, 20), "21 15:20 - 21 19:00"),
    ],
)
def test_about_midnight_a_start_is_of_the_coming_night(now, slot, start, shown):
    (day, hour), hours = slot
    begins = from_datetime(datetime(2026, 11, day, hour))
    moved = begin_at(Slot(begins, begins + hours * 3_600_000), time(*start), from_datetime(datetime(2026, 11, *now)))
    assert " - ".join(f"{to_local(at):%d %H:%M}" for at in (moved.start, moved.end)) == shown
