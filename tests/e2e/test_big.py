"""Ten thousand products and a queue of five hundred: all of it still works (times are for the bench)."""

import pytest

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import queue, show
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from tests.e2e.hands import wait_until
from tests.e2e.shops import add_product, read

PRODUCTS, SEGMENTS = 10_000, 500


@pytest.fixture
def big_shop(shop_file):
    store = Store.open(shop_file, SystemClock())
    try:
        with store.step("Sample") as step:
            for rank in range(1, PRODUCTS + 1):
                add_product(step, f"p{rank}", f"羽绒服 第{rank}款", rank)
        session = show.create_session(store, "万款专场", platforms=("douyin",), planned_start=store.clock.now())
        queue.add_products(store, session, [f"p{rank}" for rank in range(1, SEGMENTS + 1)])
    finally:
        store.close()
    return shop_file


def test_ten_thousand_products_and_five_hundred_segments(open_desk, big_shop):
    h = open_desk(big_shop)
    _in_the_catalogue(h, big_shop)
    _on_air(h, big_shop)


def _in_the_catalogue(h, path):
    """Search, edit the one found, see the search undone; put one more into the queue."""
    h.room("Catalogue")
    wait_until(lambda: h.shows("10,000 products"), lambda: str(h.texts()))
    h.press("Ctrl+F")
    h.type("第9876款")
    assert [row["Product"] for row in h.rows("Catalogue")] == ["羽绒服 第9876款"]
    assert h.shows("1 of 10,000")
    h.press("Return")
    h.click_row(0, "Live price", name="Catalogue")
    h.press("F2")
    h.type("299", "Return")
    assert h.rows("Catalogue")[0]["Live price"] == "¥299.00"
    assert read(path, lambda store: queries.sku(store, "p9876-0")).live_price == 29_900
    h.press("Return")
    wait_until(lambda: h.table("Queue").model().rowCount() == SEGMENTS + 1)
    h.room("Catalogue")
    h.press("Ctrl+F", "Ctrl+A", "Delete")
    assert h.table("Catalogue").model().rowCount() == PRODUCTS


def _on_air(h, path):
    """Take by key and by number, search the queue, edit a price far down, undo it."""
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return")
    assert h.shows(f"2 / {SEGMENTS + 1} segments")
    h.press("4", "9", "9", "Return")
    assert h.shows(f"499 / {SEGMENTS + 1} segments")
    assert "第499款" in h.chosen_row()["Segment / product"]
    h.press("Ctrl+F")
    h.type("第321款", "Return")
    assert h.table().model().rowCount() == 1
    h.click_row(0)
    h.press("F2")
    h.type("301", "Return")
    assert h.chosen_row()["Live price"] == "¥301.00"
    h.press("Ctrl+Z")
    assert h.chosen_row()["Live price"] == "¥369.00"
    h.press("Ctrl+F", "Esc")
    assert h.table().model().rowCount() == SEGMENTS + 1
    assert read(path, lambda store: queries.sku(store, "p321-0")).live_price == 36_900
    h.press("Ctrl+Return")
    assert h.shows(f"500 / {SEGMENTS + 1} segments")
