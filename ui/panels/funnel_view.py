"""The funnel of this session against the shop's last five: four rates, the one weakest step, and who fixes it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.funnel import Funnel, Step, none_words
from liveshop_desk.model.metrics import delta_text, format_metric
from liveshop_desk.model.metrics_catalogue import METRICS
from ui.theme import Theme, font
from ui.widgets.painting import paint_ground, tabular

_PAD = 10
_FOOT = 40  # px for what to do
_LOWEST = 116
_WIDE = 380  # px: below, the bars give room to the names


class FunnelView(QWidget):
    """Shows a ``Funnel``: per step the rate now, a bar against the usual rate, the change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._funnel = Funnel((), None)
        self._figure = tabular(15, bold=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        """Return the least height the four steps can be read in."""
        return QSize(200, _LOWEST)

    def show_funnel(self, funnel: Funnel) -> None:
        """Show other rates; the same again paints nothing."""
        if funnel != self._funnel:
            self._funnel = funnel
            self.retranslate()

    def retranslate(self) -> None:
        """Say and paint it in the language in use."""
        funnel = self._funnel
        self.setAccessibleName(" ".join((_("Funnel"), *map(step_words, funnel.steps), advice(funnel))))
        self.update()

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps from top to bottom and below them what to do."""
        painter = QPainter(self)
        paint_ground(painter, self._theme, QRectF(self.rect()))
        steps = self._funnel.steps
        if steps:
            height = (self.height() - _FOOT - _PAD) / len(steps)
            for number, step in enumerate(steps):
                row = QRectF(_PAD, _PAD / 2 + number * height, self.width() - 2 * _PAD, height)
                self._paint_step(painter, step, row)
        self._paint_advice(painter)
        painter.end()

    def _paint_step(self, painter: QPainter, step: Step, row: QRectF) -> None:
        weakest = step.key == self._funnel.weakest
        metric = METRICS[step.key]
        name, bar, value, moved = _columns(row)
        sign = "▸ " if weakest else ""
        self._write(painter, name, sign + _(metric.label), "next" if weakest else "dim", font(12, bold=weakest))
        self._write(painter, value, format_metric(metric, step.value), "text", self._figure, right=True)
        change = delta_text(metric, step.value, step.mean)
        tone = "hint" if step.change is None else "on_air" if step.change < 0 else "good"
        self._write(painter, moved, change or "—", "next" if weakest else tone, font(12), right=True)
        self._paint_bar(painter, step, bar, weakest=weakest)

    def _paint_bar(self, painter: QPainter, step: Step, place: QRectF, *, weakest: bool) -> None:
        """Paint the rate as a bar and the usual one as a stroke across it."""
        most = max(step.value or 0, step.mean or 0) * 1.15
        if not most:
            return
        track = QRectF(place.left(), place.center().y() - 4, place.width(), 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(track, 4, 4)
        filled = QRectF(track)
        filled.setWidth(track.width() * (step.value or 0) / most)
        painter.setBrush(self._theme.color("next" if weakest else "chosen"))
        painter.drawRoundedRect(filled, 4, 4)
        if step.mean is not None:
            x = track.left() + track.width() * step.mean / most
            painter.setBrush(self._theme.color("text"))
            painter.drawRect(QRectF(x - 1, track.top() - 3, 2, track.height() + 6))

    def _paint_advice(self, painter: QPainter) -> None:
        place = QRectF(_PAD, self.height() - _FOOT, self.width() - 2 * _PAD, _FOOT - 6)
        painter.setFont(font(12))
        painter.setPen(self._theme.color("next" if self._funnel.weakest else "dim"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), advice(self._funnel))

    def _write(
        self, painter: QPainter, place: QRectF, text: str, token: str, face: QFont, *, right: bool = False
    ) -> None:
        painter.setFont(face)
        painter.setPen(self._theme.color(token))
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(place.width()))
        painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, short)


def advice(funnel: Funnel) -> str:
    """Return what to mend and who does it; else why there is nothing to say. The rates are painted above it."""
    step = funnel.weakest_step
    if step is not None:
        text = _("{step} is weakest against the last five. {who}: {remedy}")
        return text.format(step=_(METRICS[step.key].label), who=funnel.fixer(), remedy=funnel.remedy())
    if any(step.value is not None for step in funnel.steps):
        return none_words(funnel)
    return _("Type in viewers, people shown a product, clickers and buyers to see the funnel.")


def step_words(step: Step) -> str:
    """Return one step in words: name, rate, change."""
    metric = METRICS[step.key]
    change = delta_text(metric, step.value, step.mean)
    return f"{_(metric.label)} {format_metric(metric, step.value)} {change}".strip()


def _columns(row: QRectF) -> tuple[QRectF, QRectF, QRectF, QRectF]:
    """Return where name, bar, rate and change stand."""
    parts = (0.47, 0.15, 0.19, 0.19) if row.width() < _WIDE else (0.34, 0.28, 0.19, 0.19)
    places: list[QRectF] = []
    left = row.left()
    for part in parts:
        places.append(QRectF(left, row.top(), row.width() * part - 6, row.height()))
        left += row.width() * part
    return places[0], places[1], places[2], places[3]
