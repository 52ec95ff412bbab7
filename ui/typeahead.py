"""What is typed before the window can act on it: kept, and given in its order; cheap, for it comes before all else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

if TYPE_CHECKING:
    from ui.actions import Actions

SETTLE_MS = 150  # what a command opens has the keyboard by then
STALE = 10.0  # seconds; what was meant so long ago may be wrong by now


class TypeAhead(QObject):
    """Holds the keys of a window until the room in front stands, and again behind a command whose room does not.

    Words meant for the incident line would go to the queue otherwise, where a digit begins a jump. ``forgot`` where
    something waited too long to be done unseen.
    """

    forgot = Signal()

    def __init__(self, window: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._actions: Actions | None = None  # from when the room in front stands
        self._waiting: deque[tuple[float, str | QKeyEvent]] = deque()
        self._giving = False
        self._last = False
        self._ended = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._give)
        window.installEventFilter(self)

    @property
    def holding(self) -> bool:
        """Tell whether what is typed now has to wait."""
        if self._ended:
            return False
        return self._actions is None or bool(self._waiting) or self._settle.isActive()

    @property
    def awaited(self) -> bool:
        """Tell whether something waits for a room that is not built."""
        return self._actions is not None and bool(self._waiting)

    def hold(self, command_id: str, *, possible: bool) -> bool:
        """Take a command that must wait, for its room or behind what was typed before it; tell whether it must."""
        if self._giving or self._ended or (possible and not self.holding):
            return False
        self._waiting.append((time.monotonic(), command_id))
        return True

    def give(self, actions: Actions, *, last: bool = False) -> None:
        """Give what can be done by now; called when a room stands, the ``last`` time when all do."""
        self._actions, self._last = actions, last
        if not self._ended and not self._settle.isActive():
            self._give()

    def end(self) -> None:
        """Hold nothing any more, and forget what waits."""
        self._ended = True
        self._waiting.clear()
        self._settle.stop()
        self._window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key that must wait. A key held down counts once.

        By ``clone``: to ask for its modifiers needs ``Qt``, the namespace, which the start's thread may be making by
        then, and PySide 6.11 crashes where two threads make it at once.
        """
        if not isinstance(event, QKeyEvent) or self._giving or not self.holding:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._waiting.append((time.monotonic(), event.clone()))
        return True

    def _give(self) -> None:
        """Give what waits, up to a command: what it opens must have the keyboard before the next key."""
        actions = self._actions
        assert actions is not None
        while self._waiting:
            at, what = self._waiting[0]
            if time.monotonic() - at > STALE:
                self._waiting.clear()
                self.forgot.emit()
                break
            command = what if isinstance(what, str) else actions.meant(what)
            if command and not actions.known(command):
                return
            self._waiting.popleft()
            with self._given():
                if command:
                    actions.give(command)
                elif isinstance(what, QKeyEvent):
                    QCoreApplication.sendEvent(QGuiApplication.focusWindow() or self._window, what)
            if command:
                if actions.asks(command):
                    self._waiting.clear()  # nobody has read the question
                self._settle.start()
                return
        if self._last:
            self.end()

    @contextmanager
    def _given(self) -> Generator[None]:
        self._giving = True
        try:
            yield
        finally:
            self._giving = False
