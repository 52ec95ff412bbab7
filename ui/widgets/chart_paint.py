"""Everything of the live chart but its lines: scales, segments, markers and what the mouse points at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from liveshop_desk.model.clock import clock_text
from ui.theme import Theme, font
from ui.widgets.chart_picture import Flag, Frame, Picture
from ui.widgets.chart_scale import minute_ticks, spread

TOP = 20  # px for the segments' titles
BOTTOM = 22  # px for the times
GRID = 4  # steps of a scale
NEAR = 7  # px around the mouse in which a marker speaks
_SMALL = 11  # px of text
_LEFT_OF_DOT = ("price", "projection")


def metrics() -> QFontMetricsF:
    """Return the measures of the chart's text."""
    return QFontMetricsF(font(_SMALL))


def plot_rect(width: float, height: float, picture: Picture) -> QRectF:
    """Return the plot's rectangle: beside it a gutter for each scale that is used."""
    measure = metrics()
    left = measure.horizontalAdvance("00,000") + 10 if picture.first("left") else 8
    right = measure.horizontalAdvance("¥000,000") + 10 if picture.first("right") else 8
    return QRectF(left, TOP, max(width - left - right, 1.0), max(height - TOP - BOTTOM, 1.0))


# -- below the lines -----------------------------------------------------------------------------------------


def paint_back(painter: QPainter, frame: Frame, picture: Picture, theme: Theme) -> None:
    """Paint the grid, the stretch on air and the dotted lines where segments were taken."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    rect = frame.rect
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


def _paint_band(painter: QPainter, frame: Frame, band: tuple[float, float], theme: Theme) -> None:
    left, right = (min(max(frame.px(at), frame.rect.left()), frame.rect.right()) for at in band)
    tint = theme.color("on_air")
    tint.setAlpha(30)
    painter.fillRect(QRectF(left, frame.rect.top(), max(right - left, 1.0), frame.rect.height()), tint)


# -- above the lines -----------------------------------------------------------------------------------------


def paint_front(painter: QPainter, frame: Frame, picture: Picture, theme: Theme) -> None:
    """Paint the scales' words, the segments' titles and the markers."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setFont(font(_SMALL))
    _paint_times(painter, frame, theme)
    for side in ("left", "right"):
        _paint_scale(painter, frame, picture, side, theme)
    past = [flag for flag in picture.flags if flag.at <= frame.end]
    _paint_titles(painter, frame, [flag for flag in past if flag.kind == "segment"], picture, theme)
    dots = [flag for flag in past if flag.kind != "segment" and flag.at >= frame.start]
    _paint_dots(painter, frame, dots, picture, theme)


def _paint_times(painter: QPainter, frame: Frame, theme: Theme) -> None:
    painter.setPen(theme.color("faint"))
    for at in minute_ticks(frame.start, frame.end, round(frame.rect.width())):
        x = round(frame.px(at))
        place = QRectF(x - 30, frame.rect.bottom() + 4, 60, BOTTOM - 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, clock_text(round(at)))


def _paint_scale(painter: QPainter, frame: Frame, picture: Picture, side: str, theme: Theme) -> None:
    """Write a scale's values in its main line's colour, so that nobody reads one against the other."""
    line = picture.first(side)
    if line is None:
        return
    low, high = frame.scales[side]
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


def _paint_titles(painter: QPainter, frame: Frame, flags: list[Flag], picture: Picture, theme: Theme) -> None:
    """Write the titles of the segments above the plot; the one on air first, the others where there is room.

    One taken before the window is named at its left edge: the tinted stretch must say what it is.
    """
    seen = [flag for number, flag in enumerate(flags) if flag.at >= frame.start or number == len(flags) - 1]
    measure = painter.fontMetrics()
    lefts = [round(max(frame.px(flag.at), frame.rect.left())) + 4 for flag in seen]
    places = [(left, left + measure.horizontalAdvance(flag.text)) for left, flag in zip(lefts, seen, strict=True)]
    on_air = len(seen) - 1 if seen and picture.on_air is not None else None
    shown = spread(places, 8, on_air)
    for number, (flag, left) in enumerate(zip(seen, lefts, strict=True)):
        if shown[number]:
            painter.setPen(theme.color("text" if number == on_air else "faint"))
            painter.drawText(QPointF(left, frame.rect.top() - 7), flag.text)


def _paint_dots(painter: QPainter, frame: Frame, flags: list[Flag], picture: Picture, theme: Theme) -> None:
    """Paint each kind in a shape of its own (never colour alone) and words where they do not touch."""
    measure = painter.fontMetrics()
    points = [_place(flag, frame, picture) for flag in flags]
    worded = [number for number, flag in enumerate(flags) if flag.kind in _LEFT_OF_DOT and flag.text]
    boxes = [_text_left(points[n].x(), measure.horizontalAdvance(flags[n].text), frame) for n in worded]
    shown = spread(boxes, 6, len(worded) - 1 if worded else None)
    for flag, point in zip(flags, points, strict=True):
        _paint_shape(painter, flag.kind, point, theme)
    for number, box, visible in zip(worded, boxes, shown, strict=True):
        if visible:
            behind = theme.color("panel")
            behind.setAlpha(190)
            height = measure.height()
            painter.fillRect(QRectF(box[0] - 2, points[number].y() - 5 - height, box[1] - box[0] + 4, height), behind)
            painter.setPen(theme.color("next" if flags[number].kind == "price" else "dim"))
            painter.drawText(QPointF(round(box[0]), round(points[number].y() - 8)), flags[number].text)


def _text_left(x: float, width: float, frame: Frame) -> tuple[float, float]:
    """Return where a text beside ``x`` begins and ends: to its right, or to its left at the plot's edge."""
    left = x + 7 if x + 7 + width <= frame.rect.right() else x - 7 - width
    return left, left + width


def _place(flag: Flag, frame: Frame, picture: Picture) -> QPointF:
    """Return where a marker lies: a price on the money's line, the others at the plot's edges."""
    x, rect = frame.px(flag.at), frame.rect
    if flag.kind in ("price", "projection"):
        key = "gmv" if flag.kind == "price" else "projection"
        line = next((line for line in picture.lines if line.key == key), None)
        value = line.at(flag.at) if line else None
        y = rect.center().y() if line is None or value is None else frame.py(line.side, value)
        return QPointF(x, min(max(y, rect.top() + 4), rect.bottom() - 4))
    return QPointF(x, rect.bottom() - 6 if flag.kind == "stock" else rect.top() + 7)


def _paint_shape(painter: QPainter, kind: str, at: QPointF, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color({"price": "next", "stock": "chosen", "incident": "text"}.get(kind, "dim")))
    if kind == "price":
        painter.drawEllipse(at, 4, 4)
    elif kind == "stock":
        painter.drawRect(QRectF(at.x() - 3, at.y() - 3, 6, 6))
    elif kind == "cue":
        painter.drawPolygon(QPolygonF([at + QPointF(-4, -3), at + QPointF(4, -3), at + QPointF(0, 4)]))
    elif kind == "incident":
        points = [QPointF(0, -5), QPointF(5, 0), QPointF(0, 5), QPointF(-5, 0)]
        painter.drawPolygon(QPolygonF([at + point for point in points]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


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
    return words + [("next" if flag.kind == "price" else "dim", flag.detail) for flag in near[:6]]


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
