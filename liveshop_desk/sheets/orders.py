"""Orders as a platform exports them, or as a shop keeps them: one row an order, or one row an item of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import Cell, CellError
from liveshop_desk.sheets.headers import Layout
from liveshop_desk.sheets.orders_formats import CLOSED, FORMATS, KINDS, PARTLY, REFUNDED, UNPAID
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.table import Row, open_table, walk

__all__ = ["KINDS", "OrderItem", "OrderRow", "read_orders"]

T = TypeVar("T")

_JOINT = re.compile(r"[;；]")
_PER_ITEM = ("line", "product_id", "quantity")  # their joined parts tell how many items the row has
_NAMES = ("sku_id", "sku_code", "product_id")  # best first
_OUR_MONEY = frozenset({"", "cny", "rmb", "cn¥", "¥", "yuan", "人民币", "元"})
_FOREIGN = re.compile(r"\b(usd|eur|gbp|jpy|idr|thb|vnd|php|myr|sgd|mxn|brl|hkd|twd|krw|aud|cad)\b|[$€£฿₫₱₩]|rp\b|rm\b")
_CODE = re.compile(r"\b(?:cny|rmb)\b", re.IGNORECASE)
_PLAIN = re.compile(r"[\d.]*", re.ASCII)
_MOST_ITEMS = 200  # in one row


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One item: the names the file has for its SKU (best first), units, what was paid for it in fen, its title."""

    names: tuple[str, ...]
    units: int | None
    amount: Fen | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One row. ``paid_at`` is ``None`` for an order that was never paid.

    ``lines`` are the numbers of its parts. ``whole`` and ``whole_refund`` are of the order and not of the row (fen).
    ``refund`` is what was given back of this row. ``anchors`` names the platform has for the anchor; ``buyer`` is the
    platform's own number of the buyer: it must be hashed before anything is kept.
    """

    order: str
    paid_at: Instant | None
    items: tuple[OrderItem, ...] = ()
    lines: tuple[str, ...] = ()
    whole: Fen | None = None
    refund: Fen | None = None
    whole_refund: Fen | None = None
    refunded_at: Instant | None = None
    anchors: tuple[str, ...] = ()
    buyer: str = ""


def read_orders(
    path: Path | str,
    *,
    year: int | None = None,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> Reading[OrderRow]:
    """Read an order list. ``year`` completes dates without one.

    Raises UserError where the file is no table or lacks order numbers, times or amounts. What a row says of a person
    is not read, but for the buyer's number.
    """
    layout = open_table(path, FORMATS, mapping, kind)
    known = layout.format.kind != "own"
    reading = walk(
        layout, _Parser(layout, year).parse, notes_until=_has_number if known else None, file=Path(path).name
    )
    return replace(reading, notes=reading.notes[: bool(layout.other_sheets)] + _notes(layout))


def _has_number(row: Row) -> bool:
    """Tell whether a row has an order number: what stands under TikTok's header describes the columns."""
    cell = row.cell("order")
    return not isinstance(cell, str) or any(char.isdigit() for char in cell)


def _notes(layout: Layout) -> list[str]:
    """Say what was taken for the time of payment. The columns left out are people's: they are not listed."""
    if "paid_at" in layout.columns:
        return []
    text = _("There is no column with the time of payment: {column} stands for it.")
    return [text.format(column=layout.headers["created_at"])]


class _Parser:
    """Reads rows with what was learnt from the whole file: the order of day and month."""

    def __init__(self, layout: Layout, year: int | None) -> None:
        self.year = year
        self.timed = "paid_at" if "paid_at" in layout.columns else "created_at"
        column = layout.columns[self.timed]
        rows = layout.grid.rows[layout.first :]
        self.day_first = when.day_first_of(row[column] for row in rows if column < len(row))

    def parse(self, row: Row) -> list[OrderRow]:
        """Return the row's order, or its part of one."""
        order = row.take("order", cells.ident)
        if order is None:
            raise row.refuse("order", _("no order number"))
        status = cells.plain(row.cell("status")).lower()
        after = f"{cells.plain(row.cell('after_sale')).lower()} {status}"
        refunded = _says(REFUNDED, after) and not _says(PARTLY, after)  # how much, only an amount could tell
        closed = _says(CLOSED, status)
        paid_at = None if _says(UNPAID, status) else self._paid_at(row, closed=closed, refunded=refunded)
        if paid_at is None:
            return [OrderRow(order, None)]
        _check_currency(row)
        items = _items(row)
        amount, whole = _sum(items), _taken(row, "order_amount", _price)
        if amount is None and whole is None:
            name = "amount" if "amount" in row.layout.columns else "order_amount"
            raise row.refuse(name, _("a paid order without an amount"))
        refund, whole_refund = _taken(row, "refund", _price) or None, _taken(row, "order_refund", _price) or None
        if (refunded or closed) and refund is None and whole_refund is None:
            refund, whole_refund = amount, whole if amount is None else None
        return [
            OrderRow(
                order, paid_at, items, _parts(_taken(row, "line", cells.text)), whole, refund, whole_refund,
                _taken(row, "refunded_at", self._instant),
                tuple(name for each in ("anchor", "anchor_name") if (name := _taken(row, each, cells.line))),
                _buyer(row),
            )
        ]  # fmt: skip

    def _paid_at(self, row: Row, *, closed: bool, refunded: bool) -> Instant | None:
        """Return when the order was paid; ``None`` where it never was."""
        if self.timed == "created_at" and closed and not refunded:
            return None  # called off, and nothing tells that it was paid before
        paid_at = row.take(self.timed, self._instant)
        if paid_at is None and not closed:
            raise row.refuse(self.timed, _("no time of payment"))
        return paid_at

    def _instant(self, cell: Cell) -> Instant | None:
        return when.instant(cell, self.year, day_first=self.day_first)


def _taken(row: Row, name: str, read: Callable[[Cell], T | None]) -> T | None:
    """Read a field the file may not have at all: most have a dozen of these columns fewer."""
    return row.take(name, read) if name in row.layout.columns else None


def _says(words: Sequence[str], said: str) -> bool:
    """Tell whether a text holds one of the words."""
    return any(word in said for word in words)


def _check_currency(row: Row) -> None:
    """Refuse an amount that is not in the shop's money: nothing here knows a rate."""
    said = (_taken(row, "currency", cells.line) or "").lower()
    if said not in _OUR_MONEY:
        raise row.refuse("currency", _("“{value}” is not the shop's money (CNY)").format(value=said.upper()[:12]))
    for name in ("amount", "order_amount"):
        cell = row.cell(name)
        if not isinstance(cell, str) or _PLAIN.fullmatch(cell):
            continue
        foreign = _FOREIGN.search(cell.lower())
        if foreign:
            raise row.refuse(name, _("“{value}” is not the shop's money (CNY)").format(value=foreign[0].upper()))


def _price(cell: Cell) -> Fen | None:
    """Read an amount; CNY may stand before or behind it."""
    if isinstance(cell, str) and not _PLAIN.fullmatch(cell):
        cell = _CODE.sub("", cell)
    return cells.price(cell)


def _buyer(row: Row) -> str:
    """Return the buyer's number; one that the platform has masked tells nobody from another."""
    buyer = _taken(row, "buyer", cells.ident) or ""
    return "" if "*" in buyer or "#" in buyer else buyer


def _parts(joined: str | None) -> tuple[str, ...]:
    """Split a cell that several items share, each part bare of the blanks and TABs around it."""
    return tuple(cells.plain(part) for part in _JOINT.split(joined)) if joined else ()


def _items(row: Row) -> tuple[OrderItem, ...]:
    """Return the items of a row: one, or as many as its joined cells tell."""
    if not any(_is_joined(row, name) for name in _PER_ITEM):
        names = (name for each in _NAMES if (name := _taken(row, each, cells.ident)))
        units, amount = _taken(row, "quantity", cells.quantity), _taken(row, "amount", _price)
        return (OrderItem(tuple(dict.fromkeys(names)), units, amount, _taken(row, "item_title", cells.line) or ""),)
    return _joined_items(row)


def _is_joined(row: Row, name: str) -> bool:
    cell = row.cell(name)
    return isinstance(cell, str) and (";" in cell or "；" in cell)


def _joined_items(row: Row) -> tuple[OrderItem, ...]:
    """Return the items of a row whose cells hold one part for each."""
    counts = {len(_parts(_text(row, name))) or 1 for name in _PER_ITEM} - {1}
    if len(counts) > 1 or max(counts, default=1) > _MOST_ITEMS:
        raise row.refuse("quantity", _("the row's cells do not tell the same number of items"))
    n = counts.pop() if counts else 1
    names = [_split(row, name, n) for name in _NAMES]
    units = [_unit(row, part) for part in _split(row, "quantity", n)]
    amounts = _amounts(row, units)
    return tuple(
        OrderItem(
            tuple(dict.fromkeys(name for each in names if (name := _ident(row, each[place])))), units[place], amount
        )
        for place, amount in enumerate(amounts)
    )


def _text(row: Row, name: str) -> str | None:
    """Return an id's or a number's cell as text; a number that has lost its digits is refused."""
    cell = row.cell(name)
    return row.take(name, cells.ident if name != "quantity" else cells.text) if cell is not None else None


def _split(row: Row, name: str, n: int) -> list[str]:
    """Return a cell's ``n`` parts; one that is not joined stands for a single item only."""
    said = _text(row, name)
    if n == 1:
        return [said or ""]
    parts = _parts(said)
    return list(parts) if len(parts) == n else [""] * n


def _ident(row: Row, part: str) -> str:
    """Return a part as an id."""
    try:
        return cells.ident(part) or ""
    except CellError as error:
        raise row.refuse("sku_code", error.why) from error


def _unit(row: Row, part: str) -> int | None:
    try:
        return cells.quantity(part)
    except CellError as error:
        raise row.refuse("quantity", error.why) from error


def _amounts(row: Row, units: Sequence[int | None]) -> list[Fen | None]:
    """Return what was paid for each item; one amount for all is shared by the list prices, else by the units."""
    n = len(units)
    if n == 1:
        return [row.take("amount", _price)]
    said = _split(row, "amount", n)
    try:
        if all(said):
            return [_price(part) for part in said]
        weights = [_price(part) or 0 for part in _split(row, "listed", n)]
    except CellError as error:
        raise row.refuse("amount", error.why) from error
    amount = row.take("amount", _price)
    return [None] * n if amount is None else list(shared(amount, weights if any(weights) else [u or 1 for u in units]))


def shared(amount: Fen, weights: Sequence[int]) -> list[Fen]:
    """Share an amount out by weights, to the fen: the parts add up to it."""
    whole, given, parts, seen = sum(weights), 0, list[Fen](), 0
    for weight in weights:
        seen += weight
        upto = amount * seen // whole if whole else amount
        parts.append(upto - given)
        given = upto
    return parts


def _sum(items: Sequence[OrderItem]) -> Fen | None:
    known = [item.amount for item in items if item.amount is not None]
    return sum(known) if known else None
