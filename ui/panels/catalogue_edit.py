"""In-place editing of one cell of the catalogue: a field for text and figures, a menu for the role."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect
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
    """At most one open cell editor over a table, kept on its cell while the table scrolls or resizes."""

    def __init__(self, host: QWidget, where: Callable[[], QRect | None]) -> None:
        super().__init__(host)
        self._host = host
        self._where = where
        self._then: Callable[[], None] | None = None
        self.editor: CellEditor | None = None

    def open(self, submit: Submit, value: str, *, name: str, right: bool, then: Callable[[], None]) -> None:
        """Open an editor on the cell that ``where`` tells; ``then`` runs when it has closed."""
        self.close()
        cell = self._where()
        if cell is None:
            return
        self.editor = CellEditor(self._host, submit, name=name, right=right)
        self.editor.field.setMaxLength(40 if right else 300)
        self.editor.closed.connect(self._closed)
        self._then = then
        self.editor.open(cell, value)

    def follow(self) -> None:
        """Move the editor with its cell; without one it closes."""
        if self.editor is None:
            return
        cell = self._where()
        if cell is None or cell.isEmpty():
            self.close()
        else:
            self.editor.place(cell)

    def close(self) -> None:
        """Take an open editor away."""
        if self.editor is not None:
            self.editor.close()

    def _closed(self) -> None:
        self.editor = None
        then, self._then = self._then, None
        if then is not None:
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
