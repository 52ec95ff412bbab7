"""A read-only table in the house style: rows of 36 px with a hairline, the first column takes what is left."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.models.rows_model import KEEP, RowsModel
from ui.theme import ROW, Theme, font
from ui.widgets.short_numbers import cut
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
        text = cut(option.fontMetrics, option.text, index.data(KEEP) or "", place.width())
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
        self._widths: list[int] = []  # px each column wants; measured once, for a table asks at every turn
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

    def showEvent(self, event: QShowEvent) -> None:
        """Measure with the font it is shown in: the style sheet may have given it another."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns there is no room for."""
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """Leave out columns until the names have their room."""
        taken, header = sum(self._widths[1:]), self.horizontalHeader()
        room = self.viewport().width() - _NAMES
        for section in self._gives_up:
            if section >= len(self._widths):
                break
            if hidden := room < taken:
                taken -= self._widths[section]
            header.setSectionHidden(section, hidden)

    def _fit(self) -> None:
        """Let figures have their room, the names the rest."""
        header = self.horizontalHeader()
        self._widths = self._wanted()
        for section, width in enumerate(self._widths):
            stretch = section == 0
            header.setSectionResizeMode(
                section, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Fixed
            )
            if not stretch:
                header.resizeSection(section, width)
        self._spare()

    def _wanted(self) -> list[int]:
        """Return the width of each column's widest text, its head among them."""
        advance, header = self.fontMetrics().horizontalAdvance, self.horizontalHeader()
        texts = [self.rows.texts(section, _LOOKED_AT) for section in range(self.rows.columnCount())]
        widest = [max(map(advance, set(column)), default=0) + 2 * _PAD + 2 for column in texts]
        return [max(header.sectionSizeHint(section), width) for section, width in enumerate(widest)]
