"""Stock as the warehouse counted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from liveshop_desk.i18n import _
from liveshop_desk.sheets import cells
from liveshop_desk.sheets.headers import Format
from liveshop_desk.sheets.products_formats import LABELS, OWN_NAMES
from liveshop_desk.sheets.products_row import spec_of
from liveshop_desk.sheets.report import Reading, without_repeats
from liveshop_desk.sheets.table import Row, open_table, walk

_IDENTITY = ("sku_code", "barcode", "sku_id", "product_code", "product_id", "title")
NAMES = {name: OWN_NAMES[name] for name in (*_IDENTITY, "spec", "color", "size")} | {
    "counted": (
        "实盘数量",
        "盘点数量",
        "盘点数",
        "实盘",
        "实盘数",
        "实点数量",
        "实点",
        "清点数量",
        "实际库存",
        "实存",
        "实际数量",
        "盘后数量",
        "counted",
        "counted quantity",
        "actual",
        "actual stock",
        "physical count",
        *OWN_NAMES["stock"],
    ),
    "held": ("账面库存", "账面数量", "账存", "系统库存", "系统数量", "book stock", "system stock"),
}
STOCK = Format("stock", NAMES, (_IDENTITY, ("counted",)), LABELS, loose=True)


@dataclass(frozen=True, slots=True)
class StockRow:
    """One counted item: found by SKU id, SKU code, barcode, product code or name; ``counted`` pieces."""

    counted: int
    sku_id: str | None = None
    sku_code: str | None = None
    barcode: str | None = None
    product_id: str | None = None
    product_code: str | None = None
    title: str | None = None
    spec: str | None = None


def read_stock(path: Path | str, *, mapping: Mapping[str, str] | None = None) -> Reading[StockRow]:
    """Read a counted stock list. The same item counted twice with different numbers is refused, not added up.

    Raises UserError where the file is no table or lacks items or quantities.
    """
    layout = open_table(path, (STOCK,), mapping)
    reading = walk(layout, _parse, file=Path(path).name)
    return without_repeats(reading, lambda record: replace(record, counted=0))


def _parse(row: Row) -> list[StockRow]:
    """Read one counted item."""
    ids = {name: row.take(name, cells.ident) for name in _IDENTITY if name != "title"}
    title = row.take("title", cells.line)
    if title is None and not any(ids.values()):
        raise row.refuse("sku_code", _("no code, barcode or name to find the item by"))
    counted = row.take("counted", cells.quantity)
    if counted is None:
        raise row.refuse("counted", _("no counted quantity"))
    return [
        StockRow(
            counted=counted,
            sku_id=ids["sku_id"],
            sku_code=ids["sku_code"],
            barcode=ids["barcode"],
            product_id=ids["product_id"],
            product_code=ids["product_code"],
            title=title,
            spec=spec_of(row),
        )
    ]
