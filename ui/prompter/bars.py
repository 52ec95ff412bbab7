"""The bars around the anchor's text: product strip on top, cue banner under it, progress at the bottom.

They are painted rather than built of labels, because everything on the anchor's screen must mirror for the glass.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from ui.prompter import look

_BLINKS = 6  # changes of the banner: three blinks, then it stays
_BLINK_MS = 350


@dataclass(frozen=True, slots=True)
class StripState:
    """What the product strip shows; texts already formatted, empty where there is nothing to show.

    ``remaining_seconds`` of the segment: below zero it is over, ``None`` has no plan.
    """

    name: str = ""
    live_price: str = ""
    list_price: str = ""
    stock: str = ""
    stock_low: bool = False
    next_name: str = ""
    remaining_seconds: float | None = None


class Bar(QWidget):
    """A bar that can be mirrored. Subclasses of Qt's widget paint through ``begin``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._mirror = (False, False)

    def set_mirror(self, mirror: tuple[bool, bool]) -> None:
        """Mirror (horizontally, vertically)."""
        self._mirror = mirror
        self.update()

    def begin(self, background: int) -> QPainter:
        """Return a painter of the widget, mirrored, on ``background``."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor.fromRgba(background))
        if self._mirror[0]:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        if self._mirror[1]:
            painter.translate(0, self.height())
            painter.scale(1, -1)
        return painter


@dataclass(frozen=True, slots=True)
class Figure:
    """A text of the strip: ``size`` in parts of the bar's height, ``gap`` pixels after it."""

    text: str
    size: float
    ink: int
    bold: bool = False
    struck: bool = False
    gap: int = 0


class ProductStrip(Bar):
    """Name, live price, list price struck through, stock; at the far end what is next and the time left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = StripState()

    def set_state(self, state: StripState) -> None:
        """Show ``state``; the same again paints nothing."""
        if state != self._state:
            self._state = state
            self.setAccessibleName(f"{state.name} {state.live_price} {state.stock} {state.next_name}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint from both ends; the name gives way where there is no room."""
        painter = self.begin(look.BAR)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor.fromRgba(look.BAR_LINE))
        pen = _Pen(painter, self.height())
        margin = round(self.width() * 0.028)
        right = self._paint_far(pen, self.width() - margin)
        self._paint_product(pen, margin, right)
        painter.end()

    def _paint_far(self, pen: _Pen, right: int) -> int:
        """Paint next and remaining from ``right`` leftwards; return where they begin."""
        state, left = self._state, right
        if state.remaining_seconds is not None:
            over = state.remaining_seconds < 0
            text = timer_text(state.remaining_seconds)
            left -= pen.width(text, 0.42, bold=True)
            pen.write(left, text, 0.42, look.OVER if over else look.BAR_TEXT, bold=True)
            left -= pen.gap(0.36)
        if state.next_name:
            text = pen.elided(_("Next · {name}").format(name=state.next_name), 0.215, round(self.width() * 0.26))
            left -= pen.width(text, 0.215)
            pen.write(left, text, 0.215, look.BAR_QUIET)
            left -= pen.gap(0.36)
        return left

    def _paint_product(self, pen: _Pen, x: int, right: int) -> None:
        """Paint the product between ``x`` and ``right``; figures are never cut, the name is."""
        state, gap = self._state, pen.gap(0.36)
        stock = _("Stock") + " " if state.stock else ""
        parts = [
            Figure(state.live_price, 0.55, look.PRICE, bold=True, gap=gap),
            Figure(state.list_price, 0.23, look.BAR_FAINT, struck=True, gap=gap),
            Figure(stock, 0.28, look.BAR_TEXT),
            Figure(state.stock, 0.28, look.AMBER if state.stock_low else look.BAR_TEXT, bold=True, gap=gap),
        ]
        parts = [part for part in parts if part.text]
        needed = sum(pen.width(part.text, part.size, bold=part.bold) + part.gap for part in parts)
        name = pen.elided(state.name, 0.28, max(0, right - x - needed - gap), bold=True)
        for part in (Figure(name, 0.28, look.BAR_TEXT, bold=True, gap=gap if name else 0), *parts):
            pen.write(x, part.text, part.size, part.ink, bold=part.bold, struck=part.struck)
            x += pen.width(part.text, part.size, bold=part.bold) + part.gap


class CueBanner(Bar):
    """The operator's message over the top of the text. ``acknowledged()`` when the anchor clicks it."""

    acknowledged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_BLINK_MS)
        self._timer.timeout.connect(self._blink)
        self.hide()

    @property
    def text(self) -> str:
        """Return the message shown, empty when there is none."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show ``text``, blinking a few times."""
        self._text = text
        self._left = _BLINKS
        self.setAccessibleName(text)
        self._timer.start()
        self.show()
        self.raise_()
        self.update()

    def clear(self) -> None:
        """Take the message away."""
        self._text = ""
        self._timer.stop()
        self.hide()

    def _blink(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint amber, or the other way round while it blinks."""
        inverse = self._left % 2 == 1
        painter = self.begin(look.BAR if inverse else look.AMBER)
        pen = _Pen(painter, self.height())
        margin = round(self.width() * 0.028)
        text = _("Desk: {text}").format(text=self._text)
        text = pen.elided(text, 0.5, self.width() - 2 * margin, bold=True)
        pen.write(margin, text, 0.5, look.AMBER if inverse else look.BAR, bold=True)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click for an acknowledgement."""
        event.accept()
        self.acknowledged.emit()


class ProgressLine(Bar):
    """How much of the script is read. Repaints only when a pixel changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._drawn = -1

    def set_share(self, share: float) -> None:
        """Show ``share`` (0 … 1) as read."""
        self._share = min(1.0, max(0.0, share))
        if self._filled() != self._drawn:
            self.update()

    def _track(self) -> QRectF:
        margin = self.width() * 0.028
        thick = max(3.0, self.height() * 0.24)
        return QRectF(margin, self.height() * 0.35, self.width() - 2 * margin, thick)

    def _filled(self) -> int:
        return round(self._track().width() * self._share)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint track and share."""
        painter = self.begin(look.BACKGROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        track = self._track()
        round_by = track.height() / 2
        painter.setBrush(QColor.fromRgba(look.BAR_LINE))
        painter.drawRoundedRect(track, round_by, round_by)
        self._drawn = self._filled()
        if self._drawn > 0:
            painter.setBrush(QColor.fromRgba(look.OVER))
            track.setWidth(self._drawn)
            painter.drawRoundedRect(track, round_by, round_by)
        painter.end()


class _Pen:
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

    def elided(self, text: str, size: float, room: int, *, bold: bool = False) -> str:
        """Return ``text`` cut to ``room`` pixels."""
        return self._metrics(size, bold=bold).elidedText(text, Qt.TextElideMode.ElideRight, room)

    def write(self, x: int, text: str, size: float, ink: int, *, bold: bool = False, struck: bool = False) -> None:
        """Write plain ``text`` at ``x``."""
        font = look.text_font(self._height * size, bold=bold)
        font.setStrikeOut(struck)
        self._painter.setFont(font)
        self._painter.setPen(QColor.fromRgba(ink))
        box = QRect(QPoint(x, 0), QSize(self.width(text, size, bold=bold) + 4, self._height))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        self._painter.drawText(box, int(flags), text)

    def _metrics(self, size: float, *, bold: bool) -> QFontMetrics:
        return QFontMetrics(look.text_font(self._height * size, bold=bold))
