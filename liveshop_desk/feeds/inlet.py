"""Where all sources end: records are folded into the live figures and written to the shop file in batches."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.seen import record_key
from liveshop_desk.store import inflow
from liveshop_desk.store.store import Store

KEPT = frozenset({"order", "refund"})  # events kept one by one; the rest is in the buckets (counts, not people)
MOST = 2_000  # records folded at a time: a flood is worked off in slices, between the prompter's frames


class Inlet:
    """The numbers of one session. ``receive`` may be called from any thread, the rest from the owner's.

    ``moves_stock``: orders take units off the stock (never in a rehearsal on the shop's own file).
    ``kept_place`` is the prompter's place as it is on disk.
    """

    def __init__(self, store: Store, session_id: str, *, moves_stock: bool) -> None:
        self.session_id = session_id
        self.moves_stock = moves_stock
        self.figures = LiveFigures()
        self.since: Instant | None = None  # the show's start: nothing of it is older
        self.kept_place: inflow.Place | None = None
        self.inbox = 0  # the newest line taken from another process
        self._inbox_done = 0  # … and the newest one that is written and gone
        self._store = store
        self._waiting: deque[Record] = deque()
        self._unwritten: list[Record] = []
        self._writer = ThreadPoolExecutor(1, "inlet")
        self._own: Store | None = None  # the writer thread's connection
        self._writing: tuple[Future[None], inflow.Batch] | None = None
        self.names = inflow.sku_names(store)
        carry = inflow.carry(store, session_id)
        self.figures.restore(inflow.rollups(store, session_id), carry, inflow.recent(store, session_id))

    def receive(self, records: Iterable[Record]) -> None:
        """Take records from a source."""
        self._waiting.extend(records)

    def pump(self, most: int | None = None) -> int:
        """Fold what has arrived (at most ``most``) into the figures; return how many records were new."""
        fresh = 0
        for _ in range(len(self._waiting) if most is None else min(most, len(self._waiting))):
            record = self._named(self._timed(self._waiting.popleft()))
            if not self.figures.absorb(record):
                continue
            fresh += 1
            if _is_kept(record):
                self._unwritten.append(record)
        return fresh

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

    def keep_place(self, place: inflow.Place) -> None:
        """Keep where the prompter is, in the writer's own time."""
        self._writer.submit(self._keep_place, place)

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
            self._writer.shutdown()
            if self._own is not None:
                self._own.close()

    def _timed(self, record: Record) -> Record:
        """Bring a source's clock into the show: nothing happens before its start or after now.

        What is brought in keeps the identity it came with.
        """
        now = self._store.clock.now()
        at = min(max(record.at, self.since or record.at), now)
        if at == record.at:
            return record
        return replace(record, at=at, id=record.id or record_key(record))

    def _named(self, record: Record) -> Record:
        """Put our own SKU id in the place of the name a source uses; an unknown name stays as it came.

        An order keeps the identity it came with: it must be known again when the catalogue has learnt its name.
        """
        if record.kind in KEPT and not record.id:
            record = replace(record, id=record_key(record))
        sku = self.names.get(record.sku) if record.sku else None
        return replace(record, sku=sku) if sku and sku != record.sku else record

    def _batch(self) -> inflow.Batch | None:
        rollups = self.figures.take_dirty()
        records = tuple(self._unwritten)
        # Lines of the inbox still waiting to be folded stay there: a crash must find them again.
        inbox = self.inbox if self.inbox > self._inbox_done and not self._waiting else 0
        if not rollups and not records and not inbox:
            return None
        self._unwritten.clear()
        return inflow.Batch(self.session_id, records, tuple(rollups), self.figures.carry(), self.moves_stock, inbox)

    def _write(self, batch: inflow.Batch) -> None:
        inflow.write_batch(self._writers_store(), batch)

    def _writers_store(self) -> Store:
        if self._own is None:
            self._own = self._store.sibling()
            self._own.changed.connect(self._store.announce)
        return self._own

    def _settle(self, *, wait: bool) -> None:
        """Look at the batch being written; one that failed is taken back."""
        if self._writing is None or not (wait or self._writing[0].done()):
            return
        future, batch = self._writing
        self._writing = None
        error = future.exception()
        if error is not None:
            self._unwritten[:0] = batch.records
            self.figures.give_back(batch.rollups)
            raise error
        self._inbox_done = max(self._inbox_done, batch.inbox)


def _is_kept(record: Record) -> bool:
    """Tell whether a record is kept one by one: money, a person's own typing, a click on one product."""
    if record.kind == "sample":
        return record.source == "manual"
    return record.kind in KEPT or (record.kind == "click" and bool(record.sku))
