"""The kinds of files an import knows: how each is read, how it is planned, what a person may say about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.session import State
from liveshop_desk.ops import importing
from liveshop_desk.ops.plan import Plan, Report
from liveshop_desk.sheets import orders, orders_formats, products, queue, samples, sessions, stock
from liveshop_desk.sheets.report import Reading
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Job:
    """One file to import and how to read it. ``what`` is a name of ``SOURCES``; ``kind`` overrules the format found.

    ``mapping`` is {column: field}; ``year`` belongs to dates that have none.
    """

    what: str
    path: Path
    session_id: str = ""
    kind: str | None = None
    year: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of file. ``kinds`` are the formats it can be said to be, empty where there is only one.

    ``dated``: its dates may lack the year; ``states`` are those of the session it belongs to, empty where it has none.
    """

    name: str
    read: Callable[[Store, Job], Reading[Any]]
    plan: Callable[[Store, Job, Reading[Any]], Plan]
    kinds: tuple[str, ...] = ()
    dated: bool = False
    states: tuple[State, ...] = ()


def plan_file(store: Store, job: Job, report: Report | None = None) -> Plan:
    """Read the file and return what importing it would do. Raises UserError where it cannot be read.

    ``report`` may raise to stop it.
    """
    source, told = SOURCES[job.what], report or importing.quiet
    told(0, 2)
    reading = _read(source, store, job)
    told(1, 2)
    plan = source.plan(store, job, reading)
    told(2, 2)
    return plan


def _read(source: Source, store: Store, job: Job) -> Reading[Any]:
    """Read the file. A refusal of the whole file always says what is safe, whatever it was refused for."""
    try:
        return source.read(store, job)
    except UserError as error:
        if error.kept:
            raise
        raise UserError(error.what, kept=_("Nothing was imported."), todo=error.todo) from error


def _read_samples(store: Store, job: Job) -> Reading[samples.Sample]:
    """Read figures over time; times without a day are of the session's own."""
    session = queries.session(store, job.session_id)
    begun = session.begin if session else None
    return samples.read_samples(job.path, year=job.year, begun=begun, mapping=job.mapping)


_ALL = (
    Source(
        "products",
        lambda _store, job: products.read_products(job.path, mapping=job.mapping, kind=job.kind),
        lambda store, _job, reading: importing.plan_products(store, reading),
        products.KINDS,
    ),
    Source(
        "sessions",
        lambda _store, job: sessions.read_sessions(job.path, year=job.year, mapping=job.mapping, kind=job.kind),
        lambda store, _job, reading: importing.plan_sessions(store, reading),
        sessions.KINDS,
        dated=True,
    ),
    Source(
        "orders",
        lambda _store, job: orders.read_orders(job.path, year=job.year, mapping=job.mapping, kind=job.kind),
        lambda store, _job, reading: importing.plan_orders(store, reading),
        orders_formats.KINDS,
        dated=True,
    ),
    Source(
        "samples",
        _read_samples,
        lambda store, job, reading: importing.plan_samples(store, job.session_id, reading),
        dated=True,
        states=(State.LIVE, State.ENDED),
    ),
    Source(
        "queue",
        lambda _store, job: queue.read_queue(job.path, job.mapping),
        lambda store, job, reading: importing.plan_queue(store, job.session_id, reading),
        states=(State.DRAFT, State.LIVE),
    ),
    Source(
        "stock",
        lambda _store, job: stock.read_stock(job.path, mapping=job.mapping),
        lambda store, _job, reading: importing.plan_stock(store, reading),
    ),
)
SOURCES: Mapping[str, Source] = {source.name: source for source in _ALL}
