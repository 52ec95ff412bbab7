"""From reading units to lines on a screen and back: smooth, monotone, and free of pixels.

A screen knows at which units each of its lines begins and ends. The reading mark stands at the middle of a line when
half of it is read; between those points it runs on a monotone cubic (Fritsch–Carlson), so the text neither jumps nor
stops at blank lines, directions and short lines, and its speed changes softly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

_STEPS = 40  # halvings: far below a thousandth of a pixel


class Travel:
    """The path of the mark over ``lines``: (units at start, units at end) each. Heights are in lines."""

    __slots__ = ("_at", "_height")

    def __init__(self, lines: Sequence[tuple[float, float]]) -> None:
        spoken = [(index, start, stop) for index, (start, stop) in enumerate(lines) if stop > start]
        self._at: list[float] = []
        self._height: list[float] = []
        if spoken:
            (first, begin, _), (last, _, end) = spoken[0], spoken[-1]
            self._at = [begin, *[(start + stop) / 2 for _, start, stop in spoken], end]
            self._height = [float(first), *[index + 0.5 for index, _, _ in spoken], last + 1.0]

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
        wide = at[k + 1] - at[k]
        x = (units - at[k]) / wide
        low, high = self._height[k], self._height[k + 1]
        from_slope, to_slope = self._slope(k) * wide, self._slope(k + 1) * wide
        y = 1 - x
        return low * y * y * (1 + 2 * x) + from_slope * x * y * y + high * x * x * (3 - 2 * x) - to_slope * x * x * y

    def units_at(self, height: float) -> float:
        """Return the units at which the mark is at ``height``."""
        if not self._at:
            return 0.0
        if height <= self._height[0]:
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
        first, second = 2 * after + before, after + 2 * before
        return (first + second) / (first / left + second / right)
