"""The body of a POST, never held beyond its limit, however small it was packed."""

from __future__ import annotations

import zlib

from aiohttp import web

_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


class TooLong(Exception):  # noqa: N818
    """The body is longer than its limit."""


class BadPacking(Exception):  # noqa: N818
    """The body is not packed as it says, or in a way nobody knows."""


async def read_body(request: web.Request, limit: int) -> bytes:
    """Return the body, unpacked. Raises TooLong and BadPacking."""
    packing = request.headers.get("Content-Encoding", "").strip().lower()
    if packing not in ("", "identity", *_WINDOWS):
        raise BadPacking
    if (request.content_length or 0) > limit:
        raise TooLong
    unpack = _Unpack(_WINDOWS[packing], limit) if packing in _WINDOWS else None
    found = bytearray()
    async for chunk in request.content.iter_chunked(16 * 1024):
        found += unpack.more(chunk) if unpack else chunk
        if len(found) > limit:
            raise TooLong
    if unpack and not unpack.whole:
        raise BadPacking
    return bytes(found)


class _Unpack:
    """Unpacks in steps that are bounded by what comes out, not by what goes in."""

    def __init__(self, window: int, limit: int) -> None:
        self._unpack = zlib.decompressobj(window)
        self._limit = limit
        self._out = 0

    @property
    def whole(self) -> bool:
        """Tell whether the end was seen."""
        return self._unpack.eof

    def more(self, chunk: bytes) -> bytes:
        """Return what ``chunk`` holds."""
        try:
            found = self._unpack.decompress(chunk, self._limit + 1 - self._out)
        except zlib.error as error:
            raise BadPacking from error
        self._out += len(found)
        if self._unpack.unconsumed_tail or self._out > self._limit:
            raise TooLong
        return found
