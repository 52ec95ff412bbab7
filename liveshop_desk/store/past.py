"""The sessions before a session, with their figures."""

from __future__ import annotations

from dataclasses import replace

from liveshop_desk.model.carry import Carry, grounds
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.grid import HOLD_MS
from liveshop_desk.model.review_kpis import PAST, Past, final_figures
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.session import Session
from liveshop_desk.store import queries
from liveshop_desk.store.inflow import carry
from liveshop_desk.store.records import session_of
from liveshop_desk.store.store import Row, Store

_WHEN = "coalesce(started_at, planned_start, 0)"


def last_sessions(store: Store, session: Session, before: Instant) -> tuple[list[Past], bool]:
    """Return the last sessions before ``before`` with their figures, newest first, and whether they are the anchor's.

    Rehearsals are never among them. The anchor's own come first; where there are none, the shop's.
    """
    rows, of_anchor = _before(store, session, before)
    return [_past(store, session_of(row)) for row in rows], of_anchor


def ended_before(store: Store, session: Session, before: Instant) -> list[Session]:
    """Return the same sessions without their figures."""
    return [session_of(row) for row in _before(store, session, before)[0]]


def _before(store: Store, session: Session, before: Instant) -> tuple[list[Row], bool]:
    rows: list[Row] = []
    if session.anchor:
        rows = _ended(store, session.id, before, " AND anchor = ?", (session.anchor,))
    return rows or _ended(store, session.id, before), bool(rows)


def _ended(store: Store, but: str, before: Instant, more: str = "", args: tuple[str, ...] = ()) -> list[Row]:
    return store.rows(
        f"SELECT * FROM sessions WHERE state = 'ended' AND NOT rehearsal AND id != ? AND {_WHEN} < ?{more}"  # noqa: S608
        f" ORDER BY {_WHEN} DESC, id LIMIT {PAST}",
        (but, before, *args),
    )


def _past(store: Store, session: Session) -> Past:
    kept = carry(store, session.id)
    ends = [_held(each, kept, session.ended_at) for each in _ends(store, session.id)]
    known = final_figures(ends, queries.figures(store, session.id), grounds(kept) if kept else None)
    if session.started_at is not None and session.ended_at is not None:
        known.setdefault("on_air_seconds", (session.ended_at - session.started_at) / 1000)
    return Past(session.id, session.theme, session.started_at, known)


def _held(end: Rollup, kept: Carry | None, until: Instant | None) -> Rollup:
    """Return the level with its last figure standing to the session's end, as the session's own review counts it."""
    stood = kept.tracks.get(end.metric) if kept and end.metric == "online" else None
    if kept is None or stood is None or stood.at is None or until is None or until <= stood.at:
        return end
    if kept.ends.get(end.metric) != (end.bucket, end.last):  # written anew since: a file told it
        return end
    seconds = min(until - stood.at, HOLD_MS) / 1000
    return replace(end, area=end.area + stood.value * seconds, seconds=end.seconds + seconds)


def _ends(store: Store, session_id: str) -> list[Rollup]:
    """Return one bucket a metric over the whole session: its last figure, peak and area."""
    rows = store.rows(
        "SELECT metric, max(bucket) AS bucket, sum(n) AS n, min(low) AS low, max(high) AS high, sum(area) AS area,"
        " sum(seconds) AS seconds, (SELECT e.last FROM rollups e WHERE e.session_id = r.session_id"
        " AND e.metric = r.metric ORDER BY e.bucket DESC LIMIT 1) AS last"
        " FROM rollups r WHERE session_id = ? GROUP BY metric",
        (session_id,),
    )
    return [
        Rollup(r["metric"], r["bucket"], r["n"], r["low"], r["high"], r["last"], r["area"], r["seconds"]) for r in rows
    ]
