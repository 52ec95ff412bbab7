"""Product rows of a shop's own table and of 抖店, TikTok Shop: one row per product or SKU."""

from __future__ import annotations

from dataclasses import replace

from liveshop_desk.i18n import _
from liveshop_desk.sheets import cells
from liveshop_desk.sheets.cells import is_missing
from liveshop_desk.sheets.products_row import (
    ProductRow,
    categories,
    platform_id,
    role_and_category,
    spec_of,
    stock_of,
)
from liveshop_desk.sheets.table import RefusedCell, Row
from liveshop_desk.sheets.words import segment_kind


class OwnTable:
    """Reads a shop's own table. It remembers the last product, for SKU rows that leave the name out."""

    def __init__(self) -> None:
        self.last: ProductRow | None = None
        self.named = False  # a row has named a product, taken or refused

    def parse(self, row: Row) -> list[ProductRow] | None:
        """Return the row's record; ``None`` for a queue's rows without product (开场, 福袋 …)."""
        if _has(row, "title", "product_code", "product_id"):
            self.last, self.named = None, True  # if this row is refused, those below are not of the product above it
        record = _record(row)
        if record.product_key == "":
            record = self._continued(row, record)
        elif not (record.product_code or record.sku_code or record.live_price or record.list_price) and _no_product(
            record
        ):
            return None
        self.last = record
        return [record]

    def _continued(self, row: Row, record: ProductRow) -> ProductRow:
        """Give a SKU row without name or code the product of the row above."""
        if not (record.spec or record.sku_code or record.sku_key) or not (self.last or self.named):
            raise row.refuse("title", _("neither product name nor code"))
        if self.last is None:
            raise _orphan(row, "title")
        last = self.last
        return replace(
            record,
            product_key=last.product_key,
            title=last.title,
            product_code=last.product_code,
            brand=record.brand or last.brand,
            category=record.category or last.category,
            role=record.role or last.role,
            seller=record.seller or last.seller,
        )


def _has(row: Row, *names: str) -> bool:
    """Tell whether a row says one of these itself, even where it is refused for something else."""
    return any(not is_missing(row.cell(name)) for name in names)


def _orphan(row: Row, name: str) -> RefusedCell:
    """Return the refusal of a SKU row whose product's row was not taken."""
    return row.refuse(name, _("empty, and the row above that names its product was not taken"))


def _no_product(record: ProductRow) -> bool:
    """Tell whether a row without code and price names a segment such as 开场."""
    return record.stock is None and segment_kind(record.title) is not None


def _record(row: Row) -> ProductRow:
    """Read one row; ``product_key`` is ``""`` where the row names no product."""
    product_id, code = row.take("product_id", cells.ident), row.take("product_code", cells.ident)
    title, sku_code = row.take("title", cells.line), row.take("sku_code", cells.ident)
    sku_id, spec, barcode = row.take("sku_id", cells.ident), spec_of(row), row.take("barcode", cells.ident)
    role, category = role_and_category(row)
    has_title_column = "title" in row.layout.columns
    return ProductRow(
        product_key=product_id or code or title or ("" if has_title_column else sku_code) or "",
        title=title,
        product_code=code,
        brand=row.take("brand", cells.line),
        category=category,
        role=role,
        seller=row.take("seller", cells.line),
        sku_key=sku_id or sku_code or spec or barcode,
        sku_code=sku_code,
        spec=spec,
        barcode=barcode,
        list_price=row.take("list_price", cells.price),
        live_price=row.take("live_price", cells.price),
        floor_price=row.take("floor_price", cells.price),
        cost=row.take("cost", cells.price),
        stock=stock_of(row),
        offer=row.take("offer", cells.text),
        selling_points=row.take("selling_points", cells.text),
    )


class DouyinTable:
    """Reads 抖店 商品导出: one row per SKU, product columns filled on each or on the first only."""

    def __init__(self) -> None:
        self.last: ProductRow | None = None
        self.named = False

    def parse(self, row: Row) -> list[ProductRow] | None:
        """Return the row's record."""
        if _has(row, "product_id"):
            self.last, self.named = None, True  # as above
        product_id, sku_id = platform_id(row, "product_id"), platform_id(row, "sku_id")
        above = self.last if product_id is None and sku_id is not None else None
        if product_id is None and above is None:
            if self.named and sku_id is not None:
                raise _orphan(row, "product_id")
            raise row.refuse("product_id", _("no product id"))
        record = replace(
            _record(row),
            product_key=product_id or (above.product_key if above else ""),
            sku_key=sku_id or row.take("sku_code", cells.ident) or spec_of(row),
            category=categories(row),
        )
        if above:
            record = replace(
                record, title=above.title, product_code=above.product_code, category=record.category or above.category
            )
        self.last = record
        return [record]


def parse_tiktok(row: Row) -> list[ProductRow] | None:
    """Return a TikTok Shop row's record; without a quantity column the stock held stays."""
    product_id, sku_id = platform_id(row, "product_id"), platform_id(row, "sku_id")
    if product_id is None:
        raise row.refuse("product_id", _("no product id"))
    spec = spec_of(row)
    return [
        ProductRow(
            product_key=product_id,
            title=row.take("title", cells.line),
            brand=row.take("brand", cells.line),
            category=categories(row),
            sku_key=sku_id or spec,
            sku_code=row.take("sku_code", cells.ident),
            spec=None if spec and spec.lower() == "default" else spec,
            barcode=row.take("barcode", cells.ident),
            list_price=row.take("list_price", cells.price),
            live_price=row.take("live_price", cells.price),
            stock=stock_of(row),
        )
    ]
