"""The one background thread of the network: an event loop that anybody may hand work to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from liveshop_desk.wire.pace import LoopDelay

T = TypeVar("T")


class WireThread:
    """Starts with the first work given and lives until ``stop``. Nothing here waits, but ``stop`` when asked to."""

    def __init__(self) -> None:
        self.delay = LoopDelay()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run ``work`` on the loop. From any thread; the future belongs to whoever asks."""
        return asyncio.run_coroutine_threadsafe(work, self._running())

    def call(self, act: Callable[[], object]) -> None:
        """Call ``act`` on the loop soon; nothing happens where the thread never ran or is gone."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # closed meanwhile
                loop.call_soon_threadsafe(act)

    def stop(self, wait: float = 0.0) -> None:
        """Cancel all work and end; ``wait`` seconds at most until it has."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(loop.stop)
        if wait:
            thread.join(wait)

    def _running(self) -> asyncio.AbstractEventLoop:
        """Return the loop, begun now where there is none."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._run, args=(self._loop,), name="wire", daemon=True)
                self._thread.start()
            return self._loop

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        """Be the thread."""
        asyncio.set_event_loop(loop)
        loop.call_soon(self.delay.start, loop)
        try:
            loop.run_forever()
            self.delay.stop()
            _finish(loop)
        finally:
            asyncio.set_event_loop(None)
            loop.close()


def _finish(loop: asyncio.AbstractEventLoop) -> None:
    """Let every task end in its own way."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.wait(tasks, timeout=2.0))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.run_until_complete(loop.shutdown_default_executor())
