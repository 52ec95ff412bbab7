"""Importing: a file is read (sheets), planned (``plan_…``), looked at, and applied as one step (P3, P5, P6)."""

from __future__ import annotations

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _, mark
from liveshop_desk.ops.importing_orders import plan_orders
from liveshop_desk.ops.importing_products import plan_products
from liveshop_desk.ops.importing_queue import plan_queue
from liveshop_desk.ops.importing_samples import plan_samples
from liveshop_desk.ops.importing_sessions import plan_sessions
from liveshop_desk.ops.importing_stock import plan_stock
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, report_json
from liveshop_desk.sheets.queue import parse_pasted
from liveshop_desk.store.store import Store

__all__ = [
    "LineState",
    "Plan",
    "PlanLine",
    "apply",
    "paste",
    "plan_orders",
    "plan_pasted",
    "plan_products",
    "plan_queue",
    "plan_samples",
    "plan_sessions",
    "plan_stock",
    "report_json",
]

_TRIES = 3  # plans made anew while others go on writing, before they have to wait for one

LABELS = {
    "products": mark("Import products from {file}"),
    "sessions": mark("Import past sessions from {file}"),
    "orders": mark("Import orders from {file}"),
    "queue": mark("Import a queue from {file}"),
    "stock": mark("Import counted stock from {file}"),
    "samples": mark("Import figures from {file}"),
    "pasted": mark("Paste a list of {n} segments"),
}
_ONE_PASTED = mark("Paste a list of one segment")


def plan_pasted(store: Store, session_id: str, text: str) -> Plan:
    """Return what a pasted list would add at the end of a session's queue. Raises UserError where it says nothing."""
    return plan_queue(store, session_id, parse_pasted(text), append=True)


def paste(store: Store, session_id: str, text: str) -> Plan:
    """Add a pasted list as one step and return what came of it; where every line is refused nothing is written."""
    plan = plan_pasted(store, session_id, text)
    if not plan.empty:
        apply(store, plan)
    return plan


def apply(store: Store, plan: Plan, report: Report | None = None) -> None:
    """Write a plan as ONE step, all of it or nothing; one undo takes it back. An empty plan leaves no trace.

    Raises Refused where the shop has moved on since the preview so that other things would happen now.
    ``report(done, total)`` may raise: then nothing stays.
    """
    for _again in range(_TRIES):  # a large plan takes seconds to make anew: not while nobody else can write
        plan = still_true(store, plan)
        with store.step(_label(plan), file=plan.file, n=plan.added, session_id=plan.session_id) as step:
            if store.newest_step() == plan.seen or plan.empty:
                plan.work(store, step, report or quiet)
                return
    with store.step(_label(plan), file=plan.file, n=plan.added, session_id=plan.session_id) as step:
        still_true(store, plan).work(store, step, report or quiet)


def _label(plan: Plan) -> str:
    """Return what the record calls a plan."""
    return _ONE_PASTED if plan.what == "pasted" and plan.added == 1 else LABELS[plan.what]


def still_true(store: Store, plan: Plan) -> Plan:
    """Return the plan, made anew where the journal has grown since. Raises Refused where it came out otherwise."""
    if plan.empty or store.newest_step() == plan.seen:
        return plan
    fresh = plan.again(store)
    if fresh.lines != plan.lines:
        raise Refused(
            _("The shop has changed since this preview was made."),
            kept=_("Nothing was imported."),
            todo=_("Look at the preview again."),
        )
    return fresh


def quiet(_done: int, _total: int) -> None:
    """Report to nobody."""
