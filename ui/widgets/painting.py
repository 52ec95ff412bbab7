"""What all painted figures share: the ground they stand on, their tones, digits of one width."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from ui.theme import Theme, font

TONES = {"good": "good", "bad": "on_air", "late": "next"}  # a tile's tone: the token of its words


def paint_ground(painter: QPainter, theme: Theme, place: QRectF) -> None:
    """Fill the rounded card a painted figure stands on; smooth edges are on from here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("raised"))
    painter.drawRoundedRect(place, 6, 6)


def tabular(size: int, *, bold: bool = False) -> QFont:
    """Return a face whose digits all have the same width, so that a changing figure does not dance."""
    made = font(size, bold=bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
