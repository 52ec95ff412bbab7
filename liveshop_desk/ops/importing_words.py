"""Fields of the shop named for a preview, and values as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from liveshop_desk.i18n import _, mark, number_text, percent_text, span_text
from liveshop_desk.model.bases import BASES, Unit
from liveshop_desk.model.clock import to_local
from liveshop_desk.model.money import money_text
from liveshop_desk.model.names import role_name
from liveshop_desk.model.product import Role

FIELDS = {
    "title": mark("product name"),
    "code": mark("code"),
    "brand": mark("brand"),
    "category": mark("category"),
    "role": mark("role"),
    "offer": mark("offer"),
    "selling_points": mark("selling points"),
    "seller": mark("seller"),
    "note": mark("note"),
    "spec": mark("spec"),
    "barcode": mark("barcode"),
    "list_price": mark("list price"),
    "live_price": mark("live price"),
    "floor_price": mark("7-day lowest price"),
    "cost": mark("cost"),
    "stock": mark("stock"),
    "planned_seconds": mark("pitch length"),
    "expected_units": mark("expected units"),
    "link_no": mark("link number"),
    "script": mark("script"),
    "theme": mark("theme"),
    "anchor": mark("anchor"),
    "started_at": mark("start"),
    "ended_at": mark("end"),
}
MONEY = frozenset({"list_price", "live_price", "floor_price", "cost", "file_aov", "refund_amount_1h"})
_LENGTHS = frozenset({"planned_seconds", "stay_seconds"})
_NUMBERS = frozenset({"link_no"})  # that name something and count nothing
MOMENTS = frozenset({"started_at", "ended_at"})
# The reader's fields that are one here.
_READ_AS = {
    "code": ("sku_code", "product_code", "product_id", "barcode"),
    "stock": ("stock", "counted"),
    "started_at": ("started_at", "at"),
}
LONGEST_VALUE = 24  # characters of a text in a preview line


def field_name(name: str, columns: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a field's or a base count's name in the user's language, else the header it has in ``columns``."""
    if name in FIELDS:
        return _(FIELDS[name])
    return _(BASES[name].label) if name in BASES else columns.get(name, name)


def header_of(columns: Mapping[str, str], column: str) -> str:
    """Return what a file calls a field (as ``field_name`` says it): a refusal names the column that is looked at.

    ``columns`` is {the reader's field: header}; where several columns may be meant it stays the field's own name.
    """
    name = next((name for name in FIELDS if field_name(name) == column), "")
    found = {columns[each] for each in _READ_AS.get(name, (name,)) if each in columns}
    return found.pop() if len(found) == 1 else column


def value_text(name: str, value: Any) -> str:
    """Write one value for a preview line; nothing is a dash."""
    if value in (None, ""):
        return "—"
    base = BASES.get(name)
    if name in MONEY or (base is not None and base.unit is Unit.MONEY):
        return money_text(value, cents=False)
    if name in MOMENTS:
        return to_local(value).strftime("%Y-%m-%d %H:%M")
    if name == "role":
        return role_name(Role(value))
    if type(value) in (int, float) and name not in _NUMBERS:
        return _figure_text(name, value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _figure_text(name: str, value: float) -> str:
    """Write a figure in its unit."""
    if name in _LENGTHS:
        return span_text(value)
    if name.endswith("_rate"):
        return percent_text(value, 2)
    decimals = 2 if name.startswith("file_") else 1
    return number_text(value, 0 if float(value).is_integer() else decimals)


def changes_text(changed: Iterable[tuple[str, Any, Any]], columns: Mapping[str, str] = MappingProxyType({})) -> str:
    """Write what changes: “live price ¥399 → ¥369, stock 20 → 18”.

    ``columns`` is {the reader's field: header}: what has no name here is called as the file calls it.
    """
    return _(", ").join(
        _("{field} {before} → {after}").format(
            field=field_name(name, columns), before=value_text(name, before), after=value_text(name, after)
        )
        for name, before, after in changed
    )


def values_text(values: Iterable[tuple[str, Any]]) -> str:
    """Write the values of something new: “live price ¥369, stock 18”."""
    return _(", ").join(
        _("{field} {value}").format(field=field_name(name), value=value_text(name, value)) for name, value in values
    )


def contradiction_text(name: str, row: int, before: Any, after: Any) -> str:
    """Say that an earlier row of the same file gives a field another value."""
    return _("row {row} of this file says {before}, this row {after}").format(
        row=row, before=value_text(name, before), after=value_text(name, after)
    )
