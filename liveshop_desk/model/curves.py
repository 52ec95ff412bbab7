"""How the shop's own last sessions went, minute by minute: the measure for tonight's pace and a band behind it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.goals import curve_of

MINUTE_MS = 60_000
STEPS = 60  # points of a session's curve
ENOUGH = 2  # sessions: the course of one is no band


@dataclass(frozen=True, slots=True)
class Course:
    """One metric of one past session: its buckets' starts and last figures, and when it began and ended."""

    started_at: Instant
    ended_at: Instant
    starts: Sequence[Instant]
    values: Sequence[Number]

    def at(self, instant: Instant) -> Number | None:
        """Return what stood at an instant; ``None`` before the first figure and after the end."""
        place = bisect_right(self.starts, instant)
        return self.values[place - 1] if place and instant <= self.ended_at else None


@dataclass(frozen=True, slots=True)
class Band:
    """The lowest and highest of the last sessions at each whole ``minutes`` of theirs."""

    minutes: tuple[int, ...] = ()
    low: tuple[Number, ...] = ()
    high: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """``curve``: the cumulative share of GMV over a session's length (empty: unknown); a band by metric."""

    curve: tuple[float, ...] = ()
    bands: dict[str, Band] = field(default_factory=dict[str, Band])
    sessions: int = 0


def share_curve(past: Sequence[Course]) -> tuple[float, ...]:
    """Return the mean cumulative share of past sessions at equal steps of their own length; a total starts at 0."""
    return curve_of([_steps(course) for course in past if course.ended_at > course.started_at], STEPS)


def band_of(past: Sequence[Course]) -> Band:
    """Return the band of past sessions, as far as two of them went."""
    minutes: list[int] = []
    low: list[Number] = []
    high: list[Number] = []
    longest = max(((course.ended_at - course.started_at) // MINUTE_MS for course in past), default=0)
    for minute in range(longest + 1):
        stood = [course.at(course.started_at + minute * MINUTE_MS) for course in past]
        known = [value for value in stood if value is not None]
        if len(known) >= ENOUGH:
            minutes.append(minute)
            low.append(min(known))
            high.append(max(known))
    return Band(tuple(minutes), tuple(low), tuple(high))


def _steps(course: Course) -> list[Number]:
    length = course.ended_at - course.started_at
    return [course.at(course.started_at + length * step // STEPS) or 0 for step in range(STEPS + 1)]
