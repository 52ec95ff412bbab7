"""The left rail: four rooms, settings at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from liveshop_desk.i18n import _, mark
from ui.models.dragged import PRODUCTS_MIME
from ui.theme import font

ROOMS = ("prepare", "live", "review", "catalogue")
TITLES = {
    "prepare": mark("Prepare"),
    "live": mark("Live"),
    "review": mark("Review"),
    "catalogue": mark("Catalogue"),
    "settings": mark("Settings"),
}


_OPENS_AFTER_MS = 350  # a drag that rests on a room opens it; one that only passes over it does not


class RoomButton(QToolButton):
    """A room of the rail. Products dragged from the catalogue open the room they rest on: the queue is in another."""

    def __init__(self) -> None:
        super().__init__()
        self._opening = QTimer(self, singleShot=True, interval=_OPENS_AFTER_MS)
        self._opening.timeout.connect(self.click)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Wait whether the drag means this room."""
        if self.isCheckable() and event.mimeData().hasFormat(PRODUCTS_MIME):
            event.acceptProposedAction()
            self._opening.start()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It only passed."""
        event.accept()
        self._opening.stop()

    def dropEvent(self, event: QDropEvent) -> None:
        """Let go here, the products stay where they are: only the room opens."""
        event.ignore()
        self._opening.stop()
        self.click()


class Rail(QFrame):
    """Says which room is wanted: ``room_wanted(name)``; ``settings_wanted``."""

    room_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setFixedWidth(70)
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 10, 3, 10)
        layout.setSpacing(6)
        for name in ROOMS:
            button = self._make(name)
            button.setCheckable(True)
            self._group.addButton(button)
            button.clicked.connect(lambda _checked=False, room=name: self.room_wanted.emit(room))
            layout.addWidget(button)
        layout.addStretch(1)
        settings = self._make("settings")
        settings.clicked.connect(self.settings_wanted.emit)
        layout.addWidget(settings)
        self.retranslate()

    def show_room(self, name: str) -> None:
        """Mark the room that is shown."""
        self._buttons[name].setChecked(True)

    def retranslate(self) -> None:
        """Put the titles into the language in use."""
        for name, button in self._buttons.items():
            button.setText(_(TITLES[name]))
            button.setAccessibleName(_(TITLES[name]))

    def _make(self, name: str) -> QToolButton:
        button = RoomButton()
        button.setProperty("kind", "rail")
        button.setFixedSize(64, 44)
        button.setFont(font(11))
        # The focus policy is a tool button's own, TabFocus; naming it here would cost the first paint 20 ms (ui.shell).
        self._buttons[name] = button
        return button
