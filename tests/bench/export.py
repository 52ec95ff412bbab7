"""The owner's workbook of an 8-hour session (a row a minute, 20 000 orders) against openpyxl writing the bare cells."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

from liveshop_desk.sheets.book import Cell, Formula, Sheet
from liveshop_desk.sheets.session_book import session_sheets, write_session_book
from tests.sheets.evening import busy

ROUNDS = 5


def run() -> dict[str, float]:
    """Return export_ratio (ours / bare, goal ≤ 1.3), both medians in ms, and how many cells were written."""
    report = busy()
    sheets = session_sheets(report)
    plain = [(sheet.name, [[_bare(cell) for cell in row] for row in sheet.rows]) for sheet in sheets]
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = Path(folder) / "ours.xlsx", Path(folder) / "bare.xlsx"
        times = [
            (_timed(lambda: write_session_book(report, ours)), _timed(lambda: _write(plain, bare)))
            for _ in range(ROUNDS)
        ]
    mine, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    return {
        "export_ratio": round(mine / theirs, 2),
        "export_ms": round(mine * 1000, 1),
        "export_bare_ms": round(theirs * 1000, 1),
        "export_cells": sum(_count(sheet) for sheet in sheets),
    }


def _bare(cell: Cell | None) -> str | int | float | None:
    """Return a cell's value, or its formula, as openpyxl takes it."""
    value = cell.value if cell else None
    return value.text if isinstance(value, Formula) else value


def _write(sheets: Sequence[tuple[str, Sequence[Sequence[object]]]], path: Path) -> None:
    """Write the same cells without any looks, charts or set-up."""
    book = Workbook(write_only=True)
    for name, rows in sheets:
        made = book.create_sheet(name)
        for row in rows:
            made.append(list(row))
    book.save(path)


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _count(sheet: Sheet) -> int:
    return sum(1 for row in sheet.rows for cell in row if cell and cell.value is not None)
