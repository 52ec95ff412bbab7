"""The button with the keyboard has one frame, its own: what is inside it is painted as without the keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme import DARK, LIGHT, style_sheet
from ui.widgets.basics import button

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.mark.parametrize("theme", [DARK, LIGHT])
@pytest.mark.parametrize("kind", ["", "chip", "chosen"])
def test_the_keyboard_paints_nothing_within_the_frame(qtbot, theme, kind):
    room = QWidget()
    room.setStyleSheet(style_sheet(theme))
    first, second = button("抖音", kind=kind), button("淘宝", kind=kind)
    row = QHBoxLayout(room)
    for each in (first, second):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.addWidget(each)
    qtbot.addWidget(room)
    room.show()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)

    def inside():
        return second.grab().toImage().copy(second.rect().adjusted(8, 4, -8, -4))  # without its rounded corners

    before = inside()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert inside() == before
