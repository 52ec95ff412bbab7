"""The wire thread shares one interpreter with the window: it works in slices of 2 ms and then lets go for one."""

from __future__ import annotations

import asyncio
from time import perf_counter

SLICE = 0.002  # seconds
REST = 0.001
TICK = 0.005
_BINS = 250  # of 1 ms; the last holds all that is longer


class Pace:
    """Counts the work done; ``rest`` really gives the interpreter away, where ``sleep(0)`` would take it back."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._began = 0.0

    def begin(self) -> None:
        """Begin a piece of work."""
        self._began = perf_counter()

    def end(self) -> bool:
        """End a piece of work; tell whether it is time to rest."""
        self._spent += perf_counter() - self._began
        return self._spent >= SLICE

    async def rest(self) -> None:
        """Let go of the interpreter."""
        self._spent = 0.0
        await asyncio.sleep(REST)


class LoopDelay:
    """How late the event loop comes to what was due: a tick every 5 ms, counted in bins of 1 ms."""

    def __init__(self) -> None:
        self.bins = [0] * _BINS
        self._handle: asyncio.TimerHandle | None = None
        self._stopped = False

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to tick on ``loop``; call it on the loop's thread."""
        self._stopped = False
        self._later(loop)

    def stop(self) -> None:
        """Stop ticking."""
        self._stopped = True
        if self._handle is not None:
            self._handle.cancel()

    def _later(self, loop: asyncio.AbstractEventLoop) -> None:
        due = loop.time() + TICK
        self._handle = loop.call_at(due, self._tick, loop, due)

    def _tick(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        late = int(max(0.0, loop.time() - due) * 1000)
        self.bins[min(late, _BINS - 1)] += 1
        if not self._stopped:
            self._later(loop)
