"""wxlivespy tells the number in the room only when asked."""

from __future__ import annotations

import asyncio

import aiohttp

from liveshop_desk.feeds.decoders.wxlivespy import decode_status
from liveshop_desk.wire.config import SourceConfig, host_of, is_loopback
from liveshop_desk.wire.gate import Gate
from liveshop_desk.wire.limits import Limits


async def run_polling(
    config: SourceConfig, gate: Gate, session: aiohttp.ClientSession, limits: Limits, *, lan: bool
) -> None:
    """Ask again and again until cancelled. An answer missing is not worth a word: the source POSTs what matters."""
    host = host_of(config.address)
    if not config.address.startswith("http") or not host or not (lan or is_loopback(host)):
        return
    while True:
        try:
            async with asyncio.timeout(limits.connect):
                body = await _ask(config.address, session, limits)
            if body:
                await gate.take(config.kind, body, decode_status)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
            pass
        await asyncio.sleep(limits.poll)


async def _ask(address: str, session: aiohttp.ClientSession, limits: Limits) -> bytes:
    """Ask once; of a longer answer only so much is read that its length shows."""
    async with session.get(address, allow_redirects=False) as answer:
        if answer.status != 200:
            return b""
        found = b""
        async for chunk in answer.content.iter_chunked(16 * 1024):
            found += chunk
            if len(found) > limits.frame:
                break
        return found
