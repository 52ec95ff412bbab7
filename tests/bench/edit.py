"""One price edit with its journal step, on disk when it returns, against a bare UPDATE in the same mode and place.

Both are WAL with synchronous=FULL, in files of equal content, and take turns, so that a busy disk slows both. Like the
desk's, the bare connection is prepared and its statement cached; it does nothing but BEGIN, UPDATE, COMMIT.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from statistics import median

EDITS = 2_000
PRODUCTS = 2_000
PRICES = (36_900, 39_900)  # fen, no guard speaks


def run(edits: int = EDITS, products: int = PRODUCTS) -> dict[str, float]:
    """Return edit_ratio (of the medians), edit_p50_ms, edit_p99_ms and the bare UPDATE's beside them."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:  # the project's disk: /tmp may be memory
        pairs = _measure(Path(name), edits, products)
    ours, bare = sorted(pair[0] for pair in pairs), sorted(pair[1] for pair in pairs)
    return {
        "edit_ratio": round(median(ours) / median(bare), 2),
        "edit_p50_ms": _ms(ours, 0.5),
        "edit_p99_ms": _ms(ours, 0.99),
        "edit_bare_p50_ms": _ms(bare, 0.5),
        "edit_bare_p99_ms": _ms(bare, 0.99),
    }


def _measure(folder: Path, edits: int, products: int) -> list[tuple[float, float]]:
    """Return the seconds of each edit and of the bare update beside it."""
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.ops import shelf
    from liveshop_desk.store.store import Store

    path = folder / "shop.liveshop"
    _fill(path, products)
    twin = shutil.copy(path, folder / "twin.liveshop")
    store = Store.open(path, SystemClock())
    bare = sqlite3.connect(twin, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL").fetchone()
    bare.execute("PRAGMA synchronous = FULL")
    pairs: list[tuple[float, float]] = []
    for number in range(edits):
        sku, price = f"S{number * 7 % products}", PRICES[number // products % 2]
        begin = time.perf_counter()
        shelf.set_price(store, [sku], price)
        between = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("UPDATE skus SET live_price = ? WHERE id = ?", (price, sku))
        bare.execute("COMMIT")
        pairs.append((between - begin, time.perf_counter() - between))
    _check(store, bare, edits)
    store.close()
    bare.close()
    return pairs


def _fill(path: Path, products: int) -> None:
    """Write a session on air and ``products`` products of one SKU."""
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.ops import show
    from liveshop_desk.store.store import Store

    store = Store.open(path, SystemClock())
    session_id = show.create_session(store, "专场")
    with store.step("Import products") as step:
        for number in range(products):
            step.insert("products", {"id": f"P{number}", "title": f"加绒加厚连帽卫衣 {number}", "rank": number})
            row = {"id": f"S{number}", "product_id": f"P{number}", "live_price": 38_000, "stock": 100}
            step.insert("skus", row | {"list_price": 89_900, "cost": 9_900})
        step.insert("segments", {"id": "G", "session_id": session_id, "rank": 0, "kind": "product", "title": "卫衣"})
    show.go_live(store, session_id)
    store.close()


def _check(store, bare: sqlite3.Connection, edits: int) -> None:
    """Refuse a measurement of nothing: all edits are in the journal, both files agree, both are durable."""
    written = store.row("SELECT count(*) AS n FROM journal_rows WHERE name = 'skus' AND before IS NOT NULL")["n"]
    same = store.rows("SELECT id, live_price FROM skus ORDER BY id")
    assert written == edits
    assert [tuple(row) for row in same] == bare.execute("SELECT id, live_price FROM skus ORDER BY id").fetchall()
    for pragma, value in (("journal_mode", "wal"), ("synchronous", 2)):
        assert store.row(f"PRAGMA {pragma}")[0] == bare.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def _ms(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 3)
