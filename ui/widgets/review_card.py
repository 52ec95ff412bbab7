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
    """Shows a ``Tile`` in the board's style: its basis beside the name, beside the figure where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._tile = Tile("", "", "")
        self.setProperty("kind", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(84)
        self.name = label(size=13, tone="dim")
        self.basis = label(size=11, tone="faint")
        self.figure = label(size=_SIZES[0], bold=True)
        self.beside = label(size=11, tone="faint")  # the basis, where the name leaves it no room
        self.second = ElidedLabel(size=12, tone="dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 8, 9)  # the left and right ones are _MARGINS
        layout.setSpacing(2)
        for part in (self.figure, self.second):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            part.setFixedHeight(part.fontMetrics().height())  # all cards of one height, whatever they say
        for part in (self.name, self.basis, self.beside):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            part.setMinimumWidth(1)
        layout.addLayout(row(self.name, self.basis, None, spacing=_BETWEEN))
        figures = row(self.figure, self.beside, spacing=_BETWEEN)
        figures.setStretchFactor(self.figure, 1)
        layout.addLayout(figures)
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

        By what a figure counts comes first of them: two cards called AOV may count by buyers or by orders. Where the
        name leaves no room for it, it stands beside the figure.
        """
        wide = self.contentsRect().width() - _MARGINS
        name, basis = self.name.fontMetrics(), self.basis.fontMetrics()
        self.name.setText(name.elidedText(self._tile.label, Qt.TextElideMode.ElideRight, wide))
        parts = self._tile.basis.split(BETWEEN_PARTS)
        shorter = [BETWEEN_PARTS.join(parts[:most]) for most in range(len(parts), 0, -1)]
        room = wide - name.horizontalAdvance(self._tile.label) - _BETWEEN
        beside_name = next((text for text in shorter if basis.horizontalAdvance(text) <= room), "")
        least = basis.horizontalAdvance(parts[0]) + _BETWEEN if parts[0] and not beside_name else 0
        room = wide - self._fit_figure(wide, least) - _BETWEEN
        beside = next((text for text in shorter if basis.horizontalAdvance(text) <= room), "") if least else ""
        for place, text in ((self.basis, beside_name), (self.beside, beside)):
            place.setText(text)
            place.setVisible(bool(text))

    def _fit_figure(self, wide: int, least: int) -> int:
        """Give the figure the largest size that leaves ``least`` px, else the largest that fits; return its width."""
        widths = {size: QFontMetrics(font(size, bold=True)).horizontalAdvance(self._tile.value) for size in _SIZES}
        fitting = [size for size in _SIZES if widths[size] <= wide] or [_SIZES[-1]]
        size = next((size for size in fitting if widths[size] + least <= wide), fitting[0])
        self.figure.setFont(font(size, bold=True))
        return widths[size]
