"""Keys of the desk's own window: a clicker's, where the user wants them there, and digits nobody has taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from liveshop_desk.commands import COMMANDS
from liveshop_desk.prompter.hands import REPEATS, Act, Hands
from liveshop_desk.settings import Settings
from ui.prompter.keys import SCAN

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)


class DeskHands(QObject):
    """Shortcuts of the desk's window; while words are typed they are off and the keys are letters again."""

    def __init__(self, desk: QWidget, do: Callable[[Act], None]) -> None:
        super().__init__(desk)
        self._desk = desk
        self._do = do
        self._on = False
        self._made: list[QShortcut] = []
        app = QGuiApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def apply(self, settings: Settings) -> None:
        """Take the keys from the settings."""
        for shortcut in self._made:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        hands = Hands(settings.hands)
        taken = {QKeySequence(settings.keys.get(c.id, c.keys)).toString() for c in COMMANDS}
        names = hands.in_desk(taken) if settings.clicker_in_desk else []
        self._made = [self._make(name, hands.act(name)) for name in names if not name.startswith(SCAN)]
        self._on_focus(None, QApplication.focusWidget())

    def _make(self, name: str, act: Act) -> QShortcut:
        made = QShortcut(QKeySequence(name), self._desk)
        made.setContext(Qt.ShortcutContext.WindowShortcut)
        made.setAutoRepeat(act in REPEATS)
        made.activated.connect(lambda: self._do(act))
        return made

    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        typing = isinstance(now, _FIELDS)
        for shortcut in self._made:
            shortcut.setEnabled(not typing)


class StrayDigits(QObject):
    """A number + Enter jumps wherever the keyboard is: digits the chart or the preview has no use for are told."""

    typed = Signal(str)

    def __init__(self, desk: QWidget) -> None:
        super().__init__(desk)
        desk.installEventFilter(self)  # a window gets the keys none of its parts has taken

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a digit that came up to the window."""
        if watched is not self.parent() or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or not event.text().isascii() or not event.text().isdigit():
            return False
        self.typed.emit(event.text())
        return True
