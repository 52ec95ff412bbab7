"""Orders from a file: what is known live is completed, what is new is added, each order once (FILES.md).

Sessions that are over are made exact inside one step, so one undo takes them back; stock is not moved. A session on air
has one owner of its figures: there the records are left for it (``feeds.inbox``), and orders nobody told move stock;
beside them the step keeps the records that take them back.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _, ngettext, number_text
from liveshop_desk.model.carry import carry_text
from liveshop_desk.model.line import line_of
from liveshop_desk.model.money import money_text
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.seen import record_key
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.settling import Settled, settle
from liveshop_desk.ops.importing_words import value_text
from liveshop_desk.ops.orders_joined import Order, Windows, orders_of
from liveshop_desk.ops.orders_told import Told, record_of, records, records_back, tell
from liveshop_desk.ops.orders_waiting import with_waiting
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, make_plan
from liveshop_desk.sheets.orders import OrderRow
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import inflow, orders, queries
from liveshop_desk.store.bulk import insert_rows, update_rows
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

EVERY = 2_000  # rows written together, between two reports of progress
MOST_NOTES = 12  # sessions named one by one


def plan_orders(store: Store, reading: Reading[OrderRow]) -> Plan:
    """Return what importing an order file would do."""
    planner = _Orders(store, reading)
    return make_plan(
        "orders",
        planner.noted(),
        planner.lines,
        work=planner.write,
        again=lambda shop: plan_orders(shop, reading),
        seen=planner.seen,
        extra=planner.extra,
    )


@dataclass(slots=True)
class _Evening:
    """What the file holds of one session."""

    session: Session
    told: list[Told] = field(default_factory=list[Told])
    orders: int = 0

    @property
    def on_air(self) -> bool:
        return self.session.state is State.LIVE

    @property
    def changes(self) -> bool:
        return any(each.anything for each in self.told)

    @property
    def name(self) -> str:
        begun = value_text("started_at", self.session.started_at)
        return f"{self.session.theme} {begun}"


class _Orders:
    """The orders of a file beside what is kept."""

    def __init__(self, store: Store, reading: Reading[OrderRow]) -> None:
        self.seen = store.newest_step()
        self._reading = reading
        self._names = inflow.sku_names(store)
        self._salt = queries.meta(store, "salt") or ""
        self._evenings: dict[str, _Evening] = {}
        self._left: Counter[str] = Counter()  # orders that count for nothing, by why
        self.lines: list[PlanLine] = []
        found = orders_of(reading.records, self._names, inflow.sku_titles(store))
        self._plan(store, found)
        self._over = [
            _Over(store, each) for each in self._evenings.values() if each.changes and not each.on_air
        ]  # fmt: skip

    def _plan(self, store: Store, found: Sequence[Order]) -> None:
        sessions = {session.id: session for session in queries.sessions(store)}
        windows = Windows(list(sessions.values()), store.clock.now())
        held: defaultdict[str, list[orders.KeptLine]] = defaultdict(list)
        numbers = {number for order in found for number in order.numbers}
        lines = orders.of_numbers(store, numbers)
        live = next((session for session in sessions.values() if session.state is State.LIVE), None)
        if live is not None:
            lines = with_waiting(lines, live.id, inflow.waiting(store, live.id))
        for line in lines:
            held[line.order].append(line)
        for order in found:
            kept = [line for number in dict.fromkeys(order.numbers) for line in held.get(number, ())]
            session = sessions.get(kept[0].session_id) if kept else windows.of(order)
            self._order(order, session, [line for line in kept if session and line.session_id == session.id])

    def _order(self, order: Order, session: Session | None, kept: list[orders.KeptLine]) -> None:
        """Decide about one order."""
        if order.paid_at is None or session is None:
            why = "unpaid" if order.paid_at is None else "elsewhere"
            self._left[why] += 1
            self._say(order, LineState.UNCHANGED, _why_left(order))
            return
        evening = self._evenings.setdefault(session.id, _Evening(session))
        told = tell(order, kept, self._names, self._salt, on_air=evening.on_air)
        evening.told.append(told)
        evening.orders += 1
        self._left["undated"] += bool(told.refunds) and order.refunded_at is None
        state = LineState.NEW if told.before is None and told.anything else LineState.CHANGED
        self._say(order, state if told.anything else LineState.UNCHANGED, _what(order, told, session))

    def _say(self, order: Order, state: LineState, detail: str) -> None:
        self.lines += [PlanLine(row, state, order.number, detail) for row, _record in order.rows]

    @property
    def extra(self) -> dict[str, Any]:
        """Return the orders that count for nothing, for whoever reads JSON."""
        return {"elsewhere": self._left["elsewhere"], "unpaid": self._left["unpaid"]}

    def noted(self) -> Reading[OrderRow]:
        """Say what the sessions come to, what is left out and what an undo takes back."""
        reading = self._reading
        notes = [*reading.notes, *_left_notes(self._left)]
        notes += [note for over in self._over[:MOST_NOTES] for note in over.notes()]
        more = len(self._over) - MOST_NOTES
        if more > 0:
            notes.append(ngettext("… and {n} more session", "… and {n} more sessions", more).format(n=more))
        if self._over:
            notes.append(_("Sessions that are over: their figures are made exact, stock is not moved."))
        notes += [_on_air_note(each) for each in self._evenings.values() if each.on_air and each.changes]
        return replace(reading, notes=notes)

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write the sessions that are over inside the step, and leave the rest for the session on air."""
        total, done = sum(over.size for over in self._over), 0
        for over in self._over:
            done = over.write(store, step, report, done, total)
        for evening in self._evenings.values():
            if evening.on_air and evening.changes:
                _leave(step, evening)
        report(total, total)


def _leave(step: Step, evening: _Evening) -> None:
    """Leave the orders of a show on air for its owner, with what takes them back."""
    for told in evening.told:
        if told.anything:
            lines, back = records(told), records_back(told)
            step.leave(evening.session.id, [line_of(each) for each in lines], [line_of(each) for each in back])


class _Over:
    """A session that is over, settled with the file's lines."""

    def __init__(self, store: Store, evening: _Evening) -> None:
        session = evening.session
        self._evening = evening
        self._session = session
        self._carry = orders.carry_row(store, session.id)
        self._gone = [line for told in evening.told for line in told.replaced]
        self._new = [record for told in evening.told for record in (*told.lines, *told.refunds)]
        held = [record_of(line) for line in orders.of_session(store, session.id)]
        self._nameless = sum(1 for line in held if line.kind == "order" and not line.order)
        keys = {line.key for line in self._gone}
        after = [line for line in held if line.id not in keys] + self._new
        self._rollups = inflow.rollups(store, session.id)
        cuts = [pitch.started_at for pitch in queries.pitches(store, session.id)]
        self._was = {rollup.metric: rollup.last for rollup in self._rollups}
        end = session.ended_at if session.ended_at is not None else store.clock.now()
        self._settled = settle(self._rollups, inflow.carry(store, session.id), held, after, cuts, end)
        self._buckets = _Buckets(session.id, self._rollups, self._settled)
        self._rows = [_event(session.id, each) for each in self._new]  # here: nobody waits for the shop file yet
        self.size = len(self._gone) + len(self._new) + self._buckets.size

    def notes(self) -> list[str]:
        """Say what the session comes to, and what of it no file can be matched with."""
        n = self._nameless
        if not n:
            return [self._sum()]
        text = ngettext(
            "{session}: {n} order came in live without a number: it cannot be matched and counts beside the file's.",
            "{session}: {n} orders came in live without a number: they cannot be matched and count beside the file's.",
            n,
        )
        return [self._sum(), text.format(session=self._evening.name, n=number_text(n))]

    def _sum(self) -> str:
        gmv, was = self._settled.figures.get("gmv"), self._was.get("gmv")
        n = self._evening.orders
        text = ngettext(
            "{session}: {n} order of this file; GMV {before} → {after}",
            "{session}: {n} orders of this file; GMV {before} → {after}",
            n,
        )
        return text.format(
            session=self._evening.name,
            n=number_text(n),
            before=money_text(None if was is None else round(was)),
            after=money_text(None if gmv is None else round(gmv)),
        )

    def write(self, store: Store, step: Step, report: Report, done: int, total: int) -> int:
        """Write lines, buckets and what stands beside them; return how many rows are done by then."""
        if orders.carry_row(store, self._session.id) != self._carry:  # a show that has just ended wrote its last batch
            raise Refused(
                _("The shop has changed since this preview was made."),
                kept=_("Nothing was imported."),
                todo=_("Look at the preview again."),
            )
        for start in range(0, len(self._gone), EVERY):
            report(done, total)
            gone = self._gone[start : start + EVERY]
            update_rows(store, step, "events", [(line.id, {"kind": "replaced"}) for line in gone])
            done += len(gone)
        number = orders.newest_event(store)
        for start in range(0, len(self._rows), EVERY):
            report(done, total)
            rows = self._rows[start : start + EVERY]
            for place, row in enumerate(rows, number + start + 1):
                row["id"] = place
            insert_rows(store, step, "events", rows)
            done += len(rows)
        done = self._buckets.write(store, step, report, done, total)
        text = carry_text(self._settled.carry)
        step.put("carries", {"session_id": self._session.id, "text": text}, text=text)
        return done


class _Buckets:
    """The buckets of the totals that are made anew, beside those held."""

    def __init__(self, session_id: str, held: Sequence[Rollup], settled: Settled) -> None:
        before = {(each.metric, each.bucket): each for each in held if each.metric in settled.buckets}
        after = {(each.metric, each.bucket): each for found in settled.buckets.values() for each in found}
        row_id = {key: f"{session_id}:{key[0]}:{key[1]}" for key in before | after}
        self._gone = [row_id[key] for key in before if key not in after]
        self._new = [
            {"session_id": session_id, "metric": key[0], "bucket": key[1], "id": row_id[key]} | each.values()
            for key, each in after.items()
            if key not in before
        ]
        self._changed = [
            (row_id[key], each.values()) for key, each in after.items() if key in before and before[key] != each
        ]
        self.size = len(self._gone) + len(self._new) + len(self._changed)

    def write(self, store: Store, step: Step, report: Report, done: int, total: int) -> int:
        """Write them; return how many rows are done by then."""
        for row_id in self._gone:
            step.delete("rollups", row_id)
        done += len(self._gone)
        for start in range(0, len(self._new), EVERY):
            report(done, total)
            insert_rows(store, step, "rollups", self._new[start : start + EVERY])
            done += len(self._new[start : start + EVERY])
        for start in range(0, len(self._changed), EVERY):
            report(done, total)
            update_rows(store, step, "rollups", self._changed[start : start + EVERY])
            done += len(self._changed[start : start + EVERY])
        return done


def _event(session_id: str, record: Record) -> Fields:
    """Return a line of the file as a row of ``events``, which gets its number when it is written."""
    return {
        "id": 0, "session_id": session_id, "at": record.at, "kind": record.kind, "source": record.source,
        "sku": record.sku or None, "quantity": record.quantity, "amount": record.amount, "order_no": record.order,
        "viewer": record.viewer or None, "key": record_key(record),
    }  # fmt: skip


def _why_left(order: Order) -> str:
    if order.paid_at is None:
        return _("never paid: not counted")
    return _("paid {time}, when no session was on air: not counted").format(
        time=value_text("started_at", order.paid_at)
    )


def _left_notes(left: Counter[str]) -> list[str]:
    notes: list[str] = []
    if n := left["elsewhere"]:
        text = ngettext(
            "{n} order was paid when no session was on air: it is not counted.",
            "{n} orders were paid when no session was on air: they are not counted.",
            n,
        )
        notes.append(text.format(n=number_text(n)))
    if n := left["unpaid"]:
        text = ngettext(
            "{n} order was never paid: it is not counted.", "{n} orders were never paid: they are not counted.", n
        )
        notes.append(text.format(n=number_text(n)))
    if n := left["undated"]:
        text = ngettext(
            "{n} refund has no time in the file: it stands at the time of payment.",
            "{n} refunds have no time in the file: they stand at the time of payment.",
            n,
        )
        notes.append(text.format(n=number_text(n)))
    return notes


def _on_air_note(evening: _Evening) -> str:
    text = _("{session} is on air: its orders go to the running figures at once; undo takes them back from there.")
    return text.format(session=evening.name)


def _what(order: Order, told: Told, session: Session) -> str:
    """Write what becomes of an order: its amount, what it stood at, what was given back, its session."""
    parts = [money_text(order.amount)]
    if told.lines and told.before is not None:
        before = money_text(told.before)
        before = _("{amount} (estimated)").format(amount=before) if told.was_estimated else before
        parts = [_("{before} → {after}").format(before=before, after=money_text(order.amount))]
    if order.refund:
        parts.append(_("refunded {amount}").format(amount=money_text(order.refund)))
    assert order.paid_at is not None
    return " · ".join([*parts, value_text("started_at", order.paid_at), session.theme])
