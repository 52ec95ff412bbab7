"""A read-only table of written cells: who fills it has already put the figures into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.cell import Cell
from ui.theme import Theme
from ui.widgets.basics import plain_tip

_Index = QModelIndex | QPersistentModelIndex
KEEP = int(Qt.ItemDataRole.UserRole)  # the end of a cell's text that is read even where it is cut


@dataclass(frozen=True, slots=True)
class Head:
    """One column's header; figures stand at the right."""

    title: str
    right: bool = True
    tip: str = ""


class RowsModel(QAbstractTableModel):
    """Headers and rows of cells, replaced together."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heads: Sequence[Head] = ()
        self._rows: Sequence[Sequence[Cell]] = ()

    def fill(self, heads: Sequence[Head], rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads, self._rows = heads, rows
        self.endResetModel()

    def texts(self, column: int, most: int) -> list[str]:
        """Return the texts of a column's first rows."""
        return [row[column].text for row in self._rows[:most]]

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        if self._rows and self._heads:
            last = self.index(len(self._rows) - 1, len(self._heads) - 1)
            self.dataChanged.emit(self.index(0, 0), last, [Qt.ItemDataRole.ForegroundRole])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, colour, side or tip."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._theme.color(cell.tone)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self._heads[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip) or None
        return cell.keep if role == KEEP else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a header's title, side or tip."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._heads):
            return None
        head = self._heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return head.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(head)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(head.tip) or None
        return None


def _side(head: Head) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if head.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
