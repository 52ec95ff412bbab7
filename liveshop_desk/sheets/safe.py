"""Writing text to a workbook so that no spreadsheet program ever runs it as a formula."""

from __future__ import annotations

import re
from typing import Protocol

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CELL_LIMIT = 32_767  # Excel's limit of characters in a cell
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class WritableCell(Protocol):
    """What is needed of an openpyxl cell (a real one or a write-only one)."""

    value: object
    data_type: str
    quotePrefix: bool  # noqa: N815 - openpyxl's name


def is_risky(value: str) -> bool:
    """Tell whether a spreadsheet program might take the text for a formula."""
    return value.startswith(RISKY)


def as_text_cell(value: object) -> str:
    """Return the text to write: characters no workbook may hold are dropped, the length is cut to Excel's limit."""
    return _ILLEGAL.sub("", str(value))[:CELL_LIMIT]


def set_text(cell: WritableCell, value: object) -> None:
    """Put text into an openpyxl cell as text: a leading ``= + - @`` stays a character, with quotePrefix."""
    content = as_text_cell(value)
    cell.value = content
    cell.data_type = "s"  # openpyxl would make "=…" a formula
    if is_risky(content):
        cell.quotePrefix = True
