"""One figure of the review board: name, figure, and what it is held against."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from liveshop_desk.model.metrics import BETWEEN_PARTS
from liveshop_desk.model.tile import Tile
from ui.theme import font
from ui.widgets.basics import label, plain_tip, row, set_look
from ui.widgets.elided import ElidedLabel
from ui.widgets.painting import TONES

_SIZES = (22, 18, 15, 13)  # px of the figure: the largest that fits
_MARGINS, _BETWEEN = 22, 6  # px


class ReviewCard(QFrame):
    """Shows a ``Tile`` in the board's style; the basis is its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._tile = Tile("", "", "")
        self.setProperty("kind", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(84)
        self.name = label(size=13, tone="dim")
        self.basis = label(size=11, tone="faint")
        self.figure = label(size=_SIZES[0], bold=True)
        self.second = ElidedLabel(size=12, tone="dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 8, 9)  # the left and right ones are _MARGINS
        layout.setSpacing(2)
        for part in (self.figure, self.second):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            part.setFixedHeight(part.fontMetrics().height())  # all cards of one height, whatever they say
        for part in (self.name, self.basis):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            part.setMinimumWidth(1)
        layout.addLayout(row(self.name, self.basis, None, spacing=_BETWEEN))
        layout.addWidget(self.figure)
        layout.addWidget(self.second)

    def show_tile(self, tile: Tile, tip: str) -> None:
        """Show a figure."""
        self._tile = tile
        self._fit_name()
        self.figure.setText(tile.value)
        self.second.setText(tile.second)
        set_look(self.second, tone=TONES.get(tile.tone, "dim"))
        self.setToolTip(plain_tip(tip))
        told = (tile.label, tile.value, tile.basis, tile.second)
        self.setAccessibleName(" ".join(part for part in told if part))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words into the new width."""
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """Write the name, shortened where it must be, and as many whole parts of the basis as there is room for.

        By what a figure counts comes first of them: two cards called AOV may count by buyers or by orders.
        """
        wide = self.contentsRect().width() - _MARGINS
        sizes = (
            size for size in _SIZES if QFontMetrics(font(size, bold=True)).horizontalAdvance(self._tile.value) <= wide
        )
        self.figure.setFont(font(next(sizes, _SIZES[-1]), bold=True))
        name, basis = self.name.fontMetrics(), self.basis.fontMetrics()
        self.name.setText(name.elidedText(self._tile.label, Qt.TextElideMode.ElideRight, wide))
        left = wide - name.horizontalAdvance(self._tile.label) - _BETWEEN
        parts = self._tile.basis.split(BETWEEN_PARTS)
        fitting = (BETWEEN_PARTS.join(parts[:most]) for most in range(len(parts), 0, -1))
        text = next((text for text in fitting if basis.horizontalAdvance(text) <= left), "")
        self.basis.setText(text)
        self.basis.setVisible(bool(text))
