"""Relays: programs of others on this computer whose WebSocket we listen to. We never send them anything."""

from __future__ import annotations

import asyncio
import random
from urllib.parse import urlsplit

import aiohttp

from liveshop_desk.i18n import _
from liveshop_desk.wire.config import SourceConfig, host_of, is_loopback
from liveshop_desk.wire.gate import Gate
from liveshop_desk.wire.limits import Limits

_DATA = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)


class Backoff:
    """How long to wait before the next try: doubled each time, with jitter so that many desks do not knock at once."""

    def __init__(self, first: float, last: float) -> None:
        self._first, self._last = first, last
        self._next = first

    def reset(self) -> None:
        """Begin anew: the last try held."""
        self._next = self._first

    def pause(self) -> float:
        """Return the seconds to wait now."""
        pause, self._next = self._next, min(self._last, self._next * 2)
        return pause * random.uniform(0.75, 1.25)  # noqa: S311 - no secret hangs on it


async def run_relay(
    config: SourceConfig, gate: Gate, session: aiohttp.ClientSession, limits: Limits, *, lan: bool
) -> None:
    """Stay connected to a relay until cancelled."""
    meter = gate.meter(config.kind)
    wrong = _wrong_address(config.address, lan=lan)
    if wrong:
        meter.down(wrong)
        return
    backoff = Backoff(limits.first_retry, limits.last_retry)
    loop = asyncio.get_running_loop()
    while True:
        began, came = loop.time(), meter.records
        meter.connecting() if not meter.why else None
        try:
            await _listen(config, gate, session, limits)
            why = _("The other side closed the connection; the desk tries again by itself.")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            why = _reason(config.address, error)
        meter.broke()
        if meter.records > came or loop.time() - began >= limits.settled:  # what talks and drops will talk again
            backoff.reset()
        meter.down(why)
        await asyncio.sleep(backoff.pause())


async def _listen(config: SourceConfig, gate: Gate, session: aiohttp.ClientSession, limits: Limits) -> None:
    """Connect once and take what comes until the other side closes. No heartbeat: that would be sending."""
    meter = gate.meter(config.kind)
    async with asyncio.timeout(limits.connect):
        socket = await session.ws_connect(
            config.address,
            max_msg_size=limits.hard_frame,
            decode_text=False,
            timeout=aiohttp.ClientWSTimeout(ws_close=limits.hang_up),  # pyright: ignore[reportCallIssue] - made by attrs
        )
    async with socket:
        meter.open()
        meter.peers = 1
        async for message in socket:
            if message.type in _DATA:
                await gate.take(config.kind, message.data)
        if socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG:
            meter.oversize += 1


def _wrong_address(address: str, *, lan: bool) -> str:
    """Say what is wrong with a relay's address; empty where nothing is."""
    host = host_of(address)
    if not address.startswith(("ws://", "wss://")) or not host:
        return _("“{address}” is not a WebSocket address (ws://…).").format(address=address[:80])
    if not lan and not is_loopback(host):
        return _("{host} is another computer: turn on the local network first.").format(host=host)
    return ""


def _reason(address: str, error: Exception) -> str:
    """Say in words why there is no connection."""
    host = urlsplit(address).netloc.rpartition("@")[2][:60]  # never what stands before or behind: it may be a secret
    if isinstance(error, aiohttp.WSServerHandshakeError):
        return _("{address} answers, but not as this source (status {status}).").format(
            address=host, status=error.status
        )
    if isinstance(error, TimeoutError):
        return _("{address} does not answer in time.").format(address=host)
    if isinstance(error, aiohttp.ClientConnectorError):
        return _("Nothing answers at {address}: is the program running?").format(address=host)
    return _("The connection to {address} broke off.").format(address=host)
