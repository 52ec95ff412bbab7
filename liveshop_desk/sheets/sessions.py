"""History of livestreams: one row per session, from any platform's list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import Cell, CellError
from liveshop_desk.sheets.headers import Layout
from liveshop_desk.sheets.report import Reading, without_repeats
from liveshop_desk.sheets.sessions_formats import COUNTS, FIGURES, FORMATS, LENGTHS, MONEYS, RATE_BASES, REALS, SIGNED
from liveshop_desk.sheets.table import Row, open_table, walk

_SPAN = re.compile(r"(?<=[\d分秒])\s*(?:~|～|至|到|—|–|\s-\s)\s*(?=\d{4}|\d{1,2}[-/月])")
KINDS = ("compass", "taobao_live", "xiaohongshu", "analytics", "own")

# What somebody must have seen or bought before a row counts as a session that took place.
TOOK_PLACE = (
    "views",
    "viewers",
    "online_max",
    "online_mean",
    "gmv",
    "user_paid",
    "orders",
    "units",
    "likes",
    "comments",
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One livestream of the past. ``figures`` holds base counts by KPI key (money in fen, lengths in seconds).

    A figure the file leaves blank is not in ``figures``. Keys with ``file_`` are the platform's own rates (as
    fractions; ``file_aov`` in fen), kept only where their base counts are missing. ``ended_at`` comes from the
    file or from start + duration. ``source_id`` is the platform's id of the session where it gives one.
    """

    title: str
    anchor: str
    started_at: Instant
    ended_at: Instant | None
    figures: Mapping[str, float]
    source_id: str | None = None


def read_sessions(
    path: Path | str,
    *,
    year: int | None = None,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> Reading[SessionRow]:
    """Read a session list. ``year`` completes dates without one; without it such rows are refused.

    Raises UserError where the file is no table or has no start times or figures.
    """
    layout = open_table(path, FORMATS, mapping, kind)
    known_platform = layout.format.kind != "own"
    reading = walk(
        layout,
        _Parser(layout, year).parse,
        notes_until=_data_begun if known_platform else None,
        file=Path(path).name,
    )
    reading = without_repeats(reading, _identity)
    return replace(reading, notes=reading.notes + _notes(layout))


def _identity(record: SessionRow) -> object:
    """Return what makes two rows the same session."""
    return record.source_id or (record.title, record.anchor, record.started_at)


class _Parser:
    """Reads rows with what was learnt from the whole file: the order of day and month, the unit of lengths."""

    def __init__(self, layout: Layout, year: int | None) -> None:
        self.year = year
        column = layout.columns["started_at"]
        rows = layout.grid.rows[layout.first :]
        self.day_first = when.day_first_of(row[column] for row in rows if column < len(row))
        self.figures = [name for name in FIGURES if name in layout.columns]
        self.readers = {name: _reader(layout, name) for name in self.figures}

    def parse(self, row: Row) -> list[SessionRow] | None:
        """Return the row's session; ``None`` for a total without a name."""
        title, anchor = row.take("title", cells.line), row.take("anchor", cells.line)
        if cells.is_missing(row.cell("started_at")):
            named = title if "title" in row.layout.columns else anchor
            if named is None:
                return None
            raise row.refuse("started_at", _("no start time"))
        started_at, ended_at = row.take("started_at", self._span)
        figures = self._figures(row)
        if started_at is None or not any(figures.get(name) for name in TOOK_PLACE):
            raise row.refuse(_shown_figure(row), _("blank: nobody watched and nothing was sold"))
        return [
            SessionRow(
                title or "",
                anchor or "",
                started_at,
                ended_at or self._ended_at(row, started_at),
                figures,
                row.take("source_id", cells.ident),
            )
        ]

    def _span(self, cell: Cell) -> tuple[Instant | None, Instant | None]:
        """Read a start, or start and end in one cell: 2026/09/07 20:00 ~ 2026/09/07 23:00."""
        parts = _SPAN.split(cell) if isinstance(cell, str) else []
        if len(parts) != 2:
            return self._instant(cell), None
        start, end = self._instant(parts[0]), self._instant(parts[1])
        if start is not None and end is not None and end < start:
            raise CellError(_("the end is before the start"))
        return start, end

    def _instant(self, cell: Cell) -> Instant | None:
        return when.instant(cell, self.year, day_first=self.day_first)

    def _figures(self, row: Row) -> dict[str, float]:
        """Read every figure the row has; the file's own rates stay only without their bases."""
        found: dict[str, float] = {}
        for name in self.figures:
            value = row.take(name, self.readers[name])
            if value is not None:
                found[name] = value
        for name, bases in RATE_BASES.items():
            if name in found and all(base in found for base in bases):
                del found[name]
        return found

    def _ended_at(self, row: Row, started_at: Instant) -> Instant | None:
        """Return the end as the file gives it, or start + duration."""
        ended_at = row.take("ended_at", self._instant)
        if ended_at is not None:
            if ended_at < started_at:
                raise row.refuse("ended_at", _("the end is before the start"))
            return ended_at
        unit = row.layout.unit("duration")
        if unit is None and _is_bare_number(row.cell("duration")):
            return None
        length = row.take("duration", lambda cell: when.seconds(cell, unit))
        return None if length is None else started_at + round(length * 1000)


def _is_bare_number(cell: Cell) -> bool:
    """Tell whether a length is a number without any unit."""
    if isinstance(cell, (int, float)):
        return True
    return isinstance(cell, str) and cells.plain(cell).replace(".", "", 1).isdigit()


def _reader(layout: Layout, name: str) -> Callable[[Cell], float | None]:
    """Return how a figure's cells are read."""
    if name in COUNTS:
        return cells.count if name in SIGNED else cells.quantity
    if name in MONEYS:
        return cells.money if name in SIGNED else cells.price
    if name in REALS:
        return cells.real
    if name in LENGTHS:
        unit = layout.unit(name) or "seconds"
        return lambda cell: when.seconds(cell, unit)
    percent = "%" in layout.headers[name]
    return lambda cell: cells.fraction(cell, percent=percent)


def _shown_figure(row: Row) -> str:
    """Return the column to name for a blank session."""
    return next((name for name in TOOK_PLACE if name in row.layout.columns), "started_at")


def _data_begun(row: Row) -> bool:
    """Tell whether a row under a platform's header is data: its start has a digit, or it has none at all."""
    value: Any = row.cell("started_at")
    return not isinstance(value, str) or any(char.isdigit() for char in value) or cells.is_missing(value)


def _notes(layout: Layout) -> list[str]:
    """Say where lengths had to be left out because nothing tells their unit."""
    column = layout.columns.get("duration")
    if column is None or layout.unit("duration") is not None or "ended_at" in layout.columns:
        return []
    rows = layout.grid.rows[layout.first :]
    if not any(column < len(row) and _is_bare_number(row[column]) for row in rows):
        return []
    text = _("Column {column} has bare numbers without a unit: the ends of the sessions stay unknown.")
    return [text.format(column=layout.headers["duration"])]
