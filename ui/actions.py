"""QActions made from COMMANDS: one per act, found by id; panels say what an act does, never what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from liveshop_desk.commands import AT_ONCE, BY_ID, COMMANDS, REPEATS, Command, When
from liveshop_desk.i18n import _
from liveshop_desk.settings import Settings
from ui.notices import Notices
from ui.typeahead import TypeAhead
from ui.widgets.basics import keys_label

# What Shift makes of a sign, on the keyboards of China and America: Qt tells of the sign, a command names the key.
_SHIFTED = dict(zip('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./", strict=True))


class Actions(QObject):
    """All acts as QActions of one window. ``state`` holds which conditions (When) are true now.

    A command whose room is not built yet, while not ``whole``, waits in ``ahead`` with what is typed behind it.
    """

    def __init__(self, window: QWidget, settings: Settings, notices: Notices, ahead: TypeAhead | None = None) -> None:
        super().__init__(window)
        self._ahead = ahead
        self._window = window
        self._notices = notices
        self._handlers: dict[str, Callable[[], object]] = {}
        self._questions: dict[str, Callable[[], str]] = {}
        self._state: dict[When, bool] = {When.ALWAYS: True}
        self._whole = True
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            self._actions[command.id] = self._make(window, command, settings.keys.get(command.id, command.keys))

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def on(self, command_id: str, handler: Callable[[], object], question: Callable[[], str] | None = None) -> None:
        """Say what a command does (its result is nobody's). The last word counts (a room takes over when it is shown).

        ``question`` words what a command that asks in place asks; without it its title and a question mark. Where it
        is empty nothing is asked: the act would be refused, and says why.
        """
        self._handlers[command_id] = handler
        if question is not None:
            self._questions[command_id] = question
        self._refresh(BY_ID[command_id])

    def set_whole(self, whole: bool) -> None:
        """Say whether everyone who has commands to bind has bound them; until then none is greyed out for that."""
        self._whole = whole
        self.set_state()

    def set_state(self, **conditions: bool) -> None:
        """Set conditions by their names in ``When``; commands are enabled accordingly."""
        self._state |= {When(name): value for name, value in conditions.items()}
        for command in COMMANDS:
            self._refresh(command)

    def give(self, command_id: str) -> bool:
        """Give a command as if its key was pressed; tell whether it was possible."""
        action = self._actions[command_id]
        possible = action.isEnabled()  # before it: many an act is not possible twice
        action.trigger()
        return possible

    def keys_text(self, command_id: str) -> str:
        """Return the command's key as it is shown on this system."""
        return keys_label(self._actions[command_id])

    def pressed(self, event: QKeyEvent, *command_ids: str) -> str:
        """Return which of these commands has the key of ``event``; empty where none has."""
        keys = _sequences(event)
        return next((name for name in command_ids if self._actions[name].shortcut() in keys), "")

    def meant(self, event: QKeyEvent) -> str:
        """Return which command has the key of ``event``; empty where none has."""
        return self.pressed(event, *BY_ID)

    def asks(self, command_id: str) -> bool:
        """Tell whether a command asks in place before it acts."""
        return BY_ID[command_id].confirm

    def known(self, command_id: str) -> bool:
        """Tell whether what a command does has been said, or never will be."""
        return self._whole or command_id in self._handlers

    def set_keys(self, keys: Mapping[str, str]) -> None:
        """Take other keys: command id → key; what is not named has its own again."""
        for command in COMMANDS:
            self._actions[command.id].setShortcut(QKeySequence(keys.get(command.id, command.keys)))

    def retranslate(self) -> None:
        """Put all titles into the language in use."""
        for command in COMMANDS:
            self._actions[command.id].setText(_(command.title))

    def _make(self, window: QWidget, command: Command, keys: str) -> QAction:
        action = QAction(_(command.title), window)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)  # the anchor's window may have the keyboard
        action.setAutoRepeat(command.id in REPEATS)
        action.setEnabled(False)
        action.triggered.connect(lambda _checked=False, c=command: self._given(c))
        window.addAction(action)
        return action

    def _refresh(self, command: Command) -> None:
        bound = command.id in self._handlers or not self._whole
        possible = bound and self._state.get(command.when, False)
        self._actions[command.id].setEnabled(possible)

    def _given(self, command: Command) -> None:
        handler = self._handlers.get(command.id)
        if self._ahead is not None and self._ahead.hold(command.id, possible=self.known(command.id)):
            return
        if command.id not in AT_ONCE and not self._window.isActiveWindow():
            self._window.activateWindow()  # what is typed next is not for the anchor's window
        if handler is None:
            return
        if command.confirm:
            question = self._questions.get(command.id, lambda: _("{act}?").format(act=_(command.title)))
            words = question()
            if words:
                self._notices.ask(_first(words, question), lambda: _(command.title), handler)
            else:
                handler()
        else:
            handler()


def _sequences(event: QKeyEvent) -> tuple[QKeySequence, ...]:
    """Return how the key of ``event`` may be written: ``Ctrl+>`` with Shift is ``Ctrl+Shift+.`` too.

    Shift alone makes a sign that is typed.
    """
    keys, shift = event.keyCombination(), Qt.KeyboardModifier.ShiftModifier
    held = keys.keyboardModifiers()
    key = _SHIFTED.get(chr(keys.key())) if keys.key() < 0x80 else None
    if key is None or not held & shift or held == shift:
        return (QKeySequence(keys),)
    return QKeySequence(keys), QKeySequence(QKeyCombination(held, Qt.Key(ord(key))))


def _first(words: str, again: Callable[[], str]) -> Callable[[], str]:
    """Return what says ``words`` the first time, ``again`` after it: a question may take several frames to word."""
    said = iter((words,))
    return lambda: next(said, "") or again()
