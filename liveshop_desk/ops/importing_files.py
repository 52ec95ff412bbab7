"""The kinds of files an import knows: how each is read, how it is planned, what a person may say about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from liveshop_desk.commands import BY_ID
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.session import State
from liveshop_desk.ops import importing
from liveshop_desk.ops.plan import Plan, Report
from liveshop_desk.sheets import orders, products, queue, samples, sessions, stock
from liveshop_desk.sheets.grid import Grid
from liveshop_desk.sheets.headers import Format, MissingColumnsError, find_layout
from liveshop_desk.sheets.orders_formats import FORMATS as ORDERS
from liveshop_desk.sheets.orders_formats import KINDS as ORDER_KINDS
from liveshop_desk.sheets.products_formats import FORMATS as PRODUCTS
from liveshop_desk.sheets.queue_formats import QUEUE
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.sessions_formats import FORMATS as SESSIONS
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
    """One kind of file, known by its ``formats``; ``kinds`` names those it can be said to be, where there are several.

    ``dated``: its dates may lack the year; ``states`` are those of the session it belongs to, empty where it has none.
    """

    name: str
    read: Callable[[Store, Job], Reading[Any]]
    plan: Callable[[Store, Job, Reading[Any]], Plan]
    formats: Sequence[Format]
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
    other = _other_kind(source, job, [reading.top] if reading.top else [])
    told(2, 2)
    return replace(plan, notes=(_belongs(other), *plan.notes)) if other else plan


def _read(source: Source, store: Store, job: Job) -> Reading[Any]:
    """Read the file. A refusal of the whole file says what is safe, and which other import would take it."""
    try:
        return source.read(store, job)
    except MissingColumnsError as error:
        other = _other_kind(source, job, error.tops)
        if not other:
            raise
        raise UserError(error.what, kept=error.kept, todo=_belongs(other)) from error
    except UserError as error:
        if error.kept:
            raise
        raise UserError(error.what, kept=_("Nothing was imported."), todo=error.todo) from error


def _other_kind(source: Source, job: Job, tops: Sequence[Grid]) -> str:
    """Return the kind of file a table is by its columns where it is plainly not ``source``, else an empty text.

    A list of goods may be meant for any import of goods. Whoever names columns knows what the file is.
    """
    if job.mapping:
        return ""
    own = _GOODS if source.name in _GOODS else {source.name}
    fits = {each.name: _fit(each, tops) for each in _ALL if each.name not in own}
    best = max(fits, key=fits.__getitem__)
    return best if fits[best] > 2 * _fit(source, tops, 1) else ""


def _fit(source: Source, tops: Sequence[Grid], least: int = 3) -> int:
    """Return how much of a table's header a kind of file knows; 0 where it lacks what the kind needs.

    A table of which fewer than ``least`` columns are known is another one, unless it has no more.
    """
    try:
        layout = find_layout(tops, source.formats, file="")
    except UserError:
        return 0
    return max(0, layout.score) if len(layout.columns) >= least or not layout.unused else 0


def _belongs(what: str) -> str:
    """Say which import a table is for."""
    act = BY_ID.get(f"import_{what}")
    if act is None:
        return _("By its columns it is for the command line: import {verb}.").format(verb=what)
    text = _("By its columns it is for “{act}” (on the command line: import {verb}).")
    return text.format(act=_(act.title), verb=what)


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
        PRODUCTS,
        products.KINDS,
    ),
    Source(
        "sessions",
        lambda _store, job: sessions.read_sessions(job.path, year=job.year, mapping=job.mapping, kind=job.kind),
        lambda store, _job, reading: importing.plan_sessions(store, reading),
        SESSIONS,
        sessions.KINDS,
        dated=True,
    ),
    Source(
        "orders",
        lambda _store, job: orders.read_orders(job.path, year=job.year, mapping=job.mapping, kind=job.kind),
        lambda store, _job, reading: importing.plan_orders(store, reading),
        ORDERS,
        ORDER_KINDS,
        dated=True,
    ),
    Source(
        "samples",
        _read_samples,
        lambda store, job, reading: importing.plan_samples(store, job.session_id, reading),
        (samples.WIDE, samples.LONG),
        dated=True,
        states=(State.LIVE, State.ENDED),
    ),
    Source(
        "queue",
        lambda _store, job: queue.read_queue(job.path, job.mapping),
        lambda store, job, reading: importing.plan_queue(store, job.session_id, reading),
        (QUEUE,),
        states=(State.DRAFT, State.LIVE),
    ),
    Source(
        "stock",
        lambda _store, job: stock.read_stock(job.path, mapping=job.mapping),
        lambda store, _job, reading: importing.plan_stock(store, reading),
        (stock.STOCK,),
    ),
)
_GOODS = frozenset({"products", "queue", "stock"})
SOURCES: Mapping[str, Source] = {source.name: source for source in _ALL}
