"""The live chart: lines by pyqtgraph (thinned, 1 px: wider pens cost ten times as much), the rest painted around them.

Import this module late: pyqtgraph and numpy take a third of a second.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QSizePolicy

from ui.theme import Theme
from ui.widgets.chart_paint import paint_back, paint_front, paint_hover, plot_rect
from ui.widgets.chart_picture import EMPTY, Frame, Line, Picture
from ui.widgets.chart_points import thin


class LiveChart(pg.GraphicsView):
    """Shows a ``Picture``. The mouse reads values; nothing is zoomed or dragged away by accident."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(background=None)
        self._theme = theme
        self._picture = EMPTY
        self._curves: dict[str, pg.PlotCurveItem] = {}
        self._hover: float | None = None
        self.setCacheMode(QGraphicsView.CacheModeFlag(0))  # the background moves with the lines
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 100)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, defaultPadding=0)
        self._box.disableAutoRange()
        self._box.setYRange(0, 1, padding=0)
        self.addItem(self._box)
        self.frame = self._frame()

    @property
    def picture(self) -> Picture:
        """Return what is shown."""
        return self._picture

    def show_picture(self, picture: Picture) -> None:
        """Show something else."""
        self._picture = picture
        self._draw()

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        for curve in self._curves.values():
            self._box.removeItem(curve)
        self._curves.clear()
        self._draw()

    def _frame(self) -> Frame:
        picture = self._picture
        rect = plot_rect(self.width(), self.height(), picture)
        scales = {side: picture.scale(side) for side in ("left", "right")}
        return Frame(rect, picture.start, picture.end, scales)

    def _draw(self) -> None:
        self.frame = self._frame()
        rect = self.frame.rect
        if self._box.geometry() != rect:
            self._box.setGeometry(rect)
        # Seconds since the window's start, heights from 0 to 1: no big numbers, and two scales in one box.
        self._box.setRange(xRange=(0, (self.frame.end - self.frame.start) / 1000), yRange=(0, 1), padding=0)
        columns = round(rect.width() * self.devicePixelRatioF())
        for line in self._picture.lines:
            x, y = thin(line.x, line.y, self.frame.start, self.frame.end, columns)
            low, high = self.frame.scales[line.side]
            self._curve(line).setData((x - self.frame.start) / 1000, (y - low) / ((high - low) or 1.0))
        for key in self._curves.keys() - {line.key for line in self._picture.lines}:
            self._box.removeItem(self._curves.pop(key))
        self.viewport().update()

    def _curve(self, line: Line) -> pg.PlotCurveItem:
        curve = self._curves.get(line.key)
        if curve is None:
            pen = QPen(self._theme.color(line.color), 1)
            pen.setCosmetic(True)
            if line.dashed:
                pen.setDashPattern([4, 4])
            curve = self._curves[line.key] = pg.PlotCurveItem(pen=pen, antialias=True, connect="finite")
            self._box.addItem(curve, ignoreBounds=True)
        return curve

    # -- Qt --------------------------------------------------------------------------------------------------

    def drawBackground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint what lies below the lines."""
        paint_back(painter, self.frame, self._picture, self._theme)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        """Paint what lies above the lines."""
        paint_front(painter, self.frame, self._picture, self._theme)
        if self._hover is not None and self._picture.lines:
            paint_hover(painter, self.frame, self._picture, self._hover, self._theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw at the new size."""
        super().resizeEvent(event)
        if hasattr(self, "_box"):
            self._draw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the values under the mouse."""
        x = event.position().x()
        rect = self.frame.rect
        self._hover = x if rect.left() <= x <= rect.right() else None
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._hover = None
        self.viewport().update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing is zoomed."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys belong to the desk."""
        event.ignore()

    def close_chart(self, *_args: Any) -> None:
        """Let the scene go before Qt does (pyqtgraph's views outlive their scene otherwise)."""
        self.close()
