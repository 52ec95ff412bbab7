"""Where all sources end: records are folded into the live figures and written to the shop file in batches."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from logging import getLogger
from threading import Lock

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.grid import LATE_MS
from liveshop_desk.model.live import LiveFigures, is_kept
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import FILE, MANUAL, Record
from liveshop_desk.model.seen import record_key
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.store import Store
from liveshop_desk.store.tape import Tape

_LOG = getLogger(__name__)
KEPT = frozenset({"order", "refund"})  # events kept one by one; the rest is in the buckets (counts, not people)
SLICE = 500  # records folded in one go, where more must not hold the window
_PIECE, _PIECES = 50, 20  # records between two looks at the clock; pieces between two of the prompter's frames
# Seconds a turn between two frames takes: where hardly anything waits, and the longest, where figures fall behind.
_TURN, _LONGEST = 0.002, 0.006
_EACH = (_LONGEST - _TURN) / 10_000  # so much longer for each record that waits
# Ten seconds of 20 000 a second; beyond that memory would not hold. The wire stops at 180 000: the rest is for orders.
MOST_WAITING = 200_000
_FEW = 200  # products and SKUs changed at once whose names are looked at one by one
MOST_KEPT = 100_000  # orders of one source in one session: a source that makes them up must not fill the file


class Inlet:
    """The numbers of one session. ``receive`` may be called from any thread, the rest from the owner's.

    ``moves_stock``: orders take units off the stock (never in a rehearsal on the shop's own file).
    ``kept_place`` is the prompter's place as it is on disk. ``lost`` counts records that were not taken: 200 000 were
    waiting already, or 100 000 orders of their source are kept; ``unrecorded`` those the recording could not take;
    ``early`` by source what was of a time well before the show and counts at its start.
    """

    def __init__(self, store: Store, session_id: str, *, moves_stock: bool, source_order: tuple[str, ...] = ()) -> None:
        self.session_id = session_id
        self.moves_stock = moves_stock
        self.figures = LiveFigures(source_order)
        self._rank = source_order  # to be recorded with the first record: a replay elsewhere must rule alike
        self.since: Instant | None = None  # the show's start: nothing of it is older
        self.kept_place: inflow.Place | None = None
        self.inbox = 0  # the newest line taken from another process
        self.lost = 0
        self.unrecorded = 0
        self.early: Counter[str] = Counter()
        self.unsaved = False  # the newest batch was not taken by the disk: it is tried again
        self._inbox_done = 0  # … and the newest one that is written and gone
        self._store = store
        self._waiting: deque[Record] = deque()
        self._lock = Lock()
        self._unwritten: list[Record] = []
        self._received: list[Record] = []
        self._clicks: Counter[tuple[str, Instant]] = Counter()
        self._prices: dict[str, Fen | None] = {}
        self._writer = ThreadPoolExecutor(1, "inlet")
        self._own: Store | None = None  # the writer thread's connection
        self._tape: Tape | None = None
        self._writing: tuple[Future[None], inflow.Batch] | None = None
        self._disputed: dict[frozenset[str], dict[str, str]] = {}  # SKUs → their names that another has too
        self._names: dict[str, str] | None = None  # name → SKU; not there before somebody wants them
        self._naming: Future[dict[str, str]] | None = None  # … or being read
        self._renamed: set[str] = set()  # products and SKUs changed meanwhile
        self._kept = inflow.kept_by_source(store, session_id)
        self._late: dict[str, list[tuple[str, Record]]] = {}  # order → (key, line) a relay told behind an order file
        for key, record in inflow.late(store, session_id):
            self._late.setdefault(record.order, []).append((key, record))
        carry = inflow.carry(store, session_id)
        self._cut_till: Instant | None = max(carry.cuts, default=0) if carry is not None else 0
        self._restarted = carry is not None  # to be recorded too: what is not kept one by one is not known again
        self.figures.restore(inflow.rollups(store, session_id), carry, inflow.recent(store, session_id))

    @property
    def waiting(self) -> int:
        """Return how many records have come and are not folded yet."""
        return len(self._waiting)

    def receive(self, records: Sequence[Record]) -> None:
        """Take records from a source. Those beyond what memory holds are counted and let go, the newest first."""
        room = MOST_WAITING - len(self._waiting)
        if len(records) > room:
            with self._lock:
                self.lost += len(records) - max(room, 0)
            records = records[: max(room, 0)]
        self._waiting.extend(records)

    def use(self, store: Store) -> None:
        """Read through ``store`` from here on: it was restored in a thread, by a connection of the thread's own."""
        self._store = store

    @property
    def names(self) -> dict[str, str]:
        """Return name → SKU, for each name an order may call it by; waits where they are not read yet."""
        while self._names is None:
            self._take_names()
        return self._names

    def expect_orders(self) -> None:
        """Begin to read the names, unless that was done: orders may come."""
        if self._names is None and self._naming is None:
            self.learn_names()

    def learn_names(self) -> None:
        """Begin to read by which names an order may call a SKU; what comes meanwhile waits in its order.

        Some 40 000 SKUs take a third of a second: the writer reads them, whose thread is nobody's window.
        """
        self._names = None
        self._renamed.clear()
        self._naming = self._writer.submit(lambda: inflow.sku_names(self._writers_store()))

    def _take_names(self) -> None:
        """Take the names that were read, to the newest change; waits for them."""
        if self._naming is None:
            self.learn_names()
        naming, renamed = self._naming, frozenset(self._renamed)
        self._naming = None  # one that failed is read anew for the next who asks
        self._renamed.clear()
        assert naming is not None
        self._names = naming.result()
        self._has_names = Counter(self._names.values())
        if renamed:
            try:
                self.follow_names(renamed)
            except Exception:
                self._names = None  # as they were before the change they would name the wrong SKU: read anew
                raise

    def _has_read_names(self) -> bool:
        """Tell whether the names are there, without waiting for them."""
        self.expect_orders()
        if self._names is None and self._naming is not None and self._naming.done():
            self._take_names()
        return self._names is not None

    def follow_names(self, changed: Collection[str]) -> None:
        """Read the names anew where these products or SKUs (ids) are called otherwise now.

        A whole catalogue's names take a twentieth of a second: not for every card that is edited, every unit sold.
        """
        names = self._names
        if names is None:
            self._renamed.update(changed)  # the reading under way may have been there before them
            return
        fresh = inflow.sku_names_of(self._store, changed) if len(changed) <= _FEW else None
        if fresh is None:
            self.learn_names()
            return
        skus = frozenset(fresh.values())
        as_read = all(names.get(name) == sku for name, sku in fresh.items())
        if as_read and sum(self._has_names[sku] for sku in skus) == len(fresh):
            self._disputed.pop(skus, None)
        elif self._disputed.get(skus) != fresh:  # a name that another product has too never comes out as it is here
            self._disputed[skus] = fresh
            self.learn_names()

    def pump_slice(self) -> int:
        """Fold as many as go between two of the prompter's frames; return how many records were new.

        While the names are being read none is folded: a record without its name would be another's, and all keep
        their order.
        """
        if self._waiting and not self._has_read_names():
            return 0
        ticks, fresh = self._store.clock.ticks, 0
        until = ticks() + min(_TURN + _EACH * len(self._waiting), _LONGEST)
        for _piece in range(_PIECES):
            fresh += self.pump(_PIECE)
            if not self._waiting or ticks() >= until:
                break
        return fresh

    def pump(self, most: int | None = None) -> int:
        """Fold what has arrived (at most ``most``) into the figures; return how many records were new."""
        now, fresh = self._store.clock.now(), 0
        take, absorb, received = self._take_first, self.figures.absorb, self._received
        for _number in range(len(self._waiting) if most is None else min(most, len(self._waiting))):
            record = take(now)
            kept = is_kept(record)
            if record.kind == "revive" and not record.id:
                fresh += self._speak_again(record.order)
                continue
            if kept and record.kind != "revive" and record.source != FILE and self._is_full(record.source):
                continue
            received.append(record)
            if absorb(record):
                fresh += 1
                if kept:
                    self._unwritten.append(record)
                    self._kept[record.source] += 1
                elif record.kind == "click" and record.sku in self.names:
                    count = 1 if record.count is None else record.count
                    self._clicks[record.sku, self.figures.bucket_of(record.at)] += count
            elif kept and self.figures.late:
                self._stand_by()
        self._prices.clear()
        if len(received) > MOST_WAITING:
            self._leave_a_hole()
        return fresh

    def _leave_a_hole(self) -> None:
        """Let go of what was to be recorded: the disk takes nothing, and the figures go on."""
        with self._lock:
            self.unrecorded += len(self._received)
        self._received.clear()

    def _stand_by(self) -> None:
        """Keep the lines that are overruled by an order file, or overrule it: an undo may bring them back."""
        for record in self.figures.late:
            kind = "replaced" if record.source == FILE else "late" if record.kind == "order" else "late_refund"
            self._unwritten.append(replace(record, kind=kind))
            self._kept[record.source] += 1
            if record.source != FILE:
                self._late.setdefault(record.order, []).append((record_key(record), record))
        self.figures.late.clear()

    def _speak_again(self, order: str) -> int:
        """Count what a relay told of an order while a file had the say; return how many lines do count now."""
        held = self._late.pop(order, [])
        for key, record in held:
            status = "refund" if record.kind == "refund" else ""
            again = replace(record, kind="revive", id=key, status=status)
            self._received.append(again)
            if self.figures.absorb(again):
                self._unwritten.append(again)
            else:
                self._late.setdefault(order, []).append((key, record))
        return len(held) - len(self._late.get(order, ()))

    def cut(self, at: Instant) -> None:
        """Begin new buckets at ``at``, because a segment is taken; a recording played again does the same.

        In a flood some records are folded later: they fall into their buckets by their own times all the same.
        """
        self.pump(SLICE)
        self._cut(at)

    def cut_again(self) -> None:
        """Begin new buckets where a segment was taken right before a crash: the take is on disk, its cut may be not.

        Once, and for a show on air: what a desk wrote of one that is over is as it was.
        """
        since, self._cut_till = self._cut_till, None
        if since is not None:
            for pitch in queries.pitches(self._store, self.session_id):
                if pitch.started_at > since:  # the desk cuts at the take or a moment after it
                    self._cut(pitch.started_at)

    def _cut(self, at: Instant) -> None:
        cut = Record(at, "cut", "desk")
        self.figures.absorb(cut)
        self._received.append(cut)

    def reorder(self, source_order: tuple[str, ...]) -> None:
        """Let the sources rule in another order from here on; a recording played again does the same."""
        rank = self._ranked(source_order)
        self.figures.absorb(rank)
        self._received.append(rank)

    def _ranked(self, source_order: tuple[str, ...]) -> Record:
        return Record(self._store.clock.now(), "rank", "desk", id=",".join(source_order))

    def left(self) -> list[Record]:
        """Return what came while it was closed, or after: it belongs to whoever follows the session next."""
        return list(self._waiting)

    def _is_full(self, source: str) -> bool:
        """Tell whether as many orders of this source are kept as a session holds; what is typed is always kept."""
        if self._kept[source] < MOST_KEPT or source == MANUAL:
            return False
        with self._lock:
            self.lost += 1
        return True

    def flush(self, *, wait: bool = False) -> None:
        """Hand what is not yet written to the writer; with ``wait`` it is on disk when this returns.

        Raises UserError where a batch could not be written: it is kept and tried again with the next.
        """
        self._settle(wait=wait)
        if self._writing is None:
            batch = self._batch()
            if batch is not None:
                self._writing = (self._writer.submit(self._write, batch), batch)
        if wait:
            self._settle(wait=True)

    def leave(self, records: Sequence[Record]) -> None:
        """Put records on disk before this returns, for ``feeds.inbox`` to take: they are folded in their turn.

        So a person's figure is safe in a flood, though all that waits before it is not folded yet. Raises UserError.
        """
        lines = [encode(record) for record in records]
        self._writer.submit(lambda: inflow.post(self._writers_store(), self.session_id, lines)).result()

    def keep_place(self, place: inflow.Place) -> None:
        """Keep where the prompter is, in the writer's own time."""
        self._writer.submit(self._keep_place, place).add_done_callback(_log_fault)

    def write_beside(self, task: Callable[[Store], None]) -> Future[None]:
        """Let the writer run ``task`` with its connection, behind what it has to write."""
        future = self._writer.submit(lambda: task(self._writers_store()))
        future.add_done_callback(_log_fault)
        return future

    def _keep_place(self, place: inflow.Place) -> None:
        inflow.keep_place(self._writers_store(), self.session_id, place)
        self.kept_place = place

    def close(self) -> None:
        """Write the rest and let the writer go. Raises UserError where it could not be written.

        A batch that failed before is tried once more: what was in the way may have gone.
        """
        try:
            self.pump()
            with suppress(UserError):
                self.flush(wait=True)
            self.flush(wait=True)
        finally:
            if self._naming is not None:
                self._naming.cancel()
            self._writer.shutdown()
            if self._own is not None:
                self._own.close()

    def _take_first(self, now: Instant) -> Record:
        """Take the first that waits, in the show's time and by our own names.

        Where the shop file cannot be read for its name or price it goes on waiting, as the first.
        """
        came = self._waiting[0]
        record = self._timed(came, now)
        if record.sku or record.kind in KEPT:
            record = self._named(record)
        self._waiting.popleft()
        if self.since is not None and came.at < self.since - LATE_MS:
            self.early[came.source] += 1
        return record

    def _timed(self, record: Record, now: Instant) -> Record:
        """Bring a source's clock into the show: nothing happens before its start or after now.

        What is brought in keeps the identity it came with.
        """
        at, since = record.at, self.since
        if at <= now and (since is None or at >= since):
            return record
        at = min(at if since is None else max(at, since), now)
        return replace(record, at=at, id=record.id or record_key(record))

    def _named(self, record: Record) -> Record:
        """Put our own SKU id in the place of the name a source uses; an unknown name stays as it came.

        An order keeps the identity it came with: it must be known again when the catalogue has learnt its name.
        One that tells no amount is worth what the SKU costs now, marked as estimated until somebody knows better.
        """
        sku = self.names.get(record.sku, record.sku)
        if record.kind not in KEPT:
            return record if sku == record.sku else replace(record, sku=sku)
        worth = self._estimate(record, sku)
        if sku != record.sku or worth is not None or not record.id:
            amount = record.amount if worth is None else worth
            known = record.id or record_key(record)
            record = replace(record, sku=sku, id=known, amount=amount, estimated=record.estimated or worth is not None)
        return record

    def _estimate(self, record: Record, sku: str) -> Fen | None:
        """Return what a paid order without an amount is worth at the live price; ``None`` where nobody can tell."""
        if record.amount is not None or record.kind != "order" or record.status == "ordered" or not sku:
            return None
        if sku not in self._prices:
            self._prices[sku] = inflow.live_price(self._store, sku)
        price = self._prices[sku]
        return None if price is None else price * (1 if record.quantity is None else record.quantity)

    def _batch(self) -> inflow.Batch | None:
        if self._rank and self._received:
            self._received.insert(0, self._ranked(self._rank))
            self._rank = ()
        if self._restarted and self._received:
            self._received.insert(0, Record(self._store.clock.now(), "restart", "desk"))
            self._restarted = False
        rollups = self.figures.take_dirty()
        records, received = tuple(self._unwritten), tuple(self._received)
        # Lines of the inbox still waiting to be folded stay there: a crash must find them again.
        inbox = self.inbox if self.inbox > self._inbox_done and not self._waiting else 0
        if not (rollups or records or received or inbox):
            return None
        clicks = tuple((sku, at, n) for (sku, at), n in self._clicks.items())
        self._unwritten.clear()
        self._received.clear()
        self._clicks.clear()
        return inflow.Batch(
            self.session_id, records, tuple(rollups), self.figures.carry(), self.moves_stock, inbox, clicks, received
        )

    def _write(self, batch: inflow.Batch) -> None:
        store = self._writers_store()
        if self._tape is None:
            self._tape = Tape(store, self.session_id)
        moved = inflow.write_batch(store, batch, self._tape)
        if self._tape.full:
            with self._lock:
                self.unrecorded += len(batch.received)
        if moved is not None:
            _tell(store, moved)

    def _writers_store(self) -> Store:
        if self._own is None:
            self._own = self._store.sibling()
            self._own.changed.connect(self._announce)
        return self._own

    def _announce(self, changes: Changes) -> None:
        """Tell those who listen to the store in use: it may be another than when the writer's was opened."""
        self._store.announce(changes)

    def _settle(self, *, wait: bool) -> None:
        """Look at the batch being written; one that failed is taken back."""
        if self._writing is None or not (wait or self._writing[0].done()):
            return
        future, batch = self._writing
        self._writing = None
        error = future.exception()
        self.unsaved = error is not None
        if error is not None:
            self._unwritten[:0] = batch.records
            self._received[:0] = batch.received
            self._clicks.update({(sku, at): n for sku, at, n in batch.clicks})
            self.figures.give_back(batch.rollups)
            raise error
        self._inbox_done = max(self._inbox_done, batch.inbox)


def _tell(store: Store, moved: Changes) -> None:
    """Tell everyone whose stock has moved; whoever fails over it is logged, for the batch is on disk."""
    try:
        store.announce(moved)
    except Exception:  # noqa: BLE001 - whatever it is, it must not have the batch written a second time
        _LOG.exception("a batch is written, and who was told of it failed")


def _log_fault(done: Future[None]) -> None:
    """Log what nobody expected of a task nobody waits for; a disk that takes nothing is said by the next batch."""
    error = None if done.cancelled() else done.exception()
    if error is not None and not isinstance(error, UserError):
        _LOG.error("the writer's task failed", exc_info=error)
