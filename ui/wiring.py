"""The network's sources in the window: they run while a show is on air, and for a look while their page is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record
from liveshop_desk.model.session import State
from liveshop_desk.store import queries
from ui.context import Context
from ui.evening import Evening
from ui.notices import new_order_file

if TYPE_CHECKING:  # asyncio and the server are loaded where a source is switched on
    from liveshop_desk.feeds.inlet import Inlet
    from liveshop_desk.wire.config import SourceConfig
    from liveshop_desk.wire.meter import SourceState
    from liveshop_desk.wire.thread import WireThread
    from liveshop_desk.wire.wire import Wire

LOOK_MS = 500
STOP_SECONDS = 1.0

Remember = Callable[..., None]


class Wiring(QObject):
    """Starts and stops the wire. ``looked`` twice a second while it runs; ``order_file(Path)`` to look at one."""

    looked = Signal()
    order_file = Signal(object)  # Path
    _found = Signal(object)  # the same, from the wire's thread

    def __init__(
        self,
        context: Context,
        evening: Evening,
        thread: Callable[[], WireThread],
        remember: Remember,
        *,
        demo: bool = False,
        port: int | None = None,  # another than the usual one
    ) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self._thread = thread
        self._remember = remember
        self._wire: Wire | None = None
        self._demo = demo  # a demo's figures are made up: real ones never mix with them
        self._port = port
        self._ready = False
        self._running = False
        self._testing = False
        self._held = False  # what comes goes nowhere, and that was said
        self._inlet: Inlet | None = None  # read by the wire's thread: who takes the records now
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self.look))
        self._found.connect(self._tell_file)  # queued: it comes from another thread
        context.bridge.changed.connect(self._on_changed)
        evening.session_changed.connect(lambda _id: self.follow())
        evening.source_changed.connect(self._heed)

    @property
    def live(self) -> bool:
        """Tell whether what comes goes to a show."""
        return self._inlet is not None

    @property
    def held_back(self) -> bool:
        """Tell whether what comes goes nowhere because an audience or a recording plays in a rehearsal."""
        return self._evening.plays_alone

    @property
    def configs(self) -> tuple[SourceConfig, ...]:
        """Return all sources in the order of belief."""
        from liveshop_desk.wire import config

        return config.load(self._context.desk.settings.sources)

    @property
    def states(self) -> Mapping[str, SourceState]:
        """Return how each source stands; empty while nothing runs."""
        return self._wire.states if self._wire is not None and self._running else {}

    @property
    def ports(self) -> Mapping[str, int]:
        """Return where we listen now."""
        return self._wire.ports if self._wire is not None and self._running else {}

    def start(self) -> None:
        """The window stands: what should run may begin."""
        self._ready = True
        self.follow()

    def silent(self) -> list[str]:
        """Return the names of the sources that should speak and do not."""
        from liveshop_desk.wire.meter import Health

        return [
            _(config.about.title)
            for config, state in self._on()
            if state.health is Health.DOWN or (state.health is Health.STALE and _is_owed(config, state))
        ]

    def heard(self) -> dict[str, Instant]:
        """Return the sources whose silence means something, by their name's message id → when they last spoke."""
        owed = [(config, state.last_at) for config, state in self._on() if _is_owed(config, state)]
        return {config.about.title: at for config, at in owed if at is not None}

    def _on(self) -> list[tuple[SourceConfig, SourceState]]:
        """Return the sources switched on, and how each stands; none while nothing runs."""
        states = self.states
        on = (config for config in self.configs if config.on) if states else ()
        return [(config, states[config.kind]) for config in on if config.kind in states]

    def put_aside(self, kind: str) -> int:
        """Return how many records of a source were right, but counted for nothing: another source rules."""
        figures = self._evening.figures if self.live else None
        return self._counted(figures.waits, kind) if figures is not None else 0

    def early(self, kind: str) -> int:
        """Return how many records of a source were of a time before the show: its clock is wrong, or they are old."""
        inlet = self._evening.inlet if self.live else None
        return self._counted(inlet.early, kind) if inlet is not None else 0

    def _counted(self, counts: Counter[str], kind: str) -> int:
        """Return what was counted of a source, by all that its records call it."""
        state = self.states.get(kind)
        return sum(counts[name] for name in (state.names if state is not None else frozenset[str]()) | {kind})

    def follow(self) -> None:
        """Run what should run now: on air, or looked at."""
        if not self._ready:
            return
        settings = self._context.desk.settings
        session = self._context.on_air()
        live = session is not None and session.state is State.LIVE and not self._demo
        inlet = self._evening.inlet if live and not self.held_back else None
        if inlet is not self._inlet:
            self._inlet = inlet
            if self._wire is not None:
                self._wire.new_listener()
        if settings.sources and (live or self._testing) and any(config.on for config in self.configs):
            self._run()
        elif self._running:
            self._stop()

    def test(self, on: bool) -> None:
        """Run the sources for a look, whether a show is on air or not."""
        if not self._ready:
            return
        self._testing = on
        if self._wire is not None and not on:
            self._wire.watch("")
        self.follow()

    def watch(self, kind: str) -> None:
        """Show the last messages of one source."""
        self._made().watch(kind)

    def change(self, configs: Sequence[SourceConfig]) -> None:
        """Keep other sources, or another order, and run them."""
        from liveshop_desk.wire import config

        self._remember(sources=config.dump(configs), source_order=config.source_order(configs))
        self.follow()

    def open_to_network(self, on: bool) -> None:
        """Let other computers of the local network in, or no more."""
        self._remember(lan=on)
        self.follow()

    def token(self) -> str:
        """Return the local server's token. Raises UserError where it cannot be kept."""
        from liveshop_desk.wire import token

        try:
            return token.token()
        except OSError as error:
            raise UserError(_("The token could not be kept: {reason}").format(reason=in_words(error))) from error

    def rotate(self) -> str:
        """Make another token and shut out whoever has the old one. Raises UserError."""
        from liveshop_desk.wire import token

        try:
            made = token.rotate()
        except OSError as error:
            raise UserError(_("The token could not be kept: {reason}").format(reason=in_words(error))) from error
        self.follow()
        return made

    def look(self) -> None:
        """Say that there may be something new to show."""
        self.looked.emit()

    def close(self) -> None:
        """Hang up everywhere, for good: a page that is still open must start nothing again."""
        self._ready = False
        self._timer.stop()
        if self._wire is not None and self._running:
            self._running = False
            self._wire.stop(wait=STOP_SECONDS)  # what is accepted meanwhile still counts
        self._inlet = None

    def _heed(self) -> None:
        """Keep what is real out of what plays in a rehearsal; where a source is on, say so, and when that is over."""
        before, self._held = self._held, self.held_back
        self.follow()
        if not self._running or self._held == before:
            return
        if self._held:
            self._context.notices.info(partial(_held_back, self._evening.playing))
        elif self.live:
            self._context.notices.info(lambda: _("What the sources tell counts again, on top of what was played."))

    def _run(self) -> None:
        from liveshop_desk.wire.config import PORT
        from liveshop_desk.wire.wire import Setup

        port = PORT if self._port is None else self._port
        try:
            token = self.token()
        except UserError as error:
            self._context.notices.error(error)
            return
        self._running = True
        self._made().apply(Setup(self.configs, token, port, lan=self._context.desk.settings.lan))
        if not self._timer.isActive():
            self._timer.start(LOOK_MS)

    def _stop(self) -> None:
        self._running = False
        self._timer.stop()
        self._made().stop()
        self.look()

    def _made(self) -> Wire:
        """Return the wire, made when it is first wanted."""
        if self._wire is None:
            from liveshop_desk.wire.wire import Hands, Wire

            desk = self._context.desk
            hands = Hands(self._receive, self._waiting, self._found.emit)
            self._wire = Wire(self._thread(), hands, desk.clock, queries.meta(desk.store, "salt") or "")
        return self._wire

    def _receive(self, records: Sequence[Record]) -> None:
        """Hand records on; on the wire's thread."""
        inlet = self._inlet
        if inlet is not None:
            inlet.receive(records)

    def _waiting(self) -> int:
        """Return how many records wait to be folded; on the wire's thread."""
        inlet = self._inlet if self._ready else None  # nobody folds any more: who waits for that holds up the end
        return inlet.waiting if inlet is not None else 0

    def _tell_file(self, path: Path) -> None:
        """Say that an order file has come into the watched folder, with the button that shows what it would change."""
        self._context.notices.info(
            lambda: new_order_file(path.name),
            action=lambda: _("Look at it"),
            on_action=lambda: self.order_file.emit(path),
            lasts=True,
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions"):
            self.follow()


def _held_back(playing: Callable[[], str]) -> str:
    text = _("While “{name}” plays, what the sources tell is counted on their page and goes into no figure.")
    return text.format(name=playing() or _("replay of the command line"))


def _is_owed(config: SourceConfig, state: SourceState) -> bool:
    """Tell whether a source should speak all the time: one that holds a connection, or that has done so for a minute.

    A single POST, or a file that grows now and then, is not silent but done; a live room that has ended is, too.
    """
    from liveshop_desk.wire.config import Way

    return not state.ended and (config.about.way is Way.RELAY or state.peers > 0 or state.steady)
