"""Keys pressed before anything is imported that could act on them; cheap, it stands before the first paint."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow


class EarlyKeys(QObject):
    """Keeps what is pressed in a window until ``taken``.

    A command's key would be lost otherwise, and the words behind it go to the queue, where a digit begins a jump.
    """

    def __init__(self, window: QWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._pressed: list[tuple[float, QKeyEvent]] = []  # when, by time.monotonic(), and what
        window.installEventFilter(self)

    def taken(self) -> list[tuple[float, QKeyEvent]]:
        """Return what was pressed, and keep nothing any more."""
        self._window.removeEventFilter(self)
        pressed, self._pressed = self._pressed, []
        return pressed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a key; held down it counts once.

        By ``clone``: to ask for its modifiers needs ``Qt``, the namespace, which the start's thread is making by then,
        and PySide 6.11 crashes where two threads make it at once.
        """
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._pressed.append((time.monotonic(), event.clone()))
        return True
