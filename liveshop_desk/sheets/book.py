"""A workbook before it is a file: sheets of cells with looks, live formulas with their results, native charts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from liveshop_desk.model.clock import Instant, to_local

WIDEST = 46  # characters a column grows to
_NAME = re.compile(r"[\[\]:*?/\\']")
_LINE, _TALLEST = 14.0, 409.0  # points: a line of text, the highest row Excel has
_ONE_LINE = 12  # narrow characters of a header that is not broken
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula (``=…``) and what it gives now: kept in the file, so that a preview shows it too."""

    text: str
    result: float | str | None = None


Value = str | int | float | Formula | None


class Cell(NamedTuple):
    """A value and the name of its look (see ``book_looks``); ``None`` is an empty cell with that look."""

    value: Value
    look: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. ``source``, ``blank`` and ``basis`` go into the data dictionary.

    ``total`` is what stands under it: empty for nothing, ``sum``, or a formula with column keys in braces.
    """

    key: str
    title: str
    look: str
    source: str
    blank: str = ""
    total: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """A native chart: a bar series and, where there is one, a line on its own axis at the right.

    Columns are letters; ``first`` and ``last`` are rows; ``sheet`` names the sheet they are on, empty for its own.
    """

    title: str
    at: str
    categories: str
    bars: str
    line: str = ""
    sheet: str = ""
    head: int = 0
    first: int = 0
    last: int = 0
    width: float = 18.0  # cm
    height: float = 8.5  # cm
    lying: bool = False
    format: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``head`` is the row of the header (0: no table), ``last`` the last row of its data."""

    name: str
    rows: Sequence[Sequence[Cell | None]]
    widths: Sequence[float]
    head: int = 0
    last: int = 0
    frozen: str = ""
    marked: bool = False  # a rehearsal
    charts: Sequence[Bars] = ()
    heights: Mapping[int, float] = field(default_factory=dict[int, float])  # row → points
    changes: Sequence[tuple[str, bool]] = ()  # areas of ▲▼, and whether a rise is good there
    columns: Sequence[Column] = ()  # for the dictionary


def sheet_name(text: str) -> str:
    """Return a text as a sheet's name: without what Excel forbids, at most 31 characters."""
    return _NAME.sub(" ", text)[:31]


def serial(instant: Instant) -> float:
    """Return the local time of an instant as a spreadsheet's day count."""
    moment = to_local(instant)
    days = moment.date().toordinal() - 693_594  # 1899-12-30
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second + moment.microsecond / 1_000_000
    return days + seconds / _DAY


def length(seconds: float | None) -> float | None:
    """Return a length of time in days, as spreadsheets count it."""
    return None if seconds is None else seconds / _DAY


def yuan(fen: float | None) -> float | None:
    """Return fen as yuan for a cell."""
    return None if fen is None else fen / 100


def letter(place: int) -> str:
    """Return the letters of the column at ``place``, from 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def text_width(text: str) -> int:
    """Return how many narrow characters wide a text is: a Chinese one counts two."""
    longest = max(text.split("\n"), key=len, default="")
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in longest)


def column_width(title: str, values: Iterable[Value], least: float) -> float:
    """Return a width that shows the header (a long one on two lines, with its button) and texts up to ``WIDEST``."""
    widest = max((text_width(value) for value in values if isinstance(value, str)), default=0)
    return max(least, _header_width(title) + 4, min(widest + 3, WIDEST))


def _header_width(title: str) -> int:
    whole = text_width(title)
    if whole <= _ONE_LINE:
        return whole
    words = title.split() if " " in title else []
    return max(whole // 2 + 2, *(text_width(word) for word in words)) if words else whole // 2 + 2


def row_height(lines: int) -> float:
    """Return the points a row of so many lines of text needs."""
    return min(_LINE * lines + 4, _TALLEST)


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of ``width``."""
    return sum(1 + int(max(0, text_width(line) - 1) // max(width - 2, 1)) for line in text.split("\n"))
