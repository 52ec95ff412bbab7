"""One KPI tile, painted: a figure that changes five times a second moves nothing but itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveshop_desk.model.bases import BLANK
from liveshop_desk.model.tile import Tile
from ui.theme import Theme, font
from ui.widgets.basics import plain_tip
from ui.widgets.painting import TONES, paint_ground, tabular

_PAD = 9
_LOWEST = 48  # px
_TALL = 96  # px: in a taller tile the three lines stay together in the middle
_BIG, _SMALLER = 22, 18  # px of the figure, and of one that would not fit


class TileView(QWidget):
    """Shows a ``Tile``; ``explain`` gives the words of the tooltip when somebody asks.

    ``menu_wanted(QPoint)``, on the screen, when another metric is to be chosen: right click, menu key or Enter.
    """

    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, explain: Callable[[str], str]) -> None:
        super().__init__()
        self._theme = theme
        self._explain = explain
        self.tile = Tile("", "", "")
        self._figure = tabular(_BIG, bold=True)
        self._figure_small = tabular(_SMALLER, bold=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, _LOWEST)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """Return the size of the sketch's tiles; the text never asks for more."""
        return QSize(128, 80)

    def show_tile(self, tile: Tile) -> bool:
        """Show other words; tell whether anything was different (nothing is painted otherwise)."""
        if tile == self.tile:
            return False
        self.tile = tile
        self.setAccessibleName(" ".join(part for part in (tile.label, tile.value, tile.second) if part))
        self.update()
        return True

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def event(self, event: QEvent) -> bool:
        """Write the tooltip when it is asked for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.tile.key:
            QToolTip.showText(event.globalPos(), plain_tip(self._explain(self.tile.key)), self)
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for another metric."""
        self.menu_wanted.emit(event.globalPos())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks for another metric."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.menu_wanted.emit(self.mapToGlobal(self.rect().center()))
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint label, figure and the line below it."""
        painter = QPainter(self)
        paint_ground(painter, self._theme, QRectF(self.rect()))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._theme.color("chosen"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.tile.key:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        tile, wide = self.tile, self.width() - 2 * _PAD
        top, figure, bottom = self._rows()
        fits = QFontMetricsF(font(12)).horizontalAdvance(tile.label) <= wide
        self._line(painter, top, tile.label, font(12 if fits else 11), "dim")
        fits = QFontMetricsF(self._figure).horizontalAdvance(tile.value) <= wide and self.height() >= 70
        face = self._figure if fits else self._figure_small
        self._line(painter, figure, tile.value, face, "faint" if tile.value == BLANK else "text")
        self._paint_basis(painter, figure, wide - QFontMetricsF(face).horizontalAdvance(tile.value), bottom)
        self._line(painter, bottom, tile.second, font(12), TONES.get(tile.tone, "dim"))

    def _paint_basis(self, painter: QPainter, figure: QRectF, room: float, bottom: QRectF) -> None:
        """Say what a rate counts by: beside the figure, below it where nothing else is said, else in the tooltip."""
        painter.setFont(font(11))
        painter.setPen(self._theme.color("hint"))
        if painter.fontMetrics().horizontalAdvance(self.tile.basis) + 6 <= room:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(figure.translated(0, 3), flags, self.tile.basis)
        elif not self.tile.second:
            one_line = QFontMetricsF(font(12)).horizontalAdvance(self.tile.basis) <= bottom.width()
            if one_line or not self._wrapped(painter, figure.united(bottom), room):
                self._line(painter, bottom, self.tile.basis, font(12), "hint")

    def _wrapped(self, painter: QPainter, place: QRectF, room: float) -> bool:
        """Write why there is no figure on several lines beside the dash; tell whether it could be read whole."""
        beside = QRectF(place.right() - room + 8, place.top(), room - 8, place.height())
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        needed = painter.fontMetrics().boundingRect(beside.toAlignedRect(), flags, self.tile.basis)
        if self.tile.value != BLANK or needed.height() > beside.height() or needed.width() > beside.width():
            return False
        painter.drawText(beside, flags, self.tile.basis)
        return True

    def _rows(self) -> tuple[QRectF, QRectF, QRectF]:
        """Return where the three lines go: a quarter, a half and a quarter of what is left inside the edges."""
        edge = max(6.0 if self.height() < 76 else 8.0, (self.height() - _TALL) / 2)
        part = (self.height() - 2 * edge) / 4
        wide = self.width() - 2 * _PAD
        rows = ((edge, part), (edge + part, 2 * part), (edge + 3 * part, part))
        first, second, third = (QRectF(_PAD, top, wide, height) for top, height in rows)
        return first, second, third

    def _line(self, painter: QPainter, place: QRectF, text: str, face: QFont, token: str) -> None:
        painter.setFont(face)
        painter.setPen(self._theme.color(token))
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(place.width()))
        # The row may be lower than the letters on a small screen: they are centred on it, never cut off.
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip
        painter.drawText(place, flags, short)
