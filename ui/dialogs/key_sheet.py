"""All keys on one sheet, by group."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveshop_desk.commands import COMMANDS, GROUP_TITLES, Group
from liveshop_desk.i18n import _
from liveshop_desk.prompter.hands import TITLES, Act, Hands
from ui.actions import Actions
from ui.prompter.keys import key_title
from ui.widgets.basics import label

COLUMNS: tuple[tuple[Group, ...], ...] = (
    (Group.SHOW, Group.NUMBERS, Group.VIEW),
    (Group.QUEUE, Group.EDIT, Group.SHOP),
    (Group.PROMPTER,),
)  # and the anchor's own keys in a fourth


class KeySheet(QDialog):
    """What each key does now. Any of Esc, Enter or ? closes it.

    Its hundred lines are made a group at a time: ``soon`` says when, here and now unless the prompter runs.
    """

    def __init__(
        self,
        actions: Actions,
        hands: Hands,
        parent: QWidget | None = None,
        *,
        soon: Callable[[Callable[[], None]], None] = lambda part: part(),
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setWindowTitle(_("Keys"))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(22)
        for groups in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(12)
            for place, group in enumerate(groups):
                soon(partial(self._add, column, place, partial(self._group, group)))
            column.addStretch(1)
            whole.addLayout(column)
        anchors = QVBoxLayout()
        soon(partial(self._add, anchors, 0, partial(self._anchors, hands)))
        anchors.addStretch(1)
        whole.addLayout(anchors)

    def _add(self, column: QVBoxLayout, place: int, make: Callable[[], QGridLayout]) -> None:
        if isValid(self):  # closed, before it was whole
            column.insertLayout(place, make())

    def _anchors(self, hands: Hands) -> QGridLayout:
        named = {act: dict.fromkeys(map(key_title, hands.keys(act))) for act in Act if act}  # both Enter keys are 回车
        keyed = [(_(TITLES[act]), ", ".join(keys)) for act, keys in named.items() if keys]
        return self._grid(_("On the anchor's screen"), keyed)

    def _group(self, group: Group) -> QGridLayout:
        keyed = [(_(c.title), self._actions.keys_text(c.id)) for c in COMMANDS if c.group is group]
        return self._grid(_(GROUP_TITLES[group]), [(title, keys) for title, keys in keyed if keys])

    def _grid(self, heading: str, lines: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)  # all of it fits 1280×720
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(heading, size=14, bold=True), 0, 0, 1, 2)
        for number, (title, text) in enumerate(lines, 1):
            keys = label(text, size=13, tone="chosen")
            keys.setAccessibleName(f"{title}: {text}")
            grid.addWidget(label(title, size=13, tone="dim"), number, 0)
            grid.addWidget(keys, number, 1, Qt.AlignmentFlag.AlignRight)
        return grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys that mean "read"."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Question):
            self.accept()
        else:
            super().keyPressEvent(event)
