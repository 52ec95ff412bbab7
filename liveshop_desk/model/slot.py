"""The planned time of a session (时段) as it is typed: a day, a start and an end. Local time, as the shop lives it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant, from_datetime, to_local

USUAL_START = time(19, 0)
USUAL_LENGTH = timedelta(hours=3)
LONGEST = timedelta(hours=12)  # a longer slot comes of an end that was typed before its start
_YEARS = range(2000, 2101)  # as files are read: a slip of the finger, and at the calendar's ends no instant
_DAY_SECONDS = 86_400
_MS = timedelta(milliseconds=1)
_HOUR, _HALF_DAY = 3_600_000, 43_200_000  # ms

# Compiled when the first is typed (re keeps them): no start needs them.
_DAY = r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?"
_TIME = r"(\d{1,2})(?:[:.点时](\d{1,2})?分?)?"
_BARE = r"(\d{1,2})(\d{2})"
_NEAR = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}


@dataclass(frozen=True, slots=True)
class Slot:
    """Planned start and end; the end is after the start, on the next day where the show runs over midnight."""

    start: Instant
    end: Instant

    @property
    def seconds(self) -> float:
        """Return the length of the slot."""
        return (self.end - self.start) / 1000


def parse_day(text: str, today: date) -> date:
    """Read a day: ``2026-11-21``, ``11-21``, ``11月21日``, ``明天``.

    A day without a year is the nearest to ``today``: in December ``1-3`` is next year's. Raises ValueError.
    """
    value = _folded(text)
    if value in _NEAR:
        return today + timedelta(days=_NEAR[value])
    found = re.fullmatch(_DAY, value, re.ASCII)
    if not found:
        raise ValueError(_("“{text}” is not a date; write it like 11-21 or 2026-11-21").format(text=text.strip()[:20]))
    if found[1] and int(found[1]) not in _YEARS:
        raise ValueError(_("“{value}” is not a likely year").format(value=found[1]))
    try:
        if found[1]:
            return date(int(found[1]), int(found[2]), int(found[3]))
        return _nearest(int(found[2]), int(found[3]), today)
    except ValueError:
        raise ValueError(_("There is no day {text}").format(text=text.strip()[:20])) from None


def _nearest(month: int, day: int, today: date) -> date:
    """Return that day in the year where it is nearest; 29 February looks for a leap year among its neighbours."""
    found: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    if not found:
        raise ValueError(month, day)
    return min(found, key=lambda each: abs(each - today))


def parse_time(text: str) -> time:
    """Read a time of day: ``19:30``, ``1930``, ``19点``, ``7``; ``24:00`` is midnight. Raises ValueError."""
    hour, minute = _hour_and_minute(text)
    return time(hour % 24, minute)


def is_end_of_day(text: str) -> bool:
    """Tell whether a time is written as the midnight after its day: ``24:00``. Raises ValueError as ``parse_time``."""
    return _hour_and_minute(text)[0] == 24


def _hour_and_minute(text: str) -> tuple[int, int]:
    value = _folded(text)
    found = re.fullmatch(_BARE, value, re.ASCII) or re.fullmatch(_TIME, value, re.ASCII)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (-1, 0)
    if not (0 <= hour <= 24 and 0 <= minute < 60) or (hour == 24 and minute):
        raise ValueError(_("“{text}” is not a time; write it like 19:30").format(text=text.strip()[:20]))
    return hour, minute


def make_slot(day: date, start: time | None, end: time | None) -> Slot:
    """Put times on a day. A missing start is 19:00, a missing end three hours on; an end before it is past midnight.

    Raises ValueError where start and end are the same.
    """
    start = start or USUAL_START
    begins = _instant(day, start)
    if end is None:
        return Slot(begins, begins + USUAL_LENGTH // _MS)
    if end == start:
        raise ValueError(_("The end must be later than the start"))
    ends = _instant(day if end > start else day + timedelta(days=1), end)
    if ends <= begins:  # 2:45 to 3:15 where the clocks are put on: 2:45 is 3:45 then, and half an hour is meant
        ends = begins + (datetime.combine(day, end) - datetime.combine(day, start)) // _MS
    return Slot(begins, ends)


def begin_at(slot: Slot, start: time, now: Instant) -> Slot:
    """Let a slot begin at another time of its day, or about midnight of the night that is coming (``_day_meant``).

    Its end stays if it is later within a day; else its length stays.
    16:00 to 19:00 that is to begin at 19:00 ends at 22:00: whoever types a start has not meant the end yet. Where 16:10
    was typed as the end of a show at 16:30, it is meant: with 15:45 typed as its start it ends at 16:10 of that day.
    """
    day = _day_meant(slot, start, now)
    moved = Slot(_instant(day, start), slot.end)
    if 0 < moved.seconds < _DAY_SECONDS:
        return moved
    end = to_local(slot.end).time()
    if slot.seconds > LONGEST.total_seconds() and end > start:
        return make_slot(day, start, end)
    return Slot(moved.start, moved.start + slot.end - slot.start)


def _day_meant(slot: Slot, start: time, now: Instant) -> date:
    """Return the day a typed start is of: the slot's, but where the desk is about to go on air, the coming one.

    At nine in the evening 0:30 is tonight's, not this morning's; at ten past eleven a slot stands at midnight, on
    tomorrow's date, and 23:30 is in twenty minutes all the same.

    No single rule does: the day stands beside the time and was chosen, so it gives way only where the clock speaks
    against it. What is nearest to the slot's start would move a show of the 23rd, at seven, to the 24th for 0:30. What
    is nearest to now would move one at midnight back to eight of the evening that is over, and tomorrow's at nine to
    tonight for 23:00; what comes next, today's to tomorrow for the start it had ten minutes ago.
    """
    day = to_local(slot.start).date()
    if _instant(day, start) <= now - _HALF_DAY < slot.start:
        return day + timedelta(days=1)
    if now < _instant(day - timedelta(days=1), start) < slot.start <= now + _HOUR:
        return day - timedelta(days=1)
    return day


def next_full_hour(now: Instant) -> Slot:
    """Return the slot that begins with the next full hour and lasts the usual three."""
    local = to_local(now)
    begins = local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Slot(from_datetime(begins), from_datetime(begins + USUAL_LENGTH))


def _instant(day: date, at: time) -> Instant:
    return from_datetime(datetime.combine(day, at))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").lower()
