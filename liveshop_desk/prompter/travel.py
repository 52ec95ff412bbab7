"""From reading units to lines on a screen and back: smooth, monotone, and free of pixels.

A screen knows at which units each of its lines begins and ends. The reading mark stands at the middle of a line when
half of it is read; between those points it runs on a monotone cubic (Fritsch–Carlson), so the text neither jumps nor
stops at blank lines, directions and short lines, and its speed changes softly. At a pause it does stop: two points at
one height, between which the cubic is level, and it slows down and starts again as softly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_STEPS = 40  # halvings: far below a thousandth of a pixel


class Travel:
    """The path of the mark over ``lines``: (units at start, units at end) each. Heights are in lines.

    ``stops`` are the units (start, end) where the text stands still, in order and apart from one another.
    """

    __slots__ = ("_at", "_height")

    def __init__(self, lines: Sequence[tuple[float, float]], stops: Sequence[tuple[float, float]] = ()) -> None:
        self._at: list[float] = []
        self._height: list[float] = []
        spoken = [(index, start, stop) for index, (start, stop) in enumerate(lines) if stop > start]
        if not spoken:
            return
        (first, begin, _), (last, _, end) = spoken[0], spoken[-1]
        if not stops:  # most texts; a long one is numbered anew with each edit, while the prompter runs
            self._at = [begin, *[(start + stop) / 2 for _, start, stop in spoken], end]
            self._height = [float(first), *[index + 0.5 for index, _, _ in spoken], last + 1.0]
            return
        knots = [(float(first), begin), *_knots(spoken, stops)]
        if knots[-1][1] < end:
            knots.append((last + 1.0, end))
        for height, at in _rising(knots):
            self._at.append(at)
            self._height.append(height)

    def height_at(self, units: float) -> float:
        """Return where the mark is, in lines from the top of the text."""
        at = self._at
        if not at:
            return 0.0
        if units <= at[0]:
            return self._height[0]
        if units >= at[-1]:
            return self._height[-1]
        k = bisect_right(at, units) - 1
        low, high = self._height[k], self._height[k + 1]
        if low == high:  # a pause: to the last bit, so that no frame differs from the one before
            return low
        wide = at[k + 1] - at[k]
        x = (units - at[k]) / wide
        from_slope, to_slope = self._slope(k) * wide, self._slope(k + 1) * wide
        y = 1 - x
        return low * y * y * (1 + 2 * x) + from_slope * x * y * y + high * x * x * (3 - 2 * x) - to_slope * x * x * y

    def units_at(self, height: float) -> float:
        """Return the units at which the mark is at ``height``; where it stands still there, the end of the pause."""
        if not self._at:
            return 0.0
        if height < self._height[0]:
            return self._at[0]
        if height >= self._height[-1]:
            return self._at[-1]
        k = bisect_right(self._height, height) - 1
        low, high = self._at[k], self._at[k + 1]
        for _ in range(_STEPS):
            middle = (low + high) / 2
            if self.height_at(middle) < height:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def _slope(self, k: int) -> float:
        """Return the slope at knot ``k``: the weighted harmonic mean of its two sides keeps the path monotone."""
        at, height = self._at, self._height
        if k == 0:
            return (height[1] - height[0]) / (at[1] - at[0])
        if k == len(at) - 1:
            return (height[k] - height[k - 1]) / (at[k] - at[k - 1])
        before, after = at[k] - at[k - 1], at[k + 1] - at[k]
        left, right = (height[k] - height[k - 1]) / before, (height[k + 1] - height[k]) / after
        if left <= 0 or right <= 0:
            return 0.0
        first, second = 2 * after + before, after + 2 * before
        return (first + second) / (first / left + second / right)


def _knots(
    spoken: Sequence[tuple[int, float, float]], stops: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Return the (height, units) each line is passed at: its middle, or its pauses where it has any."""
    knots: list[tuple[float, float]] = []
    next_stop, until = 0, 0.0  # a pause whose mark is broken over two lines belongs to the first, until it ends
    for index, start, stop in spoken:
        begin = max(start, until)
        inner: list[tuple[float, float]] = []
        while next_stop < len(stops) and stops[next_stop][0] < stop:
            inner.append(stops[next_stop])
            next_stop += 1
        if inner:
            knots += _stopping(index, begin, stop, inner)
            until = inner[-1][1]
        elif stop > begin:
            knots.append((index + 0.5, (begin + stop) / 2))
    return knots


def _stopping(index: int, start: float, stop: float, inner: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the knots of a line with pauses: each as far down the line as the words before it are of its words."""
    still = sum(min(stop, end) - begin for begin, end in inner)
    moving = stop - start - still
    knots: list[tuple[float, float]] = []
    stood = 0.0
    for begin, end in inner:
        share = (begin - start - stood) / moving if moving > 1e-6 else 0.5  # rounding, not words
        height = index + min(1.0, max(0.0, share))
        knots += [(height, begin), (height, end)]
        stood += end - begin
    return knots


def _rising(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return ``knots`` with units strictly rising.

    Where one pause follows another at another height there is no time to get there: the text creeps through both.
    """
    kept: list[tuple[float, float]] = []
    for height, at in knots:
        if kept and at - kept[-1][1] < 1e-6:  # rounding, not words
            touching = kept.pop()
            if not kept or touching[0] == height:
                kept.append((height, touching[1]))
        else:
            kept.append((height, at))
    return kept
