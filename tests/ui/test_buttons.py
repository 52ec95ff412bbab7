"""Buttons as a keyboard's user expects them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout
from shiboken6 import delete

from tests.ui.numbers import shown
from ui.widgets.basics import action_button, button

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


def test_enter_presses_the_button_that_has_the_keyboard_not_the_dialogs_default(qtbot):
    dialog = QDialog()
    layout = QVBoxLayout(dialog)
    save, cancel = button("Save"), button("Cancel")
    save.setDefault(True)
    pressed = []
    for made in (save, cancel):
        made.clicked.connect(lambda _on=False, made=made: pressed.append(made.text()))
        layout.addWidget(made)
    shown(qtbot, dialog, 300, 200)
    cancel.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(cancel, key)
    assert pressed == ["Cancel"] * 3
    qtbot.keyClick(cancel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # a command's key, perhaps
    assert len(pressed) == 3


def test_enter_beside_buttons_presses_none_that_is_not_the_dialogs_default(qtbot):
    dialog = QDialog()
    layout = QVBoxLayout(dialog)
    scenes, switch = QComboBox(), button("Incident scene")
    pressed = []
    switch.clicked.connect(lambda: pressed.append("switch"))
    for made in (scenes, switch):
        layout.addWidget(made)
    shown(qtbot, dialog, 300, 200)
    scenes.setFocus()
    qtbot.keyClick(scenes, Qt.Key.Key_Return)
    assert pressed == []
    switch.setDefault(True)
    qtbot.keyClick(scenes, Qt.Key.Key_Return)
    assert pressed == ["switch"]


def test_a_command_whose_button_was_closed_may_change_all_the_same(qtbot):
    """OBS's page was opened and closed: the next word of its mute key was a fault of the program."""
    act = QAction("Mute")
    gone, there = action_button(act), action_button(act)
    qtbot.addWidget(there)
    delete(gone)
    act.setText("静音")  # an error in a slot fails the test
    act.setEnabled(False)
    assert there.text() == "静音"
    assert not there.isEnabled()
