"""The evening's numbers in the window: one inlet for the session on air, pumped five times a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Session, State
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from ui.aside import Aside
from ui.context import Context
from ui.faults import report
from ui.shortfalls import Shortfalls

if TYPE_CHECKING:  # what folds and writes is loaded where a session has figures: a draft has none
    from liveshop_desk.feeds.inlet import Inlet
    from liveshop_desk.feeds.recording import Recording, Replay
    from liveshop_desk.model.live import LiveFigures
    from liveshop_desk.model.record import Record

PUMP_MS = 200  # at most five redraws a second
READ = 250  # lines of a recording or another process read between two frames: they cost more than folding
_BREATH_MS = 8
REST_SECONDS = 60.0  # a recording played in from the command line has ended when nothing of it came for so long
MOST_AT_ONCE = 500  # records that may wait before a typed figure and are folded with it: some 4 ms
FLUSH_EVERY = 2  # pumps: a batch is written every 400 ms


class Source(Protocol):
    """Something that gives records when asked."""

    @property
    def done(self) -> bool:
        """Tell whether nothing more will come."""
        ...

    def due(self, limit: int) -> list[Record]:
        """Return the records whose time has come, at most ``limit`` where reading them costs time."""
        ...


class Evening(QObject):
    """Holds and feeds the figures of the session on air; where none is, those of the chosen one if it is over."""

    numbers_changed = Signal()
    saved_again = Signal()  # the disk has taken what it would not take
    source_changed = Signal(str)  # the source's name, "" when it stopped
    session_changed = Signal(str)

    def __init__(self, context: Context, *, moves_stock: bool | None = None, inlet: Inlet | None = None) -> None:
        super().__init__()
        self._context = context
        self._moves_stock = moves_stock
        self._source: Source | None = None
        self._replay: Replay | None = None  # the source, where it is a recording
        self._recording: Recording | None = None  # what the source reads, where it reads a file
        self._played_in: tuple[str, float] | None = None  # session and tick of the command line's newest record
        self._pumps = 0
        self._behind = False  # a flood is being worked off
        self._unsaid = False  # … and what came of it since is not shown yet
        self._unread = False  # there was more to read than one slice
        self._restoring = Aside(context.desk.store, self)
        self._restoring.done.connect(self._take_read)
        self._restoring.failed.connect(self._on_unread)
        self._told_lost = self._told_unrecorded = False
        self._told_unsaved = ""  # what was said of a disk that takes no numbers, until it does
        self._order = context.desk.settings.source_order
        self._salt = queries.meta(context.desk.store, "salt") or ""
        self.saved = True  # whether all that came in is on disk, or on its way there
        self.inlet = inlet  # one restored already (start-up does it in a thread), or made by _follow
        self.playing: Callable[[], str] = str  # words the name of what plays, empty for nothing
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._beat))
        self._shortfalls = Shortfalls(context)
        self._shortfalls.look_at(inlet.session_id if inlet else "")
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(self._look_at)
        self._follow()

    @property
    def source_name(self) -> str:
        """Return what the recording or the audience that plays is called in the language in use; empty for none."""
        return self.playing()

    @property
    def figures(self) -> LiveFigures | None:
        """Return the figures shown, or ``None`` where no session is chosen."""
        return self.inlet.figures if self.inlet else None

    def figures_of(self, session: Session | None) -> LiveFigures | None:
        """Return the figures where they are this session's: a show on air keeps its own while another is looked at."""
        ours = self.inlet is not None and session is not None and self.inlet.session_id == session.id
        return self.figures if ours else None

    def is_reading(self, session: Session | None) -> bool:
        """Tell whether this session's figures are still being read: then nothing can be said of them yet."""
        return session is not None and self.inlet is None and self._restoring.key == session.id

    @property
    def missing(self) -> dict[str, tuple[str, int]]:
        """Return what this session sold beyond its stock: SKU → (its name, units)."""
        return self._shortfalls.missing

    @property
    def plays_alone(self) -> bool:
        """Tell whether an audience or a recording plays in a rehearsal: what is real never mixes with it."""
        session = self._context.on_air()
        if session is None or not session.rehearsal:
            return False
        return self._source is not None or (self._played_in is not None and self._played_in[0] == session.id)

    @property
    def online(self) -> int | None:
        """Return how many are in the room now, if anyone has said."""
        value = self.figures.total("online") if self.figures else None
        return None if value is None else round(value)

    def receive(self, records: Sequence[Record], *, now: bool = False) -> None:
        """Take records; ``now`` (a person's own typing) writes them before this returns, and folds them.

        In a flood they are folded in their turn, behind all that came before them: that at once would stand in the
        way of many frames. Where the disk does not take them they are kept and tried again; ``saved`` is False until
        then.
        """
        if self.inlet is None:
            raise Refused(_("No session is on air."))
        if now and self.inlet.waiting > MOST_AT_ONCE:
            self._leave(self.inlet, records)
            return
        self.inlet.receive(records)
        if now:
            self._pump(wait=True)

    def _leave(self, inlet: Inlet, records: Sequence[Record]) -> None:
        """Put records on disk now, and into the queue of what waits."""
        try:
            inlet.leave(records)
        except UserError as error:
            self._context.notices.error(error)
            self.saved = False
            inlet.receive(records)
        else:
            self._take_posted(inlet)
        self._go_on_soon()

    def enter(self, text: str, metric: str = "") -> list[Record]:
        """Take what the operator typed and return it as read. Raises UserError saying what could not be read."""
        from liveshop_desk.feeds.typed import parse_typed  # loaded behind the first room, as the other sources are

        self._live_session()
        standing = self.figures.figures() if self.figures else None
        records = parse_typed(text, self._context.desk.clock.now(), metric=metric, standing=standing)
        self.receive(records, now=True)
        return records

    def start_simulation(self) -> None:
        """Let the simulated audience in. Raises Refused outside a rehearsal: its figures never mix with real ones."""
        session = self._live_session()
        if not session.rehearsal:
            raise Refused(
                _("The simulated audience only comes to a rehearsal."),
                kept=_("The real figures are untouched."),
                todo=_("End this show and rehearse instead."),
            )
        from ui.audience import invited

        standing = self.figures.figures() if self.figures else None
        self._start(invited(self._context, session.id, standing), lambda: _("Simulated audience"))

    def start_replay(self, path: Path, speed: float) -> None:
        """Play a recording into the session on air, its times moved to now."""
        from liveshop_desk.feeds.recording import Recording, Replay

        self._live_session()
        clock = self._context.desk.clock
        recording = Recording(path, self._salt)
        replay = Replay(iter(recording), speed, clock, shift_to=clock.now(), squeeze=True)
        self._start(replay, lambda: path.name, recording)
        self._replay = replay
        if self.inlet is not None:
            self.inlet.receive(replay.begin())

    def stop_source(self) -> None:
        """Stop the recording or the simulated audience."""
        self._leave_pace()
        if self._source is not None:
            self._source = self._recording = None
            self.playing = str
            self.source_changed.emit("")

    def _leave_pace(self) -> None:
        """Let time go its own pace again where a recording was played faster."""
        if self._replay is not None and self.inlet is not None:
            self.inlet.receive(self._replay.end())
        self._replay = None

    def close(self) -> None:
        """Write the rest and let go. Raises UserError where it could not be written."""
        self._timer.stop()
        self.stop_source()
        self._restoring.forget()  # what it reads belongs to an inlet that goes
        inlet, self.inlet = self.inlet, None
        if inlet is not None:
            inlet.close()

    def _start(self, source: Source, name: Callable[[], str], recording: Recording | None = None) -> None:
        self._leave_pace()
        self._source, self.playing, self._recording = source, name, recording
        self.source_changed.emit(name())

    def _live_session(self) -> Session:
        session = self._context.on_air()
        if session is None or session.state is not State.LIVE:
            raise Refused(_("No session is on air."), todo=_("Go live first."))
        return session

    def _look_at(self, session_id: str) -> None:
        """Follow the rooms to another session; what they show is another then, even while a show goes on."""
        self._follow()
        self.session_changed.emit(session_id)

    def _follow(self) -> None:
        """Hold the inlet of the chosen session; its timer runs only while it is on air."""
        session = self._with_figures()
        wanted, live = session.id if session else "", session is not None and session.state is State.LIVE
        held = self.inlet.session_id if self.inlet else self._restoring.key
        if held != wanted or (live and self._restoring.key):  # what is on air cannot wait for its figures
            self._change_inlet(session)
        self._prime(session)
        if live and not self._timer.isActive():
            self._timer.start(PUMP_MS)
        elif not live and self._timer.isActive():
            self.stop_source()
            self._read()  # what was imported or taken back in the last moment
            while self._unread:
                self._read()
            self._pump(wait=True)
            self._timer.stop()

    def _with_figures(self) -> Session | None:
        """Return the session on air or shown, where it may have figures: a draft has none yet."""
        session = self._context.on_air()
        return None if session is None or session.state is State.DRAFT else session

    def _prime(self, session: Session | None) -> None:
        """Tell the inlet what its session allows."""
        if self.inlet is not None and session is not None:
            self.inlet.moves_stock = self._wants_stock(session)
            self.inlet.since = session.started_at
            if session.state is State.LIVE:
                self.inlet.cut_again()
                self.inlet.expect_orders()

    def _change_inlet(self, session: Session | None, inlet: Inlet | None = None) -> None:
        """Hold the inlet of a session: ``inlet``, where it was read already.

        Eight hours of figures take half a second: those of a show that is over are read in a thread, and until they
        are there none are shown. A show on air needs its inlet now, lest a record be lost.
        """
        before = self.inlet
        try:
            self.close()
        except UserError as error:
            self._context.notices.error(error)
        if inlet is not None:
            self.inlet = inlet
        elif session is not None and session.state is State.ENDED:
            self._read_aside(session)
        elif session is not None:
            self.inlet = self._restored(self._context.desk.store, session)
        self._told_lost = self._told_unrecorded = False
        self._shortfalls.look_at(self.inlet.session_id if self.inlet else "")
        self.session_changed.emit(session.id if session else "")  # whoever gives records gives them to the new one now
        if before is not None and self.inlet is not None and before.session_id == self.inlet.session_id:
            self.inlet.receive(before.left())
        self.numbers_changed.emit()

    def _restored(self, store: Store, session: Session) -> Inlet:
        """Return the inlet of a session with what is on disk."""
        from liveshop_desk.feeds.inlet import Inlet

        order = self._context.desk.settings.source_order
        return Inlet(store, session.id, moves_stock=self._wants_stock(session), source_order=order)

    def _read_aside(self, session: Session) -> None:
        self._restoring.begin(session.id, lambda store: self._restored(store, session))

    def _wants_stock(self, session: Session) -> bool:
        """Tell whether orders of this session take units off: never in a rehearsal on the shop's own file."""
        return not session.rehearsal if self._moves_stock is None else self._moves_stock

    def _on_changed(self, changes: Changes) -> None:
        self._shortfalls.follow(changes)
        running = self._timer.isActive()
        if running:  # before the end is followed: a cut left unwritten would go over what is imported later
            self._cut(changes)
        if changes.touches("sessions"):
            self._follow()
        if not running:
            self._cut(changes)
        # Figures imported into a session that is over; a running show's are its inlet's own.
        if self._rewritten(changes) or (changes.everything and not self._timer.isActive()):
            self._read_anew(self._with_figures())
        if self.inlet is not None and changes.everything and changes.label != "settings":
            self.inlet.learn_names()
        elif self.inlet is not None and changes.touches("products", "skus"):
            self.inlet.follow_names(changes.ids("products") | changes.ids("skus"))

    def _cut(self, changes: Changes) -> None:
        """Begin new buckets where a pitch of the show on air begins or ends."""
        if changes.touches("pitches") and self.inlet is not None and self._timer.isActive():
            self.inlet.cut(self._context.desk.clock.now())

    def _read_anew(self, session: Session | None) -> None:
        """Read figures that others wrote; those of a show that is over stand until the new ones are read."""
        if session is None or session.state is not State.ENDED:
            self._change_inlet(session)
        else:
            self._read_aside(session)

    def _take_read(self, inlet: Inlet) -> None:
        """Hold what was read, where its session is still the one that is held or waited for."""
        session = self._with_figures()
        wanted = session is not None and session.state is State.ENDED and session.id == inlet.session_id
        if not wanted:
            inlet.close()
            return
        inlet.use(self._context.desk.store)
        self._change_inlet(session, inlet)
        self._prime(session)

    def _on_unread(self, error: Exception) -> None:
        """Say why there are no figures; the session is read again when it is chosen again."""
        report(self._context.notices, error)
        self.numbers_changed.emit()

    def _rewritten(self, changes: Changes) -> bool:
        """Tell whether the figures of the session that is held were written by somebody else."""
        if self.inlet is None:
            return "rollups" in changes.tables
        held = self.inlet.session_id
        return held in changes.ids("carries") or any(row.startswith(f"{held}:") for row in changes.ids("rollups"))

    def _read(self) -> None:
        """Take a slice of what a command line of this shop left (``replay`` beside the desk) and of our own source."""
        inlet = self.inlet
        if inlet is None:
            return
        self._take_posted(inlet)
        source = self._source
        if source is not None:
            records = source.due(READ)
            inlet.receive(records)
            self._unread = self._unread or len(records) >= READ
            if source.done:
                name, recording = self.playing, self._recording
                self.stop_source()  # who hears of it may say something too: the end is the newest
                self._say_ended(name, recording)

    def _take_posted(self, inlet: Inlet) -> None:
        """Take a slice of what another process left. Where it plays a recording, what plays here makes way for it.

        Two shows in one would make no figure that means anything.
        """
        from liveshop_desk.feeds.inbox import is_played, take_posted
        from liveshop_desk.model.record import pace_of

        def make_way(record: Record) -> None:
            if not is_played(record):
                return
            ended = record.kind == "pace" and pace_of(record)[0] == 1
            self._played_in = None if ended else (inlet.session_id, self._context.desk.clock.ticks())
            if self._source is not None:
                name = self.playing
                self.stop_source()
                self._context.notices.info(partial(_made_way, name))

        before = self._played_in
        self._unread = take_posted(self._context.desk.store, inlet, self._salt, READ, make_way) >= READ
        if self._played_in is not None and self._context.desk.clock.ticks() - self._played_in[1] > REST_SECONDS:
            self._played_in = None
        if (before is None) != (self._played_in is None):
            self.source_changed.emit(self.source_name)

    def _say_ended(self, name: Callable[[], str], recording: Recording | None) -> None:
        """Say that a source has ended; one that gave nothing at all is no success."""
        if recording is not None and recording.refusal() is not None:
            self._context.notices.error(lambda: str(recording.refusal()))
            return
        left_out: Callable[[], str] = recording.left_out if recording else str
        self._context.notices.info(partial(_ended, name, left_out), keeps=bool(left_out()))

    def _beat(self) -> None:
        self._read()
        order = self._context.desk.settings.source_order
        if order != self._order and self.inlet is not None:  # somebody put the sources in another order meanwhile
            self._order = order
            self.inlet.reorder(order)
        self._pump()

    def _pump(self, *, wait: bool = False) -> None:
        """Fold what came, write every other time; a failing disk is said once, not five times a second."""
        if self.inlet is None:
            return
        fresh = self.inlet.pump() if wait else self.inlet.pump_slice()
        self._pumps += 1
        if wait:
            self._flush(wait=True)
        elif self._pumps % FLUSH_EVERY == 0:
            self._context.gaps.soon(self._flush)  # a piece of work of its own
        self._say_lost(self.inlet)
        self._go_on_soon()
        if fresh or self._unsaid:
            self._unsaid = False
            self.numbers_changed.emit()

    def _flush(self, *, wait: bool = False) -> None:
        """Hand what was folded to the writer; with ``wait`` it is on disk when this returns."""
        if self.inlet is None:
            return
        try:
            self.inlet.flush(wait=wait)
        except UserError as error:
            if self.saved or wait:
                self._say_unsaved(error)
            self.saved = False
        else:
            self.saved = not self.inlet.unsaved  # a batch that is tried again is not on disk while it is tried
            if self.saved and self._told_unsaved:
                self._context.notices.withdraw(self._told_unsaved)
                self._told_unsaved = ""
                self.saved_again.emit()

    def _say_unsaved(self, error: UserError) -> None:
        """Say that the disk does not take the numbers. Nobody need type them again: they are tried until it does."""
        kept = _("The numbers are kept, and saved as soon as they can be; leave the desk open until then.")
        self._told_unsaved = str(UserError(error.what, kept=kept, todo=error.todo))
        self._context.notices.error(self._told_unsaved)

    def _catch_up(self) -> None:
        """Work off a flood in small slices, so that the prompter's frames come between them."""
        self._behind = False
        if self.inlet is None:
            return
        if self.inlet.waiting:
            self._unsaid = bool(self.inlet.pump_slice()) or self._unsaid
        elif self._unread:
            self._read()
        self._go_on_soon()

    def _go_on_soon(self) -> None:
        """Let the next slice follow after a breath, where there is one."""
        if self.inlet is not None and (self.inlet.waiting or self._unread) and not self._behind:
            self._behind = True
            QTimer.singleShot(_BREATH_MS, lambda: self._context.gaps.soon(self._catch_up))

    def _say_lost(self, inlet: Inlet) -> None:
        """Say it once where more came than memory, or the recording, holds: nothing is lost in silence."""
        if inlet.lost and not self._told_lost:
            self._told_lost = True
            self._context.notices.error(
                lambda: _("More records came than the desk can hold: the newest are not counted.")
            )
        if inlet.unrecorded and not self._told_unrecorded:
            self._told_unrecorded = True
            self._context.notices.error(
                lambda: _(
                    "The recording of this show is not whole: not all that came could be written. The figures are."
                )
            )


def _ended(name: Callable[[], str], left_out: Callable[[], str]) -> str:
    """Say that a source has ended, and what of its lines was not taken in."""
    ended = _("{name} has ended.").format(name=name())
    return f"{ended} {left_out()}".rstrip()


def _made_way(name: Callable[[], str]) -> str:
    text = _("“{name}” was stopped: a recording is played in from the command line, and the two would mix.")
    return text.format(name=name())
