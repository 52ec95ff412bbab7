"""The queue from a 排品表 or from a pasted list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.sheets import cells
from liveshop_desk.sheets.grid import Grid
from liveshop_desk.sheets.headers import find_layout
from liveshop_desk.sheets.pasted import parse_lines, split_pasted
from liveshop_desk.sheets.queue_formats import QUEUE
from liveshop_desk.sheets.queue_row import QueueRow, parse_queue_row
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.table import PRICES, Row, open_table, walk

__all__ = ["QueueRow", "parse_pasted", "read_queue"]

PASTE_LIMIT = 5000


def read_queue(path: Path | str, mapping: Mapping[str, str] | None = None) -> Reading[QueueRow]:
    """Read a 排品表, rows in file order. Raises UserError where it is no table or names no products."""
    layout = open_table(path, (QUEUE,), mapping)
    return walk(layout, parse_queue_row, file=Path(path).name)


def parse_pasted(text: str) -> Reading[QueueRow]:
    """Read a pasted list: rows copied from a spreadsheet, or one product a line with price, stock, minutes.

    With a header line the columns go by name; without one a figure is only taken for what its sign says.
    """
    lines = split_pasted(text)
    if len(lines) > PASTE_LIMIT:
        raise UserError(_("The pasted list has more than {n} lines.").format(n=PASTE_LIMIT))
    header = next((line.parts for line in lines if any(part.strip() for part in line.parts)), None)
    if header is None:
        raise UserError(_("There is nothing to paste."))
    fields = {found[0] for cell in header if (found := QUEUE.lookup(cell))}
    if len(fields) >= 2 and fields & {"title", "product_code", "product_id", "sku_code", "segment"}:
        grid = Grid("", [list(line.parts) for line in lines])
        layout = find_layout([grid], (QUEUE,), file=_("pasted list"))
        return replace(walk(layout, _typed_row), kind="pasted")
    return parse_lines(lines)


def _typed_row(row: Row) -> list[QueueRow]:
    """Read a pasted row; what a file's price is rounded to is said in its preview, and here is none."""
    for name in PRICES:
        row.take(name, cells.exact_price)
    return parse_queue_row(row)
