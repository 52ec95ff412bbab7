"""Editing price, stock and shelf in the row, by keys and mouse as the operator does, checked in the shop file."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from liveshop_desk.ops import queue, shelf, show
from liveshop_desk.store import queries
from tests.ui.queue_tools import at, cell_center, choose, double_click, key, open_panel, type_text
from ui.models.queue_cells import Column
from ui.panels.queue_skus import SkuPopover
from ui.panels.queue_ticks import TicksPopover

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def panel(qtbot, context, window, shop, store, clock):
    clock.instant = queries.session(store, shop.session).planned_start
    show.go_live(store, shop.session)
    made = open_panel(qtbot, context, window, "live")
    choose(made, 1)
    return made


def price(store, sku_id="down-1"):
    return queries.sku(store, sku_id).live_price


def test_f2_type_enter_saves_and_gives_the_table_back(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    editor = panel.edit.editor
    assert editor.field.hasFocus()
    assert editor.field.text() == "¥369.00"
    type_text(editor.field, "359")
    assert "¥369.00" in editor.was.text()
    assert price(store) == 36900
    key(editor.field, Qt.Key.Key_Return)
    assert price(store) == 35900
    assert panel.edit.editor is None
    assert panel.table.hasFocus()
    assert at(panel, 1, Column.PRICE) == "¥359.00"


def test_esc_keeps_the_old_price(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    type_text(panel.edit.editor.field, "1")
    key(panel.edit.editor.field, Qt.Key.Key_Escape)
    assert panel.edit.editor is None
    assert price(store) == 36900
    assert panel.table.hasFocus()


def test_double_click_edits_the_cell_under_the_mouse(panel, store):
    double_click(panel, 2, Column.STOCK)
    type_text(panel.edit.editor.field, "-3")
    key(panel.edit.editor.field, Qt.Key.Key_Return)
    assert queries.sku(store, "vest-1").stock == 297


def test_a_guard_stands_beside_the_cell_and_a_second_enter_saves(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "200")
    key(field, Qt.Key.Key_Return)
    assert "below cost ¥240.00" in panel.edit.editor.hint.text()
    assert panel.edit.editor.hint.property("tone") == "next"
    assert price(store) == 36900
    key(field, Qt.Key.Key_Return)
    assert price(store) == 20000


def test_another_text_is_asked_about_again(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "200")
    key(field, Qt.Key.Key_Return)
    type_text(field, "100")
    assert not panel.edit.editor.hint.isVisible()
    key(field, Qt.Key.Key_Return)
    assert price(store) == 36900
    assert "below cost" in panel.edit.editor.hint.text()


def test_what_is_no_price_is_said_in_red_and_stays(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "cheap")
    key(field, Qt.Key.Key_Return)
    assert "not a price" in panel.edit.editor.hint.text()
    assert panel.edit.editor.hint.property("tone") == "on_air"
    assert field.text() == "cheap"
    assert price(store) == 36900


def test_stock_takes_a_difference(panel, store):
    key(panel.table, Qt.Key.Key_F3)
    type_text(panel.edit.editor.field, "+50")
    key(panel.edit.editor.field, Qt.Key.Key_Return)
    assert queries.sku(store, "down-1").stock == 150


def test_taking_next_and_a_change_meanwhile_keep_what_is_typed(panel, store, context):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "355")
    key(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # take next
    assert panel.model.rundown.standing.on_air == 0
    context.desk.run(shelf.set_price, ["down-1"], 34900)
    assert field.text() == "355"
    assert "¥349.00" in panel.edit.editor.was.text()
    key(field, Qt.Key.Key_Return)
    assert price(store) == 35500


def test_moving_rows_searching_and_scrolling_keep_the_editor_with_its_row(panel, store, context, shop):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "355")
    context.actions.give("move_down")
    assert panel.table.visualRect(panel.model.index(2, 0)).contains(QPoint(5, field.geometry().center().y()))
    panel.search.setText("vest")
    assert field.text() == "355"
    panel.search.clear()
    key(field, Qt.Key.Key_Return)
    assert price(store) == 35500


def test_another_edit_does_not_throw_away_what_is_typed(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "355")
    key(field, Qt.Key.Key_F3)
    assert panel.edit.editor.field is field
    assert field.text() == "355"


def test_an_untouched_editor_makes_room(panel):
    key(panel.table, Qt.Key.Key_F2)
    key(panel.edit.editor.field, Qt.Key.Key_F3)
    assert panel.edit.editor.field.text() == "100"


def test_several_skus_are_edited_in_a_sheet(panel, store):
    choose(panel, 3)
    key(panel.table, Qt.Key.Key_F2)
    sheet = panel.edit.sheet
    assert isinstance(sheet, SkuPopover)
    type_text(sheet.field("coat-2", Column.PRICE), "279")
    key(sheet.field("coat-2", Column.PRICE), Qt.Key.Key_Return)
    assert [price(store, f"coat-{n}") for n in (1, 2, 3)] == [29900, 27900, 29900]
    assert panel.table.hasFocus()
    assert at(panel, 3, Column.PRICE) == "¥279–299"  # as the prompter writes it, so that both ends are seen


def test_one_price_for_all_skus_is_one_step(panel, store, context):
    choose(panel, 3)
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.sheet.field("", Column.PRICE)
    assert field.hasFocus()
    type_text(field, "259")
    key(field, Qt.Key.Key_Return)
    assert [price(store, f"coat-{n}") for n in (1, 2, 3)] == [25900] * 3
    context.desk.undo()
    assert [price(store, f"coat-{n}") for n in (1, 2, 3)] == [29900] * 3


def test_a_sheet_keeps_other_typed_fields_when_one_is_saved(panel, store):
    choose(panel, 3)
    key(panel.table, Qt.Key.Key_F3)
    sheet = panel.edit.sheet
    first, second = sheet.field("coat-1", Column.STOCK), sheet.field("coat-2", Column.STOCK)
    type_text(first, "+1")
    type_text(second, "44")
    key(first, Qt.Key.Key_Return)
    assert panel.edit.sheet is sheet
    assert (first.text(), second.text()) == ("6", "44")
    key(second, Qt.Key.Key_Return)
    assert [queries.sku(store, f"coat-{n}").stock for n in (1, 2, 3)] == [6, 44, 12]
    assert panel.edit.sheet is None


def test_arrows_go_from_spec_to_spec_and_what_is_typed_is_in_sight(panel, store):
    with store.step("sixty") as step:
        for n in range(60):
            step.insert("skus", {"id": f"more-{n}", "product_id": "coat", "spec": f"{n}", "stock": 5, "rank": 10 + n})
    choose(panel, 3)
    key(panel.table, Qt.Key.Key_F3)
    sheet = panel.edit.sheet
    type_blindly(panel, *[Qt.Key.Key_Down] * 40, Qt.Key.Key_Up, "+50")
    typed = sheet.field("more-36", Column.STOCK)
    assert (sheet.field("coat-1", Column.STOCK).text(), typed.text()) == ("5", "+50")
    assert typed.visibleRegion().boundingRect().height() == typed.height()
    type_blindly(panel, Qt.Key.Key_Down)  # saves, as Tab does
    assert queries.sku(store, "more-36").stock == 55
    assert sheet.field("more-37", Column.STOCK).hasFocus()
    sheet.findChild(QScrollArea).verticalScrollBar().setValue(0)
    type_blindly(panel, "7")
    assert sheet.field("more-37", Column.STOCK).visibleRegion().boundingRect().height() == typed.height()


def test_the_stock_there_is_an_alarm_about_has_the_keyboard(panel, store):
    with store.step("sixty") as step:
        for n in range(60):
            step.insert("skus", {"id": f"more-{n}", "product_id": "coat", "spec": f"{n}", "stock": 5, "rank": 10 + n})
    panel.set_short(lambda: ["down-1", "more-50", "coat-2"])
    choose(panel, 3)
    key(panel.table, Qt.Key.Key_F3)
    sheet = panel.edit.sheet
    field = sheet.field("more-50", Column.STOCK)
    assert field.hasFocus()
    assert field.visibleRegion().boundingRect().height() == field.height()
    type_blindly(panel, "+9", Qt.Key.Key_Return)
    assert queries.sku(store, "more-50").stock == 14
    key(panel.table, Qt.Key.Key_F2)  # a price is changed for all as before
    assert panel.edit.sheet.field("", Column.PRICE).hasFocus()


def test_f6_lists_and_unlists(panel, store, shop):
    choose(panel, 2)
    key(panel.table, Qt.Key.Key_F6)
    assert queries.queue(store, shop.session)[2].listed
    assert at(panel, 2, Column.SHELF) == "● Listed 0/2"
    key(panel.table, Qt.Key.Key_F6)
    assert not queries.queue(store, shop.session)[2].listed


def test_ticks_by_keyboard(panel, store, shop):
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    assert isinstance(sheet, TicksPopover)
    assert sheet.boxes["douyin"].hasFocus()
    key(sheet.boxes["douyin"], Qt.Key.Key_Space)
    key(sheet.boxes["douyin"], Qt.Key.Key_Down)
    assert sheet.boxes["taobao"].hasFocus()
    type_text(sheet.links["taobao"], "12")
    key(sheet.links["taobao"], Qt.Key.Key_Return)
    links = {link.platform: link for link in queries.queue(store, shop.session)[1].links}
    assert links["douyin"].done
    assert (links["taobao"].link_no, links["taobao"].done) == ("12", False)
    assert at(panel, 1, Column.SHELF) == "● Listed 1/2"
    key(sheet.boxes["taobao"], Qt.Key.Key_Escape)
    assert panel.edit.sheet is None
    assert panel.table.hasFocus()


def test_what_is_ticked_and_typed_in_an_open_sheet_goes_to_its_own_session(panel, store, shop, context):
    other = show.create_session(store, "周五场", platforms=("douyin", "taobao"))
    queue.add_products(store, other, ["down"])
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    type_text(sheet.links["taobao"], "12")
    context.chosen.choose(other)
    sheet.boxes["douyin"].click()
    assert sheet.links["taobao"].save()
    links = {link.platform: link for link in queries.queue(store, shop.session)[1].links}
    assert (links["douyin"].done, links["taobao"].link_no) == (True, "12")
    assert queries.queue(store, other)[0].links == ()


def test_a_digit_typed_on_a_tick_is_its_link_number_and_never_a_jump(panel, store, shop):
    jumps = []
    panel.table.jump.connect(jumps.append)
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    key(sheet.boxes["douyin"], Qt.Key.Key_Down)
    QTest.keyClicks(sheet.boxes["taobao"], "1")
    field = sheet.links["taobao"]
    assert field.hasFocus()
    QTest.keyClicks(field, "2")
    key(field, Qt.Key.Key_Return)
    links = {link.platform: link.link_no for link in queries.queue(store, shop.session)[1].links}
    assert links["taobao"] == "12"
    QTest.keyClicks(sheet._close, "3")
    key(panel.table, Qt.Key.Key_Return)
    assert jumps == []


def test_ticks_by_mouse_and_a_new_price_reopens_them(panel, store, shop, context):
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=cell_center(panel, 1, Column.SHELF))
    sheet = panel.edit.sheet
    for box in sheet.boxes.values():
        box.click()
    assert at(panel, 1, Column.SHELF) == "● Listed ✓"
    context.desk.run(shelf.set_price, ["down-1"], 35900)
    assert not any(box.isChecked() for box in sheet.boxes.values())
    assert at(panel, 1, Column.SHELF) == "● Listed 0/2"


def test_a_row_without_product_has_no_price_to_edit(panel, context):
    choose(panel, 0)
    assert not context.actions["edit_price"].isEnabled()
    panel.edit.edit(Column.PRICE)
    assert panel.edit.editor is None


def test_what_is_typed_stays_while_another_holds_the_shop_file(panel, store):
    key(panel.table, Qt.Key.Key_F2)
    field = panel.edit.editor.field
    type_text(field, "359")
    writer = store.sibling()
    with writer.transaction():
        key(field, Qt.Key.Key_Return)
        assert field.text() == "359"
        assert price(store) == 36900
    writer.close()
    key(field, Qt.Key.Key_Return)
    assert panel.edit.editor is None
    assert price(store) == 35900


def test_a_price_without_a_column_is_edited_in_a_sheet(qtbot, context, window, store):
    panel = open_panel(qtbot, context, window, "prepare")
    window.resize(400, 500)
    qtbot.waitUntil(lambda: panel.table.is_hidden(Column.PRICE))
    choose(panel, 1)
    panel.edit.edit(Column.PRICE)
    sheet = panel.edit.sheet
    assert isinstance(sheet, SkuPopover)
    type_text(sheet.field("down-1", Column.PRICE), "359")
    key(sheet.field("down-1", Column.PRICE), Qt.Key.Key_Return)
    assert price(store) == 35900


def test_tab_saves_the_price_and_goes_on_to_the_stock(panel, store):
    panel.edit.edit(Column.PRICE)
    type_text(panel.edit.editor.field, "349")
    key(panel.edit.editor.field, Qt.Key.Key_Tab)
    type_text(panel.edit.editor.field, "88")
    key(panel.edit.editor.field, Qt.Key.Key_Tab)
    sku = queries.product(store, "down").skus[0]
    assert (sku.live_price, sku.stock) == (34900, 88)
    assert panel.edit.editor is None
    assert panel.table.hasFocus()


def type_blindly(panel, *keys):
    """Type as hands do that look at the next cell: whatever has the keyboard takes it."""
    for each in keys:
        widget = panel.window().focusWidget()
        QTest.keyClicks(widget, each) if isinstance(each, str) else key(widget, each)


def test_what_is_typed_on_after_a_tab_that_a_guard_stopped_goes_into_no_price(panel, store):
    panel.edit.edit(Column.PRICE)
    type_text(panel.edit.editor.field, "99")
    type_blindly(panel, Qt.Key.Key_Tab, "300", Qt.Key.Key_Return)
    editor = panel.edit.editor
    assert editor.field.text() == "99"
    assert "after Tab was not taken" in editor.hint.text()
    sku = queries.product(store, "down").skus[0]
    assert (sku.live_price, sku.stock) == (36900, 100)  # that Enter was the stock's, and no answer
    type_blindly(panel, Qt.Key.Key_Return)
    assert price(store) == 9900
    assert panel.edit.editor is None


def test_who_answers_the_guard_after_tab_is_heard(panel, store):
    panel.edit.edit(Column.PRICE)
    type_text(panel.edit.editor.field, "99")
    type_blindly(panel, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert price(store) == 9900
    panel.edit.edit(Column.PRICE)
    type_text(panel.edit.editor.field, "30")
    type_blindly(panel, Qt.Key.Key_Tab, "7", Qt.Key.Key_Backspace, "9", Qt.Key.Key_Tab)
    assert panel.edit.editor.field.text() == "39"  # the first key that is no typing shows that one looks
    assert price(store) == 9900
    type_blindly(panel, Qt.Key.Key_Escape)
    assert price(store) == 9900


def test_tab_in_the_sheet_of_several_skus_saves_each_field(panel, store):
    panel.table.selectRow(3)
    panel.edit.edit(Column.PRICE)
    sheet = panel.edit.sheet
    first, second = sheet.field("coat-1", Column.PRICE), sheet.field("coat-1", Column.STOCK)
    first.setFocus()
    type_text(first, "289")
    key(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    type_text(second, "9")
    key(second, Qt.Key.Key_Return)
    sku = queries.product(store, "coat").skus[0]
    assert (sku.live_price, sku.stock) == (28900, 9)
    assert panel.edit.sheet is None


@pytest.mark.parametrize("away", ["Tab", "a tick", "the close button"])
def test_a_link_number_is_saved_however_one_leaves_it(panel, store, shop, away):
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    QTest.keyClicks(sheet.boxes["douyin"], "7")
    field = sheet.links["douyin"]
    if away == "Tab":
        key(field, Qt.Key.Key_Tab)
        assert sheet.boxes["taobao"].hasFocus()
    elif away == "a tick":
        sheet.boxes["taobao"].setFocus(Qt.FocusReason.MouseFocusReason)
    else:
        sheet._close.click()
    links = {link.platform: link.link_no for link in queries.queue(store, shop.session)[1].links}
    assert links["douyin"] == "7"


def test_links_and_ticks_are_kept_while_preparing_too(qtbot, context, window, store, shop):
    """The preparing room has no column of its own for them: F4 raised there."""
    panel = open_panel(qtbot, context, window, "prepare")
    choose(panel, 1)
    context.actions["edit_ticks"].trigger()
    sheet = panel.edit.sheet
    assert isinstance(sheet, TicksPopover)
    QTest.keyClicks(sheet.boxes["douyin"], "12")
    key(sheet.links["douyin"], Qt.Key.Key_Return)
    links = {link.platform: link.link_no for link in queries.queue(store, shop.session)[1].links}
    assert links["douyin"] == "12"
    panel.table.verticalScrollBar().setValue(1)  # the sheet's place is asked for again
    key(sheet.links["douyin"], Qt.Key.Key_Return)
    assert panel.edit.sheet is None


def test_tab_goes_round_in_a_sheet_and_never_to_the_rail(panel, store, shop):
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    stops = [sheet.boxes["douyin"], sheet.links["douyin"], sheet.boxes["taobao"], sheet.links["taobao"]]
    seen = []
    for _press in range(12):
        held = panel.window().focusWidget()
        assert sheet.isAncestorOf(held)
        seen.append(held)
        key(held, Qt.Key.Key_Tab)
    assert seen[:4] == stops
    assert set(stops) < set(seen[4:])
    key(panel.window().focusWidget(), Qt.Key.Key_Backtab)
    assert sheet.isAncestorOf(panel.window().focusWidget())


def test_tab_in_a_sheet_leaves_alone_what_stands_behind_it(panel, store, shop):
    """To PySide the next widget in Qt's ring of the keyboard is a child: what was asked for died with the sheet."""
    behind = panel.window().findChildren(QWidget)
    key(panel.table, Qt.Key.Key_Space)
    sheet = panel.edit.sheet
    key(panel.window().focusWidget(), Qt.Key.Key_Tab)
    key(sheet, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(sheet)
    assert all(isValid(each) for each in behind)
