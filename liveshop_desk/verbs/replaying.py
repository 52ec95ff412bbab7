"""``replay``: a recording is played into the session on air, as fast as it happened or faster."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from liveshop_desk.desk import Desk
from liveshop_desk.errors import Refused
from liveshop_desk.feeds.inbox import own_inlet, take_posted
from liveshop_desk.feeds.record import encode
from liveshop_desk.feeds.recording import BATCH, Recording, Replay, is_stray
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.record import Record
from liveshop_desk.model.session import Session, State
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.lock import ShopLock
from liveshop_desk.verbs.call import Call, json_option, print_json, say, shop_option, stop_like_ctrl_c
from liveshop_desk.verbs.sessions import find_session, not_live, session_option

REST = 0.1  # seconds between two looks at the schedule
FASTEST = 1_000  # a second is a millisecond then: what came first cannot be told in less


@dataclass(frozen=True, slots=True)
class Played:
    """What a replay came to. ``new`` counts the records nobody had sent before, ``moved`` those outside the show.

    A recording of this very show keeps its own times: the fold takes what was before its start as of then, what is
    still to come as of now.
    """

    recording: Recording
    new: int
    moved: int
    stopped: bool


def command() -> click.Command:
    """Return the verb."""

    @click.command("replay", help=_("Feed a recording (JSON lines) into the session on air. Ctrl+C stops it cleanly."))
    @click.argument("file", type=click.Path(path_type=Path))
    @session_option(_("The session on air."))
    @click.option(
        "--speed",
        type=click.FloatRange(0, FASTEST),
        default=1.0,
        show_default=True,
        help=_("60 plays an hour in a minute; 0 as fast as the same figures can come of it."),
    )
    @json_option
    @shop_option
    @click.pass_obj
    def replay(call: Call, file: Path, session: str, speed: float, as_json: bool) -> int:
        stop_like_ctrl_c()
        with call.desk() as desk:
            found = find_session(desk.store, session, (State.LIVE,))
            if found.state is not State.LIVE:
                raise not_live(found)
            played = _play(desk, found, Recording(file, queries.meta(desk.store, "salt") or ""), speed)
        print_json(_as_json(played)) if as_json else _tell(played)
        refusal = None if played.stopped else played.recording.refusal()
        if refusal is not None:
            raise refusal
        return 1 if played.recording.bad_count else 0

    return replay


def _play(desk: Desk, session: Session, recording: Recording, speed: float) -> Played:
    """Play to the end or to Ctrl+C; what was handed out by then is written."""
    schedule = _schedule(desk, session, recording, speed)
    sink = _sink(desk, session)
    start = session.started_at or desk.clock.now()
    new, moved, stopped = 0, 0, False
    try:
        sink.take(schedule.begin())
        while not schedule.done:
            records = schedule.due()
            now = desk.clock.now()
            moved += sum(not start <= record.at <= now for record in records)
            new += sink.take(records)
            if len(records) < BATCH and not schedule.done:
                time.sleep(REST)
    except KeyboardInterrupt:
        stopped = True
    finally:
        try:
            sink.take(schedule.end())
        finally:
            sink.close()
    return Played(recording, new, moved, stopped)


def _sink(desk: Desk, session: Session) -> _Own | _Window:
    """Return where records go: to the window that has the shop file open, else into a fold of our own."""
    try:
        lock = ShopLock.acquire(desk.store.path, plays=True)
    except Refused:
        return _Window(desk, session)
    try:
        return _Own(desk, session, lock)
    except BaseException:
        lock.release()
        raise


class _Own:
    """No window has the shop file open: the figures are folded and written here.

    None may open it till the end: two folds of one session would write over each other's figures.
    """

    def __init__(self, desk: Desk, session: Session, lock: ShopLock) -> None:
        self._store = desk.store
        self._lock = lock
        self._inlet = own_inlet(desk.store, session, desk.settings.source_order)

    def take(self, records: list[Record]) -> int:
        """Take records; return how many were new."""
        self._inlet.receive(records)
        fresh = self._inlet.pump()
        self._inlet.flush()
        return fresh

    def close(self) -> None:
        """Write the rest, with what another process left for us meanwhile."""
        try:
            while take_posted(self._store, self._inlet, queries.meta(self._store, "salt") or "", BATCH):
                self._inlet.pump()
            self._inlet.close()
        finally:
            self._lock.release()


class _Window:
    """A window has the session open and owns its figures: the records are left for it to take in."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._store = desk.store
        self._session_id = session.id

    def take(self, records: list[Record]) -> int:
        """Leave records; all count as new, for the window alone knows which it has seen."""
        if records:
            inflow.post(self._store, self._session_id, [encode(record) for record in records])
        return len(records)

    def close(self) -> None:
        """Nothing is held back."""


def _schedule(desk: Desk, session: Session, recording: Recording, speed: float) -> Replay:
    """Lay the recording on the session's clock.

    One of this very show keeps its own times. Another begins now, its times drawn together as it is played.
    Played at once it is laid on the session from its start; where the show is younger than the recording is long, its
    times are drawn together too, so that all of it has happened by now.
    """
    first = next(iter(recording), None)
    now, start = desk.clock.now(), session.started_at or desk.clock.now()
    if first is None or start <= first.at <= now:
        return Replay(recording, speed, desk.clock)
    if speed:
        return Replay(recording, speed, desk.clock, shift_to=now, squeeze=True)
    early = late = first.at
    for record in recording:  # one by one: a flood's recording has millions
        if not is_stray(record.at, first.at):
            early, late = min(early, record.at), max(late, record.at)
    pace = max(1, min((late - early) / max(now - start, 1), FASTEST))
    return Replay(recording, pace, desk.clock, shift_to=start + round((first.at - early) / pace), squeeze=True)


def _as_json(played: Played) -> dict[str, Any]:
    recording = played.recording
    return {
        "read": recording.read,
        "new": played.new,
        "moved": played.moved,
        "bad": recording.bad_count,
        "unknown": recording.unknown.total(),
        "unknown_kinds": dict(recording.unknown),
        "stopped": played.stopped,
    }


def _tell(played: Played) -> None:
    recording = played.recording
    name = recording.path.name
    for bad in recording.bad:
        say(_("{file}, line {line}: {why}").format(file=name, line=bad.number, why=bad.why))
    for kind, n in recording.unknown.most_common():
        say(_("Unknown kind “{kind}”: {n}").format(kind=kind, n=n))
    say(
        _("{read} lines read: {new} new records, {bad} bad, {unknown} of unknown kinds").format(
            read=recording.read, new=played.new, bad=recording.bad_count, unknown=recording.unknown.total()
        )
    )
    if played.moved:
        text = ngettext(
            "{n} record lies outside the show's time so far and was counted at its edge: the curve over time is not "
            "right there, nor which of several sources counts.",
            "{n} records lie outside the show's time so far and were counted at its edge: the curve over time is not "
            "right there, nor which of several sources counts.",
            played.moved,
        )
        say(text.format(n=played.moved))
    if played.stopped:
        say(_("Stopped. Everything received until then is written."))
