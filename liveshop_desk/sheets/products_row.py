"""One product row as every product file gives it."""

from __future__ import annotations

from dataclasses import dataclass

from liveshop_desk.i18n import _
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import Role
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.table import Row
from liveshop_desk.sheets.words import role_of


@dataclass(frozen=True, slots=True)
class ProductRow:
    """What one row says of one product, or of one SKU of it. ``None``: the file does not say, keep what is held.

    ``product_key`` is the platform's product id, else the code, the Handle or the title; ``sku_key`` tells SKUs
    of one product apart (``None``: the product has only one). Prices and cost in fen.
    """

    product_key: str
    title: str | None = None
    product_code: str | None = None
    brand: str | None = None
    category: str | None = None
    role: Role | None = None
    seller: str | None = None
    sku_key: str | None = None
    sku_code: str | None = None
    spec: str | None = None
    barcode: str | None = None
    list_price: Fen | None = None
    live_price: Fen | None = None
    floor_price: Fen | None = None  # 七天最低成交价
    cost: Fen | None = None
    stock: int | None = None
    offer: str | None = None
    selling_points: str | None = None


def platform_id(row: Row, name: str) -> str | None:
    """Return a platform's numeric id as text; refuses anything else in its column."""
    value = row.take(name, cells.ident)
    if value is not None and not (value.isascii() and value.isdigit()):
        raise row.refuse(name, _("“{value}” is not an id").format(value=value[:40]))
    return value


def categories(row: Row) -> str | None:
    """Return the category levels joined: 女装/外套/大衣."""
    levels = (row.take(name, cells.line) for name in ("category", "category2", "category3", "category4"))
    return "/".join(level for level in levels if level) or None


def planned_seconds(row: Row, name: str = "planned_seconds") -> int | None:
    """Return the planned length of a pitch in seconds; bare numbers are minutes unless the header says so."""
    unit = row.layout.unit(name) or "minutes"
    length = row.take(name, lambda cell: when.seconds(cell, unit))
    return None if length is None else round(length)


def spec_of(row: Row) -> str | None:
    """Return the spec, or colour and size joined."""
    spec = row.take("spec", cells.line)
    if spec:
        return spec
    return " / ".join(part for part in (row.take(name, cells.line) for name in ("color", "size")) if part) or None


def stock_of(row: Row) -> int | None:
    """Return the stock; a merged cell counts for its first row only."""
    return None if row.own_cell("stock") is None else row.take("stock", cells.quantity)


def role_and_category(row: Row) -> tuple[Role | None, str | None]:
    """Return role and category; a 类型 that names no role is taken for the category where there is none."""
    word = row.take("role", cells.line)
    role, category = role_of(word), categories(row)
    return role, category if category or role else word
