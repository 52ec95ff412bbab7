"""Keeps the one reader on the script of the segment on air, with true prices and stock in it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.rundown import standing
from liveshop_desk.model.session import State
from liveshop_desk.prompter.finish import Finisher
from liveshop_desk.prompter.marks import Style, names_in
from liveshop_desk.prompter.reader import Reader, Snapshot
from liveshop_desk.prompter.script import Paragraph, Run, parse
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.anchors import pace_of
from liveshop_desk.store.inflow import Place
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.evening import Evening
from ui.prompter.measuring import Measuring

UPCOMING = 12  # paragraphs of what comes next
KEEP_MS = 1_000  # how often the place is kept: after a crash the reader is at most this far back


class Prompting(QObject):
    """Which script is being read.

    ``row_changed()`` when ``row`` or what is next has been read anew: while the prompter runs that is a frame after
    the desk was changed. ``upcoming_changed()`` when another segment, or another text of it, comes next.
    """

    row_changed = Signal()
    upcoming_changed = Signal()

    def __init__(self, context: Context, evening: Evening) -> None:
        super().__init__()
        self._context = context
        self._evening = evening
        self.reader = Reader(context.desk.clock)
        self.given_pace = usual_pace(context)  # what the reader was given; its hands may have set another since
        self.reader.set_pace(self.given_pace)
        self.row: QueueRow | None = None
        self.next_title = ""
        self._cast: tuple[str, ...] = ()  # the session's anchors: lines that begin with their names are theirs
        self.upcoming: tuple[Paragraph, ...] = ()  # how the next segment begins, under its title
        self.finisher = Finisher(self.reader, context.desk.clock, self._planned_end)
        self._next: QueueRow | None = None
        ticks = context.desk.clock.ticks
        self._changing = Measuring(self, context.gaps, ticks, first=True)  # the text shown, before it is another
        self._coming = Measuring(self, context.gaps, ticks, first=False)  # the next one, before it is taken
        self.on_air_since: Instant | None = None  # when the segment shown went on air
        self._left: tuple[str, Instant | None, float] = ("", None, 0.0)  # the segment shown before, and how far it was
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(lambda _id: context.gaps.soon(self.follow, first=True))
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._beat))
        self._timer.start(KEEP_MS)
        self.follow()
        self._resume()

    def follow(self) -> None:
        """Show the segment on air; before the show, the first one that will be."""
        since = self.on_air_since
        row = self._wanted()
        before = self.row.segment.id if self.row else ""
        self.row = row
        self._changing.drop()
        if row is None:
            if before:  # the show ended: by a wrong key perhaps, and then it is resumed where it was
                self._left = (before, since, self.reader.position)
            self.reader.pause()
            self.reader.load(())
        else:
            paragraphs = _text(row, self._cast)
            if row.segment.id == before and not self._is_taken(since):
                self._change(paragraphs)
            else:
                units, self._left = self._read_of(row), (before, since, self.reader.position)
                self.reader.load(paragraphs, units)
        self._context.gaps.soon(self._show_upcoming)
        self.row_changed.emit()

    def _change(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Show a changed text; a long one with a value in each paragraph, once it is measured."""
        self._changing.measure(paragraphs, lambda: self.reader.set_script(paragraphs))

    def _is_taken(self, before: Instant | None) -> bool:
        """Tell whether the segment shown was taken anew, so that it begins at its start.

        What is read already when the show's first segment is taken, a little late, is read on.
        """
        taken = self.on_air_since is not None and self.on_air_since != before
        return taken and not (before is None and self.reader.playing)

    def _read_of(self, row: QueueRow) -> float:
        """Return how far ``row`` was read before a wrong key took it off; taken anew it begins at its start."""
        segment_id, since, units = self._left
        return units if since is not None and (segment_id, since) == (row.segment.id, self.on_air_since) else 0.0

    def keep_place(self) -> None:
        """Keep where the reader is, if it has moved since."""
        session = self._context.on_air()
        inlet = self._evening.inlet
        if session is None or session.state is not State.LIVE or self.row is None or inlet is None:
            return
        shot = self.reader.snapshot()
        at = self._context.desk.clock.now()
        pace = (
            self.finisher.own
        )  # after a crash nothing is aimed at any more: not the pace that would have been in time
        place = Place(self.row.segment.id, shot.units, pace, shot.playing, at)
        kept = inlet.kept_place
        if kept and (kept.segment_id, kept.position, kept.pace) == (place.segment_id, place.position, place.pace):
            return
        inlet.keep_place(place)

    def _beat(self) -> None:
        self.keep_place()
        self.finisher.follow()

    def close(self) -> None:
        """Stand still and keep the place no more."""
        self._timer.stop()
        self.reader.pause()

    def _wanted(self) -> QueueRow | None:
        session = self._context.on_air()
        self._cast = names_in(session.anchor) if session else ()
        self.on_air_since, self.next_title, self._next = None, "", None
        if session is None:
            return None
        store = self._context.desk.store
        segments = queries.segments(store, session.id)
        pitches = queries.pitches(store, session.id)
        now, live = self._context.desk.clock.now(), session.state is State.LIVE
        times = standing(segments, pitches, start=session.planned_start, now=now, live=live)
        self.next_title = "" if times.next is None else segments[times.next].title
        after = times.next
        if times.on_air is None and after is not None:  # before the show the next one is shown itself
            after = after + 1 if after + 1 < len(segments) else None
        self._next = None if after is None else queries.queue_row(store, segments[after])
        self.on_air_since = next((p.started_at for p in pitches if p.ended_at is None), None)
        index = times.on_air if times.on_air is not None else times.next
        if index is None:
            index = 0 if session.state is State.DRAFT and segments else None
        return None if index is None else queries.queue_row(store, segments[index])

    def _refresh_values(self) -> None:
        """Put a new price or stock into the text; only these two products are read, for it happens while she reads."""
        self.row, before = self._valued(self.row), self.row
        if self.row is not None and self.row is not before:
            self._change(_text(self.row, self._cast))
        self._next, before = self._valued(self._next), self._next
        if self._next is not before:
            self._context.gaps.soon(self._show_upcoming)
        self.row_changed.emit()

    def _valued(self, row: QueueRow | None) -> QueueRow | None:
        """Return ``row`` with its product as it is now; itself where nothing is another."""
        if row is None or row.product is None:
            return row
        product = queries.product(self._context.desk.store, row.product.id)
        return row if product == row.product else row._replace(product=product)

    def _show_upcoming(self) -> None:
        """Put together how the next segment begins."""
        row = self._next
        title = () if row is None else (Paragraph(), Paragraph((Run("▼ " + row.segment.title, Style.DIRECTION),)))
        text = () if row is None else _text(row, self._cast)
        upcoming = (*title, *text[:UPCOMING])
        self._coming.measure(text)
        if upcoming != self.upcoming:
            self.upcoming = upcoming
            self.upcoming_changed.emit()

    def _planned_end(self) -> Instant | None:
        """Return when the segment on air is planned to end, counted from its real start."""
        if self.row is None or self.on_air_since is None or not self.row.segment.planned_seconds:
            return None
        return self.on_air_since + self.row.segment.planned_seconds * 1000

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
            self._context.notices.info(self._resumed)

    def _resumed(self) -> str:
        keys = self._context.actions.keys_text("prompter_play")
        return _("Resumed where it was. {keys} lets the prompter run on.").format(keys=keys)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("products", "segments", "pitches", "sessions") or self._is_rewritten(changes):
            self._context.gaps.soon(self.follow, first=True)
        elif changes.touches("skus"):  # a price edit may reopen ticks too: they are not in the text
            self._context.gaps.soon(self._refresh_values, first=True)

    def _is_rewritten(self, changes: Changes) -> bool:
        """Tell whether the script being read is another now; other segments' scripts are read when it is their turn."""
        rewritten = changes.ids("scripts")
        return any(row is not None and queries.script_id(row.segment) in rewritten for row in (self.row, self._next))


def usual_pace(context: Context) -> float:
    """Return the pace the session on air is read at: its anchor's own, else that of the settings (units a minute)."""
    session = context.on_air()
    own = pace_of(context.desk.store, session.anchor) if session is not None else None
    return own if own is not None else float(context.desk.settings.prompter_pace)


def _text(row: QueueRow, cast: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Return what the anchor reads of a row; without a script, what the catalogue knows of the product."""
    script = row.script if row.script.strip() else _card(row)
    return _rendered(script, cast, tuple(values_of(row.product, row.segment.title).items()))


@lru_cache(maxsize=4)
def _rendered(script: str, cast: tuple[str, ...], values: tuple[tuple[str, str], ...]) -> tuple[Paragraph, ...]:
    """Return a script with its values in; kept, because the next one has been put together before it is taken."""
    return parse(script, cast).render(dict(values))


def _card(row: QueueRow) -> str:
    if row.product is None:
        return "{name}"
    instead = "" if all(sku.list_price is None for sku in row.product.skus) else "({list_price})  "
    lines = ("{name}", "{live_price}  " + instead + "× {stock}", row.segment.offer or row.product.offer)
    return "\n".join(line for line in (*lines, row.product.selling_points) if line)
