"""Lines as ready pictures: a frame of scrolling text only copies them.

Each line is drawn once from glyph pictures; its dim and half-lit versions and its positions within a pixel are made
from that one by blending, so text creeps by quarters of a pixel at the price of a plain copy. Mirrors are applied to
the strip, never to a frame.
"""

from __future__ import annotations

import math
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from liveshop_desk.prompter.marks import Style
from ui.prompter.glyphs import Glyphs
from ui.prompter.lines import Line
from ui.prompter.look import INSET, WHITE, Look, text_font

LEVELS = 8  # steps from dim (0) to lit (8)
PHASES = 4  # positions within a pixel
AHEAD = 3  # lines drawn before they come in sight
SOON = 12  # … of the next segment, before it is taken
_SPELL = 0.002  # seconds a frame's rest may go to that
_FINE = 160  # device pixels of a line from which on half a pixel is as fine as a quarter is on a usual screen
# Eight times what is in sight: each line is kept at four positions, dim and lit. Twice as much would save hardly any
# work: only with 200 MB what was half-lit as a line came would still be there as it goes.
_SIGHTS, _MOST = 8, 64 * 1024 * 1024
_ENOUGH = 48  # pictures that must be kept at any size: what is in sight, at each position within a pixel


class Drawing(NamedTuple):
    """How strips are drawn: ``scale`` layout → device pixels, line height ``pitch`` in device pixels, mirrors, look."""

    font_px: int = 72
    scale: float = 1.0
    pitch: int = 108
    mirror_h: bool = False
    mirror_v: bool = False
    look: Look = WHITE


class Strip(NamedTuple):
    """A line's picture, opaque; its rows with ink are ``low`` to ``high``."""

    image: QImage
    low: int
    high: int


class Strips:
    """A cache of line pictures, the least used dropped: 64 MB on a full screen (160 MB on a 4K one), 4 in a preview."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self._glyphs = Glyphs()
        self._images: OrderedDict[tuple[object, ...], Strip] = OrderedDict()
        self._bytes = 0
        self._budget = _MOST

    def fit(self, width: int, height: int) -> None:
        """Keep as much as is worth while for a view of so many device pixels."""
        self._budget = min(_SIGHTS * width * height * 4, _MOST)

    def set_drawing(self, drawing: Drawing) -> None:
        """Draw otherwise from here on."""
        if drawing != self.drawing:
            self.drawing = drawing
            self._images.clear()
            self._bytes = 0

    def left(self, line: Line) -> int:
        """Return a line's left edge in device pixels from the text column's."""
        return math.floor(self._extent(line)[0] * self.drawing.scale) - self._pad

    def strip(self, line: Line, level: int, phase: int) -> Strip:
        """Return the picture of ``line`` lit to ``level``, ``phase`` quarters of a pixel down."""
        phase -= phase % 2 if self.drawing.pitch >= _FINE else 0
        key = (line.key, level, phase)
        strip = self._images.get(key)
        if strip is not None:
            self._images.move_to_end(key)
            return strip
        if phase:
            still = self.strip(line, level, 0)
            strip = Strip(_shifted(still.image, phase), still.low, min(self.drawing.pitch, still.high + 1))
        elif level == LEVELS:
            image = self._drawn(line)
            strip = Strip(image, *_inked(image, self.drawing.look.background))
        else:
            lit = self.strip(line, LEVELS, 0)
            image = _dimmed(lit.image, self.drawing.look.dim) if level == 0 else self._half_lit(line, level)
            strip = Strip(image, lit.low, lit.high)
        self._keep(key, strip)
        return strip

    def _half_lit(self, line: Line, level: int) -> QImage:
        return _mixed(self.strip(line, 0, 0).image, self.strip(line, LEVELS, 0).image, level / LEVELS)

    def has(self, line: Line, level: int = LEVELS, phase: int = 0) -> bool:
        """Tell whether the line has been drawn so."""
        return (line.key, level, phase) in self._images

    def draw_ahead(self, lines: Iterable[Line], ticks: Callable[[], float]) -> bool:
        """Go on drawing ``lines`` that are not in sight yet for at most some 2 ms, glyph by glyph.

        A line comes in dim, at any of its positions within a pixel; what is begun is gone on with next time. Tell
        whether all are drawn.
        """
        until = ticks() + _SPELL
        wanted = [(0, phase) for phase in range(0, PHASES, 2 if self.drawing.pitch >= _FINE else 1)]
        for line in lines:
            for level, phase in wanted:
                if self.has(line, level, phase):
                    continue
                if ticks() > until or not (self.has(line) or self._warmed(line, lambda: ticks() > until)):
                    return False
                self.strip(line, level, phase)
        return True

    @property
    def _pad(self) -> int:
        """Return the room for what hangs over a line's ends, in device pixels."""
        return math.ceil(self.drawing.font_px * self.drawing.scale * 0.15)

    def _keep(self, key: tuple[object, ...], strip: Strip) -> None:
        self._images[key] = strip
        self._bytes += strip.image.sizeInBytes()
        while self._bytes > self._budget and len(self._images) > _ENOUGH:
            _key, dropped = self._images.popitem(last=False)
            self._bytes -= dropped.image.sizeInBytes()

    def _extent(self, line: Line) -> tuple[float, float]:
        """Return where a line begins and ends in layout pixels, the mark of its speaker included."""
        low, high = line.left, line.left + line.width
        if line.speaker is None:
            return low, high
        return (low, high + self._inset) if line.rtl else (low - self._inset, high)

    @property
    def _inset(self) -> int:
        return round(self.drawing.font_px * INSET)

    def _origin(self, line: Line) -> QPointF:
        """Return where glyphs come to lie: with their baseline in the layout's own line; ours lies at ``rise``."""
        scale, pitch = self.drawing.scale, self.drawing.pitch
        metrics = QFontMetricsF(text_font(self.drawing.font_px))
        rise = (pitch - (metrics.ascent() + metrics.descent()) * scale) / 2 + metrics.ascent() * scale
        return QPointF(-self.left(line), round(rise) - (line.source.y() + line.source.ascent()) * scale)

    def _warmed(self, line: Line, is_late: Callable[[], bool]) -> bool:
        """Make the pictures of a line's glyphs until it is late; tell whether all are there."""
        origin, scale, look = self._origin(line), self.drawing.scale, self.drawing.look
        return all(
            self._glyphs.warm(run, origin, scale, _ink(look, piece.style, line.speaker), is_late)
            for piece in line.pieces
            for run in line.source.glyphRuns(piece.start, piece.length)
        )

    def _drawn(self, line: Line) -> QImage:
        """Draw the line from its glyphs, fully lit."""
        scale, pitch, look = self.drawing.scale, self.drawing.pitch, self.drawing.look
        low, high = self._extent(line)
        image = QImage(math.ceil((high - low) * scale) + 2 * self._pad + 1, pitch, QImage.Format.Format_RGB32)
        image.fill(look.background)
        origin = self._origin(line)
        painter = QPainter(image)
        self._draw_fields(painter, line, origin.x())
        for piece in line.pieces:
            for run in line.source.glyphRuns(piece.start, piece.length):
                self._glyphs.draw(painter, run, origin, scale, _ink(look, piece.style, line.speaker))
        if line.speaker is not None:
            self._draw_voice(painter, line, line.speaker)
        painter.end()
        if self.drawing.mirror_h or self.drawing.mirror_v:
            image = image.flipped(_sides(horizontal=self.drawing.mirror_h, vertical=self.drawing.mirror_v))
        return image

    def _draw_fields(self, painter: QPainter, line: Line, x: float) -> None:
        """Lay a field under each key moment: it stands out without its colour too. Text begins at ``x``."""
        scale, pitch = self.drawing.scale, self.drawing.pitch
        em = self.drawing.font_px * scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor.fromRgba(self.drawing.look.moment))
        for piece in line.pieces:
            if piece.style is Style.MOMENT:
                low, high = sorted(_x_of(line, at) for at in (piece.start, piece.start + piece.length))
                high_px = min(float(pitch), 1.3 * em)
                box = QRectF(x + low * scale, (pitch - high_px) / 2, (high - low) * scale, high_px)
                painter.drawRoundedRect(box.adjusted(-0.08 * em, 0, 0.08 * em, 0), 0.14 * em, 0.14 * em)

    def _draw_voice(self, painter: QPainter, line: Line, speaker: int) -> None:
        """Draw the mark of who speaks beside the line: each its own, a bar, two, dashes or dots."""
        em, pitch = self.drawing.font_px * self.drawing.scale, self.drawing.pitch
        wide = max(2, round(0.08 * em))
        x = self._pad if not line.rtl else painter.device().width() - self._pad - 2 * wide
        color = QColor.fromRgba(self.drawing.look.voices[speaker % len(self.drawing.look.voices)])
        kind = speaker % 4
        if kind == 1:
            thin = max(1, round(wide * 0.5))
            painter.fillRect(x, 0, thin, pitch, color)
            painter.fillRect(x + wide, 0, thin, pitch, color)
            return
        parts = (1, 1, 2, 5)[kind]
        for part in range(parts):
            top, bottom = round(part * pitch / parts), round((part + (1 if parts == 1 else 0.55)) * pitch / parts)
            painter.fillRect(x, top, wide, bottom - top, color)


def _ink(look: Look, style: Style, speaker: int | None) -> int:
    """Return the colour of a run: a speaker's words lean to the speaker's own."""
    if speaker is None or style not in (Style.PLAIN, Style.SPEAKER):
        return look.ink[style]
    inks = look.tints if style is Style.PLAIN else look.voices
    return inks[speaker % len(inks)]


def _x_of(line: Line, at: int) -> float:
    """Return where a UTF-16 index of the paragraph stands, in layout pixels."""
    x, _at = cast("tuple[float, int]", line.source.cursorToX(at))
    return x


def _sides(*, horizontal: bool, vertical: bool) -> Qt.Orientation:
    """Return Qt's word for the ways to mirror."""
    sides = Qt.Orientation(0)
    if horizontal:
        sides |= Qt.Orientation.Horizontal
    if vertical:
        sides |= Qt.Orientation.Vertical
    return sides


def _inked(image: QImage, background: int) -> tuple[int, int]:
    """Return the first row with anything but ``background`` in it and the one after the last; 0, 0 for none."""
    wide, rows, bits = image.bytesPerLine(), image.height(), image.constBits()
    blank = background.to_bytes(4, sys.byteorder) * (wide // 4)

    def first(order: Iterable[int]) -> int | None:
        return next((y for y in order if bytes(bits[y * wide : (y + 1) * wide]) != blank), None)

    low, last = first(range(rows)), first(range(rows - 1, -1, -1))
    return (0, 0) if low is None or last is None else (low, last + 1)


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
