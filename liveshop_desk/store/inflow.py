"""Numbers pouring in: written in batches beside the journal (an edit is a person's act, a sample is not)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from liveshop_desk.changes import Changes
from liveshop_desk.model.carry import Carry, carry_text, parse_carry
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.seen import WINDOW, record_key
from liveshop_desk.store.store import Store

_INSERT_EVENT = (
    "INSERT OR IGNORE INTO events (session_id, at, kind, source, metric, value, sku, quantity, amount,"
    " order_no, viewer, key) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one flush writes. ``moves_stock``: orders take their units off; ``inbox``: lines up to it are done."""

    session_id: str
    records: tuple[Record, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    carry: Carry | None = None
    moves_stock: bool = False
    inbox: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the prompter was: reading units in a segment's script, at an instant."""

    segment_id: str
    position: float
    pace: float
    playing: bool
    at: Instant


def write_batch(store: Store, batch: Batch) -> None:
    """Write a batch in one transaction, all or nothing; tell everyone whose stock has moved."""
    conn = store.db.conn
    with store.transaction():
        sold = _write_events(store, batch)
        conn.executemany(
            "INSERT OR REPLACE INTO rollups (session_id, metric, bucket, n, low, high, last, area, seconds)"
            " VALUES (?,?,?,?,?,?,?,?,?)",
            [
                (batch.session_id, r.metric, r.bucket, r.n, r.low, r.high, r.last, r.area, r.seconds)
                for r in batch.rollups
            ],
        )
        if batch.carry is not None:
            conn.execute(
                "INSERT OR REPLACE INTO carries (session_id, text) VALUES (?, ?)",
                (batch.session_id, carry_text(batch.carry)),
            )
        conn.executemany(
            "UPDATE skus SET stock = max(0, stock - ?) WHERE id = ? AND stock IS NOT NULL",
            [(units, sku) for sku, units in sold.items()],
        )
        if batch.inbox:
            conn.execute("DELETE FROM inbox WHERE session_id = ? AND id <= ?", (batch.session_id, batch.inbox))
    if sold:
        store.announce(Changes("sold", frozenset(("skus", sku) for sku in sold)))


def _write_events(store: Store, batch: Batch) -> Counter[str]:
    """Write the records, each once, and return the units that the orders among the new ones took."""
    conn, sold = store.db.conn, Counter[str]()
    for record in batch.records:
        fresh = conn.execute(_INSERT_EVENT, _event(batch.session_id, record)).rowcount
        if fresh and batch.moves_stock and record.kind == "order" and record.sku:
            sold[record.sku] += 1 if record.quantity is None else record.quantity
    return sold


def _event(session_id: str, record: Record) -> tuple[object, ...]:
    """Return the columns of a kept record; ``quantity`` holds an order's units or how often somebody clicked."""
    quantity = record.count if record.kind == "click" else record.quantity
    return (
        session_id, record.at, record.kind, record.source, record.metric or None, record.value, record.sku or None,
        quantity, record.amount, record.order or None, record.viewer or None, record_key(record),
    )  # fmt: skip


def rollups(store: Store, session_id: str) -> list[Rollup]:
    """Return a session's buckets in order of time."""
    rows = store.rows("SELECT * FROM rollups WHERE session_id = ? ORDER BY metric, bucket", (session_id,))
    return [
        Rollup(r["metric"], r["bucket"], r["n"], r["low"], r["high"], r["last"], r["area"], r["seconds"]) for r in rows
    ]


def carry(store: Store, session_id: str) -> Carry | None:
    """Return what was kept beside the buckets."""
    row = store.row("SELECT text FROM carries WHERE session_id = ?", (session_id,))
    return parse_carry(row["text"]) if row else None


def recent(store: Store, session_id: str) -> list[tuple[str, str, str]]:
    """Return (key, kind, order number) of the newest kept records, oldest first: resent ones are recognised.

    Money has a window of its own, as in the live figures: a flood of clicks must not make an order count twice.
    """
    found: list[tuple[str, str, str]] = []
    for which in ("IN", "NOT IN"):
        rows = store.rows(
            "SELECT key, kind, order_no FROM events WHERE session_id = ? AND key IS NOT NULL"  # noqa: S608 - constant
            f" AND kind {which} ('order', 'refund') ORDER BY id DESC LIMIT ?",
            (session_id, WINDOW),
        )
        found += [(row["key"], row["kind"], row["order_no"] or "") for row in reversed(rows)]
    return found


def sku_names(store: Store) -> dict[str, str]:
    """Return every name a source may use for a SKU (id, code, barcode, source key) → SKU id.

    A product's own code stands for its SKU where it has just one.
    """
    names: dict[str, str] = {}
    for row in store.rows(
        "SELECT p.code AS code, p.source_key AS key, min(s.id) AS sku FROM products p"
        " JOIN skus s ON s.product_id = p.id GROUP BY p.id HAVING count(*) = 1"
    ):
        names |= {name: row["sku"] for name in (row["code"], row["key"]) if name}
    for row in store.rows("SELECT id, code, barcode, source_key FROM skus"):
        names |= {name: row["id"] for name in (row["barcode"], row["source_key"], row["code"], row["id"]) if name}
    return names


def keep_place(store: Store, session_id: str, place: Place) -> None:
    """Keep where the prompter is (once a second; A10)."""
    with store.transaction():
        store.db.conn.execute(
            "INSERT OR REPLACE INTO places (session_id, segment_id, position, pace, playing, at) VALUES (?,?,?,?,?,?)",
            (session_id, place.segment_id, place.position, place.pace, place.playing, place.at),
        )


def place(store: Store, session_id: str) -> Place | None:
    """Return where the prompter was, or ``None``."""
    row = store.row("SELECT * FROM places WHERE session_id = ?", (session_id,))
    if row is None:
        return None
    return Place(row["segment_id"], row["position"], row["pace"], bool(row["playing"]), row["at"])


def post(store: Store, session_id: str, lines: Iterable[str]) -> None:
    """Leave feed records (as JSON lines) for the desk that has the session open in another process."""
    with store.transaction():
        store.db.conn.executemany(
            "INSERT INTO inbox (session_id, line) VALUES (?, ?)", [(session_id, line) for line in lines]
        )


def posted(store: Store, session_id: str, after: int, most: int) -> list[tuple[int, str]]:
    """Return (number, line) of what another process left for a session, after ``after``; a batch removes it."""
    rows = store.rows(
        "SELECT id, line FROM inbox WHERE session_id = ? AND id > ? ORDER BY id LIMIT ?", (session_id, after, most)
    )
    return [(row["id"], row["line"]) for row in rows]
