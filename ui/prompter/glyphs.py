"""Glyphs drawn once. Over 64 px Qt fills each glyph as a path every time (0.4 ms each); here it is a small picture."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QImage, QPainter, QPen, QRawFont, QTransform

_LIMIT = 1500  # some 30 MB at 72 px; a show's scripts use a few hundred different characters
_STEPS = 4  # horizontal positions within a pixel: Latin letters stay evenly spaced


class Sprite(NamedTuple):
    """A glyph's picture and where its corner lies from the glyph's origin. No picture: a blank."""

    image: QImage | None
    corner: QPoint


class Glyphs:
    """A cache of glyph pictures by font, glyph, size, ink and position within the pixel."""

    def __init__(self) -> None:
        self._sprites: OrderedDict[tuple[object, ...], Sprite] = OrderedDict()
        self._coloured: dict[str, bool] = {}

    def draw(self, painter: QPainter, run: QGlyphRun, origin: QPointF, scale: float, ink: int) -> None:
        """Draw ``run`` (laid out at scale 1) at ``origin`` in device pixels, ``scale`` times as large."""
        raw = run.rawFont()
        if not _is_real(raw):
            _draw_boxes(painter, run, origin, scale, ink)
            return
        if self._is_coloured(raw):
            _draw_coloured(painter, run, origin, scale)
            return
        for sprite, column, y in self._placed(run, raw, origin, scale, ink):
            if sprite.image is not None:
                painter.drawImage(QPoint(column // _STEPS, round(y)) + sprite.corner, sprite.image)

    def warm(self, run: QGlyphRun, origin: QPointF, scale: float, ink: int, is_late: Callable[[], bool]) -> bool:
        """Make the pictures ``draw`` would need, one by one until it is late; tell whether all are there."""
        raw = run.rawFont()
        if not _is_real(raw) or self._is_coloured(raw):
            return True
        return not any(is_late() for _ in self._placed(run, raw, origin, scale, ink))

    def _placed(
        self, run: QGlyphRun, raw: QRawFont, origin: QPointF, scale: float, ink: int
    ) -> Iterator[tuple[Sprite, int, float]]:
        """Yield each glyph's picture, its x in quarters of a pixel and its y."""
        font = (raw.familyName(), raw.styleName(), raw.weight(), raw.pixelSize(), scale, ink)
        for glyph, position in zip(run.glyphIndexes(), run.positions(), strict=True):
            column = math.floor((origin.x() + position.x() * scale) * _STEPS + 0.5)
            step = column % _STEPS
            sprite = self._sprite((*font, glyph, step), raw, glyph, scale, ink, step)
            yield sprite, column, origin.y() + position.y() * scale

    def _is_coloured(self, raw: QRawFont) -> bool:
        """Tell whether a font carries its own colours (emoji).

        Such a one must not even be asked for an outline: with FreeType that spoils its engine (PySide6 6.11: the
        advances change and it draws nothing any more).
        """
        family = raw.familyName()
        if family not in self._coloured:
            tables = any(not raw.fontTable(name).isEmpty() for name in ("CBLC", "COLR", "sbix", "SVG "))
            self._coloured[family] = tables or "emoji" in family.lower()
        return self._coloured[family]

    def _sprite(self, key: tuple[object, ...], raw: QRawFont, glyph: int, scale: float, ink: int, step: int) -> Sprite:
        if key in self._sprites:
            self._sprites.move_to_end(key)
            return self._sprites[key]
        sprite = _render(raw, glyph, scale, ink, step / _STEPS)
        self._sprites[key] = sprite
        if len(self._sprites) > _LIMIT:
            self._sprites.popitem(last=False)
        return sprite


def _render(raw: QRawFont, glyph: int, scale: float, ink: int, shift: float) -> Sprite:
    """Fill one glyph's outline; a blank has none."""
    path = raw.pathForGlyph(glyph)
    if path.isEmpty():
        return Sprite(None, QPoint())
    path = QTransform(scale, 0, 0, scale, shift, 0).map(path)
    box = path.boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1)
    image = QImage(box.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(-box.topLeft())
    painter.fillPath(path, QColor.fromRgba(ink))
    painter.end()
    return Sprite(image, box.topLeft())


def _is_real(raw: QRawFont) -> bool:
    """Tell whether there is a font at all: for a script no font here can write Qt has one without a name.

    To ask that one for its family ends the program (PySide6 6.11), so it is told by the table every font has.
    """
    return not raw.fontTable("maxp").isEmpty()


def _draw_boxes(painter: QPainter, run: QGlyphRun, origin: QPointF, scale: float, ink: int) -> None:
    """Draw a frame for each character that no font here has: something is there, and it cannot be read."""
    size = run.rawFont().ascent() * scale  # its height; the font without a name says −1 px of itself
    painter.save()
    painter.setPen(QPen(QColor.fromRgba(ink), max(1.0, size / 30)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for position in run.positions():
        corner = origin + position * scale
        painter.drawRect(QRectF(corner.x() + 0.1 * size, corner.y() - 0.78 * size, 0.8 * size, 0.78 * size))
    painter.restore()


def _draw_coloured(painter: QPainter, run: QGlyphRun, origin: QPointF, scale: float) -> None:
    """Let Qt draw glyphs that carry their own colours."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.translate(origin)
    painter.scale(scale, scale)
    painter.drawGlyphRun(QPointF(0, 0), run)
    painter.restore()
