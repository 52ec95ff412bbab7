"""The catalogue's table model: search, order, and only the cells that differ."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from liveshop_desk.ops import catalogue, shelf
from liveshop_desk.store import queries
from ui.models import catalogue_model
from ui.models.catalogue_cells import COLUMNS, Column
from ui.models.catalogue_model import CatalogueModel
from ui.models.dragged import PRODUCTS_MIME
from ui.models.sku_model import SkuModel


@pytest.fixture
def model(qtbot, store, shop):
    made = CatalogueModel(store, low_stock=20)
    tester = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.load()
    stop = store.changed.connect(made.apply)
    yield made
    stop()
    del tester


def ids(model):
    return [model.product(row).id for row in range(model.rowCount())]


def text(model, row, column):
    return model.index(row, COLUMNS.index(column)).data()


def test_every_product_is_a_row(model):
    assert ids(model) == ["down", "vest", "coat"]
    assert text(model, 0, Column.LIVE_PRICE) == "¥369.00"
    assert text(model, 2, Column.SPECS) == "3"
    assert text(model, 2, Column.STOCK) == "47"
    assert text(model, 2, Column.CATEGORY) == "—"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("羽绒", ["down", "vest"]),
        ("羽绒 马甲", ["vest"]),
        ("ｙ９９８１", ["down"]),
        ("COAT", ["coat"]),
        ("  ", ["down", "vest", "coat"]),
        ("nothing", []),
    ],
    ids=["part", "two words", "full width", "code", "blank", "none"],
)
def test_search(model, query, found):
    model.set_filter(query)
    assert ids(model) == found


def test_search_looks_at_barcode_and_category(model, store):
    catalogue.edit_sku(store, "coat-2", barcode="6901234")
    catalogue.edit_product(store, "vest", category="女装/马甲")
    model.set_filter("6901")
    assert ids(model) == ["coat"]
    model.set_filter("女装")
    assert ids(model) == ["vest"]


def test_typing_on_narrows_and_deleting_widens(model):
    for typed, found in (("羽", 2), ("羽绒", 2), ("羽绒 w2", 1), ("羽绒 ", 2), ("", 3)):
        model.set_filter(typed)
        assert model.rowCount() == found


def test_a_row_that_matches_no_more_stays_where_the_found_ones_are_sorted(model, store):
    model.set_filter("羽绒")
    held = QPersistentModelIndex(model.index(1, 0))
    catalogue.edit_product(store, "vest", title="A vest")  # the row that is being edited must not vanish under the hand
    assert ids(model) == ["down", "vest"]
    model.sort(COLUMNS.index(Column.TITLE), Qt.SortOrder.AscendingOrder)
    assert ids(model) == ["vest", "down"]
    assert held.row() == 0


def test_what_has_come_to_match_is_found_by_more_letters(model, store):
    model.set_filter("羽绒")
    catalogue.edit_product(store, "coat", title="羽绒大衣")
    model.set_filter("羽绒大")
    assert ids(model) == ["coat"]


def test_sorting_puts_blanks_last_either_way(model, store):
    catalogue.edit_sku(store, "vest-1", live_price=None)
    column = COLUMNS.index(Column.LIVE_PRICE)
    model.sort(column, Qt.SortOrder.AscendingOrder)
    assert ids(model) == ["coat", "down", "vest"]
    model.sort(column, Qt.SortOrder.DescendingOrder)
    assert ids(model) == ["down", "coat", "vest"]
    model.sort(-1)
    assert ids(model) == ["down", "vest", "coat"]


def test_a_price_edit_redraws_one_cell(model, store, qtbot):
    changed = []
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), first.column(), last.column())))
    with qtbot.assertNotEmitted(model.modelReset):
        shelf.set_price(store, ["down-1"], 35_900)
    column = COLUMNS.index(Column.LIVE_PRICE)
    assert changed == [(0, column, column)]
    assert text(model, 0, Column.LIVE_PRICE) == "¥359.00"


def test_products_come_and_go(model, store):
    new = catalogue.add_product(store, "New one")
    assert ids(model) == ["down", "vest", "coat", new]
    catalogue.remove_products(store, [new])
    assert ids(model) == ["down", "vest", "coat"]


def test_what_comes_and_what_stays_is_found_by_its_words(model, store):
    catalogue.add_product(store, "桑蚕丝围巾")
    model.set_filter("围巾")
    assert [text(model, row, Column.TITLE) for row in range(model.rowCount())] == ["桑蚕丝围巾"]
    for product_id in ("down", "vest", "coat"):
        model.set_filter(model.by_id(product_id).title)
        assert ids(model) == [product_id]


def test_read_in_a_thread_only_the_products_are_looked_up_on_the_windows(qtbot, store, shop, monkeypatch):
    made, whole = CatalogueModel(store, low_stock=20), catalogue_model.read_whole(store)
    monkeypatch.setattr(catalogue_model, "haystack", None)  # called, it would fail
    made.load(whole)
    made.set_filter("y9981")
    assert ids(made) == ["down"]


def test_a_new_spec_is_counted(model, store):
    catalogue.add_sku(store, "down", "XL")
    assert text(model, 0, Column.SPECS) == "2"
    catalogue.remove_sku(store, queries.product(store, "down").skus[1].id)
    assert text(model, 0, Column.SPECS) == "1"


def test_dragged_products_carry_their_ids(model):
    indexes = [model.index(row, column) for row in (2, 0) for column in range(3)]
    data = model.mimeData(indexes)
    assert bytes(data.data(PRODUCTS_MIME).data()).decode() == "down\ncoat"


def test_the_skus_of_a_product(qtbot, store, shop):
    model = SkuModel(low_stock=20)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(queries.product(store, "coat").skus)
    assert [model.index(row, 0).data() for row in range(3)] == ["S", "M", "L"]
    changed = []
    model.dataChanged.connect(lambda first, _last: changed.append((first.row(), first.column())))
    shelf.set_stock(store, "coat-2", 29)
    model.show(queries.product(store, "coat").skus)
    assert changed == [(1, 4)]
    del tester
