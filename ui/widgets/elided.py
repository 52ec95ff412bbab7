"""Text that gives way: cut with an ellipsis where there is no room, whole in the tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import font
from ui.widgets.basics import Button, plain_caption, plain_tip, set_look

_LEAST = 40  # px: less says nothing
_CUT = "…"
_JOINT = " • "
_ROUNDING = 2  # px by which parts measured one by one differ from the whole
_PADDING = 22  # px a chip's own frame takes


class ElidedLabel(QLabel):
    """A plain-text label that shrinks, down to ``least`` px: at its end, or at a part that gives way first."""

    def __init__(self, *, size: int = 14, bold: bool = False, tone: str = "", least: int = _LEAST) -> None:
        super().__init__()
        self._least = least
        self._gives = ""
        self._parts: Sequence[str] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, bold=bold))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_look(self, tone=tone)

    def minimumSizeHint(self) -> QSize:
        """Return how little is enough."""
        return QSize(min(self._least, self.sizeHint().width()), super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        """Show ``text``, as much of it as there is room for."""
        self.say(text, "")

    def say(self, text: str, gives: str) -> None:
        """Show ``text``; where there is no room its part ``gives`` is cut in the middle, then the end of it all."""
        self._gives, self._parts = gives, ()
        super().setText(text)
        self._hint()

    def say_parts(self, parts: Sequence[str]) -> None:
        """Show ``parts`` in a row; where there is no room the last ones are left out whole, not cut."""
        self.say(_JOINT.join(parts), "")
        self._parts = parts

    def width_with(self, least: int) -> int:
        """Return the px that all the text needs with its part that gives way cut down to ``least``."""
        metrics = self.fontMetrics()
        given = metrics.horizontalAdvance(self._gives)
        return metrics.horizontalAdvance(self.text()) - max(0, given - least) + _ROUNDING

    def words_in(self, width: int) -> str:
        """Return what of the text is shown in so many px."""
        metrics, text = self.fontMetrics(), self.text()
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        if cut == text:
            return cut
        rows = (_JOINT.join(self._parts[:n]) for n in range(len(self._parts) - 1, 0, -1))
        whole = next((row for row in rows if metrics.horizontalAdvance(row) <= width), "")
        if whole or not self._gives:
            return whole or cut
        before, gives, after = text.partition(self._gives)
        room = metrics.horizontalAdvance(gives) - (metrics.horizontalAdvance(text) - width) - _ROUNDING
        room = max(room, min(_LEAST, metrics.horizontalAdvance(gives)))  # the end goes before the name is no name
        short = before + metrics.elidedText(gives, Qt.TextElideMode.ElideMiddle, room) + after
        return metrics.elidedText(short, Qt.TextElideMode.ElideRight, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where it is cut."""
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Draw the text, cut where it must be."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(self.alignment()), self.words_in(self.width()))

    def _hint(self) -> None:
        cut = self.words_in(self.width()) != self.text()
        self.setToolTip(plain_tip(self.text()) if cut else "")


class Chip(Button):
    """A small button whose words give way to its neighbours' room, down to ``least`` px. ``say`` sets ``words``."""

    def __init__(self, *, least: int = 2 * _LEAST) -> None:
        super().__init__()
        self._least = least
        self.words = ""
        self.setProperty("kind", "chip")
        self.setFont(font(12))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Show these words."""
        self.words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Return the room all the words want."""
        return QSize(self.fontMetrics().horizontalAdvance(self.words) + _PADDING + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return how little is enough."""
        return QSize(min(self.sizeHint().width(), self._least), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _PADDING
        text = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, room)
        self.setText(plain_caption(text))
