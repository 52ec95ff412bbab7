"""Every command by name (Ctrl+K): type a few letters, Enter gives it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from liveshop_desk.commands import COMMANDS, GROUP_TITLES, Command
from liveshop_desk.i18n import _
from ui.actions import Actions
from ui.theme import ROW, font

WIDTH, HEIGHT = 560, 420
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Palette(QFrame):
    """A sheet inside the window: a line to type in and the commands possible now, found in either language.

    Not a window of its own: input methods and the desk's focus stay as they are.
    """

    def __init__(self, host: QWidget, actions: Actions) -> None:
        super().__init__(host)
        self._actions = actions
        self._before: QWidget | None = None  # who had the focus
        self.setProperty("kind", "panel")
        self.line = QLineEdit()
        self.line.setFont(font(15))
        self.list = QTreeWidget()
        self._dress_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._filter)
        self.line.returnPressed.connect(self.give)
        self.list.itemClicked.connect(lambda _item, _column: self.give())
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.setAccessibleName(_("All commands"))
        self.list.setAccessibleName(_("All commands"))
        self.line.setAccessibleName(_("Search the commands"))
        self.line.setPlaceholderText(_("Type a command …"))

    def open_now(self) -> None:
        """Show it in the upper middle of the window with what is possible now."""
        host = self.parentWidget()
        assert host is not None
        self._before = QApplication.focusWidget()
        width, height = min(WIDTH, host.width() - 32), min(HEIGHT, host.height() - 32)
        self.setGeometry((host.width() - width) // 2, max(16, (host.height() - height) // 4), width, height)
        self.line.clear()
        self._filter("")
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_now(self) -> None:
        """Take it away and give the focus back."""
        if self.isHidden():
            return
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def titles(self) -> list[str]:
        """Return the titles on the list, in their order."""
        items = (self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount()))
        ids = (item.data(0, Qt.ItemDataRole.UserRole) for item in items if item is not None)
        return [self._actions[command_id].text() for command_id in ids if command_id]

    def give(self) -> None:
        """Give the chosen command, after this sheet has gone."""
        item = self.list.currentItem()
        if item is None:  # pyright: ignore[reportUnnecessaryComparison] - nothing fits what was typed
            return
        command_id = item.data(0, Qt.ItemDataRole.UserRole)
        self.close_now()
        self._actions.give(command_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move the list and Esc close it while the line has the focus; it goes when the focus does."""
        if isinstance(event, QFocusEvent) and event.type() is QEvent.Type.FocusOut:
            if event.reason() not in _STAYS:
                self.close_now()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_now()
                return True
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        self.list.clear()
        possible = (c for c in COMMANDS if c.id != "palette" and self._actions[c.id].isEnabled())
        named = " ".join(wanted)  # what was typed in full comes first: Enter must not give a longer one on air
        fitting = [command for command in possible if _fits(command, wanted)]
        for command in sorted(fitting, key=lambda command: self._actions[command.id].text().casefold() != named):
            self.list.addTopLevelItem(self._item(command))
        first = self.list.topLevelItem(0)
        if first is None:
            self.list.addTopLevelItem(_nothing())
        else:
            self.list.setCurrentItem(first)

    def _item(self, command: Command) -> QTreeWidgetItem:
        title = f"{_(GROUP_TITLES[command.group])} › {self._actions[command.id].text()}"
        item = QTreeWidgetItem([title, self._actions.keys_text(command.id)])
        item.setData(0, Qt.ItemDataRole.UserRole, command.id)
        item.setSizeHint(0, QSize(1, ROW))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _dress_list(self) -> None:
        self.list.setFont(font(14))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformRowHeights(True)
        self.list.setRootIsDecorated(False)
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)


def _nothing() -> QTreeWidgetItem:
    """Say in the list's place that nothing fits; it cannot be chosen."""
    item = QTreeWidgetItem([_("No command possible now is called that.")])
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setSizeHint(0, QSize(1, ROW))
    item.setFirstColumnSpanned(True)
    return item


def _fits(command: Command, wanted: list[str]) -> bool:
    """Tell whether every word typed is somewhere in the command's names."""
    names = " ".join((_(command.title), command.title, command.id, _(GROUP_TITLES[command.group]))).casefold()
    return all(word in names for word in wanted)
