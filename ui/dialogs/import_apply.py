"""Applying a plan, and taking it back: small ones at once, large ones in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.ops import importing
from liveshop_desk.ops.importing import Plan
from liveshop_desk.ops.plan import Report
from liveshop_desk.store import journal
from liveshop_desk.store.store import Store
from ui.context import Context
from ui.faults import report
from ui.notices import new_order_file
from ui.work import Work

AT_ONCE = 500  # rows written while the window waits: some 20 ms


def is_large(plan: Plan) -> bool:
    """Tell whether a plan is written in a thread."""
    return plan.added + plan.changed > AT_ONCE


def in_thread(context: Context, task: Callable[[Store, Report], int], parent: QObject) -> Work:
    """Return work (not yet started) that runs ``task`` on a connection of the thread's own."""
    store = context.desk.store

    def run(report: Report) -> int:
        own = store.sibling()
        own.who = store.who
        try:
            return task(own, report)
        finally:
            own.close()

    return Work(run, parent)


def write(store: Store, plan: Plan, report: Report | None = None) -> int:
    """Apply a plan and return the number of its step in the journal; 0 where it left none to be undone."""
    before = store.newest_step()
    importing.apply(store, plan, report)
    step = store.newest_step()
    return step if step > before else 0


def say_imported(context: Context, plan: Plan, step_id: int) -> None:
    """Say what was imported, with the button that takes all of it back.

    Figures for a show on air leave no step: they are its own by now. What has to be read (rows that were refused,
    drafts that were kept, orders that change a show's figures) does not go by itself. An order file that was
    announced is none that has to be looked at any more.
    """
    if plan.what == "orders":
        context.notices.withdraw(new_order_file(plan.file))
    refused, kept = len(plan.refused), plan.extra.get("drafts_kept", 0)
    keeps = bool(refused or kept) or plan.what == "orders"
    if not step_id:
        context.notices.info(lambda: _imported(plan), keeps=keeps)
        return
    context.notices.info(
        lambda: _imported(plan),
        action=lambda: _("Undo"),
        on_action=lambda: take_back(context, plan, step_id),
        keeps=keeps,
    )


def _imported(plan: Plan) -> str:
    """Return how many rows of a file came, were refused, and what was kept as it was."""
    n, refused, kept = plan.added + plan.changed, len(plan.refused), plan.extra.get("drafts_kept", 0)
    said = [ngettext("Imported {n} row from {file}.", "Imported {n} rows from {file}.", n).format(n=n, file=plan.file)]
    if refused:
        said.append(ngettext("{n} row was refused.", "{n} rows were refused.", refused).format(n=refused))
    if kept:
        said.append(ngettext("{n} draft was kept.", "{n} drafts were kept.", kept).format(n=kept))
    return " ".join(said)


def tell_when_written(context: Context, work: Work, plan: Plan) -> None:
    """Say what was imported once it is written, even where its dialog was left before it could be stopped."""

    def written(step_id: int) -> None:
        context.bridge.look()
        say_imported(context, plan, step_id)

    work.succeeded.connect(written)


def take_back(context: Context, plan: Plan, step_id: int) -> None:
    """Undo an import, where nothing was changed after it."""
    target = journal.undo_target(context.desk.store)
    if target is None or target.id != step_id:
        context.notices.error(lambda: _("Something was changed after this import: undo that first."))
    elif not is_large(plan):
        context.attempt(journal.undo)
    else:
        work = in_thread(context, lambda store, _report: journal.undo(store).id, context.bridge)
        work.failed.connect(lambda error: report(context.notices, error))
        work.finished.connect(work.deleteLater)
        work.start()
