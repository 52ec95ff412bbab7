"""The rail: products dragged from the catalogue open the room they rest on, for the queue is in another."""

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent

from ui.models.dragged import PRODUCTS_MIME
from ui.rail import Rail


def _drag(rail, room, mime):
    """Bring a drag over a room's button; return what it was told."""
    event = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    rail._buttons[room].dragEnterEvent(event)
    return event


def _products():
    mime = QMimeData()
    mime.setData(PRODUCTS_MIME, b"vest")
    return mime


def test_products_resting_on_a_room_open_it(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    with qtbot.waitSignal(rail.room_wanted) as wanted:
        assert _drag(rail, "live", _products()).isAccepted()
    assert wanted.args == ["live"]


def test_a_drag_that_passes_or_is_none_of_ours_opens_nothing(qtbot):
    rail = Rail()
    qtbot.addWidget(rail)
    text = QMimeData()
    text.setText("hello")
    _drag(rail, "review", text)
    _drag(rail, "settings", _products())
    _drag(rail, "live", _products())
    rail._buttons["live"].dragLeaveEvent(QDragLeaveEvent())
    with qtbot.assertNotEmitted(rail.room_wanted, wait=450):
        pass
