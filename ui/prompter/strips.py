"""Lines as ready pictures: a frame of scrolling text only copies them.

Each line is drawn once from glyph pictures; its dim and half-lit versions and its positions within a pixel are made
from that one by blending, so text creeps by quarters of a pixel at the price of a plain copy. Mirrors are applied to
the strip, never to a frame.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from ui.prompter.glyphs import Glyphs
from ui.prompter.layout import Line
from ui.prompter.look import WHITE, Look, text_font

LEVELS = 8  # steps from dim (0) to lit (8)
PHASES = 4  # positions within a pixel
_BUDGET = 96 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawing:
    """How strips are drawn: ``scale`` layout → device pixels, line height ``pitch`` in device pixels, mirrors, look."""

    font_px: int = 72
    scale: float = 1.0
    pitch: int = 108
    mirror_h: bool = False
    mirror_v: bool = False
    look: Look = WHITE


class Strips:
    """A cache of line pictures, the least used dropped beyond some 96 MB."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self._glyphs = Glyphs()
        self._images: OrderedDict[tuple[object, ...], QImage] = OrderedDict()
        self._bytes = 0

    def set_drawing(self, drawing: Drawing) -> None:
        """Draw otherwise from here on."""
        if drawing != self.drawing:
            self.drawing = drawing
            self._images.clear()
            self._bytes = 0

    def left(self, line: Line) -> int:
        """Return a line's left edge in device pixels from the text column's."""
        return math.floor(line.left * self.drawing.scale) - self._pad

    def strip(self, line: Line, level: int, phase: int) -> QImage:
        """Return the picture of ``line`` lit to ``level``, ``phase`` quarters of a pixel down; opaque."""
        key = (line.key, level, phase)
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
            return image
        if phase:
            image = _shifted(self.strip(line, level, 0), phase)
        elif level == LEVELS:
            image = self._drawn(line)
        elif level == 0:
            image = _dimmed(self.strip(line, LEVELS, 0), self.drawing.look.dim)
        else:
            image = _mixed(self.strip(line, 0, 0), self.strip(line, LEVELS, 0), level / LEVELS)
        self._keep(key, image)
        return image

    def has(self, line: Line) -> bool:
        """Tell whether the line has been drawn."""
        return (line.key, LEVELS, 0) in self._images

    @property
    def _pad(self) -> int:
        """Return the room for what hangs over a line's ends, in device pixels."""
        return math.ceil(self.drawing.font_px * self.drawing.scale * 0.15)

    def _keep(self, key: tuple[object, ...], image: QImage) -> None:
        self._images[key] = image
        self._bytes += image.sizeInBytes()
        while self._bytes > _BUDGET and len(self._images) > 1:
            _key, dropped = self._images.popitem(last=False)
            self._bytes -= dropped.sizeInBytes()

    def _drawn(self, line: Line) -> QImage:
        """Draw the line from its glyphs, fully lit."""
        scale, pitch = self.drawing.scale, self.drawing.pitch
        image = QImage(math.ceil(line.width * scale) + 2 * self._pad + 1, pitch, QImage.Format.Format_RGB32)
        image.fill(self.drawing.look.background)
        metrics = QFontMetricsF(text_font(self.drawing.font_px))
        rise = (pitch - (metrics.ascent() + metrics.descent()) * scale) / 2 + metrics.ascent() * scale
        # glyphs come with their baseline in the layout's own line; ours lies at ``rise``
        origin = QPointF(-self.left(line), round(rise) - (line.source.y() + line.source.ascent()) * scale)
        painter = QPainter(image)
        for piece in line.pieces:
            for run in line.source.glyphRuns(piece.start, piece.length):
                self._glyphs.draw(painter, run, origin, scale, self.drawing.look.ink[piece.style])
        painter.end()
        if self.drawing.mirror_h or self.drawing.mirror_v:
            image = image.flipped(_sides(horizontal=self.drawing.mirror_h, vertical=self.drawing.mirror_v))
        return image


def _sides(*, horizontal: bool, vertical: bool) -> Qt.Orientation:
    """Return Qt's word for the ways to mirror."""
    sides = Qt.Orientation(0)
    if horizontal:
        sides |= Qt.Orientation.Horizontal
    if vertical:
        sides |= Qt.Orientation.Vertical
    return sides


def _dimmed(lit: QImage, dim: int) -> QImage:
    """Return ``lit`` seen through a grey filter."""
    image = lit.copy()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(QRect(QPoint(), image.size()), QColor.fromRgba(dim))
    painter.end()
    return image


def _mixed(dim: QImage, lit: QImage, share: float) -> QImage:
    """Return ``share`` of ``lit`` over ``dim``."""
    image = dim.copy()
    painter = QPainter(image)
    painter.setOpacity(share)
    painter.drawImage(0, 0, lit)
    painter.end()
    return image


def _shifted(still: QImage, phase: int) -> QImage:
    """Return ``still`` moved down by ``phase`` quarters of a pixel: itself blended with itself one row lower."""
    image = still.copy()
    painter = QPainter(image)
    painter.setOpacity(phase / PHASES)
    painter.drawImage(0, 1, still)
    painter.end()
    return image
