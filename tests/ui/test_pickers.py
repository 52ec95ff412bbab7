"""What begins with choosing: a session whose queue is copied."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from liveshop_desk.ops import show
from liveshop_desk.store import queries
from ui.pickers import Pickers

# The offscreen plugin says so of every menu.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")


def test_enter_alone_copies_the_newest_queue(qtbot, context, window, store, shop):
    window.show()
    empty = show.create_session(store, "Tomorrow")
    context.chosen.choose(empty)
    Pickers(SimpleNamespace(context=context, shell=window)).copy_queue()
    menu = window.findChild(QMenu)
    qtbot.waitUntil(menu.isVisible)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert len(queries.segments(store, empty)) == len(queries.segments(store, shop.session))
