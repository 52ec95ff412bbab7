"""One quiet line: the gravest alarm of the show on air, what could be done, and a key to say it was seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.alarm_book import AlarmBook, Episode, Look
from liveshop_desk.model.alarm_watch import Scene, Shelf, SoldLately, alarms_of
from liveshop_desk.model.alarms import STOCK_KEYS, Alarm, Part, thresholds
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.product import Product
from liveshop_desk.model.session import Pitch, Segment, Session, State
from liveshop_desk.ops import scripts
from liveshop_desk.store import alarm_log, queries
from liveshop_desk.store.alarm_log import Logged
from liveshop_desk.store.store import Store
from ui.context import Context
from ui.evening import Evening
from ui.past import Past
from ui.widgets.basics import button, label, plain_tip
from ui.widgets.elided import ElidedLabel

TICK_MS = 1000
_GAP = 6
_NAME = 96  # px of a name that still tell which: its beginning and its end


class AlarmLine(QWidget):
    """Looks once a second while a show is on air. ``turned`` when there is something else to say, or nothing more.

    ``wanted`` where somebody answers an alarm that is not in sight: it is shown instead, and not answered unseen.

    ``sources`` gives the sources that ought to talk by themselves, with when they last did; ``faults`` what OBS is
    troubled by: (kind, words, is the stream itself in danger).
    """

    turned = Signal()
    wanted = Signal()
    stock_wanted = Signal(str)  # the SKU whose stock is to be edited

    def __init__(self, context: Context, evening: Evening, past: Past, parent: QWidget) -> None:
        super().__init__(parent)  # it may have something to say at once: shown without one it is a window of its own
        self._past = past
        self._context = context
        self._evening = evening
        self.sources: Callable[[], Mapping[str, Instant]] = dict
        self.faults: Callable[[], Sequence[tuple[str, Part, bool]]] = tuple
        self._book = AlarmBook()
        self._shown: Episode | None = None
        self._session: Session | None = None
        self._segment: Segment | None = None
        self._pitch: Pitch | None = None
        self._listed = 0
        self._sold = SoldLately()
        self._usual: dict[str, float] = {}
        self._at_start: dict[str, tuple[int, int]] = {}  # SKU → (clicks, orders) when it went on air
        self.words = ElidedLabel(size=13, bold=True, tone="next")
        self.more = label(size=13, bold=True, tone="next")
        self.act = button(kind="chip")
        self.seen = button("✓", kind="chip")
        self._arrange()
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self.look))
        context.actions.on("alarm_seen", self.acknowledge)
        context.actions.on("alarm_act", self.do_it)
        context.bridge.changed.connect(self._on_changed)
        evening.session_changed.connect(lambda _id: self._read())
        self.hide()
        self.retranslate()
        self._read()

    def text(self) -> str:
        """Return what is said; empty where all is well."""
        return self.words.text()

    def short(self) -> list[str]:
        """Return the SKUs whose stock an alarm is about, the shown one first; those already seen are among them."""
        shown = [self._shown.alarm] if self._shown else []
        return [alarm.about for alarm in (*shown, *self._book.holding) if alarm.key in STOCK_KEYS]

    def least(self) -> int:
        """Return the px that figure, act and the number of others need, the name cut to little."""
        return self.sizeHint().width() - self.words.sizeHint().width() + self.words.width_with(_NAME)

    def retranslate(self) -> None:
        """Say it in the language in use."""
        keys = self._context.actions.keys_text
        self.seen.setAccessibleName(_("Alarm seen"))
        self.seen.setToolTip(plain_tip(_("Seen: be quiet about it") + f"  {keys('alarm_seen')}"))
        self.act.setText(_("Do it"))
        self.look()

    def look(self) -> None:
        """Say what is wrong now; the same words are not said twice."""
        scene = self._scene()
        alarms = alarms_of(scene, thresholds(self._context.desk.settings.alarms)) if scene else []
        self._keep(self._book.look(alarms, self._context.desk.clock.now()) if scene else None)
        before = (self._shown.id if self._shown else "", self.act.isHidden())
        self._shown = self._book.current
        self._say(self._shown.alarm if self._shown else None)
        if before != (self._shown.id if self._shown else "", self.act.isHidden()):
            self.turned.emit()

    def acknowledge(self) -> None:
        """Take the alarm away until it comes anew; the record says when it was seen."""
        if self._in_sight():
            self._acknowledged()

    def _in_sight(self) -> bool:
        """Tell whether the alarm can be seen; where it cannot, let it be shown."""
        if self._shown is None or self.isVisible():
            return True
        self.wanted.emit()
        return False

    def _acknowledged(self) -> None:
        now, session = self._context.desk.clock.now(), self._session
        episode = self._book.acknowledge(now)
        if episode is not None and session is not None:
            self._write(lambda store: alarm_log.acknowledge(store, session.id, episode.id, now))
        self.look()

    def do_it(self) -> None:
        """Do what the alarm proposes: give its command or send its cue. It counts as seen."""
        alarm = self._shown.alarm if self._shown else None
        if alarm is None or self._session is None or not self._in_sight():
            return
        if alarm.command:
            self._context.actions.give(alarm.command)
        elif alarm.cue:
            self._context.attempt(scripts.send_cue, self._session.id, alarm.cue_text())
        elif alarm.key in STOCK_KEYS:
            self.stock_wanted.emit(alarm.about)
        else:
            return
        self._acknowledged()

    def _say(self, alarm: Alarm | None) -> None:
        text = _line(alarm)
        more = f"+{self._book.waiting}" if self._book.waiting else ""
        can_act = alarm is not None and (bool(alarm.command or alarm.cue) or alarm.key in STOCK_KEYS)
        self.act.setVisible(can_act)
        if alarm is not None:
            keys = self._context.actions.keys_text("alarm_act")
            self.act.setToolTip(plain_tip(f"{alarm.cue_text() or alarm.proposal()}  {keys}"))
            self.act.setAccessibleName(alarm.proposal() or _("Do it"))
        if (text, more) != (self.words.text(), self.more.text()):
            self.words.say(text, alarm.name() if alarm is not None else "")
            self.more.setText(more)
            self.more.setVisible(bool(more))
            self.setAccessibleName(f"{text}  {more}".rstrip())
        self.setVisible(bool(text))

    def _keep(self, found: Look | None) -> None:
        """Write what began and ended into the record."""
        if found is None or self._session is None:
            return
        session_id = self._session.id
        for each in found.began:
            logged = Logged(each.id, each.since, each.alarm, None, None)
            self._write(lambda store, logged=logged: alarm_log.begin(store, session_id, logged))
        self._write_ended(session_id, found.ended)

    def _write_ended(self, session_id: str, ended: Sequence[Episode]) -> None:
        for each in ended:
            self._write(lambda store, each=each: alarm_log.end(store, session_id, each.id, each.held_at))

    def _write(self, task: Callable[[Store], None]) -> None:
        """Let the numbers' writer write the record: the window does not wait for the disk.

        A full disk is said elsewhere, and no alarm is worth a second one about itself.
        """
        inlet = self._evening.inlet
        if inlet is not None:
            inlet.write_beside(task)
            return
        with suppress(UserError):
            task(self._context.desk.store)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.words)
        layout.addWidget(self.more)
        layout.addStretch(1)
        layout.addWidget(self.act)
        layout.addWidget(self.seen)
        self.act.clicked.connect(self._context.actions["alarm_act"].trigger)
        self.seen.clicked.connect(self._context.actions["alarm_seen"].trigger)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "segments", "pitches", "shelf"):
            self._read()

    def _read(self) -> None:
        """Read what is on air; nothing is looked at while no show is."""
        store, session = self._context.desk.store, self._context.on_air()
        live = session is not None and session.state is State.LIVE
        self._turn_to(session if live else None)
        before = self._pitch.id if self._pitch else ""
        self._segment = self._pitch = None
        if session is not None and live:
            open_pitches = (pitch for pitch in queries.pitches(store, session.id) if pitch.ended_at is None)
            self._pitch = pitch = next(open_pitches, None)
            found = (s for s in queries.segments(store, session.id) if pitch and s.id == pitch.segment_id)
            self._segment = next(found, None)
            self._listed = queries.listed(store, session.id)
            if pitch is not None and pitch.id != before:
                self._at_start = self._clicked()
            self._timer.start(TICK_MS)
        else:
            self._timer.stop()
        self.look()

    def _turn_to(self, session: Session | None) -> None:
        """Look at another session, or at none; what was open of the one before is over."""
        before, self._session = self._session, session
        if (before.id if before else "") == (session.id if session else ""):
            return
        store = self._context.desk.store
        left = self._book.clear()
        if before is not None:
            self._write_ended(before.id, left)
        if session is not None:
            now = self._context.desk.clock.now()
            self._book.resume([_episode(each, now) for each in alarm_log.still_open(store, session.id)])
        self._sold = SoldLately()
        self._usual = alarm_log.usual_click_pay(store, session.id) if session is not None else {}

    def _clicked(self) -> dict[str, tuple[int, int]]:
        figures = self._evening.figures_of(self._session)
        per_sku = figures.per_sku if figures else {}
        return {sku: (sold.clicks or 0, sold.orders) for sku, sold in per_sku.items()}

    def _scene(self) -> Scene | None:
        session, figures = self._session, self._evening.figures_of(self._session)
        if session is None or session.started_at is None or figures is None or not self._past.is_known(session):
            return None
        now = self._context.desk.clock.now()
        reached = pace(plan_of(session, self._past.of(session).curve), now, figures.total("gmv"))
        segment, pitch = self._segment, self._pitch
        self._sold.note(now, {sku: sold.units for sku, sold in figures.per_sku.items()})
        shelves = self._shelves(segment, figures) if segment is not None else []
        scene = Scene(
            now, session.started_at, figures, reached, shelves=shelves, others=self._others(shelves),
            sources=self.sources(), listed=self._listed, faults=self.faults(), missing=self._evening.missing,
        )  # fmt: skip
        if segment is None or pitch is None:
            return scene
        return replace(
            scene,
            title=segment.title,
            aired=(now - pitch.started_at) / 1000,
            planned_seconds=segment.planned_seconds,
        )

    def _shelves(self, segment: Segment, figures: LiveFigures) -> list[Shelf]:
        """Return the SKUs on air with what they sold lately."""
        product = queries.product(self._context.desk.store, segment.product_id) if segment.product_id else None
        if product is None:
            return []
        return [self._shelf(product, place, figures) for place in range(len(product.skus))]

    def _others(self, on_air: Sequence[Shelf]) -> list[Shelf]:
        """Return the SKUs that sold lately though they are not on air."""
        ids = set(self._sold.sold()) - {shelf.id for shelf in on_air}
        found = queries.named_skus(self._context.desk.store, sorted(ids)) if ids else []
        return [Shelf(named.item, named.sku.stock, *self._sold.of(named.sku.id), named.sku.id) for named in found]

    def _shelf(self, product: Product, place: int, figures: LiveFigures) -> Shelf:
        sku = product.skus[place]
        name = product.title if len(product.skus) == 1 else f"{product.title} {sku.spec}".strip()
        sales = figures.per_sku.get(sku.id)
        clicks, orders = ((sales.clicks or 0), sales.orders) if sales else (0, 0)
        before = self._at_start.get(sku.id, (0, 0))
        usual = self._usual.get(sku.id)
        units, seconds = self._sold.of(sku.id)
        return Shelf(name, sku.stock, units, seconds, sku.id, clicks - before[0], orders - before[1], usual)


def _episode(logged: Logged, now: Instant) -> Episode:
    """Return an alarm of the record as it is open now; its words are there where it still holds."""
    return Episode(logged.id, logged.alarm, logged.at, now, logged.acknowledged_at)


def _line(alarm: Alarm | None) -> str:
    """Write the line: the reason and what could be done."""
    if alarm is None:
        return ""
    proposal = f" → {alarm.proposal()}" if alarm.act else ""
    return f"⚠ {alarm.message()}{proposal}"
