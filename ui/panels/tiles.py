"""The KPI tiles of the Live room (A5): nine figures, each with how it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QStackedLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.alarms import thresholds
from liveshop_desk.model.bases import Figures, Number
from liveshop_desk.model.clock import Instant, clock_text
from liveshop_desk.model.coverage import WHOLE
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import Plan, pace, stretch_at
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import basis_of, format_metric, value_of, why_blank
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.money import money_text
from liveshop_desk.model.review_kpis import figures_of
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.tile import Now, figures_ago, stale_levels, tile
from liveshop_desk.store import queries
from ui.context import Context
from ui.evening import Evening
from ui.panels.metric_menu import metric_menu
from ui.panels.source_words import age_words, source_name
from ui.past import Past
from ui.theme import Theme
from ui.widgets.tile import TileView

if TYPE_CHECKING:
    from ui.panels.funnel_view import FunnelView

COLUMNS = 3
MOST = 9
GAP = 8
_LOW = 56  # px of a tile
TICK_MS = 1000


class TilesPanel(QWidget):
    """The tiles named in the settings. Figures come from the session on air, or from the one looked at.

    ``chose(keys)`` when the user has put another metric into a tile (its menu: right click, or Enter on it).
    """

    chose = Signal(tuple)

    def __init__(self, context: Context, evening: Evening, past: Past | None = None) -> None:
        super().__init__()
        self._courses = past or Past(context.desk.store)
        self._context = context
        self._evening = evening
        self._session: Session | None = None
        self._imported: dict[str, int | float] = {}
        self._figures: Figures = {}
        self._coverage = WHOLE
        self._stale = True
        keys = [key for key in dict.fromkeys(context.desk.settings.tiles) if key in METRICS][:MOST]
        self.tiles: dict[str, TileView] = {key: TileView(context.theme, self.explain) for key in keys}
        self._funnel: FunnelView | None = None  # made when it is first turned to
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._grid())
        self._listen()
        self.retranslate()

    def _grid(self) -> QWidget:
        """Return the page with the tiles side by side."""
        page = QWidget()
        layout = QGridLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for number, made in enumerate(self.tiles.values()):
            made.menu_wanted.connect(lambda at, view=made: self.open_menu(view, at))
            layout.addWidget(made, number // COLUMNS, number % COLUMNS)
        for column in range(COLUMNS):
            layout.setColumnStretch(column, 1)
        return page

    def _listen(self) -> None:
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.refresh_soon)
        self._timer.start(TICK_MS)
        self._evening.numbers_changed.connect(self.refresh_soon)
        self._courses.arrived.connect(self.refresh_soon)
        self._evening.session_changed.connect(lambda _id: self._reread())
        self._context.bridge.changed.connect(self._on_changed)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Figures"))
        if self._funnel is not None:
            self._funnel.retranslate()
        self.refresh(seen=True)

    @property
    def funnel(self) -> FunnelView:
        """Return the funnel, made by now."""
        if self._funnel is None:
            from ui.panels.funnel_view import FunnelView

            self._funnel = FunnelView(self._context.theme)
            self._pages.addWidget(self._funnel)
        return self._funnel

    @property
    def shows_funnel(self) -> bool:
        """Tell whether the funnel is shown in the tiles' place."""
        return self._pages.currentIndex() == 1

    def turn_over(self) -> None:
        """Show the funnel instead of the tiles, or the tiles again."""
        if self.shows_funnel:
            self._pages.setCurrentIndex(0)
        else:
            self._pages.setCurrentWidget(self.funnel)
        self.refresh(seen=True)

    def restyle(self, theme: Theme) -> None:
        """Change the colours."""
        if self._funnel is not None:
            self._funnel.restyle(theme)
        for made in self.tiles.values():
            made.restyle(theme)

    def refresh_soon(self) -> None:
        """Refresh between two frames of the prompter."""
        self._context.gaps.soon(self.refresh)

    def refresh(self, *, seen: bool = False) -> None:
        """Write the tiles anew; only what is different is painted, and nothing while nobody can see it."""
        if not (seen or self.isVisible()):
            return
        if self._stale:
            self._read()
        now = self._now()
        if self.shows_funnel:
            from liveshop_desk.model.funnel import funnel

            self.funnel.show_funnel(funnel(now.figures, now.past, now.coverage))
            return
        for key, view in self.tiles.items():
            view.show_tile(tile(key, now))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened unseen."""
        super().showEvent(event)
        self.refresh_soon()

    def minimumSizeHint(self) -> QSize:
        """Return the size of two rows of tiles: the third goes where the window is low."""
        return QSize(super().minimumSizeHint().width(), 2 * _LOW + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many rows as are high enough to be read."""
        super().resizeEvent(event)
        rows = max(2, (event.size().height() + GAP) // (_LOW + GAP))
        for number, made in enumerate(self.tiles.values()):
            made.setVisible(number // COLUMNS < rows)

    def open_menu(self, view: TileView, at: QPoint) -> QMenu:
        """Offer every metric for a tile; the one it shows is ticked, those of other tiles change places with it."""
        menu = metric_menu(self, {view.tile.key}, lambda key, _on: self.put(view.tile.key, key))
        menu.popup(at)
        return menu

    def put(self, old: str, new: str) -> None:
        """Show ``new`` where ``old`` is; if another tile shows it the two change places."""
        swap = {old: new, new: old}
        self.tiles = {swap.get(key, key): view for key, view in self.tiles.items()}
        self.chose.emit(tuple(self.tiles))
        self.refresh(seen=True)

    def explain(self, key: str) -> str:
        """Return a tile's tooltip: what it is made of, by what it counts, and how old its sources are.

        The first line is ours and ends in a line break: so Qt takes the whole for plain text, whatever a source
        calls itself.
        """
        metric = METRICS[key]
        value = value_of(metric, self._figures, self._coverage)
        lines = [f"{_(metric.label)}  {format_metric(metric, value)}"]
        if metric.formula:
            lines.append(_("Formula: {formula}").format(formula=_(metric.formula)))
        why = why_blank(metric, self._figures, self._coverage)
        basis = metric.basis_text() if why else basis_of(metric, self._figures, self._coverage)
        if basis:
            lines.append(_("Basis: {basis}").format(basis=basis))
        if value is None and not self._evening.is_reading(self._session):
            lines.append(_("Blank because {reason}.").format(reason=why or _(metric.blank_when)))
        if key == "gmv":
            lines += self._due()
        return "\n".join(lines + self._sources())  # two lines at least

    def _due(self) -> list[str]:
        """Return what the goal asks of these ten minutes; nothing where there is no goal or no show."""
        session = self._session
        if session is None or session.state is not State.LIVE or not self._courses.is_known(session):
            return []
        part = stretch_at(self._plan(session), self._context.desk.clock.now())
        if part is None:
            return []
        text = _("Goal {start}–{end}: {planned} more, {sum} by then")
        planned, cumulative = (money_text(value, cents=False) for value in (part.planned, part.cumulative))
        return [text.format(start=clock_text(part.start), end=clock_text(part.end), planned=planned, sum=cumulative)]

    def _plan(self, session: Session) -> Plan:
        """Return the goal over time, along the course of the shop's own last sessions."""
        return plan_of(session, self._courses.of(session).curve)

    def _sources(self) -> list[str]:
        """Return every source with the age of its last figure."""
        if self._evening.is_reading(self._session):
            return [_("The figures are being read.")]
        figures = self._evening.figures_of(self._session)
        if figures is None or not figures.last_at:
            return [_("No source has given a figure yet.")]
        now = self._until()
        return [
            _("{source}: {age}").format(source=source_name(source)[:40], age=age_words(now, at))
            for source, at in sorted(figures.last_at.items(), key=lambda item: -item[1])[:6]
        ]

    def _until(self) -> Instant:
        ended = self._session.ended_at if self._session is not None else None
        return ended or self._context.desk.clock.now()

    def _now(self) -> Now:
        """Return what the tiles are made from."""
        session = self._session
        if session is None or self._evening.is_reading(session):
            self._figures, self._coverage = {}, WHOLE
            return Now()
        live = self._evening.figures_of(session) or LiveFigures()  # of a session from a file there are none
        until = self._until()
        started = session.started_at
        seconds = max((until - started) / 1000, 0.0) if started is not None else None
        self._figures = figures_of(live, self._imported, until=until, seconds=seconds)
        self._coverage = live.coverage(self._imported, until)
        gmv = value_of(METRICS["gmv"], self._figures)
        stands = pace(self._plan(session), until, gmv) if self._courses.is_known(session) else None
        limits = thresholds(self._context.desk.settings.alarms)
        stale = stale_levels(live, until, limits.silent_seconds) if session.state is State.LIVE else {}
        return Now(
            self._figures, self._ago(session, until), stands, self._before(session), self._coverage,
            limits.goal_ratio, stale,
        )  # fmt: skip

    def _before(self, session: Session) -> tuple[Figures, ...]:
        """Return the figures of the sessions before; a rehearsal's are not held against real ones."""
        return () if session.rehearsal else self._courses.figures_of(session)

    def _ago(self, session: Session, until: Instant) -> dict[str, Number]:
        """Return the counts of five minutes ago; none of a session that is over: nothing moves any more."""
        live = self._evening.figures_of(self._session)
        if live is None or session.state is not State.LIVE:
            return {}
        return figures_ago(live, live.figures(), until, session.started_at)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "figures"):
            self._courses.look_again()
            self._reread()

    def _reread(self) -> None:
        self._stale = True
        self.refresh()

    def _read(self) -> None:
        """Read the session, what its platform's file said and the sessions before it."""
        self._stale = False
        store = self._context.desk.store
        session = self._session = self._context.session()
        self._imported = {}
        if session is not None:
            self._imported = queries.figures(store, session.id)
