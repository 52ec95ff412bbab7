"""The live chart as a widget: thinned lines in one pixel, everything else painted around them.

Import this module late: pyqtgraph and numpy take a third of a second. pyqtgraph turns arrays into painter paths; its
view and scene are not needed where only time is zoomed and dragged. Qt's raster engine strokes a 2 px line twenty
times slower than a 1 px one (8 × 1,700 points: 45 ms against 1.5 ms), so a strong line is a 1 px line painted twice.
"""

from __future__ import annotations

import pyqtgraph.functions as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.chart_marks import lay_out
from ui.widgets.chart_paint import paint_back, paint_front, paint_hover, plot_rect
from ui.widgets.chart_picture import EMPTY, Band, Frame, Line, Picture
from ui.widgets.chart_points import thin

_SCALED = ("left", "right")  # sides with a scale beside the plot: their lines are strong, all others fine
_STRONG = 0.8  # px between the two strokes of a strong line
_ZOOM = 0.8  # of the window for a wheel's notch
_PAN = 0.15  # of the window for a key
_NOTCH = 120  # a wheel's step, in eighths of a degree
_DRAG = 4  # px: less is a click
_SHADE = 26  # of 255, how strongly a band is seen


class LiveChart(QWidget):
    """Shows a ``Picture``. The mouse reads values, drags time along and its wheel zooms; so do arrows, + and −.

    ``window_wanted(start, end)`` asks for another window of time (ms); ``follow_wanted()`` for the one that goes
    along with now (a double click, End).
    """

    window_wanted = Signal(float, float)
    follow_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._paths: list[tuple[Line, QPainterPath]] = []
        self._shapes: list[tuple[Band, QPolygonF]] = []
        self._hover: float | None = None
        self._dragged: tuple[float, float, float] | None = None  # where the drag began: x, window's start and end
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)
        self.show_picture(EMPTY)

    def show_picture(self, picture: Picture) -> None:
        """Show something else."""
        self.picture = picture
        scales = {side: picture.scale(side) for side in picture.sides()}
        rect = plot_rect(self.width(), self.height(), picture, scales)
        self.frame = Frame(rect, picture.start, picture.end, scales)
        self._paths = [(line, self._path(line)) for line in picture.lines]
        self._shapes = [(band, self._shape(band)) for band in picture.bands if band.side in scales]
        self.marks = lay_out(self.frame, picture)
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def hover_at(self, x: float | None) -> None:
        """Read the values of a column, ``None`` for none."""
        rect = self.frame.rect
        self._hover = x if x is not None and rect.left() <= x <= rect.right() else None
        self.update()

    def _path(self, line: Line) -> QPainterPath:
        """Return the line in px."""
        frame = self.frame
        columns = round(frame.rect.width() * self.devicePixelRatioF())
        x, y = thin(line.x, line.y, frame.start, frame.end, columns)
        return pg.arrayToQPath(frame.px(x), frame.py(line.side, y), connect="finite")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of it."""
        painter = QPainter(self)
        paint_back(painter, self.frame, self.picture, self._theme)
        painter.setClipRect(self.frame.rect.adjusted(0, -2, 0, 2))
        for band, shape in self._shapes:
            self._shade(painter, band, shape)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for line, path in self._paths:
            self._stroke(painter, line, path, strong=line.side in _SCALED and not line.dashed)
        painter.setClipping(False)
        paint_front(painter, self.frame, self.picture, self.marks, self._theme)
        if self._hover is not None and self.picture.lines:
            paint_hover(painter, self.frame, self.picture, self._hover, self._theme)
        painter.end()

    def _stroke(self, painter: QPainter, line: Line, path: QPainterPath, *, strong: bool) -> None:
        pen = QPen(self._theme.color(line.color), 1)
        if line.dashed:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawPath(path)
        if strong:
            painter.translate(0, _STRONG)
            painter.drawPath(path)
            painter.translate(0, -_STRONG)

    def _shape(self, band: Band) -> QPolygonF:
        """Return a band in px: along its top, and back along its bottom."""
        frame = self.frame
        inside = (band.x >= frame.start - 60_000) & (band.x <= frame.end + 60_000)
        x = frame.px(band.x[inside])
        low, high = (frame.py(band.side, part[inside]) for part in (band.low, band.high))
        there = [QPointF(*point) for point in zip(x, high, strict=True)]
        back = [QPointF(*point) for point in zip(x[::-1], low[::-1], strict=True)]
        return QPolygonF([*there, *back])

    def _shade(self, painter: QPainter, band: Band, shape: QPolygonF) -> None:
        """Paint where the last sessions went: a shade behind the line, no line of its own."""
        tint = self._theme.color(band.color)
        tint.setAlpha(_SHADE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(shape)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # -- hands -----------------------------------------------------------------------------------------------

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Ask for ``factor`` of the window, the instant under ``x`` (the newest without one) staying where it is."""
        start, end = self.picture.start, self.picture.end
        fixed = end if x is None else self.frame.instant(x)
        self.window_wanted.emit(fixed - (fixed - start) * factor, fixed + (end - fixed) * factor)

    def pan(self, share: float) -> None:
        """Ask for the window ``share`` of itself later (negative: earlier)."""
        start, end = self.picture.start, self.picture.end
        self.window_wanted.emit(start + (end - start) * share, end + (end - start) * share)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the mouse is; sideways it pans."""
        across, along = event.angleDelta().x(), event.angleDelta().y()
        if abs(across) > abs(along):
            self.pan(-across / _NOTCH * _PAN)
        elif along:
            self.zoom(_ZOOM ** (along / _NOTCH), event.position().x())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of time."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = (event.position().x(), self.picture.start, self.picture.end)
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        super().mouseReleaseEvent(event)
        self._dragged = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Follow now again."""
        self._dragged = None
        self.follow_wanted.emit()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows pan, + and − zoom, End follows now."""
        keys = Qt.Key
        acts = {
            keys.Key_Left: lambda: self.pan(-_PAN),
            keys.Key_Right: lambda: self.pan(_PAN),
            keys.Key_Plus: lambda: self.zoom(_ZOOM),
            keys.Key_Equal: lambda: self.zoom(_ZOOM),
            keys.Key_Minus: lambda: self.zoom(1 / _ZOOM),
            keys.Key_End: self.follow_wanted.emit,
        }
        act = acts.get(keys(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        self.show_picture(self.picture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the mouse, or drag time along."""
        x = event.position().x()
        if self._dragged is not None and abs(x - self._dragged[0]) >= _DRAG:
            self._drag_to(x)
        self.hover_at(x)

    def _drag_to(self, x: float) -> None:
        if self._dragged is None:
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        from_x, start, end = self._dragged
        moved = (from_x - x) / max(self.frame.rect.width(), 1.0) * (end - start)
        self.window_wanted.emit(start + moved, end + moved)

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self.hover_at(None)
        super().leaveEvent(event)
