"""What begins with choosing: a session whose queue is copied."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from liveshop_desk.ops import queue, show
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


def test_a_place_asked_for_in_one_queue_is_none_in_another(context, store, shop):
    pickers = Pickers(SimpleNamespace(context=context, room="prepare", show_room=lambda _room: None))
    pickers.pick_products(1)
    tomorrow = show.create_session(store, "Tomorrow")
    queue.add_products(store, tomorrow, ["down", "vest"])
    context.chosen.choose(tomorrow)
    pickers.put_into_queue(["coat"])
    assert [segment.product_id for segment in queries.segments(store, tomorrow)] == ["down", "vest", "coat"]


def test_what_is_picked_stands_where_it_was_asked_for(context, store, shop):
    pickers = Pickers(SimpleNamespace(context=context, room="prepare", show_room=lambda _room: None))
    pickers.pick_products(1)
    pickers.put_into_queue(["coat"])
    assert queries.segments(store, shop.session)[1].product_id == "coat"
