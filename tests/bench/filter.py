"""Search as you type over 10 000 products: from the keystroke to the painted result, in the real catalogue room."""

from __future__ import annotations

import os
import random
import tempfile
import time
from pathlib import Path

PRODUCTS = 10_000
WORDS = ("羽绒服", "马甲", "打底裤", "围巾", "毛呢大衣", "衬衫", "牛仔裤", "卫衣", "连衣裙", "运动鞋")
QUERIES = ("羽绒服", "y9981", "马甲 红", "围巾 w2", "Y1", "衬衫 白 xl", "大衣", "7", "牛仔裤 c12", "zzz")
SIZE = (1380, 848)  # px: the room in a window of 1440 × 900


def run() -> dict[str, float]:
    """Return filter_p50_ms and filter_p99_ms over every keystroke of the queries, typed and deleted again."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        times = _measure(Path(folder))
    times.sort()
    return {
        "filter_p50_ms": round(times[len(times) // 2], 2),
        "filter_p99_ms": round(times[min(len(times) - 1, int(len(times) * 0.99))], 2),
    }


def _measure(folder: Path) -> list[float]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    from liveshop_desk.desk import Desk
    from liveshop_desk.model.clock import SystemClock
    from liveshop_desk.settings import Settings
    from liveshop_desk.store.store import Store
    from ui import theme
    from ui.actions import Actions
    from ui.bridge import Bridge
    from ui.context import Chosen, Context
    from ui.notices import Notices
    from ui.panels.catalogue_room import CatalogueRoom

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    app.setStyleSheet(theme.style_sheet(theme.DARK))
    store = Store.open(folder / "bench.liveshop", SystemClock())
    _fill(store)
    desk, window, notices = Desk(store), QMainWindow(), Notices()
    bridge = Bridge(desk)
    context = Context(desk, bridge, Actions(window, Settings(), notices), notices, Chosen(), theme.DARK)
    room = CatalogueRoom(context)
    window.setCentralWidget(room)
    window.resize(*SIZE)
    window.show()
    while room.model.total < PRODUCTS:  # read in a thread
        app.processEvents()
    times = [ms for query in QUERIES * 3 for ms in _type(app, room, query)]
    room.close_room()
    bridge.close()
    window.close()
    store.close()
    return times


def _type(app, room, query: str) -> list[float]:
    """Type a query key by key, then delete it; return the ms from each key to its painted result."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent

    times: list[float] = []
    for text in [*query, *[""] * len(query)]:
        key = Qt.Key.Key_unknown if text else Qt.Key.Key_Backspace
        pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
        begin = time.perf_counter()
        app.sendEvent(room.search, pressed)
        app.processEvents()  # the paint events of the keystroke
        times.append((time.perf_counter() - begin) * 1000)
    assert not room.search.text()
    return times


def _fill(store) -> None:
    """Put the products into the shop file as an import does."""
    from liveshop_desk.ops import importing
    from liveshop_desk.sheets.products import ProductRow
    from liveshop_desk.sheets.report import Reading

    dice = random.Random(7)
    rows = []
    for number in range(PRODUCTS):
        title = f"{dice.choice(('红', '白', '黑', '驼色'))} {dice.choice(WORDS)} {dice.choice('WYSKT')}{number}"
        row = ProductRow(
            product_key=f"K{number}", title=title, product_code=f"C{number * 7 % 100_003}", barcode=f"69{number:011d}",
            category=f"女装/{dice.choice(WORDS)}", live_price=dice.randrange(1_900, 99_900), stock=dice.randrange(500),
            list_price=99_900, cost=dice.randrange(900, 40_000),
        )  # fmt: skip
        rows.append((number + 2, row))
    reading = Reading("own", "", rows, [], PRODUCTS, 0, [], "bench.csv")
    importing.apply(store, importing.plan_products(store, reading))


if __name__ == "__main__":
    print(run())
