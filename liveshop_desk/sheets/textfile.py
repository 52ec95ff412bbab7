"""A delimited text file into rows: encoding found, delimiter sniffed, broken quotes told."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.sheets.cells import UNREADABLE, Cell
from liveshop_desk.sheets.unreadable import empty, no_table, too_many_rows

DELIMITERS = (",", "\t", ";", "|")
FIELD_LIMIT = 10 * 1024 * 1024
SAMPLE_ROWS = 60
BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_rows(file: Path, row_limit: int) -> list[list[Cell]]:
    """Read a text file's rows. Raises UserError where it is not a table."""
    try:
        content = decode(file.read_bytes())
    except OSError as error:
        raise UserError(
            _("{file}: cannot be read ({reason})").format(file=file.name, reason=in_words(error))
        ) from error
    if content is None:
        raise no_table(file)
    if content.lstrip()[:1] == "<":
        raise UserError(
            _("{file}: a web page or XML under another name").format(file=file.name),
            todo=_("Open it in Excel or WPS and save it as .xlsx, then import that."),
        )
    if not content.strip():
        raise empty(file)
    return split_rows(content, file, row_limit)


def decode(data: bytes) -> str | None:
    """Return the text of the bytes: by mark, else UTF-16 by its zero bytes, else UTF-8, else GB 18030.

    A few broken bytes become U+FFFD, which the cells then refuse; ``None`` where it is no text at all.
    """
    for mark_bytes, encoding in BOMS:
        if data.startswith(mark_bytes):
            return _as_text(data[len(mark_bytes) :].decode(encoding, "replace"))
    zeros = data[: 1 << 16].count(0)
    if zeros:
        odd = data[1 : 1 << 16 : 2].count(0)
        return _as_text(data.decode("utf-16-le" if odd * 2 >= zeros else "utf-16-be", "replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            return _as_text(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    tries = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return _as_text(min(tries, key=lambda content: content.count(UNREADABLE)))


def _as_text(content: str) -> str | None:
    """Return the content where it reads as text: hardly a control character or a broken one in it."""
    content = content.removeprefix("\ufeff").rstrip("\x00\x1a")
    bad = len(_CONTROL.findall(content)) + content.count(UNREADABLE)
    return content if bad <= max(2, len(content) // 200) else None


def split_rows(content: str, file: Path, row_limit: int) -> list[list[Cell]]:
    """Split decoded text into rows of text cells."""
    csv.field_size_limit(FIELD_LIMIT)
    hint = _HINT.match(content)
    delimiter = hint[1] if hint else sniff(content)
    try:
        return _parse(content, delimiter, file, row_limit, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UserError(
                _("{file}: a quotation mark is opened and never closed").format(file=file.name),
                todo=_("Export the file again; it may have been cut off."),
            ) from error
    try:
        return _parse(content, delimiter, file, row_limit, strict=False)
    except csv.Error as error:
        raise no_table(file) from error


def _parse(content: str, delimiter: str, file: Path, row_limit: int, *, strict: bool) -> list[list[Cell]]:
    """Parse with the csv module; blank lines stay as empty rows, so that row numbers hold."""
    rows: list[list[Cell]] = []
    for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=strict):
        rows.append(list[Cell](row))
        if len(rows) > row_limit:
            raise too_many_rows(file, row_limit)
    return rows


def sniff(content: str) -> str:
    """Return the delimiter that splits the first rows into most columns most evenly."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(content, delimiter))


def _evenness(content: str, delimiter: str) -> int:
    """Return columns × rows for the commonest width above one; 0 where the delimiter does not split."""
    csv.field_size_limit(FIELD_LIMIT)
    widths: Counter[int] = Counter()
    try:
        reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        widths.update(len(row) for row in islice(reader, SAMPLE_ROWS))
    except csv.Error:
        pass  # the rows up to the fault still tell
    return max((width * times for width, times in widths.items() if width > 1), default=0)
