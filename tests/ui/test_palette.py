"""Commands by name, and the sheet of keys."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from liveshop_desk.prompter.hands import Hands
from ui.dialogs.key_sheet import KeySheet
from ui.dialogs.palette import Palette

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def given(context):
    """Three commands that can be given, one that cannot."""
    done = []
    for command in ("undo", "history", "settings", "take_next"):
        context.actions.on(command, lambda which=command: done.append(which))
    context.actions.set_state(undo=True)
    return done


@pytest.fixture
def palette(context, given, window):
    window.resize(900, 700)
    window.setCentralWidget(QLineEdit())
    window.show()
    window.centralWidget().setFocus()
    made = Palette(window, context.actions)
    made.open_now()
    return made


def test_only_what_is_possible_now(palette):
    assert palette.titles() == ["Undo", "What was changed", "Settings"]


def test_typing_finds_and_enter_gives(palette, given):
    QTest.keyClicks(palette.line, "chang")
    assert palette.titles() == ["What was changed"]
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert given == ["history"]
    assert not palette.isVisible()


def test_where_nothing_fits_it_says_so_and_enter_does_nothing(palette, given):
    QTest.keyClicks(palette.line, "zzz")
    assert palette.titles() == []
    assert palette.list.topLevelItem(0).text(0) == "No command possible now is called that."
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert given == []
    assert palette.isVisible()


def test_arrows_move_while_typing(palette, given):
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert given == ["history"]


def test_escape_closes_and_gives_the_focus_back(palette, window):
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is window.centralWidget()


def test_going_elsewhere_closes(palette, window):
    palette.line.clearFocus()
    palette.eventFilter(palette.line, QFocusEvent(QEvent.Type.FocusOut))
    assert not palette.isVisible()


def test_it_opens_anew_each_time(palette, context):
    palette.line.setText("zzz")
    palette.close_now()
    context.actions.set_state(undo=False)
    palette.open_now()
    assert palette.titles() == ["What was changed", "Settings"]


def test_nothing_found_gives_nothing(palette, given):
    QTest.keyClicks(palette.line, "zzz")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert given == []
    assert palette.isVisible()


def test_the_group_and_the_id_are_names_too(palette):
    palette.line.setText("edit undo")
    assert palette.titles() == ["Undo"]


def test_the_key_stands_beside(palette, context):
    assert palette.list.topLevelItem(0).text(1) == context.actions.keys_text("undo") != ""


def test_the_key_sheet_shows_every_key(qtbot, context):
    sheet = KeySheet(context.actions, Hands({}))
    qtbot.addWidget(sheet)
    sheet.show()
    texts = {each.text() for each in sheet.findChildren(QLabel)}
    assert {"Take next", context.actions.keys_text("take_next"), "Edit price", "F2", "Prompter", "Keys"} <= texts
    assert "Back up now" not in texts  # it has no key
    QTest.keyClicks(sheet, "?")
    assert not sheet.isVisible()


def test_a_command_typed_in_full_is_before_those_that_begin_with_it(context, palette):
    for command in ("obs", "obs_incident", "obs_mute"):
        context.actions.on(command, lambda: None)
    palette.open_now()
    palette.line.setText("obs")
    assert palette.titles()[0] == "OBS"
    assert len(palette.titles()) == 3
