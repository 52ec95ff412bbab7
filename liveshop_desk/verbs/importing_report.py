"""Telling what an import came to: for people line by line, for programs as JSON."""

from __future__ import annotations

from typing import Any

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.ops.importing import report_json
from liveshop_desk.ops.plan import Plan
from liveshop_desk.sheets.report import Refusal, kind_label
from liveshop_desk.verbs.call import print_json, say


def print_plan(plan: Plan, *, as_json: bool, dry_run: bool, undoable: bool) -> None:
    """Print the counts and every refusal with file, row, column and reason.

    ``undoable``: what was written is a step of the journal. Figures for a show on air are none: an undo would take
    back whatever act came before them.
    """
    if as_json:
        print_json(report_json(plan))
        return
    say(f"{plan.file} · {kind_label(plan.kind)}")
    for note in plan.notes:
        say(note)
    for refusal in plan.refused:
        say(_refusal(plan.file, refusal))
    if plan.yearless:
        say(_("Say the year of dates without one with --year."))
    say(_counts(plan))
    if dry_run:
        say(_("Nothing was written: this was a dry run."))
    elif plan.empty:
        say(_("Nothing was to be changed."))
    elif undoable:
        say(_("Written as one step: one undo in the desk takes all of it back."))
    else:
        say(_("Given to the show on air as its figures: an undo does not take them back, a newer figure does."))


def _counts(plan: Plan) -> str:
    added, changed, unchanged, refused = plan.counts()
    return _("{read} read: {added} new, {changed} changed, {unchanged} unchanged, {refused} refused").format(
        read=plan.read, added=added, changed=changed, unchanged=unchanged, refused=refused
    )


def _refusal(file: str, refusal: Refusal) -> str:
    if refusal.column:
        return _("{file}, row {row}, column {column}: {why}").format(
            file=file, row=refusal.row, column=refusal.column, why=refusal.why
        )
    return _("{file}, row {row}: {why}").format(file=file, row=refusal.row, why=refusal.why)


def refused_file(error: UserError) -> dict[str, Any]:
    """Return the JSON of a file that was refused as a whole: nothing read, one refusal of row 0."""
    refusal = {"row": 0, "column": "", "why": str(error)}
    return {"read": 0, "added": 0, "changed": 0, "unchanged": 0, "refused": [refusal]}
