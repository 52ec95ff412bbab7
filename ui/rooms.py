"""How the rooms are laid out. A room is a widget with panels in it; it knows nothing of what they do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui.theme import GAP

_SIDE_LEAST = 250  # px


def live_room(queue: QWidget, prompter: QWidget, numbers: QWidget) -> QWidget:
    """Lay out the Live room: queue left and widest, prompter right, numbers across the bottom (LOOK.md)."""
    upper = _splitter(Qt.Orientation.Horizontal, (queue, 63), (prompter, 37))
    return _room(_splitter(Qt.Orientation.Vertical, (upper, 63), (numbers, 37)))


def prepare_room(queue: QWidget, script: QWidget, side: list[QWidget]) -> QWidget:
    """Lay out the Prepare room: queue, script, and the session's facts, goals and checks at the right."""
    return _room(_splitter(Qt.Orientation.Horizontal, (queue, 38), (script, 36), (_Side(side), 26)))


def waiting_room() -> QWidget:
    """Return what is seen for a moment of a room that is being built: an empty panel."""
    panel = QFrame()
    panel.setProperty("kind", "panel")
    return _room(panel)


def pieces(room: QWidget) -> list[QWidget]:
    """Return the panels a room is divided into; none where it is of one piece."""
    splitters = room.findChildren(QSplitter)
    parts = [splitter.widget(place) for splitter in splitters for place in range(splitter.count())]
    return [part for part in parts if part is not None and part not in splitters]


class _Side(QWidget):
    """Panels in a column, the last takes what is left. Those that can are told how high it is: ``make_room(px)``."""

    def __init__(self, panels: list[QWidget]) -> None:
        super().__init__()
        self._panels = panels
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for panel in panels[:-1]:
            layout.addWidget(panel)
        layout.addWidget(panels[-1], 1)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the narrowest window: words wrap."""
        return QSize(_SIDE_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the panels how high the column is."""
        super().resizeEvent(event)
        for panel in self._panels:
            make_room = getattr(panel, "make_room", None)
            if make_room is not None:
                make_room(event.size().height())


def _splitter(direction: Qt.Orientation, *parts: tuple[QWidget, int]) -> QSplitter:
    splitter = QSplitter(direction)
    splitter.setHandleWidth(GAP)
    splitter.setChildrenCollapsible(False)
    for index, (part, share) in enumerate(parts):
        splitter.addWidget(part)
        splitter.setStretchFactor(index, share)
    splitter.setSizes([share * 20 for _part, share in parts])
    return splitter


def _room(content: QWidget) -> QWidget:
    room = QWidget()
    room.setProperty("kind", "room")
    layout = QHBoxLayout(room)
    layout.setContentsMargins(10, 10, 10, 10)
    layout.addWidget(content)
    return room
