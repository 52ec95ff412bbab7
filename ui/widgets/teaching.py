"""The shape of an empty room: what is missing, what to do about it, and the buttons that do it, in the middle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.widgets.basics import row


def lay_out_teaching(room: QWidget, above: Sequence[QLabel], buttons: Sequence[QWidget], *below: QLabel) -> None:
    """Put the words and the row of buttons between them into the middle of ``room``."""
    column = QVBoxLayout(room)
    column.setContentsMargins(48, 24, 48, 24)
    column.setSpacing(12)
    column.addStretch(2)
    for words in (*above, *below):
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
    for words in above:
        column.addWidget(words)
    column.addSpacing(4)
    column.addLayout(row(None, *buttons, None))
    for words in below:
        column.addSpacing(4)
        column.addWidget(words)
    column.addStretch(3)
