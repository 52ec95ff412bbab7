"""Texts for OBS's text sources: only what has changed is sent, at most five times a second, again after a reconnect."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from liveshop_desk.wire.obs_session import ObsRefused, ObsSession

REST_SECONDS = 0.2


class Texts:
    """What the sources should say. ``told(missing)`` when OBS turns out to lack one, or no longer does."""

    def __init__(self, told: Callable[[tuple[str, ...]], None]) -> None:
        self._told = told
        self._wanted: dict[str, str] = {}
        self._sent: dict[str, str] = {}
        self._missing: set[str] = set()
        self._changed = asyncio.Event()

    def want(self, source: str, text: str) -> None:
        """Say what a source should show; the last word before it is sent counts."""
        self._wanted[source] = text
        self._changed.set()

    def forget(self, source: str) -> None:
        """Leave a source as it is from here on."""
        self._wanted.pop(source, None)
        self._sent.pop(source, None)
        self._tell_missing(self._missing - {source})

    def look_again(self) -> None:
        """Try the missing ones again: a source was made or renamed."""
        for source in self._missing:
            self._sent.pop(source, None)
        self._changed.set()

    async def push(self, session: ObsSession) -> None:
        """Keep OBS's sources as wanted until the connection ends. Raises ObsGone then."""
        self._sent.clear()  # what another connection was told may be gone with its OBS
        self._changed.set()
        while True:
            await self._changed.wait()
            self._changed.clear()
            for source, text in tuple(self._wanted.items()):
                if self._sent.get(source) != text:
                    self._sent[source] = text
                    await self._send(session, source, text)
            await asyncio.sleep(REST_SECONDS)

    async def _send(self, session: ObsSession, source: str, text: str) -> None:
        try:
            await session.ask("SetInputSettings", inputName=source, inputSettings={"text": text}, overlay=True)
        except ObsRefused:
            self._tell_missing(self._missing | {source})
        else:
            self._tell_missing(self._missing - {source})

    def _tell_missing(self, missing: set[str]) -> None:
        if missing != self._missing:
            self._missing = missing
            self._told(tuple(sorted(missing)))
