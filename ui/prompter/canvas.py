"""What a surface shows of its lines: where each stands, what differs from one frame to the next, and how it is painted.

Text that runs at a reading pace moves by a part of a pixel a frame. Then only the rows with ink in them, and as many
rows more as it moved, are copied: a line of Chinese at the usual spacing is inked over two thirds of its height, and
the last line of a paragraph over a part of its width. Places are quarters of a device pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QRegion

from liveshop_desk.prompter.pace import Place
from ui.prompter.follower import Follower
from ui.prompter.layout import Span, TextLayout
from ui.prompter.lines import Line
from ui.prompter.look import WHITE, Look, Setting
from ui.prompter.signs import Spot, paint_mark
from ui.prompter.strips import AHEAD, LEVELS, PHASES, Drawing, Strip, Strips

READING_LINE = 0.36
_LIT_ABOVE, _LIT_BELOW = 0.5, 2.55  # lines from the mark that are lit; half a line further they are dim
_FADE = 0.5
_MOST = 4  # device pixels a frame may have moved for only the ink to be copied
_EDGE = 2 * _MOST  # … of a view's edge within which a line may just have gone


class View(NamedTuple):
    """What a frame depends on: how far the view and the reader are down the text, in which numbering of its lines."""

    top: int
    reader: int
    edition: int = 0


class Row(NamedTuple):
    """A line in sight: how brightly it is lit, the top of its strip on the widget."""

    line: Line
    level: int
    quarters: int


class Patch(NamedTuple):
    """A part of a line to be copied: rows ``low`` to ``high`` of its strip; ``whole``: the column beside it too."""

    strip: Strip
    x: int
    y: int
    low: int
    high: int
    whole: bool


class Canvas:
    """The lines of a follower, and dim below them those of ``after``, on a widget of a size."""

    def __init__(self, follower: Follower) -> None:
        self.strips = Strips()
        self.after = TextLayout()
        self.setting = Setting()
        self.look: Look = WHITE
        self.mirror: tuple[bool, bool] = (False, False)
        self.reading_line = READING_LINE
        self.reference: int | None = None
        self.width, self.height, self.ratio = 1, 1, 1.0
        self._follower = follower

    # --- measures
    def measure(self, width: int, height: int, ratio: float) -> float:
        """Take the widget's size in logical pixels and its ratio; return how wide lines are in the layout's own."""
        self.width, self.height, self.ratio = width, height, ratio
        setting, reference = self.setting, self.reference or max(1, width)
        scale = width / reference * ratio
        pitch = max(1, round(setting.font_px * setting.spacing * scale))
        self.strips.set_drawing(Drawing(setting.font_px, scale, pitch, *self.mirror, self.look))
        self.strips.fit(*self.size)
        return setting.room(reference)

    @property
    def pitch(self) -> int:
        """Return the height of a line in device pixels."""
        return self.strips.drawing.pitch

    @property
    def size(self) -> tuple[int, int]:
        """Return the widget's size in device pixels."""
        return math.ceil(self.width * self.ratio), math.ceil(self.height * self.ratio)

    @property
    def mark(self) -> int:
        """Return how far the mark is below the text's own top, in device pixels; mirrored text is upside down."""
        return round(self.height * self.reading_line * self.ratio)

    def scrolled(self, height: float) -> int:
        """Return how far the text is up past the widget's top with line ``height`` at the mark."""
        return round((height * self.pitch - self.mark) * PHASES)

    def line_quarters(self, line: int, scrolled: int) -> int:
        """Return the top of a line's strip on the widget."""
        top = line * self.pitch * PHASES - scrolled
        return (round(self.height * self.ratio) - self.pitch) * PHASES - top if self.mirror[1] else top

    def column(self) -> QRect:
        """Return where text can be: the margins need no repainting."""
        left, right = self.setting.left, self.setting.right
        if self.mirror[0]:
            left, right = right, left
        overhang = round(self.setting.font_px * self.width / (self.reference or max(1, self.width)) * 0.2) + 2
        x = max(0, int(self.width * left) - overhang)
        return QRect(x, 0, self.width - x - max(0, int(self.width * right) - overhang), self.height)

    # --- lines
    @property
    def sight(self) -> int:
        """Return how many lines can be in sight, and a few more."""
        return self.size[1] // self.pitch + AHEAD + 2

    def line(self, index: int) -> Line | None:
        """Return a line of the text, or of what comes after it; ``None`` where it is only guessed."""
        lines = self._follower.layout.lines
        found = lines[index] if index < len(lines) else self.after.lines[index - len(lines)]
        return None if isinstance(found, Span) else found

    def rows(self, view: View) -> list[Row]:
        """Return the lines in sight of a view, from the text's top."""
        pitch, height = self.pitch, self.size[1]
        mark = (view.reader / PHASES + self.mark) / pitch
        own = len(self._follower.layout.lines)
        titled = own + self.after.line_at(Place(2)) if len(self.after.paragraphs) > 2 else own
        first = max(0, view.top // (pitch * PHASES))
        last = min(own + len(self.after.lines), (view.top + height * PHASES) // (pitch * PHASES) + 1)
        rows: list[Row] = []
        for index in range(first, last):
            level = _level(index + 0.5 - mark) if index < own else LEVELS if index < titled else 0
            if (line := self.line(index)) is not None:
                rows.append(Row(line, level, self.line_quarters(index, view.top)))
        return rows

    def ahead(self, view: View) -> list[Line]:
        """Return the lines that come in sight of a view next."""
        lines = self._follower.layout.lines
        first = max(0, (view.top + self.size[1] * PHASES) // (self.pitch * PHASES) + 1)
        return [line for line in lines[first : first + AHEAD] if isinstance(line, Line)]

    def draw(self, view: View) -> None:
        """Draw the strips of a view that are not there yet."""
        for line, level, quarters in self.rows(view):
            self.strips.strip(line, level, quarters % PHASES)

    # --- frames
    def patches(self, before: View, view: View) -> list[Patch] | None:
        """Return what is to be copied for ``view`` over ``before``; ``None`` where that is all of the column."""
        halo = -(-abs(view.top - before.top) // PHASES)
        if halo > _MOST or before.edition != view.edition or not self.ratio.is_integer():
            return None
        rows, pitch = self.rows(view), self.pitch
        strips = [self.strips.strip(line, level, quarters % PHASES) for line, level, quarters in rows]
        order = range(len(rows))[:: -1 if self.mirror[1] else 1]  # from the widget's top
        reach = [(strips[at].low - halo, strips[at].high + halo) for at in order]
        tops = [rows[at].quarters // PHASES for at in order]
        below = self.size[1] - pitch
        if rows and ((reach[0][0] < 0 < tops[0]) or (reach[-1][1] > pitch and tops[-1] < below)):
            return None  # there may be ink left of it where no line is any more
        patches: list[Patch] = []
        for place, at in enumerate(order):
            y = tops[place]
            above = y > -_EDGE if place == 0 else reach[place - 1][1] > pitch
            under = y < below + _EDGE if place == len(reach) - 1 else reach[place + 1][0] < 0
            whole = above or under  # a neighbour's ink may have been in it
            low, high = (0, pitch) if whole else (max(0, reach[place][0]), min(pitch, reach[place][1]))
            patches.append(Patch(strips[at], self._x(rows[at].line, strips[at]), y, low, high, whole))
        return patches

    def region(self, patches: Sequence[Patch]) -> QRegion:
        """Return where ``patches`` lie, in logical pixels."""
        column, ratio = self.column(), round(self.ratio)
        region = QRegion()
        for each in patches:
            top, bottom = (each.y + each.low) // ratio, -(-(each.y + each.high) // ratio)
            left, right = each.x // ratio, -(-(each.x + each.strip.image.width()) // ratio)
            if each.whole:
                left, right = min(left, column.left()), max(right, column.right() + 1)
            region += QRect(left, top, right - left, bottom - top)
        return region & QRect(0, 0, self.width, self.height)

    # --- painting, in device pixels
    def paint_patches(self, painter: QPainter, patches: Sequence[Patch]) -> None:
        """Copy ``patches``."""
        column, ratio = self.column(), round(self.ratio)
        left, right = column.left() * ratio, (column.right() + 1) * ratio
        for each in patches:
            if each.whole:
                self._paint_row(painter, each, (left, right))
            else:
                rows = QRect(0, each.low, each.strip.image.width(), each.high - each.low)
                painter.drawImage(QPoint(each.x, each.y + each.low), each.strip.image, rows)

    def paint_all(self, painter: QPainter, exposed: QRect, view: View) -> None:
        """Paint all that is ``exposed`` (logical pixels)."""
        pitch, (width, height) = self.pitch, self.size
        sides = math.floor(exposed.x() * self.ratio), math.ceil((exposed.x() + exposed.width()) * self.ratio)
        edges: list[int] = []
        for line, level, quarters in self.rows(view):
            strip = self.strips.strip(line, level, quarters % PHASES)
            y = quarters // PHASES
            self._paint_row(painter, Patch(strip, self._x(line, strip), y, 0, pitch, whole=True), sides)
            edges += (y, y + pitch)
        background = QColor.fromRgba(self.look.background)
        painter.fillRect(0, 0, width, min(edges, default=height), background)
        bottom = max(edges, default=height)
        painter.fillRect(0, bottom, width, height - bottom, background)

    def paint_mark(self, painter: QPainter, exposed: QRect, view: View) -> None:
        """Draw the reading mark; looking ahead, it goes with the reader."""
        ratio, width = self.ratio, self.width * self.ratio
        y = self.mark + (view.reader - view.top) / PHASES
        if self.mirror[1]:
            y = self.height * ratio - y
        size = self.setting.font_px * self.strips.drawing.scale
        spot = Spot(y, width, size, self.setting.left * width, self.mirror[0])
        seen = QRectF(exposed.x() * ratio, exposed.y() * ratio, exposed.width() * ratio, exposed.height() * ratio)
        paint_mark(painter, spot, self.look.mark, seen)

    def _x(self, line: Line, strip: Strip) -> int:
        """Return a strip's left edge on the widget."""
        width = self.size[0]
        x = round(self.setting.left * width) + self.strips.left(line)
        return width - x - strip.image.width() if self.mirror[0] else x

    def _paint_row(self, painter: QPainter, row: Patch, sides: tuple[int, int]) -> None:
        """Copy a whole strip and fill what is beside it."""
        background, pitch = QColor.fromRgba(self.look.background), self.pitch
        left, right, end = *sides, row.x + row.strip.image.width()
        if left < row.x:
            painter.fillRect(left, row.y, row.x - left, pitch, background)
        painter.drawImage(row.x, row.y, row.strip.image)
        if end < right:
            painter.fillRect(end, row.y, right - end, pitch, background)


def _level(distance: float) -> int:
    """Return how brightly a line is lit whose middle is ``distance`` lines below the mark."""
    outside = max(-_LIT_ABOVE - distance, distance - _LIT_BELOW, 0.0)
    return round(LEVELS * max(0.0, 1 - outside / _FADE))
