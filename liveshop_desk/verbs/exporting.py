"""``export …``: the workbook for the owner. The window runs this very verb as another process."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.verbs import later, recordings
from liveshop_desk.verbs.call import Call, enlist, json_option, print_json, say, shop_option, stop_like_ctrl_c
from liveshop_desk.verbs.sessions import AIRED, LAST, find_session


def command() -> click.Group:
    """Return the verb with one sub-verb for each workbook."""
    group = click.Group("export", help=_("Write a workbook for Excel, WPS or LibreOffice."))
    enlist(group, _session_command())
    enlist(group, recordings.command())
    enlist(group, later.command("day"))
    enlist(group, later.command("month"))
    return group


def _session_command() -> click.Command:
    @click.command("session", help=_("The workbook of one session: an ID, or “last” for the newest one on air."))
    @click.argument("session", default=LAST, metavar="[ID|last]")
    @click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE.xlsx", help=_("Where to."))
    @click.option("--progress", is_flag=True, help=_("Print progress on stderr, a line of JSON each."))
    @json_option
    @shop_option
    @click.pass_obj
    def export_session(call: Call, session: str, out: Path, progress: bool, as_json: bool) -> int:
        if out.suffix.lower() != ".xlsx":  # the program that opens it would refuse it, or take it for text
            raise UserError(_("{file}: the name of a workbook ends in .xlsx").format(file=out.name))
        # Late: openpyxl alone costs a fifth of a second that no other verb should pay.
        from liveshop_desk.ops.report import session_report
        from liveshop_desk.sheets.session_book import write_session_book

        stop_like_ctrl_c()
        if progress:  # a window waits for it, perhaps with the prompter running
            give_way()
        with call.desk() as desk:
            found = find_session(desk.store, session, AIRED)
            report = session_report(desk.store, found.id)
        write_session_book(report, out, progress=_progress if progress else None)
        if as_json:
            print_json({"session": found.id, "file": str(out), "bytes": out.stat().st_size})
        else:
            say(_("Workbook of {theme} written: {path}").format(theme=found.theme, path=out))
        return 0

    return export_session


def give_way() -> None:
    """Let every other process go first, where the system knows such a thing."""
    if hasattr(os, "nice"):
        os.nice(10)


def _progress(done: int, total: int) -> None:
    """Print how far it is, for whoever started this process."""
    click.echo(json.dumps({"done": done, "total": total}), err=True)
