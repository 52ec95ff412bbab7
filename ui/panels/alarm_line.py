"""One quiet line: the gravest alarm of the show on air with its reason, nothing where all is well."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.model.alarm_watch import Scene, Shelf, SoldLately, gravest
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.session import Pitch, Segment, Session, State
from liveshop_desk.store import queries
from ui.context import Context
from ui.evening import Evening
from ui.widgets.elided import ElidedLabel

TICK_MS = 1000


class AlarmLine(ElidedLabel):
    """Looks once a second while a show is on air. ``turned`` when there is something to say, or no more."""

    turned = Signal()

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__(size=13, bold=True, tone="next")
        self._context = context
        self._evening = evening
        self._session: Session | None = None
        self._segment: Segment | None = None
        self._pitch: Pitch | None = None
        self._sold = SoldLately()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        context.bridge.changed.connect(self._on_changed)
        evening.session_changed.connect(lambda _id: self._read())
        self.hide()
        self._read()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        self.look()

    def look(self) -> None:
        """Say what is wrong now; the same words are not said twice."""
        alarm = gravest(scene) if (scene := self._scene()) else None
        text = f"⚠ {alarm.message()}" if alarm is not None else ""
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(text)
        if bool(text) == self.isHidden():
            self.setVisible(bool(text))
            self.turned.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "segments", "pitches"):
            self._read()

    def _read(self) -> None:
        """Read what is on air; nothing is looked at while no show is."""
        store, session = self._context.desk.store, self._context.on_air()
        live = session is not None and session.state is State.LIVE
        self._session = session if live else None
        self._segment = self._pitch = None
        if session is not None and live:
            open_pitches = (pitch for pitch in queries.pitches(store, session.id) if pitch.ended_at is None)
            self._pitch = pitch = next(open_pitches, None)
            found = (s for s in queries.segments(store, session.id) if pitch and s.id == pitch.segment_id)
            self._segment = next(found, None)
            self._timer.start(TICK_MS)
        else:
            self._timer.stop()
        self.look()

    def _scene(self) -> Scene | None:
        session, figures = self._session, self._evening.figures_of(self._session)
        if session is None or session.started_at is None or figures is None:
            return None
        now = self._context.desk.clock.now()
        reached = pace(plan_of(session), now, figures.total("gmv"))
        segment, pitch = self._segment, self._pitch
        if segment is None or pitch is None:
            return Scene(now, session.started_at, figures, reached)
        aired = (now - pitch.started_at) / 1000
        shelves = self._shelves(segment, figures, now)
        return Scene(now, session.started_at, figures, reached, segment.title, aired, segment.planned_seconds, shelves)

    def _shelves(self, segment: Segment, figures: LiveFigures, now: int) -> list[Shelf]:
        """Return the SKUs on air with what they sold lately."""
        product = queries.product(self._context.desk.store, segment.product_id) if segment.product_id else None
        if product is None:
            return []
        sold = {sku.id: figures.per_sku[sku.id].units if sku.id in figures.per_sku else 0 for sku in product.skus}
        self._sold.note(now, sold)
        alone = len(product.skus) == 1
        names = {sku.id: product.title if alone else f"{product.title} {sku.spec}".strip() for sku in product.skus}
        return [Shelf(names[sku.id], sku.stock, *self._sold.of(sku.id)) for sku in product.skus]
