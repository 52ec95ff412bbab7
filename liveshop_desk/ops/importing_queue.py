"""A 排品表 or a pasted list into a session's queue: products found or made, segments added or brought up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.guards import BIG_JUMP
from liveshop_desk.model.money import Fen
from liveshop_desk.model.names import kind_name
from liveshop_desk.model.session import Kind, Session, State
from liveshop_desk.ops import ticks
from liveshop_desk.ops.importing_catalogue import Shelf
from liveshop_desk.ops.importing_draft import given
from liveshop_desk.ops.importing_segments import SHOWN, Segments, bad_length, lengths
from liveshop_desk.ops.importing_words import changes_text, contradiction_text, field_name, value_text, values_text
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, make_plan
from liveshop_desk.sheets.queue import QueueRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import queries
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

SOLD = (Kind.PITCH, Kind.FLASH_SALE)  # what a product is made for where the catalogue has none
OF_SKU = {name: name for name in ("list_price", "live_price", "floor_price", "cost", "stock")}
Changed = list[tuple[str, Any, Any]]


class RefusedRow(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """A row that cannot be taken, because of one column."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def plan_queue(store: Store, session_id: str, reading: Reading[QueueRow], *, append: bool = False) -> Plan:
    """Return what importing ``reading`` into a session's queue would do. Raises Refused for one that has ended.

    ``append`` is a pasted list: every row becomes a segment at the queue's end, none that is there is touched.
    """
    session = queries.session(store, session_id)
    if session is None:
        raise Refused(_("This session is no longer there."))
    if session.state is State.ENDED:
        raise Refused(_("This session has ended; its queue is a record now."))
    names = {name for _row, record in reading.records for name in _names(record) if name}
    planner = _Queue(store, session, names, append=append)
    planned = lengths(reading.records)
    lines = [planner.line(row, record, planned.get(row)) for row, record in reading.records]
    return make_plan(
        "pasted" if append else "queue",
        planner.noted(reading),
        lines,
        work=planner.write,
        again=lambda shop: plan_queue(shop, session_id, reading, append=append),
        seen=store.newest_step(),
        session_id=session_id,
        extra={"drafts_kept": planner.drafts_kept} if planner.drafts_kept else None,
    )


class _Queue:
    """Goes through a list row by row; a SKU row under its product's row belongs to the same segment."""

    def __init__(self, store: Store, session: Session, names: set[str], *, append: bool) -> None:
        self._append = append
        self._shelf = Shelf(store, names)
        self._segments = Segments(store, session, append=append)
        self._last: str | None = None  # product of the row before
        self._repriced: set[str] = set()

    @property
    def drafts_kept(self) -> int:
        """Return how many drafts the list leaves as they are."""
        return self._segments.drafts_kept

    def noted(self, reading: Reading[QueueRow]) -> Reading[QueueRow]:
        """Say where somebody's draft is kept."""
        n = self.drafts_kept
        if not n:
            return reading
        text = ngettext(
            "{n} script on air has a draft, which stays: the file's text follows once it is published or discarded.",
            "{n} scripts on air have drafts, which stay: the file's texts follow once they are published or discarded.",
            n,
        )
        return replace(reading, notes=[*reading.notes, text.format(n=n)])

    def line(self, row: int, record: QueueRow, seconds: int | None) -> PlanLine:
        """Plan one row; ``seconds`` is its planned length where the file says it."""
        try:
            record, product = self._find(record)
            return self._line(row, record, product, record.planned_seconds if self._append else seconds)
        except RefusedRow as refusal:
            return PlanLine(row, LineState.REFUSED, record.title, refusal.why, refusal.column)

    def _line(self, row: int, record: QueueRow, product: Fields | None, seconds: int | None) -> PlanLine:
        if why := bad_length(seconds):
            raise RefusedRow(field_name("planned_seconds"), why)
        skus = self._skus(product, record) if product else []
        changed, added = self._set(row, record, skus)
        fresh = False
        if product is None and record.kind in (SOLD if not self._append else (Kind.PITCH,)):
            product, added = self._make(row, record)
            fresh = product is not None
        elif product and not skus and _has_sku_values(record):
            self._shelf.add_sku(product, _sku_values(record))
            added, fresh = _("new spec"), True
        if product and product["id"] == self._last and self._is_spec_row(record):
            state = LineState.CHANGED if changed else LineState.UNCHANGED
            if fresh:
                state = LineState.CHANGED if self._append else LineState.NEW
            return PlanLine(row, state, _title(product, record), _joined(added, changes_text(changed)))
        self._last = product["id"] if product else None
        return self._segment(row, record, product, seconds, (changed, added, fresh))

    def _segment(
        self, row: int, record: QueueRow, product: Fields | None, seconds: int | None, so_far: tuple[Changed, str, bool]
    ) -> PlanLine:
        """Add the row's segment, or bring the one that stands for it up to date."""
        changed, added, fresh = so_far
        title = _title(product, record)
        values = _segment_values(record, seconds)
        again = self._append and product is not None and self._segments.holds(product["id"])
        is_new, of_segment = self._segments.put(row, record, product, values)
        if is_new:
            shown = values_text((name, values[name]) for name in SHOWN if name in values)
            once_more = _("once more in this queue") if again else ""
            kind = kind_name(record.kind) if self._append and record.kind is not Kind.PITCH else ""
            made_of = values_text(_sku_values(record, OF_SKU).items()) if fresh else ""
            text = _joined(kind, added, made_of, changes_text(changed), once_more, shown, _untaken(record, product))
            return PlanLine(row, LineState.NEW, title, text or _("in the catalogue"))
        changed = changed + of_segment
        state = LineState.CHANGED if changed or fresh else LineState.UNCHANGED
        return PlanLine(row, state, title, _joined(added, changes_text(changed)))

    def _is_spec_row(self, record: QueueRow) -> bool:
        """Tell whether a row is another spec of the product above it. A pasted line with a code stands for itself."""
        named = record.spec if self._append else record.spec or record.sku_code
        return bool(named) and record.kind is Kind.PITCH and not record.returning

    def _find(self, record: QueueRow) -> tuple[QueueRow, Fields | None]:
        """Return the row as it is to be read and its product.

        A number at the end of a name nobody knows is the price of what the rest of it names, unless it is none that
        product could have: ``iPhone 15`` is no iPhone at ¥15.
        """
        known, other = self._find_as(record), record.otherwise
        if other is None or (known[1] is not None and not other.untitled):  # a code needs no name, least a number
            return known
        with suppress(RefusedRow):
            read, product = self._find_as(other)
            if product is not None and self._is_likely(product, other.live_price or 0):
                return read, product
        return known

    def _is_likely(self, product: Fields, price: Fen) -> bool:
        """Tell whether a price is near those the product has; where it has none, any is."""
        held = [sku["live_price"] for sku in self._shelf.skus(product) if sku["live_price"]]
        return not held or any(abs(price - fen) <= fen * BIG_JUMP for fen in held)

    def _find_as(self, record: QueueRow) -> tuple[QueueRow, Fields | None]:
        """Return the row as it is to be read and its product: by id, by code, then by exact title.

        Raises RefusedRow for a line that does not say what its numbers are, or a title several products have.
        """
        shelf = self._shelf
        if record.product_id and (found := shelf.by_key(record.product_id)):
            return record, found
        for spelling in () if record.unclear else _spellings(record):
            if found := shelf.by_code(spelling):
                return record, found
            if found := shelf.by_sku_code(spelling):
                return replace(record, sku_code=spelling), found
        for reading in (*record.also, record):
            if not reading.unclear and (found := shelf.by_title(reading.title)):
                return reading, found
        if record.unclear:
            raise RefusedRow("", record.unclear)
        return self._find_loosely(record) if self._append and record.kind is Kind.PITCH else (record, None)

    def _find_loosely(self, record: QueueRow) -> tuple[QueueRow, Fields | None]:
        """Find what a pasted line calls by its title without the code or the brackets that stand in it."""
        for reading in (*record.also, record):
            found = self._shelf.called(reading.title)
            if len(found) == 1:
                return reading, found[0]
            if found:
                why = _("several products are called “{title}”: write the code").format(title=reading.title)
                raise RefusedRow(field_name("title"), why)
        return record, None

    def _skus(self, product: Fields, record: QueueRow) -> list[Fields]:
        """Return the SKUs a row's price is for: the one it names, else all of the product.

        The product's own code names no spec, even where its first spec has the same one.
        """
        skus = self._shelf.skus(product)
        code = None if record.sku_code == product["code"] and len(skus) > 1 else record.sku_code
        if code or record.spec:
            found = self._shelf.find_sku(product, None, code, record.spec)
            if found:
                return [found]
            if record.spec:
                return []
        return skus

    def _set(self, row: int, record: QueueRow, skus: Sequence[Fields]) -> tuple[Changed, str]:
        """Give the SKUs the row's price and stock; return what changes, and what to say of several specs.

        The price of a flash sale is the offer's, not the product's, and so is the number of pieces at it.
        """
        values = {} if record.kind is Kind.FLASH_SALE else _sku_values(record, OF_SKU)
        said = ""
        if len(skus) > 1:
            said = _of_all(values, len(skus))
            values.pop("stock", None)  # a sum over specs cannot be shared out
        for sku in skus:
            self._check(sku, values)
        changed: Changed = []
        for sku in skus:
            of_sku = self._shelf.drafts.set("skus", sku, values, row)
            if any(name == "live_price" for name, _before, _after in of_sku):
                self._repriced.add(sku["product_id"])
            changed += [change for change in of_sku if change not in changed]
        return changed, said or (_one_of_several(self._shelf, record, skus) if changed else "")

    def _check(self, sku: Fields, values: Fields) -> None:
        found = self._shelf.drafts.contradiction("skus", sku, values)
        if found:
            name, row = found
            raise RefusedRow(field_name(name), contradiction_text(name, row, sku[name], values[name]))

    def _make(self, row: int, record: QueueRow) -> tuple[Fields | None, str]:
        """Add the product a row describes, or none where it says too little; return it and what to say of it.

        Raises RefusedRow for an unknown code without a name or a price, and for a stock of nothing.
        """
        code = record.product_code or record.product_id or record.sku_code
        if code and record.untitled:
            why = _("{code} is not in the catalogue, and the row has no name to add it by").format(code=code)
            raise RefusedRow(field_name("title"), why)
        if record.untitled and record.live_price is not None:
            raise RefusedRow(field_name("title"), _("a price, but no name of a product"))
        if record.live_price is None and record.list_price is None:
            return None, self._unknown(record, code)
        values = {
            "title": record.title, "code": record.product_code or record.sku_code or "",
            "source_key": record.product_id or "", "offer": record.offer or "",
            "selling_points": record.selling_points or "", "role": record.role or "regular",
        }  # fmt: skip
        product = self._shelf.add_product(values)
        values = _sku_values(record)
        sku = self._shelf.add_sku(product, values)
        self._shelf.drafts.set("skus", sku, values, row)
        return product, _("new product")

    def _unknown(self, record: QueueRow, code: str | None) -> str:
        """Say what a row without a price becomes that the catalogue does not know; a pasted one may have a code."""
        if code and not self._append:
            why = _("{code} is not in the catalogue, and the row has no price to add it with").format(code=code)
            raise RefusedRow(field_name("code"), why)
        if record.stock is not None and self._append:
            why = _("“{title}” is not in the catalogue: there is no stock to set").format(title=record.title)
            raise RefusedRow(field_name("stock"), why)
        return _("not in the catalogue: a segment without product")

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write products, then segments; platform ticks reopen where a live price changes."""
        self._shelf.drafts.write(store, step, report)
        self._segments.write(store, step)
        if self._repriced:
            ticks.reopen(store, step, self._repriced)


def _spellings(record: QueueRow) -> dict[str, None]:
    """Return what may be a code of the row's product, in the order it is looked for."""
    codes = (record.product_code, record.sku_code, record.title)
    return dict.fromkeys(way for code in codes if code for way in (code, code.upper()))


def _names(record: QueueRow) -> Iterator[str]:
    """Yield everything a row's product may be found by, but for how a person calls it."""
    for reading in (record, *record.also):
        yield from _spellings(reading)
        yield reading.product_id or ""
    if record.otherwise is not None:
        yield from _names(record.otherwise)


def _untaken(record: QueueRow, product: Fields | None) -> str:
    """Say that a number was not taken for a price, unless it is the name's for sure."""
    number = record.title.split()[-1] if record.otherwise is not None else ""
    if not number or (product is not None and number in product["title"]):
        return ""
    return _("“{number}” is not taken for a price: write ¥ before one").format(number=number)


def _sku_values(record: QueueRow, names: dict[str, str] | None = None) -> Fields:
    return given(record, names or OF_SKU | {"spec": "spec", "sku_code": "code"})


def _has_sku_values(record: QueueRow) -> bool:
    return bool(_sku_values(record, OF_SKU))


def _one_of_several(shelf: Shelf, record: QueueRow, skus: Sequence[Fields]) -> str:
    """Name the one spec a row's code means, where its product has others and the row does not name it itself."""
    if len(skus) != 1 or record.spec or len(shelf.skus(shelf.products[skus[0]["product_id"]])) < 2:
        return ""
    return skus[0]["spec"]


def _of_all(values: Fields, count: int) -> str:
    """Say what a row that names no spec does to a product's specs."""
    priced = _("the price is for all {n} specs").format(n=count) if "live_price" in values else ""
    stock = values.get("stock")
    kept = _("the row names no spec: stock {stock} is left out").format(stock=stock) if stock is not None else ""
    return _joined(priced, kept)


def _joined(*parts: str) -> str:
    return _(", ").join(part for part in parts if part)


def _title(product: Fields | None, record: QueueRow) -> str:
    name = product["title"] if product else record.title
    return f"{name} {record.spec}" if record.spec else name


def _segment_values(record: QueueRow, seconds: int | None) -> Fields:
    """Return what the row says of its segment."""
    values = given(record, {name: name for name in ("role", "offer", "expected_units", "note")})
    if seconds is not None:
        values["planned_seconds"] = seconds
    if record.kind is Kind.FLASH_SALE and record.live_price is not None:
        price = value_text("live_price", record.live_price)
        values.setdefault("offer", price if record.stock is None else f"{price} × {record.stock}")
    return values
