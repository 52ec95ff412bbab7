"""Long work in one thin strip: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from liveshop_desk.i18n import _
from ui.widgets.basics import button, label


class ProgressStrip(QFrame):
    """Hidden until something long is under way. ``cancel_wanted`` when the user has had enough."""

    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "strip")
        self._text = label(size=13)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._cancel = button()
        self._cancel.clicked.connect(self.cancel_wanted.emit)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(self._text)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._cancel)
        self.hide()

    def begin(self, text: str) -> None:
        """Show the strip; how far it is, is not yet known."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0)
        self._cancel.setText(_("Cancel"))
        self.show()

    def advance(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)

    def end(self) -> None:
        """Go away."""
        self.hide()
