"""The surface text scrolls on: the same widget on the anchor's screen and, smaller, in the operator's preview.

Every frame asks the reader's clock where it is; nothing is counted up. Nothing is drawn, and no timer runs, while the
text stands still.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.follow import reanchor
from liveshop_desk.prompter.pace import Place
from liveshop_desk.prompter.reader import Reader, Turn
from liveshop_desk.prompter.script import Paragraph
from ui.prompter.ahead import Ahead
from ui.prompter.follower import Follower
from ui.prompter.frames import FRAME, Frames
from ui.prompter.layout import Line, TextLayout
from ui.prompter.look import WHITE, Look, Setting, look_named
from ui.prompter.signs import Spot, paint_edge, paint_mark
from ui.prompter.strips import AHEAD, LEVELS, PHASES, SOON, Drawing, Strips

READING_LINE = 0.36
_LIT_ABOVE, _LIT_BELOW = 0.5, 2.55  # lines from the mark that are lit; half a line further they are dim
_FADE = 0.5
JOG = 2.0  # units a minute a notch
_NOTCH = 120  # a wheel's step, in eighths of a degree


class PrompterSurface(QWidget):
    """Shows a reader's text around a fixed reading mark. ``frame_painted(units, lines)`` follows every frame."""

    frame_painted = Signal(float, float)

    def __init__(self, reader: Reader, parent: QWidget | None = None, *, frames: Frames | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self._turns = 0  # beats since the last one taken
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Prompter text"))
        self._setting = Setting()
        self._look: Look = WHITE
        self._blank = False
        self._reference: int | None = None
        self._mirror = (False, False)
        self._reading_line = READING_LINE
        self._follower = Follower()
        self._strips = Strips()
        self._next = TextLayout()  # what comes after, in a preview
        self._soon = TextLayout()  # how the next text begins, not shown
        self._soon_drawn = False
        self.ahead = Ahead(self)
        self.ahead.changed.connect(self._wake)
        self._painted: tuple[int, int] | None = None
        self._wheel = 0.0
        self._every = 1
        self._drops: list[Callable[[], None]] = []
        self.frames = Frames(self) if frames is None else frames
        self.frames.ticked.connect(self._tick)
        self._reader = reader
        self.set_reader(reader)

    # --- what it shows
    @property
    def reader(self) -> Reader:
        """Return the reader it follows."""
        return self._reader

    def set_reader(self, reader: Reader) -> None:
        """Follow ``reader`` from here on."""
        for drop in self._drops:
            drop()
        self._reader = reader
        self._drops = [reader.changed.connect(self._wake), reader.turned.connect(self._turn)]
        self.destroyed.connect(_dropper(self._drops))
        self._follower.reset(reader.paragraphs)
        self._wake()

    def set_script(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show a changed text; goes to the reader, so every surface of it follows, and no line moves."""
        self._reader.set_script(paragraphs)

    def set_font_size(self, font_px: int) -> None:
        """Set the text in ``font_px`` logical pixels of the anchor's screen."""
        self._set(font_px=max(8, font_px))

    @property
    def font_size(self) -> int:
        """Return the text size in logical pixels of the anchor's screen."""
        return self._setting.font_px

    def set_line_spacing(self, spacing: float) -> None:
        """Set lines ``spacing`` times the font size apart."""
        self._set(spacing=max(1.0, spacing))

    def set_margins(self, left: float, right: float) -> None:
        """Leave these parts of the width free on either side."""
        self._set(left=left, right=right)

    def set_mirror(self, horizontal: bool, vertical: bool = False) -> None:
        """Mirror for a glass in front of the camera."""
        self._mirror = (horizontal, vertical)
        self._measure()

    @property
    def mirror(self) -> tuple[bool, bool]:
        """Return whether it is mirrored (horizontally, vertically)."""
        return self._mirror

    def set_reading_line(self, fraction: float) -> None:
        """Put the reading mark at this part of the height."""
        self._reading_line = min(0.95, max(0.05, fraction))
        self._repaint()

    def set_theme(self, name: str) -> None:
        """Wear a theme of look.py by its name."""
        self._look = look_named(name)
        self._measure()

    def set_blank(self, blank: bool) -> None:
        """Show nothing but the background; the reader goes on, or stands, as it did."""
        self._blank = blank
        self._repaint()

    @property
    def blank(self) -> bool:
        """Tell whether it shows nothing."""
        return self._blank

    def set_upcoming(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show, dim and below the text, what is read after it: a preview's, for the reader does not go there.

        The first two paragraphs, a blank one and its title, are lit.
        """
        if paragraphs != self._next.paragraphs:
            self._next.set_text(paragraphs)
            self._repaint()

    def expect(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Draw how the next text begins while there is time, so that taking it costs no frame."""
        self._soon.set_text(paragraphs)
        self._soon_drawn = False

    def set_reference_width(self, width: int | None) -> None:
        """Break lines as a screen ``width`` logical pixels wide does, drawn to fit; ``None``: as wide as it is."""
        if width != self._reference:  # asked four times a second: a layout each time would cost a frame
            self._reference = width
            self._measure()

    # --- where things are
    def line_top(self, line: int) -> float:
        """Return the y of a line's top in logical pixels, at the reader's present place."""
        quarters = self._line_quarters(line, self._quarters(self._reader.ticks))
        return quarters / PHASES / self.devicePixelRatioF()

    @property
    def follower(self) -> Follower:
        """Return the lines and where the mark stands in them."""
        return self._follower

    def nudge_lines(self, lines: float) -> None:
        """Glide ``lines`` on, or back."""
        goal = self._reader.goal
        self._reader.glide_to(self._follower.units_lines_away(goal, lines))

    def look_ahead(self, lines: float) -> None:
        """Look ``lines`` further down from where this view is; the reader is not moved."""
        now, last = self._reader.ticks, len(self._follower.layout.lines) + len(self._next.lines)
        self.ahead.enter(self._follower.height_at(self._reader.position_at(now)))
        self.ahead.glide_to(min(float(last), max(0.0, self.ahead.goal + lines)), now)
        self._wake()

    def page_lines(self) -> float:
        """Return how many lines a page is: what is below the mark, less one to hold on to."""
        pitch = self._strips.drawing.pitch / self.devicePixelRatioF()
        return max(1.0, math.floor(self.height() * (1 - self._reading_line) / pitch) - 1)

    # --- measures
    def _set(self, **changes: float) -> None:
        values = {"font_px": self._setting.font_px, "spacing": self._setting.spacing}
        values |= {"left": self._setting.left, "right": self._setting.right} | changes
        self._setting = Setting(int(values["font_px"]), values["spacing"], values["left"], values["right"])
        self._measure()

    def _measure(self) -> None:
        """Bring layout and drawing in line with the widget's size and the settings."""
        setting, ratio = self._setting, self.devicePixelRatioF()
        reference = self._reference or max(1, self.width())
        scale = self.width() / reference * ratio
        width = max(float(setting.font_px), reference * (1 - setting.left - setting.right))
        self._follower.set_measure(setting.font_px, width, self._reader)
        self._next.set_measure(setting.font_px, width)
        self._soon.set_measure(setting.font_px, width)
        self._soon_drawn = False
        pitch = max(1, round(setting.font_px * setting.spacing * scale))
        self._strips.set_drawing(Drawing(setting.font_px, scale, pitch, *self._mirror, self._look))
        self._repaint()

    def _quarters(self, ticks: float) -> int:
        """Return how far the text is scrolled up past the top of the widget, in quarters of a device pixel."""
        ahead = self.ahead
        return self._scrolled(ahead.height_at(ticks) if ahead.active else self._read_height(ticks))

    def _scrolled(self, height: float) -> int:
        mark = round(self._mark_y() * self.devicePixelRatioF())
        return round((height * self._strips.drawing.pitch - mark) * PHASES)

    def _read_height(self, ticks: float) -> float:
        return self._follower.height_at(self._reader.position_at(ticks))

    def _view(self, ticks: float) -> tuple[int, int]:
        """Return what a frame depends on: how far the view and the reader are down the text, in quarters."""
        view = self._quarters(ticks)
        return view, self._scrolled(self._read_height(ticks)) if self.ahead.active else view

    def _line(self, index: int) -> Line:
        lines = self._follower.layout.lines
        return lines[index] if index < len(lines) else self._next.lines[index - len(lines)]

    def _device_size(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return math.ceil(self.width() * ratio), math.ceil(self.height() * ratio)

    def _mark_y(self) -> float:
        """Return the mark's height over the text's own top, in logical pixels; mirrored text is upside down."""
        return self.height() * self._reading_line

    def _line_quarters(self, line: int, scrolled: int) -> int:
        """Return the top of a line's strip on the widget, in quarters of a device pixel."""
        pitch = self._strips.drawing.pitch
        top = line * pitch * PHASES - scrolled
        if not self._mirror[1]:
            return top
        return (round(self.height() * self.devicePixelRatioF()) - pitch) * PHASES - top

    # --- the loop
    @property
    def running(self) -> bool:
        """Tell whether frames are being made."""
        return self._running

    def set_every(self, beats: int) -> None:
        """Make a frame at every so many beats: a preview beside the anchor's window needs only half of them."""
        self._every = max(1, beats)

    def _wake(self) -> None:
        """Start the frame loop if there is anything to move."""
        if not self.isVisible():
            return
        self._repaint()
        if not self._running and self._moves(self._reader.ticks):
            self._running = True
            rate = self.screen().refreshRate() or 60.0
            self.frames.hold(self, max(0.008, int(1000 / rate) / 1000))

    def _sleep(self) -> None:
        self._running = False
        self.frames.release(self)

    def _moves(self, now: float) -> bool:
        return self._reader.moving_at(now) or self.ahead.moving_at(now)

    def _tick(self) -> None:
        """Make a frame if it would differ; stop once nothing moves."""
        self._turns += 1
        if not self._running or self._turns < self._every:
            return
        self._turns = 0
        now = self._reader.ticks
        if self._view(now) != self._painted:
            # now, not behind whatever else waits in the window's queue
            self.repaint(self.rect() if self.ahead.active else self._column())
            self._prepare(now + FRAME * self._every)
        elif not self._moves(now):
            self._sleep()

    def _prepare(self, ticks: float) -> None:
        """Draw the strips the next frame will need while there is time: a frame itself only copies."""
        lines, last = self._follower.layout.lines, 0
        for index, level, quarters in self._rows(*self._view(ticks)):
            self._strips.strip(self._line(index), level, quarters % PHASES)
            last = index
        there = self._strips.draw_ahead(lines[last + 1 : last + 1 + AHEAD], lambda: self._reader.ticks)
        if there and not self._soon_drawn:
            self._soon_drawn = self._strips.draw_ahead(self._soon.lines[:SOON], lambda: self._reader.ticks)

    def _turn(self, turn: Turn) -> None:
        ahead, layout = self.ahead, self._follower.layout
        held = layout.place_at(int(ahead.goal), 0.0) if ahead.active and layout.lines else None
        line = int(ahead.goal)
        self._follower.turn(turn)
        if turn.fresh:
            ahead.leave()
        elif held is not None and line < len(layout.lines):
            moved = reanchor([each.text for each in turn.old], [each.text for each in turn.new], held)
            ahead.shift(layout.line_at(moved) - line)
        self._repaint()

    def _repaint(self) -> None:
        self._painted = None
        self.update()

    def _column(self) -> QRect:
        """Return where text can be: the margins need no repainting."""
        left, right = self._setting.left, self._setting.right
        if self._mirror[0]:
            left, right = right, left
        overhang = round(self._setting.font_px * self.width() / (self._reference or max(1, self.width())) * 0.2) + 2
        x = max(0, int(self.width() * left) - overhang)
        return QRect(x, 0, self.width() - x - max(0, int(self.width() * right) - overhang), self.height())

    # --- Qt's own
    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the strips to where the clock says they are."""
        now = self._reader.ticks
        units = self._reader.position_at(now)
        view = self._view(now)
        ratio = self.devicePixelRatioF()
        with QPainter(self) as painter:
            painter.scale(1 / ratio, 1 / ratio)  # strips are in device pixels
            if self._blank:
                painter.fillRect(0, 0, *self._device_size(), QColor.fromRgba(self._look.background))
            else:
                self._paint_lines(painter, event.rect(), view)
                self._paint_mark(painter, event.rect(), view)
            if self.ahead.active:
                paint_edge(painter, *self._device_size(), ratio)
        self._painted = view
        self.frame_painted.emit(units, self._follower.height_at(units))

    def _rows(self, scrolled: int, reader: int) -> Iterator[tuple[int, int, int]]:
        """Yield the lines in sight of a view: index, level, top in quarters of a device pixel."""
        ratio, pitch = self.devicePixelRatioF(), self._strips.drawing.pitch
        height = math.ceil(self.height() * ratio)
        mark = (reader / PHASES + round(self._mark_y() * ratio)) / pitch
        own = len(self._follower.layout.lines)
        titled = own + self._next.line_at(Place(2)) if len(self._next.paragraphs) > 2 else own
        first = max(0, scrolled // (pitch * PHASES))
        last = min(own + len(self._next.lines), (scrolled + height * PHASES) // (pitch * PHASES) + 1)
        for index in range(first, last):
            level = _level(index + 0.5 - mark) if index < own else LEVELS if index < titled else 0
            yield index, level, self._line_quarters(index, scrolled)

    def _paint_lines(self, painter: QPainter, exposed: QRect, view: tuple[int, int]) -> None:
        pitch = self._strips.drawing.pitch
        width, height = self._device_size()
        ratio = self.devicePixelRatioF()
        left, right = math.floor(exposed.x() * ratio), math.ceil((exposed.x() + exposed.width()) * ratio)
        background = QColor.fromRgba(self._look.background)
        edges: list[int] = []
        for index, level, quarters in self._rows(*view):
            line = self._line(index)
            strip = self._strips.strip(line, level, quarters % PHASES)
            x = round(self._setting.left * width) + self._strips.left(line)
            if self._mirror[0]:
                x = width - x - strip.width()
            y = quarters // PHASES
            end = x + strip.width()
            if left < x:
                painter.fillRect(left, y, x - left, pitch, background)
            painter.drawImage(x, y, strip)
            if end < right:
                painter.fillRect(end, y, right - end, pitch, background)
            edges += (y, y + pitch)
        painter.fillRect(0, 0, width, min(edges, default=height), background)
        bottom = max(edges, default=height)
        painter.fillRect(0, bottom, width, height - bottom, background)

    def _paint_mark(self, painter: QPainter, exposed: QRect, view: tuple[int, int]) -> None:
        """Draw the reading mark; looking ahead, it goes with the reader."""
        ratio, width = self.devicePixelRatioF(), self.width() * self.devicePixelRatioF()
        y = round(self._mark_y() * ratio) + (view[1] - view[0]) / PHASES
        if self._mirror[1]:
            y = self.height() * ratio - y
        size = self._setting.font_px * self._strips.drawing.scale
        spot = Spot(y, width, size, self._setting.left * width, self._mirror[0])
        seen = QRectF(exposed.x() * ratio, exposed.y() * ratio, exposed.width() * ratio, exposed.height() * ratio)
        paint_mark(painter, spot, self._look.mark, seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size; the reading line stays on its text."""
        super().resizeEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        """Follow the screen's scale, and start or stop with being seen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._measure()
        elif event.type() == QEvent.Type.Show:
            self._wake()
        elif event.type() == QEvent.Type.Hide:
            self._sleep()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nudge a line a notch, or look on by one; with Ctrl a hair faster or slower."""
        self._wheel += event.angleDelta().y() / _NOTCH
        notches = math.trunc(self._wheel)
        if notches:
            self._wheel -= notches
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._reader.set_pace(self._reader.pace + notches * JOG)
            else:
                (self.look_ahead if self.ahead.active else self.nudge_lines)(-notches)
        event.accept()

    def sizeHint(self) -> QSize:
        """Return a modest preview's size."""
        return QSize(480, 380)


def _level(distance: float) -> int:
    """Return how brightly a line is lit whose middle is ``distance`` lines below the mark."""
    outside = max(-_LIT_ABOVE - distance, distance - _LIT_BELOW, 0.0)
    return round(LEVELS * max(0.0, 1 - outside / _FADE))


def _dropper(drops: list[Callable[[], None]]) -> Callable[[], None]:
    """Return a function that disconnects a surface that is gone."""

    def drop_all() -> None:
        for drop in drops:
            drop()

    return drop_all
