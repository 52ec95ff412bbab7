"""A small sheet that opens beside what it is about, inside the window: no box in the middle of the stream."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from ui.widgets.basics import button, label, row

_BY_TAB = Qt.FocusPolicy.TabFocus


def plain_digit(event: QKeyEvent) -> bool:
    """Tell whether a key is a digit and nothing else, of the number pad too."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.text().isascii() and event.text().isdigit()


class Popover(QFrame):
    """A titled sheet with a close button; Esc closes it, Tab goes round. Fill ``body``, then ``open_at`` its place."""

    closed = Signal()

    def __init__(self, host: QWidget, title: str) -> None:
        super().__init__(host)
        self.setProperty("kind", "popover")
        self.setAccessibleName(title)
        self.title = label(title, size=13, bold=True)
        self._close = button("✕", kind="quiet", name=_("Close"))
        self._close.clicked.connect(self.close_now)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(12, 8, 8, 12)
        self.body.setSpacing(8)
        self.body.addLayout(row(self.title, None, self._close))
        self._anchor: QRect | None = None
        self.hide()

    def open_at(self, anchor: QRect) -> None:
        """Show the sheet below ``anchor`` (in the host's coordinates), or above it, always wholly inside the host."""
        self._anchor = anchor
        self.refit()
        self.show()
        self.raise_()

    def refit(self) -> None:
        """Take the size the content needs now, without covering what the sheet is about."""
        host, anchor = self.parentWidget(), self._anchor
        if host is None or anchor is None:
            return
        self.adjustSize()
        room = host.rect().adjusted(8, 8, -8, -8)
        size = self.sizeHint().boundedTo(room.size())
        below = anchor.bottom() + 4
        y = below if below + size.height() <= room.bottom() else anchor.top() - size.height() - 4
        x = min(anchor.left(), room.right() - size.width())
        self.setGeometry(max(room.left(), x), max(room.top(), min(y, room.bottom() - size.height())), *size.toTuple())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Go round among the sheet's own controls: behind the last one the keyboard would be at the window's rail."""
        # The ring itself must not be walked: to PySide nextInFocusChain() is a child, and dies with the sheet.
        stops = [
            each
            for each in self.findChildren(QWidget)
            if each.isEnabled() and each.isVisible() and each.focusPolicy() & _BY_TAB
        ]
        held = QApplication.focusWidget()
        if held is None or held not in stops:
            return super().focusNextPrevChild(next)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(stops.index(held) + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes. A digit none of its controls took ends here: it must not begin a jump in the queue behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        elif plain_digit(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def close_now(self) -> None:
        """Take the sheet away."""
        self.hide()
        self.closed.emit()
        self.deleteLater()
