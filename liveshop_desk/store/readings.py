"""What was read when, beside the journal: written in batches, a row that has grown over itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from liveshop_desk.model.reading import Reading
from liveshop_desk.store.anchors import anchor_id
from liveshop_desk.store.store import Row, Store

_COLUMNS = "id, session_id, segment_id, paragraph, text, started_at, ended_at, units, pace, first, whole"
SHOWS = 3  # how many of an anchor's last shows tell how she reads


def write(store: Store, rows: Iterable[Reading]) -> None:
    """Write rows, all or none; one that is there already is replaced."""
    with store.transaction():
        store.db.conn.executemany(
            f"INSERT OR REPLACE INTO readings ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608 - constant
            [
                (
                    r.id, r.session_id, r.segment_id, r.paragraph, r.text, r.started_at, r.ended_at, r.units, r.pace,
                    r.first, r.whole,
                )
                for r in rows
            ],
        )  # fmt: skip


def readings_of(store: Store, session_id: str) -> list[Reading]:
    """Return what was read in a session, in order of time."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM readings WHERE session_id = ? ORDER BY started_at, id",  # noqa: S608 - constant
        (session_id,),
    )
    return [_reading(row) for row in rows]


def shows_of(store: Store, anchor: str) -> list[list[Reading]]:
    """Return what an anchor read in her last shows, newest first; rehearsals are not among them."""
    wanted = anchor_id(anchor)
    if not wanted:
        return []
    ended = store.rows(
        "SELECT id, anchor FROM sessions WHERE anchor != '' AND NOT rehearsal AND state = 'ended'"
        " AND id IN (SELECT session_id FROM readings) ORDER BY started_at DESC, id"
    )
    sessions = [row for row in ended if anchor_id(row["anchor"]) == wanted][:SHOWS]
    marks = ",".join("?" * len(sessions))
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM readings WHERE session_id IN ({marks}) ORDER BY started_at, id",  # noqa: S608
        [row["id"] for row in sessions],
    )
    held: defaultdict[str, list[Reading]] = defaultdict(list)
    for row in rows:
        held[row["session_id"]].append(_reading(row))
    return [held[row["id"]] for row in sessions]


def _reading(row: Row) -> Reading:
    return Reading(
        row["id"], row["session_id"], row["segment_id"], row["paragraph"], row["text"], row["started_at"],
        row["ended_at"], row["units"], row["pace"], row["first"], row["whole"],
    )  # fmt: skip
