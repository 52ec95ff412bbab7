"""The beat of the frames: even to a fifth of a millisecond, where Qt's own timers are even to one and a half.

Qt rounds its timers to whole milliseconds. A thread that does nothing but sleep until the next deadline and then put
one byte into a socket wakes the window's thread on time; it touches nothing of Qt, so it may outlive a window.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Signal

if TYPE_CHECKING:
    import socket

FRAME = 0.016  # seconds; a little faster than the usual 60 Hz, so that every refresh finds a new frame
# Seconds a thread may hold the interpreter while frames are made. Qt lets go of it in a dozen calls a frame, and each
# waits so long where another thread works: with 1 ms a frame takes 5 ms (p99 15), with this 3 (7), with less no better.
_TURN = 0.0002


@dataclass(slots=True)
class _Beat:
    """What the thread and the window share: where to send, whether to stop, whether the last beat was heard."""

    far: socket.socket
    period: float
    stop: threading.Event = field(default_factory=threading.Event)
    heard: bool = True


class Frames(QObject):
    """Emits ``ticked()`` on the window's thread, evenly, while anyone holds it. Late frames are left out.

    ``gap()`` follows once every surface has painted: time for other work. ``started()``: there will be frames from now
    on; ``stopped()``: there are no more.
    """

    ticked = Signal()
    gap = Signal()
    started = Signal()
    stopped = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._held: set[int] = set()
        self._beat: _Beat | None = None
        self._near: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._usual_turn = sys.getswitchinterval()
        self._ends: list[Callable[[], None]] = []  # what ends the running beat
        self.destroyed.connect(_caller(self._ends))

    @property
    def running(self) -> bool:
        """Tell whether frames are being asked for."""
        return self._beat is not None

    def hold(self, who: object, period: float = FRAME) -> None:
        """Beat every ``period`` seconds until ``who`` lets go; the first to hold it says how fast."""
        self._held.add(id(who))
        if self._beat is None:
            self._start(period)

    def release(self, who: object) -> None:
        """``who`` needs no more frames."""
        self._held.discard(id(who))
        if not self._held:
            self.stop()

    def stop(self) -> None:
        """Beat no more, whoever holds it."""
        self._held.clear()
        beat, self._beat = self._beat, None
        if beat is None or self._near is None or self._notifier is None:
            return
        beat.stop.set()
        sys.setswitchinterval(self._usual_turn)
        self._notifier.setEnabled(False)
        self._notifier.deleteLater()
        self._near.close()
        self._notifier = self._near = None
        self.stopped.emit()

    def _start(self, period: float) -> None:
        from socket import socketpair  # 3 ms that nobody waits for until she reads

        self._near, far = socketpair()
        self._near.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._heard)
        self._beat = _Beat(far, period)
        self._ends[:] = [self._beat.stop.set, self._near.close]
        sys.setswitchinterval(_TURN)
        threading.Thread(target=_run, args=(self._beat,), name="frames", daemon=True).start()
        self.started.emit()

    def _heard(self) -> None:
        if self._beat is None or self._near is None:  # stopped between the byte and its arrival
            return
        with suppress(BlockingIOError):
            self._near.recv(64)
        self._beat.heard = True
        self.ticked.emit()
        self.gap.emit()


def _caller(ends: list[Callable[[], None]]) -> Callable[[], None]:
    """Return a function that ends the beat of an object that is gone."""

    def end() -> None:
        for each in ends:
            each()

    return end


def _run(beat: _Beat) -> None:
    """Sleep to each deadline and say so; a window that has not heard the last one is not called again."""
    due = time.perf_counter()
    with beat.far:
        while True:
            due += beat.period
            left = due - time.perf_counter()
            if left < -beat.period:  # the machine slept: no frames are made up for
                due, left = time.perf_counter(), 0.0
            if beat.stop.wait(max(0.0, left)):
                return
            if beat.heard:
                beat.heard = False
                try:
                    beat.far.send(b".")
                except OSError:  # the window is gone
                    return
