"""Product rows of a file into the catalogue: who is who, what is new, what changes, what contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.ops import ticks
from liveshop_desk.ops.importing_catalogue import Shelf
from liveshop_desk.ops.importing_codes import with_codes_of_specs
from liveshop_desk.ops.importing_draft import given
from liveshop_desk.ops.importing_words import changes_text, contradiction_text, field_name, values_text
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, by_row, make_plan
from liveshop_desk.sheets.products import ProductRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

OF_PRODUCT = {
    "title": "title", "product_code": "code", "brand": "brand", "category": "category", "role": "role",
    "seller": "seller", "offer": "offer", "selling_points": "selling_points",
}  # fmt: skip
OF_SKU = {
    "spec": "spec", "sku_code": "code", "barcode": "barcode", "list_price": "list_price",
    "live_price": "live_price", "floor_price": "floor_price", "cost": "cost", "stock": "stock",
}  # fmt: skip
SHOWN_OF_NEW = ("list_price", "live_price", "floor_price", "cost", "stock")


def plan_products(store: Store, reading: Reading[ProductRow]) -> Plan:
    """Return what importing ``reading`` into the catalogue would do."""
    shelf = Shelf(store)
    records = with_codes_of_specs(shelf, reading).records
    rows = by_row(records)
    planner = ProductPlanner(shelf, [record for _row, record in records])
    lines = [planner.line(row, records) for row, records in rows]
    return make_plan(
        "products",
        reading,
        lines,
        work=planner.write,
        again=lambda shop: plan_products(shop, reading),
        seen=store.newest_step(),
    )


class ProductPlanner:
    """Goes through a file row by row. ``records`` are all of the file: a name may stand in a later row."""

    def __init__(self, shelf: Shelf, records: Sequence[ProductRow]) -> None:
        self.shelf = shelf
        self._keys = {record.product_key for record in records}
        self._sku_keys: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            if record.sku_key:
                self._sku_keys[record.product_key].add(record.sku_key)
        self._with_specs = {record.product_key for record in records if _names_a_sku(record)}
        self._titles = {record.product_key: record.title for record in reversed(records) if record.title}
        self._repriced: set[str] = set()  # products whose live price changes

    def line(self, row: int, records: Sequence[ProductRow]) -> PlanLine:
        """Plan one row of the file; a row may name several SKUs of one product."""
        record = records[0]
        product = self.find(record)
        if product is None:
            records, product = self._of_a_sku(records)
            record = records[0]
        title = _row_title(record, product)
        refusal = self._refusal(product, records)
        if refusal:
            return PlanLine(row, LineState.REFUSED, title, refusal[1], refusal[0])
        if product is None:
            self._add(row, records)
            return PlanLine(row, LineState.NEW, title, _new_text(records))
        return self._change(row, product, records, title)

    def find(self, record: ProductRow) -> Fields | None:
        """Return the product a record means: by the file's key, then by code, then by a title that is the key."""
        found = self.shelf.by_key(record.product_key)
        if found is None and record.product_code:
            # A product that this very file names by another key is another product, same code or not.
            found = self.shelf.by_code(record.product_code, self._keys)
        if found is None and record.title is not None and record.product_key == record.title:
            found = self.shelf.by_title(record.title, self._keys)
        if found is not None:
            self.shelf.know(record.product_key, found)
        return found

    def _of_a_sku(self, records: Sequence[ProductRow]) -> tuple[Sequence[ProductRow], Fields | None]:
        """Return records and product of a price list that names SKUs by nothing but a code no product has."""
        record = records[0]
        code = record.product_code
        if code is None or len(records) > 1 or record.product_key in self._titles or _names_a_sku(record):
            return records, None
        product = self.shelf.by_sku_code(code)
        return ([replace(record, product_code=None, sku_code=code)], product) if product else (records, None)

    def _refusal(self, product: Fields | None, records: Sequence[ProductRow]) -> tuple[str, str] | None:
        """Return (column, why) of the first thing that cannot be."""
        if product is None:
            named = records[0].product_key in self._titles
            return None if named else (field_name("title"), _("a new product needs a name"))
        for record in records:
            sku = self._sku(product, record)
            values = self._of_sku(record)
            if sku is None and values and len(self.shelf.skus(product)) > 1 and not _names_a_sku(record):
                n = len(self.shelf.skus(product))
                return field_name("spec"), ngettext(
                    "the product has {n} spec and the row does not say which",
                    "the product has {n} specs and the row does not say which",
                    n,
                ).format(n=n)
            found = self._contradiction("products", product, given(record, OF_PRODUCT))
            found = found or (self._contradiction("skus", sku, values) if sku else None)
            if found:
                return found
        return None

    def _contradiction(self, table: str, held: Fields, values: Fields) -> tuple[str, str] | None:
        found = self.shelf.drafts.contradiction(table, held, values)
        if found is None:
            return None
        name, row = found
        return field_name(name), contradiction_text(name, row, held[name], values[name])

    def _sku(self, product: Fields, record: ProductRow) -> Fields | None:
        taken = self._sku_keys[record.product_key]
        return self.shelf.find_sku(product, record.sku_key, record.sku_code, record.spec, taken)

    def _speaks_of_sku(self, record: ProductRow) -> bool:
        """Tell whether a record is about a SKU: a row without a spec above its spec rows is about the product alone."""
        return _names_a_sku(record) or record.product_key not in self._with_specs

    def _of_sku(self, record: ProductRow) -> Fields:
        """Return what a record says of its SKU."""
        return given(record, OF_SKU) if self._speaks_of_sku(record) else {}

    def _is_new_sku(self, product: Fields, record: ProductRow) -> bool:
        """Tell whether a record brings a SKU: not where it speaks of the product alone."""
        said = _names_a_sku(record) or bool(self._of_sku(record)) or not self.shelf.skus(product)
        return said and self._speaks_of_sku(record) and self._sku(product, record) is None

    def _add(self, row: int, records: Sequence[ProductRow]) -> None:
        values = given(records[0], OF_PRODUCT)
        key = records[0].product_key
        product = self.shelf.add_product({"title": self._titles[key], "source_key": key} | values)
        self.shelf.drafts.set("products", product, values, row)
        for record in records:
            if self._speaks_of_sku(record):
                self._add_sku(row, product, record)

    def _add_sku(self, row: int, product: Fields, record: ProductRow) -> None:
        values = self._of_sku(record)
        sku = self.shelf.add_sku(product, values | {"source_key": record.sku_key or ""})
        self.shelf.drafts.set("skus", sku, values, row)

    def _change(self, row: int, product: Fields, records: Sequence[ProductRow], title: str) -> PlanLine:
        changed: list[tuple[str, Any, Any]] = []
        added = [record for record in records if self._is_new_sku(product, record)]
        for record in records:
            changed += self.shelf.drafts.set("products", product, given(record, OF_PRODUCT), row)
            sku = self._sku(product, record)
            if sku is None:
                if record in added:
                    self._add_sku(row, product, record)
                continue
            of_sku = self.shelf.drafts.set("skus", sku, self._of_sku(record), row)
            if any(name == "live_price" for name, _before, _after in of_sku):
                self._repriced.add(product["id"])
            changed += of_sku
        if added:
            return PlanLine(row, LineState.NEW, title, _new_text(added))
        text = changes_text(changed)
        if any(given(record, OF_SKU) and not self._speaks_of_sku(record) for record in records):
            text = _(", ").join(part for part in (text, _("price and stock are taken from its spec rows")) if part)
        return PlanLine(row, LineState.CHANGED if changed else LineState.UNCHANGED, title, text)

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write everything planned. A tick "done on the platform" reopens where the live price changes."""
        self.shelf.drafts.write(store, step, report)
        if self._repriced:
            ticks.reopen(store, step, self._repriced)


def _names_a_sku(record: ProductRow) -> bool:
    return bool(record.sku_key or record.sku_code or record.spec)


def _row_title(record: ProductRow, product: Fields | None) -> str:
    name = record.title or (product["title"] if product else record.product_key)
    return f"{name} {record.spec}" if record.spec else name


def _new_text(records: Sequence[ProductRow]) -> str:
    values = given(records[0], {name: name for name in SHOWN_OF_NEW})
    text = values_text(values.items())
    more = len(records) - 1
    return text + _(", ") + ngettext("and {n} more spec", "and {n} more specs", more).format(n=more) if more else text
