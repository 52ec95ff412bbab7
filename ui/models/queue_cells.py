"""What stands in each cell of the queue, and how it is meant to look. Pure: no Qt, no shop file."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.bases import BLANK
from liveshop_desk.model.clicked import lacking, rate
from liveshop_desk.model.clock import clock_text, timer_text
from liveshop_desk.model.coverage import in_part_text
from liveshop_desk.model.money import money_text
from liveshop_desk.model.names import kind_name, platform_name, role_name
from liveshop_desk.model.product import spread
from liveshop_desk.model.rundown import Place, Timing
from liveshop_desk.model.session import Kind
from liveshop_desk.store.queries import QueueRow
from ui.models.cell import Cell


class Column(StrEnum):
    """The queue's columns; the value is only a name."""

    NUMBER = "number"
    PLANNED = "planned"
    ACTUAL = "actual"
    LENGTH = "length"
    TITLE = "title"
    KIND = "kind"
    PRICE = "price"
    STOCK = "stock"
    SOLD = "sold"
    SHELF = "shelf"
    RATE = "rate"


COLUMNS: dict[str, tuple[Column, ...]] = {
    "live": (
        Column.NUMBER, Column.PLANNED, Column.ACTUAL, Column.TITLE, Column.KIND,
        Column.PRICE, Column.STOCK, Column.SOLD, Column.SHELF, Column.RATE,
    ),
    "prepare": (
        Column.NUMBER, Column.PLANNED, Column.LENGTH, Column.TITLE, Column.KIND, Column.PRICE, Column.STOCK,
    ),
}  # fmt: skip

HEADINGS: dict[Column, str] = {
    Column.NUMBER: mark("#"),
    Column.PLANNED: mark("Plan"),
    Column.ACTUAL: mark("Actual"),
    Column.LENGTH: mark("Length"),
    Column.TITLE: mark("Segment / product"),
    Column.KIND: mark("Type"),
    Column.PRICE: mark("Live price"),
    Column.STOCK: mark("Stock"),
    Column.SOLD: mark("Sold"),
    Column.SHELF: mark("Shelf"),
    Column.RATE: mark("Conv."),
}

RIGHT = frozenset({Column.PRICE, Column.STOCK, Column.SOLD, Column.RATE})


class Sold(NamedTuple):
    """What a product sold so far. ``clicks`` is ``None`` where nobody counts them.

    ``partly``: some of its orders came while nobody counted clicks.
    """

    units: int
    orders: int
    clicks: int | None
    partly: bool = False


class Line(NamedTuple):
    """One row with everything its cells show. ``platforms`` are the session's; ``low_stock`` where amber begins."""

    row: QueueRow
    timing: Timing
    sold: Sold | None
    platforms: tuple[str, ...]
    low_stock: int
    live: bool

    @property
    def past(self) -> bool:
        """Tell whether the row is over: done or skipped."""
        return self.timing.place in (Place.DONE, Place.SKIPPED)


def cell(column: Column, line: Line) -> Cell:
    """Return what stands in a column of a line."""
    return _CELLS[column](line)


def heading(column: Column, mode: str) -> str:
    """Return a column's heading in the language in use."""
    if column is Column.PLANNED and mode == "prepare":
        return _("Start")
    return _(HEADINGS[column])


def _count(n: int) -> str:
    """Write a number of pieces; both languages group alike, and a locale's lookup costs as much as ten cells."""
    return f"{n:,}"


def _tone(line: Line, waiting: str = "text") -> str:
    return "faint" if line.past else waiting


def _number(line: Line) -> Cell:
    on_air = line.timing.place is Place.ON_AIR
    return Cell(str(line.row.segment.number), "text" if on_air else _tone(line, "dim"), on_air)


def _planned(line: Line) -> Cell:
    at = line.timing.planned
    return Cell(BLANK if at is None else clock_text(at), _tone(line, "dim"))


def _actual(line: Line) -> Cell:
    timing = line.timing
    if timing.place is Place.ON_AIR:
        minutes, seconds = divmod(int(timing.aired_seconds), 60)
        left = line.row.segment.planned_seconds - timing.aired_seconds
        return Cell(f"{minutes:02d}:{seconds:02d}", "on_air", True, tip=_("{left} left").format(left=timer_text(left)))
    if timing.place is Place.DONE and timing.actual is not None:
        return Cell(clock_text(timing.actual), "faint")
    if timing.expected is not None:
        at = clock_text(timing.expected)
        return Cell(at, "faint", tip=_("expected at {time}").format(time=at))
    return Cell(BLANK, "faint")


def _length(line: Line) -> Cell:
    return Cell(timer_text(line.row.segment.planned_seconds), _tone(line, "dim"))


def _title(line: Line) -> Cell:
    segment, product = line.row.segment, line.row.product
    code = product.code if product else ""
    text = f"{segment.title} {code}" if code and code not in segment.title else segment.title
    place = line.timing.place
    extra = [text, line.row.segment.offer, line.row.segment.note]
    tip = " · ".join(part for part in extra if part)
    keep = code if code and text.endswith(code) else ""  # the anchor is told by it
    return Cell(text, _tone(line), place is Place.ON_AIR, place is Place.SKIPPED, tip=tip, keep=keep)


def _kind(line: Line) -> Cell:
    segment = line.row.segment
    text = role_name(segment.role) if segment.kind is Kind.PITCH and segment.role else kind_name(segment.kind)
    if line.timing.place is Place.ON_AIR:
        return Cell(text, "on_air", tag="on_air")
    if segment.kind is Kind.FLASH_SALE and not line.past and line.live:
        return Cell(text, "next", tag="next")
    return Cell(text, _tone(line, "dim"), tag="plain")


def _price(line: Line) -> Cell:
    product = line.row.product
    prices = spread([sku.live_price for sku in product.skus]) if product else None
    if prices is None:
        return Cell(BLANK, "faint")
    low, high = prices
    if low == high:
        return Cell(money_text(low), _tone(line))
    short = f"{money_text(low, cents=False)}–{money_text(high, cents=False)[1:]}"  # as on the prompter: it has to fit
    return Cell(short, _tone(line), tip=f"{money_text(low)}–{money_text(high)}")


def _stock(line: Line) -> Cell:
    stock = line.row.product.stock if line.row.product else None
    if stock is None:
        return Cell(BLANK, "faint")
    if stock <= line.low_stock and not line.past:
        tip = _("sold out") if stock == 0 else _("low stock: {n} left").format(n=stock)
        return Cell(_count(stock), "next", True, tip=tip)
    return Cell(_count(stock), _tone(line))


def _sold(line: Line) -> Cell:
    if line.row.product is None or line.sold is None:
        return Cell(BLANK, "faint")
    return Cell(_count(line.sold.units), _tone(line))


def _rate(line: Line) -> Cell:
    sold = line.sold
    share = rate(sold.orders, sold.clicks, partly=sold.partly) if line.row.product and sold else None
    if share is not None:
        return Cell(f"{100 * share:.1f}%", _tone(line), tip=_("orders / product clicks"))
    lacks = sold is not None and lacking(sold.orders, sold.clicks, partly=sold.partly)
    return Cell(BLANK, "faint", tip=in_part_text("clicks") if lacks else "")


def _shelf(line: Line) -> Cell:
    if line.row.product is None:
        return Cell(BLANK, "faint")
    text, tone = _shelf_state(line)
    done = {link.platform for link in line.row.links if link.done}
    count = sum(platform in done for platform in line.platforms)
    if line.platforms and (line.row.listed or count):
        text = text.replace(BLANK, "○")
        text += " ✓" if count == len(line.platforms) else f" {count}/{len(line.platforms)}"
    return Cell(text, tone, tip=ticks_text(line.row, line.platforms))


def _shelf_state(line: Line) -> tuple[str, str]:
    """Return the shelf's word and tone; waiting rows stay quiet, the one on air unlisted does not."""
    place = line.timing.place
    if line.row.listed:
        return "● " + (_("Pitching") if place is Place.ON_AIR else _("Listed")), _tone(line)
    if line.past:
        return (_("Unlisted") if line.row.was_listed else BLANK), "faint"  # only what was done is said to be done
    if place is Place.ON_AIR:
        return "○ " + _("To list"), "next"
    return "○ " + _("To list") if place is Place.NEXT else "○", "text"


def ticks_text(row: QueueRow, platforms: tuple[str, ...]) -> str:
    """Return where the act is done: ``Douyin ✓ Taobao ○``, with link numbers where there are any."""
    links = {link.platform: link for link in row.links}
    parts: list[str] = []
    for platform in platforms:
        link = links.get(platform)
        number = f" {link.link_no}" if link and link.link_no else ""
        parts.append(f"{platform_name(platform)}{number} {'✓' if link and link.done else '○'}")
    return "  ".join(parts)


_CELLS: dict[Column, Callable[[Line], Cell]] = {
    Column.NUMBER: _number,
    Column.PLANNED: _planned,
    Column.ACTUAL: _actual,
    Column.LENGTH: _length,
    Column.TITLE: _title,
    Column.KIND: _kind,
    Column.PRICE: _price,
    Column.STOCK: _stock,
    Column.SOLD: _sold,
    Column.SHELF: _shelf,
    Column.RATE: _rate,
}
