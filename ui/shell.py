"""The window before the desk is in it: rail, top bar and an empty middle. Cheap: it is the first paint.

Nothing here touches ``Qt`` (the namespace): its enumerations take 20 ms to make, a seventh of a bare window's start.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from ui.notices import Notices
from ui.rail import Rail
from ui.theme import Theme, font, style_sheet

_FRAME = 40  # px a title bar takes


class Shell(QMainWindow):
    """The one window. ``painted`` once after the first paint; ``closing`` when the user has closed it."""

    painted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.wear(theme)
        self.notices = Notices()
        self.rail = Rail()
        self.top = QFrame()
        self.top.setProperty("kind", "bar")
        self.top.setFixedHeight(52)
        self.top_layout = QHBoxLayout(self.top)
        self.top_layout.setContentsMargins(16, 0, 16, 0)
        self.top_layout.setSpacing(12)
        self.stack = QStackedWidget()
        self.stack.addWidget(_waiting(_("Opening the shop file …")))
        self.asks_first: Callable[[], bool] = lambda: False  # a user's close: is it answered with a question?
        self._first = True
        self._arrange()
        self.setWindowTitle("Liveshop Desk")
        self.setMinimumSize(900, 500)
        self.resize(1440, 900)

    def _arrange(self) -> None:
        middle = self._middle = QWidget()
        middle.setProperty("kind", "room")
        column = self._column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.rail)
        below.addWidget(middle, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addLayout(below, 1)
        self.setCentralWidget(whole)

    def appear(self) -> None:
        """Show the window: at its usual size, or filling a screen that is smaller."""
        room = self.screen().availableSize()
        if room.width() < 1440 or room.height() < 900 + _FRAME:
            self.showMaximized()
        else:
            self.show()

    def wear(self, theme: Theme) -> None:
        """Put the window into a theme's style sheet.

        The window and not the application: under an application's sheet every part is polished again each time it is
        put into another, and building the rooms takes twice as long.
        """
        self.theme = theme
        self.setStyleSheet(style_sheet(theme))

    def complete(self) -> None:
        """Add what the first paint does without: the notice bar, hidden until there is something to say."""
        from ui.widgets.notice_bar import NoticeBar

        self.notice_bar = NoticeBar(self.notices, self._middle)

    def add_strip(self, strip: QWidget) -> None:
        """Add a strip above the rooms."""
        self._column.insertWidget(0, strip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Note the first paint."""
        super().paintEvent(event)
        if self._first:
            self._first = False
            QTimer.singleShot(0, self.painted.emit)  # queued: the children of this very paint come first

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell everyone before the window goes, so that nothing typed is lost; ask before where a show is on air."""
        if event.spontaneous() and self.asks_first():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)


def _waiting(text: str) -> QWidget:
    """Put a line of our own text into the middle of a page (by stretches: an alignment is one of Qt's enums)."""
    page, line = QWidget(), QLabel(text)
    line.setFont(font(14))
    line.setProperty("tone", "faint")
    layout = QHBoxLayout(page)
    layout.addStretch(1)
    layout.addWidget(line)
    layout.addStretch(1)
    return page
