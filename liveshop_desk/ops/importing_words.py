"""Fields of the shop named for a preview, and values as they are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from liveshop_desk.i18n import _, mark, span_text
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
MONEY = frozenset({"list_price", "live_price", "floor_price", "cost"})
MOMENTS = frozenset({"started_at", "ended_at"})
# The reader's fields that are one here.
_READ_AS = {
    "code": ("sku_code", "product_code", "product_id", "barcode"),
    "stock": ("stock", "counted"),
    "started_at": ("started_at", "at"),
}
LONGEST_VALUE = 24  # characters of a text in a preview line


def field_name(name: str) -> str:
    """Return a field's or a base count's name in the user's language."""
    if name in FIELDS:
        return _(FIELDS[name])
    return _(BASES[name].label) if name in BASES else name


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
    if name == "planned_seconds":
        return span_text(value)
    if name in MOMENTS:
        return to_local(value).strftime("%Y-%m-%d %H:%M")
    if name == "role":
        return role_name(Role(value))
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def changes_text(changed: Iterable[tuple[str, Any, Any]]) -> str:
    """Write what changes: “live price ¥399 → ¥369, stock 20 → 18”."""
    return _(", ").join(
        _("{field} {before} → {after}").format(
            field=field_name(name), before=value_text(name, before), after=value_text(name, after)
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
