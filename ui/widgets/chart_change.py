"""From which pixel column on two pictures of the live chart differ: a second more of a show is its last few columns.

Everything is compared from its beginning; what is equal up to some moment lies on the same pixels up to there. So
nobody has to say what changed, and a figure that came late, or another file's, is drawn like any other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui.widgets.chart_lines import EDGE, column_ms
from ui.widgets.chart_marks import Dot, Shown
from ui.widgets.chart_picture import Band, Frame, Line, Picture, first_difference

NOWHERE = float("inf")
_MARK = 8  # px a marker reaches to its left


def first_change(old: Shown, new: Shown) -> float:
    """Return the first column (px) that differs: 0 for everything, ``NOWHERE`` for nothing."""
    if old.frame != new.frame or _names(old.picture) != _names(new.picture) or old.marks.titles != new.marks.titles:
        return 0.0
    if not _same_bands(old.picture, new.picture) or old.marks.taken != new.marks.taken:
        return 0.0
    frame, pairs = new.frame, zip(old.picture.lines, new.picture.lines, strict=True)
    column = column_ms(frame, 1.0)
    return min(
        _on_air(frame, old.picture, new.picture),
        _dots(old.marks.dots, new.marks.dots),
        *(_line(frame, column, *pair) for pair in pairs),
    )


def _names(picture: Picture) -> list[tuple[object, ...]]:
    return [(line.key, line.label, line.color, line.side, line.dashed) for line in picture.lines]


def _same_bands(old: Picture, new: Picture) -> bool:
    return len(old.bands) == len(new.bands) and all(map(_same_band, old.bands, new.bands))


def _same_band(a: Band, b: Band) -> bool:
    same = (a.side, a.color) == (b.side, b.color) and first_difference(a.x, a.low, b.x, b.low) is None
    return same and first_difference(a.x, a.high, b.x, b.high) is None


def _on_air(frame: Frame, old: Picture, new: Picture) -> float:
    """Return where the stretch on air differs: it grows at its end."""
    if old.on_air == new.on_air:
        return NOWHERE
    if old.on_air is None or new.on_air is None or old.on_air[0] != new.on_air[0]:
        return 0.0
    return frame.px(min(old.on_air[1], new.on_air[1])) - 1


def _dots(old: Sequence[Dot], new: Sequence[Dot]) -> float:
    """Return where markers differ; words of a later one may make room for, or hide, those of one before."""
    same = 0
    for a, b in zip(old, new, strict=False):
        if a is not b and a != b:
            break
        same += 1
    others = (*old[same:], *new[same:])
    return min(
        (min(dot.point.x() - _MARK, dot.box[0] - EDGE if dot.box else NOWHERE) for dot in others), default=NOWHERE
    )


def _line(frame: Frame, column: float, old: Line, new: Line) -> float:
    """Return where a line differs: from the last point before the column its first other point lies in."""
    place = first_difference(old.x, old.y, new.x, new.y)
    if place is None:
        return NOWHERE
    first = min(float(x[min(place, len(x) - 1)]) for x in (old.x, new.x) if len(x))
    if place:  # up to there both are one line
        edge = math.floor(first / column) * column
        first = float(old.x[max(int(old.x.searchsorted(edge)) - 1, 0)])
    return frame.px(first) - EDGE
