"""What each time on air brought (讲解记录), and each product over the evening.

How orders are counted, in the order it is decided:

* Where order lines came in while it was on air, those of the pitch's product count for it.
* A line that names no known SKU counts for what is on air at that moment.
* A segment without a product counts every line of its time.
* Where none came in meanwhile, what the session's totals grew by between start and end counts for the pitch.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clicked import in_part, lacking, rate, told_stretches
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import Product, Role, spread
from liveshop_desk.model.reading import Reading, Told, told_between
from liveshop_desk.model.session import Kind, Pitch, Segment

Growth = Callable[[str, Instant, Instant], tuple[Number, bool] | None]
Span = tuple[Fen, Fen]
Click = tuple[Instant, str, int]


class Counted(StrEnum):
    """Where a pitch's figures come from."""

    LINES = "lines"
    TOTALS = "totals"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A paid line or a refunded one. ``product_id`` is empty where its SKU is not in the catalogue."""

    at: Instant
    product_id: str
    sku: str
    units: int
    amount: Fen | None
    order: str = ""
    estimated: bool = False  # nobody told the amount: it is the live price of that moment


@dataclass(frozen=True, slots=True)
class Sold:
    """What some lines add up to. ``None`` is unknown, never 0.

    ``unpriced`` units told no amount: GMV is without them and makes no rate. ``estimated`` is the part of GMV that is
    the live price. ``loose``: totals told now and then grew by it, in a time that is not the pitch's: it makes no rate.
    """

    orders: int | None = None
    units: int | None = None
    gmv: Fen | None = None
    unpriced: int = 0
    estimated: Fen = 0
    loose: bool = False


NONE_SOLD = Sold(0, 0, 0)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One time on air. ``end`` None = still on air (``seconds`` up to the report); ``turn`` is 2 for a 返场.

    ``clicks`` are of the pitch's product while it was on air, ``None`` where no click names a product. ``told`` is what
    was read of its script. ``partly``: some of its orders came while nobody counted clicks.
    """

    number: int | None
    title: str
    kind: Kind
    turn: int
    planned_seconds: int | None
    start: Instant
    end: Instant | None
    seconds: float
    online_in: int | None
    online_out: int | None
    clicks: int | None
    sold: Sold
    counted: Counted
    told: Told | None = None
    partly: bool = False

    @property
    def gmv_per_minute(self) -> float | None:
        """Return fen a minute on air; ``None`` where GMV is unknown or no time passed."""
        known = self.sold.gmv is not None and not (self.sold.unpriced or self.sold.loose) and self.seconds > 0
        return (self.sold.gmv or 0) * 60 / self.seconds if known else None

    @property
    def click_pay(self) -> float | None:
        """Return orders / clicks (次数); ``None`` too where its clicks lack, or its orders are of another time."""
        return None if self.sold.loose else rate(self.sold.orders, self.clicks, partly=self.partly)

    @property
    def lacks_clicks(self) -> bool:
        """Tell whether clicks are known, but not those of all its orders."""
        return lacking(self.sold.orders, self.clicks, partly=self.partly)


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One product of the evening; prices are (lowest, highest) of its SKUs as they stand now, in fen.

    ``partly``: some of its orders came while nobody counted clicks.
    """

    product_id: str
    code: str
    title: str
    role: Role | None
    live_price: Span | None
    list_price: Span | None
    stock: int | None
    pitches: int
    seconds: float
    clicks: int | None
    sold: Sold
    refunded: Sold
    partly: bool = False

    @property
    def conversion(self) -> float | None:
        """Return orders / clicks (次数); ``None`` too where its clicks lack."""
        return rate(self.sold.orders, self.clicks, partly=self.partly)

    @property
    def lacks_clicks(self) -> bool:
        """Tell whether clicks are known, but not those of all its orders."""
        return lacking(self.sold.orders, self.clicks, partly=self.partly)


@dataclass(frozen=True, slots=True)
class Lines:
    """All lines of an evening, in order of time. ``clicks`` are (instant, product id, how many)."""

    orders: Sequence[OrderLine] = ()
    refunds: Sequence[OrderLine] = ()
    clicks: Sequence[Click] = ()


def total(lines: Iterable[OrderLine]) -> Sold:
    """Add lines up; lines of one order number are one order."""
    numbers: set[str] = set()
    orders = units = unpriced = estimated = 0
    amounts: list[Fen] = []
    for line in lines:
        fresh = not line.order or line.order not in numbers
        numbers.add(line.order)
        orders += fresh
        units += line.units
        if line.amount is None:
            unpriced += line.units
        else:
            amounts.append(line.amount)
            estimated += line.amount if line.estimated else 0
    return Sold(orders, units, sum(amounts) if amounts or not units else None, unpriced, estimated)


def ledger(
    pitches: Sequence[Pitch], segments: Sequence[Segment], lines: Lines, growth: Growth, now: Instant
) -> tuple[LedgerRow, ...]:
    """Return every time on air in order; ``now`` ends an open one.

    ``growth(metric, a, b)`` is what a total grew by, and whether in that very time; ``None`` where nobody can tell.
    """
    by_id = {segment.id: segment for segment in segments}
    turns: defaultdict[str, int] = defaultdict(int)
    times = [line.at for line in lines.orders]
    told = told_stretches(at for at, _product, _count in lines.clicks)
    rows: list[LedgerRow] = []
    for pitch in pitches:
        turns[pitch.segment_id] += 1
        segment = by_id.get(pitch.segment_id)
        end = pitch.ended_at if pitch.ended_at is not None else max(now, pitch.started_at)
        during = lines.orders[bisect_left(times, pitch.started_at) : bisect_left(times, end)]
        product_id = (segment.product_id or "") if segment else ""
        own = _own(product_id, during)
        sold, counted = _sold(during, own, growth, (pitch.started_at, end))
        rows.append(
            LedgerRow(
                segment.number if segment else None, segment.title if segment else "",
                segment.kind if segment else Kind.PITCH, turns[pitch.segment_id],
                segment.planned_seconds if segment else None, pitch.started_at, pitch.ended_at,
                (end - pitch.started_at) / 1000, pitch.online_in, pitch.online_out,
                _clicks(lines.clicks, product_id, pitch.started_at, end), sold, counted,
                partly=_partly(own, told),
            )
        )  # fmt: skip
    return tuple(rows)


def with_readings(
    rows: Sequence[LedgerRow], pitches: Sequence[Pitch], readings: Sequence[Reading]
) -> tuple[LedgerRow, ...]:
    """Return the rows of ``pitches`` with what was read meanwhile."""
    if not readings:
        return tuple(rows)
    return tuple(
        replace(row, told=told_between(readings, pitch.segment_id, row.start, row.start + round(row.seconds * 1000)))
        for row, pitch in zip(rows, pitches, strict=True)
    )


def counted(rows: Iterable[LedgerRow]) -> set[Counted]:
    """Return where the rows' figures come from. Totals that did not grow beside order lines are not worth a word."""
    rows = list(rows)
    found = {row.counted for row in rows}
    if Counted.LINES in found and not any(row.counted is Counted.TOTALS and row.sold.gmv for row in rows):
        found.discard(Counted.TOTALS)
    return found


def _own(product_id: str, during: Sequence[OrderLine]) -> Sequence[OrderLine]:
    """Return the lines that count for a pitch of a product; all where it has none."""
    if not product_id:
        return during
    # An order that names nothing is taken for what is on air; one that names a stranger is not.
    return [line for line in during if line.product_id == product_id or not (line.product_id or line.sku)]


def _partly(lines: Sequence[OrderLine], told: set[int]) -> bool:
    """Tell whether some of the lines came while nobody counted clicks."""
    return in_part((line.at for line in lines), told)


def _sold(
    during: Sequence[OrderLine], own: Sequence[OrderLine], growth: Growth, span: tuple[Instant, Instant]
) -> tuple[Sold, Counted]:
    """Count one pitch by the rules above."""
    if during:
        return total(own), Counted.LINES
    grown = [growth(metric, *span) for metric in ("orders", "units", "gmv")]
    if all(each is None for each in grown):
        return Sold(), Counted.NOTHING
    orders, units, gmv = (None if each is None else round(each[0]) for each in grown)
    loose = any(each is not None and not each[1] for each in grown)
    return Sold(orders, units, gmv, loose=loose), Counted.TOTALS


def _clicks(clicks: Sequence[Click], product_id: str, start: Instant, end: Instant) -> int | None:
    """Count the product's clicks in [start, end); ``None`` where none ever named a product."""
    if not clicks or not product_id:
        return None
    low, high = bisect_left(clicks, (start, "", 0)), bisect_left(clicks, (end, "", 0))
    return sum(count for _at, clicked, count in clicks[low:high] if clicked == product_id)


def goods(
    products: Mapping[str, Product], order: Sequence[str], rows: Sequence[LedgerRow], lines: Lines,
    aired: Sequence[str], *, complete: bool,
) -> tuple[GoodsRow, ...]:  # fmt: skip
    """Return each product of the queue (``order``: product ids) and each one sold besides, best seller first.

    ``aired`` names the product of each row of the ledger. A sold SKU that is not in the catalogue is a row of its own.
    ``complete`` tells that the lines are all orders there were: then a product without a line sold nothing.
    """
    sold = _grouped(lines.orders)
    refunded = _grouped(lines.refunds)
    clicks: defaultdict[str, int] = defaultdict(int)
    told = told_stretches(at for at, _product, _count in lines.clicks)
    for _at, product_id, count in lines.clicks:
        clicks[product_id] += count
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for row, product_id in zip(rows, aired, strict=True):
        seconds[product_id].append(row.seconds)
    made = [
        _goods_row(
            key, products.get(key), seconds.get(key, []), clicks.get(key, 0) if lines.clicks else None,
            total(sold[key]) if key in sold else NONE_SOLD if complete else Sold(), total(refunded.get(key, ())),
            partly=_partly(sold.get(key, ()), told),
        )
        for key in dict.fromkeys((*order, *sold, *refunded))
        if key
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda row: -(row.sold.gmv or 0)))


def _grouped(lines: Iterable[OrderLine]) -> dict[str, list[OrderLine]]:
    """Sort lines by product, by their own SKU name where that is unknown."""
    found: defaultdict[str, list[OrderLine]] = defaultdict(list)
    for line in lines:
        found[line.product_id or line.sku].append(line)
    return dict(found)


def _goods_row(
    key: str, product: Product | None, seconds: Sequence[float], clicks: int | None, sold: Sold, refunded: Sold,
    *, partly: bool,
) -> GoodsRow:  # fmt: skip
    """Make one product's row."""
    if product is None:
        return GoodsRow(
            "", key, key, None, None, None, None, len(seconds), sum(seconds), clicks, sold, refunded, partly
        )
    return GoodsRow(
        product.id, " / ".join(product.codes), product.title, product.role,
        spread([sku.live_price for sku in product.skus]), spread([sku.list_price for sku in product.skus]),
        product.stock, len(seconds), sum(seconds), clicks, sold, refunded, partly,
    )  # fmt: skip
