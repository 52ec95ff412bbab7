"""Editing a value in place: Enter and Tab save, a guard stands beside it, what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from liveshop_desk.errors import NeedsConfirm, UserError
from liveshop_desk.i18n import _
from ui.theme import font
from ui.widgets.basics import label, set_look

Submit = Callable[[str, bool], None]
"""Saves a typed text; the flag is True on the second Enter. Raises NeedsConfirm (a guard) or UserError."""

_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
_SIDE = 8  # px, left and right of the bubble's text
_LINE = 520  # px, a line of a text that needs several
_PASS_OVER_MS = 2_000  # a pause this long ends what was typed for the next cell
QWIDGETSIZE_MAX = 16_777_215  # Qt's own: no limit
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypedField(QLineEdit):
    """A line that saves on Enter and on Tab; Esc gives up. ``said(text, tone)`` is what to show beside it.

    Where a guard stops a Tab, what is typed on blindly is meant for the next cell: it is passed over up to its Enter,
    which is no answer to the guard either.
    """

    said = Signal(str, str)
    saved = Signal()  # by Enter
    given_up = Signal()
    stepped = Signal(int)  # Tab (1) or Shift+Tab (-1) in a cell, and nothing is left unsaved
    left = Signal()  # the focus went elsewhere in this window

    def __init__(self, submit: Submit, *, name: str, kind: str = "cell") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("kind", kind)
        self.setFont(font(15))
        self.setMaxLength(40)
        self.in_cell = False  # Tab goes to the next cell, which the table knows
        self._submit = submit
        self._held = ""
        self._asked: str | None = None  # the text a guard has asked about
        self._reason = ""  # … and why
        self._refused = False  # the last time it was to be saved, it was not
        self._blind = QTimer(self)  # runs while keys are meant for the cell Tab did not go to
        self._blind.setSingleShot(True)
        self._blind.setInterval(_PASS_OVER_MS)
        self._passed = False  # some were passed over
        self.textEdited.connect(self._typed)

    @property
    def dirty(self) -> bool:
        """Tell whether something is typed that is not saved."""
        return self.text() != self._held

    @property
    def waits(self) -> bool:
        """Tell whether what is typed was to be saved and is not: refused, or asked about."""
        return self._refused and self.dirty

    def show_value(self, text: str) -> None:
        """Show the saved value; what has been typed over the old one stays."""
        typed = self.dirty
        self._held = text
        if not typed:
            self.setText(text)
            if self.hasFocus():
                self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc gives up; all else is typing."""
        plain = not event.modifiers() & ~_PLAIN
        if self._blind.isActive() and self._pass_over(event):
            return
        if plain and event.key() in _ENTER:
            self.enter()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take keys again: who clicks here looks here."""
        self._blind.stop()
        super().mousePressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Save by Tab before the cursor goes on; where that is refused, or a guard asks, it stays."""
        if not self.isVisible():  # Qt asks too when a field with the focus is hidden
            return super().focusNextPrevChild(next)
        if not self.may_go():
            return True
        if self.in_cell:
            self.stepped.emit(1 if next else -1)
            return True
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus went elsewhere; another window or a menu does not count."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.left.emit()

    def enter(self) -> None:
        """Save what is typed; a guard asks for a second Enter on the same text."""
        if not self.dirty:
            self.give_up()
        elif self._hand_over(confirmed=self._asked == self.text()):
            self.saved.emit()

    def save(self) -> bool:
        """Save what is typed, but never what a guard asks about; tell whether nothing is left unsaved."""
        return not self.dirty or self._hand_over(confirmed=False)

    def may_go(self) -> bool:
        """Save what is typed; where a guard asks, what is typed on is passed over. Tell whether the key may go on."""
        passed = self._blind.isActive() and self._passed
        if not passed and self.save():
            return True
        if self._asked is not None:
            self._passed = passed
            self._blind.start()
        return False

    def _pass_over(self, event: QKeyEvent) -> bool:
        """Take a key after a Tab that was stopped for nothing where it types on; any other shows that one looks."""
        text = event.text()
        if text.isprintable() and text:
            if not self._passed:
                self._passed = True
                words = _("⚠ {reason} · Enter again to save; what you typed after Tab was not taken")
                self._say(words.format(reason=self._reason), "next")
            self._blind.start()
            return True
        if event.key() in _HELD:
            return False
        self._blind.stop()
        return self._passed and event.key() in _ENTER

    def _hand_over(self, *, confirmed: bool) -> bool:
        text, held = self.text(), self._held
        self._refused = True
        try:
            self._submit(text, confirmed)
        except NeedsConfirm as guard:
            self._asked, self._reason = text, guard.what
            self._say(_("⚠ {reason} · Enter again to save").format(reason=guard.what), "next")
        except UserError as error:
            self._asked = None
            self._say(f"✕ {error}", "on_air")
        else:
            self._asked, self._refused = None, False
            if self._held == held:
                self._held = text
            else:  # the shop has told the saved value meanwhile, as it is written
                self.setText(self._held)
            self._say("", "")
            return True
        return False

    def give_up(self) -> None:
        """Put the saved value back."""
        self._asked, self._refused = None, False
        self.setText(self._held)
        self._say("", "")
        self.given_up.emit()

    def _typed(self) -> None:
        self._asked = None
        self._say("", "")

    def _say(self, text: str, tone: str) -> None:
        set_look(self, tone="error" if tone == "on_air" else "")
        self.said.emit(text, tone)


class CellEditor(QObject):
    """A field over one cell of a table, with a bubble beside it: the old value, the guard or the error."""

    closed = Signal(bool)  # by a key: the table wants the focus back
    stepped = Signal(int)  # behind ``closed``: Tab or Shift+Tab, the table opens the next cell

    def __init__(self, host: QWidget, submit: Submit, *, name: str, right: bool = True) -> None:
        super().__init__(host)
        self._host = host
        self._was = ""
        self.field = TypedField(submit, name=name)
        self.field.setParent(host)
        self.field.in_cell = True
        if right:
            self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.was = label(size=12, tone="dim")
        self.hint = label(size=13)
        self.hint.hide()
        self.bubble = QFrame(host)
        self.bubble.setProperty("kind", "popover")
        lines = QVBoxLayout(self.bubble)
        lines.setContentsMargins(_SIDE, 4, _SIDE, 4)
        lines.setSpacing(0)
        lines.addWidget(self.was)
        lines.addWidget(self.hint)
        self._cell = QRect()
        self.field.said.connect(self._say)
        self.field.saved.connect(self.close)
        self.field.given_up.connect(self.close)
        self.field.stepped.connect(self._step)
        self.field.left.connect(self._left)

    def open(self, cell: QRect, value: str) -> None:
        """Show the editor over ``cell`` (in the host's coordinates) with the saved value selected."""
        self.show_value(value)
        self.place(cell)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_value(self, value: str) -> None:
        """Take the value that is saved now: what has been typed stays, the bubble tells the new old value."""
        self._was = value
        self.field.show_value(value)
        self._say("", "")

    def place(self, cell: QRect) -> None:
        """Follow the cell, which may have moved, or come back into sight."""
        self._cell = cell
        self.field.setGeometry(cell.adjusted(0, 2, 0, -2))
        self._wrap(self._host.width() - 2 * _SIDE)
        self.bubble.adjustSize()
        room = self._host.rect()
        x = cell.right() + 4
        y = cell.center().y() - self.bubble.height() // 2
        if x + self.bubble.width() > room.right():  # no room at the right: below, or above at the bottom
            x = max(room.left(), min(cell.right() - self.bubble.width(), room.right() - self.bubble.width()))
            y = cell.bottom() + 2
            if y + self.bubble.height() > room.bottom():
                y = cell.top() - self.bubble.height() - 2
        self.bubble.move(x, y)
        for widget in (self.field, self.bubble):
            widget.show()
            widget.raise_()

    def put_away(self) -> None:
        """Hide the editor while its cell is not shown; what is typed stays in it."""
        self._cell = QRect()  # what is said meanwhile does not show it again
        self.field.hide()
        self.bubble.hide()

    def _wrap(self, room: int) -> None:
        """Break an error that is longer than the table is wide: what to do stands at its end."""
        long = self.hint.fontMetrics().horizontalAdvance(self.hint.text()) > room
        self.hint.setWordWrap(long)
        self.hint.setMinimumWidth(min(room, _LINE) if long else 0)
        self.hint.setMaximumWidth(min(room, _LINE) if long else QWIDGETSIZE_MAX)

    def close(self, *, by_key: bool = True) -> None:
        """Take the editor away."""
        self._end(by_key=by_key)

    def _step(self, step: int) -> None:
        self._end(by_key=True)
        self.stepped.emit(step)

    def _end(self, *, by_key: bool) -> None:
        self.field.left.disconnect(self._left)
        self.closed.emit(by_key)
        for widget in (self.field, self.bubble):
            widget.hide()
            widget.deleteLater()
        self.deleteLater()

    def _left(self) -> None:
        if not self.field.dirty:
            self._end(by_key=False)

    def _say(self, text: str, tone: str) -> None:
        self.was.setText(_("was {value} · Enter saves, Esc keeps").format(value=self._was or "—"))
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        set_look(self.hint, tone=tone)
        if not self._cell.isNull():
            self.place(self._cell)
