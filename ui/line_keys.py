"""The desk's keys where a line of text has the keyboard: Qt on X11 takes Ctrl+E to go to the line's end.

What was typed next for the numbers went on in the cue, and to the anchor.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from liveshop_desk.commands import COMMANDS
from ui.actions import Actions

_EDITING = frozenset("ACVXYZ")  # all, copy, paste, cut, redo, undo: the text's own
_IDS = tuple(command.id for command in COMMANDS)


class LineKeys(QObject):
    """Follows the keyboard and listens to the line that has it, and to nothing else."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        self._moved(None, app.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a command's Ctrl+letter to the command, whatever the line would do with it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._commands(event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _commands(self, event: QKeyEvent) -> bool:
        letter = chr(event.key()) if Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z else ""
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return ctrl and bool(letter) and letter not in _EDITING and bool(self._actions.pressed(event, *_IDS))

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, QLineEdit) and isValid(old):
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit):
            new.installEventFilter(self)
