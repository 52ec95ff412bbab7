"""Painting of the queue's rows: cached text layouts, one bar and one background a row, nothing measured twice."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from liveshop_desk.model.rundown import Place
from ui.context import Context
from ui.models.cell import Cell
from ui.models.queue_cells import RIGHT, Column
from ui.models.queue_model import CELL, PLACE
from ui.theme import ROW, Theme
from ui.widgets.painting import tabular
from ui.widgets.short_numbers import cut, fitted

PAD = 8  # px, left and right of a cell's text
BAR = 3  # px, the bar at the left of the row on air and the next one
_KEPT = 6_000  # text layouts; more than a full queue on a large screen
SIZE = 15  # px, the text of a row
_TAG_SIZE = 12


def row_font(*, bold: bool = False, size: int = SIZE) -> QFont:
    """Return the font of the rows, with figures of one width so that a changing number does not jump."""
    return tabular(size, bold=bold)


def cut_text(metrics: QFontMetrics, cell: Cell, width: int) -> str:
    """Return as much of a cell's text as ``width`` px hold."""
    return cut(metrics, cell.text, cell.keep, width)


class QueueDelegate(QStyledItemDelegate):
    """Paints one cell from its ``Cell``. The theme is read at every paint: it may change under way.

    What is chosen the table is asked, not the option's state: for its type PySide makes all of QStyle's enumerations,
    7 ms of every start.
    """

    def __init__(self, context: Context, columns: tuple[Column, ...], table: QAbstractItemView) -> None:
        super().__init__(table)
        self._table = table
        self._context = context
        self._columns = columns
        self._fonts: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self._texts: dict[tuple[str, str, bool, int, bool], tuple[QStaticText, int]] = {}
        self._tag_font = row_font(size=_TAG_SIZE)
        self._tag_metrics = QFontMetrics(self._tag_font)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the fixed row height."""
        del index
        return QSize(option.rect.width(), ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint background, bar, rule and text of one cell."""
        theme = self._context.theme
        cell: Cell = index.data(CELL)
        place = Place(index.data(PLACE))  # Qt hands an enum of texts back as a text
        column = self._columns[index.column()]
        self._ground(painter, option.rect, index, place, theme)
        room = option.rect.adjusted(PAD, 0, -PAD, 0)
        if cell.tag:
            self._tag(painter, room, cell, theme)
        else:
            self._text(painter, room, cell, theme, column)

    def _ground(
        self, painter: QPainter, area: QRect, index: QModelIndex | QPersistentModelIndex, place: Place, theme: Theme
    ) -> None:
        chosen = self._table.selectionModel().isSelected(index)
        if place is Place.ON_AIR:
            painter.fillRect(area, theme.color("on_air_row"))
        elif chosen:
            painter.fillRect(area, theme.color("raised"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("raised"))
        if chosen:  # a blue rule above and below: seen on the row on air too, and by who cannot tell the greys apart
            blue = theme.color("chosen" if self._table.isActiveWindow() else "line")
            painter.fillRect(area.left(), area.top(), area.width(), 1, blue)
            painter.fillRect(area.left(), area.bottom(), area.width(), 1, blue)
        if index.column() == 0 and place in (Place.ON_AIR, Place.NEXT):
            token = "on_air" if place is Place.ON_AIR else "next"
            painter.fillRect(area.left(), area.top(), BAR, area.height(), theme.color(token))

    def _text(self, painter: QPainter, room: QRect, cell: Cell, theme: Theme, column: Column) -> None:
        made, width = self._layout(cell, room.width(), number=column in RIGHT)
        held = self._fonts[cell.bold]
        painter.setFont(held[0])
        painter.setPen(theme.color(cell.tone))
        x = room.right() + 1 - width if column in RIGHT else room.left()
        painter.drawStaticText(QPointF(x, room.top() + (room.height() - held[1].height()) // 2), made)
        if cell.struck:  # a static text in a struck font has its line elsewhere, over the cell to the left
            painter.fillRect(x, room.center().y(), width, 1, theme.color(cell.tone))

    def _layout(self, cell: Cell, width: int, *, number: bool) -> tuple[QStaticText, int]:
        """Return a text laid out and elided to ``width`` px (a number written shorter), and its own width."""
        key = (cell.text, cell.keep, cell.bold, width, number)
        held = self._texts.get(key)
        if held is None:
            made_font, metrics = self._font(cell.bold)
            text = fitted(metrics, cell.text, width, number=True) if number else cut_text(metrics, cell, width)
            static = QStaticText(text)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            static.prepare(font=made_font)
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            held = self._texts[key] = (static, metrics.horizontalAdvance(text))
        return held

    def _font(self, bold: bool) -> tuple[QFont, QFontMetrics]:
        held = self._fonts.get(bold)
        if held is None:
            made = row_font(bold=bold)
            held = self._fonts[bold] = (made, QFontMetrics(made))
        return held

    def _tag(self, painter: QPainter, room: QRect, cell: Cell, theme: Theme) -> None:
        text = self._tag_metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, room.width() - 8)
        width = self._tag_metrics.horizontalAdvance(text) + 12
        box = QRect(room.left(), room.center().y() - 9, min(width, room.width()), 19)
        ground, pen = theme.color("tag"), theme.color(cell.tone)
        if cell.tag != "plain":  # tinted with what it means
            ground = QColor(pen)
            ground.setAlphaF(0.22)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._tag_font)
        painter.setPen(QPen(pen))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
