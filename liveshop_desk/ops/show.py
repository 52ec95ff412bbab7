"""The evening: make a session, go live, take segments, end (A1, A10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _, listed, mark, ngettext
from liveshop_desk.model.clock import Instant, timer_text
from liveshop_desk.model.rundown import Place, Rundown, rundown
from liveshop_desk.model.session import Pitch, Segment, Session, State
from liveshop_desk.ops import queue
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

OLD_LABELS = (mark("Push the rest by {seconds} s"),)  # still in the record of earlier shows: it keeps its Chinese
AT_ONCE_MS = 1_000  # between the end of one pitch and the next, taken in one step
SLIP_MS = 10_000  # what is on air no longer than this was taken by a wrong key, where “previous” follows
RESUME_MS = 10 * 60_000  # resumed later than this the evening was over: nothing goes on where it stood
_NAMED = 5  # numbers of rows one message tells


def create_session(store: Store, theme: str, **fields: Any) -> str:
    """Make a draft session and return its id. ``fields`` are those of ``Session`` (platforms as a tuple)."""
    session_id = new_id()
    with store.step(mark("New session {theme}"), theme=theme, session_id=session_id) as step:
        step.insert("sessions", {"id": session_id, "theme": theme.strip() or _("Tonight"), **_columns(fields)})
    return session_id


def edit_session(store: Store, session_id: str, **fields: Any) -> None:
    """Change facts of a session (theme, anchor, operator, planned times, goal, platforms, note)."""
    with store.step(mark("Edit session {theme}"), session_id=session_id) as step:
        step.say(theme=_session(store, session_id).theme)
        step.update("sessions", session_id, **_columns(fields))


def remove_session(store: Store, session_id: str) -> None:
    """Remove a draft with its queue. Raises Refused for one that has been on air: records are kept (art. 27)."""
    with store.step(mark("Remove session {theme}"), session_id=session_id) as step:
        session = _session(store, session_id)
        if session.state is not State.DRAFT:
            raise Refused(_("A session that has been on air is kept."))
        step.say(theme=session.theme)
        for segment in queries.segments(store, session_id):
            step.delete("segments", segment.id)
        step.delete("sessions", session_id)


def go_live(store: Store, session_id: str, *, rehearsal: bool = False) -> None:
    """Start the show. One session is on air at a time."""
    with store.step(mark("Go live: {theme}"), undoable=False, session_id=session_id) as step:
        session = _session(store, session_id)
        other = queries.live_session(store)
        if other is not None:
            raise Refused(
                _("{theme} is on air already.").format(theme=other.theme), todo=_("End it before you start another.")
            )
        if session.state is State.ENDED:
            raise Refused(_("This session has ended."), todo=_("Resume it, or make a new one."))
        step.say(theme=session.theme)
        step.update("sessions", session_id, state=State.LIVE, started_at=store.clock.now(), rehearsal=int(rehearsal))


def resume_session(store: Store, session_id: str) -> None:
    """Put an ended session back on air: the wrong key must not end an evening.

    What was on air when it ended goes on as if nothing had been pressed; after ten minutes nothing is on air.
    """
    with store.step(mark("Resume: {theme}"), undoable=False, session_id=session_id) as step:
        session = _session(store, session_id)
        if session.state is not State.ENDED or session.started_at is None:
            raise Refused(_("Only a session that was on air can be resumed."))
        if queries.live_session(store) is not None:
            raise Refused(_("Another session is on air."))
        step.say(theme=session.theme)
        cut = _cut_off(session, queries.pitches(store, session_id), store.clock.now())
        if cut is not None:
            step.update("pitches", cut.id, ended_at=None, online_out=None)
        step.update("sessions", session_id, state=State.LIVE, ended_at=None)


def _cut_off(session: Session, pitches: Sequence[Pitch], now: Instant) -> Pitch | None:
    """Return the pitch that the end of the show has just ended; ``None`` where none was on air, or it is long ago."""
    if session.ended_at is None or now - session.ended_at > RESUME_MS:
        return None
    ended = (p for p in reversed(pitches) if p.ended_at is not None)
    return next((p for p in ended if abs(session.ended_at - (p.ended_at or 0)) < AT_ONCE_MS), None)


def end_show(store: Store, session_id: str, *, online: int | None = None) -> None:
    """End the show and what is on air. ``online`` is the viewer count now, if known."""
    with store.step(mark("End: {theme}"), undoable=False, session_id=session_id) as step:
        step.say(theme=_live(store, session_id).theme)
        _close_pitch(store, step, session_id, online)
        step.update("sessions", session_id, state=State.ENDED, ended_at=store.clock.now())


def timeline(store: Store, session_id: str) -> Rundown:
    """Return the queue's times at this instant."""
    session = _session(store, session_id)
    return rundown(
        queries.segments(store, session_id),
        queries.pitches(store, session_id),
        start=session.planned_start,
        now=store.clock.now(),
        live=session.state is State.LIVE,
    )


def take(store: Store, session_id: str, segment_id: str, *, online: int | None = None) -> str:
    """Put a segment on air (a second time is a new pitch: 返场) and return the pitch's id."""
    segment = queue.find(store, session_id, segment_id)  # before the step, where it is read already: a take is urgent
    pitch_id = new_id()
    with store.step(
        mark("Take {number} {title}"), undoable=False, number=segment.number, title=segment.title, session_id=session_id
    ) as step:
        _live(store, session_id)
        _close_pitch(store, step, session_id, online)
        step.update("segments", segment_id, skipped=0)  # refuses where it is gone by now
        step.insert(
            "pitches",
            {
                "id": pitch_id,
                "session_id": session_id,
                "segment_id": segment_id,
                "started_at": store.clock.now(),
                "ended_at": None,
                "online_in": online,
                "online_out": None,
            },
        )
    return pitch_id


def take_next(store: Store, session_id: str, *, online: int | None = None) -> str:
    """Put the next segment on air. Raises Refused at the end of the queue, naming the rows before it not yet aired."""
    times = timeline(store, session_id)
    if times.standing.next is None:
        raise Refused(_nothing_follows(times), todo=_("Jump to one by its number, or end the show."))
    return take(store, session_id, queries.segments(store, session_id)[times.standing.next].id, online=online)


def _nothing_follows(times: Rundown) -> str:
    """Say why nothing comes next: only what follows is taken in turn, so earlier rows may still wait."""
    waiting = [str(number) for number, timing in enumerate(times.timings, 1) if timing.place is Place.WAITING]
    if not waiting:
        return _("The queue has no next segment.")
    said = ngettext(
        "No row after this one. {n} earlier row has not been on air: {rows}.",
        "No row after this one. {n} earlier rows have not been on air: {rows}.",
        len(waiting),
    )
    return said.format(n=len(waiting), rows=listed(waiting, _NAMED))


def take_previous(store: Store, session_id: str, *, online: int | None = None) -> str:
    """Go back to the nearest segment before the one on air that is not skipped.

    Right after a take this is its way back: what it cut off goes on as if nothing had been pressed, wherever it stands.
    """
    current = timeline(store, session_id).standing.on_air
    segments = queries.segments(store, session_id)
    if cut := _take_back(store, session_id, segments):
        return cut
    before = [s for s in segments[: current or 0] if not s.skipped]
    if not before:
        raise Refused(_("There is no segment before this one."))
    return take(store, session_id, before[-1].id, online=online)


def _take_back(store: Store, session_id: str, segments: Sequence[Segment]) -> str:
    """Put the pitch on air again that a wrong key has just ended; return its id, or nothing where none has."""
    pitches = queries.pitches(store, session_id)
    slip = next((p for p in pitches if p.ended_at is None), None)
    if slip is None or store.clock.now() - slip.started_at > SLIP_MS:
        return ""
    cut = next((p for p in reversed(pitches) if _ends_with(p, slip)), None)
    segment = next((s for s in segments if cut is not None and s.id == cut.segment_id), None)
    if cut is None or segment is None:
        return ""
    with store.step(
        mark("Take {number} {title}"), undoable=False, number=segment.number, title=segment.title, session_id=session_id
    ) as step:
        step.delete("pitches", slip.id)
        step.update("pitches", cut.id, ended_at=None, online_out=None)
    return cut.id


def _ends_with(pitch: Pitch, following: Pitch) -> bool:
    """Tell whether a pitch ended because another was taken, not with the show."""
    return pitch.ended_at is not None and 0 <= following.started_at - pitch.ended_at < AT_ONCE_MS


def jump(store: Store, session_id: str, number: int, *, online: int | None = None) -> str:
    """Put the segment with this number (from 1) on air."""
    segments = queries.segments(store, session_id)
    if not 1 <= number <= len(segments):
        raise Refused(_("There is no segment {number}; the queue has {n}.").format(number=number, n=len(segments)))
    return take(store, session_id, segments[number - 1].id, online=online)


def push_rest(store: Store, session_id: str) -> float:
    """Re-time everything not yet aired so that the plan meets the clock; return the seconds pushed."""
    session = _session(store, session_id)
    times = timeline(store, session_id).standing
    late = -(times.over_under or 0)
    if times.next is None or session.state is not State.LIVE or not late:
        raise Refused(_("There is nothing to push."))
    segment = queries.segments(store, session_id)[times.next]
    label = mark("Push the rest by {time}") if late > 0 else mark("Bring the rest forward by {time}")
    with store.step(label, time=timer_text(abs(late)), session_id=session_id) as step:
        step.update("segments", segment.id, shift_seconds=segment.shift_seconds + round(late))
    return late


def _close_pitch(store: Store, step: Step, session_id: str, online: int | None) -> None:
    for pitch in queries.pitches(store, session_id):
        if pitch.ended_at is None:
            step.update("pitches", pitch.id, ended_at=store.clock.now(), online_out=online)


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    """Turn the model's fields into columns: platforms are kept as one text."""
    if "platforms" in fields:
        fields = fields | {"platforms": ",".join(fields["platforms"])}
    return fields


def _session(store: Store, session_id: str) -> Session:
    session = queries.session(store, session_id)
    if session is None:
        raise Refused(_("There is no session {id}.").format(id=session_id))
    return session


def _live(store: Store, session_id: str) -> Session:
    session = _session(store, session_id)
    if session.state is not State.LIVE:
        raise Refused(_("{theme} is not on air.").format(theme=session.theme), todo=_("Go live first."))
    return session
