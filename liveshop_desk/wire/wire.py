"""All sources of live numbers, on the one network thread. Nothing here ever waits for the network."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
from collections.abc import Callable, Coroutine, Sequence
from concurrent import futures
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any

from liveshop_desk.errors import in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock
from liveshop_desk.model.record import Record
from liveshop_desk.wire.config import KINDS, PORT, SourceConfig, Way
from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.meter import SourceState
from liveshop_desk.wire.thread import WireThread

if TYPE_CHECKING:
    from aiohttp import ClientSession

    from liveshop_desk.wire.gate import Gate
    from liveshop_desk.wire.listeners import Listeners
    from liveshop_desk.wire.server import Extend, Site

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """What runs: the sources ``configs``, the server's port and token, and whether others may reach it."""

    configs: tuple[SourceConfig, ...] = ()
    token: str = ""
    port: int = PORT
    lan: bool = False

    @property
    def on(self) -> tuple[SourceConfig, ...]:
        """Return the sources that are switched on."""
        return tuple(config for config in self.configs if config.on)


@dataclass(frozen=True, slots=True)
class Hands:
    """What the wire calls, on its own thread: ``receive`` takes records, ``waiting`` tells how many are not folded yet.

    ``on_file`` hears of a new order file in the watched folder.
    """

    receive: Callable[[Sequence[Record]], object]
    waiting: Callable[[], int] = lambda: 0
    on_file: Callable[[Path], object] = lambda _path: None


class Wire:
    """Sources start and stop as ``apply`` says. Every method may be called from any thread and returns at once.

    ``states`` are immutable snapshots, made anew four times a second; ``changed`` is notified with each.
    """

    def __init__(
        self,
        thread: WireThread,
        hands: Hands,
        clock: Clock,
        salt: bytes | str,
        *,
        limits: Limits | None = None,
        extend: Sequence[Extend] = (),
    ) -> None:
        self.states: dict[str, SourceState] = {key: SourceState(key) for key in KINDS}
        self.ports: dict[str, int] = {}  # "server" and listeners with a port of their own: where they really listen
        self.changed = Condition()
        self._thread = thread
        self._hands = hands
        self._clock = clock
        self._salt = salt
        self._limits = limits or Limits()
        self._extend = tuple(extend)
        self._watched = ""
        self._running: _Running | None = None
        self._stopped = self._applied = False
        self._order = asyncio.Lock()  # one change after the other

    def apply(self, setup: Setup) -> None:
        """Run these sources from now on; those that are as they were go on without a break."""
        self._stopped, self._applied = False, True
        self._do(self._apply(setup))

    def stop(self, wait: float = 0.0) -> None:
        """Hang up everywhere and close all ports; ``wait`` seconds at most until that is done.

        What was accepted before has been handed on.
        """
        self._stopped = True
        if self._applied:
            self._applied = False
            done = self._do(self._stop())
            if wait:
                futures.wait([done], wait)

    def watch(self, key: str) -> None:
        """Show the last messages of one source in its state; of none for an empty key."""
        self._watched = key

    def _do(self, work: Coroutine[Any, Any, None]) -> Future[None]:
        """Hand work to the thread; what goes wrong in it is logged, because nobody waits for it."""
        done = self._thread.submit(work)
        done.add_done_callback(_log_fault)
        return done

    def new_listener(self) -> None:
        """Somebody else takes the records from now on, who has not heard yet which rooms they are of."""
        self._thread.call(self._forget)

    # -- on the wire thread ----------------------------------------------------------------------------------

    async def _apply(self, setup: Setup) -> None:
        async with self._order:
            if self._stopped:
                return
            if self._running is None:
                made = self._running = _Running(self._hands, self._clock, self._salt, self._limits, self._extend)
                made.keep(("report",), lambda: self._report(made))
            await self._running.apply(setup)
            self.ports = self._running.ports
            self._publish(self._running.gate)

    def _forget(self) -> None:
        if self._running is not None:
            self._running.gate.forget_rooms()

    async def _stop(self) -> None:
        async with self._order:
            running, self._running = self._running, None
            if running is not None:
                await running.stop()
        self.ports = {}
        with self.changed:
            self.states = {key: SourceState(key) for key in KINDS}
            self.changed.notify_all()

    async def _report(self, running: _Running) -> None:
        try:
            while True:
                await asyncio.sleep(self._limits.report)
                self.ports = running.ports
                self._publish(running.gate)
        finally:
            await running.hang_up()  # the first task of all: also where the loop ends before ``stop`` was through

    def _publish(self, gate: Gate) -> None:
        """Make the snapshots anew."""
        tick, stale = self._clock.ticks(), self._limits.stale
        states = {key: gate.meter(key).state(tick, stale, raw=key == self._watched) for key in KINDS}
        with self.changed:
            self.states = states
            self.changed.notify_all()


def _log_fault(done: Future[None]) -> None:
    if not done.cancelled() and done.exception() is not None:
        _LOG.error("wire", exc_info=done.exception())


_Key = tuple[object, ...]


class _Running:
    """The tasks of all sources that are on, each known by all that it depends on."""

    def __init__(self, hands: Hands, clock: Clock, salt: bytes | str, limits: Limits, extend: Sequence[Extend]) -> None:
        # aiohttp takes a third of a second to import: here, on the wire thread, when the first source is wanted.
        from liveshop_desk.wire.gate import Gate
        from liveshop_desk.wire.listeners import Listeners

        self.gate: Gate = Gate(hands.receive, hands.waiting, salt, clock, limits)
        self.listeners: Listeners = Listeners(self.gate, limits)
        self.ports: dict[str, int] = {}
        self._hands = hands
        self._limits = limits
        self._extend = extend
        self._tasks: dict[_Key, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None

    async def apply(self, setup: Setup) -> None:
        """Bring the tasks to what ``setup`` wants."""
        wanted = self._wanted(setup)
        listening = {config.kind: config for config in setup.on if config.about.path}
        listeners, gone = self.listeners, self.listeners.configs.keys() - listening.keys()
        rotated = setup.token != listeners.token
        # First: who is let go may be back at once, while others take their time to go.
        listeners.configs, listeners.token, listeners.lan = listening, setup.token, setup.lan
        for kind in gone:
            await listeners.close_of(kind)
        if rotated:
            await listeners.close_known()
        await self._end([key for key in self._tasks if key not in wanted and key != ("report",)])
        for kind in KINDS:
            if all(config.kind != kind for config in setup.on):
                self.gate.meter(kind).off()
        for key, begin in wanted.items():
            if key not in self._tasks or self._tasks[key].done():
                self.keep(key, begin)
        for name in self.ports:
            self._open(name)

    def keep(self, key: _Key, begin: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run a task until it is ended."""
        self._tasks[key] = asyncio.create_task(_watched(key, begin, self.gate))

    async def stop(self) -> None:
        """End all. The lines are cut before the tasks are waited for: in a flood a goodbye is behind all that waits."""
        await self.listeners.close()
        tasks = self._cancel(list(self._tasks))
        await self.hang_up()
        await _ended(tasks)

    async def hang_up(self) -> None:
        """Cut the lines to those we asked; a second time does nothing."""
        if self._session is not None:
            await self._session.close()

    async def _end(self, keys: Sequence[_Key]) -> None:
        await _ended(self._cancel(keys))

    def _cancel(self, keys: Sequence[_Key]) -> list[asyncio.Task[None]]:
        tasks = [self._tasks.pop(key) for key in keys]
        for task in tasks:
            task.cancel()
        return tasks

    def _wanted(self, setup: Setup) -> dict[_Key, Callable[[], Coroutine[Any, Any, None]]]:
        """Return how each task begins, by what it depends on: another key is another task."""
        wanted: dict[_Key, Callable[[], Coroutine[Any, Any, None]]] = {}
        host = "0.0.0.0" if setup.lan else "127.0.0.1"  # noqa: S104 - the operator turned the local network on
        for config in setup.on:
            key: _Key = (config.kind, replace(config, origins=()), setup.lan)
            if config.about.way is Way.RELAY:
                wanted[key] = lambda c=config: self._relay(c, lan=setup.lan)
            elif config.about.way is Way.FOLDER:
                wanted[key] = lambda c=config: self._folder(c)
            elif config.kind == "wxlivespy" and config.address:
                wanted[key] = lambda c=config: self._poll(c, lan=setup.lan)
            if config.port:
                wanted["port", config.kind, config.port, host] = lambda c=config: self._serve(c.kind, c.port, host)
        if self._extend or any(config.about.path for config in setup.on):
            wanted["port", "server", setup.port, host] = lambda: self._serve("server", setup.port, host)
        return wanted

    async def _relay(self, config: SourceConfig, *, lan: bool) -> None:
        from liveshop_desk.wire.relays import run_relay

        await run_relay(config, self.gate, self._client(), self._limits, lan=lan)

    async def _poll(self, config: SourceConfig, *, lan: bool) -> None:
        from liveshop_desk.wire.polling import run_polling

        await run_polling(config, self.gate, self._client(), self._limits, lan=lan)

    async def _folder(self, config: SourceConfig) -> None:
        from liveshop_desk.wire.folder import run_folder

        await run_folder(config, self.gate, self._limits, self._hands.on_file)

    async def _serve(self, name: str, port: int, host: str) -> None:
        """Listen on a port until cancelled; one that is taken is tried again."""
        from liveshop_desk.wire.relays import Backoff
        from liveshop_desk.wire.server import Site, main_app, own_app

        backoff = Backoff(self._limits.first_retry, self._limits.last_retry)
        while True:
            app = main_app(self.listeners, self._extend) if name == "server" else own_app(self.listeners, name)
            site = Site(app, host, port, self._limits)
            try:
                await site.open()
                self._heard(name, site)
                await asyncio.Event().wait()
            except OSError as error:
                self._deaf(name, port, error)
            finally:
                self.ports = {key: value for key, value in self.ports.items() if key != name}
                await site.close()
            await asyncio.sleep(backoff.pause())

    def _heard(self, name: str, site: Site) -> None:
        """Note where a port is, and open the sources that come by it."""
        self.ports = {**self.ports, name: site.port}
        self._open(name)

    def _open(self, name: str) -> None:
        for kind in self._by(name):
            self.gate.meter(kind).open()

    def _deaf(self, name: str, port: int, error: OSError) -> None:
        why = _("Port {port} is in use by another program.").format(port=port)
        if error.errno != errno.EADDRINUSE:
            # The event loop puts words of its own before the system's.
            reason = in_words(OSError(error.errno, os.strerror(error.errno)) if error.errno else error)
            why = _("Port {port} cannot be opened: {reason}").format(port=port, reason=reason)
        for kind in self._by(name):
            self.gate.meter(kind).down(why)

    def _by(self, name: str) -> list[str]:
        """Return the sources that come by a port."""
        if name != "server":
            return [name]
        return [kind for kind, config in self.listeners.configs.items() if not config.port]

    def _client(self) -> ClientSession:
        """Return the one client session; it keeps no cookies, asks no proxy and unpacks nothing.

        What is packed small may be large: bodies.py bounds what others POST, and nobody whom we ask is asked to pack.
        """
        if self._session is None:
            import aiohttp

            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=5),
                headers={"Accept-Encoding": "identity"},
                auto_decompress=False,
            )
        return self._session


async def _ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for cancelled tasks, but not for ever."""
    if tasks:
        await asyncio.wait(tasks, timeout=2.0)


async def _watched(key: _Key, begin: Callable[[], Coroutine[Any, Any, None]], gate: Gate) -> None:
    """Run a source's work; a mistake of our own ends that source alone, and is seen.

    It is begun here: a task that is cancelled before its turn, a source switched on and off, leaves nothing behind.
    """
    try:
        await begin()
    except asyncio.CancelledError:
        raise
    except Exception as error:  # noqa: BLE001 - logged, shown, and the others go on
        _LOG.exception("source %s", key[0])
        if key[0] in KINDS:
            gate.meter(str(key[0])).down(_("Stopped by a fault of the desk: {name}").format(name=type(error).__name__))
