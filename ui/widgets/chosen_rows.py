"""The rows chosen in a table that chooses whole rows: all at once, however many."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

_ROWS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


def chosen_rows(table: QTableView) -> list[int]:
    """Return the chosen rows' numbers in order. Qt's own ``selectedRows`` asks the model for every cell of them."""
    spans = table.selectionModel().selection()
    each = (spans.at(place) for place in range(spans.count()))
    return sorted({row for span in each for row in range(span.top(), span.bottom() + 1)})


def choose_rows(table: QTableView, rows: Iterable[int]) -> None:
    """Choose these rows beside those that are chosen, in one act: row by row, each is told to all who listen."""
    table.selectionModel().select(_spans(table.model(), sorted(rows)), _ROWS)


def _spans(model: QAbstractItemModel, rows: list[int]) -> QItemSelection:
    """Return sorted rows as few spans: neighbours are one."""
    found, last = QItemSelection(), model.columnCount() - 1
    begin = 0
    for place, row in enumerate(rows, 1):
        if place == len(rows) or rows[place] > row + 1:
            found.select(model.index(rows[begin], 0), model.index(row, last))
            begin = place
    return found
