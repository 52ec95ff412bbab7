"""Everything of the live chart but its lines: scales, segments, markers and what the mouse points at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from liveshop_desk.model.clock import clock_text
from ui.theme import Theme, font
from ui.widgets.chart_marks import SMALL, Dot, Marks, metrics
from ui.widgets.chart_picture import Frame, Line, Picture
from ui.widgets.chart_scale import minute_ticks

TOP = 20  # px for the segments' titles
BOTTOM = 22  # px for the times
GRID = 4  # steps of a scale
_TOKENS = {"price": "next", "stock": "chosen", "incident": "text", "offer": "rose"}  # the others are dim
_STAR = [(0, -6), (1.6, -2), (6, -1.8), (2.6, 1), (3.7, 5.2), (0, 2.8), (-3.7, 5.2), (-2.6, 1), (-6, -1.8), (-1.6, -2)]
NEAR = 7  # px around the mouse in which a marker speaks


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


def paint_back(painter: QPainter, frame: Frame, picture: Picture, theme: Theme) -> None:
    """Paint the segments' bands, the grid, the stretch on air and the dotted lines where segments were taken."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    rect = frame.rect
    _paint_segments(painter, frame, picture, theme)
    painter.setPen(QPen(theme.color("line"), 1))
    for step in range(GRID + 1):
        y = round(rect.top() + rect.height() * step / GRID)
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    if picture.on_air is not None:
        _paint_band(painter, frame, picture.on_air, theme)
    pen = QPen(theme.color("faint"), 1)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    for flag in picture.flags:
        if flag.kind == "segment" and frame.start <= flag.at <= frame.end:
            x = round(frame.px(flag.at))
            painter.drawLine(QPointF(x, rect.top() - 4), QPointF(x, rect.bottom()))


def _paint_segments(painter: QPainter, frame: Frame, picture: Picture, theme: Theme) -> None:
    """Shade every second segment, so that what belongs to one is seen at a glance."""
    taken = [float(flag.at) for flag in picture.flags if flag.kind == "segment"]
    last = picture.on_air[0] if picture.on_air is not None else (taken[-1] if taken else 0.0)
    tint = theme.color("raised")
    for start, end in list(pairwise([*taken, last]))[::2]:
        left, right = (min(max(frame.px(at), frame.rect.left()), frame.rect.right()) for at in (start, end))
        if right > left:
            painter.fillRect(QRectF(left, frame.rect.top(), right - left, frame.rect.height()), tint)


def _paint_band(painter: QPainter, frame: Frame, band: tuple[float, float], theme: Theme) -> None:
    left, right = (min(max(frame.px(at), frame.rect.left()), frame.rect.right()) for at in band)
    tint = theme.color("on_air")
    tint.setAlpha(30)
    painter.fillRect(QRectF(left, frame.rect.top(), max(right - left, 1.0), frame.rect.height()), tint)


# -- above the lines -----------------------------------------------------------------------------------------


def paint_front(painter: QPainter, frame: Frame, picture: Picture, marks: Marks, theme: Theme) -> None:
    """Paint the scales' words, the segments' titles and the markers."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(font(SMALL))
    _paint_times(painter, frame, theme)
    for side in ("left", "right"):
        _paint_scale(painter, frame, picture, side, theme)
    for title in marks.titles:
        painter.setPen(theme.color("text" if title.on_air else "faint"))
        painter.drawText(QPointF(title.left, frame.rect.top() - 7), title.text)
    _paint_dots(painter, marks.dots, theme)


def _paint_times(painter: QPainter, frame: Frame, theme: Theme) -> None:
    painter.setPen(theme.color("faint"))
    for at in minute_ticks(frame.start, frame.end, round(frame.rect.width())):
        x = round(frame.px(at))
        place = QRectF(x - 30, frame.rect.bottom() + 4, 60, BOTTOM - 4)
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
            place = QRectF(frame.rect.right() + 6, y - 9, 120, 18)
            align = Qt.AlignmentFlag.AlignLeft
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter, line.write(value))


def _paint_dots(painter: QPainter, dots: Sequence[Dot], theme: Theme) -> None:
    """Paint each kind in a shape of its own (never colour alone), then the words."""
    height = painter.fontMetrics().height()
    for dot in dots:
        _paint_shape(painter, dot.flag.kind, dot.point, theme)
    for dot in dots:
        if dot.box is not None:
            left, right = dot.box
            behind = theme.color("panel")
            behind.setAlpha(190)
            painter.fillRect(QRectF(left - 2, dot.point.y() - 5 - height, right - left + 4, height), behind)
            painter.setPen(theme.color(_word_token(dot.flag.kind)))
            painter.drawText(QPointF(round(left), round(dot.point.y() - 8)), dot.flag.text)


def _paint_shape(painter: QPainter, kind: str, at: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(_TOKENS.get(kind, "dim")))
    if kind == "price":
        painter.drawEllipse(at, 4, 4)
    elif kind == "stock":
        painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6))
    elif kind == "cue":
        painter.drawPolygon(QPolygonF([at + QPointF(-4, -3), at + QPointF(4, -3), at + QPointF(0, 4)]))
    elif kind == "incident":
        points = [QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]
        painter.drawPolygon(QPolygonF([at + point for point in points]))
    elif kind == "offer":
        painter.drawPolygon(QPolygonF([at + QPointF(x, y) for x, y in _STAR]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


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


def paint_hover(painter: QPainter, frame: Frame, picture: Picture, x: float, theme: Theme) -> None:
    """Paint the crosshair and a small sheet with what was at that moment."""
    words = hover_words(frame, picture, x)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.color("dim"), 1))
    painter.drawLine(QPointF(x, frame.rect.top()), QPointF(x, frame.rect.bottom()))
    _paint_rings(painter, frame, picture, x, theme)
    painter.setFont(font(12))
    measure = painter.fontMetrics()
    height = measure.height() + 2
    width = min(max(measure.horizontalAdvance(text) for _color, text in words), 320) + 20
    left = x + 12 if x + 12 + width <= frame.rect.right() else x - 12 - width
    sheet = QRectF(left, frame.rect.top() + 4, width, height * len(words) + 10)
    painter.setBrush(theme.color("raised"))
    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawRoundedRect(sheet, 6, 6)
    for number, (token, text) in enumerate(words):
        painter.setPen(theme.color(token))
        line = QRectF(left + 10, sheet.top() + 5 + number * height, width - 20, height)
        short = measure.elidedText(text, Qt.TextElideMode.ElideRight, 320)
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
