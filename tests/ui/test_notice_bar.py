"""What the desk says over the rooms: read with Escape from wherever the keyboard is, taken back when no longer so."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from liveshop_desk import i18n
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from ui.notices import Notices, new_order_file
from ui.widgets.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def desk(qtbot):
    """A window with a field that has the keyboard, its notices and their bar."""
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    notices = Notices()
    bar = NoticeBar(notices, window)
    window.resize(900, 300)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    yield notices, bar, field
    window.close()


def test_escape_reads_an_error_while_the_keyboard_is_elsewhere(qtbot, desk):
    notices, bar, field = desk
    notices.error("The disk is full.")
    notices.error("The feed is gone.")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.shown.text == "The disk is full."
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert field.hasFocus()


def test_what_the_last_key_was_refused_for_is_read_though_an_older_error_is_not(qtbot, desk):
    """It waited behind the old one: a key that did nothing, and words of another act."""
    notices, bar, field = desk
    refused, gone = "There is no segment 9; the queue has 2.", "The queue has no next segment."
    for text in (refused, gone, refused, gone):
        notices.error(text)
        assert bar.shown.text == text
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.shown.text == refused
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()


@pytest.mark.parametrize("part", ["_no", "_yes", "_text"])
def test_a_click_on_it_leaves_the_keyboard_where_it_is(qtbot, desk, part):
    notices, bar, field = desk
    notices.info("New order file: a.csv", action="Look at it", on_action=lambda: None, lasts=True)
    qtbot.mouseClick(getattr(bar, part), Qt.MouseButton.LeftButton)
    assert field.hasFocus()


def test_what_is_no_longer_so_is_taken_back_shown_or_waiting(desk):
    notices, bar, _field = desk
    notices.error("The screen is gone.")
    notices.error("The disk is full.")
    notices.withdraw("The disk is full.")
    notices.withdraw("The screen is gone.")
    notices.info("The screen is back.")
    assert bar.shown.text == "The screen is back."


def test_what_is_to_be_read_stays_until_it_is_closed_or_something_else_is_said(qtbot, desk, monkeypatch):
    monkeypatch.setattr("ui.widgets.notice_bar.GOES_AFTER_MS", 1)
    notices, bar, field = desk
    notices.info("Imported 2 rows from 订单.csv. 3 rows were refused.", keeps=True)
    assert not bar._timer.isActive()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    notices.info("Imported 1 row from 订单.csv. 3 rows were refused.", keeps=True)
    notices.info("Backed up as b.zip.")
    qtbot.waitUntil(lambda: not bar.isVisible())  # what went well goes by itself, and brings nothing back


def test_an_order_file_nobody_looked_at_is_said_again_after_an_error(desk):
    notices, bar, _field = desk
    looked = []
    notices.info("A new order file: 订单.csv", action="Look at it", on_action=lambda: looked.append("1"), lasts=True)
    notices.error("Coat: 1 sold beyond the stock.")
    notices.info("A new order file: 订单2.csv", action="Look at it", on_action=lambda: looked.append("2"), lasts=True)
    bar._no.click()
    for _file in range(2):
        bar._yes.click()
    assert (looked, bar.shown) == (["1", "2"], None)


def test_two_order_files_that_come_at_once_are_said_one_after_the_other(desk):
    notices, bar, _field = desk
    for name in ("订单.csv", "订单2.csv"):
        notices.info(f"A new order file: {name}", action="Look at it", lasts=True)
    assert bar.shown.text == "A new order file: 订单.csv"  # the button under the hand stays the first one's
    bar._yes.click()
    assert bar.shown.text == "A new order file: 订单2.csv"
    notices.info("Imported 5 rows from 订单.csv.", action="Undo", keeps=True)
    assert bar.shown.text == "Imported 5 rows from 订单.csv."
    bar._no.click()
    assert bar.shown.text == "A new order file: 订单2.csv"
    bar._no.click()
    assert not bar.isVisible()


def test_an_order_file_waits_until_what_an_import_refused_is_read(desk):
    notices, bar, _field = desk
    notices.info("Imported 2 rows from 订单.csv. 3 rows were refused.", action="Undo", keeps=True)
    notices.info("A new order file: 订单2.csv", action="Look at it", lasts=True)
    assert bar.shown.text == "Imported 2 rows from 订单.csv. 3 rows were refused."
    bar._no.click()
    assert bar.shown.text == "A new order file: 订单2.csv"


def test_an_order_file_comes_back_after_what_goes_by_itself(qtbot, desk, monkeypatch):
    monkeypatch.setattr("ui.widgets.notice_bar.GOES_AFTER_MS", 1)
    notices, bar, _field = desk
    notices.info("A new order file: 订单.csv", action="Look at it", lasts=True)
    notices.info("Backed up as b.zip.")
    assert bar.shown.text == "Backed up as b.zip."
    qtbot.waitUntil(lambda: bar.shown.text == "A new order file: 订单.csv")
    assert not bar._timer.isActive()


def test_an_error_nobody_has_read_comes_back_once_a_question_is_answered(qtbot, desk):
    notices, bar, field = desk
    answers = []
    for answer in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        notices.error("The disk is full.")
        notices.ask("End the show?", "End", lambda: answers.append("yes"))
        notices.ask("Discard the draft?", "Discard", lambda: answers.append("yes"))
        assert bar.shown.text == "Discard the draft?"
        qtbot.keyClick(bar, answer)
        assert bar.shown.text == "The disk is full."
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert not bar.isVisible()
    assert answers == ["yes"]


@pytest.fixture
def chinese():
    """Put the texts into Chinese when called, and back after the test."""
    yield lambda: i18n.set_language("zh_CN")
    i18n.set_language("en")


def test_an_order_file_is_announced_in_the_language_in_use_and_goes_once_it_is_imported(desk, chinese):
    notices, bar, field = desk
    for name in ("订单.csv", "b.csv"):
        notices.info(partial(new_order_file, name), action=lambda: _("Look at it"), lasts=True)
    field.setFocus()
    chinese()
    bar.retranslate()
    assert (bar.shown.text, bar._text.text()) == ("新的订单文件：订单.csv",) * 2
    assert bar.accessibleName() == "新的订单文件：订单.csv"
    assert bar._yes.text() == "查看"
    assert field.hasFocus()
    notices.withdraw(new_order_file("b.csv"))  # the one that waits was said in English
    notices.withdraw("A new order file: 订单.csv")
    assert not bar.isVisible()


def test_a_question_that_stands_is_asked_in_the_language_in_use(qtbot, desk, chinese):
    notices, bar, _field = desk
    answers = []
    notices.error("The disk is full.")
    notices.ask(lambda: _("{act}?").format(act=_("Go live")), lambda: _("Go live"), lambda: answers.append("yes"))
    chinese()
    bar.retranslate()
    assert bar.shown.text == "开播？"
    assert (bar._yes.text(), bar._no.text()) == ("开播  ↵", "否  Esc")
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert answers == ["yes"]
    assert (bar.shown.text, bar._no.text()) == ("The disk is full.", "Read  Esc")  # said as it was, button and all
    assert bar.shown.text == "The disk is full."


@pytest.fixture
def sheet(qtbot, desk):
    """A window of its own beside the desk's, as the script's is, that has the keyboard."""
    sheet = QWidget()
    qtbot.addWidget(sheet)
    words = QLineEdit()
    QVBoxLayout(sheet).addWidget(words)
    sheet.show()
    sheet.activateWindow()
    words.setFocus()
    qtbot.waitUntil(words.hasFocus)
    yield words
    sheet.close()


def test_a_question_of_another_window_is_answered_by_enter_and_gives_the_keyboard_back(qtbot, desk, sheet):
    notices, bar, field = desk
    answers = []
    notices.ask("Discard the draft?", "Discard", lambda: answers.append("yes"))
    qtbot.waitUntil(bar.hasFocus)
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert answers == ["yes"]
    qtbot.waitUntil(sheet.hasFocus)
    assert bar.window().focusWidget() is field  # not the next in line, which may end the show


def test_a_question_over_a_question_gives_the_keyboard_back_to_who_had_it_first(qtbot, desk):
    notices, bar, field = desk
    notices.ask("End the show?", "End", lambda: None)
    notices.ask("Discard the draft?", "Discard", lambda: None)
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.shown is None
    assert field.hasFocus()


@pytest.mark.parametrize("stay", ["", "Stay"])
@pytest.mark.parametrize(
    "modifier",
    [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier],
)
def test_a_key_that_is_another_acts_answers_no_question(qtbot, desk, modifier, stay):
    """Ctrl+Enter takes the next segment; in a draft that is not possible, and it said yes to "Go live?"."""
    notices, bar, _field = desk
    answers = []
    notices.ask("Go live?", "Go live", lambda: answers.append("yes"), stay=stay)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(bar, key, modifier)
        qtbot.keyClick(bar._yes, key, modifier)
    assert bar.shown.text == "Go live?"
    assert not answers
    qtbot.keyClick(bar._yes, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert answers == ["yes"]


def test_enter_held_down_since_the_act_was_chosen_does_not_answer_its_question(qtbot, desk):
    notices, bar, _field = desk
    answers = []
    notices.ask("Go live?", "Go live", lambda: answers.append("yes"))
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
    QApplication.sendEvent(bar, held)
    assert not answers
    qtbot.keyClick(bar, Qt.Key.Key_Return)
    assert answers == ["yes"]


@pytest.mark.parametrize("stay", ["", "Stay"])
def test_enter_on_a_button_gives_that_buttons_answer(qtbot, desk, stay):
    notices, bar, _field = desk
    answers = []
    notices.ask("Close the desk?", "Close", lambda: answers.append("yes"), stay=stay)
    bar._no.setFocus()
    qtbot.keyClick(bar._no, Qt.Key.Key_Return)
    assert (answers, bar.shown) == ([], None)
    notices.ask("Close the desk?", "Close", lambda: answers.append("yes"), stay=stay)
    bar._yes.setFocus()
    qtbot.keyClick(bar._yes, Qt.Key.Key_Return)
    assert answers == ["yes"]


def test_with_nobody_to_give_it_back_to_no_button_gets_the_keyboard(qtbot, desk):
    notices, bar, field = desk
    after = QPushButton("End the show", bar.window())
    bar.window().layout().addWidget(after)
    field.clearFocus()
    notices.ask("Discard the draft?", "Discard", lambda: None)
    qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.window().focusWidget() is None


@pytest.mark.parametrize("covered", [False, True], ids=["stands", "comes back"])
def test_a_line_whose_words_cannot_follow_the_language_keeps_its_own_in_all_its_buttons(qtbot, desk, chinese, covered):
    notices, bar, _field = desk
    notices.error(UserError("The disk is full.", todo="Free some space."))
    if covered:
        notices.ask("This price is below its floor. List it all the same?", lambda: _("Take next"), lambda: None)
    chinese()
    bar.retranslate()
    if covered:
        assert [button.text() for button in (bar._yes, bar._no)] == ["Take next  ↵", "No  Esc"]
        qtbot.keyClick(bar, Qt.Key.Key_Escape)
    assert bar._text.text() == "The disk is full. Free some space."
    assert (bar._no.text(), bar._no.accessibleName()) == ("Read  Esc", "Close")
    notices.withdraw(bar.shown.text)
    notices.error("磁盘已满。")
    assert (bar._no.text(), bar._no.accessibleName()) == ("知道了  Esc", "关闭")


def test_a_line_whose_words_follow_takes_its_buttons_along(desk, chinese):
    notices, bar, _field = desk
    notices.error(lambda: _("More records came than the desk can hold: the newest are not counted."))
    chinese()
    bar.retranslate()
    assert bar._no.text() == "知道了  Esc"
