"""Product rows of 淘宝助理: one row per product, its SKUs packed in the column skuProps."""

from __future__ import annotations

import re
from dataclasses import replace

from liveshop_desk.i18n import _
from liveshop_desk.sheets import cells
from liveshop_desk.sheets.cells import CellError
from liveshop_desk.sheets.products_row import ProductRow, platform_id, stock_of
from liveshop_desk.sheets.table import Row

# price:quantity:code:pid:vid;pid:vid;price:quantity:code:pid:vid;… – a SKU begins where an amount does
_START = re.compile(r"(\d+(?:\.\d+)?):(\d*):([^:;]*):(\d+:-?\d+)")
_MORE = re.compile(r"\d+:-?\d+")
_NAME = re.compile(r"(\d+:-?\d+):([^;]+)")


def parse_taobao(row: Row) -> list[ProductRow] | None:
    """Return one record per SKU, or one for the product where it has none or they cannot be read."""
    product = _product(row)
    packed = row.take("sku_props", cells.text)
    if not packed:
        return [product]
    names = dict(_NAME.findall(row.take("sku_names", cells.text) or ""))
    skus = split_sku_props(packed)
    if skus is None:
        return [product]
    try:
        return [_sku(product, sku, names) for sku in skus]
    except CellError as error:
        raise row.refuse("sku_props", error.why) from error


def _product(row: Row) -> ProductRow:
    """Read the product's own columns."""
    product_id, code = platform_id(row, "product_id"), row.take("product_code", cells.ident)
    product_id = None if product_id and not product_id.strip("0") else product_id  # 0: not yet published
    title = row.take("title", cells.line)
    if not (product_id or code or title):
        raise row.refuse("title", _("neither product name nor code"))
    return ProductRow(
        product_key=product_id or code or title or "",
        title=title,
        product_code=code,
        brand=row.take("brand", cells.line),
        barcode=row.take("barcode", cells.ident),
        list_price=row.take("list_price", cells.price),
        live_price=row.take("live_price", cells.price),
        stock=stock_of(row),
        selling_points=row.take("selling_points", cells.text),
    )


def split_sku_props(packed: str) -> list[tuple[str, str, str, list[str]]] | None:
    """Split skuProps into (price, quantity, code, [pid:vid …]); ``None`` where it has another shape."""
    skus: list[tuple[str, str, str, list[str]]] = []
    for part in filter(None, (piece.strip() for piece in packed.split(";"))):
        start = _START.fullmatch(part)
        if start:
            skus.append((start[1], start[2], start[3].strip(), [start[4]]))
        elif skus and _MORE.fullmatch(part):
            skus[-1][3].append(part)
        else:
            return None
    return skus or None


def _sku(product: ProductRow, sku: tuple[str, str, str, list[str]], names: dict[str, str]) -> ProductRow:
    """Return the product's row for one SKU; specs show their names where the file gives them."""
    price, quantity, code, properties = sku
    return replace(
        product,
        sku_key=code or ";".join(properties),
        sku_code=cells.ident(code),
        spec=" / ".join(names.get(each, each) for each in properties),
        barcode=None,
        live_price=cells.price(price),
        stock=cells.quantity(quantity),
    )
