"""More was sold than there was: the stock stops at 0 and what is missing is kept by SKU, for the desk to say."""

from __future__ import annotations

import sqlite3

from liveshop_desk.store.store import Store

_OWED = (
    "SELECT f.sku, f.units FROM shortfalls f JOIN skus s ON s.id = f.sku"
    " WHERE f.session_id = ? AND f.units > 0 AND s.stock = 0"
)


def move(conn: sqlite3.Connection, session_id: str, sku: str, units: int) -> None:
    """Take ``units`` off a SKU's stock (negative: give them back), inside the caller's transaction.

    A SKU without a stock, or one that is not in the catalogue, is left alone. What comes back first covers what was
    missing.
    """
    row = conn.execute("SELECT stock FROM skus WHERE id = ?", (sku,)).fetchone()
    if row is None or row[0] is None or not units:
        return
    owed = _owed(conn, session_id, sku)
    left = row[0] - owed - units
    stock, missing = max(left, 0), max(-left, 0)
    if missing != owed:
        conn.execute(
            "INSERT OR REPLACE INTO shortfalls (session_id, sku, units) VALUES (?, ?, ?)", (session_id, sku, missing)
        )
    if stock != row[0]:
        conn.execute("UPDATE skus SET stock = ? WHERE id = ?", (stock, sku))


def _owed(conn: sqlite3.Connection, session_id: str, sku: str) -> int:
    """Return what is missing of a SKU; nothing any more where goods were put on the shelf since."""
    row = conn.execute(_OWED + " AND f.sku = ?", (session_id, sku)).fetchone()
    return int(row[1]) if row else 0


def of_session(store: Store, session_id: str) -> dict[str, int]:
    """Return SKU id → units sold beyond the stock, where nobody has put goods on the shelf since."""
    rows = store.rows(_OWED, (session_id,))
    return {row["sku"]: row["units"] for row in rows}
