"""The kinds of files an import knows: which reader, which plan, what may be said on the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from liveshop_desk.i18n import mark
from liveshop_desk.model.clock import to_local
from liveshop_desk.model.session import Session, State
from liveshop_desk.ops import importing
from liveshop_desk.ops.plan import Plan
from liveshop_desk.sheets import orders, products, queue, samples, sessions, stock
from liveshop_desk.store.store import Store
from liveshop_desk.verbs.sessions import find_session


@dataclass(frozen=True, slots=True)
class Request:
    """What the line says. ``mapping`` is {column: field}; ``session`` an id or ``last``."""

    file: Path
    mapping: Mapping[str, str]
    year: int | None
    kind: str | None
    session: str


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file. ``plan`` reads the file and says what importing it would do; it raises UserError."""

    name: str
    help: str
    plan: Callable[[Store, Request], Plan]
    kinds: tuple[str, ...] = ()
    of_session: bool = False


def _products(store: Store, request: Request) -> Plan:
    reading = products.read_products(request.file, mapping=request.mapping, kind=request.kind)
    return importing.plan_products(store, reading)


def _sessions(store: Store, request: Request) -> Plan:
    reading = sessions.read_sessions(request.file, year=request.year, mapping=request.mapping, kind=request.kind)
    return importing.plan_sessions(store, reading)


def _orders(store: Store, request: Request) -> Plan:
    reading = orders.read_orders(request.file, year=request.year, mapping=request.mapping, kind=request.kind)
    return importing.plan_orders(store, reading)


def _stock(store: Store, request: Request) -> Plan:
    return importing.plan_stock(store, stock.read_stock(request.file, mapping=request.mapping))


def _queue(store: Store, request: Request) -> Plan:
    session = find_session(store, request.session, (State.DRAFT, State.LIVE))
    return importing.plan_queue(store, session.id, queue.read_queue(request.file, request.mapping))


def _samples(store: Store, request: Request) -> Plan:
    session = find_session(store, request.session, (State.LIVE, State.ENDED))
    start = _start(session)
    day = to_local(start).date() if start is not None else None
    reading = samples.read_samples(request.file, year=request.year, on=day, mapping=request.mapping)
    return importing.plan_samples(store, session.id, reading)


def _start(session: Session) -> int | None:
    return session.started_at or session.planned_start


SOURCES = (
    Source("products", mark("Products of any platform's file or your own table."), _products, products.KINDS),
    Source("sessions", mark("Past sessions: a platform's session list."), _sessions, sessions.KINDS),
    Source(
        "orders", mark("Paid orders of a platform's export: they complete what came in live."), _orders, orders.KINDS
    ),
    Source("samples", mark("Figures over time of one session."), _samples, of_session=True),
    Source("queue", mark("The queue of a session."), _queue, of_session=True),
    Source("stock", mark("Counted stock from the warehouse."), _stock),
)
