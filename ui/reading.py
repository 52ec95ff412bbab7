"""Writes down what is read while a session is on air, and knows the pace the anchor reads at."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.reading import Reading
from liveshop_desk.model.session import State
from liveshop_desk.ops import anchors
from liveshop_desk.prompter.pace import PaceUnit
from liveshop_desk.prompter.pace_words import pace_text
from liveshop_desk.prompter.reader import Turn
from liveshop_desk.prompter.reading import ReadingLog, Seen, worth_proposing
from liveshop_desk.store import queries, readings
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.store import Store
from ui.context import Context
from ui.evening import Evening
from ui.prompting import Prompting, usual_pace

LOOK_MS = 250
WRITE_EVERY = 20  # looks: a crash loses at most 5 s of this record
_MOST = 5_000  # rows kept while the disk does not take them


class Readings(QObject):
    """Follows the one reader. The shop file is only written by the inlet's writer, in its own time."""

    def __init__(self, context: Context, evening: Evening, prompting: Prompting) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self._prompting = prompting
        self._reader = prompting.reader
        self._log: ReadingLog | None = None
        self._pitch = ""  # on air now
        self._anchor = ""  # of the session on air, for what is proposed after it
        self._waiting: list[Reading] = []
        self._writing: tuple[Future[None], list[Reading]] | None = None
        self._looks = 0
        self._ended = False
        self._unit = self._reader.text.unit  # what the last script was counted in
        self._forget = [self._reader.changed.connect(self._look), self._reader.turned.connect(self._on_turned)]
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._follow())
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._tick))
        self._follow()

    def close(self) -> None:
        """Hand in what was read till now and listen no more."""
        self._timer.stop()
        for forget in self._forget:
            forget()
        self._close_log()
        self._write(last=True)

    def _follow(self) -> None:
        """Watch the session on air, and read at its anchor's pace."""
        session = self._context.on_air()
        self._take_pace()
        wanted = session.id if session is not None and session.state is State.LIVE else ""
        if wanted == (self._log.session_id if self._log else ""):
            return
        self._close_log()
        if session is not None and wanted:
            self._log = ReadingLog(wanted, new_id)
            self._anchor = session.anchor if not session.rehearsal else ""
            self._pitch = self._on_air()
            self._open()
            self._timer.start()

    def _take_pace(self) -> None:
        """Give the reader the anchor's own pace, once for each time it is another."""
        pace = usual_pace(self._context)
        if pace != self._prompting.given_pace:
            self._prompting.given_pace = pace
            self._reader.set_pace(pace)

    def _seen(self, units: float) -> Seen:
        return Seen(self._context.desk.clock.now(), units, self._reader.pace, self._reader.playing)

    def _look(self) -> None:
        if self._log is not None:
            self._log.observe(self._seen(self._reader.position))

    def _open(self) -> None:
        row = self._prompting.row
        if self._log is not None:
            segment_id = row.segment.id if row is not None else ""
            reader = self._reader
            if reader.text.spoken:
                self._unit = reader.text.unit
            self._log.open(segment_id, reader.paragraphs, reader.text, self._seen(reader.position))

    def _on_turned(self, turn: Turn) -> None:
        if self._log is None:
            return
        before = self._seen(turn.old_units)
        if turn.fresh:
            self._log.observe(before)
            self._open()
        else:
            self._log.turn(turn.new, self._reader.text, before, turn.new_units)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("pitches") and self._log is not None:
            before, self._pitch = self._pitch, self._on_air()
            if self._pitch != before:
                self._look()
                self._open()  # the same segment again is another time on air
                self._write()
        if changes.touches("sessions", "anchors"):
            self._follow()

    def _on_air(self) -> str:
        """Return the id of the pitch on air; "" for none."""
        session_id = self._log.session_id if self._log is not None else ""
        pitches = queries.pitches(self._context.desk.store, session_id) if session_id else []
        return next((pitch.id for pitch in pitches if pitch.ended_at is None), "")

    def _close_log(self) -> None:
        if self._log is not None:
            self._look()
            self._log.close()
            self._waiting += self._log.take()
            self._log, self._ended = None, True
            self._write()

    def _tick(self) -> None:
        self._look()
        self._looks += 1
        if self._looks % WRITE_EVERY == 0 or self._ended:
            self._write()
        if self._ended and self._writing is None and not self._waiting:
            self._ended = False
            self._propose()
        if self._log is None and not self._ended:
            self._timer.stop()

    def _write(self, *, last: bool = False) -> None:
        """Hand what is new to the writer, one batch at a time; what the disk does not take is handed in again."""
        if self._writing is not None:
            future, rows = self._writing
            if not future.done() and not last:
                return
            self._writing = None
            error = future.exception() if future.done() else None
            if isinstance(error, (UserError, OSError)):  # a fault of the program (it is logged) would come again
                self._waiting = (rows + self._waiting)[-_MOST:]
        if self._log is not None:
            self._waiting += self._log.take()
        if self._waiting and self._evening.inlet is not None:
            rows, self._waiting = self._waiting, []
            self._writing = (self._evening.inlet.write_beside(lambda store: _keep(store, rows)), rows)

    def _propose(self) -> None:
        """After a show: the anchor reads otherwise than the desk plans. Say so, and offer to plan with it."""
        name, self._anchor = self._anchor, ""
        found = anchors.pace_in_shows(self._context.desk.store, name) if name else None
        if found is None or not worth_proposing(found, self._prompting.given_pace):
            return
        self._context.notices.info(
            partial(_reads_otherwise, name, found, self._unit, self._prompting.given_pace),
            action=lambda: _("Plan with {pace}").format(pace=found),
            on_action=lambda: self._context.attempt(anchors.set_pace, name, found),
        )


def _reads_otherwise(name: str, found: int, unit: PaceUnit, used: float) -> str:
    return _("{name} read {pace} in the last shows; the desk plans with {used}.").format(
        name=name, pace=pace_text(found, unit), used=round(used)
    )


def _keep(store: Store, rows: list[Reading]) -> None:
    readings.write(store, rows)
