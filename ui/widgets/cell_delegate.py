"""Painting of plain table rows: cached text layouts, tags, a blue rule where a row is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import ROW, Theme
from ui.widgets.painting import tabular
from ui.widgets.short_numbers import fitted

CELL = int(Qt.ItemDataRole.UserRole)  # a model's whole cell at once: text, tone (a theme token), tag
PAD = 8  # px, left and right of a cell's text
_KEPT = 8_000  # text layouts: some hundred screens of rows
_TAG_SIZE = 12
_TAG_HEIGHT = 19
# Whole numbers: enum arithmetic costs more here than the painting itself.
SELECTED, ACTIVE, FOCUS = (
    flag.value
    for flag in (QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_Active, QStyle.StateFlag.State_HasFocus)
)


def row_font(size: int) -> QFont:
    """Return the font of the rows, with figures of one width."""
    return tabular(size)


class CellDelegate(QStyledItemDelegate):
    """Paints one cell from what the model says for CELL. The theme is read at every paint: it may change under way."""

    def __init__(self, theme: Callable[[], Theme], right: frozenset[int], parent: QObject, *, size: int = 14) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painted = theme()
        self._colors: dict[str, QColor] = {}
        self._tags: dict[tuple[str, int, float], QPixmap] = {}
        self.right = right
        self._font = row_font(size)
        self._metrics = QFontMetrics(self._font)
        self._height = self._metrics.height()
        self._tag_font = row_font(_TAG_SIZE)
        self._tag_metrics = QFontMetrics(self._tag_font)
        self._texts: dict[tuple[str, int, bool], tuple[QStaticText, int]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the fixed row height."""
        del index
        return QSize(option.rect.width(), ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint background, rule and text of one cell."""
        self.begin()
        state: QStyle.StateFlag = option.state
        right = index.column() in self.right
        self.paint_cell(painter, option.rect, index.data(CELL), state.value, right=right)

    def begin(self) -> None:
        """Look whether the theme is another one now; call it before ``paint_cell``."""
        theme = self._theme()
        if theme is not self._painted:
            self._painted, self._colors, self._tags = theme, {}, {}

    def paint_cell(self, painter: QPainter, area: QRect, shown: Any, state: int, *, right: bool) -> None:
        """Paint a cell whose ``text``, ``tone`` and ``tag`` are known. ``state`` is made of SELECTED, ACTIVE, FOCUS."""
        self._ground(painter, area, state)
        left, width = area.left() + PAD, area.width() - 2 * PAD
        if shown.tag:
            self._tag(painter, QRect(left, area.top(), width, area.height()), shown.text)
            return
        text, advance = self._layout(shown.text, width, number=right)
        painter.setFont(self._font)
        painter.setPen(self._color(shown.tone))
        x = left + width - advance if right else left
        painter.drawStaticText(QPointF(x, area.top() + (area.height() - self._height) // 2), text)

    def _color(self, token: str) -> QColor:
        held = self._colors.get(token)
        if held is None:
            held = self._colors[token] = self._painted.color(token)
        return held

    def _ground(self, painter: QPainter, area: QRect, state: int) -> None:
        chosen = state & SELECTED
        if chosen:
            painter.fillRect(area, self._color("raised"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, self._color("raised"))
        if chosen:
            blue = self._color("chosen" if state & ACTIVE else "line")
            painter.fillRect(area.left(), area.top(), area.width(), 1, blue)
            painter.fillRect(area.left(), area.bottom(), area.width(), 1, blue)
        if state & FOCUS:  # the cell F2 would edit
            painter.fillRect(area.left(), area.bottom() - 2, area.width(), 3, self._color("chosen"))

    def _layout(self, text: str, width: int, *, number: bool) -> tuple[QStaticText, int]:
        """Return a text laid out and elided to ``width`` px (a number written shorter), and its own width."""
        held = self._texts.get((text, width, number))
        if held is None:
            shown = fitted(self._metrics, " ".join(text.split()), width, number=number)
            advance = self._metrics.horizontalAdvance(shown)
            static = QStaticText(shown)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            held = self._texts[text, width, number] = (static, advance)
        return held

    def _tag(self, painter: QPainter, room: QRect, text: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        held = self._tags.get((text, room.width(), ratio))
        if held is None:
            held = self._tags[text, room.width(), ratio] = self._tag_picture(text, room.width(), ratio)
        painter.drawPixmap(room.left(), room.center().y() - _TAG_HEIGHT // 2, held)

    def _tag_picture(self, text: str, room: int, ratio: float) -> QPixmap:
        """Draw a tag once: there are few of them and many rows."""
        text = self._tag_metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 8)
        box = QRect(0, 0, max(1, min(self._tag_metrics.horizontalAdvance(text) + 12, room)), _TAG_HEIGHT)
        picture = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color("tag"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._tag_font)
        painter.setPen(self._color("dim"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return picture
