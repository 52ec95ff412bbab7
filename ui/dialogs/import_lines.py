"""The rows of a preview: what becomes of each row of the file, with a filter by that."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from liveshop_desk.i18n import _, mark
from liveshop_desk.ops.importing import LineState, PlanLine
from ui.context import Context
from ui.models.cell import Cell
from ui.widgets.basics import plain_tip
from ui.widgets.cell_delegate import CELL, PAD, CellDelegate, row_font
from ui.widgets.tables import dress_rows

HEADINGS = (mark("Row"), mark("State"), mark("Item"), mark("What changes, or why not"))
STATES = {
    LineState.NEW: (mark("＋ new"), "good"),
    LineState.CHANGED: (mark("△ changed"), "chosen"),
    LineState.UNCHANGED: (mark("＝ unchanged"), "faint"),
    LineState.REFUSED: (mark("✕ refused"), "on_air"),
}

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LinesModel(QAbstractTableModel):
    """The lines of a plan whose state is chosen; all of them where none is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PlanLine, ...] = ()
        self._shown: list[PlanLine] = []
        self._state: LineState | None = None

    def show(self, lines: tuple[PlanLine, ...], state: LineState | None) -> None:
        """Show the lines in ``state``."""
        self.beginResetModel()
        self._lines, self._state = lines, state
        self._shown = [line for line in lines if state is None or line.state is state]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return row, state, item, what changes."""
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell for a role."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        made = line_cell(self._shown[index.row()], index.column())
        if role == CELL:
            return made
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(made.text) if index.column() >= 2 else None
        return made.text if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading and its side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(HEADINGS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 0 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def line_cell(line: PlanLine, column: int) -> Cell:
    """Return what stands in a column of a line; a refusal names the file's column first."""
    if column == 0:
        return Cell(str(line.row), "dim")
    if column == 1:
        text, tone = STATES[line.state]
        return Cell(_(text), tone)
    if column == 2:
        return Cell(line.title or "—", "text" if line.title else "faint")
    if line.state is LineState.REFUSED:
        named = _("{column}: {why}").format(column=line.column, why=line.detail)
        return Cell(named if line.column else line.detail)
    return Cell(line.detail, "dim")


class LinesTable(QTableView):
    """The preview's table: read, not edited."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.lines = LinesModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(CellDelegate(lambda: context.theme, frozenset({0}), self, size=13))
        self.setAccessibleName(_("Preview"))
        dress_rows(self)
        head, metrics = self.horizontalHeader(), QFontMetrics(row_font(14))
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        widest = max(metrics.horizontalAdvance(_(text)) for text, _tone in STATES.values())
        for column, width in ((0, metrics.horizontalAdvance("200000")), (1, widest), (2, 260)):
            self.setColumnWidth(column, width + 2 * PAD + 4)
