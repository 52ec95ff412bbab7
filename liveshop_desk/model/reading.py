"""What the anchor has read (what was said when): stretches of paragraphs, and what they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from liveshop_desk.model.clock import Instant


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch of one paragraph, read without a break in the text (she may have paused).

    ``paragraph`` counts from 0; ``text`` is what stood there, values filled in. ``units`` (字, words) were spoken from
    ``first`` units after the paragraph's start; the whole script had ``whole``. ``pace`` is units a minute while
    the text ran; 0 where numbers were only counted down.
    """

    id: str
    session_id: str
    segment_id: str
    paragraph: int
    text: str
    started_at: Instant
    ended_at: Instant
    units: float
    pace: float
    first: float = 0.0
    whole: float = 0.0

    @property
    def seconds(self) -> float:
        """Return how long the text ran, pauses left out."""
        return self.units * 60 / self.pace if self.pace > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Told:
    """How much of a script was read (0 to 1; ``None`` where its length is not known) and how fast (units/min)."""

    share: float | None
    pace: float | None


def told(readings: Iterable[Reading]) -> Told | None:
    """Add up the readings of one script; what was read twice counts once for the share. ``None`` without any."""
    rows = list(readings)
    if not rows:
        return None
    spans: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        spans[row.paragraph].append((row.first, row.first + row.units))
    whole, seconds = rows[-1].whole, sum(row.seconds for row in rows)
    covered = sum(_covered(each) for each in spans.values())
    units = sum(row.units for row in rows)
    return Told(min(1.0, covered / whole) if whole > 0 else None, units * 60 / seconds if seconds > 0 else None)


def told_between(readings: Sequence[Reading], segment_id: str, start: Instant, end: Instant) -> Told | None:
    """Return what was read of a segment's script in [start, end): one time on air."""
    return told(row for row in readings if row.segment_id == segment_id and start <= row.started_at < end)


def _covered(spans: list[tuple[float, float]]) -> float:
    """Return the length of the union of ``spans``."""
    reached, length = 0.0, 0.0
    for low, high in sorted(spans):
        length += max(0.0, high - max(low, reached))
        reached = max(reached, high)
    return length
