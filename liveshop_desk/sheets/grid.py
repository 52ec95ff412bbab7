"""A file into grids of cells: workbooks by python-calamine, text files by encoding and delimiter."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.sheets import package, textfile
from liveshop_desk.sheets.cells import Cell
from liveshop_desk.sheets.unreadable import empty, locked, no_table, too_many_rows

FILE_LIMIT = 100 * 1024 * 1024
ROW_LIMIT = 200_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. ``rows`` starts at the sheet's row 1, column A; rows may differ in length.

    ``filled`` holds the (row, column) places, from 0, that only repeat the cell above because the file
    merges them: a header or a name counts there, a stock must not be counted twice.
    """

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    filled: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def read_grids(path: Path | str) -> list[Grid]:
    """Read every sheet of a file, in file order. Raises UserError naming the file where it cannot be read."""
    file = Path(path)
    head = _checked_head(file)
    if head.startswith(b"PK\x03\x04"):
        package.check(file, ROW_LIMIT)
        return _workbook(file)
    if head.startswith(OLE):
        if ENCRYPTED_STREAM in file.read_bytes():
            raise locked(file)
        return _workbook(file)
    return [Grid(file.stem, textfile.read_rows(file, ROW_LIMIT))]


def _checked_head(file: Path) -> bytes:
    """Return the file's first bytes after the checks that need no parsing."""
    try:
        if not file.exists():
            raise UserError(_("{file}: there is no such file").format(file=file))
        if not file.is_file():
            raise UserError(_("{file}: this is not a file").format(file=file))
        size = file.stat().st_size
        if size > FILE_LIMIT:
            raise UserError(
                _("{file}: larger than 100 MB").format(file=file.name),
                todo=_("Split it, or export a shorter period."),
            )
        with file.open("rb") as stream:
            head = stream.read(8)
    except (OSError, ValueError) as error:
        why = in_words(error)
        raise UserError(_("{file}: cannot be read ({reason})").format(file=file.name, reason=why)) from error
    if not head:
        raise empty(file)
    return head


def _workbook(file: Path) -> list[Grid]:
    """Read a workbook of any kind calamine knows."""
    try:
        with CalamineWorkbook.from_path(str(file)) as book:  # pyright: ignore[reportUnknownMemberType] - its stub
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            return [
                _grid(book.get_sheet_by_name(meta.name), file, meta.visible != SheetVisibleEnum.Visible)
                for meta in sheets
            ]
    except PasswordError:
        raise locked(file) from None
    except UserError:
        raise
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise locked(file) from error
        raise no_table(file) from error


def _grid(sheet: CalamineSheet, file: Path, hidden: bool) -> Grid:
    """Take one sheet's cells and fill vertically merged ones downwards."""
    if sheet.height > ROW_LIMIT:
        raise too_many_rows(file, ROW_LIMIT)
    rows: list[list[Cell]] = [list[Cell](row) for row in sheet.to_python(skip_empty_area=False)]
    filled: set[tuple[int, int]] = set()
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom + 1, len(rows))):
            if left < len(rows[row]) and rows[row][left] == "":
                rows[row][left] = rows[top][left]
                filled.add((row, left))
    return Grid(sheet.name, rows, hidden, frozenset(filled))
