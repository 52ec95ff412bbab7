"""Everything of the live chart but its lines: scales, segments, markers and what the mouse points at.

``seen`` is what a repaint asks for: words outside it are not set, which costs far more than clipping them away.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from liveshop_desk.model.clock import clock_text
from ui.theme import Theme, font
from ui.widgets.chart_marks import SMALL, Dot, Marks, Title, metrics
from ui.widgets.chart_picture import Frame, Line, Picture
from ui.widgets.chart_scale import minute_ticks

TOP = 20  # px for the segments' titles
BOTTOM = 22  # px for the times
GRID = 4  # steps of a scale
_TOKENS = {"price": "next", "stock": "chosen", "incident": "text", "offer": "rose"}  # the others are dim
NEAR = 7  # px around the mouse in which a marker speaks
_HOVER, _WIDEST = 12, 320  # px of the sheet's text, and of its longest line
_BESIDE = 6  # px between the plot and the values on its right
_STAR = [(0, -6), (1.6, -2), (6, -1.8), (2.6, 1), (3.7, 5.2), (0, 2.8), (-3.7, 5.2), (-2.6, 1), (-6, -1.8), (-1.6, -2)]
_CORNERS = {"cue": [(-4, -3), (4, -3), (0, 4)], "incident": [(0, -5), (5, 0), (0, 5), (-5, 0)], "offer": _STAR}
_REACH = 8  # px a marker's shape or words reach beyond its place


def plot_rect(width: float, height: float, picture: Picture, scales: Mapping[str, tuple[float, float]]) -> QRectF:
    """Return the plot's rectangle: beside it a gutter for each scale that is used."""
    left = _gutter(picture.first("left"), scales["left"][1], "00,000")
    right = _gutter(picture.first("right"), scales["right"][1], "¥000,000")
    return QRectF(left, TOP, max(width - left - right, 1.0), max(height - TOP - BOTTOM, 1.0))


def _gutter(line: Line | None, top: float, usual: str) -> float:
    """Return the px a scale's values need: those of ``usual``, so that the plot seldom moves, or of its highest."""
    if line is None:
        return 8
    measure = metrics()
    return max(measure.horizontalAdvance(text) for text in (usual, line.write(top))) + 10


# -- below the lines -----------------------------------------------------------------------------------------


def paint_back(painter: QPainter, frame: Frame, picture: Picture, marks: Marks, theme: Theme, seen: QRectF) -> None:
    """Paint the segments' bands, the grid, the stretch on air and the dotted lines where segments were taken."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    rect, taken = frame.rect, marks.taken
    _paint_segments(painter, frame, taken, picture.on_air, theme, seen)
    painter.setPen(QPen(theme.color("line"), 1))
    left, right = max(rect.left(), seen.left() - 1), rect.right()
    for step in range(GRID + 1):
        y = round(rect.top() + rect.height() * step / GRID)
        painter.drawLine(QPointF(left, y), QPointF(right, y))
    if picture.on_air is not None:
        _paint_band(painter, frame, picture.on_air, theme)
    pen = QPen(theme.color("faint"), 1)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    first = bisect_left(taken, max(frame.start, frame.instant(seen.left() - 1)))
    for at in taken[first : bisect_right(taken, min(frame.end, frame.instant(seen.right() + 1)))]:
        x = round(frame.px(at))
        painter.drawLine(QPointF(x, rect.top() - 4), QPointF(x, rect.bottom()))


def _paint_segments(
    painter: QPainter,
    frame: Frame,
    taken: Sequence[float],
    on_air: tuple[float, float] | None,
    theme: Theme,
    seen: QRectF,
) -> None:
    """Shade every second segment, so that what belongs to one is seen at a glance."""
    edges = [*taken, on_air[0] if on_air is not None else (taken[-1] if taken else 0.0)]
    tint = theme.color("raised")
    first = max(bisect_left(edges, frame.instant(seen.left() - 1)) - 1, 0)
    first -= first % 2
    last = bisect_right(edges, frame.instant(seen.right() + 1))
    for start, end in list(pairwise(edges[first : last + 1]))[::2]:
        _fill(painter, frame, start, end, tint)


def _fill(painter: QPainter, frame: Frame, start: float, end: float, tint: QColor, least: int = 0) -> None:
    """Fill the plot between two instants; on whole pixels, which Qt fills ten times faster."""
    rect = frame.rect
    left, right = (round(min(max(frame.px(at), rect.left()), rect.right())) for at in (start, end))
    if right + least > left:
        painter.fillRect(QRect(left, round(rect.top()), max(right - left, least), round(rect.height())), tint)


def _paint_band(painter: QPainter, frame: Frame, band: tuple[float, float], theme: Theme) -> None:
    tint = theme.color("on_air")
    tint.setAlpha(30)
    _fill(painter, frame, *band, tint, least=1)


# -- above the lines -----------------------------------------------------------------------------------------


def paint_front(painter: QPainter, frame: Frame, picture: Picture, marks: Marks, theme: Theme, seen: QRectF) -> None:
    """Paint the scales' words, the segments' titles and the markers."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(font(SMALL))
    _paint_times(painter, frame, theme, seen)
    if seen.left() <= frame.rect.left():
        _paint_scale(painter, frame, picture, "left", theme)
    if seen.right() >= frame.rect.right() + _BESIDE:
        _paint_scale(painter, frame, picture, "right", theme)
    _paint_titles(painter, frame, marks.titles, theme, seen)
    _paint_dots(painter, marks, theme, seen)


def _paint_titles(painter: QPainter, frame: Frame, titles: Sequence[Title], theme: Theme, seen: QRectF) -> None:
    foot, left, right = frame.rect.top() - 7, seen.left(), seen.right()
    if foot + painter.fontMetrics().descent() <= seen.top():
        return
    for title in titles:
        if title.left <= right and title.right >= left:
            painter.setPen(theme.color("text" if title.on_air else "hint"))
            painter.drawText(QPointF(title.left, foot), title.text)


def _paint_times(painter: QPainter, frame: Frame, theme: Theme, seen: QRectF) -> None:
    top = frame.rect.bottom() + 4
    if seen.bottom() <= top:
        return
    painter.setPen(theme.color("hint"))
    for at in minute_ticks(frame.start, frame.end, round(frame.rect.width())):
        x = round(frame.px(at))
        place = QRectF(x - 30, top, 60, BOTTOM - 4)
        if place.intersects(seen):
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, clock_text(round(at)))


def _paint_scale(painter: QPainter, frame: Frame, picture: Picture, side: str, theme: Theme) -> None:
    """Write a scale's values in its main line's colour, so that nobody reads one against the other."""
    line = picture.first(side)
    low, high = frame.scales[side]
    if line is None or low == high:
        return
    painter.setPen(theme.color(line.color))
    for step in range(GRID + 1):
        value = low + (high - low) * step / GRID
        y = round(frame.py(side, value))
        if side == "left":
            place = QRectF(0, y - 9, frame.rect.left() - 6, 18)
            align = Qt.AlignmentFlag.AlignRight
        else:
            place = QRectF(frame.rect.right() + _BESIDE, y - 9, 120, 18)
            align = Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, line.write(value))


def _paint_dots(painter: QPainter, marks: Marks, theme: Theme, seen: QRectF) -> None:
    """Paint each kind in a shape of its own (never colour alone), then the words."""
    height, dots = painter.fontMetrics().height(), marks.dots
    left, right = seen.left() - _REACH, seen.right() + _REACH
    by_kind: defaultdict[str, list[QPointF]] = defaultdict(list)
    first, last = bisect_left(dots, left, key=_column), bisect_right(dots, right, key=_column)
    for dot in dots[first:last]:
        by_kind[dot.flag.kind].append(dot.point)
    painter.setPen(Qt.PenStyle.NoPen)
    for kind, points in by_kind.items():
        painter.setBrush(theme.color(_TOKENS.get(kind, "dim")))
        _paint_shapes(painter, kind, points)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for dot in marks.words:
        if dot.box is not None and dot.box[0] <= right and dot.box[1] >= left:
            _paint_words(painter, dot, dot.box, height, theme)


def _column(dot: Dot) -> float:
    return dot.point.x()


def _paint_words(painter: QPainter, dot: Dot, box: tuple[float, float], height: int, theme: Theme) -> None:
    left, right = box
    behind = theme.color("panel")
    behind.setAlpha(190)
    painter.fillRect(QRectF(left - 2, dot.top, right - left + 4, height), behind)
    painter.setPen(theme.color(_word_token(dot.flag.kind)))
    painter.drawText(QPointF(round(left), round(dot.top + height - 3)), dot.flag.text)


def _paint_shapes(painter: QPainter, kind: str, places: Sequence[QPointF]) -> None:
    if kind == "price":
        for at in places:
            painter.drawEllipse(at, 4, 4)
    elif kind == "stock":
        painter.drawRects([QRectF(at.x() - 3, at.y() - 3, 6, 6) for at in places])
    elif kind in _CORNERS:
        shape = QPolygonF([QPointF(x, y) for x, y in _CORNERS[kind]])
        for at in places:
            painter.drawPolygon(shape.translated(at))


def _word_token(kind: str) -> str:
    """Return the colour of a marker's words: its own where it has one for words."""
    return _TOKENS[kind] if kind in ("price", "offer") else "dim"


# -- under the mouse -----------------------------------------------------------------------------------------


def hover_words(frame: Frame, picture: Picture, x: float) -> list[tuple[str, str]]:
    """Return (colour token, words) of the column under the mouse: its time, every value, markers close by."""
    instant = frame.instant(x)
    words = [("text", clock_text(round(instant), seconds=True))]
    for line in picture.lines:
        value = line.at(instant)
        if value is not None:
            words.append((line.color, f"{line.label}  {line.write(value)}"))
    near = [flag for flag in picture.flags if abs(frame.px(flag.at) - x) <= NEAR and flag.detail]
    return words + [(_word_token(flag.kind), flag.detail) for flag in near[:6]]


def hover_rect(frame: Frame, words: Sequence[tuple[str, str]], x: float) -> QRectF:
    """Return where the sheet with the words of a column lies: right of it, or left where there is no room."""
    measure = QFontMetrics(font(_HOVER))
    width = min(max(measure.horizontalAdvance(text) for _color, text in words), _WIDEST) + 20
    left = x + 12 if x + 12 + width <= frame.rect.right() else x - 12 - width
    return QRectF(left, frame.rect.top() + 4, width, (measure.height() + 2) * len(words) + 10)


def hover_seen(frame: Frame, picture: Picture, x: float) -> QRectF:
    """Return all that the crosshair and its sheet paint on."""
    column = QRectF(x - NEAR, frame.rect.top() - NEAR, 2 * NEAR, frame.rect.height() + 2 * NEAR)
    return column | hover_rect(frame, hover_words(frame, picture, x), x).adjusted(-2, -2, 2, 2)


def paint_hover(painter: QPainter, frame: Frame, picture: Picture, x: float, theme: Theme) -> None:
    """Paint the crosshair and a small sheet with what was at that moment."""
    words = hover_words(frame, picture, x)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.color("dim"), 1))
    painter.drawLine(QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom()))
    _paint_rings(painter, frame, picture, x, theme)
    painter.setFont(font(_HOVER))
    sheet, measure = hover_rect(frame, words, x), painter.fontMetrics()
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawRoundedRect(sheet, 6, 6)
    height = measure.height() + 2
    for number, (token, text) in enumerate(words):
        painter.setPen(theme.color(token))
        line = QRectF(sheet.left() + 10, sheet.top() + 5 + number * height, sheet.width() - 20, height)
        short = measure.elidedText(text, Qt.TextElideMode.ElideRight, _WIDEST)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, short)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_rings(painter: QPainter, frame: Frame, picture: Picture, x: float, theme: Theme) -> None:
    """Ring the values the sheet tells."""
    for line in picture.lines:
        value = line.at(frame.instant(x))
        if value is not None and not line.dashed:
            painter.setPen(QPen(theme.color(line.color), 1.5))
            painter.setBrush(theme.color("panel"))
            painter.drawEllipse(QPointF(x, frame.py(line.side, value)), 3.5, 3.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
