"""A shop's own table with one code column: whether a code names a product, or the spec its row stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from liveshop_desk.ops.importing_catalogue import Shelf
from liveshop_desk.sheets.products import ProductRow
from liveshop_desk.sheets.report import Reading

_STYLE = ("款", "spu", "style", "article")  # a header with one of these means the product, whatever its rows look like


def with_codes_of_specs(shelf: Shelf, reading: Reading[ProductRow]) -> Reading[ProductRow]:
    """Return ``reading`` with codes taken for the specs' where each row of a name has its own code and its own spec.

    商品名称, 规格, 商家编码 with a code on every line is one product of many specs; as products they would all read
    the same in the catalogue. Where the catalogue knows one of the codes as a product's, the file means what it holds.
    """
    header = reading.columns.get("product_code", "").casefold()
    if reading.kind != "own" or any(word in header for word in _STYLE):
        return reading
    by_title: defaultdict[str, list[ProductRow]] = defaultdict(list)
    for _row, record in reading.records:
        if record.title:
            by_title[record.title].append(record)
    of_specs = {title for title, records in by_title.items() if _of_specs(shelf, records)}
    return replace(
        reading,
        records=[(row, _as_spec(record) if record.title in of_specs else record) for row, record in reading.records],
    )


def _of_specs(shelf: Shelf, records: Sequence[ProductRow]) -> bool:
    codes = {record.product_code for record in records if _code_is_key(record)}
    specs = {record.spec for record in records if record.spec}
    if len(records) < 2 or len(codes) < len(records) or len(specs) < len(records):
        return False
    return not any(code and (shelf.by_key(code) or shelf.by_code(code)) for code in codes)


def _code_is_key(record: ProductRow) -> bool:
    """Tell whether the code is all that names the row: no platform's id, no code of the spec beside it."""
    return record.product_key == record.product_code and record.sku_code is None


def _as_spec(record: ProductRow) -> ProductRow:
    code = record.product_code
    return replace(record, product_key=record.title or "", product_code=None, sku_code=code, sku_key=code)
