"""The local server: on this computer only, unless the operator turned the local network on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web
from aiohttp.http import HttpProcessingError

from liveshop_desk.wire.config import KINDS
from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.listeners import Listeners, refusal

_LOG = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Extend = Callable[[web.Application], None]


def main_app(listeners: Listeners, extend: Sequence[Extend] = ()) -> web.Application:
    """Return the application of the server's own port: every listener by its path, and what others add."""
    app = web.Application(middlewares=[_plain_errors])
    for kind in KINDS.values():
        if kind.path:
            app.router.add_route("*", kind.path, _for(listeners, kind.key))
    for add in extend:
        add(app)
    return app


def own_app(listeners: Listeners, key: str) -> web.Application:
    """Return the application of a listener's own port: whatever path is asked for is the listener."""
    app = web.Application(middlewares=[_plain_errors])
    app.router.add_route("*", "/{path:.*}", _for(listeners, key))
    return app


def _for(listeners: Listeners, key: str) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        return await listeners.handle(request, key)

    return handle


@web.middleware
async def _plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer errors as short JSON: no page of HTML, nothing of the request repeated."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return refusal(error.status, error.reason)


def _quiet() -> logging.Logger:
    """Return what the server itself logs with: a traceback of it holds pieces of the request, and so perhaps the token.

    What a peer does wrong on the wire is answered and is no fault of ours; of our own faults the kind is logged.
    """

    def keep(record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            return False
        if error is not None:
            record.msg, record.args, record.exc_info = "request: %s", (type(error).__name__,), None
        return True

    if not _LOG.filters:
        _LOG.addFilter(keep)
    return _LOG


class Site:
    """One listening port. ``port`` is the real one once it is open (0 asks for any)."""

    def __init__(self, app: web.Application, host: str, port: int, limits: Limits) -> None:
        self.port = port
        self._app = app
        app.middlewares.append(self._heard)
        self._silent: set[asyncio.BaseProtocol] = set()  # connections that have not asked for anything yet
        self._host = host
        self._limits = limits
        self._runner: web.AppRunner | None = None
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen. Raises OSError where the port is taken."""
        limits = self._limits
        runner = self._runner = web.AppRunner(
            self._app,
            access_log=None,  # an address line holds the token
            logger=_quiet(),
            auto_decompress=False,  # bodies.py unpacks, within bounds
            max_line_size=limits.header,
            max_field_size=limits.header,
            keepalive_timeout=30,
            lingering_time=1,
            shutdown_timeout=0.5,
        )
        await runner.setup()
        serve = runner.server
        assert serve is not None

        def accept() -> asyncio.Protocol:
            if len(serve.connections) >= limits.connections:
                return _Turned()
            made = serve()
            self._silent.add(made)
            loop.call_later(limits.first, self._hang_up, made)
            return made

        loop = asyncio.get_running_loop()
        # reuse_address as asyncio has it: set by hand, Windows would let two programs share the port.
        # In two steps: cancelled in its last turn, create_server alone would keep the port with nobody to close it.
        self._server = await loop.create_server(accept, self._host, self.port, start_serving=False)
        self.port = self._server.sockets[0].getsockname()[1]
        await self._server.start_serving()

    @web.middleware
    async def _heard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note that a connection has asked for something."""
        self._silent.discard(request.protocol)
        return await handler(request)

    def _hang_up(self, made: web.RequestHandler) -> None:
        """End a connection that has not asked for anything in time."""
        if made in self._silent:
            self._silent.discard(made)
            if made.transport is not None:
                made.transport.abort()

    async def close(self) -> None:
        """Stop listening and hang up."""
        if self._server is not None:
            self._server.close()
        if self._runner is not None:
            await self._runner.cleanup()


class _Turned(asyncio.Protocol):
    """A connection beyond the limit: hung up before a byte is read."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
