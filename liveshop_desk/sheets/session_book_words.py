"""The workbook's words: sheets, roles, kinds, edited fields; and how a figure goes into a cell."""

from __future__ import annotations

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.bases import Number, Unit
from liveshop_desk.sheets.book import length, sheet_name, yuan

OVERVIEW, SLOTS, GOODS, LEDGER = mark("Overview"), mark("5 minutes"), mark("Products"), mark("Pitch record")
EDITS, MINUTES, WORDS = mark("Price and stock edits"), mark("Minute data"), mark("Dictionary")

FIELDS = {
    "live_price": mark("Live price"), "list_price": mark("List price"), "floor_price": mark("Floor price"),
    "cost": mark("Cost"), "stock": mark("Stock"),
}  # fmt: skip
ACTS = {"do": mark("Changed"), "undo": mark("Undone"), "redo": mark("Redone")}

LOOK_OF_UNIT = {
    Unit.MONEY: "money", Unit.COUNT: "count", Unit.FRACTION: "percent", Unit.SECONDS: "length", Unit.RATIO: "number",
    Unit.COIN: "count",
}  # fmt: skip
UNITS = {
    "money": mark("yuan"), "count": mark("count"), "level": mark("people"), "percent": mark("percent"),
    "length": mark("h:mm:ss"), "short": mark("m:ss"), "number": mark("ratio"), "time": mark("local time"),
    "second": mark("local time"), "moment": mark("local time"), "moved": mark("people"),
}  # fmt: skip


def tab(msgid: str) -> str:
    """Return a sheet's name in the user's language."""
    return sheet_name(_(msgid))


def figure(unit: Unit, value: Number | None) -> Number | None:
    """Return a figure as a cell holds it: yuan, days, else itself."""
    if unit is Unit.MONEY:
        return yuan(value)
    return length(value) if unit is Unit.SECONDS else value
