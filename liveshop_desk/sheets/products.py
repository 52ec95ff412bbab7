"""Products from any platform's file or a shop's own table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from liveshop_desk.sheets import cells
from liveshop_desk.sheets.cells import Cell, CellError
from liveshop_desk.sheets.headers import Layout
from liveshop_desk.sheets.products_formats import FORMATS
from liveshop_desk.sheets.products_own import DouyinTable, OwnTable, parse_tiktok
from liveshop_desk.sheets.products_row import ProductRow
from liveshop_desk.sheets.products_shopify import ShopifyTable
from liveshop_desk.sheets.products_taobao import parse_taobao
from liveshop_desk.sheets.report import Reading, without_repeats
from liveshop_desk.sheets.table import Parser, Row, open_table, walk

__all__ = ["KINDS", "ProductRow", "read_products"]

KINDS = ("shopify", "tiktok", "taobao", "douyin", "own")
_ID = re.compile(r"\d{6,}|\d(\.\d+)?e\+\d+", re.ASCII | re.IGNORECASE)  # a cut one is refused later, not skipped


def read_products(
    path: Path | str, *, mapping: Mapping[str, str] | None = None, kind: str | None = None
) -> Reading[ProductRow]:
    """Read a product file. Raises UserError where it is no table or names no product at all.

    ``mapping`` is {column: field}; ``kind`` overrules the recognised platform (one of ``KINDS``).
    """
    layout = open_table(path, FORMATS, mapping, kind)
    platform = layout.format.kind != "own" and layout.format.kind != "shopify"
    reading = walk(layout, _parser(layout), notes_until=_data_begun if platform else None, file=Path(path).name)
    return without_repeats(reading, lambda record: (record.product_key, record.sku_key))


def _parser(layout: Layout) -> Parser[ProductRow]:
    """Return the row reader of the recognised platform."""
    kind = layout.format.kind
    if kind == "shopify":
        return ShopifyTable(layout).parse
    if kind == "douyin":
        return DouyinTable().parse
    if kind == "tiktok":
        return parse_tiktok
    return parse_taobao if kind == "taobao" else OwnTable().parse


def _data_begun(row: Row) -> bool:
    """Tell whether a row under a platform's header is data: it has an id or an amount that is one."""
    ids = (cells.plain(row.cell(name)) for name in ("product_id", "sku_id"))
    return any(_ID.fullmatch(each) for each in ids) or any(
        _is_amount(row.cell(name)) for name in ("live_price", "stock")
    )


def _is_amount(cell: Cell) -> bool:
    try:
        return cells.money(cell) is not None
    except CellError:
        return False
