"""The list of sessions, in the rooms that choose one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox

_FRAME = 40  # px beside the words: border, padding and arrow as the style sheet has them. To ask QStyle takes 7 ms.


class Chooser(QComboBox):
    """A list of sessions that a turn of the wheel in passing does not change."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Cut the chosen line with an ellipsis: a style sheet's box would cut it anywhere."""
        super().initStyleOption(option)
        room = self.width() - _FRAME
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()
