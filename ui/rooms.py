"""How the rooms are laid out. A room is a widget with panels in it; it knows nothing of what they do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from ui.theme import GAP
from ui.widgets.basics import Panel

_SIDE_LEAST = 250  # px
_LAST_LEAST = 120  # px the last panel keeps: three lines of a list


def live_room(queue: QWidget, prompter: QWidget, numbers: QWidget) -> QWidget:
    """Lay out the Live room: queue left and widest, prompter right, numbers across the bottom (LOOK.md)."""
    upper = _splitter(Qt.Orientation.Horizontal, (queue, 63), (prompter, 37))
    return _room(_splitter(Qt.Orientation.Vertical, (upper, 63), (numbers, 37)))


def prepare_room(queue: QWidget, script: QWidget, side: list[QWidget]) -> QWidget:
    """Lay out the Prepare room: queue, script, and the session's facts, goals and checks at the right."""
    return _room(_splitter(Qt.Orientation.Horizontal, (queue, 37), (script, 35), (_Side(side), 28)))


def waiting_room() -> QWidget:
    """Return what is seen for a moment of a room that is being built: an empty panel."""
    panel = QFrame()
    panel.setProperty("kind", "panel")
    return _room(panel)


def pieces(room: QWidget) -> list[QWidget]:
    """Return the panels a room is divided into: between its splitters, or all there are where it has none."""
    splitters = room.findChildren(QSplitter)
    parts = [splitter.widget(place) for splitter in splitters for place in range(splitter.count())]
    return [part for part in parts if part is not None and part not in splitters] or list(room.findChildren(Panel))


class _Side(QWidget):
    """Panels in a column, the last takes what is left.

    One that can is told what the others leave it: ``make_room(px)``.
    """

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
        """Share the new height."""
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """Share the height anew where a panel was folded or wants more: panels that get less than they need overlap."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._share()
        return handled

    def _share(self) -> None:
        for panel in self._panels:
            make_room = getattr(panel, "make_room", None)
            if make_room is not None:
                others = [other for other in self._panels[:-1] if other is not panel]
                taken = sum(_needed(other, self.width()) + GAP for other in others)
                make_room(self.height() - taken - _LAST_LEAST - GAP)


def _needed(panel: QWidget, width: int) -> int:
    """Return the least height of a panel at ``width``: its words wrap."""
    return max(panel.minimumSizeHint().height(), panel.heightForWidth(width))


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
