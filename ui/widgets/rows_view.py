"""A read-only table in the house style: rows of 36 px with a hairline, the first column takes what is left."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.rows_model import RowsModel
from ui.theme import ROW, Theme, font
from ui.widgets.tables import dress_rows

_LOOKED_AT = 100  # rows that decide a column's width
_PAD = 8  # px
_NAMES = 130  # px the first column has at least


class _Lined(QStyledItemDelegate):
    """Paints a cell and the hairline below it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell; the focus frame of a single cell says nothing in a table of rows."""
        self.initStyleOption(option, index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.theme.color("raised"))
        painter.setPen(self.theme.color("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        place = option.rect.adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(option.font)
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole) or self.theme.color("text"))
        text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, option.displayAlignment, text)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the text's width with its edges, in a row of the house."""
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(option.fontMetrics.horizontalAdvance(text) + 2 * _PAD + 2, ROW)


class RowsView(QTableView):
    """Shows a ``RowsModel``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.rows = RowsModel(theme)
        self._gives_up: tuple[int, ...] = ()
        self.setModel(self.rows)
        self._lined = _Lined(theme, self)
        self.setItemDelegate(self._lined)
        self.setFont(font(14))
        dress_rows(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setFont(font(13))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        header.setResizeContentsPrecision(_LOOKED_AT)
        self.rows.modelReset.connect(self._fit)

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._lined.theme = theme
        self.rows.restyle(theme)
        self.viewport().update()

    def give_up(self, *columns: int) -> None:
        """Say which columns go, the least needed first, where the names get too little room."""
        self._gives_up = columns
        self._spare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns there is no room for."""
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        header, count = self.horizontalHeader(), self.rows.columnCount()
        for section in self._gives_up:
            header.setSectionHidden(section, False)
        for section in self._gives_up:
            taken = sum(
                max(header.sectionSizeHint(n), self.sizeHintForColumn(n))
                for n in range(1, count)
                if not header.isSectionHidden(n)
            )
            if self.viewport().width() - taken >= _NAMES or section >= count:
                break
            header.setSectionHidden(section, True)

    def _fit(self) -> None:
        """Let figures have their room, the names the rest."""
        header = self.horizontalHeader()
        for section in range(self.rows.columnCount()):
            stretch = section == 0
            mode = QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(section, mode)
        self._spare()
