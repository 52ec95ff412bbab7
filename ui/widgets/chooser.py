"""The list of sessions, in the rooms that choose one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class Chooser(QComboBox):
    """A list of sessions that a turn of the wheel in passing does not change."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the chosen line, cut with an ellipsis: a style sheet's box would cut it anywhere."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        field = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        words = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        option.currentText = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, field.width())
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls."""
        event.ignore()
