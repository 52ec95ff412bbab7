"""Painting of plain table rows: cached text layouts, tags, a blue rule where a row is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import ROW, Theme, font

CELL = int(Qt.ItemDataRole.UserRole)  # a model's whole cell at once: text, tone (a theme token), tag
PAD = 8  # px, left and right of a cell's text
_KEPT = 8_000  # text layouts: some hundred screens of rows
_TAG_SIZE = 12
# Whole numbers: enum arithmetic costs more here than the painting itself.
_SELECTED, _ACTIVE, _FOCUS = (
    flag.value
    for flag in (QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_Active, QStyle.StateFlag.State_HasFocus)
)


def row_font(size: int) -> QFont:
    """Return the font of the rows, with figures of one width."""
    made = font(size)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


class CellDelegate(QStyledItemDelegate):
    """Paints one cell from what the model says for CELL. The theme is read at every paint: it may change under way."""

    def __init__(self, theme: Callable[[], Theme], right: frozenset[int], parent: QObject, *, size: int = 14) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painted = theme()
        self._colors: dict[str, QColor] = {}
        self._right = right
        self._font = row_font(size)
        self._metrics = QFontMetrics(self._font)
        self._height = self._metrics.height()
        self._tag_font = row_font(_TAG_SIZE)
        self._tag_metrics = QFontMetrics(self._tag_font)
        self._texts: dict[tuple[str, int], tuple[QStaticText, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the fixed row height."""
        del index
        return QSize(option.rect.width(), ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint background, rule and text of one cell."""
        theme = self._theme()
        if theme is not self._painted:
            self._painted, self._colors = theme, {}
        shown = index.data(CELL)
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        self._ground(painter, area, state.value)
        room = area.adjusted(PAD, 0, -PAD, 0)
        if shown.tag:
            self._tag(painter, room, shown.text)
            return
        text, width = self._layout(shown.text, room.width())
        painter.setFont(self._font)
        painter.setPen(self._color(shown.tone))
        x = room.right() + 1 - width if index.column() in self._right else room.left()
        painter.drawStaticText(QPointF(x, room.top() + (room.height() - self._height) // 2), text)

    def _color(self, token: str) -> QColor:
        held = self._colors.get(token)
        if held is None:
            held = self._colors[token] = self._painted.color(token)
        return held

    def _ground(self, painter: QPainter, area: QRect, state: int) -> None:
        chosen = state & _SELECTED
        if chosen:
            painter.fillRect(area, self._color("raised"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, self._color("raised"))
        if chosen:
            blue = self._color("chosen" if state & _ACTIVE else "line")
            painter.fillRect(area.left(), area.top(), area.width(), 1, blue)
            painter.fillRect(area.left(), area.bottom(), area.width(), 1, blue)
        if state & _FOCUS:  # the cell F2 would edit
            painter.fillRect(area.left(), area.bottom() - 2, area.width(), 3, self._color("chosen"))

    def _layout(self, text: str, width: int) -> tuple[QStaticText, int]:
        """Return a text laid out and elided to ``width`` px, and its own width."""
        held = self._texts.get((text, width))
        if held is None:
            elided = self._metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, width)
            static = QStaticText(elided)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            static.prepare(font=self._font)
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            held = self._texts[text, width] = (static, self._metrics.horizontalAdvance(elided))
        return held

    def _tag(self, painter: QPainter, room: QRect, text: str) -> None:
        text = self._tag_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() - 8)
        width = self._tag_metrics.horizontalAdvance(text) + 12
        box = QRect(room.left(), room.center().y() - 9, min(width, room.width()), 19)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("tag"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._tag_font)
        painter.setPen(self._color("dim"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
