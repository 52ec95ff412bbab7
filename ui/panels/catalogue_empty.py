"""What the catalogue shows when it has no products: what to do, with buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from ui.context import Context
from ui.widgets.basics import action_button, button, label, row
from ui.widgets.teaching import lay_out_teaching


class CatalogueEmpty(QWidget):
    """Teaches: import a file, drop one on the window, type a product in, open the sample."""

    sample_requested = Signal()
    product_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._title = label(size=18, bold=True)
        self._text = label(size=14, tone="dim")
        self._formats = label(size=13, tone="faint")
        self._import = action_button(context.actions["import_products"], kind="chosen")
        self._new = button()
        self._new.clicked.connect(self.product_requested)
        self._sample = button()
        self._sample.clicked.connect(self.sample_requested)
        buttons = (self._import, self._new, self._sample)
        lay_out_teaching(self, (self._title, self._text), buttons, self._formats)
        self.setFocusProxy(self._import)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self._title.setText(_("No products yet"))
        self._text.setText(_("Import the products you sell, or drag a file onto this window."))
        self._formats.setText(
            _(
                "Exports of Douyin Shop, Taobao Assistant, TikTok Shop and Shopify, or any table of your own with a "
                "column of names: .xlsx, .xls, .csv, .ods"
            )
        )
        self._new.setText(_("Type one in"))
        self._sample.setText(_("Open the sample shop"))


class NothingFound(QWidget):
    """Said in the table's place when a search finds nothing."""

    cleared = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = label(size=14, tone="dim")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._clear = button()
        self._clear.clicked.connect(self.cleared)
        self._query = ""
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(self._text)
        column.addLayout(row(None, self._clear, None))
        column.addStretch(3)
        self.retranslate()

    def say(self, query: str) -> None:
        """Name what was searched for."""
        self._query = query
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        shown = self._query if len(self._query) <= 40 else self._query[:39] + "…"
        self._text.setText(_("No product matches “{text}”.").format(text=shown))
        self._clear.setText(_("Clear the search"))
