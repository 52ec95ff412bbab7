"""What the Review room shows before any session has been on air: what to do, with buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from ui.context import Context
from ui.widgets.basics import action_button, label, row


class ReviewEmpty(QWidget):
    """Teaches: run a session, or import the past ones."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title = label(size=18, bold=True)
        self._text = label(size=14, tone="dim")
        for each in (self._title, self._text):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            each.setWordWrap(True)
        actions = context.actions
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(4)
        imports = action_button(actions["import_sessions"], kind="chosen")
        orders = action_button(actions["import_orders"])
        column.addLayout(row(None, imports, orders, action_button(actions["new_session"]), None))
        column.addStretch(3)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self._title.setText(_("No session to review yet"))
        self._text.setText(
            _(
                "When you end a show, its figures, segments and products stand here. Past sessions come from the "
                "platform's own export."
            )
        )
