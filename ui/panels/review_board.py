"""The board of the Review room: cards on top, the ledger, what happened, the chart, the products."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.funnel import none_words, weakest_words
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.review_kpis import CARDS
from liveshop_desk.model.review_ledger import Counted, counted
from liveshop_desk.model.tile import Tile
from ui.gaps import Gaps
from ui.panels import review_words as words
from ui.theme import GAP, Theme
from ui.widgets.basics import Panel, label
from ui.widgets.review_card import ReviewCard
from ui.widgets.rows_view import RowsView
from ui.widgets.slot_chart import SlotChart

_LEFT, _RIGHT = 63, 32  # shares of the width, as in the sketch
_LEAST, _WITH_NOTES = 240, 480  # px of a panel's width; of the board's height
_UPPER, _LOWER = 64, 36  # … and of the height below the cards
_PAUSE_MS = 1  # between two parts


class ReviewBoard(QWidget):
    """Shows one report: at once, or part by part with the event loop breathing between (60 pitches take 40 ms)."""

    def __init__(self, theme: Theme, gaps: Gaps) -> None:
        super().__init__()
        self.report: SessionReport | None = None
        self._left: deque[Callable[[SessionReport], None]] = deque()  # parts that do not show the report yet
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(lambda: gaps.soon(self._show_next))
        self.cards = [ReviewCard() for _keys in CARDS]
        self.ledger, self.events, self.goods = RowsView(theme), RowsView(theme), RowsView(theme)
        self.chart = SlotChart(theme)
        self.ledger_panel, self.events_panel = Panel(), Panel()
        self.chart_panel, self.goods_panel = Panel(), Panel()
        self._no_rows, self._no_events, self._no_slots, self._no_goods = self._notes_in_place = [
            label(size=13, tone="faint") for _n in range(4)
        ]
        self._ledger_note, self._weakest = label(size=13, tone="faint"), label(size=13, tone="dim")
        self._ledger_stack = _either(self.ledger, self._no_rows)
        self._event_stack = _either(self.events, self._no_events)
        self._chart_stack = _either(self.chart, self._no_slots)
        self._goods_stack = _either(self.goods, self._no_goods)
        self.goods.give_up(1, 4)
        self._lay_out()

    def _lay_out(self) -> None:
        self.ledger_panel.add_body(self._ledger_stack)
        ledger_note = self.ledger_panel.add_footer(self._ledger_note, None, height=34)
        self.events_panel.add_body(self._event_stack)
        self._weakest.setWordWrap(True)
        self._notes = (ledger_note, self.events_panel.add_footer(self._weakest, height=52))
        self.chart_panel.add_body(self._chart_stack)
        self.goods_panel.add_body(self._goods_stack)
        cards = QHBoxLayout()
        cards.setSpacing(GAP)
        for card in self.cards:
            cards.addWidget(card, 1)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for panel in (self.ledger_panel, self.events_panel, self.chart_panel, self.goods_panel):
            panel.setMinimumWidth(_LEAST)
        grid.addWidget(self.ledger_panel, 0, 0)
        grid.addWidget(self.events_panel, 0, 1)
        grid.addWidget(self.chart_panel, 1, 0)
        grid.addWidget(self.goods_panel, 1, 1)
        for place, share in enumerate((_LEFT, _RIGHT)):
            grid.setColumnStretch(place, share)
        for place, share in enumerate((_UPPER, _LOWER)):
            grid.setRowStretch(place, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(cards)
        column.addLayout(grid, 1)

    def show_report(self, report: SessionReport) -> None:
        """Show a report, in the language in use."""
        self._begin(report)
        while self._left:
            self._left.popleft()(report)

    def show_in_parts(self, report: SessionReport) -> None:
        """Show a report that comes while other things are done."""
        self._begin(report)
        self._turn.start(_PAUSE_MS)

    def clear(self, says: str) -> None:
        """Show no figures but a line in their place: those of another session are worse than none."""
        self._turn.stop()
        self._left.clear()
        self.report = None
        for card in self.cards:
            card.show_tile(Tile("", "", ""), "")
        for note in self._notes_in_place:
            note.setText(says)
        for stack in (self._ledger_stack, self._event_stack, self._chart_stack, self._goods_stack):
            stack.setCurrentIndex(1)
        for text in (self.ledger_panel.subtitle, self._ledger_note, self._weakest):
            text.clear()

    def _begin(self, report: SessionReport) -> None:
        self.report = report
        self._left.clear()
        self._left += (self._show_cards, self._show_ledger, self._show_events, self._show_slots, self._show_goods)

    def _show_next(self) -> None:
        if self.report is not None and self._left:
            self._left.popleft()(self.report)
        if self._left:
            self._turn.start(_PAUSE_MS)

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        for panel, title in (
            (self.events_panel, _("What went wrong, what was changed")),
            (self.chart_panel, _("Online and GMV")),
            (self.goods_panel, _("Products")),
        ):
            panel.title.setText(title)
            panel.setAccessibleName(title)
        self.events.setAccessibleName(_("What went wrong, what was changed"))
        self.goods.setAccessibleName(_("Products"))
        self.chart.setAccessibleName(_("Online and GMV, every 5 minutes"))
        self.chart_panel.subtitle.setText(_("every 5 minutes"))
        if self.report is not None:
            self.show_report(self.report)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the notes below the tables where the board is low."""
        super().resizeEvent(event)
        for note in self._notes:
            note.setVisible(event.size().height() >= _WITH_NOTES)

    def restyle(self, theme: Theme) -> None:
        """Change the colours of what is painted by hand."""
        for part in (self.ledger, self.events, self.goods, self.chart):
            part.restyle(theme)

    def _show_cards(self, report: SessionReport) -> None:
        for card, (tile, tip) in zip(self.cards, words.cards(report), strict=True):
            card.show_tile(tile, tip)

    def _show_slots(self, report: SessionReport) -> None:
        self.chart.show_slots(words.slots(report), words.chart_words())
        self._no_slots.setText(_("No numbers came in while it ran. Type them in or connect a source next time."))
        self._chart_stack.setCurrentIndex(0 if report.slots else 1)

    def _show_goods(self, report: SessionReport) -> None:
        self.goods.rows.fill(words.goods_heads(), words.goods_rows(report))
        self._no_goods.setText(_("No product was in the queue or sold."))
        self._goods_stack.setCurrentIndex(0 if report.goods else 1)

    def _show_ledger(self, report: SessionReport) -> None:
        """Show the pitches; of a session that was not run here, its figures."""
        if report.ledger:
            title, subtitle = _("How the segments did"), _("by GMV per minute")
            self.ledger.rows.fill(words.ledger_heads(report), words.ledger_rows(report))
            self.ledger.give_up(1, 3, *([8] if words.was_read(report) else []), 2)
        else:
            title, subtitle = _("The session's figures"), _("against the sessions before")
            self.ledger.rows.fill(words.figure_heads(), words.figure_rows(report))
            self.ledger.give_up(4)
        self.ledger_panel.title.setText(title)
        self.ledger_panel.subtitle.setText(subtitle)
        self.ledger_panel.setAccessibleName(title)
        self.ledger.setAccessibleName(title)
        self._ledger_note.setText(_note(report))
        self._ledger_stack.setCurrentIndex(0)

    def _show_events(self, report: SessionReport) -> None:
        rows = words.event_rows(report)
        self.events.rows.fill(words.event_heads(report), rows)
        self._no_events.setText(_("No incident, and no price or stock was changed."))
        self._event_stack.setCurrentIndex(0 if rows else 1)
        self._weakest.setText(weakest_text(report))


def weakest_text(report: SessionReport) -> str:
    """Name the weakest step of the funnel and who mends it; else say what is missing to know it."""
    if report.session.rehearsal:
        return _("A rehearsal is not compared with real shows.")
    weakest = weakest_words(report.funnel)
    return _("Change one thing: {what}").format(what=weakest) if weakest else none_words(report.funnel)


def _note(report: SessionReport) -> str:
    """Say how the table's figures are counted."""
    if not report.ledger and report.slots:  # numbers came in here, though no segment was taken
        return _("No segment was taken on air: these are the figures of the whole session.")
    if not report.ledger:
        return _("Nothing was taken on air here: these are the figures of the platform's file.")
    found = counted(report.ledger)
    if Counted.LINES in found and Counted.TOTALS in found:
        return _("Orders while on air: of its own product, all where it has none; without any, the totals' growth.")
    if Counted.TOTALS in found:
        loose = _("No order lines came in: the figures are what the totals grew by since the figure before.")
        even = _("No order lines came in: the figures are what the session's totals grew by while on air.")
        return loose if any(row.sold.loose for row in report.ledger) else even
    if Counted.LINES in found:
        return _("Orders paid while on air: of the segment's own product, all where it has none.")
    return _("No orders and no totals came in.")


def _either(widget: QWidget, note: QLabel) -> QStackedWidget:
    """Return a stack of a widget and of what is said in its place."""
    stack = QStackedWidget()
    stack.addWidget(widget)
    held = QWidget()
    layout = QVBoxLayout(held)
    layout.setContentsMargins(16, 8, 16, 8)
    note.setWordWrap(True)
    note.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout.addWidget(note)
    stack.addWidget(held)
    return stack
