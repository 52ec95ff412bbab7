"""What others send us: WebSockets of scripts, what wxlivespy POSTs, and the desk's own ingest endpoint."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

import aiohttp
from aiohttp import web

from liveshop_desk.i18n import _
from liveshop_desk.wire.bodies import BadPacking, TooLong, read_body
from liveshop_desk.wire.config import SourceConfig, Way
from liveshop_desk.wire.gate import Gate, Receipt
from liveshop_desk.wire.guard import host_allowed, origin_allowed, token_right
from liveshop_desk.wire.limits import Limits

_DATA = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)
_ANSWER_EVERY = 1.0
_HEARTBEAT = 30.0


class Listeners:
    """The handlers. ``configs`` are the sources that are on; it is replaced whole when the settings change."""

    def __init__(self, gate: Gate, limits: Limits) -> None:
        self.configs: Mapping[str, SourceConfig] = {}
        self.token = ""
        self.lan = False
        self._gate = gate
        self._limits = limits
        self._sockets: dict[web.WebSocketResponse, str] = {}
        self._known: set[web.WebSocketResponse] = set()  # those a token let in

    async def handle(self, request: web.Request, key: str) -> web.StreamResponse:
        """Answer one request for a source."""
        config = self.configs.get(key)
        if config is None:
            return refusal(404, _("This source is switched off."))
        turned = self._turned_away(request, config)
        if turned is not None:
            return turned
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._socket(request, config)
        if request.method != "POST" or key not in ("ingest", "wxlivespy"):
            return refusal(405, _("Not this way."))
        return await self._post(request, config)

    async def close(self) -> None:
        """Let all WebSockets go."""
        for kind in set(self._sockets.values()):
            await self.close_of(kind)

    async def close_of(self, kind: str) -> None:
        """Let the WebSockets of one source go: it was switched off."""
        await _close([socket for socket, of in self._sockets.items() if of == kind])

    async def close_known(self) -> None:
        """Let all go that came with a token, whatever their source: the token is another."""
        await _close(list(self._known))

    def _turned_away(self, request: web.Request, config: SourceConfig) -> web.Response | None:
        """Return the answer for who may not talk to us; the source's counts tell the operator."""
        meter = self._gate.meter(config.kind)
        if not host_allowed(request.host, lan=self.lan):
            meter.refuse(_("wrong host “{host}”").format(host=request.host[:60]))
            return refusal(403, "host")
        origin = request.headers.get("Origin")
        if not origin_allowed(origin, (*config.about.origins, *config.origins)):
            meter.refuse(_("the page {page} may not send").format(page=(origin or "")[:60]))
            return refusal(403, "origin")
        if _needs_token(request, config) and not token_right(request, self.token):
            meter.refuse(_("wrong token"))
            return refusal(401, "token")
        return None

    # -- WebSocket -------------------------------------------------------------------------------------------

    async def _socket(self, request: web.Request, config: SourceConfig) -> web.StreamResponse:
        """Take frames until the other side closes."""
        if len(self._sockets) >= self._limits.sockets:
            self._gate.meter(config.kind).refuse(_("too many connections"))
            return refusal(503, "connections")
        socket = web.WebSocketResponse(
            max_msg_size=self._limits.hard_frame, heartbeat=_HEARTBEAT, compress=False, decode_text=False
        )
        if not socket.can_prepare(request):
            return refusal(400, "websocket")
        await socket.prepare(request)
        self._sockets[socket] = config.kind
        if _needs_token(request, config):
            self._known.add(socket)
        self._count(config.kind)
        try:
            await self._frames(socket, config)
        finally:
            del self._sockets[socket]
            self._known.discard(socket)
            self._count(config.kind)
        return socket

    def _count(self, kind: str) -> None:
        """Say how many are connected. Counted anew: one that waits in a flood ends long after its source was off."""
        self._gate.meter(kind).peers = list(self._sockets.values()).count(kind)

    async def _frames(self, socket: web.WebSocketResponse, config: SourceConfig) -> None:
        """Take every frame; the ingest endpoint says once a second what it refused."""
        loop = asyncio.get_running_loop()
        answered = -_ANSWER_EVERY
        total = Receipt()
        async for message in socket:
            if message.type not in _DATA:
                continue
            own = config.about.way is Way.INGEST  # our own protocol: who sends may be made to wait, and loses nothing
            receipt = await self._gate.take(config.kind, message.data, patient=own)
            if not own:
                continue
            _join(total, receipt)
            if (total.refused or total.unknown) and loop.time() - answered >= _ANSWER_EVERY:
                answered = loop.time()
                await _tell(socket, total)
                total = Receipt()
        if socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG:
            self._gate.meter(config.kind).oversize += 1

    # -- POST ------------------------------------------------------------------------------------------------

    async def _post(self, request: web.Request, config: SourceConfig) -> web.Response:
        """Take one body."""
        meter = self._gate.meter(config.kind)
        if self._gate.full:
            return refusal(503, _("The desk is catching up: send it again."), {"Retry-After": "1"})
        limit = self._limits.body if config.about.way is Way.INGEST else self._limits.forward
        try:
            async with asyncio.timeout(self._limits.slow):
                body = await read_body(request, limit)
        except TimeoutError:
            meter.refuse(_("did not come to its end in time"))
            return refusal(408, "slow", {"Connection": "close"})
        except TooLong:
            meter.oversize += 1
            return refusal(413, _("longer than {limit} KB").format(limit=limit // 1024), {"Connection": "close"})
        except BadPacking:
            meter.refuse(_("could not be unpacked"))
            return refusal(415, "packing")
        receipt = await self._gate.take(config.kind, body, limit=limit)
        return web.json_response(_told(receipt), status=_status(receipt))


def refusal(status: int, error: str, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return an answer that says no."""
    return web.json_response({"ok": False, "error": error}, status=status, headers=headers)


def _status(receipt: Receipt) -> int:
    """Return 400 where nothing of a body could be used."""
    return 400 if receipt.refused and not (receipt.accepted or receipt.dropped) else 200


def _told(receipt: Receipt) -> dict[str, object]:
    """Return what the sender is told."""
    told: dict[str, object] = {"ok": _status(receipt) < 400, "accepted": receipt.accepted}
    said: dict[str, object] = {"refused": receipt.refused, "reasons": receipt.reasons, "unknown": receipt.unknown}
    said["dropped"] = receipt.dropped
    return told | {name: value for name, value in said.items() if value}


def _join(total: Receipt, more: Receipt) -> None:
    total.accepted += more.accepted
    total.refused += more.refused
    total.dropped += more.dropped
    total.reasons += more.reasons[: 10 - len(total.reasons)]
    for name, count in more.unknown.items():
        total.unknown[name] = total.unknown.get(name, 0) + count


async def _tell(socket: web.WebSocketResponse, receipt: Receipt) -> None:
    """Answer on a WebSocket; a sender that does not read is not waited for."""
    try:
        async with asyncio.timeout(1.0):
            await socket.send_json(_told(receipt))
    except (TimeoutError, ConnectionError):
        return


async def _close(sockets: Sequence[web.WebSocketResponse]) -> None:
    """Say goodbye to all of them, but not for ever."""
    with suppress(TimeoutError):
        async with asyncio.timeout(1.0):
            await asyncio.gather(*(socket.close(code=aiohttp.WSCloseCode.GOING_AWAY) for socket in sockets))


def _needs_token(request: web.Request, config: SourceConfig) -> bool:
    """Tell whether a token is asked for: programs that know none may talk from this computer only."""
    return config.about.way is Way.INGEST or not _is_here(request)


def _is_here(request: web.Request) -> bool:
    """Tell whether the request comes from this computer."""
    remote = request.remote or ""
    return remote.startswith("127.") or remote in ("::1", "::ffff:127.0.0.1")
