"""The live chart with its ranges, or what to do to get numbers (A5)."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.session import Session, State
from ui.context import Context
from ui.evening import Evening
from ui.theme import Theme
from ui.widgets.basics import action_button, button, label

if TYPE_CHECKING:  # numpy and pyqtgraph are loaded when there is something to draw
    from ui.panels.chart_flags import Flags
    from ui.widgets.chart_picture import Flag
    from ui.widgets.live_chart import LiveChart

TICK_MS = 1000
MINUTE_MS = 60_000
RANGES = ((15 * MINUTE_MS, mark("15 min")), (60 * MINUTE_MS, mark("1 h")), (0, mark("Full")))
_MARKED = ("segments", "pitches", "skus", "cues", "incidents")  # what markers are made of
_LEGEND = (("online", "chosen", "●"), ("gmv", "good", "●"), ("goal", "faint", "┅"))


class ChartPanel(QWidget):
    """Chart or empty state; ``legend`` and ``ranges`` are for whoever has a header. It redraws only while seen."""

    turned = Signal()  # from the empty state to the chart or back: ``is_empty``

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__()
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
        self.span = 60 * MINUTE_MS
        self._make_legend()
        self._make_ranges()
        self._make_empty()
        self._stack = QStackedWidget()
        self._stack.addWidget(QWidget())  # until it is known what there is to show
        self._stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)
        evening.numbers_changed.connect(self.refresh)
        evening.session_changed.connect(lambda _id: self._reread())
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self._reread())
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        names = {"online": _("Online"), "gmv": _("GMV"), "goal": _("Goal")}
        for (key, _color, _sign), text in zip(_LEGEND, self._legend_texts, strict=True):
            text.setText(names[key])
        for made, (_span, title) in zip(self._range_buttons, RANGES, strict=True):
            made.setText(_(title))
            made.setAccessibleName(_("Show {range}").format(range=_(title)))
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
        for made, (length, _title) in zip(self._range_buttons, RANGES, strict=True):
            made.setChecked(length == span)
        self.refresh()

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
        known = figures is not None and (figures.total("online") is not None or figures.total("gmv") is not None)
        if session is None or started is None or figures is None or not known:
            self._show_empty()
            return
        from ui.panels.chart_data import View, picture_of

        until = max(session.ended_at or self._context.desk.clock.now(), started)
        chart = self._chart()
        chart.show_picture(picture_of(figures, View(session, started, until, self.span), self._flags, self._on_air))
        self._show_page(chart)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self.refresh()

    # -- parts -----------------------------------------------------------------------------------------------

    def _chart(self) -> LiveChart:
        """Return the chart, made when it is first needed."""
        if self.chart is None:
            from ui.widgets.live_chart import LiveChart

            self.chart = LiveChart(self._context.theme)
            self.chart.setAccessibleName(_("Live chart"))
            self._stack.addWidget(self.chart)
        return self.chart

    def _make_legend(self) -> None:
        self.legend = QWidget()
        layout = QHBoxLayout(self.legend)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._legend_texts: list[QLabel] = []
        for _key, color, sign in _LEGEND:
            layout.addWidget(label(sign, size=12, tone=color))
            self._legend_texts.append(label(size=12, tone="dim"))
            layout.addWidget(self._legend_texts[-1])
            layout.addSpacing(6)

    def _make_ranges(self) -> None:
        self.ranges = QWidget()
        layout = QHBoxLayout(self.ranges)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        group = QButtonGroup(self)
        self._range_buttons: list[QPushButton] = []
        for span, _title in RANGES:
            made = button(kind="chip")
            made.setCheckable(True)
            made.setChecked(span == self.span)
            made.clicked.connect(lambda _checked=False, length=span: self.set_span(length))
            group.addButton(made)
            layout.addWidget(made)
            self._range_buttons.append(made)

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
        if session.state is State.ENDED:
            return (
                _("No curve for this session"),
                _("Its numbers were not followed from minute to minute on this desk."),
            )
        keys = self._context.actions.keys_text("enter_numbers")
        if session.state is State.LIVE:
            return (
                _("No figure yet"),
                _("Type what the platform's screen shows ({keys}), or replay a recording.").format(keys=keys),
            )
        return (
            _("Numbers appear here once the show is on air"),
            _("Type them ({keys}), replay a recording, or rehearse with a simulated audience.").format(keys=keys)
            + " "
            + _("Relays of the platforms' own figures come later."),
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
            self.refresh()

    def _reread(self) -> None:
        self._stale = True
        self.refresh()

    def _read(self) -> None:
        """Read the session and all its markers."""
        self._stale = False
        session = self._session = self._context.session()
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
