"""Changes of price, stock and offer as the chart marks them: each step of the journal is read once."""

from __future__ import annotations

import json
from dataclasses import dataclass

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.offers import OfferEdit
from liveshop_desk.store.store import Row, Store

FIELDS = ("live_price", "stock")


@dataclass(frozen=True, slots=True)
class GoodsEdit:
    """One field of one SKU changed. Prices in fen; ``None`` is not known. ``title`` is its product's, today."""

    at: Instant
    title: str
    field: str
    before: int | None
    after: int | None


def goods_edits(store: Store, after: int, since: Instant, until: Instant) -> tuple[list[GoodsEdit], int]:
    """Return the changes in steps newer than ``after``, oldest first, and the newest step there is.

    Sales move stock without a step: they are none of these.
    """
    newest = store.newest_step()
    rows = store.rows(
        "SELECT j.at, r.before, r.after, p.title FROM journal j CROSS JOIN journal_rows r ON r.step = j.id"
        " LEFT JOIN skus s ON s.id = r.row_id LEFT JOIN products p ON p.id = s.product_id"
        " WHERE j.id > ? AND j.id <= ? AND j.at BETWEEN ? AND ?"
        " AND r.name = 'skus' AND r.before IS NOT NULL AND r.after IS NOT NULL ORDER BY j.id, r.position",
        (after, newest, since, until),
    )
    return [edit for row in rows for edit in _edits(row)], newest


def _edits(row: Row) -> list[GoodsEdit]:
    before, after = json.loads(row["before"]), json.loads(row["after"])
    return [
        GoodsEdit(row["at"], row["title"] or "", name, before[name], after[name]) for name in FIELDS if name in after
    ]


def offer_edits(store: Store, after: int, since: Instant) -> tuple[list[OfferEdit], int]:
    """Return the changed offers of segments and products in steps newer than ``after``, and the newest step there is.

    There is no end: one of next week tells what stood tonight.
    """
    newest = store.newest_step()
    rows = store.rows(
        "SELECT j.at, r.row_id, json_extract(r.before, '$.offer') AS was, json_extract(r.after, '$.offer') AS now"
        " FROM journal j CROSS JOIN journal_rows r ON r.step = j.id WHERE j.id > ? AND j.id <= ? AND j.at >= ?"
        " AND r.name IN ('segments', 'products') AND r.before IS NOT NULL AND now IS NOT NULL"
        " ORDER BY j.id, r.position",
        (after, newest, since),
    )
    return [OfferEdit(row["at"], row["row_id"], row["was"] or "", row["now"]) for row in rows], newest


def product_offers(store: Store, session_id: str) -> dict[str, str]:
    """Return product → offer of what stands in a session's queue."""
    rows = store.rows(
        "SELECT p.id, p.offer FROM products p WHERE p.id IN (SELECT product_id FROM segments WHERE session_id = ?)",
        (session_id,),
    )
    return {row["id"]: row["offer"] for row in rows}
