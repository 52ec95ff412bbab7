"""A layout that sets its items in lines, as words are set: for chips."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QWidget


class Chips(QFrame):
    """Widgets set in lines; the frame is always high enough for all of them.

    A ``steady`` one keeps its height where one of them goes, until ``settle``: the others stay under the mouse.
    """

    def __init__(self, widgets: Iterable[QWidget], *, spacing: int = 4, steady: bool = False) -> None:
        super().__init__()
        self._steady = steady
        self.flow = Flow(self, spacing)
        for widget in widgets:
            self.flow.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim the height that the new width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.settle()

    def event(self, event: QEvent) -> bool:
        """Claim the height anew when a chip has come, gone or got another text."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._claim(self.minimumHeight() if self._steady else 0)
        return handled

    def settle(self) -> None:
        """Take the height that is needed now."""
        self._claim(0)

    def _claim(self, least: int) -> None:
        height = max(least, self.flow.heightForWidth(self.width()))
        if height != self.minimumHeight():
            self.setMinimumHeight(height)


class Flow(QLayout):
    """Items left to right, then on the next line; the height follows the width."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 4) -> None:
        super().__init__(parent)
        self._held: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end (Qt calls this from addWidget)."""
        self._held.append(item)

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._held)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an item; Qt expects ``None`` beyond the end."""
        return self._held[index] if 0 <= index < len(self._held) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Remove an item and return it; Qt expects ``None`` beyond the end."""
        return self._held.pop(index) if 0 <= index < len(self._held) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell Qt that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at ``width``."""
        return self._set_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the items in their places."""
        super().setGeometry(rect)
        self._set_out(rect, move=True)

    def sizeHint(self) -> QSize:
        """Return the least size: the widest item's."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the widest and the highest item together."""
        size = QSize()
        for item in self._held:
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _set_out(self, rect: QRect, *, move: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        x, y, line = inner.x(), inner.y(), 0
        for item in self._held:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            if x > inner.x() and x + size.width() > inner.right() + 1:
                x, y, line = inner.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line + margins.bottom() - rect.y()
