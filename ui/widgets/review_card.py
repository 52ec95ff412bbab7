"""One figure of the review board: name, figure, and what it is held against."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from liveshop_desk.model.tile import Tile
from ui.widgets.basics import label, row, set_look

_TONES = {"good": "good", "bad": "on_air", "late": "next"}
_BIG, _SMALLER, _LONG = 22, 18, 9  # px of the figure; of one with more characters than that


class ReviewCard(QFrame):
    """Shows a ``Tile`` in the board's style; the basis is its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(96)
        self.name = label(size=13, tone="dim")
        self.basis = label(size=11, tone="faint")
        self.figure = label(size=_BIG, bold=True)
        self.second = label(size=12, tone="dim")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 9, 8, 9)
        layout.setSpacing(2)
        for part in (self.basis, self.figure, self.second):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout.addLayout(row(self.name, self.basis, spacing=6))
        layout.addWidget(self.figure)
        layout.addWidget(self.second)

    def show_tile(self, tile: Tile, tip: str) -> None:
        """Show a figure."""
        self.name.setText(tile.label)
        self.basis.setText(tile.basis)
        self.figure.setText(tile.value)
        face = self.figure.font()
        face.setPixelSize(_SMALLER if len(tile.value) > _LONG else _BIG)
        self.figure.setFont(face)
        self.second.setText(tile.second)
        set_look(self.second, tone=_TONES.get(tile.tone, "dim"))
        self.setToolTip(tip)
        self.setAccessibleName(" ".join(part for part in (tile.label, tile.value, tile.second) if part))
