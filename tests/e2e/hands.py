"""The operator's hands and eyes: keys, clicks and what stands on the screen. Nothing else of the window is touched."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from liveshop_desk.i18n import _
from ui.start import Starter
from ui.widgets.notice_bar import NoticeBar

W = TypeVar("W", bound=QWidget)
PATIENCE = 40.0  # seconds; only ever reached where something is broken


def wait_until(true: Callable[[], object], why: Callable[[], str] = lambda: "") -> None:
    """Let the window live until something holds."""
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain: {why()}")
        live_on(10)


def live_on(milliseconds: int) -> None:
    """Let the window live for a moment. Its own loop: QTest.qWait would hold Python back from the other threads."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Hands:
    """Hands on one open desk. A name means an accessible name or the text of a button."""

    def __init__(self, starter: Starter) -> None:
        self.starter = starter
        self.shell = starter.shell
        self.errors: list[str] = []  # error notices nobody expected
        self.said: list[str] = []  # everything the notice bar was given
        self.shell.notices.posted.connect(self._hear)

    def _hear(self, notice) -> None:
        self.said.append(notice.text)
        if notice.tone == "error":
            self.errors.append(notice.text)

    # -- eyes ------------------------------------------------------------------------------------------------

    def seen(self, kind: type[W], name: str = "", within: QWidget | None = None) -> list[W]:
        """Return the visible widgets of a kind, by name where one is given."""
        roots = [within] if within is not None else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        found = [w for root in roots for w in (root, *root.findChildren(QWidget)) if isinstance(w, kind)]
        return [w for w in dict.fromkeys(found) if w.isVisible() and (not name or named(w, name))]

    def find(self, name: str, kind: type[W] = QWidget, within: QWidget | None = None) -> W:
        """Return the one visible widget of that name."""
        found = self.seen(kind, name, within)
        assert found, f"no visible {kind.__name__} “{name}”; on the screen: {self.texts()}"
        return found[0]

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        """Return a button by its name."""
        return self.find(name, QAbstractButton, within)

    def texts(self, within: QWidget | None = None) -> list[str]:
        """Return every text of labels and buttons on the screen."""
        words = [w.text() for kind in (QLabel, QAbstractButton) for w in self.seen(kind, "", within)]
        return [text for text in words if text.strip()]

    def shows(self, text: str, within: QWidget | None = None) -> bool:
        """Tell whether a text stands somewhere on the screen."""
        return any(text in shown for shown in self.texts(within))

    def notice(self) -> str:
        """Return what the notice bar says; empty where it is not shown."""
        bar = self.seen(NoticeBar)
        return bar[0].accessibleName() if bar else ""

    def table(self, name: str = "Queue") -> QTableView:
        """Return the table of that name in the room that is shown."""
        return self.find(name, QTableView)

    def rows(self, name: str = "Queue") -> list[dict[str, str]]:
        """Return the table's rows as heading → text."""
        table = self.table(name)
        return [self.row(table, number) for number in range(table.model().rowCount())]

    def row(self, table: QTableView, number: int) -> dict[str, str]:
        """Return one row as heading → text, hidden columns too."""
        model = table.model()
        across = Qt.Orientation.Horizontal
        return {
            model.headerData(column, across): str(model.index(number, column).data() or "")
            for column in range(model.columnCount())
        }

    def titles(self) -> list[str]:
        """Return the queue's titles in their order."""
        return [row["Segment / product"] for row in self.rows()]

    def chosen_row(self, name: str = "Queue") -> dict[str, str]:
        """Return the row the keyboard is on."""
        table = self.table(name)
        return self.row(table, table.currentIndex().row())

    def wait_for(self, text: str) -> None:
        """Wait until a text stands on the screen (notices count)."""
        wait_until(
            lambda: self.shows(text) or text in self.notice(), lambda: f"“{text}” in {self.texts()} {self.notice()}"
        )

    # -- hands -----------------------------------------------------------------------------------------------

    def press(self, *keys: str, on: QWidget | None = None) -> None:
        """Press keys by their names (``Ctrl+L``, ``Return``) where the keyboard is."""
        for key in keys:
            combination = QKeySequence(key)[0]
            QTest.keyClick(on or self.focus(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str, *then: str) -> None:
        """Type a text where the keyboard is, then press keys. Chinese comes as an input method gives it."""
        for run in re.findall(r"\n|[\x20-\x7e]+|[^\x00-\x7f]+", text):
            field = self.focus()
            if run == "\n":
                self.press("Return")
            elif run.isascii():
                QTest.keyClicks(field, run)
            else:
                given = QInputMethodEvent()
                given.setCommitString(run)
                QApplication.sendEvent(field, given)
        self.press(*then)

    def put(self, name: str, text: str, *then: str) -> None:
        """Click into a field, type over what is in it, then press keys."""
        field = self.find(name, QLineEdit)
        self.click_on(field)
        field.selectAll()
        self.type(text, *then)

    def write(self, name: str, text: str) -> None:
        """Click into a large field and type over what is in it."""
        field = self.find(name, QPlainTextEdit)
        self.click_on(field.viewport())
        self.press("Ctrl+A")
        self.type(text)

    def focus(self) -> QWidget:
        """Return where the keyboard is. Closing a window gives it to the one below, as every window manager does."""
        if QApplication.activeWindow() is None:
            self.shell.activateWindow()
            wait_until(self.shell.isActiveWindow)
        return QApplication.focusWidget() or QApplication.activeWindow() or self.shell

    def click(self, name: str, within: QWidget | None = None) -> None:
        """Click a button by its name."""
        made = self.button(name, within)
        assert made.isEnabled(), f"“{name}” is greyed out"
        self.click_on(made)

    def click_on(self, widget: QWidget, spot: QPoint | None = None) -> None:
        """Click a widget in its middle, or at a spot."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot or widget.rect().center())

    def click_row(self, number: int, heading: str = "", name: str = "Queue", *, keys: str = "") -> None:
        """Click a row (from 0), in the column of a heading."""
        table = self.table(name)
        headings = list(self.row(table, number))
        index = table.model().index(number, headings.index(heading) if heading else 0)
        table.scrollTo(index)
        modifiers = {"": Qt.KeyboardModifier.NoModifier, "Ctrl": Qt.KeyboardModifier.ControlModifier}[keys]
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, modifiers, table.visualRect(index).center())

    def drag_row(self, number: int, place: int) -> None:
        """Drop a row of the queue before another place, as the mouse would leave it."""
        self.click_row(number)
        table = self.table()
        carried = table.model().mimeData(table.selectionModel().selectedRows())
        rect = table.visualRect(table.model().index(place, 0))
        spot = QPointF(rect.center().x(), rect.top() + 1)
        no = Qt.KeyboardModifier.NoModifier
        drop = QDropEvent(spot, Qt.DropAction.MoveAction, carried, Qt.MouseButton.LeftButton, no)
        table.dropEvent(drop)

    def drop_file(self, path: Path, on: str) -> None:
        """Drop a file where a text stands."""
        target: QWidget = next(label for label in self.seen(QLabel) if label.text() == on)
        while not target.acceptDrops():
            target = target.parentWidget()
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(path))])
        spot, no, left = target.rect().center(), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        enter = QDragEnterEvent(spot, Qt.DropAction.CopyAction, carried, left, no)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(target, QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, carried, left, no))

    def menu(self, button: str, entry: str) -> None:
        """Choose an entry of a button's menu."""
        menu = self.button(button).findChild(QMenu)
        action = next(a for a in menu.actions() if a.text().replace("&", "") == entry)
        assert action.isEnabled(), f"“{entry}” is greyed out"
        action.trigger()

    def give(self, command: str) -> None:
        """Give a command by the palette: Ctrl+K, some letters, Enter."""
        self.press("Ctrl+K")
        self.type(command, "Return")

    def room(self, name: str) -> None:
        """Go to a room by its key."""
        self.press({"Prepare": "Alt+1", "Live": "Alt+2", "Review": "Alt+3", "Catalogue": "Alt+4"}[name])

    def choose_file(self, path: Path) -> None:
        """Type a file's path into the file window and open it."""
        wait_until(lambda: self.seen(QFileDialog))
        dialog = self.seen(QFileDialog)[0]
        field = next(w for w in dialog.findChildren(QLineEdit) if w.isVisible())
        self.click_on(field)
        field.setText(str(path))  # in one piece: letter by letter the file window's own completer opens over it
        QTest.keyClick(field, Qt.Key.Key_Return)
        wait_until(lambda: not self.seen(QFileDialog))

    def expect_error(self, part: str) -> str:
        """Take one error notice as meant, read it and put it away; return its text."""
        wait_until(lambda: any(part in text for text in self.errors), lambda: f"no error with “{part}”: {self.said}")
        text = next(text for text in self.errors if part in text)
        self.errors.remove(text)
        if text in self.notice():
            self.click("Close", within=self.seen(NoticeBar)[0])
        return text


def named(widget: QWidget, name: str) -> bool:
    """Tell whether a widget goes by an English name in the language in use: accessible name, or a button's text."""
    wanted = (name, _(name))
    if widget.accessibleName() in wanted:
        return True
    return isinstance(widget, QAbstractButton) and widget.text().replace("&", "").strip() in wanted
