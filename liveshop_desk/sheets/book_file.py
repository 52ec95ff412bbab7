"""A workbook's file: openpyxl makes package, styles and charts; the rows are put in; then it takes its place whole."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.paths import partial_export
from liveshop_desk.sheets.book import Sheet, letter
from liveshop_desk.sheets.book_charts import chart_of
from liveshop_desk.sheets.book_looks import Looks, change_rules
from liveshop_desk.sheets.book_rows import rows_xml
from liveshop_desk.sheets.safe import as_text_cell

Progress = Callable[[int, int], None]

_DIMENSION = re.compile(r'<dimension ref="[^"]*"\s*/>')
_ROWS = re.compile(r"<sheetData\s*/>|<sheetData></sheetData>")
_MODIFIED = re.compile(r"(<dcterms:(created|modified)[^>]*>)[^<]*")
_A4 = 9
_ROW = 18.0  # points
_REHEARSAL_TAB = "F5A524"


def write_book(
    sheets: Sequence[Sheet], path: Path, *, title: str, made_at: Instant, progress: Progress | None = None
) -> None:
    """Write ``sheets`` to ``path``. The same sheets give the same bytes.

    The file is written beside ``path`` and takes its place when it is whole: a full disk, a locked file or a
    ``progress`` that raises leaves the old one. Raises UserError.
    """
    held = partial_export(path)
    try:
        with held.open("wb") as file:
            _write(sheets, file, as_text_cell(title), made_at, progress or _quiet)
            file.flush()
            os.fsync(file.fileno())
        held.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        with suppress(OSError):
            held.unlink(missing_ok=True)


def _write(sheets: Sequence[Sheet], file: io.BufferedIOBase, title: str, made_at: Instant, progress: Progress) -> None:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    book.properties.title, book.properties.creator = title, "Liveshop Desk"
    made = {sheet.name: book.create_sheet(sheet.name) for sheet in sheets}
    looks = Looks(next(iter(made.values())))
    bodies: list[tuple[str, str]] = []
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets) + 1)
        _set_up(made[sheet.name], sheet, title)
        for bars in sheet.charts:
            made[sheet.name].add_chart(chart_of(bars, made[bars.sheet or sheet.name]), bars.at)
        bodies.append((_extent(sheet), rows_xml(sheet, looks.id)))
    progress(len(sheets), len(sheets) + 1)
    shell = io.BytesIO()
    book.save(shell)
    _fill(shell, bodies, file, made_at)
    progress(len(sheets) + 1, len(sheets) + 1)


def _fill(shell: io.BytesIO, bodies: Sequence[tuple[str, str]], file: io.BufferedIOBase, made_at: Instant) -> None:
    """Copy the package, putting each sheet's rows in; every date in it is ``made_at``."""
    moment = datetime.fromtimestamp(made_at / 1000, UTC)
    stamp = moment.timetuple()[:6] if moment.year >= 1980 else (1980, 1, 1, 0, 0, 0)
    places = {f"xl/worksheets/sheet{number}.xml": body for number, body in enumerate(bodies, 1)}
    with zipfile.ZipFile(shell) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name in source.namelist():
            data = source.read(name)
            if name in places:
                data = _with_rows(data.decode(), *places[name]).encode()
            elif name == "docProps/core.xml":
                data = _MODIFIED.sub(rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}", data.decode()).encode()
            target.writestr(zipfile.ZipInfo(name, stamp), data, zipfile.ZIP_DEFLATED)


def _with_rows(shell: str, extent: str, body: str) -> str:
    """Put the rows into an empty sheet, and how far they reach."""
    shell = _DIMENSION.sub(f'<dimension ref="{extent}"/>', shell, count=1)
    return _ROWS.sub(lambda _found: body, shell, count=1)


def _extent(sheet: Sheet) -> str:
    return f"A1:{letter(max((len(row) for row in sheet.rows), default=1))}{max(len(sheet.rows), 1)}"


def _set_up(made: Worksheet, sheet: Sheet, title: str) -> None:
    """Set what the rows do not say: widths, frozen header, filter, print."""
    for place, width in enumerate(sheet.widths, 1):
        made.column_dimensions[letter(place)].width = width
    made.sheet_view.showGridLines = False
    made.sheet_format.defaultRowHeight, made.sheet_format.customHeight = _ROW, True
    if sheet.frozen:
        made.freeze_panes = sheet.frozen
    if sheet.head and sheet.last > sheet.head:
        made.auto_filter.ref = f"A{sheet.head}:{letter(len(sheet.columns))}{sheet.last}"
    formats: Any = made.conditional_formatting
    for area, rise_is_good in sheet.changes:
        for rule in change_rules(rise_is_good=rise_is_good):
            formats.add(area, rule)
    if sheet.marked:
        made.sheet_properties.tabColor = _REHEARSAL_TAB
    _set_up_print(made, sheet, title)


def _set_up_print(made: Worksheet, sheet: Sheet, title: str) -> None:
    """Set A4 landscape, one page wide, the header on every page."""
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", _A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0 if sheet.head else 1  # a page without a table is one
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    made.page_margins.left = made.page_margins.right = 0.4
    made.page_margins.top, made.page_margins.bottom, made.page_margins.footer = 0.5, 0.7, 0.35
    made.print_options.horizontalCentered = True
    if sheet.head:
        made.print_title_rows = f"{sheet.head}:{sheet.head}"
        made.print_area = f"A1:{letter(len(sheet.columns))}{len(sheet.rows)}"  # the chart beside it would shrink it
    footer: Any = made.oddFooter
    footer.left.text = f"{title} · {sheet.name}".replace("&", "&&")
    footer.right.text = "&P / &N"


def _not_written(path: Path, error: OSError) -> UserError:
    """Say why the file is not there."""
    what = _("{file} could not be written: {reason}.").format(file=path, reason=in_words(error))
    kept = _("A file that was there before is as it was.")
    if isinstance(error, PermissionError):
        return UserError(what, kept=kept, todo=_("Close it in Excel or WPS, or choose another folder."))
    return UserError(what, kept=kept, todo=_("Free some space or choose another folder, and export again."))


def _quiet(_done: int, _total: int) -> None:
    """Report to nobody."""
