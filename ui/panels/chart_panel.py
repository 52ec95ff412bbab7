"""The live chart with its ranges, or what to do to get numbers (A5)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.session import Session, State
from ui.context import Context
from ui.evening import Evening
from ui.panels.chart_legend import MOST, Legend, Ranges
from ui.past import Past
from ui.theme import Theme
from ui.widgets.basics import action_button, label

if TYPE_CHECKING:  # numpy and pyqtgraph are loaded when there is something to draw
    from ui.panels.chart_flags import Flags
    from ui.panels.chart_series import Series
    from ui.widgets.chart_picture import Flag
    from ui.widgets.live_chart import LiveChart

TICK_MS = 1000
LEAST_MS = 2 * 60_000  # a shorter window shows nothing more
_MARKED = ("segments", "pitches", "products", "skus", "cues", "incidents")  # what markers are made of
_USUAL = ("online", "gmv")


class ChartPanel(QWidget):
    """Chart or empty state; ``legend`` and ``ranges`` are for whoever has a header. It redraws only while seen.

    ``turned`` from the empty state to the chart or back (``is_empty``), or when the header's parts need other room;
    ``chose(keys)`` when the user has chosen other lines.
    """

    turned = Signal()
    chose = Signal(tuple)

    def __init__(self, context: Context, evening: Evening, past: Past | None = None) -> None:
        super().__init__()
        self._past = past or Past(context.desk.store)
        self._keys = _known(context.desk.settings.chart)
        self._named: tuple[object, ...] = ()  # what the legend says
        self._held: tuple[float, float] | None = None  # the window of time, while it does not follow now
        self._series: Series | None = None
        self._context = context
        self._evening = evening
        self._flags: tuple[Flag, ...] = ()
        self._on_air: Instant | None = None
        self._markers: Flags | None = None
        self._touched: set[str] = set()  # tables that changed since the markers were read
        self._stale = True
        self._session: Session | None = None
        self.chart: LiveChart | None = None
        self.is_empty = True
        self.span = 60 * 60_000
        self._lay_out()
        self._listen()
        self.retranslate()

    def _lay_out(self) -> None:
        self.legend = Legend()
        self.legend.chosen.connect(self.choose)
        self.ranges = Ranges(self.span)
        self.ranges.chosen.connect(self.set_span)
        self.ranges.followed.connect(self.follow)
        self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # until it is known what there is to show
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _listen(self) -> None:
        context, evening = self._context, self._evening
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._tick))
        self._timer.start(TICK_MS)
        evening.numbers_changed.connect(self.refresh_soon)
        self._past.arrived.connect(self.refresh_soon)
        evening.session_changed.connect(lambda _id: self._reread())
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._reread())

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self._named = ()
        self.ranges.retranslate()
        self.setAccessibleName(_("Live chart"))
        if self.chart is not None:
            self.chart.setAccessibleName(_("Live chart"))
        self._reread()

    def restyle(self, theme: Theme) -> None:
        """Change the chart's colours."""
        if self.chart is not None:
            self.chart.restyle(theme)

    def set_span(self, span: int) -> None:
        """Show the newest ``span`` ms, 0 for all of the session; the chart goes on following."""
        self.span = span
        self.follow()

    def choose(self, keys: tuple[str, ...]) -> None:
        """Show other lines from here on."""
        self._keys = _known(keys)
        self.chose.emit(self._keys)
        self.refresh()

    def follow(self) -> None:
        """Go along with now again."""
        self._hold(None)

    def hold(self, start: float, end: float) -> None:
        """Show a window of time chosen by hand (ms); one that reaches now follows it."""
        session, until = self._session, self._until()
        if session is None or session.started_at is None:
            return
        from ui.panels.chart_data import View, window

        whole_start, whole_end = window(View(session, session.started_at, until), plan_of(session))
        length = min(max(end - start, LEAST_MS), whole_end - whole_start)
        start = min(max(start, whole_start), whole_end - length)
        self._hold((start, start + length))

    def refresh_soon(self) -> None:
        """Redraw between two frames of the prompter."""
        self._context.gaps.soon(self.refresh)

    def refresh(self) -> None:
        """Draw what is known now; nothing is done while nobody can see it."""
        if not self.isVisible() or self._must_wait():
            return
        touched, self._touched = self._touched, set()
        if self._stale:
            self._read()
        elif touched and self._session is not None:
            self._read_markers(self._session, touched)
        session, figures = self._session, self._evening.figures_of(self._session)
        started = session.started_at if session is not None else None
        known = figures is not None and any(figures.told_at(key) is not None for key in BASES)
        if session is None or started is None or figures is None or not known:
            self._show_empty()
            return
        from ui.panels.chart_data import View, picture_of

        view = View(session, started, self._until(), self.span, self._keys, self._held, self._past.of(session))
        chart = self._chart()
        chart.show_picture(picture_of(self._series_of(figures, started), view, self._flags, self._on_air))
        self._name_lines(chart)
        self._show_page(chart)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self.refresh_soon()

    # -- parts -----------------------------------------------------------------------------------------------

    def _chart(self) -> LiveChart:
        """Return the chart, made when it is first needed."""
        if self.chart is None:
            from ui.widgets.live_chart import LiveChart

            self.chart = LiveChart(self._context.theme)
            self.chart.setAccessibleName(_("Live chart"))
            self.chart.window_wanted.connect(self.hold)
            self.chart.follow_wanted.connect(self.follow)
            self._stack.addWidget(self.chart)
        return self.chart

    def _series_of(self, figures: LiveFigures, started: Instant) -> Series:
        """Return the arrays of these figures, kept from one redraw to the next."""
        if self._series is None or self._series.figures is not figures:
            from ui.panels.chart_series import Series

            self._series = Series(figures, started)
        return self._series

    def _name_lines(self, chart: LiveChart) -> None:
        """Let the legend say what is drawn, and what was chosen though no figure of it came."""
        from ui.panels.chart_data import color_of

        drawn = {line.key for line in chart.picture.lines}
        named = [("●" if k in drawn else "○", color_of(self._keys, k), _(METRICS[k].label)) for k in self._keys]
        named += [("┅", "faint", _("Goal"))] if "goal" in drawn else []
        if tuple(named) != self._named:
            self._named = tuple(named)
            self.legend.show_lines(tuple(named), self._keys)
            self.turned.emit()

    def _hold(self, held: tuple[float, float] | None) -> None:
        before, self._held = self._held, held
        self.ranges.show_span(self.span, held=held is not None)
        if (before is None) != (held is None):
            self.turned.emit()
        self.refresh()

    def _until(self) -> Instant:
        """Return the newest instant there can be figures of."""
        session = self._session
        now = self._context.desk.clock.now()
        started = session.started_at if session else None
        return now if session is None or started is None else max(session.ended_at or now, started)

    def _make_empty(self) -> None:
        """Make the page that says where numbers come from."""
        self.empty = QWidget()
        self._empty_title = label(size=14, bold=True)
        self._empty_text = label(size=13, tone="dim")
        for made in (self._empty_title, self._empty_text):
            made.setAlignment(Qt.AlignmentFlag.AlignCenter)
            made.setWordWrap(True)
        acts = QHBoxLayout()
        acts.addStretch(1)
        self._empty_acts: dict[str, QPushButton] = {}
        for name in ("enter_numbers", "replay", "simulate"):
            made = self._empty_acts[name] = action_button(self._context.actions[name])
            acts.addWidget(made)
        acts.addStretch(1)
        layout = QVBoxLayout(self.empty)
        layout.addStretch(1)
        layout.addWidget(self._empty_title)
        layout.addWidget(self._empty_text)
        layout.addSpacing(8)
        layout.addLayout(acts)
        layout.addStretch(1)

    # -- state -----------------------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        self._show_page(self.empty)
        session = self._session
        live = session is not None and session.state is State.LIVE
        for name, made in self._empty_acts.items():
            made.setVisible(live and (name != "simulate" or bool(session and session.rehearsal)))
        title, text = self._empty_words(session)
        self._empty_title.setText(title)
        self._empty_text.setText(text)

    def _empty_words(self, session: Session | None) -> tuple[str, str]:
        if session is None:
            return _("No session is chosen"), _("Choose a session to see its numbers.")
        if self._evening.is_reading(session):
            return _("Reading the figures …"), ""
        if session.state is State.ENDED:
            return (
                _("No curve for this session"),
                _("Its numbers were not followed from minute to minute on this desk."),
            )
        keys = self._context.actions.keys_text("enter_numbers")
        if session.state is State.LIVE:
            return (
                _("No figure yet"),
                _("Type what the platform's screen shows ({keys}), or connect a source ({sources}).").format(
                    keys=keys, sources=self._context.actions.keys_text("sources")
                ),
            )
        return (
            _("Numbers appear here once the show is on air"),
            _("Type them ({keys}), replay a recording, or rehearse with a simulated audience.").format(keys=keys),
        )

    def _must_wait(self) -> bool:
        """Tell whether the chart's library is still on its way; before a show nothing of it is needed."""
        session = None if self._context.drawable else self._context.session()
        return session is not None and session.started_at is not None

    def _tick(self) -> None:
        """Let time go on; what has ended stands still."""
        if self._session is None or self._session.state is State.LIVE:
            self.refresh()

    def _show_page(self, page: QWidget) -> None:
        """Turn to a page; ranges and legend belong to the chart alone."""
        self._stack.setCurrentWidget(page)
        empty = page is self.empty
        if empty != self.is_empty:
            self.is_empty = empty
            self.turned.emit()

    def _on_changed(self, changes: Changes) -> None:
        """Re-read the markers; sales move stock all the time and are no marker."""
        if changes.label == "sold":
            return
        if changes.touches("sessions"):
            self._reread()
        elif changes.touches(*_MARKED):
            self._touched |= changes.tables
            self.refresh_soon()

    def _reread(self) -> None:
        self._stale = True
        self.refresh_soon()

    def _read(self) -> None:
        """Read the session and all its markers."""
        self._stale = False
        before = self._session.id if self._session else ""
        session = self._session = self._context.session()
        if (session.id if session else "") != before:
            self._held = None
            self.ranges.show_span(self.span, held=False)
        if session is None or session.started_at is None:
            self._flags, self._on_air, self._markers = (), None, None
            return
        from ui.panels.chart_flags import Flags

        self._markers = Flags(self._context.desk.store, session)
        self._read_markers(session, None)

    def _read_markers(self, session: Session, tables: Collection[str] | None) -> None:
        """Read the markers that ``tables`` hold, ``None`` for all."""
        from ui.panels.chart_flags import on_air_since

        if self._markers is None:
            return
        self._flags = self._markers.read(session.ended_at or self._context.desk.clock.now(), tables)
        if tables is None or "pitches" in tables:
            live = session.state is State.LIVE
            self._on_air = on_air_since(self._context.desk.store, session.id) if live else None


def _known(keys: Collection[str]) -> tuple[str, ...]:
    """Return the metrics there are among ``keys``, each once; the usual two where none is."""
    return tuple(key for key in dict.fromkeys(keys) if key in METRICS)[:MOST] or _USUAL
