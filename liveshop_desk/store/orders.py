"""The paid lines and refunds that are kept of some order numbers or of one session: what an order file completes."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.store.step import Fields
from liveshop_desk.store.store import Row, Store

_COLUMNS = "e.id, e.session_id, e.at, e.kind, e.source, e.sku, e.quantity, e.amount, e.order_no, e.key, e.estimated"
_KINDS = "e.kind IN ('order', 'refund', 'replaced')"


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One row of ``events``. ``kind`` is order, refund or replaced: a line that a file has told better since."""

    id: int
    session_id: str
    at: Instant
    kind: str
    source: str
    sku: str
    units: int | None
    amount: Fen | None
    order: str
    key: str
    estimated: bool

    @property
    def counted(self) -> int:
        """Return the units it counts for: one where nobody told."""
        return 1 if self.units is None else self.units


def of_numbers(store: Store, numbers: Collection[str]) -> list[KeptLine]:
    """Return what is kept of these order numbers in real sessions, oldest first."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM events e JOIN sessions s ON s.id = e.session_id"  # noqa: S608 - constant text
        f" WHERE {_KINDS} AND NOT s.rehearsal AND e.order_no IN (SELECT value FROM json_each(?)) ORDER BY e.id",
        (json.dumps(list(numbers)),),
    )
    return [_line(row) for row in rows]


def of_session(store: Store, session_id: str) -> list[KeptLine]:
    """Return a session's paid lines and refunds that stand, in order of time."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM events e WHERE e.session_id = ?"  # noqa: S608 - constant text
        " AND e.kind IN ('order', 'refund') ORDER BY e.at, e.id",
        (session_id,),
    )
    return [_line(row) for row in rows]


def newest_event(store: Store) -> int:
    """Return the highest number in use."""
    row = store.row("SELECT max(id) AS id FROM events")
    return (row["id"] if row else None) or 0


def carry_row(store: Store, session_id: str) -> Fields | None:
    """Return what is kept beside a session's buckets, as its row."""
    row = store.row("SELECT session_id, text FROM carries WHERE session_id = ?", (session_id,))
    return dict(row) if row else None


def _line(row: Row) -> KeptLine:
    return KeptLine(
        row["id"], row["session_id"], row["at"], row["kind"], row["source"], row["sku"] or "", row["quantity"],
        row["amount"], row["order_no"] or "", row["key"] or "", bool(row["estimated"]),
    )  # fmt: skip
