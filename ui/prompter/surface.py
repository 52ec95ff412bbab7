"""The surface text scrolls on: the same widget on the anchor's screen and, smaller, in the operator's preview.

Every frame asks the reader's clock where it is; nothing is counted up. Nothing is drawn, and no timer runs, while the
text stands still.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.reader import Reader, Turn
from liveshop_desk.prompter.script import Paragraph
from ui.prompter.ahead import Ahead
from ui.prompter.canvas import READING_LINE, Canvas, View
from ui.prompter.follower import Follower
from ui.prompter.frames import FRAME, Frames
from ui.prompter.layout import TextLayout
from ui.prompter.lines import Line
from ui.prompter.look import look_named
from ui.prompter.outlook import Filling, Outlook
from ui.prompter.painting import Painting
from ui.prompter.strips import SOON

__all__ = ["READING_LINE", "PrompterSurface"]

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
        self._follower = Follower()
        self._canvas = Canvas(self._follower)
        self._strips = self._canvas.strips
        self._painting = Painting(self, self._canvas)
        self._soon = TextLayout()  # how the next text begins, not shown
        self._soon_drawn = False
        self.ahead = Ahead(self)
        self.ahead.changed.connect(self._wake)
        self._outlook = Outlook(self._follower, self.ahead, self._canvas)
        self._filling = Filling(self, self._follower, lambda: self._reader.ticks)
        self._painted: View | None = None
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
        self._follower.reset(reader.paragraphs, reader.position)
        self._wake()

    def set_script(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show a changed text; goes to the reader, so every surface of it follows, and no line moves."""
        self._reader.set_script(paragraphs)

    def set_font_size(self, font_px: int) -> None:
        """Set the text in ``font_px`` logical pixels of the anchor's screen."""
        self._measure(font_px=max(8, font_px))

    @property
    def font_size(self) -> int:
        """Return the text size in logical pixels of the anchor's screen."""
        return self._canvas.setting.font_px

    def set_line_spacing(self, spacing: float) -> None:
        """Set lines ``spacing`` times the font size apart."""
        self._measure(spacing=max(1.0, spacing))

    def set_margins(self, left: float, right: float) -> None:
        """Leave these parts of the width free on either side."""
        self._measure(left=left, right=right)

    def set_mirror(self, horizontal: bool, vertical: bool = False) -> None:
        """Mirror for a glass in front of the camera."""
        self._canvas.mirror = (horizontal, vertical)
        self._measure()

    @property
    def mirror(self) -> tuple[bool, bool]:
        """Return whether it is mirrored (horizontally, vertically)."""
        return self._canvas.mirror

    def set_reading_line(self, fraction: float) -> None:
        """Put the reading mark at this part of the height."""
        self._canvas.reading_line = min(0.95, max(0.05, fraction))
        self._repaint()

    def set_theme(self, name: str) -> None:
        """Wear a theme of look.py by its name."""
        self._canvas.look = look_named(name)
        self._measure()

    def set_blank(self, blank: bool) -> None:
        """Show nothing but the background; the reader goes on, or stands, as it did."""
        self._painting.blank = blank
        self._repaint()

    @property
    def blank(self) -> bool:
        """Tell whether it shows nothing."""
        return self._painting.blank

    def set_upcoming(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show, dim and below the text, what is read after it: a preview's, for the reader does not go there.

        The first two paragraphs, a blank one and its title, are lit.
        """
        if paragraphs != self._canvas.after.paragraphs:
            self._canvas.after.set_text(paragraphs)
            self._repaint()

    def expect(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Draw how the next text begins while there is time, so that taking it costs no frame."""
        self._soon.set_text(paragraphs)
        self._soon_drawn = False

    def set_reference_width(self, width: int | None) -> None:
        """Break lines as a screen ``width`` logical pixels wide does, drawn to fit; ``None``: as wide as it is."""
        if width != self._canvas.reference:  # asked four times a second: a layout each time would cost a frame
            self._canvas.reference = width
            self._measure()

    # --- where things are
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
        now, last = self._reader.ticks, len(self._follower.layout.lines) + len(self._canvas.after.lines)
        self.ahead.enter(self._follower.height_at(self._reader.position_at(now)))
        self.ahead.glide_to(min(float(last), max(0.0, self.ahead.goal + lines)), now)
        self._wake()

    def page_lines(self) -> float:
        """Return how many lines a page is: what is below the mark, less one to hold on to."""
        pitch = self._canvas.pitch / self.devicePixelRatioF()
        return max(1.0, math.floor(self.height() * (1 - self._canvas.reading_line) / pitch) - 1)

    # --- measures
    def _measure(self, **changes: float) -> None:
        """Bring layout and drawing in line with the widget's size and the settings, ``changes`` among them."""
        canvas = self._canvas
        canvas.setting = canvas.setting._replace(**changes)  # pyright: ignore[reportArgumentType]
        width = canvas.measure(self.width(), self.height(), self.devicePixelRatioF())
        if canvas.reference is None and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return  # of no size yet: breaking lines for Qt's 100 px is thrown away work, 10 ms of every start
        self._follower.set_measure(canvas.setting.font_px, width, self._reader)
        for other in (canvas.after, self._soon):
            other.set_measure(canvas.setting.font_px, width)
        self._soon_drawn = False
        self._repaint()

    def _view(self, ticks: float) -> View:
        return self._outlook.view(self._reader, ticks)

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
        self._fill_on()
        if not self._running and self._moves(self._reader.ticks):
            self._running = True
            rate = self.screen().refreshRate() or 60.0
            self.frames.hold(self, max(0.008, int(1000 / rate) / 1000))

    def _sleep(self) -> None:
        self._running = False
        self.frames.release(self)
        self._fill_on()

    def _moves(self, now: float) -> bool:
        return self._reader.moving_at(now) or self.ahead.moving_at(now)

    def _tick(self) -> None:
        """Make a frame if it would differ; stop once nothing moves."""
        self._turns += 1
        if not self._running or self._turns < self._every:
            return
        self._turns = 0
        now = self._reader.ticks
        view = self._view(now)
        if view != self._painted:
            self._painting.make(now, view, edged=self.ahead.active)
            self._prepare(now + FRAME * self._every)
        elif not self._moves(now):
            self._sleep()

    def _prepare(self, ticks: float) -> None:
        """Draw the strips the next frame will need while there is time: a frame itself only copies."""
        view = self._view(ticks)
        self._canvas.draw(view)
        there = self._strips.draw_ahead(self._canvas.ahead(view), lambda: self._reader.ticks)
        if there and not self._soon_drawn:
            lines = (line for line in self._soon.lines[:SOON] if isinstance(line, Line))
            self._soon_drawn = self._strips.draw_ahead(lines, lambda: self._reader.ticks)
        self._filling.in_frame()

    def _turn(self, turn: Turn) -> None:
        self._outlook.turn(turn)
        self._repaint()
        self._fill_on()

    def _fill_on(self) -> None:
        """Break what is only guessed while there are no frames; with frames that is done after each."""
        if self.isVisible() and not self._running:
            self._filling.begin()

    def _repaint(self) -> None:
        self._painted = None
        self._painting.forget()
        self.update()

    # --- Qt's own
    def paintEvent(self, event: QPaintEvent) -> None:
        """Copy the strips to where the clock says they are; a frame under way says itself which moment it shows."""
        frame = self._painting.under_way
        now = self._reader.ticks if frame is None else frame.ticks
        units = self._reader.position_at(now)
        view = self._view(now) if frame is None else frame.view
        self._painting.paint(event, view, edged=self.ahead.active)
        self._painted = None if frame is None else view  # what Qt asks for may be a picture, or a part
        self.frame_painted.emit(units, self._follower.height_at(units))

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


def _dropper(drops: list[Callable[[], None]]) -> Callable[[], None]:
    """Return a function that disconnects a surface that is gone."""

    def drop_all() -> None:
        for drop in drops:
            drop()

    return drop_all
