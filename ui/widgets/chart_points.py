"""A long series thinned to what a screen can show: at most two points a pixel column, no peak lost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Points = tuple[Array, Array]


def thin(x: Array, y: Array, start: float, end: float, column: float) -> Points:
    """Return the points between ``start`` and ``end``, the lowest and highest of each column ``column`` ms wide.

    One point on either side of the window stays, so that lines run to its edge. A NaN is a gap and stays one. So do the
    points on either side of columns without any: a level that stands for minutes does not rise to where it stands.
    Columns lie on multiples of their own width: a window that moves along does not make the line tremble, and a
    stretch of a line thinned by itself is that stretch of the whole line.
    """
    first = max(int(x.searchsorted(start)) - 1, 0)
    last = min(int(x.searchsorted(end, side="right")) + 1, len(x))
    x, y = x[first:last], y[first:last]
    if len(x) < 3 or column <= 0 or (x[2:] - x[:-2] > column).all():  # two a column at most
        return x, y
    columns = np.floor(x / column)
    apart = columns[1:] - columns[:-1] > 1
    columns[0] -= x[0] < start  # what lies outside is in no column of those inside
    columns[-1] += x[-1] > end
    kept = _extremes(y, columns)
    kept[0] = kept[-1] = True
    kept[:-1] |= apart
    kept[1:] |= apart
    return x[kept], y[kept]


def _extremes(y: Array, columns: Array) -> NDArray[np.bool_]:
    """Tell of each point whether it stays: the first lowest and first highest of its column, and what is unknown."""
    parts = np.concatenate(((0,), np.flatnonzero(columns[1:] > columns[:-1]) + 1))  # where each column begins
    lengths = np.concatenate((parts[1:], (len(y),))) - parts
    owner = np.arange(len(parts)).repeat(lengths)
    kept = np.isnan(y) | (lengths < 3)[owner]
    for best in (np.fmin.reduceat(y, parts), np.fmax.reduceat(y, parts)):
        places = np.flatnonzero(y == best[owner])[::-1]
        first = parts.copy()
        first[owner[places]] = places  # of a column's places the one assigned last stays: its first
        kept[first] = True
    return kept


def with_gaps(x: Sequence[float] | Array, y: Sequence[float] | Array, longest: float) -> Points:
    """Return the points with a NaN wherever two lie further apart than ``longest``: unknown is not a straight line."""
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    holes = np.flatnonzero(xs[1:] - xs[:-1] > longest) + 1
    if not len(holes):
        return xs, ys
    return np.insert(xs, holes, xs[holes - 1] + longest / 1000), np.insert(ys, holes, np.nan)
