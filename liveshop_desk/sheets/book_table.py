"""From columns and rows to a sheet: title, note, header, data, totals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from liveshop_desk.i18n import _
from liveshop_desk.sheets.book import (
    Bars,
    Cell,
    Column,
    Formula,
    Sheet,
    Value,
    column_width,
    letter,
    lines_in,
    row_height,
    text_width,
)
from liveshop_desk.sheets.book_looks import WIDTHS

HEAD = 3  # rows: title, note, header
FIRST = HEAD + 1
_WORDS = frozenset({"text", "wrap"})
_TITLE, _PAGE = 1.6, 110.0  # narrow characters: a large bold one takes; across the page


@dataclass(frozen=True, slots=True)
class Frame:
    """What every sheet of one workbook shares: the title of the evening and whether it was a rehearsal."""

    title: str
    rehearsal: bool = False

    def title_row(self, name: str, columns: int) -> list[Cell | None]:
        """Return the first row; a rehearsal says so before anything else, across all columns."""
        if self.rehearsal:
            said = Cell(_("[Rehearsal] {title}").format(title=f"{self.title} · {name}"), "text.mark")
            return [said, *[Cell(None, "text.mark")] * (columns - 1)]
        return [Cell(f"{self.title} · {name}", "text.title")]


@dataclass(frozen=True, slots=True)
class Top:
    """What stands above a table: the sheet's name, and one line on how to read it."""

    frame: Frame
    name: str
    note: str


class _Cells:
    """The cells of one row by column key, written when a formula asks for them."""

    def __init__(self, letters: Mapping[str, str], row: int) -> None:
        self._letters = letters
        self._row = row

    def __getitem__(self, key: str) -> str:
        return f"{self._letters[key]}{self._row}"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table and where they stand; formulas name them by key."""

    columns: Sequence[Column]
    letters: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        letters = {column.key: letter(place) for place, column in enumerate(self.columns, 1)}
        object.__setattr__(self, "letters", letters)

    def col(self, key: str) -> str:
        """Return the letters of a column."""
        return self.letters[key]

    def has(self, *keys: str) -> bool:
        """Tell whether the columns are there."""
        return self.letters.keys() >= set(keys)

    def formula(self, pattern: str, row: int, result: float | str | None) -> Formula:
        """Return ``pattern`` with each ``{key}`` as that column's cell in ``row``."""
        return Formula(pattern.format_map(_Cells(self.letters, row)), result)  # type: ignore[arg-type]


Maker = Callable[[Table, int], Value]
Record = Mapping[str, Value | Maker]
Looks = Mapping[str, str]


def kept(columns: Sequence[Column], records: Sequence[Record]) -> Table:
    """Return the columns anyone has a value for; formulas count as one."""
    return Table([column for column in columns if any(record.get(column.key) is not None for record in records)])


def table_sheet(
    top: Top,
    table: Table,
    records: Sequence[Record],
    *,
    totals: Mapping[str, float | None] | None = None,
    looks: Sequence[Looks] = (),
    charts: Sequence[Bars] = (),
) -> Sheet:
    """Make a sheet of a table.

    A record maps column keys to values, or to what makes the value of (table, row). ``looks`` may overrule the
    look of single cells, one mapping a record. ``totals`` are the results of the row of totals; ``None`` for none.
    """
    rows: list[list[Cell | None]] = [
        top.frame.title_row(top.name, len(table.columns)),
        [Cell(top.note, "text.dim")],
        _head(table),
    ]
    for place, record in enumerate(records):
        own: Looks = looks[place] if looks else {}
        rows.append(
            [
                Cell(_value(record.get(column.key), table, FIRST + place), own.get(column.key, column.look))
                for column in table.columns
            ]
        )
    last = HEAD + len(records)
    if totals is not None and records:
        rows.append(_totals(table, last, totals))
    widths = [_width(column, records) for column in table.columns]
    if table.columns[-1].look in _WORDS:  # where few columns stand, the page would end within the title
        room = min(text_width(str(rows[0][0].value)) * _TITLE, _PAGE) if rows[0][0] else 0
        widths[-1] = max(widths[-1], room - sum(widths[:-1]))
    return Sheet(
        top.name, rows, widths, HEAD, last, f"B{FIRST}", top.frame.rehearsal, charts,
        heights={1: 28, HEAD: 30} | _heights(table, records, widths), columns=table.columns,
    )  # fmt: skip


def _value(value: Value | Maker, table: Table, row: int) -> Value:
    return value(table, row) if callable(value) else value


def _head(table: Table) -> list[Cell | None]:
    return [
        Cell(column.title, f"{column.look}.head" if column.look != "wrap" else "text.head") for column in table.columns
    ]


def _width(column: Column, records: Sequence[Record]) -> float:
    texts = [value for record in records if isinstance(value := record.get(column.key), str)]
    return column_width(column.title, texts, WIDTHS[column.look])


def _heights(table: Table, records: Sequence[Record], widths: Sequence[float]) -> dict[int, float]:
    """Return the heights of rows whose text takes more than one line: not every program works them out."""
    wrapped = [
        (column.key, width) for column, width in zip(table.columns, widths, strict=True) if column.look == "wrap"
    ]
    heights: dict[int, float] = {}
    for row, record in enumerate(records, FIRST):
        texts = [(value, width) for key, width in wrapped if isinstance(value := record.get(key), str)]
        lines = max((lines_in(text, width) for text, width in texts), default=1)
        if lines > 1:
            heights[row] = row_height(lines)
    return heights


def _totals(table: Table, last: int, results: Mapping[str, float | None]) -> list[Cell | None]:
    """Make the row of totals: sums over the data, rates from the sums."""
    row = last + 1
    cells: list[Cell | None] = []
    for column in table.columns:
        look = f"{column.look}.total"
        if not column.total:
            cells.append(Cell(_("Total") if not cells else None, look))
            continue
        pattern = column.total
        if pattern == "sum":
            pattern = f"=SUM({table.col(column.key)}{FIRST}:{table.col(column.key)}{last})"
        cells.append(Cell(table.formula(pattern, row, results.get(column.key)), look))
    return cells
