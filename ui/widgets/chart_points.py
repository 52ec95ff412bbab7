"""A long series thinned to what a screen can show: at most two points a pixel column, no peak lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Points = tuple[Array, Array]


def thin(x: NDArray[np.float64], y: NDArray[np.float64], start: float, end: float, columns: int) -> Points:
    """Return the points between ``start`` and ``end``, the lowest and highest of each of ``columns`` columns.

    One point on either side of the window stays, so that lines run to its edge. A NaN is a gap and stays one.
    Columns lie on multiples of their own width: a window that moves along does not make the line tremble.
    """
    first = max(int(np.searchsorted(x, start)) - 1, 0)
    last = min(int(np.searchsorted(x, end, side="right")) + 1, len(x))
    x, y = x[first:last], y[first:last]
    if len(x) <= 2 * columns or columns < 1 or end <= start:
        return x, y
    column = np.floor(x * (columns / (end - start))).astype(np.int64)
    edges = np.flatnonzero(np.diff(column)) + 1
    parts = np.concatenate(([0], edges))
    kept = np.sort(np.concatenate((_place_of(y, parts, lowest=True), _place_of(y, parts, lowest=False), _gaps(y))))
    kept = kept[np.concatenate(([True], np.diff(kept) > 0))]
    return x[kept], y[kept]


def _gaps(y: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the places of the NaNs, and of the two ends."""
    return np.concatenate((np.flatnonzero(np.isnan(y)), [0, len(y) - 1])).astype(np.int64)


def _place_of(y: NDArray[np.float64], parts: NDArray[np.int64], *, lowest: bool) -> NDArray[np.int64]:
    """Return the place of each part's lowest (or highest) point."""
    level = np.where(np.isnan(y), np.inf, y) if lowest else np.where(np.isnan(y), -np.inf, y)
    best = np.minimum.reduceat(level, parts) if lowest else np.maximum.reduceat(level, parts)
    lengths = np.diff(np.append(parts, len(y)))
    places = np.flatnonzero(level == np.repeat(best, lengths))
    owner = np.searchsorted(parts, places, side="right") - 1
    return places[np.concatenate(([True], np.diff(owner) > 0))]


def with_gaps(x: Sequence[float] | Array, y: Sequence[float] | Array, longest: float) -> Points:
    """Return the points with a NaN wherever two lie further apart than ``longest``: unknown is not a straight line."""
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    holes = np.flatnonzero(np.diff(xs) > longest) + 1
    if not len(holes):
        return xs, ys
    return np.insert(xs, holes, xs[holes - 1] + longest / 1000), np.insert(ys, holes, np.nan)
