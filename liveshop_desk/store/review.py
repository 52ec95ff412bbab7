"""The reads of a review: orders, refunds, clicks, incidents."""

from __future__ import annotations

from liveshop_desk.model.file_buyers import FileBuyers
from liveshop_desk.model.product import Product
from liveshop_desk.model.review import Incident
from liveshop_desk.model.review_ledger import Click, Lines, OrderLine
from liveshop_desk.store import queries
from liveshop_desk.store.inflow import sku_names
from liveshop_desk.store.store import Row, Store

_NO_WORDS = ("Incident", "异常")  # what was written until 0.3.3 where nobody had words for it, in either language


def lines(store: Store, session_id: str) -> Lines:
    """Return a session's order lines, refunds and clicks, in order of time, with the products they name."""
    product_of = _products_by_name(store)
    orders = [_line(row, product_of) for row in _events(store, session_id, "order")]
    refunds = [_line(row, product_of) for row in _events(store, session_id, "refund")]
    return Lines(orders, refunds, sorted(_clicks(store, session_id, product_of)))


def _clicks(store: Store, session_id: str, product_of: dict[str, str]) -> list[Click]:
    """Return the clicks that name a product of the catalogue; a record may stand for several."""
    rows = _events(store, session_id, "click")
    return [
        (row["at"], product_of[row["sku"]], 1 if row["quantity"] is None else row["quantity"])
        for row in rows
        if row["sku"] in product_of
    ]


def _events(store: Store, session_id: str, kind: str) -> list[Row]:
    """Read one kind of events. A click that names no SKU says nothing here and is not read."""
    named = " AND sku IS NOT NULL" if kind == "click" else ""
    return store.rows(
        "SELECT at, sku, quantity, amount, order_no, estimated FROM events"  # noqa: S608 - constant text
        f" WHERE session_id = ? AND kind = ?{named} ORDER BY at, id",
        (session_id, kind),
    )


def _line(row: Row, product_of: dict[str, str]) -> OrderLine:
    sku = row["sku"] or ""
    units = 1 if row["quantity"] is None else row["quantity"]
    return OrderLine(
        row["at"], product_of.get(sku, ""), sku, units, row["amount"], row["order_no"] or "", bool(row["estimated"])
    )


def _products_by_name(store: Store) -> dict[str, str]:
    """Return every name a source may use for a SKU → the product's id."""
    owner = {row["id"]: row["product_id"] for row in store.rows("SELECT id, product_id FROM skus")}
    return {name: owner[sku] for name, sku in sku_names(store).items()}


def file_buyers(store: Store, session_id: str) -> FileBuyers | None:
    """Return who bought, where an order file names the buyer (by hash) of every order that is known.

    ``None`` where one line is without, more orders are known of than there are lines, or somebody told the buyers.
    """
    row = store.row(
        "SELECT count(*) AS n, count(CASE WHEN source = 'file' THEN viewer END) AS named,"
        " count(DISTINCT viewer) AS people, count(DISTINCT order_no) AS orders,"
        " coalesce(sum(amount), 0) AS paid,"
        " (SELECT last FROM rollups WHERE session_id = :id AND metric = 'orders' ORDER BY bucket DESC LIMIT 1) AS told,"
        " (SELECT last FROM rollups WHERE session_id = :id AND metric = 'gmv' ORDER BY bucket DESC LIMIT 1) AS gmv,"
        " EXISTS (SELECT 1 FROM rollups WHERE session_id = :id AND metric = 'buyers') AS known"
        " FROM events WHERE session_id = :id AND kind = 'order'",
        {"id": session_id},
    )
    if row is None or row["known"] or not row["n"] or row["named"] < row["n"] or (row["told"] or 0) > row["orders"]:
        return None
    return FileBuyers(row["people"], row["orders"], row["paid"], row["gmv"])


def products(store: Store, session_id: str, found: Lines) -> dict[str, Product]:
    """Return the products of a session's queue and those that were sold besides."""
    held = {row.product.id: row.product for row in queries.queue(store, session_id) if row.product}
    sold = {line.product_id for line in (*found.orders, *found.refunds) if line.product_id}
    for product_id in sorted(sold - held.keys()):
        product = queries.product(store, product_id)
        if product is not None:
            held[product_id] = product
    return held


def incidents(store: Store, session_id: str, *, who: bool = False) -> list[Incident]:
    """Return what went wrong, oldest first. ``who``, for whom the journal must be read, only where it is asked for."""
    noted = _noted_by(store, session_id) if who else {}
    rows = store.rows(
        "SELECT i.id, i.at, i.text, s.title FROM incidents i LEFT JOIN segments s ON s.id = i.segment_id"
        " WHERE i.session_id = ? ORDER BY i.at, i.id",
        (session_id,),
    )
    return [Incident(row["at"], _text(row), row["title"] or "", noted.get(row["id"], "")) for row in rows]


def _text(row: Row) -> str:
    return "" if row["text"] in _NO_WORDS else row["text"]


def _noted_by(store: Store, session_id: str) -> dict[str, str]:
    """Return incident → the operator whose step wrote it down; one pass over the journal.

    A step is dated within a second after the incident it writes down.
    """
    rows = store.rows(
        "SELECT r.row_id, j.who FROM journal j CROSS JOIN journal_rows r ON r.step = j.id"
        " WHERE j.session_id = ? AND j.kind = 'do' AND j.who != ''"
        " AND j.at BETWEEN (SELECT min(at) FROM incidents WHERE session_id = ?)"
        " AND (SELECT max(at) + 1000 FROM incidents WHERE session_id = ?)"
        " AND r.name = 'incidents' AND r.before IS NULL",
        (session_id, session_id, session_id),
    )
    return {row["row_id"]: row["who"] for row in rows}


def sku_labels(store: Store) -> dict[str, tuple[str, str]]:
    """Return SKU id → (product title, spec; the spec empty where it is the only one)."""
    rows = store.rows(
        "SELECT s.id, s.spec, p.title, (SELECT count(*) FROM skus o WHERE o.product_id = s.product_id) AS n"
        " FROM skus s JOIN products p ON p.id = s.product_id"
    )
    return {row["id"]: (row["title"], row["spec"] if row["n"] > 1 else "") for row in rows}
