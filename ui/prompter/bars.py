"""The bars around the anchor's text: product strip on top, cue banner under it, progress at the bottom.

They are painted rather than built of labels, because everything on the anchor's screen must mirror for the glass.
No text on them is smaller than 32 px on a 1080-line screen: 9 mm on a 24-inch one, which is read from three metres.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from ui.prompter.bar_looks import WHITE, Inks
from ui.prompter.pen import Pen

_BLINKS = 6  # changes of the banner: three blinks, then it stays
_BLINK_MS = 350
_MARGIN = 0.028  # of the width
_GAP = 0.36  # between two figures
_NAME_LEAST = 2.4  # of the height: seven characters
_NEXT_LEAST = 1.4
_STACKED = 0.1  # of the width: a strip higher than that has two lines
_NAME, _SMALL, _STOCK, _PRICE, _TIME = 0.3, 0.27, 0.32, 0.55, 0.42


class StripState(NamedTuple):
    """What the product strip shows; texts already formatted, empty where there is nothing to show.

    ``remaining_seconds`` of the segment: below zero it is over, ``None`` has no plan. ``stock_note`` names what is
    short where the product has several SKUs.
    """

    name: str = ""
    live_price: str = ""
    list_price: str = ""
    stock: str = ""
    stock_low: bool = False
    next_name: str = ""
    remaining_seconds: float | None = None
    stock_note: str = ""


class Bar(QWidget):
    """A bar that can be mirrored. Subclasses of Qt's widget paint through ``begin``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._mirror = (False, False)
        self._blank = False
        self._inks = WHITE

    @property
    def inks(self) -> Inks:
        """Return the colours in use."""
        return self._inks

    @property
    def blank(self) -> bool:
        """Tell whether it is black."""
        return self._blank

    def set_mirror(self, mirror: tuple[bool, bool]) -> None:
        """Mirror (horizontally, vertically)."""
        self._mirror = mirror
        self.update()

    def set_inks(self, inks: Inks) -> None:
        """Take the colours of a theme."""
        self._inks = inks
        self.update()

    def set_blank(self, blank: bool) -> None:
        """Be black."""
        self._blank = blank
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


class Figure(NamedTuple):
    """A text of the strip: ``size`` in parts of the bar's height, ``gap`` pixels after it."""

    text: str
    size: float
    ink: int
    bold: bool = False
    struck: bool = False
    marked: bool = False
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
        """Paint from both ends; the names give way where there is no room."""
        if self._blank:
            self.begin(self._inks.back).end()
            return
        painter = self.begin(self._inks.bar)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor.fromRgba(self._inks.line))
        margin = round(self.width() * _MARGIN)
        if self.height() > self.width() * _STACKED:
            self._paint_stacked(painter, margin)
        else:
            self._paint_line(Pen(painter, self.height()), margin)
        painter.end()

    def _paint_line(self, pen: Pen, margin: int) -> None:
        """Paint all in one line; what is next gives way to what is sold."""
        right = self._paint_time(pen, self.width() - margin)
        figures = self._figures(pen)
        room = right - margin - _needed(pen, figures)
        if room < pen.gap(_NAME_LEAST):  # too narrow: the old price is what it can do without
            figures = [part for part in figures if not part.struck]
            room = right - margin - _needed(pen, figures)
        wanted = pen.width(self._state.name, _NAME, bold=True) + pen.gap(_GAP)
        spare = room - min(wanted, max(pen.gap(_NAME_LEAST), round(room * 0.6)))
        room -= self._paint_next(pen, right, min(spare, round(self.width() * 0.26)))
        self._paint_figures(pen, self._paint_name(pen, margin, room - pen.gap(_GAP)), figures)

    def _paint_stacked(self, painter: QPainter, margin: int) -> None:
        """Paint two lines on an upright screen: name and time, then the figures and what is next."""
        half = self.height() // 2
        pen = Pen(painter, half)
        right = self._paint_time(pen, self.width() - margin)
        self._paint_name(pen, margin, right - margin)
        painter.translate(0, half)
        figures, right = self._figures(pen), self.width() - margin
        self._paint_next(pen, right, right - margin - _needed(pen, figures))
        self._paint_figures(pen, margin, figures)

    def _paint_time(self, pen: Pen, right: int) -> int:
        """Paint the time left, ending at ``right``; return where what is before it must end."""
        seconds, inks = self._state.remaining_seconds, self._inks
        if seconds is None:
            return right
        over = seconds <= -1
        text = timer_text(abs(seconds))
        left = right - pen.width(text, _TIME, bold=True)
        pen.write(left, text, _TIME, inks.over if over else inks.text, bold=True)
        if over:  # the word says it to whoever does not see the red
            word = _("over") + " "
            left -= pen.width(word, _SMALL, bold=True)
            pen.write(left, word, _SMALL, inks.over, bold=True)
        return left - pen.gap(_GAP)

    def _paint_next(self, pen: Pen, right: int, room: int) -> int:
        """Paint what is next, ending at ``right``, in one line or two of at most ``room``; return how much it took."""
        if not self._state.next_name or room < pen.gap(_NEXT_LEAST):
            return 0
        text = _("Next · {name}").format(name=self._state.next_name)
        lines = pen.broken(text, _SMALL, room - pen.gap(_GAP))
        wide = max(pen.width(line, _SMALL) for line in lines)
        for line, rise in zip(lines, _rises(lines), strict=True):
            pen.write(right - wide, line, _SMALL, self._inks.quiet, rise=rise)
        return wide + pen.gap(_GAP)

    def _paint_figures(self, pen: Pen, x: int, figures: list[Figure]) -> None:
        for part in figures:
            end = pen.write(x, part.text, part.size, part.ink, bold=part.bold, struck=part.struck)
            if part.marked:
                pen.underline(x, end, part.size, part.ink)
            x = end + part.gap

    def _paint_name(self, pen: Pen, x: int, room: int) -> int:
        """Paint the name in ``room`` pixels, in two smaller lines where one is too short; return where figures go."""
        name = self._state.name
        if not name or room < pen.gap(_NAME):
            return x
        fits = pen.width(name, _NAME, bold=True) <= room
        lines, size = ([name], _NAME) if fits else (pen.broken(name, _SMALL, room, bold=True), _SMALL)
        for line, rise in zip(lines, _rises(lines), strict=True):
            pen.write(x, line, size, self._inks.text, bold=True, rise=rise)
        return x + max(pen.width(line, size, bold=True) for line in lines) + pen.gap(_GAP)

    def _figures(self, pen: Pen) -> list[Figure]:
        state, gap, inks = self._state, pen.gap(_GAP), self._inks
        stock = _("Stock") + " " if state.stock else ""
        ink = inks.amber if state.stock_low else inks.text
        after = pen.gap(0.16) if state.stock_note else gap
        figures = [
            Figure(state.live_price, _PRICE, inks.price, bold=True, gap=gap),
            Figure(state.list_price, _SMALL, inks.faint, struck=True, gap=gap),
            Figure(stock, _STOCK, inks.text),
            Figure(state.stock, _STOCK, ink, bold=True, marked=state.stock_low, gap=after),
            Figure(state.stock_note, _SMALL, inks.amber, bold=True, gap=gap),
        ]
        return [part for part in figures if part.text]


def _needed(pen: Pen, figures: list[Figure]) -> int:
    return sum(pen.width(part.text, part.size, bold=part.bold) + part.gap for part in figures)


def _rises(lines: list[str]) -> tuple[float, ...]:
    """Return how far above the middle each of one or two small lines stands."""
    return (0.0,) if len(lines) == 1 else (0.19, -0.19)


class CueBanner(Bar):
    """A message over the top of the text: the operator's filled, the desk's own (``auto``) in outline.

    ``acknowledged()`` when the anchor clicks it.
    """

    acknowledged = Signal()

    def __init__(self, parent: QWidget | None = None, *, auto: bool = False) -> None:
        super().__init__(parent)
        self._auto = auto
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

    def amend(self, text: str) -> None:
        """Say the same with another figure, without a blink."""
        self._text = text
        self.setAccessibleName(text)
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
        """Paint amber, or the other way round while it blinks; long words in two smaller lines."""
        filled = (self._left % 2 == 1) == self._auto
        ink, ground = (self._inks.bar, self._inks.amber) if filled else (self._inks.amber, self._inks.bar)
        painter = self.begin(ground)
        thick = max(2, round(self.height() * 0.05))
        painter.fillRect(0, self.height() - thick, self.width(), thick, QColor.fromRgba(self._inks.amber))
        pen = Pen(painter, self.height())
        margin = round(self.width() * _MARGIN)
        text = (_("Automatic: {text}") if self._auto else _("Desk: {text}")).format(text=self._text)
        room = self.width() - 2 * margin
        if pen.width(text, 0.5, bold=True) <= room:
            pen.write(margin, text, 0.5, ink, bold=True)
        else:
            lines = pen.broken(text, 0.38, room, bold=True)
            for line, rise in zip(lines, (0.22, -0.22)[: len(lines)], strict=True):
                pen.write(margin, line, 0.38, ink, bold=True, rise=rise if len(lines) == 2 else 0)
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
        margin = self.width() * _MARGIN
        thick = max(3.0, self.height() * 0.24)
        return QRectF(margin, self.height() * 0.35, self.width() - 2 * margin, thick)

    def _filled(self) -> int:
        return round(self._track().width() * self._share)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint track and share."""
        painter = self.begin(self._inks.back)
        self._drawn = self._filled()
        if not self._blank:
            self._paint_track(painter)
        painter.end()

    def _paint_track(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        track = self._track()
        round_by = track.height() / 2
        painter.setBrush(QColor.fromRgba(self._inks.line))
        painter.drawRoundedRect(track, round_by, round_by)
        if self._drawn > 0:
            painter.setBrush(QColor.fromRgba(self._inks.over))
            track.setWidth(self._drawn)
            painter.drawRoundedRect(track, round_by, round_by)
