"""What a zipped workbook would unpack to, checked before anything opens it.

The sheet reader lays a sheet out as a full rectangle, so one stray cell in the last row and column would
ask for hundreds of gigabytes and end the process: the extent is measured here first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.sheets.unreadable import locked, no_table, too_many_rows

UNPACKED_LIMIT = 1024 * 1024 * 1024
RATIO_LIMIT = 200  # real sheets pack 5 to 30 times
RATIO_FROM = 50 * 1024 * 1024  # below this size no ratio does harm
CELL_LIMIT = 10_000_000
CHUNK = 1 << 20

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Za-z]{1,4})(\d{1,9})"')
_OPEN_TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_ROWS_REPEATED = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_COLUMNS_REPEATED = re.compile(rb'number-columns-repeated="(\d{1,9})"')


def check(file: Path, row_limit: int) -> None:
    """Raise UserError where a zip file is locked, damaged, a bomb, or holds a sheet too large to lay out."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(file, archive, row_limit)
    except UserError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise no_table(file) from error


def _check_entries(file: Path, archive: zipfile.ZipFile, row_limit: int) -> None:
    """Check the directory's promises first, then what the sheets really unpack to."""
    entries = archive.infolist()
    total = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise locked(file)
        total += entry.file_size
        ratio = entry.file_size / max(entry.compress_size, 1)
        if total > UNPACKED_LIMIT or (entry.file_size > RATIO_FROM and ratio > RATIO_LIMIT):
            raise _bomb(file)
    names = {entry.filename for entry in entries}
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")[:CHUNK]:
        raise locked(file)
    left = UNPACKED_LIMIT
    for entry in entries:
        left -= _unpacked(file, archive, entry, left, row_limit)


def _unpacked(file: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, row_limit: int) -> int:
    """Unpack one entry without keeping it; return its true size in bytes.

    The zip module stops at the promised size and then checks the sum, so a directory that lies shows as damage.
    """
    extent = _Extent(file, row_limit)
    feed = _feeder(entry.filename, extent)
    size = 0
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise _bomb(file)
            if feed:
                data = tail + chunk
                cut = data.rfind(b"<")  # every tag that begins before the last one is complete
                feed(data[:cut])
                tail = data[cut:] if len(data) - cut < CHUNK else b""
    return size


def _feeder(name: str, extent: _Extent) -> Callable[[bytes], None] | None:
    """Return what measures this entry, for entries that hold cells."""
    if _SHEET.fullmatch(name):
        return extent.feed_excel
    return extent.feed_open_document if name == "content.xml" else None


class _Extent:
    """The furthest row and column that hold something, fed with pieces of a sheet's XML."""

    def __init__(self, file: Path, row_limit: int) -> None:
        self.file, self.row_limit = file, row_limit
        self.rows = self.columns = 1
        self.row = self.row_times = self.column = 0

    def feed_excel(self, data: bytes) -> None:
        """Look at a piece of an Excel worksheet."""
        cells = set(_CELL.findall(data))
        if cells:
            columns = max(_column_number(column) for column in {column for column, _row in cells})
            self.reach(max(int(row) for _column, row in cells), columns)

    def feed_open_document(self, data: bytes) -> None:
        """Look at a piece of an OpenDocument sheet, where rows and cells may be written once for many."""
        for found in _OPEN_TAG.finditer(data):
            kind, attributes = found[1], found[2]
            if kind == b"table":
                self.row = self.row_times = 0
            elif kind == b"table-row":
                self.row += self.row_times
                self.row_times, self.column = _times(_ROWS_REPEATED, attributes), 0
            else:
                self.column += _times(_COLUMNS_REPEATED, attributes)
                if b"value-type" in attributes:
                    self.reach(self.row + self.row_times, self.column)

    def reach(self, rows: int, columns: int) -> None:
        """Take in a place that holds something; raises UserError once the sheet is too large."""
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)
        if self.rows > self.row_limit:
            raise too_many_rows(self.file, self.row_limit)
        if self.rows * self.columns > CELL_LIMIT:
            raise UserError(
                _("{file}: the sheet reaches too far to the right and down").format(file=self.file.name),
                todo=_("Delete the stray cells outside the table, save, and try again."),
            )


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    """Return how often a row or cell is repeated; once where nothing is said."""
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _column_number(letters: bytes) -> int:
    """Return the number of a column's letters: A is 1, AA is 27."""
    value = 0
    for letter in letters.upper():
        value = value * 26 + letter - 64
    return value


def _bomb(file: Path) -> UserError:
    return UserError(
        _("{file}: unpacks to far more than a table would; not opened").format(file=file.name),
        todo=_("Export the file again from the platform."),
    )
