"""How a surface's frames get on the screen: as little as differs, where what is there is known; else all of it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from ui.prompter.canvas import Canvas, Patch, View
from ui.prompter.signs import paint_edge


class Frame(NamedTuple):
    """A frame under way: the moment it shows, and what is to be copied for it; no patches: all of ``region``."""

    ticks: float
    view: View
    patches: tuple[Patch, ...]
    region: QRegion


class Painting:
    """Paints a canvas on its widget. ``under_way`` is the frame being made, none where Qt itself asks for paint."""

    def __init__(self, widget: QWidget, canvas: Canvas) -> None:
        self.blank = False
        self.under_way: Frame | None = None
        self._widget = widget
        self._canvas = canvas
        self._there: View | None = None  # what is on the screen, where all of it is of one moment

    def forget(self) -> None:
        """Paint all of the next frame: something is another."""
        self._there = None

    def make(self, ticks: float, view: View, *, edged: bool) -> None:
        """Put a frame on the screen now, not behind whatever else waits in the window's queue."""
        before, canvas = self._there, self._canvas
        plain = before is None or edged or self.blank
        patches = None if plain or before is None else canvas.patches(before, view)
        region = canvas.region(patches) if patches else QRegion(self._widget.rect() if edged else canvas.column())
        self.under_way = Frame(ticks, view, tuple(patches or ()), region)
        self._widget.repaint(region)
        self.under_way = None

    def paint(self, event: QPaintEvent, view: View, *, edged: bool) -> None:
        """Paint what an event asks for, as it is in ``view``; ``edged``: it is not the anchor's view."""
        canvas, frame = self._canvas, self.under_way
        with QPainter(self._widget) as painter:
            painter.scale(1 / canvas.ratio, 1 / canvas.ratio)  # strips are in device pixels
            if self.blank:
                painter.fillRect(0, 0, *canvas.size, QColor.fromRgba(canvas.look.background))
            elif frame is not None and frame.patches and event.region() == frame.region:
                canvas.paint_patches(painter, frame.patches)
            else:  # Qt may have added what else is to be painted
                canvas.paint_all(painter, event.rect(), view)
            if not self.blank:
                canvas.paint_mark(painter, event.rect(), view)
            if edged:
                paint_edge(painter, *canvas.size, canvas.ratio)
        self._there = view if frame is not None else None  # a part exposed, or a picture taken, is of another moment
