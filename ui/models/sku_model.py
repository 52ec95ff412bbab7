"""One product's SKUs (规格) as a small Qt table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from liveshop_desk.i18n import _, mark, number_text
from liveshop_desk.model.bases import BLANK
from liveshop_desk.model.money import money_text
from liveshop_desk.model.product import Sku
from ui.models.cell import Cell
from ui.widgets.basics import plain_tip
from ui.widgets.cell_delegate import CELL

FIELDS = ("spec", "code", "live_price", "list_price", "stock", "cost", "floor_price")
HEADINGS = (
    mark("Spec"), mark("Code"), mark("Live price"), mark("List price"), mark("Stock"), mark("Cost"), mark("7-day low"),
)  # fmt: skip
RIGHT = frozenset({2, 3, 4, 5, 6})

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SkuModel(QAbstractTableModel):
    """Rows are the SKUs in their order, columns ``FIELDS``."""

    def __init__(self, *, low_stock: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._low_stock = low_stock
        self.skus: tuple[Sku, ...] = ()

    def show(self, skus: tuple[Sku, ...]) -> None:
        """Show other SKUs, or the same with other values: then only the cells that differ are redrawn."""
        before = self.skus
        if [sku.id for sku in before] != [sku.id for sku in skus]:
            self.beginResetModel()
            self.skus = skus
            self.endResetModel()
            return
        self.skus = skus
        for row, (old, new) in enumerate(zip(before, skus, strict=True)):
            for column, field in enumerate(FIELDS):
                if getattr(old, field) != getattr(new, field):
                    index = self.index(row, column)
                    self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of SKUs."""
        return 0 if parent.isValid() else len(self.skus)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of fields."""
        return 0 if parent.isValid() else len(FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell for a role."""
        if not index.isValid() or index.row() >= len(self.skus):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in RIGHT else _LEFT
        if role not in (CELL, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        made = self._cell(self.skus[index.row()], FIELDS[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(made.whole) or None
        return made if role == CELL else made.text

    def _cell(self, sku: Sku, field: str) -> Cell:
        value = getattr(sku, field)
        if value is None or value == "":
            return Cell(BLANK, "faint")
        if field == "stock":
            return Cell(number_text(value), "next" if value <= self._low_stock else "text")
        if field in ("spec", "code"):
            return Cell(value, "text" if field == "spec" else "dim")
        return Cell(money_text(value), "text" if field == "live_price" else "dim")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading and its side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(FIELDS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADINGS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in RIGHT else _LEFT
        return None
