"""The live chart as a widget: thinned lines in one pixel, everything else painted around them.

Import this module late: pyqtgraph and numpy take a third of a second. pyqtgraph turns arrays into painter paths; its
view and scene are not needed for a chart nobody zooms. Qt's raster engine strokes a 2 px line twenty times slower
than a 1 px one (8 × 1,700 points: 45 ms against 1.5 ms), so a strong line is a 1 px line painted twice.
"""

from __future__ import annotations

import pyqtgraph.functions as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.chart_marks import lay_out
from ui.widgets.chart_paint import paint_back, paint_front, paint_hover, plot_rect
from ui.widgets.chart_picture import EMPTY, Frame, Line, Picture
from ui.widgets.chart_points import thin

_STRONG = 0.8  # px between the two strokes of a strong line


class LiveChart(QWidget):
    """Shows a ``Picture``. The mouse reads values; nothing is zoomed or dragged away by accident."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._paths: list[tuple[Line, QPainterPath]] = []
        self._hover: float | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)
        self.show_picture(EMPTY)

    def show_picture(self, picture: Picture) -> None:
        """Show something else."""
        self.picture = picture
        rect = plot_rect(self.width(), self.height(), picture)
        scales = {side: picture.scale(side) for side in ("left", "right")}
        self.frame = Frame(rect, picture.start, picture.end, scales)
        self._paths = [(line, self._path(line)) for line in picture.lines]
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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setClipRect(self.frame.rect.adjusted(0, -2, 0, 2))
        for line, path in self._paths:
            self._stroke(painter, line, path)
        painter.setClipping(False)
        paint_front(painter, self.frame, self.picture, self.marks, self._theme)
        if self._hover is not None and self.picture.lines:
            paint_hover(painter, self.frame, self.picture, self._hover, self._theme)
        painter.end()

    def _stroke(self, painter: QPainter, line: Line, path: QPainterPath) -> None:
        pen = QPen(self._theme.color(line.color), 1)
        if line.dashed:
            pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawPath(path)
        if not line.dashed:
            painter.translate(0, _STRONG)
            painter.drawPath(path)
            painter.translate(0, -_STRONG)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        self.show_picture(self.picture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the mouse."""
        self.hover_at(event.position().x())

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self.hover_at(None)
        super().leaveEvent(event)
