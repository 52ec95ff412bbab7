"""Records left inside a step for a show on air, and the records that take them back: its owner folds both in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _

TABLE = "inbox"  # as the journal calls such a row: its id is the session's, its images are lists of lines
_LAST = (
    "SELECT max((SELECT coalesce(max(id), 0) FROM inbox),"
    " (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE key = 'inbox'))"
)
_NEWER = (
    "SELECT DISTINCT j.id FROM journal j JOIN journal_rows r ON r.step = j.id WHERE j.id > ? AND j.kind = 'do'"
    " AND r.name IN ('inbox', 'carries') AND r.row_id IN (SELECT row_id FROM journal_rows WHERE step = ?"
    " AND name = 'inbox')"
)


def leave(conn: sqlite3.Connection, session_id: str, lines: Sequence[str]) -> None:
    """Leave feed records (as JSON lines) for whoever owns the session's figures, inside the caller's transaction.

    No number is given twice: the owner has read up to some number, and what is folded is gone.
    """
    last: int = conn.execute(_LAST).fetchone()[0]
    rows = [(number, session_id, line) for number, line in enumerate(lines, last + 1)]
    conn.executemany("INSERT INTO inbox (id, session_id, line) VALUES (?, ?, ?)", rows)
    conn.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('inbox', ?)", (str(last + len(rows)),))


def take_back(conn: sqlite3.Connection, session_id: str, before: dict[str, Any] | None) -> list[str]:
    """Leave the records that undo what was left, and return them.

    Raises Refused where there are none (an undo is not done again) and where the show is over: nobody folds them then.
    """
    if before is None:
        raise Refused(
            _("An import into a show on air is not done again by redo."),
            kept=_("Nothing was changed."),
            todo=_("Import the file again: what came in meanwhile is compared anew."),
        )
    state = conn.execute("SELECT state FROM sessions WHERE id = ?", (session_id,)).fetchone()
    if state is None or state[0] != "live":
        raise Refused(
            _("The show has ended since this import: its figures are settled."),
            kept=_("Nothing was changed."),
            todo=_("Import the right order file: it replaces what this one told."),
        )
    lines: list[str] = before["lines"]
    leave(conn, session_id, lines)
    return lines


def newer(conn: sqlite3.Connection, step_id: int) -> set[int]:
    """Return the later acts that told of the same show's orders what ``step_id`` told; none where it told nothing."""
    return {row[0] for row in conn.execute(_NEWER, (step_id, step_id))}
