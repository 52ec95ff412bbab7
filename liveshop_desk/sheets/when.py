"""One cell into a length of time or an instant."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant, from_datetime, to_local
from liveshop_desk.sheets.cells import Cell, CellError, is_missing, number, plain

UNIT_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
FIRST_YEAR, LAST_YEAR = 2000, 2100

_WORDS = re.compile(
    r"(?:(?P<d>\d+)(?:天|日|d|days?))?"
    r"(?:(?P<h>\d+(?:\.\d+)?)(?:个?小时|个?钟头|时|h|hrs?|hours?))?"
    r"(?:(?P<m>\d+(?:\.\d+)?)(?:分钟?|m|mins?|minutes?|['′]))?"
    r"(?:(?P<s>\d+(?:\.\d+)?)(?:秒钟?|s|secs?|seconds?|[\"″]|''))?",
    re.ASCII,
)
_COLONS = re.compile(r"(?:(\d+):)?(\d+):(\d{2})(?:\.\d+)?", re.ASCII)
_CLOCK = (
    r"(?P<half>上午|中午|下午|晚上|凌晨|am|pm)?\s*"
    r"(?P<hour>\d{1,2})[:时点](?:(?P<minute>\d{1,2})(?:[:分](?P<second>\d{1,2})(?P<ms>\.\d{1,9})?秒?|分)?)?"
    r"\s*(?P<half2>am|pm)?\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2})?"
)
_DAYS = (
    re.compile(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?=$|\s|t)", re.ASCII),
    re.compile(r"(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<m>\d{1,2})\s*[-/月]\s*(?P<d>\d{1,2})\s*日?(?=$|\D)", re.ASCII),
)
_TIME = re.compile(_CLOCK, re.ASCII)
_WEEKDAY = re.compile(r"\(?(?:周|星期|礼拜)[一二三四五六日天]\)?|\b(?:mon|tue|wed|thu|fri|sat|sun)\w*,?")
_COMPACT = re.compile(r"(\d{8})(\d{4}(?:\d{2})?)", re.ASCII)


def _folded(cell: Cell) -> str:
    """Return text with full-width forms unified, in lower case."""
    return " ".join(unicodedata.normalize("NFKC", plain(cell)).lower().split())


def _unreadable(cell: Cell) -> CellError:
    return CellError(_("“{value}” is not a date and time").format(value=plain(cell)[:40]))


def seconds(cell: Cell, unit: str | None = None) -> float | None:
    """Return a length in seconds: ``13小时46分钟38秒``, ``01:35`` (minutes:seconds), ``1:02:03``.

    A bare number is in ``unit`` (seconds, minutes or hours, from the header); without one it is refused.
    """
    if is_missing(cell):
        return None
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, date):
        raise CellError(_("“{value}” is not a length of time").format(value=plain(cell)))
    spoken = _spoken_seconds(_folded(cell).replace(" ", "")) if isinstance(cell, str) else None
    return spoken if spoken is not None else _bare_seconds(cell, unit)


def _spoken_seconds(value: str) -> float | None:
    """Read a length with its units or colons; ``None`` where it has neither."""
    words = _WORDS.fullmatch(value)
    if words and any(words.groups()):
        parts = {name: float(part or 0) for name, part in words.groupdict().items()}
        return _limited(parts["d"] * 86400 + parts["h"] * 3600 + parts["m"] * 60 + parts["s"], value)
    colons = _COLONS.fullmatch(value)
    if colons and int(colons[3]) < 60 and (colons[1] is None or int(colons[2]) < 60):
        return _limited(float(int(colons[1] or 0) * 3600 + int(colons[2]) * 60 + int(colons[3])), value)
    return None


def _bare_seconds(cell: Cell, unit: str | None) -> float | None:
    """Read a bare number in ``unit``."""
    try:
        value = number(cell)
    except CellError:
        raise CellError(_("“{value}” is not a length of time").format(value=plain(cell)[:40])) from None
    if value is None:
        return None
    if unit is None:
        raise CellError(_("“{value}” has no unit (minutes or seconds?)").format(value=plain(cell)[:40]))
    return _limited(float(value) * UNIT_SECONDS[unit], plain(cell))


def _limited(value: float, shown: str) -> float:
    """Refuse lengths that nobody broadcasts: below zero or above a year."""
    if not 0 <= value <= 366 * 86400:
        raise CellError(_("“{value}” is not a length of time").format(value=shown[:40]))
    return value


def instant(
    cell: Cell, year: int | None = None, *, on: date | None = None, day_first: bool | None = None
) -> Instant | None:
    """Return the instant of a date and time; without a zone it is local.

    ``year`` completes dates that have none, ``on`` completes a bare time of day; without them such a cell
    is refused. ``day_first`` settles 07/09/2026 (``None``: by the system's region).
    """
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        return _checked(cell, cell)
    if isinstance(cell, date):
        return _checked(datetime(cell.year, cell.month, cell.day), cell)  # noqa: DTZ001 - local, as the file means it
    if isinstance(cell, time):
        return _checked(datetime.combine(_needed_day(on, cell), cell), cell)
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _from_number(float(cell), cell)
    if not isinstance(cell, str):
        raise _unreadable(cell)
    return _from_text(cell, year, on, by_region() if day_first is None else day_first)


def _from_number(value: float, cell: Cell) -> Instant:
    """Take an unformatted Excel day number, a Unix time in s or ms, or yyyymmdd."""
    if 36526 <= value < 73051:
        return _checked(datetime(1899, 12, 30) + timedelta(seconds=round(value * 86400)), cell)  # noqa: DTZ001
    if 946_684_800 <= value < 4_102_444_800:
        return round(value * 1000)
    if 946_684_800_000 <= value < 4_102_444_800_000:
        return round(value)
    if value.is_integer() and 20_000_101 <= value <= 21_001_231:
        return _from_text(str(int(value)), None, None, day_first=True)
    raise _unreadable(cell)


def _from_text(cell: str, year: int | None, on: date | None, day_first: bool) -> Instant:
    """Read a written date and time."""
    value = _WEEKDAY.sub(" ", _folded(cell)).strip(" ,")
    if re.fullmatch(r"\d{10}|\d{13}", value, re.ASCII):
        return _from_number(float(value), cell)
    compact = _COMPACT.fullmatch(value)
    if compact:
        clock = compact[2]
        value = compact[1] + " " + ":".join(clock[i : i + 2] for i in range(0, len(clock), 2))
    day, rest = _day_of(value, year, day_first, cell)
    if day is None:
        day = _needed_day(on, cell) if _TIME.fullmatch(value) else None
    if day is None:
        raise _unreadable(cell)
    return _at_time(day, rest, cell)


def _day_of(value: str, year: int | None, day_first: bool, cell: str) -> tuple[date | None, str]:
    """Return the date a text begins with, and what follows it."""
    for pattern in _DAYS:
        found = pattern.match(value)
        if found:
            return _date(found.groupdict(), year, day_first, cell), value[found.end() :].strip(" ,t")
    return None, value


def _date(parts: dict[str, str | None], year: int | None, day_first: bool, cell: str) -> date:
    """Make a date of matched parts, with the year given where the text has none."""
    if "a" in parts:
        first, second = int(parts["a"] or 0), int(parts["b"] or 0)
        if second > 12 or (first <= 12 and not day_first):
            first, second = second, first
        day, month = first, second
    else:
        day, month = int(parts["d"] or 0), int(parts["m"] or 0)
    written = parts.get("y")
    if written is None and year is None:
        shown = cell.strip()[:40]
        raise CellError(_("“{value}” has no year: say which it is").format(value=shown), yearless=True)
    try:
        return date(int(written) if written else year or 0, month, day)
    except ValueError:
        raise CellError(_("“{value}” is not a day of the calendar").format(value=cell.strip()[:40])) from None


def _at_time(day: date, rest: str, cell: str) -> Instant:
    """Put a time of day on a date; none is midnight."""
    if not rest:
        return _checked(datetime(day.year, day.month, day.day), cell)  # noqa: DTZ001
    found = _TIME.fullmatch(rest)
    if not found or (found["minute"] is None and rest.endswith(":")):
        raise _unreadable(cell)
    hour = int(found["hour"])
    half = found["half"] or found["half2"]
    if half in ("下午", "晚上", "pm") and hour < 12:
        hour += 12
    elif half in ("上午", "凌晨", "am") and hour == 12:
        hour = 0
    try:
        fraction = round(float(found["ms"] or 0) * 1_000_000)
        clock = time(hour, int(found["minute"] or 0), int(found["second"] or 0), min(fraction, 999_999))
    except ValueError:
        raise _unreadable(cell) from None
    return _checked(datetime.combine(day, clock, _zone(found["zone"])), cell)


def _zone(written: str | None) -> timezone | None:
    """Return a written offset; none means local."""
    if not written:
        return None
    if written in ("z", "utc"):
        return UTC
    minutes = min(int(written[1:3]) * 60 + int(written[-2:]), 23 * 60 + 59)
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))


def _needed_day(on: date | None, cell: Cell) -> date:
    """Return the day for a bare time, or refuse."""
    if on is None:
        raise CellError(_("“{value}” is a time without a date").format(value=plain(cell)[:40]))
    return on


def _checked(moment: datetime, cell: Cell) -> Instant:
    """Refuse years no stream was in."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise CellError(_("“{value}” is not a likely year").format(value=plain(cell)[:40]))
    return from_datetime(moment)


def by_region() -> bool:
    """Tell whether the system's region writes the day before the month (all but the United States)."""
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return not value.startswith("en_US")
    return True


def day_first_of(cells: Iterable[Cell]) -> bool | None:
    """Tell from a whole column how 07/09/2026 is meant; ``None`` where no value settles it."""
    pattern = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}", re.ASCII)
    for cell in cells:
        found = pattern.match(cell) if isinstance(cell, str) else None
        if found and int(found[1]) > 12:
            return True
        if found and int(found[2]) > 12:
            return False
    return None


def day_seconds(cell: Cell) -> int | None:
    """Return a time of day as seconds after midnight: ``20:05``, ``20:05:30``, ``晚上8点``, ``08-31 20:05``."""
    if is_missing(cell):
        return None
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return cell.hour * 3600 + cell.minute * 60 + cell.second
    if isinstance(cell, float) and 0 <= cell < 1:  # an unformatted Excel time
        return round(cell * 86400) % 86400
    if not isinstance(cell, str):
        raise _unreadable(cell)
    # The date does not count, so any year will do; 2000 has a 29 February.
    moment = to_local(_from_text(_folded(cell), 2000, date(2000, 1, 1), day_first=True))
    return moment.hour * 3600 + moment.minute * 60 + moment.second
