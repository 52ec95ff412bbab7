"""What is painted over the text: the reading mark, and the edge of a view that is not the anchor's. Device pixels."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from ui.prompter.look import AMBER

_EDGE = 3  # logical pixels


class Spot(NamedTuple):
    """Where a mark points: ``y``, in a widget ``width`` wide whose text is ``size`` high and begins at ``left``."""

    y: float
    width: float
    size: float
    left: float
    mirrored: bool = False


def paint_mark(painter: QPainter, spot: Spot, color: int, exposed: QRectF) -> None:
    """Draw the mark in the margin, pointing at the reading line, where it is ``exposed`` at all."""
    shape = mark_shape(spot)
    if not exposed.intersects(shape.boundingRect()):
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor.fromRgba(color))
    painter.drawPolygon(shape)


def mark_shape(spot: Spot) -> QPolygonF:
    """Return the mark, a triangle."""
    x = min(0.028 * spot.width, max(0.0, spot.left - 0.6 * spot.size))
    far = x + 0.43 * spot.size
    if spot.mirrored:
        x, far = spot.width - x, spot.width - far
    half = 0.3 * spot.size
    return QPolygonF([QPointF(x, spot.y - half), QPointF(far, spot.y), QPointF(x, spot.y + half)])


def paint_edge(painter: QPainter, width: int, height: int, ratio: float) -> None:
    """Frame a view in amber: what is seen is not what the anchor sees."""
    thick, color = round(_EDGE * ratio), QColor.fromRgba(AMBER)
    painter.fillRect(0, 0, width, thick, color)
    painter.fillRect(0, height - thick, width, thick, color)
    painter.fillRect(0, 0, thick, height, color)
    painter.fillRect(width - thick, 0, thick, height, color)
