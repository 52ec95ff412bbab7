"""Writing text to a workbook so that no spreadsheet program ever runs it as a formula."""

from __future__ import annotations

import re

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
CELL_LIMIT = 32_767  # Excel's limit of characters in a cell
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


def is_risky(value: str) -> bool:
    """Tell whether a spreadsheet program might take the text for a formula."""
    return value.startswith(RISKY)


def as_text_cell(value: object) -> str:
    """Return the text to write: characters no workbook may hold are dropped, the length is cut to Excel's limit."""
    return _ILLEGAL.sub("", str(value))[:CELL_LIMIT]
