"""Plain text to type a script in, with marks at the side of the paragraphs that are not published yet."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from liveshop_desk.prompter.drafts import Difference
from liveshop_desk.prompter.script import clean
from ui.theme import font

_MARK = 3  # px: the width of a side mark


class ScriptEditor(QPlainTextEdit):
    """Says when the focus leaves (``left``) and after Enter (``entered``); Tab goes on to the next control."""

    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font(17))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "script")
        self.difference = Difference()
        self._color = QColor()
        self.document().setDocumentMargin(6)

    def set_marks(self, difference: Difference, color: QColor) -> None:
        """Mark the paragraphs of ``difference`` at the side: a bar where changed, a notch where something is cut."""
        if (difference, color) != (self.difference, self._color):
            self.difference, self._color = difference, color
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the marks of the paragraphs in sight."""
        super().paintEvent(event)
        if not (self.difference.changed or self.difference.cut):
            return
        painter = QPainter(self.viewport())
        for number, box in self._boxes():
            if number in self.difference.changed:
                painter.fillRect(QRectF(0, box.top() + 1, _MARK, box.height() - 2), self._color)
            if number in self.difference.cut:
                painter.fillRect(QRectF(0, box.top() - 1, 3 * _MARK, 2), self._color)
        painter.end()

    def _boxes(self) -> list[tuple[int, QRectF]]:
        """Return the number and the place of each paragraph in sight; one below the last stands for its end."""
        found: list[tuple[int, QRectF]] = []
        block, bottom = self.firstVisibleBlock(), self.viewport().height()
        box, number = QRectF(), 0
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            number = block.blockNumber()
            found.append((number, box))
            if box.top() > bottom:
                return found
            block = block.next()
        return [*found, (number + 1, QRectF(0, box.bottom(), 1, 0))]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the focus leaves."""
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say that a paragraph is finished; Shift+Enter begins one too, for a line within one is saved as one."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take plain text only, cleaned as the prompter reads it."""
        self.insertPlainText(clean(source.text()))
