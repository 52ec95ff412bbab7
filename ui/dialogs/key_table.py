"""All commands with their keys, each key editable; two commands on one key are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from liveshop_desk.commands import BY_ID, COMMANDS, GROUP_TITLES, Command
from liveshop_desk.i18n import _
from ui.dialogs.slices import Slices
from ui.theme import ROW, font
from ui.widgets.basics import plain_tip, set_look

_AT_ONCE = 4  # rows a turn
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TEXT = QKeySequence.SequenceFormat.PortableText


class KeyEdit(QKeySequenceEdit):
    """Takes the next key, but for those that lead out of it: Tab, Enter, which saves, and Esc.

    Esc gives back the key it had when one came to it; where that is so already, the dialog is left.
    """

    def __init__(self, keys: str) -> None:
        super().__init__(QKeySequence(keys))
        self._before = self.keySequence()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember the key Esc gives back."""
        super().focusInEvent(event)
        self._before = self.keySequence()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key, or leave Enter and Esc to the dialog; Tab never comes here."""
        plain = not event.modifiers() & ~_PLAIN
        if plain and event.key() == Qt.Key.Key_Escape and self.keySequence() != self._before:
            self.setKeySequence(self._before)
        elif plain and event.key() in (Qt.Key.Key_Escape, *_ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)


class KeyTable(QTableWidget):
    """One row a command. ``keys_changed`` after every edit."""

    keys_changed = Signal()

    def __init__(self, chosen: Mapping[str, str]) -> None:
        super().__init__(len(COMMANDS), 3)
        self._edits: dict[str, QKeySequenceEdit] = {}
        self._dress()
        self._chosen = chosen
        self._slices = Slices(self, self._rows())

    def _rows(self) -> Iterator[None]:
        """Make the rows, some at a time."""
        for number, command in enumerate(COMMANDS):
            self.setItem(number, 0, _fixed(_(GROUP_TITLES[command.group])))
            self.setItem(number, 1, _fixed(_(command.title)))
            self._edits[command.id] = self._edit(command)
            self.setCellWidget(number, 2, self._edits[command.id])
            if number % _AT_ONCE == 0:
                yield
        self._on_edit()

    def _edit(self, command: Command) -> QKeySequenceEdit:
        edit = KeyEdit(self._chosen.get(command.id, command.keys))
        edit.setMaximumSequenceLength(1)
        edit.setClearButtonEnabled(True)
        edit.setFont(font(13))
        edit.setAccessibleName(_("Key of {command}").format(command=_(command.title)))
        edit.setAccessibleDescription(_("Press the new key. Tab goes on, Esc gives the key back it had."))
        _line_of(edit).setPlaceholderText(_("Press a key"))
        edit.keySequenceChanged.connect(lambda _sequence: self._on_edit())
        return edit

    def changed_keys(self) -> dict[str, str]:
        """Return command id → key, only where it differs from COMMANDS."""
        held = dict(self._chosen)
        held |= {command_id: edit.keySequence().toString(_TEXT) for command_id, edit in self._edits.items()}
        known = ((key, text) for key, text in held.items() if key in BY_ID)
        return {key: text for key, text in known if QKeySequence(text) != QKeySequence(BY_ID[key].keys)}

    def set_key(self, command_id: str, keys: str) -> None:
        """Give a command another key (portable text; empty for none)."""
        self._slices.finish()
        self._edits[command_id].setKeySequence(QKeySequence(keys))

    def reset(self) -> None:
        """Give every command its usual key."""
        for command in COMMANDS:
            self.set_key(command.id, command.keys)

    def conflicts(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return (key as shown, titles of the commands on it) for every key that stands more than once."""
        users: defaultdict[str, list[str]] = defaultdict(list)
        for command_id, edit in self._edits.items():
            shown = edit.keySequence().toString(QKeySequence.SequenceFormat.NativeText)
            if shown:
                users[shown].append(command_id)
        return [(key, tuple(_(BY_ID[i].title) for i in ids)) for key, ids in users.items() if len(ids) > 1]

    def _on_edit(self) -> None:
        self._mark_doubles()
        self.keys_changed.emit()

    def _mark_doubles(self) -> None:
        doubled = {key for key, _titles in self.conflicts()}
        for edit in self._edits.values():
            shown = edit.keySequence().toString(QKeySequence.SequenceFormat.NativeText)
            set_look(_line_of(edit), tone="error" if shown in doubled else "")

    def _dress(self) -> None:
        self.setAccessibleName(_("Keys"))
        self.setFont(font(13))
        self.setShowGrid(False)
        self.setHorizontalHeaderLabels([_("Group"), _("Command"), _("Key")])
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)  # Tab goes from key to key and on to the buttons
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW + 2)
        header = self.horizontalHeader()
        header.setFont(font(12))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, 96)
        self.setColumnWidth(2, 190)


def _line_of(edit: QKeySequenceEdit) -> QLineEdit:
    """Return the line inside, which is what the style sheet knows how to mark."""
    line = edit.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


def _fixed(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setToolTip(plain_tip(text))
    return item
