"""Editing in place: what the bubble beside the cell says can be read to its end."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from liveshop_desk.errors import UserError
from ui.widgets.cell_editor import CellEditor

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

LONG = "The disk is full. Everything shown as saved before is safe; this one change was not saved. " * 2


@pytest.mark.parametrize("width", [400, 740])
def test_an_error_longer_than_the_table_is_wide_is_broken_into_lines(qtbot, width):
    def refuse(_text, _confirmed):
        raise UserError(LONG)

    host = QWidget()
    qtbot.addWidget(host)
    host.resize(width, 300)
    host.show()
    editor = CellEditor(host, refuse, name="Live price")
    editor.open(QRect(width - 300, 30, 100, 36), "24.50")
    QTest.keyClicks(editor.field, "23.30")
    editor.field.enter()
    assert host.rect().contains(editor.bubble.geometry())
    hint = editor.hint
    assert hint.wordWrap()
    assert hint.height() >= hint.heightForWidth(hint.width()) > 2 * hint.fontMetrics().height()
    QTest.keyClicks(editor.field, "1")
    assert not editor.hint.wordWrap()
