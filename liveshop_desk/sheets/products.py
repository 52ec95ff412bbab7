"""Products from any platform's file or a shop's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from liveshop_desk.i18n import ngettext
from liveshop_desk.sheets.cells import is_missing, plain
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


def read_products(
    path: Path | str, *, mapping: Mapping[str, str] | None = None, kind: str | None = None
) -> Reading[ProductRow]:
    """Read a product file. Raises UserError where it is no table or names no product at all.

    ``mapping`` is {column: field}; ``kind`` overrules the recognised platform (one of ``KINDS``).
    """
    layout = open_table(path, FORMATS, mapping, kind)
    platform = layout.format.kind != "own" and layout.format.kind != "shopify"
    reading = walk(layout, _parser(layout), notes_until=_data_begun if platform else None, file=Path(path).name)
    reading = without_repeats(reading, lambda record: (record.product_key, record.sku_key))
    return replace(reading, notes=_notes(layout))


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
    """Tell whether a row under a platform's header is data: an id or an amount in it is a number."""
    for name in ("product_id", "sku_id", "live_price", "stock"):
        cell = row.cell(name)
        if isinstance(cell, (int, float)) or (not is_missing(cell) and plain(cell).lstrip("¥￥$-")[:1].isdigit()):
            return True
    return False


def _notes(layout: Layout) -> list[str]:
    """Say which columns were not used, so that nobody thinks they were."""
    if not layout.unused:
        return []
    text = ngettext("{n} column not used: {columns}", "{n} columns not used: {columns}", len(layout.unused))
    return [text.format(n=len(layout.unused), columns=", ".join(layout.unused[:12]))]
