"""The numbers of the session on air: an incremental fold of records, in memory, handed out bucket by bucket."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liveshop_desk.model.bases import BASES, Course, Number
from liveshop_desk.model.carry import Carry
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Grid, Rollup, Track, whole
from liveshop_desk.model.seen import Seen, record_key

_SOURCES = 64  # more names than that are noise from outside
_UNKNOWN = 50
_CLICKED = 5_000  # SKUs: more names than that are noise from outside
_MONEY_KINDS = frozenset({"order", "refund"})
# Events that add their count (1 where they carry none) to one total.
_COUNTED = {
    "comment": "comments",
    "like": "likes",
    "enter": "entered",
    "follow": "new_followers",
    "join": "fan_joins",
    "share": "shares",
    "click": "clicks",
}


@dataclass(frozen=True, slots=True)
class SkuSales:
    """What one SKU sold so far. ``gmv`` in fen; ``None`` where no order told its amount.

    ``clicks`` are those that named the SKU; ``None`` where no source tells them (then there is no 转化).
    """

    units: int = 0
    orders: int = 0
    gmv: Fen | None = None
    clicks: int | None = None


class LiveFigures:
    """Totals, levels and ten-second buckets of one session, one record at a time.

    A sample of a total sets it (the typed or platform figure is the truth at that moment), events add to it from
    there. A total grows from 0 at the session's start. ``per_sku`` counts orders and clicks that name a SKU;
    ``last_at`` is the newest record's instant by source; ``unknown`` counts metric names nobody defined.
    """

    def __init__(self) -> None:
        self.per_sku: dict[str, SkuSales] = {}
        self.last_at: dict[str, Instant] = {}
        self.unknown: Counter[str] = Counter()
        self._grid = Grid()
        self._tracks: dict[str, Track] = {}
        self._seen = Seen()
        # Orders have a window of their own: a flood of likes must not make one count twice.
        self._seen_money = Seen()
        self._order_numbers = Seen()

    # -- records in ------------------------------------------------------------------------------------------

    def absorb(self, record: Record) -> bool:
        """Take one record in; return False for one that was seen before."""
        if record.source in self.last_at or len(self.last_at) < _SOURCES:
            self.last_at[record.source] = max(record.at, self.last_at.get(record.source, record.at))
        if not self._window(record.kind).add(record_key(record)):
            return False
        if record.kind == "sample":
            self._sample(record)
        elif record.kind in _COUNTED:
            count = 1 if record.count is None else record.count
            self._add(record, _COUNTED[record.kind], count)
            if record.kind == "click" and record.sku:
                self._click(record.sku, count)
        elif record.kind == "order":
            self._order(record)
        else:
            self._other(record)
        return True

    def _window(self, kind: str) -> Seen:
        """Return the memory of records of this kind."""
        return self._seen_money if kind in _MONEY_KINDS else self._seen

    def _track(self, metric: str) -> Track:
        """Return the metric's track, new where there is none."""
        track = self._tracks.get(metric)
        if track is None:
            track = self._tracks[metric] = Track(metric, self._grid)
        return track

    def _sample(self, record: Record) -> None:
        """Take a figure."""
        base = BASES.get(record.metric)
        if base is None:
            if record.metric in self.unknown or len(self.unknown) < _UNKNOWN:
                self.unknown[record.metric] += 1
        elif record.value is None:
            return
        elif base.course is Course.GAUGE:
            self._track(record.metric).level(record.at, record.value)
        else:
            self._track(record.metric).total(record.at, record.value)

    def _add(self, record: Record, metric: str, amount: Number | None) -> None:
        """Add an event's amount to a total; one it does not tell is not 0, so nothing is added."""
        if amount is not None:
            self._track(metric).add(record.at, amount)

    def _click(self, sku: str, count: int) -> None:
        """Count somebody's look at one SKU."""
        old = self.per_sku.get(sku)
        if old is None and len(self.per_sku) >= _CLICKED:
            return
        old = old or SkuSales()
        self.per_sku[sku] = replace(old, clicks=(old.clicks or 0) + count)

    def _order(self, record: Record) -> None:
        """Count a paid line; the lines of one order number are one order."""
        units = 1 if record.quantity is None else record.quantity
        fresh = not record.order or self._order_numbers.add(record.order)
        if fresh:
            self._add(record, "orders", 1)
        self._add(record, "units", units)
        self._add(record, "gmv", record.amount)
        if record.sku:
            old = self.per_sku.get(record.sku, SkuSales())
            gmv = old.gmv if record.amount is None else (old.gmv or 0) + record.amount
            self.per_sku[record.sku] = SkuSales(old.units + units, old.orders + 1, gmv, old.clicks)

    def _other(self, record: Record) -> None:
        """Count the kinds that feed more than one total, or one under another name."""
        if record.kind == "refund":
            self._add(record, "refund_orders", 1)
            self._add(record, "refund_amount", record.amount)
        elif record.kind == "gift":
            self._add(record, "gifts", 1 if record.count is None else record.count)
            self._add(record, "tips", record.value)
        elif record.kind == "cart":
            self._add(record, "cart_units", 1 if record.quantity is None else record.quantity)

    def cut(self, at: Instant) -> None:
        """Begin new buckets at ``at``: call it when a segment is taken, so that its sums are exact."""
        self._grid.cut(at)

    # -- figures out -----------------------------------------------------------------------------------------

    def total(self, metric: str) -> Number | None:
        """Return the figure that stands: a total, or a gauge's last level; ``None`` where none came."""
        track = self._tracks.get(metric)
        return track.value if track else None

    def at(self, metric: str, instant: Instant) -> Number | None:
        """Return what stood at ``instant`` (to the bucket); ``None`` before the first figure."""
        track = self._tracks.get(metric)
        return track.at_instant(instant) if track else None

    def delta(self, metric: str, a: Instant, b: Instant) -> Number | None:
        """Return how much a total grew in [a, b): exact between cuts; ``None`` where no figure ever came."""
        track = self._tracks.get(metric)
        return track.between(a, b) if track else None

    def series(self, metric: str, since: Instant | None = None) -> tuple[list[Instant], list[Number]]:
        """Return (bucket starts, last figure of each), from ``since`` on, in time order."""
        track = self._tracks.get(metric)
        if track is None:
            return [], []
        place = 0 if since is None else bisect_left(track.starts, since)
        return track.starts[place:], track.values(place)

    def mean(self, metric: str, until: Instant | None = None) -> float | None:
        """Return a gauge's time-weighted mean (ACU), up to its newest figure or to ``until``."""
        track = self._tracks.get(metric)
        return track.mean(until) if track else None

    def low(self, metric: str) -> Number | None:
        """Return the lowest figure."""
        track = self._tracks.get(metric)
        return track.low() if track else None

    def high(self, metric: str) -> Number | None:
        """Return the highest figure (PCU of online)."""
        track = self._tracks.get(metric)
        return track.high() if track else None

    def figures(self, until: Instant | None = None) -> Mapping[str, Number]:
        """Return every figure that stands, for the metrics; ACU and PCU from the levels unless a source gave them."""
        known: dict[str, Number] = {metric: track.value for metric, track in self._tracks.items()}
        online = self._tracks.get("online")
        if online is not None:
            known.setdefault("online_max", online.high())
            known.setdefault("online_mean", online.mean(until))
        return known

    # -- kept and brought back -------------------------------------------------------------------------------

    def take_dirty(self) -> list[Rollup]:
        """Return the buckets changed since the last call. If keeping them fails, give them to ``give_back``."""
        taken: list[Rollup] = []
        for track in self._tracks.values():
            taken.extend(track.rollup(start) for start in sorted(track.dirty))
            track.dirty.clear()
        return taken

    def give_back(self, rollups: Iterable[Rollup]) -> None:
        """Mark buckets dirty again, because they could not be kept."""
        for rollup in rollups:
            self._tracks[rollup.metric].dirty.add(rollup.bucket)

    def carry(self) -> Carry:
        """Return what the buckets do not tell; keep it together with what ``take_dirty`` gave."""
        tracks = {name: (track.value, track.at, track.sampled_at) for name, track in self._tracks.items()}
        skus = {sku: (sold.units, sold.orders, sold.gmv, sold.clicks) for sku, sold in self.per_sku.items()}
        ends = {name: end for name, track in self._tracks.items() if (end := track.end()) is not None}
        return Carry(tracks, skus, dict(self.last_at), tuple(self._grid.cuts), ends)

    def restore(
        self, rollups: Iterable[Rollup], carry: Carry | None = None, recent: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        """Bring back what was kept, into fresh figures.

        ``recent`` are (record_key, kind, order number) of the newest ``seen.WINDOW`` kept records, oldest first:
        they are only marked as seen. Without a ``carry`` the totals are right, but times are rounded to the bucket
        and sales by SKU start anew.
        """
        for rollup in rollups:
            self._track(rollup.metric).put(rollup)
        for key, kind, number in recent:
            self._window(kind).add(key)
            if kind == "order" and number:
                self._order_numbers.add(number)
        if carry is not None:
            self._take_carry(carry)

    def _take_carry(self, carry: Carry) -> None:
        """Bring back what the buckets do not tell.

        A metric whose newest bucket was written anew since (a file's figures were imported) stands as that bucket says.
        """
        for name, (value, at, sampled_at) in carry.tracks.items():
            track = self._track(name)
            if track.end() != carry.ends.get(name, track.end()):
                continue
            track.value, track.at, track.sampled_at = whole(value), at, sampled_at
        self.per_sku = {sku: SkuSales(*sold) for sku, sold in carry.skus.items()}
        self.last_at = dict(carry.sources)
        for cut in carry.cuts:
            self._grid.cut(cut)
