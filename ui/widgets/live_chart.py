"""The live chart as a widget: thinned lines in one pixel, everything else painted around them.

Import this module late: pyqtgraph and numpy take a third of a second. A picture that goes on from the last one is
painted anew only where it differs: of eight hours a second is one pixel column.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.chart_change import NOWHERE, first_change
from ui.widgets.chart_lines import paint_lines
from ui.widgets.chart_marks import Shown, lay_out
from ui.widgets.chart_paint import hover_seen, paint_back, paint_front, paint_hover, plot_rect
from ui.widgets.chart_picture import EMPTY, PRINTED, Frame, Picture

_ZOOM = 0.8  # of the window for a wheel's notch
_PAN = 0.15  # of the window for a key
_NOTCH = 120  # a wheel's step, in eighths of a degree
_DRAG = 4  # px: less is a click
_OVER, _ABOVE = 5, 3  # px lines and markers reach beyond the plot: beside it, and above and below it


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
        self._shown: Shown | None = None
        self._sized = QSize()  # that the plot was laid out for
        self._hover: float | None = None
        self._dragged: tuple[float, float, float] | None = None  # where the drag began: x, window's start and end
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)
        self.show_picture(EMPTY)

    @property
    def picture(self) -> Picture:
        """Return what is shown."""
        return self._shown.picture if self._shown is not None else EMPTY

    @property
    def frame(self) -> Frame:
        """Return where it lies."""
        return self._shown.frame if self._shown is not None else Frame(QRectF(self.rect()), EMPTY.start, EMPTY.end)

    def show_picture(self, picture: Picture) -> None:
        """Show something else; painted is what differs from before."""
        scales = {side: picture.scale(side, self._scale(picture, side)) for side in picture.sides()}
        rect = self._plot(picture, scales)
        frame = Frame(rect, picture.start, picture.end, scales)
        self._forget_hover()
        before, self._shown = self._shown, Shown(picture, frame, lay_out(frame, picture, self._shown))
        left = first_change(before, self._shown) if before is not None else 0.0
        if left <= 0:
            self.update()
        elif left < NOWHERE:
            self._update(
                QRectF(left, rect.top(), rect.right() + _OVER - left, rect.height()).adjusted(0, -_ABOVE, 0, _ABOVE)
            )
        self._forget_hover()

    def _plot(self, picture: Picture, scales: dict[str, tuple[float, float]]) -> QRectF:
        """Return the plot's rectangle, which stands while the words beside it do."""
        same_words = self.frame.scales == scales and _labels(self.picture) == _labels(picture)
        if self._shown is not None and self._sized == self.size() and same_words:
            return self.frame.rect
        self._sized = self.size()
        return plot_rect(self.width(), self.height(), picture, scales)

    def _scale(self, picture: Picture, side: str) -> tuple[float, float] | None:
        """Return the scale a side has now, where it is still the same figure's."""
        now, then = picture.first(side), self.picture.first(side)
        return self.frame.scales.get(side) if now is not None and then is not None and now.key == then.key else None

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def hover_at(self, x: float | None) -> None:
        """Read the values of a column, ``None`` for none."""
        rect = self.frame.rect
        self._forget_hover()
        self._hover = x if x is not None and rect.left() <= x <= rect.right() else None
        self._forget_hover()

    def _forget_hover(self) -> None:
        """Paint anew what lies under the crosshair and its sheet, as they are now."""
        if self._hover is not None and self.picture.lines:
            self._update(hover_seen(self.frame, self.picture, self._hover))

    def _update(self, seen: QRectF) -> None:
        """Ask for a part to be painted anew, if any of it is seen."""
        part = seen.toAlignedRect() & self.rect()
        if not part.isEmpty():
            self.update(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is asked for."""
        painter = QPainter(self)
        self.paint(painter, event.rect())
        painter.end()

    def paint(self, painter: QPainter, part: QRect) -> None:
        """Paint a part of it, on whatever the painter paints on."""
        if self._shown is None:
            return
        picture, frame, marks, seen = self._shown.picture, self._shown.frame, self._shown.marks, QRectF(part)
        paint_back(painter, frame, picture, marks, self._theme, seen)
        paint_lines(painter, frame, picture, self._theme, seen)
        paint_front(painter, frame, picture, marks, self._theme, seen)
        if self._hover is not None and picture.lines:
            paint_hover(painter, frame, picture, self._hover, self._theme)

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


def _labels(picture: Picture) -> list[str | None]:
    """Return what the scales beside the plot are called."""
    return [line.label if (line := picture.first(side)) is not None else None for side in PRINTED]
