"""What stands in each cell of the catalogue, how it sorts and how it is searched. Pure: no Qt, no shop file."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from liveshop_desk.i18n import _, mark, ngettext
from liveshop_desk.model.bases import BLANK
from liveshop_desk.model.money import Fen, money_text
from liveshop_desk.model.names import role_name
from liveshop_desk.model.product import Product, Role, Sku, spread
from ui.models.cell import Cell

ROLE_ORDER = {role: place for place, role in enumerate(Role)}


class Column(StrEnum):
    """The catalogue's columns; where one is a field of product or SKU the value is its name."""

    TITLE = "title"
    CODE = "code"
    SPECS = "specs"
    ROLE = "role"
    LIST_PRICE = "list_price"
    LIVE_PRICE = "live_price"
    STOCK = "stock"
    COST = "cost"
    FLOOR_PRICE = "floor_price"
    CATEGORY = "category"


COLUMNS = tuple(Column)
HEADINGS: dict[Column, str] = {
    Column.TITLE: mark("Product"),
    Column.CODE: mark("Code"),
    Column.SPECS: mark("Specs"),
    Column.ROLE: mark("Role"),
    Column.LIST_PRICE: mark("List price"),
    Column.LIVE_PRICE: mark("Live price"),
    Column.STOCK: mark("Stock"),
    Column.COST: mark("Cost"),
    Column.FLOOR_PRICE: mark("7-day low"),
    Column.CATEGORY: mark("Category"),
}
RIGHT = frozenset({Column.SPECS, Column.LIST_PRICE, Column.LIVE_PRICE, Column.STOCK, Column.COST, Column.FLOOR_PRICE})
PRICES: dict[Column, Callable[[Sku], Fen | None]] = {
    Column.LIST_PRICE: lambda sku: sku.list_price,
    Column.LIVE_PRICE: lambda sku: sku.live_price,
    Column.COST: lambda sku: sku.cost,
    Column.FLOOR_PRICE: lambda sku: sku.floor_price,
}


def heading(column: Column) -> str:
    """Return a column's heading in the language in use."""
    return _(HEADINGS[column])


def cell(column: Column, product: Product, low_stock: int) -> Cell:
    """Return what stands in a column of a product's row."""
    if column in PRICES:
        return _price(spread([PRICES[column](sku) for sku in product.skus]), column)
    if column is Column.STOCK:
        return _stock(product.stock, low_stock)
    if column is Column.ROLE:
        return Cell(role_name(product.role), "dim", tag="plain")
    if column is Column.SPECS:
        return Cell(f"{len(product.skus):,}", "dim")
    if column is Column.CODE:
        return _code(product)
    text = {Column.TITLE: product.title, Column.CATEGORY: product.category}[column]
    return Cell(text or BLANK, "text" if column is Column.TITLE else "dim" if text else "faint", tip=text)


def _code(product: Product) -> Cell:
    """Write the product's code; of one that has none its SKUs' codes, several as their number."""
    codes = product.codes
    if len(codes) > 1:
        text = ngettext("{n} code", "{n} codes", len(codes)).format(n=len(codes))
        return Cell(text, "dim", tip="\n".join(codes))
    return Cell(codes[0], "dim", tip=codes[0]) if codes else Cell(BLANK, "faint")


def _price(prices: tuple[Fen, Fen] | None, column: Column) -> Cell:
    tone = "text" if column is Column.LIVE_PRICE else "dim"
    if prices is None:
        return Cell(BLANK, "faint")
    low, high = prices
    if low == high:
        return Cell(money_text(low), tone)
    text = f"{money_text(low)}–{money_text(high)}"
    return Cell(text, tone, tip=text)


def _stock(stock: int | None, low_stock: int) -> Cell:
    if stock is None:
        return Cell(BLANK, "faint")
    if stock <= low_stock:
        tip = _("sold out") if stock == 0 else _("low stock: {n} left").format(n=stock)
        return Cell(f"{stock:,}", "next", tip=tip)
    return Cell(f"{stock:,}")


def sort_key(column: Column) -> Callable[[Product], Any]:
    """Return the key of a column: (is it blank, value), so that blanks come last either way is up to the caller."""
    if column in PRICES:
        return lambda product: spread([PRICES[column](sku) for sku in product.skus])
    keys: dict[Column, Callable[[Product], Any]] = {
        Column.STOCK: lambda product: product.stock,
        Column.SPECS: lambda product: len(product.skus),
        Column.ROLE: lambda product: ROLE_ORDER[product.role],
        Column.TITLE: lambda product: fold(product.title) or None,
        Column.CODE: lambda product: fold(product.codes[0]) if product.codes else None,
        Column.CATEGORY: lambda product: fold(product.category) or None,
    }
    return keys[column]


def fold(text: str) -> str:
    """Return text as it is searched: full-width forms and case do not count."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def haystack(product: Product) -> str:
    """Return everything a search looks at: title, codes, barcodes, category, brand, specs."""
    parts = [product.title, product.code, product.category, product.brand]
    for sku in product.skus:
        parts += (sku.code, sku.barcode, sku.spec)
    return fold("\n".join(part for part in parts if part))
