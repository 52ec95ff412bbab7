"""OBS for the rest of the program: any thread may call this; the work is done on the wire's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import ObsState, Recording

if TYPE_CHECKING:
    from liveshop_desk.wire.obs_link import ObsLink

Submit = Callable[[Coroutine[Any, Any, Any]], "Future[Any]"]
RECORD_SECONDS = 10.0


class Obs:
    """One OBS at most. ``state`` is the newest snapshot; acts return futures whose errors are UserErrors.

    ``submit`` runs a coroutine on the loop (``asyncio.run_coroutine_threadsafe`` with the loop given); ``spare`` is
    the folder for chapters of recordings that do not lie on this machine.
    """

    def __init__(self, submit: Submit, clock: Clock, spare: Path) -> None:
        self._submit = submit
        self._clock = clock
        self._spare = spare
        self._link: ObsLink | None = None
        self._running: asyncio.Task[None] | None = None
        self._order = asyncio.Lock()  # connecting and hanging up, one after the other

    @property
    def state(self) -> ObsState:
        """Return what is known now."""
        link = self._link
        return link.state if link else ObsState()

    def connect(self, address: Address) -> Future[None]:
        """Connect to this OBS and stay connected; a connection to another is given up."""
        return self._submit(self._connect(address))

    def disconnect(self) -> Future[None]:
        """Hang up."""
        return self._submit(self._disconnect())

    def switch(self, scene: str) -> Future[None]:
        """Put the incident scene on, remembering which was on."""
        return self._submit(self._switch(scene))

    def go_back(self) -> Future[None]:
        """Take the incident back: the scene that was on before."""
        return self._submit(self._go_back())

    def mute(self, source: str, muted: bool) -> Future[None]:
        """Mute a source or open it."""
        return self._submit(self._ask("SetInputMute", inputName=source, inputMuted=muted))

    def set_text(self, source: str, text: str) -> Future[None]:
        """Let a text source show this, from now on and after a reconnect; sent only where it is another text."""
        return self._submit(self._set_text(source, text))

    def forget_text(self, source: str) -> Future[None]:
        """Leave a text source as it is."""
        return self._submit(self._forget_text(source))

    def chapter(self, title: str) -> Future[None]:
        """Mark this moment of the recording under way; nothing where there is none."""
        return self._submit(self._chapter(title))

    def start_record(self) -> Future[None]:
        """Start the recording and wait until it runs."""
        return self._submit(self._start_record())

    def stop_record(self) -> Future[None]:
        """Stop the recording and wait until its file is closed."""
        return self._submit(self._stop_record())

    # -- on the loop -----------------------------------------------------------------------------------------

    async def _connect(self, address: Address) -> None:
        module = await asyncio.to_thread(import_module, "liveshop_desk.wire.obs_link")  # 100 ms: not on the loop
        async with self._order:
            await self._hang_up()
            link: ObsLink = module.ObsLink(address, self._clock, self._spare)
            self._link, self._running = link, asyncio.create_task(link.run())

    async def _disconnect(self) -> None:
        async with self._order:
            await self._hang_up()

    async def _hang_up(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
        self._link = None

    async def _ask(self, request: str, **data: Any) -> None:
        await self._there().ask(request, **data)

    async def _switch(self, scene: str) -> None:
        link = self._there()
        before = link.state.scene
        await link.ask("SetCurrentProgramScene", sceneName=scene)
        if before != scene:
            link.incident_scene = scene
            link.remember_scene(before)

    async def _go_back(self) -> None:
        link = self._there()
        scene = link.state.back_to
        if not scene:
            raise UserError(_("There is no scene to go back to."))
        await link.ask("SetCurrentProgramScene", sceneName=scene)
        link.remember_scene("")

    async def _set_text(self, source: str, text: str) -> None:
        if self._link is not None:
            self._link.texts.want(source, text)

    async def _forget_text(self, source: str) -> None:
        if self._link is not None:
            self._link.texts.forget(source)

    async def _chapter(self, title: str) -> None:
        if self._link is not None:
            await self._link.chapter(title)

    async def _start_record(self) -> None:
        await self._record("StartRecord", lambda state: state.recording is not Recording.OFF)

    async def _stop_record(self) -> None:
        await self._record("StopRecord", lambda state: state.recording is Recording.OFF)

    async def _record(self, request: str, reached: Callable[[ObsState], bool]) -> None:
        link = self._there()
        await link.ask(request)
        if not await link.until(reached, RECORD_SECONDS):
            raise UserError(_("OBS took the order, but the recording did not change."), todo=_("Look at OBS."))

    def _there(self) -> ObsLink:
        if self._link is None:
            raise UserError(_("OBS is not connected."))
        return self._link
