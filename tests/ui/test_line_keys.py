"""Commands by key while a line of text has the keyboard, as it is on X11."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ui.line_keys import LineKeys

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

CTRL = Qt.KeyboardModifier.ControlModifier


class LineOfX11(QLineEdit):
    """Takes Ctrl+E for itself, as Qt's line does there; the offscreen plugin has the keys of another system."""

    def event(self, event):
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_E:
            event.accept()
            return True
        return super().event(event)


def test_a_commands_key_is_the_commands_in_a_line_too(qtbot, context, window):
    line = LineOfX11("cue words")
    window.setCentralWidget(line)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    given = []
    for name in ("enter_numbers", "undo"):
        context.actions.on(name, lambda name=name: given.append(name))
    context.actions.set_state(live=True, session=True, undo=True)
    keys = LineKeys(context.actions, window)
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_E, CTRL)
    assert given == ["enter_numbers"]
    QTest.keyClicks(line, "!")
    QTest.keyClick(line, Qt.Key.Key_Z, CTRL)  # the line's own
    assert given == ["enter_numbers"]
    keys.deleteLater()
