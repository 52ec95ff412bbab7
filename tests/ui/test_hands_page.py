"""Which key does what, changed by hand; and what a device sends."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from liveshop_desk.prompter.hands import Act, Hands
from liveshop_desk.settings import Settings
from ui.dialogs.hands_page import Catch, HandsPage
from ui.dialogs.practice import Practice
from ui.prompter.keys import key_names

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def page(qtbot):
    made = HandsPage(Settings(keys={"push_rest": "F7"}))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.table.cellWidget(len(made._acts) - 1, 1) is not None)  # a few rows a turn
    return made


def cell(page, act):
    return page.table.cellWidget(page._acts.index(act), 1)


def press(widget, key, modifiers=Qt.KeyboardModifier.NoModifier, scan=0):
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, scan, 0, 0, ""))


def test_a_key_is_caught_for_an_act_and_what_it_did_is_said(page):
    catch = cell(page, Act.NEXT_SEGMENT).findChild(Catch)
    catch.click()
    press(catch, Qt.Key.Key_PageDown)
    assert page.hands.act("PgDown") is Act.NEXT_SEGMENT
    assert page.words.text() == "PgDown was “One page on” and is “Take the next segment” now."
    assert page.taken(Settings()).hands == {"PgDown": "next_segment"}


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_Tab, "Tab"), (Qt.Key.Key_Escape, "Esc"), (Qt.Key.Key_F7, "F7")])
def test_any_key_can_be_caught(page, key, name):
    catch = cell(page, Act.BLANK).findChild(Catch)
    catch.click()
    press(catch, Qt.Key.Key_Shift)
    press(catch, key)
    assert page.hands.act(name) is Act.BLANK


def test_a_key_the_desk_has_too_is_named(page):
    page.bind("F7", "blank")
    assert page.words.text() == "F7 is “Blank the screen” now. In the desk's window it stays “Push the rest”."


def test_a_key_is_taken_away_and_the_usual_ones_come_back(page):
    chip = next(b for b in cell(page, Act.BLANK).findChildren(QPushButton) if b.text().startswith("B "))
    chip.click()
    assert page.hands.act("B") is Act.NONE
    page.reset_button.click()
    assert page.hands.act("B") is Act.BLANK
    assert page.words.text() == ""


def test_practice_shows_what_a_device_sends_and_does_nothing_with_it(qtbot):
    dialog = Practice(Hands({}), {"push_rest": "F7"})
    qtbot.addWidget(dialog)
    dialog.show()
    press(dialog.pad, Qt.Key.Key_Escape, scan=9)
    assert dialog.isVisible()
    assert (dialog.key.text(), dialog.code.text()) == ("Esc", "scan code 9")
    assert "Play / pause" in dialog.does.text()
    press(dialog.pad, Qt.Key.Key_F7)
    assert "Push the rest" in dialog.does.text()
    press(dialog.pad, 0, scan=193)
    assert dialog.key.text() == "key 193"
    dialog.acts.setCurrentIndex(dialog.acts.findData("play"))
    with qtbot.waitSignal(dialog.bound) as given:
        dialog.bind_button.click()
    assert given.args == ["scan:193", "play"]


def test_a_sign_is_named_without_the_shift_that_makes_it():
    shift = Qt.KeyboardModifier.ShiftModifier
    plus = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Plus, shift, "+")
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_M, shift, "M")
    pad = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "")
    assert key_names(plus)[0] == "+"
    assert key_names(letter) == ("Shift+M", "M")
    assert key_names(pad) == ("Enter",)
