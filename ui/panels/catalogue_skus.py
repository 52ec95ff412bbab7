"""The SKUs of the product in the card: edited in place, added and removed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liveshop_desk.i18n import _
from liveshop_desk.model.product import Product
from liveshop_desk.ops import catalogue, catalogue_typed
from ui.context import Context
from ui.models.sku_model import FIELDS, HEADINGS, RIGHT, SkuModel
from ui.panels.catalogue_edit import InPlace, sku_text
from ui.theme import font
from ui.widgets.cell_delegate import CellDelegate, row_font
from ui.widgets.tables import dress_rows

_PAD = 6
_SIZE = 13
_HEAD = 12
_WIDEST = {
    "code": "W2103-XL",
    "live_price": "¥1,234.00",
    "list_price": "¥1,234.00",
    "stock": "1,234",
    "cost": "¥999.00",
    "floor_price": "¥999.00",
}
_GIVE_UP = ("code", "floor_price", "cost")
_SPEC_MIN = 72
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SkuTable(QTableView):
    """Rows of 36 px; F2, Enter or a double click edits the cell, the "remove" key takes a SKU away."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product: Product | None = None
        self._editing = ("", "")  # SKU id, field
        self.rows = SkuModel(low_stock=context.desk.settings.low_stock, parent=self)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(lambda: context.theme, RIGHT, self, size=_SIZE))
        self.in_place = InPlace(self.viewport(), self._cell)
        self._arrange()
        self.doubleClicked.connect(lambda _index: self.edit_field())
        self.in_place.stepped.connect(self._step)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.in_place.follow())
        self.rows.modelReset.connect(self.in_place.follow)
        self.retranslate()

    def _arrange(self) -> None:
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        head = self.horizontalHeader()
        head.setFont(font(_HEAD))
        head.setFixedHeight(30)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Specs"))
        self.horizontalHeader().viewport().update()
        self._fit()

    def show_product(self, product: Product | None) -> None:
        """Show a product's SKUs; an open editor of the same SKU stays."""
        self._product = product
        self.rows.show(product.skus if product else ())
        self.in_place.follow()

    def edit_field(self, field: str = "") -> None:
        """Edit the current SKU's field, by default the current cell's."""
        index = self.currentIndex()
        row = index.row() if index.isValid() else 0
        if row >= len(self.rows.skus) or not self.in_place.make_room():
            return
        sku = self.rows.skus[row]
        field = field or FIELDS[max(0, index.column())]
        self.setCurrentIndex(self.rows.index(row, FIELDS.index(field)))
        self._editing = (sku.id, field)

        def submit(text: str, confirmed: bool) -> None:
            self._context.desk.run_from(self, catalogue_typed.type_sku, sku.id, field, text, confirmed=confirmed)

        name = _(HEADINGS[FIELDS.index(field)])
        right = FIELDS.index(field) in RIGHT
        self.in_place.open(submit, sku_text(sku, field), name=name, right=right, then=self.setFocus)

    def _step(self, step: int) -> None:
        """Edit the next cell after Tab, the one before after Shift+Tab, from row to row."""
        sku_id, field = self._editing
        shown = [name for place, name in enumerate(FIELDS) if not self.isColumnHidden(place)]
        cells = [(sku.id, name) for sku in self.rows.skus for name in shown]
        place = cells.index((sku_id, field)) + step if (sku_id, field) in cells else -1
        if 0 <= place < len(cells):
            row, column = divmod(place, len(shown))
            self.setCurrentIndex(self.rows.index(row, FIELDS.index(shown[column])))
            self.edit_field(shown[column])

    def _cell(self) -> QRect | None:
        """Return where the edited cell is; a hidden column's is the spec's."""
        sku_id, field = self._editing
        row = next((row for row, sku in enumerate(self.rows.skus) if sku.id == sku_id), None)
        if row is None:
            return None
        column = FIELDS.index(field)
        return self.visualRect(self.rows.index(row, 0 if self.isColumnHidden(column) else column))

    def _remove(self) -> None:
        index = self.currentIndex()
        if index.isValid():
            self._context.attempt(catalogue.remove_sku, self.rows.skus[index.row()].id, origin=self)

    def event(self, event: QEvent) -> bool:
        """Take the keys this table acts on before the window's shortcuts get them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._act(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter edit, letters do nothing."""
        act = self._act(event)
        if act == "remove_row":
            self._remove()
        elif act:
            self.edit_field("stock" if act == "edit_stock" else "")
        elif event.key() in _ENTER:
            self.edit_field()
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> str:
        return self._context.actions.pressed(event, "edit_price", "edit_stock", "remove_row")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()
        self.in_place.follow()

    def _fit(self) -> None:
        text, head = QFontMetrics(row_font(_SIZE)), QFontMetrics(font(_HEAD))
        widths = {
            field: max(text.horizontalAdvance(_WIDEST[field]), head.horizontalAdvance(_(HEADINGS[place])))
            + 2 * _PAD
            + 4
            for place, field in enumerate(FIELDS)
            if field in _WIDEST
        }
        hidden: set[str] = set()
        for field in _GIVE_UP:
            if self.viewport().width() - sum(w for key, w in widths.items() if key not in hidden) >= _SPEC_MIN:
                break
            hidden.add(field)
        for place, field in enumerate(FIELDS):
            self.setColumnHidden(place, field in hidden)
            if field in widths:
                self.setColumnWidth(place, widths[field])
