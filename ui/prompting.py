"""Keeps the one reader on the script of the segment on air, with true prices and stock in it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.rundown import rundown
from liveshop_desk.model.session import State
from liveshop_desk.prompter.reader import Reader, Snapshot
from liveshop_desk.prompter.script import Paragraph, parse
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.inflow import Place
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.evening import Evening

KEEP_MS = 1_000  # how often the place is kept: after a crash the reader is at most this far back


class Prompting(QObject):
    """Which script is being read. ``turned(segment_id)`` when another segment is shown, "" for none."""

    turned = Signal(str)

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self.reader = Reader(context.desk.clock)
        self.reader.set_pace(context.desk.settings.prompter_pace)
        self.row: QueueRow | None = None
        self.next_title = ""
        self.on_air_since: Instant | None = None  # when the segment shown went on air
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: self.follow())
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self.keep_place))
        self._timer.start(KEEP_MS)
        self.follow()
        self._resume()

    def follow(self) -> None:
        """Show the segment on air; before the show, the first one that will be."""
        row = self._wanted()
        before = self.row.segment.id if self.row else ""
        self.row = row
        if row is None:
            self.reader.pause()
            self.reader.load(())
        else:
            paragraphs = _text(row)
            if row.segment.id == before:
                self.reader.set_script(paragraphs)
            else:
                self.reader.load(paragraphs)
        now = row.segment.id if row else ""
        if now != before:
            self.turned.emit(now)

    def keep_place(self) -> None:
        """Keep where the reader is, if it has moved since."""
        session = self._context.on_air()
        inlet = self._evening.inlet
        if session is None or session.state is not State.LIVE or self.row is None or inlet is None:
            return
        shot = self.reader.snapshot()
        at = self._context.desk.clock.now()
        place = Place(self.row.segment.id, shot.units, shot.pace, shot.playing, at)
        kept = inlet.kept_place
        if kept and (kept.segment_id, kept.position, kept.pace) == (place.segment_id, place.position, place.pace):
            return
        inlet.keep_place(place)

    def close(self) -> None:
        """Stand still and keep the place no more."""
        self._timer.stop()
        self.reader.pause()

    def _wanted(self) -> QueueRow | None:
        session = self._context.on_air()
        self.on_air_since, self.next_title = None, ""
        if session is None:
            return None
        store = self._context.desk.store
        segments = queries.segments(store, session.id)
        pitches = queries.pitches(store, session.id)
        now, live = self._context.desk.clock.now(), session.state is State.LIVE
        times = rundown(segments, pitches, start=session.planned_start, now=now, live=live)
        self.next_title = "" if times.next is None else segments[times.next].title
        self.on_air_since = next((p.started_at for p in pitches if p.ended_at is None), None)
        index = times.on_air if times.on_air is not None else times.next
        if index is None:
            index = 0 if session.state is State.DRAFT and segments else None
        return None if index is None else queries.queue_row(store, segments[index])

    def _refresh_values(self) -> None:
        """Put a new price or stock into the text; only this one product is read, for it happens while she reads."""
        row = self.row
        if row is None or row.product is None:
            return
        product = queries.product(self._context.desk.store, row.product.id)
        if product == row.product:
            return
        self.row = replace(row, product=product)
        self.reader.set_script(_text(self.row))

    def _resume(self) -> None:
        """Be where the reader was when the program last stopped, standing still: she reads on when she is ready."""
        session = self._context.on_air()
        if session is None or session.state is not State.LIVE or self.row is None:
            return
        place = inflow.place(self._context.desk.store, session.id)
        if place is None or place.segment_id != self.row.segment.id:
            return
        self.reader.restore(Snapshot(place.position, place.pace, playing=False))
        if place.playing:
            keys = self._context.actions.keys_text("prompter_play")
            self._context.notices.info(_("Resumed where it was. {keys} lets the prompter run on.").format(keys=keys))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("products", "segments", "pitches", "sessions") or self._is_rewritten(changes):
            self.follow()
        elif changes.touches("skus"):  # a price edit may reopen ticks too: they are not in the text
            self._refresh_values()

    def _is_rewritten(self, changes: Changes) -> bool:
        """Tell whether the script being read is another now; other segments' scripts are read when it is their turn."""
        return self.row is not None and queries.script_id(self.row.segment) in changes.ids("scripts")


def _text(row: QueueRow) -> tuple[Paragraph, ...]:
    """Return what the anchor reads of a row; without a script, what the catalogue knows of the product."""
    script = row.script if row.script.strip() else _card(row)
    return parse(script).render(values_of(row.product, row.segment.title))


def _card(row: QueueRow) -> str:
    if row.product is None:
        return "{name}"
    lines = ("{name}", "{live_price}  ({list_price})  × {stock}", row.segment.offer or row.product.offer)
    return "\n".join(line for line in (*lines, row.product.selling_points) if line)
