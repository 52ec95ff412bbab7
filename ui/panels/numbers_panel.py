"""The strip of numbers across the bottom of the Live room: tiles, chart, and where the numbers come from (A5, A9)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.alarms import thresholds
from liveshop_desk.model.record import OWN_SOURCES
from liveshop_desk.model.session import Session, State
from ui.context import Context
from ui.evening import Evening
from ui.faults import report
from ui.panels.chart_panel import ChartPanel
from ui.panels.source_words import source_name, source_state
from ui.panels.tiles import TilesPanel
from ui.past import Past
from ui.theme import Theme
from ui.widgets.basics import button, label, plain_tip, set_look
from ui.work import Work

if TYPE_CHECKING:  # not on the way to a desk that can be worked with
    from ui.panels.alarm_line import AlarmLine
    from ui.panels.number_entry import NumberEntry
    from ui.panels.replay_sheet import ReplaySheet

TILES_WIDE, TILES_NARROW = 415, 372  # px
NARROW = 1280  # px of the strip: below, the tiles give some room to the chart
HEADER = 40
_LEAST = 640  # px
GAP = 6
TICK_MS = 1000


class NumbersPanel(QFrame):
    """Tiles left, chart right; the header turns into the number entry on Ctrl+E.

    ``chose(fields)`` gives what the user has chosen here (settings by name), to be remembered.
    """

    chose = Signal(dict)

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._context = context
        self._evening = evening
        self._speed = ""
        self._work: Work | None = None
        self.sheet: ReplaySheet | None = None
        self._session: Session | None = None
        self._live = self._rehearsal = False
        self._titles: dict[str, str] = {}
        self._offered: set[str] = set()  # the header's acts that can be done now
        self._fitted: tuple[object, ...] = ()  # how the header stood when it was last fitted
        self._past = Past(context.desk.store, self)
        self.tiles = TilesPanel(context, evening, self._past)
        self.chart = ChartPanel(context, evening, self._past)
        self._entry: NumberEntry | None = None  # made when it is first asked for
        self._alarm: AlarmLine | None = None  # so is this: behind the room, which stands without it
        self.title = label(size=14, bold=True)
        self.pill = label(kind="pill", size=12)
        self.buttons = {name: self._button(name) for name in ("enter_numbers", "replay", "simulate", "stop")}
        self._read_session()
        self._tell_source()  # before it stands in the header and is polished: a tone changed later is polished again
        self._arrange()
        self._bind()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_source_soon)
        self._timer.start(TICK_MS)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Live numbers"))
        self.title.setText(_("Live numbers"))
        titles = {
            "enter_numbers": ("＋ " + _("Number"), _("Type in a number")),
            "replay": (_("Replay"), _("Replay a recording")),
            "simulate": (_("Simulate"), _("Let a simulated audience in")),
            "stop": ("■ " + _("Stop"), _("Stop the recording or the simulated audience")),
        }
        for name, (text, tip) in titles.items():
            keys = self._context.actions.keys_text(name) if name != "stop" else ""
            self._titles[name] = text
            self.buttons[name].setAccessibleName(tip)
            self.buttons[name].setToolTip(plain_tip(f"{tip}  {keys}".strip()))
        for part in (self.tiles, self.chart, self._alarm, self._entry):
            if part is not None:
                part.retranslate()
        self._show_source()

    def restyle(self, theme: Theme) -> None:
        """Change the colours of what is painted."""
        self.tiles.restyle(theme)
        self.chart.restyle(theme)

    @property
    def entry(self) -> NumberEntry:
        """Return the number entry, made by now."""
        if self._entry is None:
            from ui.panels.number_entry import NumberEntry

            made = self._entry = NumberEntry(self._context, self._evening)
            self._header.addWidget(made)
            made.opened.connect(lambda: self._header.setCurrentWidget(made))
            made.closed.connect(lambda: self._header.setCurrentWidget(self._usual))
        return self._entry

    @property
    def alarm(self) -> AlarmLine:
        """Return the alarm line, made by now."""
        if self._alarm is None:
            from ui.panels.alarm_line import AlarmLine

            made = self._alarm = AlarmLine(self._context, self._evening, self._past, self._usual)
            self._usual_layout.insertWidget(self._usual_layout.indexOf(self.chart.legend) + 1, made, 1)
            for before, after in pairwise((self.chart.legend, made.act, made.seen)):  # Tab goes as the eye does
                self.setTabOrder(before, after)
            made.turned.connect(self._fit)
            made.wanted.connect(self._show_alarm)
            self._fit()
        return self._alarm

    def short(self) -> list[str]:
        """Return the SKUs whose stock an alarm is about."""
        return self._alarm.short() if self._alarm is not None else []

    def enter_numbers(self) -> None:
        """Open the number entry in the header."""
        self.entry.open_entry()

    def replay(self) -> None:
        """Open the sheet that asks which recording and how fast."""
        from ui.panels.replay_sheet import ReplaySheet

        if self.sheet is None:
            self.sheet = ReplaySheet(self.window(), self._context, self._evening)
            self.sheet.started.connect(self._set_speed)
            self.sheet.closed.connect(self._forget_sheet)
        self.sheet.open_here(self.buttons["replay"])

    def simulate(self) -> None:
        """Let the simulated audience in; outside a rehearsal the reason it does not come is said."""
        try:
            self._evening.start_simulation()
        except UserError as error:
            self._context.notices.error(error)
        else:
            self._tell_mixed()

    def save_chart(self) -> None:
        """Write the chart as a picture into the folder of exports."""
        session, chart, now = self._session, self.chart.chart, self._context.desk.clock.now()
        if session is None or chart is None or self.chart.is_empty:
            self._context.notices.error(lambda: _("There is no chart to save yet."))
            return
        from ui.panels.chart_save import chart_path, chart_title, picture, save_task

        image = picture(chart, chart_title(session, now), self._context.theme)
        work = Work(save_task(image, chart_path(self._context.desk.store.path, session, now)), self)
        work.succeeded.connect(self._say_saved)
        work.failed.connect(lambda error: report(self._context.notices, error))
        work.finished.connect(work.deleteLater)
        work.start()
        self._work = work

    def close_panel(self) -> None:
        """Wait for a picture that is being written."""
        if self._work is not None and isValid(self._work):
            self._work.wait()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line between tiles and chart."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._context.theme.color("line"))
        painter.drawLine(self._left.geometry().topRight(), self._left.geometry().bottomRight())
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Return the least size: header and chart do with what there is."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between tiles and chart."""
        super().resizeEvent(event)
        self._left.setFixedWidth(TILES_NARROW if self.width() < NARROW else TILES_WIDE)
        self._fit()

    # -- parts -----------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._left = QFrame()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(12, 12, 12, 12)
        left.addWidget(self.tiles)
        right = QVBoxLayout()
        right.setContentsMargins(12, 4, 12, 4)
        right.setSpacing(0)
        right.addWidget(self._make_header())
        right.addWidget(self.chart, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._left)
        layout.addLayout(right, 1)

    def _make_header(self) -> QStackedWidget:
        self._usual = QWidget()
        layout = self._usual_layout = QHBoxLayout(self._usual)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.title)
        layout.addSpacing(8)
        layout.addWidget(self.chart.legend)
        layout.addStretch(0)
        layout.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        for made in self.buttons.values():
            layout.addWidget(made)
        layout.addSpacing(GAP)
        layout.addWidget(self.chart.ranges)
        self._header = QStackedWidget()
        self._header.setFixedHeight(HEADER)
        self._header.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._header.addWidget(self._usual)
        return self._header

    def _button(self, name: str) -> QPushButton:
        made = button(kind="chip")
        made.clicked.connect(self._evening.stop_source if name == "stop" else self._context.actions[name].trigger)
        return made

    def _bind(self) -> None:
        acts = self._context.actions
        acts.on("enter_numbers", self.enter_numbers)
        acts.on("replay", self.replay)
        acts.on("simulate", self.simulate)
        acts.on("funnel", self.tiles.turn_over)
        acts.on("save_chart", self.save_chart)
        self.chart.turned.connect(self._fit)
        self.chart.chose.connect(lambda keys: self.chose.emit({"chart": keys}))
        self.tiles.chose.connect(lambda keys: self.chose.emit({"tiles": keys}))
        self._evening.source_changed.connect(self._source_changed)
        self._evening.session_changed.connect(lambda _id: self._reread())
        self._evening.numbers_changed.connect(self._show_source_soon)
        self._context.bridge.changed.connect(self._on_changed)

    # -- state -----------------------------------------------------------------------------------------------

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions"):
            self._reread()

    def _reread(self) -> None:
        self._read_session()
        if not self._live and self._entry is not None and self._header.currentWidget() is self._entry:
            self._entry.close_entry()
        self._show_source()

    def _read_session(self) -> None:
        session = self._session = self._context.session()
        self._live = session is not None and session.state is State.LIVE
        self._rehearsal = session is not None and session.rehearsal

    def _show_alarm(self) -> None:
        """Bring the alarm in sight: from behind the number entry, or from the room it is in."""
        if self._entry is not None and self._header.currentWidget() is self._entry:
            self._entry.give_way()
        if not self.isVisible():
            self._context.actions.give("room_live")

    def _say_saved(self, path: Path) -> None:
        """Say where the picture is, as of a workbook. It keeps: behind an error nobody has read it would be lost."""
        self._context.notices.info(
            lambda: _("Saved {name} in {folder}.").format(name=path.name, folder=path.parent),
            action=lambda: _("Open"),
            on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
            keeps=True,
        )

    def _forget_sheet(self) -> None:
        self.sheet = None

    def _tell_mixed(self) -> None:
        """Say so where real sources told figures of this rehearsal before: the audience's come on top of them."""
        told = self._evening.figures.last_at if self._evening.figures else {}
        others = [source for source in told if source not in OWN_SOURCES]
        if others:
            self._context.notices.info(lambda: _mixed(others[:3]), keeps=True)

    def _set_speed(self, speed: str) -> None:
        self._speed = speed
        self._show_source()

    def _source_changed(self, _name: str) -> None:
        self._speed = ""
        self._show_source()

    def _show_source_soon(self) -> None:
        self._context.gaps.soon(self._show_source)

    def _show_source(self) -> None:
        """Say where the numbers come from, and offer what can be done about it."""
        self._tell_source()
        running = bool(self._evening.source_name)
        offered = {
            "enter_numbers": self._live,
            "replay": self._live and not running,
            "simulate": self._live and self._rehearsal and not running,
            "stop": running,
        }
        self._offered = {name for name, there in offered.items() if there}
        self._fit()

    def _tell_source(self) -> None:
        running = self._evening.source_name
        words = f"{running[:28]} {self._speed}".strip() if running else ""
        state = source_state(
            self._session,
            self._evening.figures_of(self._session),
            self._context.desk.clock.now(),
            thresholds(self._context.desk.settings.alarms),
            words,
        )
        self.pill.setText(state.text)
        set_look(self.pill, tone=state.tone)

    def _fit(self) -> None:
        """Leave out the legend, then the title, where the header has no room for all of it.

        An alarm is read whole: it takes the legend's place, and what can be done elsewhere gives way to it, the
        ranges only where its figure or its act would be cut.
        """
        if self._standing() == self._fitted:
            return
        empty = self.chart.is_empty
        self.chart.ranges.setVisible(not empty)
        for name, made in self.buttons.items():
            made.setText(self._titles.get(name, ""))
            made.setVisible(name in self._offered)
        self.pill.setVisible(bool(self.pill.text()))
        alarm = self._alarm if self._alarm is not None and not self._alarm.isHidden() else None
        wanted = alarm.sizeHint().width() + GAP if alarm is not None else 0
        if self._room_left() < wanted:  # the sign alone: what it does is its tooltip
            for name in ("enter_numbers", "stop"):
                self.buttons[name].setText(self._titles.get(name, "")[:1])
        if self._room_left() < wanted:
            self.pill.hide()
        if alarm is not None and self._room_left() < wanted:
            for name in ("replay", "simulate"):
                self.buttons[name].hide()
        if alarm is not None and self._room_left() < alarm.least() + GAP:
            self.chart.ranges.hide()
        room = self._room_left() - self.title.sizeHint().width() - 4 * GAP
        self.chart.legend.setVisible(not empty and alarm is None and room >= self.chart.legend.sizeHint().width())
        self.title.setVisible(room >= wanted)
        self._fitted = self._standing()

    def _standing(self) -> tuple[object, ...]:
        """Return all that fitting looks at and what came of it: twice a second nothing is another."""
        parts = (self.title, self.chart.legend, self._alarm, self.pill, *self.buttons.values(), self.chart.ranges)
        sizes = [(part.isHidden(), part.sizeHint().width()) for part in parts if part is not None]
        least = self._alarm.least() if self._alarm is not None else 0
        inputs = (self._header.width(), self.chart.is_empty, self.pill.text(), least)
        return (*inputs, frozenset(self._offered), tuple(self._titles.values()), *sizes)

    def _room_left(self) -> int:
        """Return what the controls of the header leave of its width, in px."""
        always = (self.pill, *self.buttons.values(), self.chart.ranges)
        return self._header.width() - sum(part.sizeHint().width() + GAP for part in always if not part.isHidden())


def _mixed(others: list[str]) -> str:
    text = _("This rehearsal's figures are mixed: {sources} told some before the simulated audience came.")
    return text.format(sources=_(", ").join(map(source_name, others)))
