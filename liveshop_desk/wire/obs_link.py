"""One OBS kept connected: connects, comes back by itself, polls once a second, keeps ``state``. All on one loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.alarms import phrase
from liveshop_desk.model.clock import Clock, to_local
from liveshop_desk.wire import obs_watch as watch
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_chapters import ChapterFile
from liveshop_desk.wire.obs_session import (
    KICKED,
    OLD_PROTOCOL,
    WRONG_PASSWORD,
    Json,
    ObsGone,
    ObsRefused,
    ObsSession,
    open_session,
)
from liveshop_desk.wire.obs_state import Link, ObsState, Recording
from liveshop_desk.wire.obs_texts import Texts

POLL_SECONDS = 1.0
DELAYS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds before each try; the last again and again
RELIST_SECONDS = 5.0
GATHER_SECONDS = 0.1  # another scene collection comes as dozens of events
LISTED = ("GetSceneList", "GetInputList", "GetSpecialInputs", "GetVideoSettings")
POLLED = ("GetStats", "GetStreamStatus", "GetRecordStatus")
SCENES_CHANGED = frozenset({"SceneListChanged", "SceneNameChanged", "CurrentSceneCollectionChanged"})
INPUTS_CHANGED = frozenset({"InputCreated", "InputRemoved", "InputNameChanged", "CurrentSceneCollectionChanged"})


class ObsLink:
    """Run ``run()`` as a task; cancel it to hang up. ``state`` may be read from any thread."""

    def __init__(self, address: Address, clock: Clock, spare: Path, delays: tuple[float, ...] = DELAYS) -> None:
        self.state = ObsState(link=Link.CONNECTING)
        self.texts = Texts(lambda missing: self._set(missing_texts=missing))
        self.incident_scene = ""
        self._address = address
        self._clock = clock
        self._delays = delays
        self._session: ObsSession | None = None
        self._samples = watch.Samples()
        self._chapters = ChapterFile(spare)
        self._outputs_heard = 0  # events of stream and recording, to know a poll that one has overtaken
        self._stale = asyncio.Event()  # lists of scenes and inputs have to be read again
        self._moved = asyncio.Event()  # the state is another
        self._fps_wanted: float | None = None

    async def run(self) -> None:
        """Stay connected until cancelled, or until OBS will not have us (wrong password)."""
        tries = 0
        while True:
            try:
                await self._stay()
            except ObsGone as gone:
                was_on = self.state.connected
                self._tell_gone(gone)
                if self.state.link is Link.REFUSED:
                    return
                tries = 0 if was_on else tries + 1
                await asyncio.sleep(self._delays[min(tries, len(self._delays) - 1)])

    async def ask(self, request: str, **data: Any) -> Json:
        """Ask OBS for something. Raises UserError in words, with OBS's own where it has some."""
        session = self._session
        if session is None:
            raise UserError(_("OBS is not connected."))
        try:
            return await session.ask(request, **data)
        except ObsRefused as refused:
            raise UserError(_("OBS refuses: {reason}").format(reason=refused.comment or refused.code)) from refused
        except ObsGone as gone:
            raise UserError(_("OBS is not connected.")) from gone

    async def until(self, condition: Callable[[ObsState], bool], seconds: float) -> bool:
        """Wait until ``condition(state)`` holds; tell whether it did within the time."""
        try:
            async with asyncio.timeout(seconds):
                while not condition(self.state):
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            return False
        return True

    def remember_scene(self, scene: str) -> None:
        """Keep where the incident can be taken back to; empty: nowhere."""
        self._set(back_to=scene)

    async def chapter(self, title: str) -> None:
        """Mark this moment of the recording: in it where OBS can, else in a file of ours. Raises UserError."""
        if self.state.recording is Recording.OFF:
            return
        if not (self._session and "CreateRecordChapter" in self._session.can and await self._own_chapter(title)):
            status = await self.ask("GetRecordStatus")
            self._set(chapter_file=str(self._write_chapter(int(status.get("outputDuration") or 0), title)))
        self._set(chapters=self.state.chapters + 1)

    # -- one connection --------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        """Connect and stay until it ends. Raises ObsGone in the end."""
        session = await open_session(self._address, self._on_event)
        try:
            await self._greet(session)
            self._session = session
            await _together(session.gone(), self._poll(session), self._follow(session), self.texts.push(session))
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # an answer not of obs-websocket's form
            raise ObsGone(0, repr(error)) from error
        finally:
            self._session = None
            await session.close()

    async def _greet(self, session: ObsSession) -> None:
        self._samples = watch.Samples()
        if not await self._read_lists(session):
            self._stale.set()
        await self._look(session)
        self._set(link=Link.ON, why="", version=session.version)

    async def _poll(self, session: ObsSession) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await self._look(session)

    async def _look(self, session: ObsSession) -> None:
        heard = self._outputs_heard
        answers = await session.ask_all([(name, {}) for name in POLLED])
        if any(isinstance(answer, ObsRefused) for answer in answers):
            return  # OBS is changing its scene collection: a second later it answers
        stats, stream, record = (answer for answer in answers if isinstance(answer, dict))
        figures = self._samples.figures(self._clock.ticks(), self._fps_wanted, stats, stream, record)
        before = self.state
        self._become(watch.polled(before, figures, stream, record, outputs=heard == self._outputs_heard))
        self._follow_recording(before.recording, "")

    async def _follow(self, session: ObsSession) -> None:
        """Read the lists again whenever events have said so, and now and then without.

        Seen with OBS 29 on a busy machine: InputRemoved comes while GetInputList still has the input.
        """
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stale.wait(), RELIST_SECONDS)
            await asyncio.sleep(GATHER_SECONDS)
            self._stale.clear()
            if not await self._read_lists(session):
                await asyncio.sleep(POLL_SECONDS)
                self._stale.set()

    async def _read_lists(self, session: ObsSession) -> bool:
        """Read scenes, inputs and the frame rate (a profile may bring another); tell whether OBS would say."""
        scenes, inputs, special, video = await session.ask_all([(name, {}) for name in LISTED])
        if isinstance(scenes, ObsRefused) or isinstance(inputs, ObsRefused):
            return False
        # Now: while the sounds are asked for, an event may bring a newer one.
        self._on_scene(str(scenes.get("currentProgramSceneName") or ""))
        if isinstance(video, dict):
            self._fps_wanted = video["fpsNumerator"] / (video["fpsDenominator"] or 1)
        names = [str(each["inputName"]) for each in inputs["inputs"]]
        sounds = await session.ask_all([("GetInputMute", {"inputName": name}) for name in names])
        muted = {
            name: bool(sound.get("inputMuted"))
            for name, sound in zip(names, sounds, strict=True)
            if isinstance(sound, dict)  # the others have no sound
        }
        mics = special if isinstance(special, dict) else {}
        self._set(
            scenes=watch.scenes_of(scenes),
            text_inputs=watch.text_inputs_of(inputs),
            muted=muted,
            mics=tuple(str(name) for key, name in sorted(mics.items()) if key.startswith("mic") and name in muted),
        )
        self.texts.look_again()
        return True

    def _on_event(self, kind: str, data: Json) -> None:
        """Fold one event in. Runs on the loop, in order; must not raise over what OBS may say."""
        before = self.state
        if kind in ("StreamStateChanged", "RecordStateChanged"):
            self._outputs_heard += 1
            fold = watch.stream_event if kind == "StreamStateChanged" else watch.record_event
            self._become(fold(before, data))
            self._follow_recording(before.recording, str(data.get("outputPath") or ""))
        elif kind == "CurrentProgramSceneChanged":
            self._on_scene(str(data.get("sceneName") or ""))
        elif kind == "InputMuteStateChanged":
            self._set(muted={**before.muted, str(data.get("inputName")): bool(data.get("inputMuted"))})
        elif kind in SCENES_CHANGED or kind in INPUTS_CHANGED:
            self._stale.set()

    def _on_scene(self, scene: str) -> None:
        self._become(watch.scene_event(self.state, scene, self.incident_scene))

    # -- chapters --------------------------------------------------------------------------------------------

    def _follow_recording(self, before: Recording, path: str) -> None:
        """Begin and end the chapter file with the recording."""
        now = self.state.recording
        if before is Recording.OFF and now is not Recording.OFF:
            stamp = to_local(self._clock.now()).strftime("%Y-%m-%d %H-%M-%S")
            self._chapters.begin(path, stamp)
            self._set(chapters=0, chapter_file="")
        elif before is not Recording.OFF and now is Recording.OFF:
            kept = self._chapters.end(path)
            self._set(chapter_file=str(kept) if kept else "")

    async def _own_chapter(self, title: str) -> bool:
        """Let OBS write the chapter; tell whether its recording's format takes one (Hybrid MP4 does)."""
        try:
            await self.ask("CreateRecordChapter", chapterName=title)
        except UserError:
            return False
        return True

    def _write_chapter(self, milliseconds: int, title: str) -> Path:
        try:
            return self._chapters.add(milliseconds, title)
        except OSError as error:
            raise UserError(_("The chapter could not be written: {reason}").format(reason=in_words(error))) from error

    # -- state -----------------------------------------------------------------------------------------------

    def _tell_gone(self, gone: ObsGone) -> None:
        where = f"{self._address.host}:{self._address.port}"
        refused = {
            WRONG_PASSWORD: mark("OBS does not take this password."),
            OLD_PROTOCOL: mark("This OBS speaks another protocol: OBS 28 or later is needed."),
            KICKED: mark("OBS has sent the desk away."),
        }
        if gone.code in refused:
            self._set(link=Link.REFUSED, why=phrase(refused[gone.code]))
        elif self.state.connected:
            self._set(link=Link.LOST, why=phrase(mark("OBS has gone: closed, crashed or cut off")))
        elif self.state.version:  # it was there before: what happened then is still what matters
            self._set(link=Link.LOST)
        else:
            self._set(link=Link.LOST, why=phrase(mark("No OBS answers at {where}"), where=where))

    def _set(self, **changes: Any) -> None:
        self._become(self.state._replace(**changes))

    def _become(self, state: ObsState) -> None:
        self.state = state
        self._moved.set()


async def _together(*parts: Coroutine[Any, Any, None]) -> None:
    """Run the parts of a connection until the first ends; the others are cancelled and its error is raised."""
    tasks = [asyncio.ensure_future(part) for part in parts]
    try:
        done, _rest = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
