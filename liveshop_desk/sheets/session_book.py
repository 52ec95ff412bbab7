"""The session workbook for the owner (R7): what was planned, what happened, what sold, what to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from liveshop_desk.i18n import _
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.session_words import marked, session_title
from liveshop_desk.sheets.book import Sheet
from liveshop_desk.sheets.book_file import Progress, write_book
from liveshop_desk.sheets.book_table import Frame
from liveshop_desk.sheets.session_book_dictionary import dictionary_sheet
from liveshop_desk.sheets.session_book_edits import edits_sheet
from liveshop_desk.sheets.session_book_goods import goods_sheet, ledger_sheet
from liveshop_desk.sheets.session_book_overview import overview_sheet
from liveshop_desk.sheets.session_book_time import has_figures, minutes_sheet, slots_sheet
from liveshop_desk.sheets.session_book_words import EDITS, GOODS, LEDGER, MINUTES, SLOTS, WORDS, tab

_Maker = Callable[[SessionReport, Frame], Sheet]


def write_session_book(report: SessionReport, path: Path, *, progress: Progress | None = None) -> None:
    """Write the workbook of one session to ``path``, in the language in use. The same report gives the same bytes.

    ``progress(done, total)`` is told sheet by sheet and may raise to stop. Whatever fails, a file that was there
    stays as it was. Raises UserError where the file cannot be written.
    """
    title = marked(report.session, session_title(report.session, report.made_at))
    write_book(session_sheets(report), path, title=title, made_at=report.made_at, progress=progress)


def session_sheets(report: SessionReport) -> list[Sheet]:
    """Return the sheets in order; one with nothing to say is left out, and 总览 says why."""
    frame = Frame(session_title(report.session, report.made_at), report.session.rehearsal)
    made: list[Sheet] = []
    left_out: dict[str, str] = {}
    for name, maker, rows, why in _plan(report):
        if rows:
            made.append(maker(report, frame))
        else:
            left_out[tab(name)] = why
    held = [sheet.name for sheet in made] + [tab(WORDS)]
    overview = overview_sheet(report, frame, held, left_out)
    return [overview, *made, dictionary_sheet(report, frame, [overview, *made])]


def _plan(report: SessionReport) -> list[tuple[str, _Maker, Sequence[object], str]]:
    """Return (name, maker, what it shows, why it would be left out) of each sheet between first and last."""
    numbers = _("no numbers came in while the session ran")
    told = has_figures(report)
    return [
        (SLOTS, slots_sheet, [slot for slot in report.slots if told or slot.marks], numbers),
        (GOODS, goods_sheet, report.goods, _("no product was in the queue or sold")),
        (LEDGER, ledger_sheet, report.ledger, _("nothing was taken on air")),
        (EDITS, edits_sheet, report.edits, _("no price or stock was changed during the session")),
        (MINUTES, minutes_sheet, report.minutes if told else (), numbers),
    ]
