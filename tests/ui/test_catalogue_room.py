"""The catalogue room through the operator's doors: search, keys, edits in place, the card."""

from contextlib import closing
from logging import NullHandler, getLogger
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from liveshop_desk import i18n
from liveshop_desk.ops import catalogue, importing
from liveshop_desk.sheets.products import ProductRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import journal, queries
from ui.models.catalogue_cells import COLUMNS, Column
from ui.panels import catalogue_room
from ui.panels.catalogue_room import CatalogueRoom
from ui.widgets.chosen_rows import choose_rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def room(qtbot, context, window):
    made = CatalogueRoom(context)
    window.setCentralWidget(made)
    window.resize(1320, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: made.model.total == 3)
    yield made
    made.close_room()


def choose(room, product_id, column=Column.TITLE):
    row = room.model.row_of(product_id)
    room.table.setCurrentIndex(room.model.index(row, COLUMNS.index(column)))
    room.table.setFocus()


def field(room):
    return room.in_place.editor.field


def enter(qtbot, room, text):
    editor = field(room)
    editor.selectAll()
    editor.insert(text)
    editor.textEdited.emit(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_hundred_chosen_stay_chosen_while_one_types_and_are_told_of_once(qtbot, room, context):
    ids = [catalogue.add_product(context.desk.store, f"Bag {n:03d}", code=f"B{n}", live_price=100) for n in range(200)]
    qtbot.waitUntil(lambda: room.model.total == 203)
    wanted = [ids[n] for n in (*range(120), *range(130, 160, 2))]
    choose(room, ids[0])
    room.table.clearSelection()
    choose_rows(room.table, [room.model.row_of(product_id) for product_id in wanted])
    assert room.table.selected_ids() == wanted
    told = []
    room.table.chosen_changed.connect(lambda: told.append(len(room.table.selected_ids())))
    qtbot.keyClicks(room.search, "bag 1")
    left = [product_id for product_id in wanted if room.model.row_of(product_id) is not None]
    assert 0 < len(left) < len(wanted)
    assert room.table.selected_ids() == left
    assert len(told) <= 2 * len("bag 1")
    assert room._chosen.text() == f"{len(left)} chosen"


def test_search_as_you_type_and_what_it_finds(qtbot, room):
    qtbot.keyClicks(room.search, "w2103")
    assert room.model.rowCount() == 1
    assert room.panel.subtitle.text() == "1 of 3"
    qtbot.keyClicks(room.search, "zz")
    assert room.stack.currentWidget() is room.nothing
    room.nothing.cleared.emit()
    assert room.stack.currentWidget() is room.table
    assert room.panel.subtitle.text() == "3 products"


@pytest.mark.parametrize("into", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_ctrl_f_goes_to_the_search_and_enter_or_down_into_the_first_match(qtbot, context, room, into):
    choose(room, "coat")
    context.actions["find"].trigger()
    assert room.search.hasFocus()
    room.table.clearSelection()
    room.search.setText("马甲")
    qtbot.keyClick(room.search, into)
    assert room.table.selected_ids() == ["vest"]


def test_esc_in_the_search_shows_all_again_and_goes_back_to_the_table(qtbot, room):
    choose(room, "vest")
    room.focus_search()
    qtbot.keyClicks(room.search, "coat")
    qtbot.keyClick(room.search, Qt.Key.Key_Escape)
    assert (room.search.text(), room.model.rowCount()) == ("", 3)
    assert room.table.hasFocus()


def test_letters_typed_in_the_table_search(qtbot, room):
    choose(room, "down")
    qtbot.keyClick(room.table, Qt.Key.Key_Y)
    assert room.search.text() == "y"
    assert room.search.hasFocus()


@pytest.mark.parametrize("before", ["coat", "nothing has this name"])
def test_coming_back_to_the_room_letters_begin_another_search(qtbot, room, before):
    qtbot.keyClicks(room.search, before)
    room.hide()
    room.show()
    room.take_keyboard()
    qtbot.keyClicks(room.focusWidget(), "ve")
    assert room.search.text() == "ve"


def test_f2_edits_the_cell_and_one_undo_brings_it_back(qtbot, store, room):
    choose(room, "down", Column.TITLE)
    qtbot.keyClick(room.table, Qt.Key.Key_F2)
    enter(qtbot, room, "长款羽绒服")
    assert queries.product(store, "down").title == "长款羽绒服"
    assert room.model.by_id("down").title == "长款羽绒服"
    assert room.table.hasFocus()
    journal.undo(store)
    assert room.model.by_id("down").title == "长款鹅绒羽绒服 Y9981"


def test_a_price_typed_over_a_name_asks_first(qtbot, store, room):
    choose(room, "down", Column.TITLE)
    qtbot.keyClick(room.table, Qt.Key.Key_F2)
    enter(qtbot, room, "12.345")
    assert queries.product(store, "down").title == "长款鹅绒羽绒服 Y9981"
    assert "a number alone" in room.in_place.editor.hint.text()
    qtbot.keyClick(field(room), Qt.Key.Key_Return)
    assert queries.product(store, "down").title == "12.345"


def test_the_tables_own_f2_wins_over_the_windows(qtbot, context, room):
    given = []
    context.actions.on("edit_price", lambda: given.append("queue"))
    context.actions.set_state(product_row=True)
    choose(room, "down", Column.SPECS)
    qtbot.keyClick(room.table, Qt.Key.Key_F2)
    assert given == []
    assert field(room).text() == "369"  # a column that is not edited: the live price


def test_a_guard_stands_beside_the_cell_and_wants_a_second_enter(qtbot, store, room):
    choose(room, "down", Column.LIVE_PRICE)
    room.table.doubleClicked.emit(room.table.currentIndex())
    enter(qtbot, room, "99")
    assert queries.sku(store, "down-1").live_price == 36_900
    assert "below cost" in " ".join(
        label.text() for label in room.in_place.editor.bubble.findChildren(type(room._chosen))
    )
    qtbot.keyClick(field(room), Qt.Key.Key_Return)
    assert queries.sku(store, "down-1").live_price == 9_900
    assert room.in_place.editor is None


def test_the_lowest_price_of_seven_days_is_seen_and_edited(qtbot, store, room):
    choose(room, "down", Column.FLOOR_PRICE)
    room.edit()
    enter(qtbot, room, "359")
    assert queries.sku(store, "down-1").floor_price == 35_900
    assert room.table.currentIndex().data() == "¥359.00"
    skus = room.card.skus
    skus.edit_field("floor_price")
    editor = skus.in_place.editor.field
    assert editor.text() == "359"
    editor.selectAll()
    editor.insert("")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert queries.sku(store, "down-1").floor_price is None


def test_nonsense_stays_in_the_cell_and_esc_gives_up(qtbot, store, room):
    choose(room, "down", Column.COST)
    room.edit()
    enter(qtbot, room, "cheap")
    assert field(room).text() == "cheap"
    qtbot.keyClick(field(room), Qt.Key.Key_Escape)
    assert room.in_place.editor is None
    assert queries.sku(store, "down-1").cost == 24_000


def test_f3_edits_the_stock_and_of_several_specs_in_the_card(qtbot, store, room):
    choose(room, "down")
    qtbot.keyClick(room.table, Qt.Key.Key_F3)
    enter(qtbot, room, "88")
    assert queries.product(store, "down").stock == 88
    choose(room, "coat")
    qtbot.keyClick(room.table, Qt.Key.Key_F3)
    assert room.in_place.editor is None
    editor = room.card.skus.in_place.editor.field
    editor.selectAll()
    editor.insert("7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert queries.sku(store, "coat-1").stock == 7


@pytest.mark.qt_log_ignore("raise|grabbing the keyboard|propagateSizeHints")  # a menu, on the offscreen plugin
def test_the_role_is_picked_for_all_chosen_products(qtbot, store, room):
    room.table.selectAll()
    choose_column = room.model.index(0, COLUMNS.index(Column.ROLE))
    room.table.selectionModel().setCurrentIndex(choose_column, room.table.selectionModel().SelectionFlag.NoUpdate)
    room.edit()
    menu = room.findChild(QMenu)
    next(action for action in menu.actions() if action.text() == "Profit").trigger()
    menu.close()
    assert {product.role for product in queries.products(store)} == {"profit"}
    journal.undo(store)
    assert queries.product(store, "down").role == "hit"


def test_enter_and_the_button_add_the_chosen_to_the_queue(qtbot, context, room):
    room.table.selectAll()
    with qtbot.waitSignal(room.add_to_queue) as asked:
        qtbot.keyClick(room.table, Qt.Key.Key_Return)
    assert asked.args == [["down", "vest", "coat"]]
    room.table.clearSelection()
    assert not room._add.isEnabled()
    choose(room, "vest")
    with qtbot.waitSignal(room.add_to_queue) as asked:
        qtbot.mouseClick(room._add, Qt.MouseButton.LeftButton)
    assert asked.args == [["vest"]]


def test_delete_refuses_a_queued_product_and_removes_another(qtbot, context, store, room):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    choose(room, "down")
    qtbot.keyClick(room.table, Qt.Key.Key_Delete)
    assert "in the queue" in said[0]
    new = catalogue.add_product(store, "Spare")
    choose(room, new)
    qtbot.keyClick(room.table, Qt.Key.Key_Delete)
    assert queries.product(store, new) is None
    assert room.model.total == 3


def test_a_new_product_is_named_at_once(qtbot, store, room):
    qtbot.mouseClick(room._new, Qt.MouseButton.LeftButton)
    enter(qtbot, room, "帽子")
    assert [product.title for product in queries.products(store)][-1] == "帽子"


def test_the_card_saves_when_the_focus_leaves(qtbot, store, room):
    choose(room, "down")
    card = room.card
    card._texts["selling_points"].setFocus()
    card._texts["selling_points"].setPlainText("九十白鹅绒\n蓬松度八百")
    card._lines["offer"].setFocus()
    card._lines["offer"].setText("买一送一")
    room.table.setFocus()
    product = queries.product(store, "down")
    assert (product.selling_points, product.offer) == ("九十白鹅绒\n蓬松度八百", "买一送一")
    choose(room, "vest")
    assert card._texts["selling_points"].toPlainText() == ""
    choose(room, "down")
    assert card._lines["offer"].text() == "买一送一"


def test_what_is_typed_in_the_card_goes_to_its_product_when_another_is_chosen(store, room):
    choose(room, "down")
    room.card._lines["seller"].setText("工厂店")
    choose(room, "vest")
    assert queries.product(store, "down").seller == "工厂店"
    assert queries.product(store, "vest").seller == ""


def test_what_the_file_would_not_take_of_a_card_comes_back_with_its_product_and_is_saved_then(store, room, context):
    card = room.card
    context.bridge.be_brief()
    choose(room, "down")
    with closing(store.sibling()) as other, other.transaction():  # another process is writing
        card._texts["selling_points"].setPlainText("九十白鹅绒")
        card._lines["seller"].setText("工厂店")
        choose(room, "vest")
        assert card._texts["selling_points"].toPlainText() == ""
        assert room.waits()
        choose(room, "down")
        assert card._texts["selling_points"].toPlainText() == "九十白鹅绒"
        assert room.waits()
        assert card._lines["seller"].text() == "工厂店"
        choose(room, "vest")
    card.flush()
    assert not room.waits()
    down = queries.product(store, "down")
    assert (down.selling_points, down.seller) == ("九十白鹅绒", "工厂店")
    choose(room, "down")
    assert card._texts["selling_points"].toPlainText() == "九十白鹅绒"


def test_a_card_that_is_only_looked_at_is_not_said_to_be_unsaved(store, room):
    catalogue.edit_product(store, "down", selling_points="九十白鹅绒\r\n蓬松度八百", offer="买一送一\n再送袜子")
    choose(room, "down")
    assert "蓬松度八百" in room.card._texts["selling_points"].toPlainText()
    assert not room.waits()


def test_a_spec_is_added_named_and_removed(qtbot, store, room):
    choose(room, "down")
    qtbot.mouseClick(room.card._add_sku, Qt.MouseButton.LeftButton)
    editor = room.card.skus.in_place.editor.field
    editor.selectAll()
    editor.insert("XXL")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert [sku.spec for sku in queries.product(store, "down").skus] == ["", "XXL"]
    qtbot.keyClick(room.card.skus, Qt.Key.Key_Delete)
    assert len(queries.product(store, "down").skus) == 1


def test_files_dropped_on_the_room_are_handed_on(qtbot, room):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/goods.xlsx")])
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(room.files_dropped) as dropped:
        room.dropEvent(drop)
    assert dropped.args == [["/tmp/goods.xlsx"]]


def test_ten_thousand_products_arrive_without_a_reset_of_what_is_chosen(qtbot, store, room):
    choose(room, "vest")
    rows = [(n + 2, ProductRow(f"K{n}", title=f"T{n}", live_price=100 + n)) for n in range(3000)]
    plan = importing.plan_products(store, Reading("own", "", rows, [], 3000, 0, [], "big.csv"))
    importing.apply(store, plan)
    qtbot.waitUntil(lambda: room.model.total == 3003)
    assert room.table.selected_ids() == ["vest"]
    qtbot.waitUntil(lambda: room._loading is None)


def test_a_fault_while_a_large_catalogue_is_read_is_said_and_logged(qtbot, context, room, monkeypatch, caplog):
    def broken(_store):
        raise RuntimeError("boom")

    said = []
    context.notices.posted.connect(said.append)
    monkeypatch.setattr(getLogger("liveshop"), "handlers", [NullHandler()])  # no file is opened
    monkeypatch.setattr(catalogue_room, "LARGE", 0)
    monkeypatch.setattr(catalogue_room, "_read_all", broken)
    room.reload()
    qtbot.waitUntil(lambda: room._loading is None)
    assert [("inside the program (RuntimeError)" in notice.text, notice.tone) for notice in said] == [(True, "error")]
    assert "boom" in caplog.text


def test_what_is_removed_while_a_large_catalogue_is_read_does_not_come_back(qtbot, context, room, store, monkeypatch):
    read, has_read, go_on = catalogue_room._read_all, Event(), Event()

    def slowly(shop):
        whole = read(shop)
        has_read.set()
        go_on.wait(10)
        return whole

    monkeypatch.setattr(catalogue_room, "_read_all", slowly)
    monkeypatch.setattr(catalogue_room, "LARGE", 3)
    hat = catalogue.add_product(store, "Hat")
    room.reload()
    has_read.wait(10)
    catalogue.remove_products(store, [hat])  # few are left, which would be read at once
    go_on.set()
    qtbot.waitUntil(lambda: room._loading is None and room.model.total == 3)
    assert room.model.by_id(hat) is None
    assert room.stack.currentWidget() is room.table


@pytest.mark.parametrize("n", [3, catalogue_room.LARGE + 1])
def test_after_the_first_import_the_rows_have_the_keyboard(qtbot, context, store, window, n):
    with store.step("Clear") as step:
        for product in queries.products(store):
            for sku in product.skus:
                step.delete("skus", sku.id)
            step.delete("products", product.id)
    made = CatalogueRoom(context)
    inside = QWidget()
    column = QVBoxLayout(inside)
    rail = QPushButton("Prepare")
    column.addWidget(rail)
    column.addWidget(made)
    window.setCentralWidget(inside)
    window.show()
    made.empty._import.setFocus()
    rows = [(row, ProductRow(f"{row}", title=f"Coat {row}", live_price=39_900)) for row in range(2, n + 2)]
    context.desk.run(
        lambda shop: importing.apply(
            shop, importing.plan_products(shop, Reading("own", "", rows, [], n, 0, [], "list.xlsx"))
        )
    )
    qtbot.waitUntil(lambda: made.stack.currentWidget() is made.table)
    assert window.focusWidget() is made.table
    assert made.table.selected_ids() == [made.model.product(0).id]
    qtbot.keyClick(made.table, Qt.Key.Key_F2)
    assert field(made).text() == "Coat 2"
    made.close_room()


def test_an_empty_catalogue_teaches(qtbot, context, store, window):
    for segment in queries.segments(store, context.chosen.id):
        with store.step("clear") as step:
            step.delete("segments", segment.id)
    catalogue.remove_products(store, ["down", "vest", "coat"])
    made = CatalogueRoom(context)
    window.setCentralWidget(made)
    window.show()
    assert made.stack.currentWidget() is made.empty
    assert not made._footer.isVisible()
    made.take_keyboard()
    assert window.focusWidget() is made.empty._import  # Enter imports
    with qtbot.waitSignal(made.sample_requested):
        made.empty._sample.click()
    made.empty._new.click()
    assert made.stack.currentWidget() is made.table
    made.close_room()


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_control_has_a_name_in_both_languages(room, language):
    i18n.set_language(language)
    room.retranslate()
    for widget in (room.search, room._new, room._import, room._add, room._remove, room.table, room.card.skus):
        assert widget.accessibleName()
    assert room.childAt(QPoint(40, 40)) is not None


def test_what_is_painted_is_what_is_found(qtbot, room):
    def inked():
        """Return the rows of 36 px in which something other than the ground is drawn right of the title."""
        picture = room.table.viewport().grab().toImage()
        ground = picture.pixel(picture.width() - 3, picture.height() - 3)
        heights = range(0, picture.height() - 36, 36)
        return sum(any(picture.pixel(x, y + 18) != ground for x in range(8, 200)) for y in heights)

    assert inked() == 3
    room.search.setText("马甲")
    assert inked() == 1
    room.search.clear()
    assert inked() == 3


def fill(qtbot, room, text):
    """Type over what the open editor holds, by keys."""
    field(room).selectAll()
    qtbot.keyClicks(field(room), text)


def test_tab_saves_and_edits_the_next_cell_up_to_the_rows_end(qtbot, store, room):
    choose(room, "vest")
    room.edit(Column.TITLE)
    for text in ("Vest", "W1"):
        fill(qtbot, room, text)
        qtbot.keyClick(field(room), Qt.Key.Key_Tab)
    qtbot.keyClick(field(room), Qt.Key.Key_Tab)  # the list price as it is
    fill(qtbot, room, "49")
    qtbot.keyClick(field(room), Qt.Key.Key_Tab)
    fill(qtbot, room, "7")
    qtbot.keyClick(field(room), Qt.Key.Key_Backtab)
    assert field(room).text() == "49"
    qtbot.keyClick(field(room), Qt.Key.Key_Return)
    vest = queries.product(store, "vest")
    assert (vest.title, vest.code) == ("Vest", "W1")
    assert (vest.skus[0].live_price, vest.skus[0].list_price, vest.skus[0].stock) == (4900, 12900, 7)
    assert room.table.hasFocus()


def test_tab_saves_nothing_a_guard_asks_about_and_stays(qtbot, store, room):
    choose(room, "down")
    room.edit(Column.LIVE_PRICE)
    fill(qtbot, room, "200")  # below cost
    for _again in range(2):
        qtbot.keyClick(field(room), Qt.Key.Key_Tab)
    assert "Enter again" in room.in_place.editor.hint.text()
    assert field(room).hasFocus()
    assert queries.product(store, "down").skus[0].live_price == 36900
    qtbot.keyClick(field(room), Qt.Key.Key_Return)
    assert queries.product(store, "down").skus[0].live_price == 20000


@pytest.mark.parametrize("away", ["search", "another cell", "new product"])
def test_what_is_typed_in_a_cell_is_saved_when_one_goes_elsewhere(qtbot, store, room, away):
    choose(room, "vest")
    room.edit(Column.TITLE)
    fill(qtbot, room, "Winter vest")
    if away == "search":
        room.search.setFocus()
        qtbot.keyClicks(room.search, "coat")
        assert room.search.text() == "coat"
    elif away == "another cell":
        choose(room, "down")
        room.edit(Column.CODE)
    else:
        room.new_product()
    assert queries.product(store, "vest").title == "Winter vest"


def test_what_a_guard_asks_about_is_not_thrown_away_by_another_cell(qtbot, store, room):
    choose(room, "down")
    room.edit(Column.LIVE_PRICE)
    fill(qtbot, room, "200")
    choose(room, "vest")
    room.edit(Column.CODE)
    assert field(room).text() == "200"
    assert field(room).hasFocus()
    room.search.setText("coat")
    assert not field(room).isVisible()
    room.search.clear()
    assert (field(room).text(), field(room).isVisible()) == ("200", True)


def test_an_open_editor_does_not_take_the_keyboard_back_from_where_one_went(qtbot, room):
    choose(room, "vest")
    room.edit(Column.TITLE)
    qtbot.mouseClick(room.search, Qt.MouseButton.LeftButton)
    room.search.setFocus(Qt.FocusReason.MouseFocusReason)
    assert room.search.hasFocus()
    assert room.in_place.editor is None


def test_tab_walks_through_the_specs(qtbot, store, room):
    choose(room, "coat")
    skus = room.card.skus
    skus.setFocus()
    skus.edit_field("stock")
    for number in ("6", "31"):
        editor = skus.in_place.editor.field
        editor.selectAll()
        qtbot.keyClicks(editor, number)
        while skus.in_place.editor.field is editor or skus._editing[1] != "stock":
            qtbot.keyClick(skus.in_place.editor.field, Qt.Key.Key_Tab)
    assert [sku.stock for sku in queries.product(store, "coat").skus] == [6, 31, 12]
