"""Round numbers for the chart's scales and a place for every label."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache

from liveshop_desk.model.clock import to_local

_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
_LEAST_SPAN, _LEAST_SHARE = 10.0, 0.1  # of a scale that does not begin at 0: in its unit, of its value
_MINUTES = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720)
_HOUR_MS = 3_600_000


@lru_cache(maxsize=64)  # what a line reached so far seldom changes, and is asked for each second
def nice_scale(low: float, high: float, lines: int = 4) -> tuple[float, float]:
    """Return (bottom, top) with round whole numbers on ``lines`` equal steps: counts and fen have no parts.

    It begins at 0 unless all of it lies in the upper half: then what moves would hardly be seen. But then it spans
    at least 10, and a tenth of what it shows. What lies below 0 is shown with 0.
    """
    high = max(high, 0.0)
    bottom = low if low < 0 or 0 < high / 2 < low else 0.0
    least = max(_LEAST_SPAN, _LEAST_SHARE * low)
    if bottom > 0 and high - bottom < least:  # a level that stands still is a level line, not a mountain
        bottom = max(0.0, bottom - (least - (high - bottom)) / 2)
        high = bottom + least
    step = max((high - bottom) / lines, 1.0)
    power = 10.0 ** math.floor(math.log10(step))
    # One step may be lost to rounding the bottom down, so try the next round number until all fits.
    for size in (factor * scale for scale in (power, power * 10) for factor in _STEPS):
        start = math.floor(bottom / size) * size
        if size >= step and size.is_integer() and start + lines * size >= high:
            return start, start + lines * size
    return bottom, max(high, bottom + lines)


def minute_ticks(start: float, end: float, width: int, each: int = 90) -> list[float]:
    """Return the instants (ms) of round minutes between two instants, at least ``each`` px apart.

    Round on the local clock: every six hours are 0:00, 6:00 … where the labels are read, not in Greenwich.
    """
    if end <= start or width <= 0:
        return []
    wanted = (end - start) / 60_000 * each / width
    step = next((minutes for minutes in _MINUTES if minutes >= wanted), math.ceil(wanted / 1440) * 1440) * 60_000
    ahead = _ahead(start)
    first = math.ceil((start + ahead) / step) * step - ahead
    ticks = range(first, round(end) + 1, step)
    if step <= _HOUR_MS or _ahead(end) == ahead:
        return [float(at) for at in ticks]
    moved = (at + ahead - _ahead(at) for at in ticks)  # the clocks are changed between two of them
    return [float(at) for at in moved if at <= end]


def _ahead(at: float) -> int:
    """Return by how much (ms) the local clock is ahead of UTC at an instant."""
    offset = to_local(round(at)).utcoffset()
    return round(offset.total_seconds() * 1000) if offset else 0


def spread(places: Sequence[tuple[float, float]], gap: float, first: int | None = None) -> list[bool]:
    """Tell which labels (left, right) can be written without touching; ``first`` is written before all others.

    What is written already never touches, so a label is compared with its two neighbours alone.
    """
    shown = [False] * len(places)
    written: list[tuple[float, float]] = []  # from left to right
    for number in sorted(range(len(places)), key=lambda number: (number != first, number)):
        left, right = places[number]
        at = bisect(written, (left, right))
        free = at == 0 or left >= written[at - 1][1] + gap
        if free and (at == len(written) or right + gap <= written[at][0]):
            written.insert(at, (left, right))
            shown[number] = True
    return shown
