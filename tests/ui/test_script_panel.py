"""The script editor: nothing typed is ever lost, nothing foreign is overwritten unseen."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from liveshop_desk.i18n import set_language
from liveshop_desk.ops import queue, scripts
from liveshop_desk.store import journal, queries
from ui import theme
from ui.panels import script_panel
from ui.panels.script_panel import ScriptPanel

TEXT = "今天直播间{直播价}，只有{库存}件。【举起衣服】"

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, shop, window):
    made = ScriptPanel(context)
    window.setCentralWidget(made)
    window.resize(560, 700)
    window.show()
    made.show_segment(shop.segments[1])
    return made


def add(panel, text):
    panel.editor.moveCursor(QTextCursor.MoveOperation.End)
    if text.isascii():
        QTest.keyClicks(panel.editor, text)
    else:  # QTest has keys for ASCII only
        panel.editor.insertPlainText(text)


def held(store, key="product:down"):
    return queries.script(store, key)


def test_it_shows_the_script_its_length_and_title(panel):
    assert panel.editor.toPlainText() == TEXT
    assert "Y9981" in panel.title.text()
    assert panel.count.text().endswith("chars • about 0:04")
    assert not panel.outline.isVisible()


def test_a_pause_saves_one_step(qtbot, panel, store, monkeypatch):
    steps = len(journal.entries(store))
    panel._pause.setInterval(20)
    add(panel, "abc")
    assert held(store) == TEXT
    qtbot.waitUntil(lambda: held(store) == TEXT + "abc")
    assert len(journal.entries(store)) == steps + 1
    assert panel.flush()
    assert len(journal.entries(store)) == steps + 1


def test_changing_the_row_saves_the_one_before(panel, store, shop):
    add(panel, "!")
    panel.show_segment(shop.segments[2])
    assert held(store) == TEXT + "!"
    assert panel.editor.toPlainText() == ""
    add(panel, "vest")
    panel.show_segment(None)
    assert held(store, "product:vest") == "vest"
    assert not panel.editor.isEnabled()


def test_changing_the_session_saves(panel, context, store):
    add(panel, "!")
    context.chosen.choose("")
    assert held(store) == TEXT + "!"


def test_a_sheet_that_was_closed_hears_of_no_other_session(context, shop, window):
    sheet = ScriptPanel(context)
    sheet.show_segment(shop.segments[1])
    sheet.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    context.chosen.choose("another")  # pytest-qt fails where a slot raises


def test_hiding_and_leaving_save(panel, store, window):
    add(panel, "1")
    panel.hide()
    assert held(store) == TEXT + "1"
    panel.show()
    add(panel, "2")
    panel.editor.left.emit()
    assert held(store) == TEXT + "12"


def test_a_row_without_a_product_has_a_script_of_its_own(panel, store, shop):
    panel.show_segment(shop.segments[0])
    add(panel, "Welcome")
    assert panel.flush()
    assert held(store, f"segment:{shop.segments[0]}") == "Welcome"


def test_a_change_elsewhere_is_read_keeping_the_cursor(panel, store):
    cursor = panel.editor.textCursor()
    cursor.setPosition(4)
    panel.editor.setTextCursor(cursor)
    scripts.save_script(store, "product:down", TEXT + "\nmore")
    assert panel.editor.toPlainText() == TEXT + "\nmore"
    assert panel.editor.textCursor().position() == 4
    assert panel.flush()


def test_what_is_being_typed_stays_when_it_changes_elsewhere(panel, store):
    add(panel, "mine")
    scripts.save_script(store, "product:down", "theirs")
    assert panel.editor.toPlainText() == TEXT + "mine"
    panel.flush()
    assert held(store) == TEXT + "mine"  # theirs is in the journal


def test_undo_of_the_desk_shows_in_the_editor(panel, context):
    add(panel, "abc")
    panel.flush()
    context.desk.undo()
    assert panel.editor.toPlainText() == TEXT


def test_ctrl_z_inside_undoes_text_and_not_the_desk(qtbot, panel, context, window):
    undone = []
    context.actions.on("undo", lambda: undone.append(1))
    context.actions.set_state(undo=True)
    window.activateWindow()
    panel.editor.setFocus()
    add(panel, "abc")
    QTest.keyClick(panel.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert panel.editor.toPlainText() == TEXT
    assert undone == []


def test_a_question_mark_is_typed_not_taken_for_the_key_sheet(panel, context):
    opened = []
    context.actions.on("key_sheet", lambda: opened.append(1))
    context.actions.set_state()
    panel.editor.setFocus()
    add(panel, "?")
    assert panel.editor.toPlainText() == TEXT + "?"
    assert opened == []


def test_a_text_the_shop_will_not_take_is_kept_and_tried_again(panel, context, store, shop, monkeypatch):
    posted = []
    context.notices.posted.connect(posted.append)
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", len(TEXT) + 2)
    add(panel, "abcdef")
    panel.show_segment(shop.segments[2])
    assert posted[0].tone == "error"
    assert held(store) == TEXT
    assert not panel.flush()
    panel.show_segment(shop.segments[1])
    assert panel.editor.toPlainText() == TEXT + "abcdef"
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", 1000)
    assert panel.flush()
    assert held(store) == TEXT + "abcdef"


def test_placeholders_are_inserted_in_the_language_in_use(panel, store):
    panel.editor.selectAll()
    panel.chips["live_price"].click()
    assert panel.editor.toPlainText() == "{live_price}"
    assert panel.editor.document().isModified()


def test_the_outline_teaches_an_empty_script(qtbot, panel, shop):
    panel.show_segment(shop.segments[2])
    assert panel.outline.isVisible()
    panel.outline.click()
    text = panel.editor.toPlainText()
    assert text.count("【") == 5
    assert "{live_price}" in text
    assert "{list_price}" in text
    assert "{stock}" in text
    qtbot.waitUntil(lambda: not panel.outline.isVisible())
    assert not panel.warning.isVisible()


def test_the_chips_stay_under_the_mouse_when_the_first_word_is_typed(qtbot, panel, shop):
    """The outline's button goes with the first word; in its line's room the others came down, and a click missed."""
    panel.outline.setMinimumWidth(panel.width() // 2)  # as its English words beside the chips
    panel.show_segment(shop.segments[2])
    qtbot.waitUntil(lambda: panel.outline.y() > panel.chips["stock"].y())
    chip = panel.chips["stock"]
    before = chip.mapToGlobal(chip.rect().center())
    add(panel, "Hello ")
    qtbot.waitUntil(lambda: not panel.outline.isVisible())
    QTest.qWait(0)
    assert chip.mapToGlobal(chip.rect().center()) == before
    high = panel._tools.height()
    panel.show_segment(shop.segments[1])
    qtbot.waitUntil(lambda: panel._tools.height() < high)


def test_an_unknown_placeholder_is_named(qtbot, panel):
    add(panel, "{直播加}")
    qtbot.waitUntil(panel.warning.isVisible)
    assert "{直播加}" in panel.warning.text()


def test_a_placeholder_nobody_closed_is_named_and_underlined(qtbot, panel):
    panel.editor.setPlainText("{库存} 件，现价 {直播价")
    qtbot.waitUntil(panel.warning.isVisible)
    assert panel.warning.text() == "{直播价 is not closed"
    wave = QTextCharFormat.UnderlineStyle.WaveUnderline
    assert formats(panel, "直播价").underlineStyle() is wave
    panel.editor.setPlainText("{库存} 件，只剩 {库存")
    assert formats(panel, "库存} 件").underlineStyle() is not wave  # this one is closed
    panel.editor.setPlainText("{库存} 件，只剩 {库存}")
    qtbot.waitUntil(panel.warning.isHidden)


def test_a_products_figure_in_a_row_without_a_product_is_warned_of(qtbot, panel, shop):
    add(panel, "{吊牌价}")
    assert not panel.warning.isVisible()
    panel.show_segment(shop.segments[0])  # the opening
    add(panel, "今天{品名}，平时{吊牌价}")
    qtbot.waitUntil(panel.warning.isVisible)
    assert panel.warning.text() == "{吊牌价} reads “—”"
    assert "no product" in panel.warning.toolTip()


def test_what_is_typed_is_counted_when_the_hands_rest(qtbot, panel):
    before = panel.count.text()
    add(panel, "再说十个字才知道有多长。" * 20)
    qtbot.waitUntil(lambda: panel.count.text() != before)


def test_too_long_for_its_time_is_said(panel, store, shop):
    queue.edit_segment(store, shop.session, shop.segments[1], planned_seconds=1)
    assert "longer than planned" in panel.count.text()
    assert panel.count.property("tone") == "next"


def formats(panel, words):
    """Return the highlight at the middle of ``words``."""
    text = panel.editor.toPlainText()
    at = text.index(words) + 1
    for found in panel.editor.document().firstBlock().layout().formats():
        if found.start <= at < found.start + found.length:
            return QTextCharFormat(found.format)  # a copy: Qt takes its own back
    return QTextCharFormat()


def test_live_values_unknown_ones_and_directions_look_their_part(panel):
    panel.editor.setPlainText("😀{直播价} {nobody} 【举】 plain")
    assert formats(panel, "直播价").background().color() == theme.DARK.color("raised")
    assert formats(panel, "nobody").underlineStyle() is QTextCharFormat.UnderlineStyle.WaveUnderline
    assert formats(panel, "举】").foreground().color() == theme.DARK.color("hint")
    assert not formats(panel, "plain").isValid() or not formats(panel, "plain").hasProperty(
        QTextCharFormat.Property.ForegroundBrush
    )
    panel.restyle(theme.LIGHT)
    assert formats(panel, "直播价").background().color() == theme.LIGHT.color("raised")
    assert panel.editor.toPlainText().startswith("😀")


def test_a_live_value_with_an_unseen_sign_in_it_has_its_colours_too(panel):
    panel.editor.setPlainText("一\u200b😀{直播\u200b价}【举】")
    raised, hint = theme.DARK.color("raised"), theme.DARK.color("hint")
    assert formats(panel, "{直播").background().color() == raised
    assert formats(panel, "价}").background().color() == raised
    assert formats(panel, "举】").foreground().color() == hint


def test_shift_enter_begins_a_paragraph_as_it_is_saved(qtbot, panel):
    panel.editor.setPlainText("")
    qtbot.keyClicks(panel.editor, "one")
    qtbot.keyClick(panel.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(panel.editor, "two")
    assert panel.editor.toPlainText() == "one\ntwo"
    assert panel.editor.document().blockCount() == 2


def test_pasted_breaks_of_other_programs_are_paragraphs_and_unseen_signs_stay_behind(panel):
    mime = QMimeData()
    mime.setText("one\u2028{live\u200b_price}\x0bthree\r\nfour")
    panel.editor.selectAll()
    panel.editor.insertFromMimeData(mime)
    assert panel.editor.toPlainText() == "one\n{live_price}\nthree\nfour"
    assert panel.editor.document().blockCount() == 4


def test_pasting_brings_plain_text_only(panel):
    mime = QMimeData()
    mime.setHtml("<b>bold</b>")
    mime.setText("<b>bold</b>")
    panel.editor.selectAll()
    panel.editor.insertFromMimeData(mime)
    assert panel.editor.toPlainText() == "<b>bold</b>"


def test_a_removed_row_takes_its_editor_along_after_saving(panel, store, shop):
    add(panel, "last words")
    queue.remove(store, shop.session, [shop.segments[1]])
    assert not panel.editor.isEnabled()
    assert held(store) == TEXT + "last words"


def test_tab_leaves_the_editor(panel):
    assert panel.editor.tabChangesFocus()
    assert isinstance(panel.editor.accessibleName(), str)
    assert panel.editor.accessibleName() == "Script"


def test_the_outline_has_chinese_placeholders_in_chinese(monkeypatch):
    monkeypatch.setattr(script_panel, "current_language", lambda: "zh_CN")
    assert "{直播价}" in script_panel.outline()


def test_no_row(qtbot, context):
    made = ScriptPanel(context)
    qtbot.addWidget(made)
    set_language("en")
    made.retranslate()
    assert not made.editor.isEnabled()
    assert "Choose a row" in made.editor.placeholderText()
    assert made.flush()
    assert not made.findChildren(QLineEdit)
