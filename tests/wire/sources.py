"""What the tests of the wire share: a running wire, peers on loopback, and waiting without sleeping."""

import asyncio
import contextlib
import socket
import threading
import time
from dataclasses import replace

from aiohttp import web

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.wire.config import SourceConfig, default
from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.thread import WireThread
from liveshop_desk.wire.wire import Hands, Setup, Wire

DEADLINE = 60  # seconds: only a wait that never ends fails; a shared machine may be slow
TOKEN = "t" * 32
QUICK = Limits(
    first_retry=0.02, last_retry=0.1, settled=5.0, poll=0.05, folder=0.02, report=0.02, connect=2.0, catch_up=0.1
)


class Desk:
    """A wire and what it gave: ``records`` in order, ``files`` of the watched folder."""

    def __init__(self, limits=QUICK, waiting=lambda: 0):
        self.records = []
        self.files = []
        self.thread = WireThread()
        hands = Hands(self.receive, waiting, self.files.append)
        self.wire = Wire(self.thread, hands, SystemClock(), "salt", limits=limits)

    def receive(self, records):
        self.records.extend(records)

    def run(self, *configs, token=TOKEN, lan=False):
        """Run these sources on any free port and wait until each stands some way."""
        self.wire.apply(Setup(tuple(replace(config, on=True) for config in configs), token, port=0, lan=lan))
        self.until(lambda states: all(states[config.kind].health != "off" for config in configs))

    def until(self, right):
        """Wait for the states to be so; fail where they are not in time."""
        end = time.monotonic() + DEADLINE
        with self.wire.changed:
            while not right(self.wire.states):
                left = end - time.monotonic()
                assert left > 0, {key: state for key, state in self.wire.states.items() if state.messages or state.why}
                self.wire.changed.wait(left)
        return self.wire.states

    def state(self, key):
        return self.wire.states[key]

    def url(self, path, scheme="http"):
        self.until(lambda _states: "server" in self.wire.ports)
        return f"{scheme}://127.0.0.1:{self.wire.ports['server']}{path}"

    def close(self):
        self.wire.stop(wait=5)
        self.thread.stop(wait=5)


class Peer:
    """A WebSocket server as a relay has: ``serve(socket)`` is called for each connection, in its own thread's loop."""

    def __init__(self, serve, port=0):
        self.connections = 0
        self.heard = []
        self._serve = serve
        self._port = port
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(DEADLINE)

    @property
    def address(self):
        return f"ws://127.0.0.1:{self.port}"

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(DEADLINE)

    def _run(self):
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._open())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _open(self):
        app = web.Application()
        app.router.add_route("GET", "/{path:.*}", self._handle)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]
        return runner

    async def _handle(self, request):
        self.connections += 1
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        with contextlib.suppress(ConnectionError):
            await self._serve(ws, self.connections)
            async for message in ws:
                self.heard.append(message)
        return ws


def relay(kind, address):
    return replace(default(kind), address=address, on=True)


def listener(kind, **parts):
    return SourceConfig(kind, on=True, **parts)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def calmly(work):
    """Run a client's work with a deadline."""
    async with asyncio.timeout(DEADLINE):
        return await work


def client(work):
    """Run a coroutine function of an aiohttp client to its end."""
    import aiohttp

    async def run():
        async with aiohttp.ClientSession() as session:
            return await calmly(work(session))

    return asyncio.run(run())
