"""What an import is called, which files it takes, and what a person types about one."""

from __future__ import annotations

import re

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, mark

TITLES = {
    "products": mark("Import products"),
    "sessions": mark("Import past sessions"),
    "orders": mark("Import orders"),
    "queue": mark("Import a running order"),
    "stock": mark("Import counted stock"),
    "samples": mark("Import figures"),
}
PATTERNS = "*.xlsx *.xls *.xlsb *.ods *.csv *.txt *.tsv"


def mapping_of(text: str) -> dict[str, str]:
    """Read ``column=field; column=field``. Raises UserError naming the part that is neither."""
    found: dict[str, str] = {}
    for part in re.split(r"[;；\n]", text):
        if not part.strip():
            continue
        column, equals, name = part.replace("＝", "=").rpartition("=")
        if not (equals and column.strip() and name.strip()):
            raise UserError(_("“{text}” is not column=field.").format(text=part.strip()[:40]))
        found[column.strip()] = name.strip()
    return found


def year_of(text: str) -> int | None:
    """Read a year; empty is none. Raises UserError."""
    if not text.strip():
        return None
    if not re.fullmatch(r"20\d\d", text.strip(), re.ASCII):
        raise UserError(_("“{text}” is not a year from 2000 to 2099.").format(text=text.strip()[:10]))
    return int(text)
