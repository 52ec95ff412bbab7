"""What a clicker, pedal, shuttle or keyboard sends, what it would do, and a way to let it do something else."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.prompter.hands import TITLES, Act, Hands
from ui.dialogs.form import choice
from ui.dialogs.hands_page import bound_words, desk_command
from ui.prompter.keys import is_modifier, key_names, key_title
from ui.widgets.basics import button, label, row, set_look

_REMEMBERED = 6  # presses


class Pad(QFrame):
    """Takes every key while it has the keyboard, but for Tab, which leaves. ``pressed(name, scan code)``, ``other``."""

    pressed = Signal(str, int)
    other = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Press the buttons of your device here"))
        self.setMinimumHeight(150)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        """Take keys before any command has them; nothing is done with them here."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat() and not is_modifier(event):
                self.pressed.emit(key_names(event)[0], event.nativeScanCode())
            if event.key() not in (Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value):
                event.accept()
                return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard, and name a button that is none of the usual ones."""
        self.setFocus()
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.other.emit(_("A mouse button: the prompter does not use it."))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Name the wheel."""
        if event.angleDelta().y():
            up = event.angleDelta().y() > 0
            self.other.emit(_("Wheel up: one line back.") if up else _("Wheel down: one line on."))
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it listens."""
        super().focusInEvent(event)
        set_look(self, tone="listening")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it does not."""
        super().focusOutEvent(event)
        set_look(self, tone="")


class Practice(QDialog):
    """``bound(key, act)`` when the user lets a key do an act."""

    bound = Signal(str, str)

    def __init__(self, hands: Hands, commands: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = hands
        self._commands = commands
        self._key = ""
        self._past: list[str] = []
        self.setWindowTitle(_("Try a clicker, pedal or keyboard"))
        self.pad = Pad()
        self.key = label(_("Press a button of your device"), size=24, bold=True)
        self.code = label(size=13, tone="faint")
        self.does = label(size=14, tone="dim")
        self.does.setWordWrap(True)
        self.past = label(size=12, tone="faint")
        self.acts = choice([(act.value, _(TITLES[act])) for act in Act], "")
        self.acts.setAccessibleName(_("What it should do"))
        self.bind_button = button(_("Bind this key"), kind="chosen")
        self.close_button = button(_("Close"))
        self._lay_out()
        self.pad.pressed.connect(self._on_pressed)
        self.pad.other.connect(self._on_other)
        self.bind_button.clicked.connect(self._bind)
        self.close_button.clicked.connect(self.accept)
        self._enable()
        self.resize(560, 340)
        self.pad.setFocus()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.pad)
        inner.setContentsMargins(20, 16, 20, 16)
        for text in (self.key, self.code, self.does):
            inner.addWidget(text)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.pad, 1)
        layout.addWidget(self.past)
        layout.addLayout(row(label(_("This key does"), size=13, tone="dim"), self.acts, self.bind_button, None))
        layout.addLayout(row(None, self.close_button))

    def _on_pressed(self, key: str, scan_code: int) -> None:
        self._key = key
        act = self._hands.act(key)
        self.key.setText(key_title(key))
        self.code.setText(_("scan code {code}").format(code=scan_code))
        self.acts.setCurrentIndex(self.acts.findData(act.value))
        self.does.setText(self._does(act, desk_command(key, self._commands)))
        self._past = [f"{key_title(key)} → {_(TITLES[act])}", *self._past][:_REMEMBERED]
        self.past.setText("   ".join(self._past))
        self._enable()

    def _does(self, act: Act, command: str) -> str:
        words = _("On the anchor's screen: {act}.").format(act=_(TITLES[act]))
        if command:
            words += "\n" + _("In the desk's window: {command}.").format(command=command)
        return words

    def _on_other(self, words: str) -> None:
        self._key = ""
        self.key.setText(words)
        self.code.setText("")
        self.does.setText("")
        self._enable()

    def _bind(self) -> None:
        before, act = self._hands.act(self._key), Act(self.acts.currentData())
        self._hands = self._hands.bound(self._key, act)
        self.does.setText(bound_words(self._key, before, act, desk_command(self._key, self._commands)))
        self.bound.emit(self._key, act.value)
        self.pad.setFocus()

    def _enable(self) -> None:
        self.bind_button.setEnabled(bool(self._key))
        self.acts.setEnabled(bool(self._key))
