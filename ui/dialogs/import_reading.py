"""Which reader and which plan belong to what is imported; the choices a person can make about a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.clock import to_local
from liveshop_desk.ops import importing
from liveshop_desk.ops.importing import Plan
from liveshop_desk.ops.plan import Report
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store

TITLES = {
    "products": mark("Import products"),
    "sessions": mark("Import past sessions"),
    "orders": mark("Import orders"),
    "queue": mark("Import a running order"),
    "stock": mark("Import counted stock"),
    "samples": mark("Import figures"),
}
DATED = frozenset({"sessions", "samples", "orders"})  # their dates may lack the year
PATTERNS = "*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.tsv"


@dataclass(frozen=True, slots=True)
class Job:
    """One file to import and how to read it. ``kind`` overrules the recognised format."""

    what: str
    path: Path
    session_id: str = ""
    kind: str | None = None
    year: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict[str, str])


def kinds_of(what: str) -> tuple[str, ...]:
    """Return the formats a file can be said to be; empty where there is only one."""
    if what == "products":
        from liveshop_desk.sheets.products import KINDS

        return KINDS
    if what == "sessions":
        from liveshop_desk.sheets.sessions import KINDS as SESSION_KINDS

        return SESSION_KINDS
    if what == "orders":
        from liveshop_desk.sheets.orders_formats import KINDS as ORDER_KINDS

        return ORDER_KINDS
    return ()


def prepare(store: Store, job: Job, report: Report) -> Plan:
    """Read the file and plan it. Raises UserError where it cannot be read. ``report`` may raise to stop it."""
    report(0, 2)
    plan = _PREPARE[job.what](store, job, report)
    report(2, 2)
    return plan


def _products(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.products import read_products

    reading = read_products(job.path, mapping=job.mapping, kind=job.kind)
    report(1, 2)
    return importing.plan_products(store, reading)


def _sessions(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.sessions import read_sessions

    reading = read_sessions(job.path, year=job.year, mapping=job.mapping, kind=job.kind)
    report(1, 2)
    return importing.plan_sessions(store, reading)


def _orders(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.orders import read_orders

    reading = read_orders(job.path, year=job.year, mapping=job.mapping, kind=job.kind)
    report(1, 2)
    return importing.plan_orders(store, reading)


def _queue(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.queue import read_queue

    reading = read_queue(job.path, job.mapping)
    report(1, 2)
    return importing.plan_queue(store, job.session_id, reading)


def _stock(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.stock import read_stock

    reading = read_stock(job.path, mapping=job.mapping)
    report(1, 2)
    return importing.plan_stock(store, reading)


def _samples(store: Store, job: Job, report: Report) -> Plan:
    from liveshop_desk.sheets.samples import read_samples

    session = queries.session(store, job.session_id)
    start = (session.started_at or session.planned_start) if session else None
    on = to_local(start).date() if start is not None else None
    reading = read_samples(job.path, year=job.year, on=on, mapping=job.mapping)
    report(1, 2)
    return importing.plan_samples(store, job.session_id, reading)


_PREPARE: dict[str, Callable[[Store, Job, Report], Plan]] = {
    "products": _products,
    "sessions": _sessions,
    "orders": _orders,
    "queue": _queue,
    "stock": _stock,
    "samples": _samples,
}


def mapping_of(text: str) -> dict[str, str]:
    """Read ``column=field; column=field``. Raises UserError naming the part that is neither."""
    found: dict[str, str] = {}
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        column, equals, name = part.replace("＝", "=").rpartition("=")
        if not (equals and column.strip() and name.strip()):
            raise UserError(_("“{text}” is not column=field.").format(text=part.strip()[:40]))
        found[column.strip()] = name.strip()
    return found


def year_of(text: str) -> int | None:
    """Read a year; empty is none. Raises UserError."""
    if not text.strip():
        return None
    if not re.fullmatch(r"20\d\d", text.strip(), re.ASCII):
        raise UserError(_("“{text}” is not a year from 2000 to 2099.").format(text=text.strip()[:10]))
    return int(text)
