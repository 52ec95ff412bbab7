"""One fact edited in place: what is typed is handed over on Enter and when the focus leaves; a refusal is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import font
from ui.widgets.basics import plain_tip, set_look

Save = Callable[[str], None]


class FactEdit(QLineEdit):
    """A line whose text is saved by ``save(text)``, which raises ValueError (with the reason in words) to refuse.

    A refused text stays, in red, with its reason in ``reason``; Esc brings the saved one back.
    """

    reason_changed = Signal(str)

    def __init__(self, save: Save, *, name: str = "") -> None:
        super().__init__()
        self._save = save
        self._held = ""
        self._refused = False  # the last time it was to be saved, it was not
        self.reason = ""
        self.setFont(font(13))
        self.setAccessibleName(name)
        self.returnPressed.connect(self.flush)
        self.textEdited.connect(lambda _text: self._say(""))

    @property
    def dirty(self) -> bool:
        """Tell whether something typed has not been saved."""
        return self.text() != self._held

    @property
    def waits(self) -> bool:
        """Tell whether what is typed was to be saved and is not."""
        return self._refused and self.dirty

    def show_fact(self, text: str, *, force: bool = False) -> None:
        """Show the saved text; what is being typed stays unless ``force``."""
        keep = self.dirty and not force
        self._held = text
        if keep:
            return
        self._refused = False
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)
        self._say("")

    def flush(self) -> bool:
        """Save what is typed; tell whether nothing is left unsaved."""
        if not self.dirty:
            self._say("")
            return True
        typed = self.text()
        try:
            self._save(typed)
        except ValueError as error:
            self._refused = True
            self._say(str(error))
            return False
        self._refused = False
        if self.text() == typed and self.dirty:  # saved, but nobody has shown the fact anew (nothing changed)
            self.show_fact(self._held, force=True)
        self._say("")
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Save when the focus leaves."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Bring the saved text back on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.dirty:
            self.show_fact(self._held, force=True)
            return
        super().keyPressEvent(event)

    def _say(self, reason: str) -> None:
        set_look(self, tone="error" if reason else "")
        self.setToolTip(plain_tip(reason))
        if reason != self.reason:
            self.reason = reason
            self.reason_changed.emit(reason)
