"""All keys on one sheet, by group."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liveshop_desk.commands import COMMANDS, GROUP_TITLES, Group
from liveshop_desk.i18n import _
from ui.actions import Actions
from ui.widgets.basics import label

COLUMNS: tuple[tuple[Group, ...], ...] = (
    (Group.SHOW, Group.NUMBERS),
    (Group.QUEUE, Group.EDIT),
    (Group.PROMPTER,),
    (Group.SHOP, Group.VIEW),
)


class KeySheet(QDialog):
    """What each key does now. Any of Esc, Enter or ? closes it."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(_("Keys"))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(20, 16, 20, 20)
        whole.setSpacing(28)
        for groups in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in groups:
                column.addLayout(self._group(group))
            column.addStretch(1)
            whole.addLayout(column)

    def _group(self, group: Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(_(GROUP_TITLES[group]), size=14, bold=True), 0, 0, 1, 2)
        keyed = [command for command in COMMANDS if command.group is group and self._actions.keys_text(command.id)]
        for number, command in enumerate(keyed, 1):
            keys = label(self._actions.keys_text(command.id), size=13, tone="chosen")
            keys.setAccessibleName(f"{_(command.title)}: {keys.text()}")
            grid.addWidget(label(_(command.title), size=13, tone="dim"), number, 0)
            grid.addWidget(keys, number, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that mean "read"."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Question):
            self.accept()
        else:
            super().keyPressEvent(event)
