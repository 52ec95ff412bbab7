"""In-place editing of one cell of the catalogue: a field for text and figures, a menu for the role."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from liveshop_desk.model.money import money_text
from liveshop_desk.model.names import role_name
from liveshop_desk.model.product import Product, Role, Sku, spread
from liveshop_desk.ops import catalogue
from ui.context import Context
from ui.models.catalogue_cells import PRICES, Column
from ui.widgets.cell_editor import CellEditor, Submit


def product_text(product: Product, column: Column) -> str:
    """Return the text an editor starts with; empty where the SKUs differ or nothing is known."""
    if column in PRICES:
        prices = spread([PRICES[column](sku) for sku in product.skus])
        return _bare_money(prices[0]) if prices and prices[0] == prices[1] else ""
    if column is Column.STOCK:
        return "" if product.stock is None else str(product.stock)
    return {Column.TITLE: product.title, Column.CODE: product.code, Column.CATEGORY: product.category}.get(column, "")


def sku_text(sku: Sku, field: str) -> str:
    """Return the text an editor of one SKU's field starts with."""
    value = getattr(sku, field)
    if value is None:
        return ""
    return str(value) if field in ("stock", "spec", "code", "barcode") else _bare_money(value)


def _bare_money(fen: int) -> str:
    return money_text(fen, cents=False).lstrip("¥").replace(",", "")


class InPlace(QObject):
    """At most one open cell editor over a table, kept on its cell while the table scrolls or resizes.

    What is typed is saved when the cursor leaves, as in the card beside it; what is refused stays, with its reason.
    """

    stepped = Signal(int)  # Tab or Shift+Tab out of an editor that has closed

    def __init__(self, host: QWidget, where: Callable[[], QRect | None]) -> None:
        super().__init__(host)
        self._host = host
        self._where = where
        self._then: Callable[[], None] | None = None
        self._saving = False  # the row may leave a search because of what is saved
        self.editor: CellEditor | None = None

    @property
    def waits(self) -> bool:
        """Tell whether what is typed was to be saved and is not."""
        return self.editor is not None and self.editor.field.waits

    def open(self, submit: Submit, value: str, *, name: str, right: bool, then: Callable[[], None]) -> None:
        """Open an editor on the cell that ``where`` tells; ``then`` runs when a key has closed it."""
        cell = self._where()
        if cell is None:
            return
        self.editor = CellEditor(self._host, submit, name=name, right=right)
        self.editor.field.setMaxLength(40 if right else 300)
        self.editor.closed.connect(self._closed)
        self.editor.stepped.connect(self.stepped)
        self.editor.field.left.connect(self._leave)
        self._then = then
        self.editor.open(cell, value)

    def follow(self) -> None:
        """Move the editor with its cell. Without one it closes; what is refused waits till the cell is shown again."""
        if self.editor is None:
            return
        cell = self._where()
        if cell is not None and not cell.isEmpty():
            self.editor.place(cell)
            return
        self._leave()
        if self.editor is not None:
            self.editor.put_away()

    def make_room(self) -> bool:
        """Save what is typed and take an open editor away; refused, it keeps the keyboard. Tell whether it is gone."""
        self._leave()
        if self.editor is not None and self.editor.field.isVisible():
            self.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.close()
        return True

    def close(self) -> None:
        """Take an open editor away."""
        if self.editor is not None:
            self.editor.close(by_key=False)

    def _leave(self) -> None:
        """Save what is typed and take the editor away, the keyboard staying where it is."""
        if self.editor is None or self._saving:
            return
        self._saving = True
        try:
            saved = self.editor.field.save()
        finally:
            self._saving = False
        if saved:
            self.close()

    def _closed(self, by_key: bool) -> None:
        self.editor = None
        then, self._then = self._then, None
        if then is not None and by_key:
            then()


def open_role_menu(context: Context, host: QWidget, at: QPoint, product_ids: list[str], now: Role | None) -> QMenu:
    """Show the roles below a cell; the one that is picked is given to all the products."""
    menu = QMenu(host)
    for role in Role:
        action = menu.addAction(role_name(role))
        action.setCheckable(True)
        action.setChecked(role is now)
        action.triggered.connect(
            lambda _checked=False, picked=role: context.attempt(
                catalogue.edit_products, product_ids, role=picked, origin=host
            )
        )
        if role is now:
            menu.setActiveAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at)
    return menu
