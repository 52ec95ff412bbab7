"""The lines and bands of the live chart, as far as a repaint asks for them: a strip costs a strip.

Qt's raster engine strokes a 2 px line twenty times slower than a 1 px one (8 × 1,700 points: 45 ms against 1.5 ms),
so a strong line is a 1 px line painted twice. pyqtgraph turns arrays into painter paths; its view and scene are not
needed where only time is zoomed and dragged.
"""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph.functions as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ui.theme import Theme
from ui.widgets.chart_picture import PRINTED, Array, Band, Frame, Line, Picture
from ui.widgets.chart_points import Points, thin

EDGE = 3  # px: how far a line's point may lie from the strip whose pixels it touches
_STRONG = 0.8  # px between the two strokes of a strong line: of those with a scale beside the plot
_SHADE = 26  # of 255, how strongly a band is seen
_DASH = 4  # px


def paint_lines(painter: QPainter, frame: Frame, picture: Picture, theme: Theme, seen: QRectF) -> None:
    """Paint bands and lines where ``seen`` asks for it, inside the plot."""
    plot = frame.rect.adjusted(0, -2, 0, 2)
    strip = plot & seen
    if strip.isEmpty():
        return
    painter.setClipRect(plot)
    for band in picture.bands:
        if band.side in frame.scales:
            _shade(painter, frame, band, theme, strip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    column = column_ms(frame, painter.device().devicePixelRatioF())
    window = _window(frame, strip, column)
    for line in picture.lines:
        # A plan has few points, and its dashes go by all of them.
        x, y = (line.x, line.y) if line.dashed else thin(line.x, line.y, *window, column)
        if len(x) > 1:
            _stroke(painter, frame, line, (x, y), theme)
    painter.setClipping(False)


def column_ms(frame: Frame, ratio: float) -> float:
    """Return how long a column of ``1 / ratio`` px is."""
    return (frame.end - frame.start) / max(round(frame.rect.width() * ratio), 1)


def _window(frame: Frame, strip: QRectF, column: float) -> tuple[float, float]:
    """Return the first and last instant of the whole columns whose points touch a strip."""
    start = math.floor(frame.instant(strip.left() - EDGE) / column) * column
    end = math.ceil(frame.instant(strip.right() + EDGE) / column) * column
    return max(start, frame.start), min(end, frame.end)


def _stroke(painter: QPainter, frame: Frame, line: Line, points: Points, theme: Theme) -> None:
    pen = QPen(theme.color(line.color), 1)
    if line.dashed:
        pen.setDashPattern([_DASH, _DASH])
    path = _path(frame.px(points[0]), frame.py(line.side, points[1]))
    painter.setPen(pen)
    painter.drawPath(path)
    if line.side in PRINTED and not line.dashed:
        painter.translate(0, _STRONG)
        painter.drawPath(path)
        painter.translate(0, -_STRONG)


def _path(x: Array, y: Array) -> QPainterPath:
    """Return the path along points; pyqtgraph looks for gaps in twice the time that all the rest takes it."""
    if np.isnan(y).any():
        return pg.arrayToQPath(x, y, connect="finite")  # pyright: ignore[reportUnknownMemberType]
    return pg.arrayToQPath(x, y, connect="all", finiteCheck=False)  # pyright: ignore[reportUnknownMemberType]


def _shade(painter: QPainter, frame: Frame, band: Band, theme: Theme, strip: QRectF) -> None:
    """Paint where the last sessions went: a shade behind the line, no line of its own."""
    first = max(int(band.x.searchsorted(frame.instant(strip.left() - EDGE))) - 1, 0)
    last = int(band.x.searchsorted(frame.instant(strip.right() + EDGE), side="right")) + 1
    x, low, high = (part[first:last] for part in (band.x, band.low, band.high))
    if len(x) < 2:
        return  # it has ended before
    around_x, around_y = np.concatenate((x, x[::-1])), np.concatenate((high, low[::-1]))
    shape = pg.arrayToQPolygonF(  # pyright: ignore[reportUnknownMemberType]
        frame.px(around_x), frame.py(band.side, around_y)
    )
    tint = theme.color(band.color)
    tint.setAlpha(_SHADE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawPolygon(shape)
    painter.setBrush(Qt.BrushStyle.NoBrush)
