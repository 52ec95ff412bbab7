"""Product rows of a Shopify csv: the first row of a Handle names the product, the next are its variants."""

from __future__ import annotations

from collections import Counter

from liveshop_desk.i18n import _
from liveshop_desk.sheets import cells
from liveshop_desk.sheets.headers import Layout
from liveshop_desk.sheets.products_row import ProductRow, stock_of
from liveshop_desk.sheets.table import Row

VARIANT_FIELDS = ("option1", "option2", "option3", "sku_code", "live_price", "barcode")
ONLY_VARIANT = "default title"


class ShopifyTable:
    """Reads variants in file order and remembers what the first row of each Handle said."""

    def __init__(self, layout: Layout) -> None:
        self.first: dict[str, tuple[str | None, str | None, str | None]] = {}
        self.codes = _code_counts(layout)

    def parse(self, row: Row) -> list[ProductRow] | None:
        """Return the row's variant; ``None`` for a row that only adds a picture."""
        handle = row.take("handle", cells.ident)
        if handle is None:
            raise row.refuse("handle", _("no Handle"))
        if handle in self.first and all(cells.is_missing(row.cell(name)) for name in VARIANT_FIELDS):
            return None
        title, brand, category = self._product(row, handle)
        options = [part for part in (row.take(name, cells.line) for name in VARIANT_FIELDS[:3]) if part]
        spec = " / ".join(part for part in options if part.lower() != ONLY_VARIANT)
        code = row.take("sku_code", cells.ident)
        return [
            ProductRow(
                product_key=handle,
                title=title,
                brand=brand,
                category=category,
                sku_key=code if code and self.codes[code] == 1 else f"{handle}/{spec}",
                sku_code=code,
                spec=spec or None,
                barcode=row.take("barcode", cells.ident),
                list_price=row.take("list_price", cells.price),
                live_price=row.take("live_price", cells.price),
                cost=row.take("cost", cells.price),
                stock=stock_of(row),
            )
        ]

    def _product(self, row: Row, handle: str) -> tuple[str | None, str | None, str | None]:
        """Return title, vendor and type as the Handle's first row gave them."""
        given = (row.take("title", cells.line), row.take("brand", cells.line), row.take("category", cells.line))
        if handle not in self.first:
            if given[0] is None:
                raise row.refuse("title", _("the first row of a Handle has no title"))
            self.first[handle] = given
        return self.first[handle]


def _code_counts(layout: Layout) -> Counter[str]:
    """Count each Variant SKU: one that stands on several variants identifies none of them."""
    column = layout.columns.get("sku_code")
    if column is None:
        return Counter()
    rows = layout.grid.rows[layout.first :]
    return Counter(cells.plain(row[column]) for row in rows if column < len(row))
