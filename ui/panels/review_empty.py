"""What the Review room shows before any session has been on air: what to do, with buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from ui.context import Context
from ui.widgets.basics import action_button, label
from ui.widgets.teaching import lay_out_teaching


class ReviewEmpty(QWidget):
    """Teaches: run a session, or import the past ones."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title = label(size=18, bold=True)
        self._text = label(size=14, tone="dim")
        actions = context.actions
        imports = action_button(actions["import_sessions"], kind="chosen")
        orders = action_button(actions["import_orders"])
        lay_out_teaching(self, (self._title, self._text), (imports, orders, action_button(actions["new_session"])))
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
