"""Writing on the anchor's bars in parts of their height."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.prompter import look

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Pen:
    """Writes in parts of a bar's height, vertically centred; figures keep their width."""

    def __init__(self, painter: QPainter, height: int) -> None:
        self._painter = painter
        self._height = height

    def gap(self, share: float) -> int:
        """Return ``share`` of the height in pixels."""
        return round(self._height * share)

    def width(self, text: str, size: float, *, bold: bool = False) -> int:
        """Return how wide ``text`` is at ``size`` parts of the height."""
        return self._metrics(size, bold=bold).horizontalAdvance(text)

    def broken(self, text: str, size: float, room: int, *, bold: bool = False) -> list[str]:
        """Return ``text`` in at most two lines of ``room`` pixels, the second cut; Chinese breaks anywhere."""
        metrics = self._metrics(size, bold=bold)
        if metrics.horizontalAdvance(text) <= room:
            return [text]
        fits = 1
        while fits < len(text) and metrics.horizontalAdvance(text[: fits + 1]) <= room:
            fits += 1
        space = text.rfind(" ", fits // 2, fits + 1)
        at = space if space > 0 else fits
        return [text[:at], metrics.elidedText(text[at:].lstrip(), Qt.TextElideMode.ElideRight, room)]

    def write(
        self, x: int, text: str, size: float, ink: int, *, bold: bool = False, struck: bool = False, rise: float = 0
    ) -> int:
        """Write plain ``text`` at ``x``, ``rise`` parts of the height above the middle; return where it ends."""
        font = look.text_font(self._height * size, bold=bold)
        font.setStrikeOut(struck)
        self._painter.setFont(font)
        self._painter.setPen(QColor.fromRgba(ink))
        wide = self.width(text, size, bold=bold)
        self._painter.drawText(QRect(QPoint(x, -self.gap(rise)), QSize(wide + 4, self._height)), int(_FLAGS), text)
        return x + wide

    def underline(self, x: int, right: int, size: float, ink: int) -> None:
        """Draw a thick line under a text of ``size``: a mark that needs no colour to be seen."""
        y = round(self._height * (0.5 + size * 0.56))
        self._painter.fillRect(QRect(x, y, right - x, max(2, self.gap(0.035))), QColor.fromRgba(ink))

    def _metrics(self, size: float, *, bold: bool) -> QFontMetrics:
        return QFontMetrics(look.text_font(self._height * size, bold=bold))
