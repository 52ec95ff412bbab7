"""Time as instants. An instant is an ``int``: milliseconds since 1970-01-01T00:00Z; a length is in seconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

Instant = int


class Clock(Protocol):
    """Where the desk gets its time from; never read elsewhere."""

    def now(self) -> Instant:
        """Return the wall clock's instant in ms."""
        ...

    def ticks(self) -> float:
        """Return a monotonic count of seconds: for motion and intervals, untouched by clock steps."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> Instant:
        """Return the wall clock's instant in ms."""
        return time.time_ns() // 1_000_000

    def ticks(self) -> float:
        """Return the monotonic clock in seconds."""
        return time.perf_counter()


class ManualClock:
    """A clock that stands still until moved: for tests and replays."""

    def __init__(self, start: Instant = 1_795_262_400_000) -> None:
        self.instant = start

    def now(self) -> Instant:
        """Return the instant it was moved to."""
        return self.instant

    def ticks(self) -> float:
        """Return the same instant in seconds."""
        return self.instant / 1000

    def advance(self, seconds: float) -> None:
        """Move forward (or, negative, back)."""
        self.instant += round(seconds * 1000)


def to_local(instant: Instant) -> datetime:
    """Return the instant as an aware local datetime."""
    return datetime.fromtimestamp(instant / 1000, UTC).astimezone()


def from_datetime(moment: datetime) -> Instant:
    """Return the instant of ``moment``; a naive one is local time, and one that the clocks leave out is after that."""
    return round(moment.timestamp() * 1000)


def clock_text(instant: Instant, *, seconds: bool = False) -> str:
    """Write the local time of day: 20:12 or 20:12:43."""
    at = to_local(instant)
    return f"{at.hour:02}:{at.minute:02}:{at.second:02}" if seconds else f"{at.hour:02}:{at.minute:02}"


def iso_text(instant: Instant) -> str:
    """Write the instant as local ISO 8601 with offset and milliseconds."""
    return to_local(instant).isoformat(timespec="milliseconds")


def timer_text(seconds: float, *, whole: bool = False) -> str:
    """Write a running time: 4:43, 1:12:43; negative with a minus sign (−2:10).

    ``whole`` with its hours always (0:22:00): beside other hours 22:00 would be ten in the evening.
    """
    total = int(abs(seconds))
    hours, rest = divmod(total, 3600)
    minutes, secs = divmod(rest, 60)
    body = f"{hours}:{minutes:02d}:{secs:02d}" if hours or whole else f"{minutes}:{secs:02d}"
    return "−" + body if seconds <= -1 else body
