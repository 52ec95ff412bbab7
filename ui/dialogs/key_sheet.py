"""All keys on one sheet, by group."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
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

    Its hundred lines are made a group at a time and painted a column at a time: ``soon`` says when, here and now unless
    the prompter runs.
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
        self._soon = soon
        self._columns: list[QWidget] = []
        self.setWindowTitle(_("Keys"))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(22)
        for groups in COLUMNS:
            self._column(whole, [partial(self._group, group) for group in groups])
        self._column(whole, [partial(self._anchors, hands)])

    def showEvent(self, event: QShowEvent) -> None:
        """Paint what is there a column at a time."""
        super().showEvent(event)
        for column in self._columns:
            self._soon(partial(_paint, column))

    def _column(self, whole: QHBoxLayout, groups: list[Callable[[], QGridLayout]]) -> None:
        column = QWidget()
        column.setUpdatesEnabled(False)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for place, group in enumerate(groups):
            self._soon(partial(self._add, layout, place, group))
        layout.addStretch(1)
        whole.addWidget(column)
        self._columns.append(column)

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


def _paint(column: QWidget) -> None:
    if isValid(column):
        column.setUpdatesEnabled(True)
