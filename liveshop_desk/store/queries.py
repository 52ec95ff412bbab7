"""What the panels read: whole nouns, never bare rows."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from liveshop_desk.model.product import Product, Sku
from liveshop_desk.model.session import Cue, Pitch, Segment, Session, ShelfLink
from liveshop_desk.store.records import cue_of, link_of, pitch_of, product_of, segment_of, session_of, sku_of
from liveshop_desk.store.store import Store

# The scripts of a queue's segments alone: a big shop's texts fill megabytes. Their ids as ``script_id`` makes them.
_SCRIPTS_OF_QUEUE = (
    "SELECT id, text FROM scripts WHERE id IN (SELECT coalesce('product:' || nullif(product_id, ''), 'segment:' || id)"
    " FROM segments WHERE session_id = ?)"
)


class QueueRow(NamedTuple):
    """One row of the queue with all that is shown in it."""

    segment: Segment
    product: Product | None
    listed: bool
    links: tuple[ShelfLink, ...]
    script: str
    was_listed: bool = False  # listed earlier in this session and taken off again


class NamedSku(NamedTuple):
    """A SKU as the record of changes names it."""

    sku: Sku
    title: str
    alone: bool  # its product has no other

    @property
    def item(self) -> str:
        """Return the product's title, with the SKU's words where there are several."""
        return self.title if self.alone else f"{self.title} {self.sku.spec}".strip()


class ScriptTexts(NamedTuple):
    """A script: the ``text`` the anchor reads and the ``draft`` typed beside it, ``None`` where there is none."""

    text: str = ""
    draft: str | None = None


def products(store: Store) -> list[Product]:
    """Return the whole catalogue in its order."""
    skus: defaultdict[str, list[Sku]] = defaultdict(list)
    for row in store.rows("SELECT * FROM skus ORDER BY rank, id"):
        skus[row["product_id"]].append(sku_of(row))
    return [
        product_of(row, tuple(skus.get(row["id"], ())))
        for row in store.rows("SELECT * FROM products ORDER BY rank, id")
    ]


def product_ids(store: Store) -> list[str]:
    """Return the ids of the whole catalogue in its order."""
    return [row["id"] for row in store.rows("SELECT id FROM products ORDER BY rank, id")]


def has_products(store: Store) -> bool:
    """Tell whether the catalogue holds anything."""
    return store.row("SELECT 1 FROM products LIMIT 1") is not None


def product(store: Store, product_id: str) -> Product | None:
    """Return one product, or ``None``."""
    row = store.row("SELECT * FROM products WHERE id = ?", (product_id,))
    if row is None:
        return None
    skus = store.rows("SELECT * FROM skus WHERE product_id = ? ORDER BY rank, id", (product_id,))
    return product_of(row, tuple(sku_of(sku) for sku in skus))


def sku(store: Store, sku_id: str) -> Sku | None:
    """Return one SKU, or ``None``."""
    row = store.row("SELECT * FROM skus WHERE id = ?", (sku_id,))
    return sku_of(row) if row else None


def named_sku(store: Store, sku_id: str) -> NamedSku | None:
    """Return one SKU with its product's title, in one read: every price edit waits for it."""
    row = store.row(
        "SELECT s.*, p.title, (SELECT count(*) FROM skus WHERE product_id = p.id) AS siblings"
        " FROM skus s JOIN products p ON p.id = s.product_id WHERE s.id = ?",
        (sku_id,),
    )
    return NamedSku(sku_of(row), row["title"], row["siblings"] == 1) if row else None


def named_skus(store: Store, sku_ids: Sequence[str]) -> list[NamedSku]:
    """Return those of the SKUs there are, with their products' titles."""
    rows = store.rows(
        "SELECT s.*, p.title, (SELECT count(*) FROM skus WHERE product_id = p.id) AS siblings"
        " FROM skus s JOIN products p ON p.id = s.product_id"
        " WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY p.rank, s.rank, s.id",
        (json.dumps(list(sku_ids)),),
    )
    return [NamedSku(sku_of(row), row["title"], row["siblings"] == 1) for row in rows]


def sessions(store: Store) -> list[Session]:
    """Return all sessions, newest first."""
    rows = store.rows("SELECT * FROM sessions ORDER BY coalesce(started_at, planned_start, 0) DESC, id")
    return [session_of(row) for row in rows]


def session(store: Store, session_id: str) -> Session | None:
    """Return one session, or ``None``."""
    row = store.row("SELECT * FROM sessions WHERE id = ?", (session_id,))
    return session_of(row) if row else None


def live_session(store: Store) -> Session | None:
    """Return the session on air, or ``None``."""
    row = store.row("SELECT * FROM sessions WHERE state = 'live' ORDER BY started_at DESC LIMIT 1")
    return session_of(row) if row else None


def live_session_id(store: Store) -> str | None:
    """Return the id of the session on air, or ``None``."""
    row = store.row("SELECT id FROM sessions WHERE state = 'live' ORDER BY started_at DESC LIMIT 1")
    return row["id"] if row else None


def segments(store: Store, session_id: str) -> list[Segment]:
    """Return the queue's segments in their order, numbered from 1."""
    return list(store.once("segments", session_id, lambda: _segments(store, session_id)))


def _segments(store: Store, session_id: str) -> tuple[Segment, ...]:
    rows = store.rows("SELECT * FROM segments WHERE session_id = ? ORDER BY rank, id", (session_id,))
    return tuple(segment_of(row, number) for number, row in enumerate(rows, 1))


def pitches(store: Store, session_id: str) -> list[Pitch]:
    """Return what went on air, in order of time."""
    return list(store.once("pitches", session_id, lambda: _pitches(store, session_id)))


def _pitches(store: Store, session_id: str) -> tuple[Pitch, ...]:
    rows = store.rows("SELECT * FROM pitches WHERE session_id = ? ORDER BY started_at, id", (session_id,))
    return tuple(pitch_of(row) for row in rows)


def queue(store: Store, session_id: str) -> list[QueueRow]:
    """Return the queue with products, shelf and its own scripts: six reads, whatever its length."""
    found = _products_of_session(store, session_id)
    shelf = {
        row["product_id"]: bool(row["listed"])
        for row in store.rows("SELECT product_id, listed FROM shelf WHERE session_id = ?", (session_id,))
    }
    links: defaultdict[str, list[ShelfLink]] = defaultdict(list)
    for row in store.rows("SELECT * FROM shelf_links WHERE session_id = ? ORDER BY platform", (session_id,)):
        links[row["product_id"]].append(link_of(row))
    scripts = {row["id"]: row["text"] for row in store.rows(_SCRIPTS_OF_QUEUE, (session_id,))}
    return [
        QueueRow(
            segment,
            found.get(segment.product_id or ""),
            shelf.get(segment.product_id or "") is True,
            tuple(links.get(segment.product_id or "", ())),
            scripts.get(script_id(segment), ""),
            shelf.get(segment.product_id or "") is False,
        )
        for segment in segments(store, session_id)
    ]


def listed(store: Store, session_id: str) -> int:
    """Return how many products are on the shelf of a session's live room."""
    row = store.row("SELECT count(*) FROM shelf WHERE session_id = ? AND listed", (session_id,))
    return int(row[0]) if row else 0


def queue_row(store: Store, segment: Segment) -> QueueRow:
    """Return one row of the queue with all that is shown in it; nothing of the others is read."""
    text = script(store, script_id(segment))
    if not segment.product_id:
        return QueueRow(segment, None, False, (), text)
    ids = (segment.session_id, segment.product_id)
    shelf = store.row("SELECT listed FROM shelf WHERE session_id = ? AND product_id = ?", ids)
    listed, was_listed = shelf is not None and bool(shelf["listed"]), shelf is not None and not shelf["listed"]
    links = store.rows("SELECT * FROM shelf_links WHERE session_id = ? AND product_id = ? ORDER BY platform", ids)
    held = tuple(link_of(row) for row in links)
    return QueueRow(segment, product(store, segment.product_id), listed, held, text, was_listed)


def script_id(segment: Segment) -> str:
    """Return the id of the script a segment shows: its product's own, or the segment's where there is no product."""
    return f"product:{segment.product_id}" if segment.product_id else f"segment:{segment.id}"


def script(store: Store, script: str) -> str:
    """Return a script's text; empty where none is written."""
    row = store.row("SELECT text FROM scripts WHERE id = ?", (script,))
    return row["text"] if row else ""


def script_texts(store: Store, script: str) -> ScriptTexts:
    """Return a script's live text and its draft."""
    row = store.row("SELECT text, draft FROM scripts WHERE id = ?", (script,))
    return ScriptTexts(row["text"], row["draft"]) if row else ScriptTexts()


def script_on_air(store: Store) -> str:
    """Return the id of the script of the segment on air; empty where none is."""
    row = store.row(
        "SELECT coalesce('product:' || nullif(g.product_id, ''), 'segment:' || g.id) AS id FROM pitches p"
        " JOIN sessions s ON s.id = p.session_id JOIN segments g ON g.id = p.segment_id"
        " WHERE s.state = 'live' AND p.ended_at IS NULL ORDER BY p.started_at DESC LIMIT 1"
    )
    return row["id"] if row else ""


def _products_of_session(store: Store, session_id: str) -> dict[str, Product]:
    ids = "SELECT product_id FROM segments WHERE session_id = ?"
    skus: defaultdict[str, list[Sku]] = defaultdict(list)
    for row in store.rows(f"SELECT * FROM skus WHERE product_id IN ({ids}) ORDER BY rank, id", (session_id,)):  # noqa: S608
        skus[row["product_id"]].append(sku_of(row))
    rows = store.rows(f"SELECT * FROM products WHERE id IN ({ids})", (session_id,))  # noqa: S608 - constant text
    return {row["id"]: product_of(row, tuple(skus.get(row["id"], ()))) for row in rows}


def cues(store: Store, session_id: str) -> list[Cue]:
    """Return a session's cues, oldest first."""
    return [cue_of(row) for row in store.rows("SELECT * FROM cues WHERE session_id = ? ORDER BY at, id", (session_id,))]


def cue(store: Store, cue_id: str) -> Cue | None:
    """Return one cue, or ``None``."""
    row = store.row("SELECT * FROM cues WHERE id = ?", (cue_id,))
    return cue_of(row) if row else None


def incident_session(store: Store, incident_id: str) -> str | None:
    """Return the id of the session an incident happened in; ``None`` where it is gone."""
    row = store.row("SELECT session_id FROM incidents WHERE id = ?", (incident_id,))
    return row["session_id"] if row else None


def ranks(store: Store, session_id: str) -> list[tuple[int, str]]:
    """Return (rank, id) of a queue's segments in order."""
    rows = store.rows("SELECT rank, id FROM segments WHERE session_id = ? ORDER BY rank, id", (session_id,))
    return [(row["rank"], row["id"]) for row in rows]


def meta(store: Store, key: str) -> str | None:
    """Return a fact of the shop file (``salt``), or ``None``."""
    row = store.row("SELECT value FROM meta WHERE key = ?", (key,))
    return row["value"] if row else None


def product_images(store: Store) -> list[dict[str, Any]]:
    """Return every product with all its columns, in the catalogue's order: what an import compares with."""
    return [dict(row) for row in store.rows("SELECT * FROM products ORDER BY rank, id")]


def sku_images(store: Store) -> list[dict[str, Any]]:
    """Return every SKU with all its columns, in order."""
    return [dict(row) for row in store.rows("SELECT * FROM skus ORDER BY rank, id")]


def images_named(store: Store, names: Iterable[str]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return (products, their SKUs), all columns, in order, of what has one of the names as id, code or title."""
    rows = store.rows(
        "WITH named AS (SELECT value FROM json_each(?)) SELECT * FROM products WHERE id IN named OR source_key IN named"
        " OR code IN named OR title IN named OR id IN (SELECT product_id FROM skus WHERE code IN named)"
        " ORDER BY rank, id",
        (json.dumps(list(names)),),
    )
    products = [dict(row) for row in rows]
    skus = store.rows(
        "SELECT * FROM skus WHERE product_id IN (SELECT value FROM json_each(?)) ORDER BY rank, id",
        (json.dumps([product["id"] for product in products]),),
    )
    return products, [dict(row) for row in skus]


def product_names(store: Store) -> list[tuple[str, str, str]]:
    """Return (id, title, code) of every product."""
    return [(row["id"], row["title"], row["code"]) for row in store.rows("SELECT id, title, code FROM products")]


def session_images(store: Store) -> list[dict[str, Any]]:
    """Return every session with all its columns."""
    return [dict(row) for row in store.rows("SELECT * FROM sessions ORDER BY id")]


def figure_images(store: Store) -> list[dict[str, Any]]:
    """Return every final figure of past sessions: id, session_id, metric, value."""
    return [dict(row) for row in store.rows("SELECT * FROM figures ORDER BY id")]


def figures(store: Store, session_id: str) -> dict[str, int | float]:
    """Return the final figures a file gave of one past session: {base count: value}, money in fen."""
    rows = store.rows("SELECT metric, value FROM figures WHERE session_id = ?", (session_id,))
    return {row["metric"]: row["value"] for row in rows}


def open_ticks(store: Store) -> list[tuple[str, str]]:
    """Return (link id, product id) of every ticked platform link in sessions that have not ended."""
    rows = store.rows(
        "SELECT l.id, l.product_id FROM shelf_links l JOIN sessions s ON s.id = l.session_id"
        " WHERE l.done AND s.state != 'ended'"
    )
    return [(row["id"], row["product_id"]) for row in rows]


def queues_of(store: Store, product_ids: Sequence[str]) -> dict[str, str]:
    """Return {product id: theme} of products that stand in the queue of a session that has not ended."""
    rows = store.rows(
        "SELECT DISTINCT g.product_id, s.theme FROM segments g JOIN sessions s ON s.id = g.session_id"
        " WHERE s.state != 'ended' AND g.product_id IS NOT NULL"
    )
    wanted = set(product_ids)
    return {row["product_id"]: row["theme"] for row in rows if row["product_id"] in wanted}


def last_rank(store: Store) -> int:
    """Return the highest rank of the catalogue's products; 0 where it is empty."""
    row = store.row("SELECT coalesce(max(rank), 0) AS rank FROM products")
    return int(row["rank"]) if row else 0


def last_sku_rank(store: Store, product_id: str) -> int:
    """Return the highest rank of a product's SKUs; −1 where it has none."""
    row = store.row("SELECT coalesce(max(rank), -1) AS rank FROM skus WHERE product_id = ?", (product_id,))
    return int(row["rank"]) if row else -1


def product_count(store: Store) -> int:
    """Return how many products the catalogue holds."""
    row = store.row("SELECT count(*) AS n FROM products")
    return int(row["n"]) if row else 0


def sessions_with_queue(store: Store) -> list[Session]:
    """Return the sessions that have segments, newest first: the queues to copy from."""
    rows = store.rows(
        "SELECT * FROM sessions WHERE id IN (SELECT session_id FROM segments)"
        " ORDER BY coalesce(started_at, planned_start, 0) DESC, id"
    )
    return [session_of(row) for row in rows]


def sku_on_air(store: Store, session_id: str) -> str | None:
    """Return the first SKU of the product on air, or ``None``."""
    row = store.row(
        "SELECT k.id FROM pitches p JOIN segments g ON g.id = p.segment_id JOIN skus k ON k.product_id = g.product_id"
        " WHERE p.session_id = ? AND p.ended_at IS NULL ORDER BY k.rank, k.id LIMIT 1",
        (session_id,),
    )
    return row["id"] if row else None
