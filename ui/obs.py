"""OBS seen from the window: looks at its snapshot twice a second, gives it the texts of what is on air, takes orders.

The wire thread never calls in here: a snapshot is looked at, and a future is looked at until it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.paths import home
from liveshop_desk.prompter.values import values_of
from liveshop_desk.wire import obs_address
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import ObsState, Recording
from ui.context import Context
from ui.notices import Words

if TYPE_CHECKING:  # asyncio and what speaks to OBS are loaded where OBS is used
    from liveshop_desk.wire.obs import Obs, Submit
    from ui.prompting import Prompting

LOOK_MS = 500
TEXT_MS = 200  # a countdown's seconds must not be seen to jump

_OFF = ObsState()

Remember = Callable[..., None]
Take = tuple[str, int]  # the segment on air and when it went on


class ObsDesk(QObject):
    """Holds the one connection. ``changed(ObsState)`` at most twice a second, when there is something new."""

    changed = Signal(object)

    def __init__(self, context: Context, submit: Submit, remember: Remember) -> None:
        super().__init__()
        self._context = context
        self._remember = remember
        self._submit = submit
        self._obs: Obs | None = None  # while in use
        self._prompting: Prompting | None = None
        self.state = _OFF
        self._asked: list[tuple[Future[Any], Words]] = []  # what OBS was asked, and what to say when it is done
        self._texts: dict[str, str] = {}  # source → what it was told last
        self._chaptered: tuple[Take | None, bool] = (None, False)
        self._look = QTimer(self)
        self._look.timeout.connect(lambda: context.gaps.soon(self.look))
        self._write = QTimer(self)
        self._write.timeout.connect(lambda: context.gaps.soon(self.write))
        for command, handler in {"obs_incident": self.toggle_incident, "obs_mute": self.toggle_mute}.items():
            context.actions.on(command, handler)

    def follow(self, prompting: Prompting) -> None:
        """Take price, countdown and chapters from what is being read on air."""
        self._prompting = prompting

    def start(self) -> None:
        """Connect where the operator wants that each time; nothing is read or opened where not."""
        if self._context.desk.settings.obs_on:
            address = obs_address.load()
            if address is not None:
                self._open(address)

    def connect_to(self, address: Address) -> None:
        """Connect, and keep the address for the next time. Raises UserError where it cannot be kept."""
        try:
            obs_address.save(address)
        except OSError as error:
            raise UserError(_("The password could not be kept: {reason}").format(reason=in_words(error))) from error
        self._remember(obs_on=True)
        self._open(address)

    def hang_up(self) -> None:
        """Disconnect and stay so."""
        self._remember(obs_on=False)
        obs, self._obs = self._obs, None
        self._write.stop()
        if obs is not None:
            self._ask(obs.disconnect())
            self.look()

    def close(self) -> None:
        """Let go; what its sources show stays, as after a crash."""
        self._look.stop()
        self._write.stop()
        if self._obs is not None:
            self._obs.disconnect()

    # -- acts ------------------------------------------------------------------------------------------------

    @property
    def incident_scene(self) -> str:
        """Return the scene an incident can switch to now, or empty."""
        scene = self._context.desk.settings.obs_incident_scene
        return scene if self.state.connected and scene in self.state.scenes else ""

    def toggle_incident(self) -> None:
        """Switch to the incident scene, or back to what was on before it."""
        state, wanted, obs = self.state, self._context.desk.settings.obs_incident_scene, self._obs
        if obs is None or not state.connected:
            self._context.notices.error(lambda: _("OBS is not connected."))
        elif state.back_to and state.scene == wanted:
            self._ask(obs.go_back(), lambda: _("OBS is back on {scene}.").format(scene=state.back_to))
        elif not wanted:
            self._context.notices.error(lambda: _("No incident scene is chosen yet: open OBS in the commands."))
        elif state.scene == wanted:
            self._context.notices.info(lambda: _("OBS is on {scene} already.").format(scene=wanted))
        else:
            self._ask(obs.switch(wanted), partial(self._switched, wanted, state.scene))

    def _switched(self, scene: str, before: str) -> str:
        keys = self._context.actions.keys_text("obs_incident")
        return _("OBS is on {scene}. {keys} goes back to {before}.").format(scene=scene, keys=keys, before=before)

    def toggle_mute(self) -> None:
        """Mute the microphone in OBS, or open it."""
        mics, obs = self.mics, self._obs
        if obs is None or not self.state.connected:
            self._context.notices.error(lambda: _("OBS is not connected."))
        elif not mics:
            self._context.notices.error(lambda: _("No microphone is chosen yet: open OBS in the commands."))
        else:
            muted = not self.muted
            for number, mic in enumerate(mics):
                self._ask(obs.mute(mic, muted), "" if number else partial(_heard, muted))

    @property
    def mics(self) -> tuple[str, ...]:
        """Return the sources that mute means."""
        chosen = self._context.desk.settings.obs_mic
        if not chosen:
            return self.state.mics
        return (chosen,) if chosen in self.state.muted else ()

    @property
    def muted(self) -> bool:
        """Tell whether all of the microphones are muted."""
        mics = self.mics
        return bool(mics) and all(self.state.muted[mic] for mic in mics)

    def record(self, on: bool) -> None:
        """Start or stop OBS's recording."""
        if self._obs is None:
            self._context.notices.error(lambda: _("OBS is not connected."))
        elif on:
            self._ask(self._obs.start_record(), lambda: _("OBS is recording."))
        else:
            self._ask(self._obs.stop_record(), lambda: _("OBS has stopped recording."))

    def choose(self, **fields: str) -> None:
        """Keep a choice of this page (Settings' obs_ fields); a source no longer chosen is left as it is."""
        before = self._context.desk.settings
        self._remember(**fields)
        after = self._context.desk.settings
        for source in {before.obs_price_input, before.obs_countdown_input} - {
            after.obs_price_input, after.obs_countdown_input, "",
        }:  # fmt: skip
            self._texts.pop(source, None)
            if self._obs is not None:
                self._ask(self._obs.forget_text(source))

    # -- looking ---------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Take the newest snapshot and the answers that have come."""
        for asked, said in [each for each in self._asked if each[0].done()]:
            self._asked.remove((asked, said))
            self._say(asked, said)
        state = self._obs.state if self._obs else _OFF
        if state is not self.state:
            before, self.state = self.state, state
            self.changed.emit(state)
            self._tell_chapters(before, state)
        if self._obs is None and not self._asked:
            self._look.stop()  # until it is used again

    def write(self) -> None:
        """Give OBS the price and the countdown of what is on air, and a chapter for each take."""
        obs = self._obs
        if obs is None or not self.state.connected:
            return
        settings, price, countdown = self._context.desk.settings, *self._words()
        for source, text in ((settings.obs_price_input, price), (settings.obs_countdown_input, countdown)):
            if source and self._texts.get(source, "") != text:
                self._texts[source] = text
                self._ask(obs.set_text(source, text))
        self._mark_take(obs)

    def _tell_chapters(self, before: ObsState, state: ObsState) -> None:
        """Say where the chapters of a recording that has ended are, where OBS has not written them into it."""
        ended = before.recording is not Recording.OFF and state.recording is Recording.OFF
        if ended and state.chapter_file:
            self._context.notices.info(lambda: _("Chapters of the recording: {file}").format(file=state.chapter_file))

    def _open(self, address: Address) -> None:
        from liveshop_desk.wire.obs import Obs

        if self._obs is None:
            self._obs = Obs(self._submit, self._context.desk.clock, home() / "chapters")
        self._texts.clear()
        self._ask(self._obs.connect(address))
        self._look.start(LOOK_MS)
        self._write.start(TEXT_MS)

    def _words(self) -> tuple[str, str]:
        """Return the price and the time left of the product on air; both empty while nothing is."""
        prompting = self._prompting
        if prompting is None or prompting.row is None or prompting.on_air_since is None:
            return "", ""
        row = prompting.row
        values = values_of(row.product, row.segment.title)
        left = row.segment.planned_seconds - (self._context.desk.clock.now() - prompting.on_air_since) / 1000
        return values.get("live_price", ""), timer_text(max(0.0, left))

    def _mark_take(self, obs: Obs) -> None:
        """Mark a take in the recording: once each, and what is on air when the recording begins."""
        prompting, recording = self._prompting, self.state.recording is not Recording.OFF
        if prompting is None or prompting.row is None or prompting.on_air_since is None:
            return
        now = ((prompting.row.segment.id, prompting.on_air_since), recording)
        if now != self._chaptered:
            self._chaptered = now
            if recording:
                self._ask(obs.chapter(prompting.row.segment.title))

    def _ask(self, asked: Future[Any], said: Words = "") -> None:
        self._asked.append((asked, said))

    def _say(self, asked: Future[Any], said: Words) -> None:
        error = None if asked.cancelled() else asked.exception()
        if isinstance(error, UserError):
            self._context.notices.error(error)
        elif error is not None:
            raise error
        elif said:
            self._context.notices.info(said)


def _heard(muted: bool) -> str:
    return _("The microphone is muted in OBS.") if muted else _("The microphone is open in OBS.")
