"""A 排品表 or a pasted list into a session's queue: products found or made, segments added or brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.model.session import Kind, Session, State
from liveshop_desk.ops.importing_catalogue import Shelf
from liveshop_desk.ops.importing_draft import given
from liveshop_desk.ops.importing_segments import SHOWN, Segments, bad_length, lengths
from liveshop_desk.ops.importing_words import changes_text, field_name, value_text, values_text
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, make_plan
from liveshop_desk.sheets.queue import QueueRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import queries
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

SOLD = (Kind.PITCH, Kind.FLASH_SALE)  # what a product is made for where the catalogue has none
OF_SKU = {"list_price": "list_price", "live_price": "live_price", "stock": "stock"}
Changed = list[tuple[str, Any, Any]]


class RefusedRow(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """A row that cannot be taken, because of one column."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column, self.why = column, why


def plan_queue(store: Store, session_id: str, reading: Reading[QueueRow]) -> Plan:
    """Return what importing ``reading`` into a session's queue would do. Raises Refused for one that has ended."""
    session = queries.session(store, session_id)
    if session is None:
        raise Refused(_("This session is no longer there."))
    if session.state is State.ENDED:
        raise Refused(_("This session has ended; its queue is a record now."))
    planner = _Queue(store, session)
    planned = lengths(reading.records)
    lines = [planner.line(row, record, planned.get(row)) for row, record in reading.records]
    return make_plan(
        "queue",
        reading,
        lines,
        work=planner.write,
        again=lambda shop: plan_queue(shop, session_id, reading),
        seen=queries.last_step(store),
        session_id=session_id,
    )


class _Queue:
    """Goes through a list row by row; a SKU row under its product's row belongs to the same segment."""

    def __init__(self, store: Store, session: Session) -> None:
        self._shelf = Shelf(store)
        self._segments = Segments(store, session)
        self._last: str | None = None  # product of the row before
        self._repriced: set[str] = set()

    def line(self, row: int, record: QueueRow, seconds: int | None) -> PlanLine:
        """Plan one row; ``seconds`` is its planned length where the file says it."""
        try:
            return self._line(row, record, seconds)
        except RefusedRow as refusal:
            return PlanLine(row, LineState.REFUSED, record.title, refusal.why, refusal.column)

    def _line(self, row: int, record: QueueRow, seconds: int | None) -> PlanLine:
        if why := bad_length(seconds):
            raise RefusedRow(field_name("planned_seconds"), why)
        product = self._find(record)
        skus = self._skus(product, record) if product else []
        changed = self._set(row, record, skus)
        added = ""
        if product is None and record.kind in SOLD:
            product = self._make(row, record)
            added = _("new product") if product else _("not in the catalogue: a segment without product")
        elif product and not skus and _has_sku_values(record):
            self._shelf.add_sku(product, _sku_values(record))
            added = _("new spec")
        if product and product["id"] == self._last and _is_spec_row(record):
            state = LineState.NEW if added else LineState.CHANGED if changed else LineState.UNCHANGED
            return PlanLine(row, state, _title(product, record), added or changes_text(changed))
        self._last = product["id"] if product else None
        return self._segment(row, record, product, seconds, (changed, added))

    def _segment(
        self, row: int, record: QueueRow, product: Fields | None, seconds: int | None, so_far: tuple[Changed, str]
    ) -> PlanLine:
        """Add the row's segment, or bring the one that stands for it up to date."""
        changed, added = so_far
        title = _title(product, record)
        values = _segment_values(record, seconds)
        is_new, of_segment = self._segments.put(row, record, product, values)
        if is_new:
            shown = values_text((name, values[name]) for name in SHOWN if name in values)
            text = _(", ").join(part for part in (added, shown, changes_text(changed)) if part)
            return PlanLine(row, LineState.NEW, title, text)
        changed = changed + of_segment
        return PlanLine(
            row, LineState.CHANGED if changed or added else LineState.UNCHANGED, title, changes_text(changed)
        )

    def _find(self, record: QueueRow) -> Fields | None:
        """Return the product a row means: by id, by code, then by exact title."""
        shelf = self._shelf
        found = shelf.by_key(record.product_id) if record.product_id else None
        for code in (record.product_code, record.sku_code, record.title):
            if found is None and code:
                found = shelf.by_code(code) or shelf.by_sku_code(code)
        return found or shelf.by_title(record.title)

    def _skus(self, product: Fields, record: QueueRow) -> list[Fields]:
        """Return the SKUs a row's price is for: the one it names, else all of the product."""
        if record.sku_code or record.spec:
            found = self._shelf.find_sku(product, None, record.sku_code, record.spec)
            if found:
                return [found]
            if record.spec:
                return []
        return self._shelf.skus(product)

    def _set(self, row: int, record: QueueRow, skus: Sequence[Fields]) -> Changed:
        """Give the SKUs the row's price and stock. The price of a flash sale is the offer's, not the product's."""
        values = {} if record.kind is Kind.FLASH_SALE else _sku_values(record, OF_SKU)
        if len(skus) > 1:
            values.pop("stock", None)  # a sum over specs cannot be shared out
        for sku in skus:
            self._check(sku, values)
        changed: Changed = []
        for sku in skus:
            of_sku = self._shelf.drafts.set("skus", sku, values, row)
            if any(name == "live_price" for name, _before, _after in of_sku):
                self._repriced.add(sku["product_id"])
            changed += [change for change in of_sku if change not in changed]
        return changed

    def _check(self, sku: Fields, values: Fields) -> None:
        found = self._shelf.drafts.contradiction("skus", sku, values)
        if found:
            name, row = found
            why = _("row {row} of this file says {before}, this row {after}").format(
                row=row, before=value_text(name, sku[name]), after=value_text(name, values[name])
            )
            raise RefusedRow(field_name(name), why)

    def _make(self, row: int, record: QueueRow) -> Fields | None:
        """Add the product a row describes; ``None`` where it says too little. Raises RefusedRow for an unknown code."""
        code = record.product_code or record.product_id or record.sku_code
        if record.live_price is None and record.list_price is None:
            if code:
                why = _("{code} is not in the catalogue, and the row has no price to add it with").format(code=code)
                raise RefusedRow(field_name("code"), why)
            return None
        values = {
            "title": record.title, "code": record.product_code or record.sku_code or "",
            "source_key": record.product_id or "", "offer": record.offer or "",
            "selling_points": record.selling_points or "", "role": record.role or "regular",
        }  # fmt: skip
        product = self._shelf.add_product(values)
        values = _sku_values(record)
        sku = self._shelf.add_sku(product, values)
        self._shelf.drafts.set("skus", sku, values, row)
        return product

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write products, then segments; platform ticks reopen where a live price changes."""
        self._shelf.drafts.write(step, report)
        self._segments.write(store, step)
        for link_id, product_id in queries.open_ticks(store) if self._repriced else ():
            if product_id in self._repriced:
                step.update("shelf_links", link_id, done=0)


def _sku_values(record: QueueRow, names: dict[str, str] | None = None) -> Fields:
    return given(record, names or OF_SKU | {"spec": "spec", "sku_code": "code"})


def _has_sku_values(record: QueueRow) -> bool:
    return bool(_sku_values(record, OF_SKU))


def _is_spec_row(record: QueueRow) -> bool:
    return bool(record.spec or record.sku_code) and record.kind is Kind.PITCH and not record.returning


def _title(product: Fields | None, record: QueueRow) -> str:
    name = product["title"] if product else record.title
    return f"{name} {record.spec}" if record.spec else name


def _segment_values(record: QueueRow, seconds: int | None) -> Fields:
    """Return what the row says of its segment."""
    values = given(record, {name: name for name in ("role", "offer", "expected_units", "note")})
    if seconds is not None:
        values["planned_seconds"] = seconds
    if record.kind is Kind.FLASH_SALE and record.live_price is not None:
        values.setdefault("offer", value_text("live_price", record.live_price))
    return values
