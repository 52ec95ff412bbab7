"""Where a surface looks: at the reader's place, or ahead of it; and no guess of a line within its sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from liveshop_desk.prompter.follow import reanchor
from liveshop_desk.prompter.reader import Reader, Turn
from ui.prompter.ahead import Ahead
from ui.prompter.canvas import Canvas, View
from ui.prompter.follower import Follower

_SPELL = 0.002  # seconds of a frame's rest that may go to breaking lines far from the mark
_IDLE_SPELL, _IDLE_MS = 0.004, 8  # … and of every 8 ms while no frames are made


class Outlook:
    """The height a surface's lines are seen from. ``edition`` counts how often they were numbered anew."""

    def __init__(self, follower: Follower, ahead: Ahead, canvas: Canvas) -> None:
        self._follower = follower
        self._ahead = ahead
        self._canvas = canvas
        self._edition = 0

    def view(self, reader: Reader, ticks: float) -> View:
        """Return what a frame at ``ticks`` depends on."""
        units, canvas, ahead = reader.position_at(ticks), self._canvas, self._ahead
        if not self._follower.layout.settled:
            self._settle(units, int(self._follower.height_at(units)))
            if ahead.active:
                self._settle(units, int(ahead.height_at(ticks)))
        read = canvas.scrolled(self._follower.height_at(units))
        return View(canvas.scrolled(ahead.height_at(ticks)) if ahead.active else read, read, self._edition)

    def turn(self, turn: Turn) -> None:
        """Show a changed text; a look ahead ends with another text, and keeps its line in a changed one."""
        ahead, layout = self._ahead, self._follower.layout
        line = int(ahead.goal)
        held = layout.place_at(line, 0.0) if ahead.active and line < len(layout.lines) else None
        self._follower.turn(turn)
        self._edition += 1
        if turn.fresh:
            ahead.leave()
        elif held is not None:
            moved = reanchor([each.text for each in turn.old], [each.text for each in turn.new], held)
            ahead.shift(layout.line_at(moved) - line)

    def _settle(self, units: float, line: int) -> None:
        """Break what is in sight around a line; the reader's line and the one looked at stay where they are."""
        layout = self._follower.layout
        held = layout.paragraph_at(int(self._ahead.goal))
        first = layout.first_line(held)
        if self._follower.settle(units, line, self._canvas.sight):
            self._edition += 1
            if self._ahead.active:
                self._ahead.shift(layout.first_line(held) - first)


class Filling(QObject):
    """Breaks the lines far from the mark bit by bit: in a frame's rest, or while no frames are made."""

    def __init__(self, parent: QObject, follower: Follower, ticks: Callable[[], float]) -> None:
        super().__init__(parent)
        self._layout = follower.layout
        self._ticks = ticks
        self.timer = QTimer(self)
        self.timer.setInterval(_IDLE_MS)
        self.timer.timeout.connect(lambda: self._fill(_IDLE_SPELL))

    def begin(self) -> None:
        """Go on while no frames are made."""
        if not self._layout.filled:
            self.timer.start()

    def in_frame(self) -> None:
        """Go on for a moment after a frame."""
        self.timer.stop()
        if not self._layout.filled:
            self._fill(_SPELL)

    def _fill(self, seconds: float) -> None:
        until = self._ticks() + seconds
        if self._layout.fill(lambda: self._ticks() > until):
            self.timer.stop()
