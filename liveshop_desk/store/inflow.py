"""Numbers pouring in: written in batches beside the journal (an edit is a person's act, a sample is not)."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from json import dumps
from typing import NamedTuple

from liveshop_desk.changes import Changes
from liveshop_desk.model.carry import Carry, carry_text, parse_carry
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import title_key
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.seen import WINDOW, record_key
from liveshop_desk.store import left, shortfall
from liveshop_desk.store.store import Store
from liveshop_desk.store.tape import Tape, Taped

_INSERT_EVENT = (
    "INSERT OR IGNORE INTO events (session_id, at, kind, source, metric, value, sku, quantity, amount,"
    " order_no, viewer, key, estimated) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
# A line that an order file tells better stays on record, so that it cannot come again.
_TURN_EVENT = "UPDATE events SET kind = ? WHERE id = ?"
_FIND_EVENT = "SELECT id, kind, sku, quantity FROM events WHERE session_id = ? AND key = ?"
# Clicks on one SKU in one bucket are one row: a flood of them must not fill the file.
_ADD_CLICKS = (
    "INSERT INTO events (session_id, at, kind, source, sku, quantity, key) VALUES (?,?,'click','',?,?,?)"
    " ON CONFLICT (session_id, key) WHERE key IS NOT NULL DO UPDATE SET quantity = quantity + excluded.quantity"
)


class Batch(NamedTuple):
    """What one flush writes. ``moves_stock``: orders take their units off; ``inbox``: lines up to it are done.

    ``clicks`` are (SKU, start of the bucket, how many); ``received`` goes into the session's recording.
    """

    session_id: str
    records: tuple[Record, ...] = ()
    rollups: tuple[Rollup, ...] = ()
    carry: Carry | None = None
    moves_stock: bool = False
    inbox: int = 0
    clicks: tuple[tuple[str, Instant, int], ...] = ()
    received: tuple[Record, ...] = ()


class Place(NamedTuple):
    """Where the prompter was: reading units in a segment's script, at an instant."""

    segment_id: str
    position: float
    pace: float
    playing: bool
    at: Instant


def write_batch(store: Store, batch: Batch, tape: Tape | None = None) -> Changes | None:
    """Write a batch in one transaction, all or nothing; return whose stock has moved, for the caller to announce.

    Who hears of it has no say in whether the batch is written: what is on disk must not be written again.
    """
    conn = store.db.conn
    taped: Taped | None = None
    with store.transaction():
        moved = _write_events(store, batch)
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
        for sku, units in moved.items():
            shortfall.move(conn, batch.session_id, sku, units)
        if batch.inbox:
            conn.execute("DELETE FROM inbox WHERE session_id = ? AND id <= ?", (batch.session_id, batch.inbox))
        if tape is not None and batch.received:
            taped = tape.write(conn, batch.received, store.clock.now())
    if tape is not None and taped is not None:
        tape.keep(taped)
    return Changes("sold", frozenset(("skus", sku) for sku in moved)) if moved else None


def _write_events(store: Store, batch: Batch) -> Counter[str]:
    """Write the records, each once, and return the units that the new ones among them took off the stock."""
    conn, moved = store.db.conn, Counter[str]()
    for record in batch.records:
        if record.kind in ("void", "revive"):
            _turn(conn, batch, record, moved)
            continue
        fresh = conn.execute(_INSERT_EVENT, _event(batch.session_id, record)).rowcount
        if not (fresh and batch.moves_stock and record.sku):
            continue
        if record.kind == "order":
            moved[record.sku] += 1 if record.quantity is None else record.quantity
        elif record.kind == "refund" and record.quantity:  # one that tells no units gives back money, not goods
            moved[record.sku] -= record.quantity
    conn.executemany(_ADD_CLICKS, [(batch.session_id, at, sku, n, f"clicks:{sku}:{at}") for sku, at, n in batch.clicks])
    return moved


def _turn(conn: sqlite3.Connection, batch: Batch, record: Record, moved: Counter[str]) -> None:
    """Let a kept line count no more, or again; the stock moves by what it is kept as."""
    row = conn.execute(_FIND_EVENT, (batch.session_id, record.id)).fetchone()
    counts = row is not None and row["kind"] in ("order", "refund")
    if row is None or counts != (record.kind == "void"):
        return
    refund = (row["kind"] if counts else record.status) == "refund"
    kind = "replaced" if counts else "refund" if refund else "order"
    conn.execute(_TURN_EVENT, (kind, row["id"]))
    if batch.moves_stock and row["sku"]:
        units = (row["quantity"] or 0) if refund else 1 if row["quantity"] is None else row["quantity"]
        moved[row["sku"]] += units if counts == refund else -units


def _event(session_id: str, record: Record) -> tuple[object, ...]:
    """Return the columns of a kept record."""
    return (
        session_id, record.at, record.kind, record.source, record.metric or None, record.value, record.sku or None,
        record.quantity, record.amount, record.order or None, record.viewer or None, record_key(record),
        1 if record.estimated else None,
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


def recent(store: Store, session_id: str) -> list[tuple[str, str, str, str]]:
    """Return (key, kind, order number, source) of the newest kept records, oldest first: resent ones are recognised.

    Money has a window of its own, as in the live figures: nothing else must make an order count twice.
    """
    found: list[tuple[str, str, str, str]] = []
    for which in ("IN ('order', 'refund', 'replaced', 'late', 'late_refund')", "= 'sample'"):
        rows = store.rows(
            "SELECT key, kind, order_no, source FROM events WHERE session_id = ? AND key IS NOT NULL"  # noqa: S608
            f" AND kind {which} ORDER BY id DESC LIMIT ?",
            (session_id, WINDOW),
        )
        found += [(row["key"], row["kind"], row["order_no"] or "", row["source"]) for row in reversed(rows)]
    return found


def late(store: Store, session_id: str) -> list[tuple[str, Record]]:
    """Return (key, line) of what relays told of orders that an order file had told already, oldest first."""
    rows = store.rows(
        "SELECT at, kind, source, sku, quantity, amount, order_no, key, estimated FROM events WHERE session_id = ?"
        " AND kind IN ('late', 'late_refund') ORDER BY id",
        (session_id,),
    )
    return [
        (
            row["key"],
            Record(
                row["at"], "refund" if row["kind"] == "late_refund" else "order", row["source"], sku=row["sku"] or "",
                quantity=row["quantity"], amount=row["amount"], order=row["order_no"] or "",
                estimated=bool(row["estimated"]),
            ),
        )
        for row in rows
    ]  # fmt: skip


def kept_by_source(store: Store, session_id: str) -> Counter[str]:
    """Return how many records of each source are kept one by one."""
    rows = store.rows(
        "SELECT source, count(*) AS n FROM events WHERE session_id = ? AND kind != 'click' GROUP BY source",
        (session_id,),
    )
    return Counter({row["source"]: row["n"] for row in rows})


def live_price(store: Store, sku: str) -> Fen | None:
    """Return what a SKU costs in the show now, by our id; ``None`` where it is unknown."""
    row = store.row("SELECT live_price FROM skus WHERE id = ?", (sku,))
    return row["live_price"] if row else None


def sku_names(store: Store) -> dict[str, str]:
    """Return every name a source may use for a SKU (id, code, barcode, source key) → SKU id.

    A product's own code stands for its SKU where it has just one.
    """
    return _named(
        store.rows(
            "SELECT p.code, p.source_key, min(s.id) AS sku FROM products p"
            " JOIN skus s ON s.product_id = p.id GROUP BY p.id HAVING count(*) = 1"
        ),
        store.rows("SELECT id, code, barcode, source_key FROM skus"),
    )


def sku_names_of(store: Store, changed: Iterable[str]) -> dict[str, str] | None:
    """Return ``sku_names`` of the products with these ids, or with SKUs of these ids; ``None`` where one is gone."""
    given = set(changed)
    ids = dumps(list(given))
    rows = store.rows(
        "SELECT id, product_id FROM skus WHERE id IN (SELECT value FROM json_each(?1))"
        " UNION ALL SELECT id, id FROM products WHERE id IN (SELECT value FROM json_each(?1))",
        (ids,),
    )
    if len({row["id"] for row in rows}) < len(given):
        return None
    ids = dumps(list({row["product_id"] for row in rows}))
    return _named(
        store.rows(
            "SELECT p.code, p.source_key, min(s.id) AS sku FROM products p JOIN skus s ON s.product_id = p.id"
            " WHERE p.id IN (SELECT value FROM json_each(?)) GROUP BY p.id HAVING count(*) = 1",
            (ids,),
        ),
        store.rows(
            "SELECT id, code, barcode, source_key FROM skus WHERE product_id IN (SELECT value FROM json_each(?))",
            (ids,),
        ),
    )


def _named(products: Iterable[sqlite3.Row], skus: Iterable[sqlite3.Row]) -> dict[str, str]:
    """Join the names of products of one SKU (code, source key, SKU) with those of the SKUs, which come before them."""
    names: dict[str, str] = {}
    for *called, sku in products:
        for name in called:
            if name:
                names[name] = sku
    for sku, code, barcode, key in skus:
        for name in (barcode, key, code, sku):
            if name:
                names[name] = sku
    return names


def sku_titles(store: Store) -> dict[str, str]:
    """Return the titles only one SKU goes by, folded → its id: the product's where it has one SKU, else with its spec.

    An order list without codes names nothing else; a title two products share names neither.
    """
    found: dict[str, set[str]] = {}
    for row in store.rows(
        "SELECT p.title AS title, s.spec AS spec, s.id AS sku, count(*) OVER (PARTITION BY p.id) AS skus"
        " FROM products p JOIN skus s ON s.product_id = p.id"
    ):
        called = [row["title"]] if row["skus"] == 1 else []
        called += [f"{row['title']}{joint}{row['spec']}" for joint in (" - ", " ")] if row["spec"] else []
        for title in called:
            found.setdefault(title_key(title), set()).add(row["sku"])
    return {title: skus.pop() for title, skus in found.items() if title and len(skus) == 1}


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
        leave(store, session_id, lines)


def leave(store: Store, session_id: str, lines: Iterable[str]) -> None:
    """Do the same inside the caller's transaction."""
    left.leave(store.db.conn, session_id, list(lines))


def waiting(store: Store, session_id: str) -> list[str]:
    """Return the lines nobody has folded and written yet, oldest first."""
    rows = store.rows("SELECT line FROM inbox WHERE session_id = ? ORDER BY id", (session_id,))
    return [row["line"] for row in rows]


def posted(store: Store, session_id: str, after: int, most: int) -> list[tuple[int, str]]:
    """Return (number, line) of what another process left for a session, after ``after``; a batch removes it."""
    rows = store.rows(
        "SELECT id, line FROM inbox WHERE session_id = ? AND id > ? ORDER BY id LIMIT ?", (session_id, after, most)
    )
    return [(row["id"], row["line"]) for row in rows]
