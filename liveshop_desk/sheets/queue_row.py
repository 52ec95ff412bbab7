"""One row of a queue: a product to pitch, or a segment without product."""

from __future__ import annotations

import re
from dataclasses import dataclass

from liveshop_desk.i18n import _
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import Cell, CellError
from liveshop_desk.sheets.products_row import planned_seconds, spec_of, stock_of
from liveshop_desk.sheets.table import Row
from liveshop_desk.sheets.words import is_return, role_of, segment_kind

_CLOCK = re.compile("[:：点时]")
_RANGE = re.compile(r"\s*(.+?)\s*(?:-|~|—|–|－|～|至|到)+\s*(.+?)\s*")


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of the queue. ``None``: the file does not say. Prices in fen.

    A row with a product has ``product_code``, ``product_id``, ``sku_code`` or at least a ``title`` to find it by;
    of a pasted list ``title`` may hold a code as well. ``starts_at`` is seconds after local midnight.
    """

    kind: Kind
    title: str
    number: int | None = None
    link_no: str | None = None
    product_id: str | None = None
    product_code: str | None = None
    sku_code: str | None = None
    spec: str | None = None
    role: Role | None = None
    returning: bool = False
    list_price: Fen | None = None
    live_price: Fen | None = None
    floor_price: Fen | None = None
    cost: Fen | None = None
    stock: int | None = None
    offer: str | None = None
    selling_points: str | None = None
    planned_seconds: int | None = None
    expected_units: int | None = None
    starts_at: int | None = None
    script: str | None = None
    note: str | None = None
    untitled: bool = False  # ``title`` is only a code or another column's word
    unclear: str = ""  # why a pasted line is refused, unless the catalogue knows one of ``also``
    also: tuple[QueueRow, ...] = ()  # other ways to read a pasted line, each good where a product is called so
    otherwise: QueueRow | None = None  # its last number as the price, good only where the catalogue has the rest


def parse_queue_row(row: Row) -> list[QueueRow]:
    """Return the row's record; refuses a row that names neither a product nor a segment."""
    title = row.take("title", cells.line)
    segment, word = row.take("segment", cells.line), row.take("role", cells.line)
    codes = [row.take(name, cells.ident) for name in ("product_id", "product_code", "sku_code")]
    list_price, live_price = row.take("list_price", cells.price), row.take("live_price", cells.price)
    sold = any(codes) or list_price is not None or live_price is not None
    kind = kind_of(segment, word, title, sold=sold)
    name = title or segment or next((code for code in codes if code), None) or word
    if kind is None or name is None:
        raise row.refuse("title", _("neither a product nor a segment"))
    starts_at, length = _slot(row)
    planned = planned_seconds(row)
    return [
        QueueRow(
            kind=kind,
            title=name,
            number=_order(row.cell("number")) or _order(row.cell("link_no")),
            link_no=row.take("link_no", cells.ident),
            product_id=codes[0],
            product_code=codes[1],
            sku_code=codes[2],
            spec=spec_of(row),
            role=role_of(word) if kind is Kind.PITCH or sold else None,
            returning=is_return(word) or is_return(segment),
            list_price=list_price,
            live_price=live_price,
            floor_price=row.take("floor_price", cells.price),
            cost=row.take("cost", cells.price),
            stock=stock_of(row),
            offer=row.take("offer", cells.text),
            selling_points=row.take("selling_points", cells.text),
            planned_seconds=length if planned is None else planned,
            expected_units=row.take("expected_units", cells.quantity),
            starts_at=starts_at,
            script=row.take("script", cells.text),
            note=row.take("note", cells.text),
            untitled=title is None,
        )
    ]


def kind_of(segment: str | None, word: str | None, title: str | None, *, sold: bool) -> Kind | None:
    """Return what a row is. What its own columns say counts before what its title sounds like."""
    said = segment_kind(segment) or segment_kind(word)
    if said is not None:
        return said
    if not sold and (heard := segment_kind(title)):
        return heard
    return Kind.PITCH if sold or title else None


def _order(cell: Cell) -> int | None:
    """Return the first number of an order cell (3, 3号链接); it is only a hint, so nothing is refused."""
    found = re.search(r"\d{1,6}", cells.plain(cell), re.ASCII)
    return int(found[0]) if found else None


def _slot(row: Row) -> tuple[int | None, int | None]:
    """Return (start, length) of a time column: ``20:05``, ``20:05-20:12`` or a length such as ``5分钟``."""
    return row.take("slot", read_slot)


def read_slot(cell: Cell) -> tuple[int | None, int | None]:
    """Return (seconds after midnight, length in seconds) of a time cell."""
    value = cells.plain(cell)
    if cells.is_missing(cell):
        return None, None
    if isinstance(cell, str) and re.fullmatch(r"\d+(\.\d+)?\s*(分钟?|小时|秒|min|mins|m|s|h)+.*", value):
        length = when.seconds(cell)
        return None, None if length is None else round(length)
    found = _RANGE.fullmatch(value) if isinstance(cell, str) else None
    if found and _CLOCK.search(found[1]) and not re.match(r"\d{4}[-/]", value):  # the hyphen may be a date's
        start, end = when.day_seconds(found[1]), when.day_seconds(found[2])
        if start is None or end is None:
            raise CellError(_("“{value}” is not a time").format(value=value[:40]))
        return start, (end - start) % 86400
    return when.day_seconds(cell), None
