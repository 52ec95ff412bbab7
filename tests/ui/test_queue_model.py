"""The queue's model: it says exactly which cells differ, and resets only where the order does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from liveshop_desk.changes import Changes
from liveshop_desk.model.sales import SkuSales
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, shelf, show
from liveshop_desk.store import queries
from ui.models.dragged import PRODUCTS_MIME
from ui.models.queue_cells import Column
from ui.models.queue_model import QueueModel, dropped_ids


class Heard:
    """What a view would have been told."""

    def __init__(self, model):
        self.cells = []
        self.resets = 0
        model.dataChanged.connect(lambda a, b: self.cells.append((a.row(), a.column(), b.row(), b.column())))
        model.modelReset.connect(self._reset)

    def _reset(self):
        self.resets += 1


def read_all(model):
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def at(model, row, column):
    return model.index(row, model.columns.index(column)).data()


@pytest.fixture
def model(qtbot, store, shop):
    made = QueueModel(store, mode="live", low_stock=20)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.show(shop.session)
    disconnect = store.changed.connect(made.apply)
    yield made
    disconnect()
    del tester


def test_rows_show_what_the_shop_holds(model):
    assert model.rowCount() == 6
    assert at(model, 1, Column.TITLE) == "长款鹅绒羽绒服 Y9981 DOWN"
    assert at(model, 1, Column.PRICE) == "¥369.00"
    assert at(model, 1, Column.SHELF) == "● Listed 0/2"
    assert at(model, 3, Column.STOCK) == "47"
    assert at(model, 0, Column.PRICE) == "—"


def test_a_price_edit_redraws_one_cell(model, store):
    read_all(model)
    heard = Heard(model)
    shelf.set_price(store, ["down-1"], 35900)
    price = model.columns.index(Column.PRICE)
    assert heard.cells == [(1, price, 1, price)]
    assert heard.resets == 0
    assert at(model, 1, Column.PRICE) == "¥359.00"


def test_the_same_product_twice_is_redrawn_twice(model, store, shop):
    queue.add_products(store, shop.session, ["down"], at=2)
    read_all(model)
    heard = Heard(model)
    shelf.set_stock(store, "down-1", 7)
    stock = model.columns.index(Column.STOCK)
    assert heard.cells == [(1, stock, 2, stock)]


def test_only_another_order_resets(model, store, shop):
    read_all(model)
    heard = Heard(model)
    queue.set_skipped(store, shop.session, shop.segments[4], True)
    show.go_live(store, shop.session)
    show.take_next(store, shop.session)
    assert heard.resets == 0
    queue.move(store, shop.session, [shop.segments[5]], 0)
    assert heard.resets == 1
    assert at(model, 0, Column.TITLE) == "收尾"


def test_a_tick_redraws_the_running_time_and_nothing_else(model, store, shop, clock):
    clock.instant = queries.session(store, shop.session).planned_start
    show.go_live(store, shop.session)
    show.take_next(store, shop.session)
    read_all(model)
    heard = Heard(model)
    clock.advance(83)
    model.tick()
    actual = model.columns.index(Column.ACTUAL)
    assert heard.cells == [(0, actual, 0, actual)]
    assert at(model, 0, Column.ACTUAL) == "01:23"


def test_nothing_to_say_when_nothing_shown_has_changed(model, store):
    read_all(model)
    heard = Heard(model)
    model.tick()
    model.refresh_sales()
    store.changed.emit(Changes("elsewhere", everything=True))
    assert heard.cells == []
    assert heard.resets == 0


def test_another_process_commit_is_read(model, store):
    read_all(model)
    store.db.conn.execute("UPDATE skus SET live_price = 100 WHERE id = 'vest-1'")
    store.changed.emit(Changes("elsewhere", everything=True))
    assert at(model, 2, Column.PRICE) == "¥1.00"


def test_the_search_keeps_matching_rows_and_their_real_places(model, shop):
    model.set_filter("w2103")
    assert [at(model, row, Column.NUMBER) for row in range(model.rowCount())] == ["3"]
    assert model.place_at(0) == 2
    model.set_filter("羽绒 y9981")
    assert at(model, 0, Column.NUMBER) == "2"
    model.set_filter("6")
    assert at(model, 0, Column.TITLE) == "收尾"
    model.set_filter("no such thing")
    assert model.rowCount() == 0
    model.set_filter("")
    assert model.rowCount() == 6


def test_a_change_of_a_hidden_row_is_there_when_it_comes_back(model, store):
    read_all(model)
    model.set_filter("vest")
    shelf.set_price(store, ["down-1"], 33900)
    model.set_filter("")
    assert at(model, 1, Column.PRICE) == "¥339.00"


def test_sales_come_from_the_provider_and_conversion_needs_clicks(model):
    read_all(model)
    heard = Heard(model)
    figures = {
        "down-1": SkuSales(182, 180, 1, clicks=2650),
        "coat-1": SkuSales(2, 2),
        "coat-3": SkuSales(3, 1),
    }
    model.set_sales(figures.get)
    assert (at(model, 1, Column.SOLD), at(model, 1, Column.RATE)) == ("182", "6.8%")
    assert (at(model, 3, Column.SOLD), at(model, 3, Column.RATE)) == ("5", "—")
    assert at(model, 0, Column.SOLD) == "—"
    told = {row for top, _left, bottom, _right in heard.cells for row in range(top, bottom + 1)}
    assert told == {1, 2, 3}


def tip(model, row, column):
    return model.index(row, model.columns.index(column)).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("figures", [SkuSales(376, 376, 1, clicks=5), SkuSales(30, 30, 1, clicks=90, partly=True)])
def test_a_conversion_of_orders_whose_clicks_were_not_all_counted_is_blank_and_says_why(model, figures):
    model.set_sales({"down-1": figures}.get)
    assert at(model, 1, Column.RATE) == "—"
    assert "Product clicks: seen only for a part of the show" in tip(model, 1, Column.RATE)


def test_a_conversion_says_what_it_is_made_of(model):
    model.set_sales({"down-1": SkuSales(3, 3, 1, clicks=60)}.get)
    assert at(model, 1, Column.RATE) == "5.0%"
    assert "orders / product clicks" in tip(model, 1, Column.RATE)


def test_what_is_not_known_yet_is_not_nothing_sold(model):
    known = []
    model.set_sales({}.get, lambda: bool(known))
    assert at(model, 1, Column.SOLD) == "—"
    known.append(True)
    model.refresh_sales()
    assert at(model, 1, Column.SOLD) == "0"


def test_a_dropped_session_leaves_an_empty_queue(model, store, shop):
    show.remove_session(store, shop.session)
    assert model.rowCount() == 0


def test_dragged_rows_carry_their_segments(model, shop):
    mime = model.mimeData([model.index(3, 0), model.index(1, 2), model.index(1, 0)])
    assert dropped_ids(mime, mime.formats()[0]) == [shop.segments[1], shop.segments[3]]
    assert PRODUCTS_MIME in model.mimeTypes()


def test_500_segments_one_edit_is_one_cell(qtbot, store, shop):
    with store.step("Many") as step:
        rows = [{"kind": Kind.PITCH, "title": f"Coat {n}", "product_id": "coat"} for n in range(493)]
        rows.append({"kind": Kind.PITCH, "title": "Vest again", "product_id": "vest"})
        queue.insert_segments(store, step, shop.session, rows)
    model = QueueModel(store, mode="live", low_stock=20)
    model.show(shop.session)
    disconnect = store.changed.connect(model.apply)
    assert len(read_all(model)) == 500
    heard = Heard(model)
    shelf.set_price(store, ["vest-1"], 6900)
    disconnect()
    price = model.columns.index(Column.PRICE)
    assert heard.cells == [(2, price, 2, price), (499, price, 499, price)]
    assert heard.resets == 0


def test_a_row_that_goes_on_air_is_redrawn_as_a_whole(model, store, shop, clock):
    clock.instant = queries.session(store, shop.session).planned_start
    show.go_live(store, shop.session)
    show.take_next(store, shop.session)
    read_all(model)
    heard = Heard(model)
    show.take_next(store, shop.session)
    last = model.columnCount() - 1
    whole = {
        row for top, left, bottom, right in heard.cells if (left, right) == (0, last) for row in range(top, bottom + 1)
    }
    assert {0, 1} <= whole  # the ground of both is another, also under cells that say the same


def test_only_what_was_on_the_shelf_is_called_unlisted(model, store, shop, clock):
    clock.instant = queries.session(store, shop.session).planned_start
    shelf.set_listed(store, shop.session, model.rows[2].segment.product_id, True)
    shelf.set_listed(store, shop.session, model.rows[2].segment.product_id, False)
    show.go_live(store, shop.session)
    for _turn in range(5):
        show.take_next(store, shop.session)
    assert [at(model, row, Column.SHELF) for row in (2, 3)] == ["Unlisted", "—"]
    model.show(shop.session)
    assert [at(model, row, Column.SHELF) for row in (2, 3)] == ["Unlisted", "—"]
