"""Where all sources end: records are folded into the live figures and written to the shop file in batches."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.store import inflow
from liveshop_desk.store.store import Store

KEPT = frozenset({"order", "refund"})  # events kept one by one; the rest is in the buckets (counts, not people)


class Inlet:
    """The numbers of one session. ``receive`` may be called from any thread, the rest from the owner's.

    ``moves_stock``: orders take units off the stock (never in a rehearsal on the shop's own file).
    """

    def __init__(self, store: Store, session_id: str, *, moves_stock: bool) -> None:
        self.session_id = session_id
        self.figures = LiveFigures()
        self._store = store
        self._moves_stock = moves_stock
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

    def pump(self) -> int:
        """Fold what has arrived into the figures; return how many records were new."""
        fresh = 0
        for _ in range(len(self._waiting)):
            record = self._named(self._waiting.popleft())
            if not self.figures.absorb(record):
                continue
            fresh += 1
            if record.kind in KEPT or (record.kind == "sample" and record.source == "manual"):
                self._unwritten.append(record)
        return fresh

    def flush(self, *, wait: bool = False) -> None:
        """Hand what is not yet written to the writer; with ``wait`` it is on disk when this returns.

        Raises UserError where the batch before could not be written: it is kept and tried again with the next.
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

    def close(self) -> None:
        """Write the rest and let the writer go. Raises UserError where it could not be written."""
        try:
            self.pump()
            self.flush(wait=True)
        finally:
            self._writer.shutdown()
            if self._own is not None:
                self._own.close()

    def _named(self, record: Record) -> Record:
        """Put our own SKU id in the place of the name a source uses; an unknown name stays as it came."""
        sku = self.names.get(record.sku) if record.sku else None
        return replace(record, sku=sku) if sku and sku != record.sku else record

    def _batch(self) -> inflow.Batch | None:
        rollups = self.figures.take_dirty()
        records = tuple(self._unwritten)
        if not rollups and not records:
            return None
        self._unwritten.clear()
        sold: Counter[str] = Counter()
        for record in records:
            if record.kind == "order" and record.sku:
                sold[record.sku] += 1 if record.quantity is None else record.quantity
        return inflow.Batch(
            self.session_id, records, tuple(rollups), self.figures.carry(), sold if self._moves_stock else None
        )

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
