"""The window's own work, done in the gaps between the prompter's frames: one piece a gap, right after a frame.

Panels that refresh by timers all want their turn at the same moment, and a frame that falls due meanwhile is late by
their sum. While no frames are made everything is done at once. What cannot be cut into pieces waits until she stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.prompter.frames import Frames

Task = Callable[[], None]
_MOST = 12  # pieces waiting: beyond, two go into one gap
STILL_MS = 400  # a foot that left the pedal for a moment is back sooner


class Gaps(QObject):
    """Runs tasks between frames, in order; one that waits already is not queued again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._frames: Frames | None = None
        self._waiting: deque[Task] = deque()
        self._large: deque[Task] = deque()  # what takes several frames
        self._closed = False
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.timeout.connect(self._do_large)

    def follow(self, frames: Frames) -> None:
        """Work between these frames from here on."""
        self._frames = frames
        frames.gap.connect(self._work)
        frames.stopped.connect(self._rest)

    @property
    def running(self) -> bool:
        """Tell whether there are frames to work between."""
        return not self._closed and self._frames is not None and self._frames.running

    def soon(self, task: Task, *, first: bool = False) -> None:
        """Do ``task`` in a gap, the very next where it is to be ``first``; at once where there are no frames."""
        if self._closed:
            return
        if self._frames is None or not self._frames.running:
            task()
        elif first:
            if task in self._waiting:
                self._waiting.remove(task)
            self._waiting.appendleft(task)
        elif task not in self._waiting:
            self._waiting.append(task)

    def when_still(self, task: Task) -> None:
        """Do ``task``, which takes several frames and cannot be cut, once there have been none for a while.

        At once where there are no frames; where it is still to be done when the desk closes it never is.
        """
        if not self.running:
            self.soon(task)
        elif task not in self._large:
            self._large.append(task)

    def finish(self) -> None:
        """Do all that waits."""
        _do_all(self._waiting)

    def close(self) -> None:
        """Do nothing any more: the shop file is closing, and whoever has something to save has saved it."""
        self._closed = True
        self._waiting.clear()
        self._large.clear()
        self._still.stop()

    def _rest(self) -> None:
        self.finish()
        if self._large:
            self._still.start(STILL_MS)

    def _do_large(self) -> None:
        """Do what waited, unless she reads on already."""
        if not self.running:
            _do_all(self._large)

    def _work(self) -> None:
        for _turn in range(2 if len(self._waiting) > _MOST else 1):
            if self._waiting:
                _do(self._waiting.popleft())


def _do_all(tasks: deque[Task]) -> None:
    """Run all of them: one that fails keeps no other from its turn."""
    try:
        while tasks:
            _do(tasks.popleft())
    finally:
        if tasks:
            _do_all(tasks)


def _do(task: Task) -> None:
    """Run a task, unless what it belongs to has gone meanwhile."""
    owner = getattr(task, "__self__", None)
    if not isinstance(owner, QObject) or shiboken6.isValid(owner):
        task()
