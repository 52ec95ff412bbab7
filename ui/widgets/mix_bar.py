"""A thin bar of coloured shares. The words and percents stand under it: colour alone says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

HEIGHT = 12


class MixBar(QWidget):
    """Shares side by side, each a (fraction, colour); what is missing to a whole stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: list[tuple[float, QColor]] = []
        self._ground = QColor()
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, shares: Sequence[tuple[float, QColor]], ground: QColor) -> None:
        """Show fractions (0 to 1) in their colours on ``ground``."""
        self._shares, self._ground = list(shares), ground
        self.update()

    def sizeHint(self) -> QSize:
        """Return a modest width; the layout stretches it."""
        return QSize(120, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the bar is small: all of it
        """Paint the shares inside rounded ends."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), HEIGHT / 2, HEIGHT / 2)
        painter.setClipPath(whole)
        painter.fillRect(self.rect(), self._ground)
        left = 0.0
        for fraction, color in self._shares:
            width = fraction * self.width()
            painter.fillRect(QRectF(left, 0, width, HEIGHT), color)
            left += width
        painter.end()
