"""The chart 人气与成交: GMV of each stretch as bars, people in the room as a line, each on its own scale."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme import Theme, font
from ui.widgets.basics import plain_tip
from ui.widgets.chart_scale import minute_ticks, nice_scale

_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 56, 30, 26  # px around the plot
_LINES = 4
_THIN = 14  # px of a label
_STAR = "★"


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch: ``bar`` and ``level`` may be unknown; ``tip`` is said when the mouse rests on it.

    ``starred``: an offer went on air.
    """

    start: int
    end: int
    bar: float | None
    level: float | None
    tip: str = ""
    starred: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """How the chart's figures are written, and what its two series and its stars are called."""

    bar_name: str
    level_name: str
    star_name: str
    bar: Callable[[float], str]
    level: Callable[[float], str]
    time: Callable[[int], str]


def scale_texts(scale: tuple[float, float] | None, write: Callable[[float], str]) -> list[str]:
    """Return what stands at a scale's lines, from the bottom: nothing twice, where less is told than is written."""
    texts = [write(scale[1] * step / _LINES) if scale else "" for step in range(_LINES + 1)]
    return [text if text not in texts[:step] else "" for step, text in enumerate(texts)]


class SlotChart(QWidget):
    """Paints the slots; nothing moves, so it is painted only when they change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._slots: Sequence[Slot] = ()
        self._words: Words | None = None
        self._left: float = _LEFT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 120)

    def sizeHint(self) -> QSize:
        """Return the size of the sketch's chart."""
        return QSize(640, 200)

    def show_slots(self, slots: Sequence[Slot], words: Words) -> None:
        """Show other figures."""
        self._slots, self._words = slots, words
        self._left = self._gutter()
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say a stretch's figures where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            slot = self.slot_at(event.pos().x())
            QToolTip.showText(event.globalPos(), plain_tip(slot.tip) if slot else "", self)
            return True
        return super().event(event)

    def slot_at(self, x: float) -> Slot | None:
        """Return the stretch at a column, or ``None`` beside the plot."""
        plot = self._plot()
        if not self._slots or not plot.left() <= x < plot.right():
            return None
        return self._slots[int((x - plot.left()) / plot.width() * len(self._slots))]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint scales, bars, line and legend."""
        if not self._slots or self._words is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setFont(font(12))
        bars = self._scale([slot.bar for slot in self._slots])
        levels = self._scale([slot.level for slot in self._slots])
        self._paint_scales(painter, self._words, bars, levels)
        if bars:
            self._paint_bars(painter, bars[1])
        if levels:
            self._paint_line(painter, levels)
        self._paint_stars(painter)
        self._paint_legend(painter, self._words, bars is not None, levels is not None)
        painter.end()

    def _plot(self) -> QRectF:
        left = self._left
        return QRectF(left, _TOP, max(self.width() - left - _RIGHT, 1), max(self.height() - _TOP - _BOTTOM, 1))

    def _gutter(self) -> float:
        """Return the px left of the plot: as ever, or more where the highest value is a long one."""
        bars = self._scale([slot.bar for slot in self._slots])
        if bars is None or self._words is None:
            return _LEFT
        return max(_LEFT, QFontMetricsF(font(12)).horizontalAdvance(self._words.bar(bars[1])) + 8)

    def _scale(self, values: Sequence[float | None]) -> tuple[float, float] | None:
        """Return a scale that begins at 0: a bar says its figure by its whole length."""
        known = [value for value in values if value is not None]
        return (0.0, nice_scale(0.0, max(known), _LINES)[1]) if known else None

    def _paint_scales(
        self, painter: QPainter, words: Words, bars: tuple[float, float] | None, levels: tuple[float, float] | None
    ) -> None:
        plot = self._plot()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        bar_texts, level_texts = scale_texts(bars, words.bar), scale_texts(levels, words.level)
        for step in range(_LINES + 1):
            y = plot.bottom() - plot.height() * step / _LINES
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), round(y) + 0.5), QPointF(plot.right(), round(y) + 0.5))
            painter.setPen(self._theme.color("hint"))
            painter.drawText(QRectF(0, y - _THIN / 2, self._left - 8, _THIN), right, bar_texts[step])
            painter.drawText(QRectF(plot.right() + 8, y - _THIN / 2, _RIGHT - 8, _THIN), left, level_texts[step])
        self._paint_times(painter, words, plot)

    def _paint_times(self, painter: QPainter, words: Words, plot: QRectF) -> None:
        start, end = self._slots[0].start, self._slots[-1].end
        for at in minute_ticks(start, end, round(plot.width())):
            x = plot.left() + (at - start) / (end - start) * plot.width()
            place = QRectF(x - 30, plot.bottom() + 4, 60, _THIN + 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words.time(round(at)))

    def _paint_bars(self, painter: QPainter, top: float) -> None:
        plot = self._plot()
        each = plot.width() / len(self._slots)
        painter.setPen(Qt.PenStyle.NoPen)
        color = self._theme.color("good")
        color.setAlphaF(0.6)
        painter.setBrush(color)
        for place, slot in enumerate(self._slots):
            if slot.bar and slot.bar > 0:  # a total corrected downwards: its tip says so, a bar has no place for it
                tall = plot.height() * slot.bar / top
                wide = max(min(each * 0.72, 48), 1)
                x = plot.left() + each * (place + 0.5) - wide / 2
                painter.drawRect(QRectF(x, plot.bottom() - tall, wide, tall))

    def _paint_line(self, painter: QPainter, scale: tuple[float, float]) -> None:
        """Draw the level; where it is unknown the line has a gap."""
        plot = self._plot()
        each = plot.width() / len(self._slots)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("chosen"), 2))
        run = QPolygonF()
        for place, slot in enumerate((*self._slots, None)):
            if slot is not None and slot.level is not None:
                y = plot.bottom() - plot.height() * slot.level / (scale[1] or 1)
                run.append(QPointF(plot.left() + each * (place + 0.5), y))
            elif not run.isEmpty():
                painter.drawPolyline(run) if run.size() > 1 else painter.drawEllipse(run.first(), 2, 2)
                run = QPolygonF()

    def _paint_stars(self, painter: QPainter) -> None:
        """Put a star over each stretch in which an offer went on air."""
        plot = self._plot()
        each = plot.width() / len(self._slots)
        painter.setPen(self._theme.color("rose"))
        for place, slot in enumerate(self._slots):
            if slot.starred:
                box = QRectF(plot.left() + each * (place + 0.5) - 10, plot.top() - 1, 20, _THIN)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _STAR)

    def _paint_legend(self, painter: QPainter, words: Words, bars: bool, levels: bool) -> None:
        """Name both series in words: colour alone says nothing to some."""
        x = float(_LEFT)
        parts = [("■", words.bar_name, "good")] if bars else []
        parts += [("━", words.level_name, "chosen")] if levels else []
        parts += [(_STAR, words.star_name, "rose")] if any(slot.starred for slot in self._slots) else []
        for sign, name, token in parts:
            painter.setPen(self._theme.color(token))
            painter.drawText(QPointF(x, _TOP - 14), sign)
            painter.setPen(self._theme.color("dim"))
            painter.drawText(QPointF(x + 18, _TOP - 14), name)
            x += 34 + painter.fontMetrics().horizontalAdvance(name)
