"""Walking a table's rows: blank, total and note rows skipped, refusals collected, everything counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from liveshop_desk.i18n import _, listed, ngettext
from liveshop_desk.model.money import money_text
from liveshop_desk.sheets.cells import Cell, CellError, is_missing, is_rounded, money, plain
from liveshop_desk.sheets.grid import read_grids
from liveshop_desk.sheets.headers import Format, Layout, find_layout, header_key
from liveshop_desk.sheets.report import Reading, Refusal
from liveshop_desk.sheets.wordlists import words

T = TypeVar("T")
V = TypeVar("V")

TOTALS = words(
    "整体 合计 总计 汇总 总和 共计 小计 累计 平均 平均值 均值 总平均 全部 全部场次 总数 合计值 合计行 "
    "total totals sum subtotal grandtotal average mean overall all"
)
TITLE_WORDS = words("必填 选填 非必填 可选 条件必填 必填项 选填项 required optional mandatory conditionallymandatory")
NAMES = (
    "title", "theme", "segment", "product_code", "sku_code", "product_id", "barcode", "product_key", "sku_key", "order",
)  # fmt: skip
PRICES = ("list_price", "live_price", "floor_price", "cost")
LONGEST_NAME = 80  # characters of a refused row's name
_NAMED = 12  # columns or sheets one note names
_NOTE = re.compile(
    r"\s*(注|备注|说明|提示|温馨提示|数据说明|填写说明|填表说明|注意|note|notes|remark)s?\s*[:：\d、.]", re.IGNORECASE
)


class RefusedCell(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """A row that cannot be taken because of one column; ``yearless``: see CellError."""

    def __init__(self, column: str, why: str, *, yearless: bool = False) -> None:
        super().__init__(why)
        self.column, self.why, self.yearless = column, why, yearless


@dataclass(frozen=True, slots=True)
class Row:
    """One data row of a table, read by field. ``number`` counts from 1 as the spreadsheet program shows it."""

    layout: Layout
    cells: Sequence[Cell]
    number: int

    def cell(self, name: str) -> Cell:
        """Return the field's cell; ``None`` where the file has no such column or the row ends before it."""
        column = self.layout.columns.get(name)
        return self.cells[column] if column is not None and column < len(self.cells) else None

    def own_cell(self, name: str) -> Cell:
        """Return the field's cell unless it only repeats the merged cell above (a stock counts once)."""
        column = self.layout.columns.get(name)
        return None if (self.number - 1, column) in self.layout.grid.filled else self.cell(name)

    def take(self, name: str, read: Callable[[Cell], V]) -> V:
        """Read the field; raises RefusedCell naming the column where the cell is bad."""
        try:
            return read(self.cell(name))
        except CellError as error:
            raise RefusedCell(self.column(name), error.why, yearless=error.yearless) from error

    def column(self, name: str) -> str:
        """Return the header of the field's column as the file writes it."""
        return self.layout.headers.get(name, _(self.layout.format.labels.get(name, name)))

    @property
    def name(self) -> str:
        """Return what the row has of a name, for a refusal: title, code, else the first cell."""
        named = (self.cell(name) for name in NAMES)
        found = next((cell for cell in (*named, *self.cells) if not is_missing(cell)), None)
        shown = " ".join(plain(found).split())
        return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1] + "…"

    def rounded(self) -> list[str]:
        """Name the prices that have more decimals than money has, each with what is read of it."""
        found = [cell for name in PRICES if name in self.layout.columns and is_rounded(cell := self.cell(name))]
        return [f"{plain(cell)} → {money_text(money(cell))}" for cell in found]

    def refuse(self, name: str, why: str) -> RefusedCell:
        """Return a refusal of this row because of ``name``."""
        return RefusedCell(self.column(name), why)


Parser = Callable[[Row], "list[T] | None"]


def open_table(
    path: Path | str, formats: Sequence[Format], mapping: Mapping[str, str] | None, kind: str | None = None
) -> Layout:
    """Read a file and find its table. Raises UserError where there is none."""
    return find_layout(read_grids(path), formats, file=Path(path).name, mapping=mapping, kind=kind)


def walk(
    layout: Layout, parse: Parser[T], *, notes_until: Callable[[Row], bool] | None = None, file: str = ""
) -> Reading[T]:
    """Parse every data row. ``parse`` returns records, ``None`` for a row to skip, or raises RefusedCell.

    ``notes_until`` tells, for the first five rows under the header, whether the data has begun.
    """
    records: list[tuple[int, T]] = []
    refused: list[Refusal] = []
    rounded: list[str] = []
    read = skipped = 0
    under_header = notes_until is not None
    for index in range(layout.first, len(layout.grid.rows)):
        row = Row(layout, layout.grid.rows[index], index + 1)
        if under_header and notes_until is not None:
            under_header = index < layout.first + 5 and not notes_until(row)
        if under_header or is_filler(row):
            skipped += 1
            continue
        try:
            found = parse(row)
        except RefusedCell as refusal:
            refused.append(Refusal(row.number, refusal.column, refusal.why, row.name, refusal.yearless))
            read += 1
            continue
        skipped += found is None
        read += found is not None
        rounded += row.rounded() if found else ()
        records.extend((row.number, record) for record in found or ())
    return Reading(
        layout.format.kind, layout.grid.name, records, refused, read, skipped,
        [*notes_of(layout), *_rounded_note(rounded)], file, layout.headers,
        replace(layout.grid, rows=layout.grid.rows[: layout.first]),
    )  # fmt: skip


def notes_of(layout: Layout) -> list[str]:
    """Say what of the file was not used, so that nobody thinks it was."""
    notes: list[str] = []
    if layout.other_sheets:
        text = _("Only sheet “{sheet}” was read; these have a table too: {others}")
        notes.append(text.format(sheet=layout.grid.name, others=listed(layout.other_sheets, _NAMED)))
    if layout.unused:
        text = ngettext("{n} column not used: {columns}", "{n} columns not used: {columns}", len(layout.unused))
        notes.append(text.format(n=len(layout.unused), columns=listed(layout.unused, _NAMED)))
    return notes


def _rounded_note(rounded: Sequence[str]) -> list[str]:
    """Say which prices are not taken as they stand: nothing is rounded without a word."""
    if not rounded:
        return []
    text = ngettext(
        "{n} price has more than two decimals and is rounded: {prices}",
        "{n} prices have more than two decimals and are rounded: {prices}",
        len(rounded),
    )
    return [text.format(n=len(rounded), prices=listed(rounded, _NAMED))]


def is_filler(row: Row) -> bool:
    """Tell whether a row holds no data: blank, a total, a note, or the header once more."""
    present = (cell for cell in row.cells if not is_missing(cell))
    first, second, third = next(present, None), next(present, None), next(present, None)
    if first is None:
        return True
    if any(isinstance(cell, str) and len(cell) <= 16 and header_key(cell) in TOTALS for cell in (first, second)):
        return True
    if second is None and isinstance(first, str) and _NOTE.match(first):
        return True
    # Right under the header any known name makes a header line (in another language, say); further down
    # only the table's own header does, as on printed pages.
    near = row.number <= row.layout.first + 5
    if not near and first not in row.layout.headers.values():
        return False
    return _is_header_again(row, [first, second, third, *present], near=near)


def _is_header_again(row: Row, present: Sequence[Cell], *, near: bool) -> bool:
    """Tell whether most cells are column names or words like 必填."""
    own = row.layout.headers.values()
    cells = [cell for cell in present if cell is not None]
    names = sum(1 for cell in cells if _is_title(cell, row.layout.format if near else None) or cell in own)
    return names * 5 >= len(cells) * 3 and (len(cells) > 1 or header_key(cells[0]) in TITLE_WORDS)


def _is_title(cell: Cell, known: Format | None) -> bool:
    """Tell whether a cell is a word of headers."""
    if not isinstance(cell, str) or len(cell) > 40 or known is None:
        return False
    return header_key(cell) in TITLE_WORDS or known.lookup(cell) is not None
