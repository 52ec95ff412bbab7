"""Pasting a list: every line says what it becomes, what cannot be stays to be mended, nothing typed is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveshop_desk.ops import catalogue, shelf, show
from liveshop_desk.sheets.pasted import rest_of
from liveshop_desk.store import queries
from tests.ui.queue_tools import key, open_panel
from ui import theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def prepare(qtbot, context, window):
    return open_panel(qtbot, context, window, "prepare")


def sheet_with(qtbot, panel, context, text):
    context.actions.give("paste_list")
    sheet = panel.edit.sheet
    sheet.text.setPlainText(text)
    qtbot.waitUntil(lambda: sheet.lines.rowCount() == len(text.splitlines()))
    return sheet


def cells(sheet, line):
    return [sheet.lines.item(line, column).text() for column in range(3)]


def test_every_line_says_what_it_becomes(qtbot, prepare, context):
    sheet = sheet_with(qtbot, prepare, context, "DOWN ¥359 8\n新品 N77 ¥99\n问答 5\n马甲 369")
    assert sheet.preview.text() == "3 segments will be added. 1 line is refused."
    assert cells(sheet, 0)[:2] == ["1", "长款鹅绒羽绒服 Y9981"]
    assert "live price ¥369 → ¥359" in cells(sheet, 0)[2]
    assert "new product, live price ¥99" in cells(sheet, 1)[2]
    assert cells(sheet, 2)[1:] == ["问答", "Q&A, pitch length 5m 00s"]
    assert cells(sheet, 3)[2].startswith("refused: “369”")


def test_no_line_is_cut_where_the_scroll_bar_takes_its_room(qtbot, prepare, context, window):
    window.resize(440, 540)
    said = ["不存在的商品", "长款鹅绒羽绒服 19.9", "别的商品", "长款鹅绒羽绒服 399元 8分钟", "互动抽福袋 5分钟"]
    table = sheet_with(qtbot, prepare, context, "\n".join(said)).lines
    qtbot.waitUntil(table.verticalScrollBar().isVisible)
    qtbot.waitUntil(lambda: all(table.rowHeight(n) >= table.sizeHintForRow(n) for n in range(len(said))))


def test_ctrl_enter_adds_as_many_as_announced_and_keeps_the_refused(qtbot, prepare, context, store, shop):
    sheet = sheet_with(qtbot, prepare, context, "DOWN 返场 5\n马甲 369\n问答 5")
    notices = []
    context.notices.posted.connect(notices.append)
    before = queries.segments(store, shop.session)
    assert "2 segments" in sheet.preview.text()
    key(sheet.text, Qt.Key.Key_Return, CTRL)
    after = queries.segments(store, shop.session)
    assert after[: len(before)] == before
    assert [(segment.product_id, segment.planned_seconds) for segment in after[len(before) :]] == [
        ("down", 300),
        (None, 300),
    ]
    assert sheet.isVisible()
    assert sheet.kept == "马甲 369"
    assert "2 segments added. 1 line stays" in notices[-1].text


def test_a_price_changed_elsewhere_since_the_preview_is_no_reason_to_ask_again(qtbot, prepare, context, store, shop):
    sheet = sheet_with(qtbot, prepare, context, "DOWN ¥359 8\n问答 5")
    sku = queries.product(store, "down").skus[0].id
    context.desk.run(shelf.set_price, [sku], 36_100)
    before = len(queries.segments(store, shop.session))
    key(sheet.text, Qt.Key.Key_Return, CTRL)
    assert len(queries.segments(store, shop.session)) == before + 2
    assert queries.sku(store, sku).live_price == 35_900
    assert not sheet.isVisible()


def test_the_sheet_closes_when_all_is_added_and_opens_empty_again(qtbot, prepare, context):
    sheet = sheet_with(qtbot, prepare, context, "DOWN 5")
    sheet.add.click()
    assert prepare.edit.sheet is None
    context.actions.give("paste_list")
    assert prepare.edit.sheet.kept == ""


def test_esc_keeps_the_text_for_the_next_time(qtbot, prepare, context):
    sheet = sheet_with(qtbot, prepare, context, "DOWN 5\n问答")
    key(sheet.text, Qt.Key.Key_Escape)
    assert prepare.edit.sheet is None
    context.actions.give("paste_list")
    assert prepare.edit.sheet.kept == "DOWN 5\n问答"
    assert prepare.edit.sheet.add.isEnabled()


def test_the_preview_follows_the_catalogue(qtbot, prepare, context, store):
    sheet = sheet_with(qtbot, prepare, context, "Q777 5")
    assert not sheet.add.isEnabled()
    context.desk.run(catalogue.add_product, "新围巾", code="Q777", live_price=9900)
    qtbot.waitUntil(sheet.add.isEnabled)
    assert cells(sheet, 0)[1] == "新围巾"


def test_tab_goes_from_the_text_to_the_button(qtbot, prepare, context):
    sheet = sheet_with(qtbot, prepare, context, "DOWN 5")
    assert QApplication.focusWidget() is sheet.text
    key(sheet.text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.add
    key(sheet.add, Qt.Key.Key_Space)
    assert prepare.edit.sheet is None


def test_ctrl_enter_in_the_sheet_takes_nothing_on_air(qtbot, context, window, store, shop):
    show.go_live(store, shop.session)
    panel = open_panel(qtbot, context, window, "live")
    sheet = sheet_with(qtbot, panel, context, "DOWN 5")
    aired = queries.pitches(store, shop.session)
    QTest.keyClick(sheet.text, Qt.Key.Key_Return, CTRL)
    assert queries.pitches(store, shop.session) == aired
    assert len(queries.segments(store, shop.session)) == len(shop.segments) + 1


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT])
def test_the_minutes_of_a_new_segment_are_seen_in_their_field(prepare, look):
    sheet = prepare.edit.add_segment()
    sheet.setStyleSheet(theme.style_sheet(look))
    sheet.refit()
    sheet.layout().activate()
    field = sheet.minutes.lineEdit()
    assert field.text() == "5 min"
    assert field.width() > field.fontMetrics().horizontalAdvance("720 min")


@pytest.mark.parametrize(
    ("text", "planned", "wanted", "left"),
    [
        ("a\n\nb\r\nc", {1, 3, 4}, {3}, "b"),
        ("品名\t库存\na\t1\nb\tx", {2, 3}, {3}, "品名\t库存\nb\tx"),
        ('"a\nb"\t1\nc\t2', {1, 2}, {1}, '"a\nb"\t1'),
        ("a", {1}, set(), ""),
    ],
)
def test_what_stays_of_a_text(text, planned, wanted, left):
    assert rest_of(text, planned, wanted) == left
