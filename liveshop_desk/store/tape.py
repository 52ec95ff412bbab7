"""The recording of a session: everything received, as feed-record lines in compressed chunks.

What the law lets us keep is what the figures need (LAW.md: counts, not people; shortest time). So a comment's words and
the viewers' hashes are left out of everything but orders and refunds, which the events table keeps as well; a record
that was told from others by them gets their hash as its id. Nothing has to be purged after 30 days then.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.line import bare_line
from liveshop_desk.model.record import Record
from liveshop_desk.store.store import Store

CHUNK = 64 * 1024  # bytes of lines before the next row is begun
LIMIT = 256 * 1024 * 1024  # compressed bytes a session: 60 hours of 100 records a second
_LEVEL = 1  # these lines shrink to a tenth at any level; the cheapest takes a third of the time


class Taped(NamedTuple):
    """The newest row as it is once the transaction is through."""

    row: int | None
    raw: bytes
    n: int
    size: int
    all_bytes: int


class Tape:
    """Writes one session's recording, batch by batch. A small batch joins the row before it."""

    def __init__(self, store: Store, session_id: str) -> None:
        self._session_id = session_id
        row = store.row("SELECT sum(length(lines)) AS n FROM recordings WHERE session_id = ?", (session_id,))
        self._last = Taped(None, b"", 0, 0, (row["n"] if row else 0) or 0)
        self.full = False

    def write(self, conn: sqlite3.Connection, records: Iterable[Record], at: Instant) -> Taped | None:
        """Write records inside the caller's transaction; ``keep`` what this returns when it is through."""
        last = self._last
        if last.all_bytes >= LIMIT:
            self.full = True
            return None
        lines = [bare_line(record) for record in records]
        raw, n = ("\n".join(lines) + "\n").encode(), len(lines)
        if last.row is not None and len(last.raw) + len(raw) <= CHUNK:
            raw, n = last.raw + raw, last.n + n
            packed = zlib.compress(raw, _LEVEL)
            conn.execute("UPDATE recordings SET n = ?, lines = ? WHERE id = ?", (n, packed, last.row))
            return Taped(last.row, raw, n, len(packed), last.all_bytes - last.size + len(packed))
        packed = zlib.compress(raw, _LEVEL)
        row = conn.execute(
            "INSERT INTO recordings (session_id, at, n, lines) VALUES (?, ?, ?, ?)", (self._session_id, at, n, packed)
        ).lastrowid
        return Taped(row, raw if len(raw) < CHUNK else b"", n, len(packed), last.all_bytes + len(packed))

    def keep(self, taped: Taped) -> None:
        """Go on from what is on disk now."""
        self._last = taped if taped.raw else taped._replace(row=None)


def recorded(store: Store, session_id: str) -> Iterator[bytes]:
    """Yield a session's recording, a chunk of whole lines at a time."""
    rows = store.rows("SELECT id FROM recordings WHERE session_id = ? ORDER BY id", (session_id,))
    for row in rows:
        found = store.row("SELECT lines FROM recordings WHERE id = ?", (row["id"],))
        if found is not None:
            yield zlib.decompress(found["lines"])
