"""Counted stock against the stock held: every difference is a line of the preview (P5)."""

from __future__ import annotations

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.ops.importing_catalogue import Shelf
from liveshop_desk.ops.importing_words import changes_text, field_name
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, make_plan
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.stock import StockRow
from liveshop_desk.store.step import Fields
from liveshop_desk.store.store import Store


def plan_stock(store: Store, reading: Reading[StockRow]) -> Plan:
    """Return which SKUs' stock would become what was counted. Items the shop does not have are refused."""
    shelf = Shelf(store)
    return make_plan(
        "stock",
        reading,
        [_line(shelf, row, record) for row, record in reading.records],
        work=shelf.drafts.write,
        again=lambda shop: plan_stock(shop, reading),
        seen=store.newest_step(),
    )


def _line(shelf: Shelf, row: int, record: StockRow) -> PlanLine:
    skus = _matching(shelf, record)
    title = _title(shelf, record, skus)
    if len(skus) != 1:
        column = field_name("code") if _code(record) else field_name("title")
        return PlanLine(row, LineState.REFUSED, title, _why_not_one(len(skus)), column)
    sku, values = skus[0], {"stock": record.counted}
    said = shelf.drafts.contradiction("skus", sku, values)
    if said:
        why = _("row {row} of this file counted {before}, this row {after}").format(
            row=said[1], before=sku["stock"], after=record.counted
        )
        return PlanLine(row, LineState.REFUSED, title, why, field_name("stock"))
    changed = shelf.drafts.set("skus", sku, values, row)
    return PlanLine(row, LineState.CHANGED if changed else LineState.UNCHANGED, title, changes_text(changed))


def _matching(shelf: Shelf, record: StockRow) -> list[Fields]:
    """Return the SKUs a counted item may be: by the SKU's own names first, then by its product's."""
    for name, value in (("source_key", record.sku_id), ("code", record.sku_code), ("barcode", record.barcode)):
        found = shelf.skus_named(name, value) if value else []
        if found:
            return _of_spec(found, record.spec)
    product = _product(shelf, record)
    return _of_spec(shelf.skus(product), record.spec) if product else []


def _product(shelf: Shelf, record: StockRow) -> Fields | None:
    found = shelf.by_key(record.product_id) if record.product_id else None
    for code in (record.product_code, record.sku_code):
        if found is None and code:
            found = shelf.by_code(code)
    return shelf.by_title(record.title) if found is None and record.title else found


def _of_spec(skus: list[Fields], spec: str | None) -> list[Fields]:
    """Return the SKUs of the row's spec; all of them where it names none."""
    if not spec or len(skus) == 1:
        return skus
    return [sku for sku in skus if sku["spec"] == spec]


def _code(record: StockRow) -> str | None:
    return record.sku_code or record.product_code or record.barcode or record.sku_id or record.product_id


def _title(shelf: Shelf, record: StockRow, skus: list[Fields]) -> str:
    if len(skus) == 1:
        return f"{shelf.products[skus[0]['product_id']]['title']} {skus[0]['spec']}".strip()
    return " ".join(part for part in (record.title or _code(record), record.spec) if part)


def _why_not_one(n: int) -> str:
    if n == 0:
        return _("not in the catalogue")
    return ngettext(
        "{n} SKU fits and the row does not say which", "{n} SKUs fit and the row does not say which", n
    ).format(n=n)
