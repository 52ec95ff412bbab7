"""The numbers of the session on air: an incremental fold of records, in memory, handed out bucket by bucket."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from liveshop_desk.model.bases import BASES, Course, Figures, Number
from liveshop_desk.model.carry import Carry
from liveshop_desk.model.clicked import in_part, told_stretches
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import SOLD, Coverage, coverage_of, outgrows
from liveshop_desk.model.grid import Grid
from liveshop_desk.model.money import Fen
from liveshop_desk.model.orders import KINDS as MONEY
from liveshop_desk.model.orders import Orders
from liveshop_desk.model.record import FILE, MANUAL, Record, pace_of
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.ruling import MOST_SOURCES, Ruling
from liveshop_desk.model.sales import Sales, SkuSales
from liveshop_desk.model.seen import Seen, identity_hash, record_key
from liveshop_desk.model.tracks import Tracks

__all__ = ["LiveFigures", "SkuSales"]

_UNKNOWN = 50
TOLD_AGAIN_MS = 60_000  # a machine tells its totals again by then: what came in between makes no rate blink
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


class LiveFigures:
    """Totals, levels and ten-second buckets of one session, one record at a time.

    A sample of a total sets it (the typed or platform figure is the truth at that moment), events add to it from
    there. A total grows from 0 at the session's start. Where several sources tell the same, ``source_order`` says
    which one counts. ``per_sku`` counts orders and clicks that name a SKU; ``last_at`` is the newest record's instant
    by source; ``late`` are lines and refunds that stand by, because a relay and an order file told the same order
    (whoever keeps records empties it); ``unknown`` counts metric names nobody defined; ``waits`` what a better source
    overruled; ``strangers`` the records of sources beyond the first 64, which are not taken.

    The parts: ``ruling`` (whose word counts), ``tracks`` and ``rollup`` (buckets), ``orders`` (paid lines and refunds),
    ``sales`` (by SKU), ``seen`` (what came already). What holds at any moment is on one page: docs/figures.md.
    """

    def __init__(self, source_order: tuple[str, ...] = ()) -> None:
        self.last_at: dict[str, Instant] = {}
        self.unknown: Counter[str] = Counter()
        self.waits: Counter[str] = Counter()
        self.strangers = 0
        self._ruling = Ruling(source_order)
        self._rooms: dict[str, str] = {}
        self._grid = Grid()
        self._tracks = Tracks(self._grid)
        self._sales = Sales()
        self._seen = Seen()
        self._typed = Seen()  # what is kept one by one, but for money: it is known again after a restart
        self._orders = Orders(self._tracks, self._sales, self.waits)
        self.late = self._orders.late
        # What was looked at (orders, buckets of orders and of clicks), and whether clicks lack.
        self._looked: tuple[tuple[Number, int, int], bool] = ((0, 0, 0), False)

    @property
    def per_sku(self) -> dict[str, SkuSales]:
        """Return sales by SKU."""
        return self._sales.per_sku

    @property
    def estimated(self) -> Fen:
        """Return the part of GMV that is the live price and not a paid amount."""
        return self._orders.estimated

    @property
    def unpriced(self) -> int:
        """Return how many order lines told no amount and could not be estimated."""
        return self._orders.unpriced

    # -- records in ------------------------------------------------------------------------------------------

    def absorb(self, record: Record, key: str = "") -> bool:
        """Take one record in; return False for one that was seen before or is not taken.

        ``key`` is its ``record_key`` where the caller has worked it out already (only kept records need one).
        """
        source, at, kind = record.source, record.at, record.kind
        if kind == "cut":
            self._grid.cut(at)
            return False
        if kind == "rank":
            self._ruling.reorder(tuple(record.id.split(",")) if record.id else ())
            return False
        if kind == "pace":
            self._play_at(record)
            return False
        if kind == "restart":
            self._begin_anew()
            return False
        last = self.last_at.get(source)
        if last is None and len(self.last_at) >= MOST_SOURCES:
            self.strangers += 1
            return False
        if kind in _COUNTED:  # the flood: what is not kept one by one
            fresh = self._seen.add(identity_hash(record)) and self._count(record, kind)
        else:
            fresh = self._is_new(record, kind, key) and self._take(record, kind)
        if last is None or at > last:
            self.last_at[source] = at
        return fresh

    def _play_at(self, note: Record) -> None:
        """Measure what is long by a recording's own time, which is played faster; its buckets are so much shorter."""
        pace, origin = pace_of(note)
        self._ruling.play_at(pace)
        self._grid.play_at(pace, origin or 0)
        if pace == 1:
            self._grid.cut(note.at)  # ten seconds that began while it was played faster would come before its buckets

    def _begin_anew(self) -> None:
        """Forget what a desk started anew does not know again: a recording of it counts twice what was sent twice."""
        self._seen = Seen()
        self._ruling.play_at(1)
        self._grid.play_at(1)
        self._cut_newest()

    def _cut_newest(self) -> None:
        """Begin new buckets behind the newest, of a recording that was played faster until the crash."""
        for start, _last in self._tracks.ends().values():
            self._grid.cut(start)

    def _is_new(self, record: Record, kind: str, key: str) -> bool:
        """Tell whether nobody sent the record before."""
        if kind in MONEY:
            return self._orders.is_new(record, key)
        if is_kept(record):
            return self._typed.add(key or record_key(record))
        return self._seen.add(identity_hash(record))

    def _count(self, record: Record, kind: str) -> bool:
        """Add an event to its total; False where a better source has the say."""
        if not self._may_speak(record):
            return False
        count = 1 if record.count is None else record.count
        self._tracks[_COUNTED[kind]].add(record.at, count)
        if kind == "click":
            self._sales.click(record.sku, count, record.at)
        return True

    def _take(self, record: Record, kind: str) -> bool:
        """Take in a record nobody sent before that is no mere count; False where it counts for nothing."""
        if kind == "sample":
            self._sample(record)
        elif kind == "room":
            self._room(record)
        elif kind in MONEY:
            # Without a number it cannot be told from the same order of another relay: there a single source speaks.
            nameless = kind == "order" and not record.order and record.status != "ordered"
            return not (nameless and not self._may_speak(record)) and self._orders.take(record)
        else:
            return self._may_speak(record) and self._other(record)
        return True

    def _may_speak(self, record: Record) -> bool:
        """Tell whether an event's source has the say for its kind; one that has not is counted in ``waits``."""
        if self._ruling.event(record.kind, record.source, record.at, self.last_at):
            return True
        self.waits[record.source] += 1
        return False

    def _sample(self, record: Record) -> None:
        """Take a figure, where its source has the say."""
        metric, value, at, source = record.metric, record.value, record.at, record.source
        base = BASES.get(metric)
        if base is None:
            self.unknown[metric if metric in self.unknown or len(self.unknown) < _UNKNOWN else "…"] += 1
        elif value is None:
            return
        elif base.course is Course.GAUGE:
            if not self._ruling.level(metric, source, at):
                self.waits[source] += 1
            elif source == FILE:
                self._tracks[metric].past_level(at, value)
            else:
                self._tracks[metric].level(at, value)
        else:
            self._total(record, self._ruling.total(metric, source, at, value))

    def _total(self, record: Record, value: Number | None) -> None:
        """Take a total's figure; a told GMV is what was really paid up to then."""
        if value is None:
            self.waits[record.source] += 1
            return
        track = self._tracks[record.metric]
        if record.source == FILE:
            track.past_total(record.at, value)
        else:
            track.total(record.at, value)
        if record.metric == "gmv" and track.sampled_at == record.at:
            self._orders.gmv_told()

    def _room(self, record: Record) -> None:
        """Let a source's totals begin anew where it has gone to another room."""
        if self._rooms.get(record.source, record.id) != record.id:
            self._ruling.new_room(record.source)
        self._rooms[record.source] = record.id

    def _other(self, record: Record) -> bool:
        """Count the kinds that feed more than one total, or one under another name; False for an unknown kind."""
        if record.kind == "gift":
            self._tracks.add("gifts", record.at, 1 if record.count is None else record.count)
            self._tracks.add("tips", record.at, record.value)
        elif record.kind == "cart":
            units = 1 if record.quantity is None else record.quantity
            self._tracks.add("cart_units", record.at, units)
            self._sales.cart(record.sku, units)
        else:
            return False
        return True

    def cut(self, at: Instant) -> None:
        """Begin new buckets at ``at``: call it when a segment is taken, so that its sums are exact."""
        self._grid.cut(at)

    # -- figures out -----------------------------------------------------------------------------------------

    def total(self, metric: str) -> Number | None:
        """Return the figure that stands: a total, or a gauge's last level; ``None`` where none came."""
        track = self._tracks.get(metric)
        return track.value if track and metric not in self._orders.emptied() else None

    def told_at(self, metric: str) -> Instant | None:
        """Return the instant of a metric's newest figure, or ``None``."""
        return self._tracks[metric].at if metric in self._tracks else None

    def is_typed(self, metric: str) -> bool:
        """Tell whether a person typed a metric's newest figure."""
        told = self.told_at(metric)
        return told is not None and self._ruling.said_at(metric, MANUAL) == told

    def turned_at(self, metric: str) -> Instant | None:
        """Return when another source's figures took over a metric: what stood before is not set against them."""
        return self._ruling.turned_at(metric)

    def at(self, metric: str, instant: Instant) -> Number | None:
        """Return what stood at ``instant`` (to the bucket); ``None`` before the first figure."""
        track = self._tracks.get(metric)
        return track.at_instant(instant) if track else None

    def delta(self, metric: str, a: Instant, b: Instant) -> Number | None:
        """Return how much a total grew in [a, b): exact between cuts; ``None`` where no figure ever came."""
        track = self._tracks.get(metric)
        return track.between(a, b) if track else None

    def heard(self, metric: str, a: Instant, b: Instant) -> bool:
        """Tell whether a figure of a metric came in [a, b), to the bucket."""
        track = self._tracks.get(metric)
        return track is not None and bisect_left(track.starts, a) < bisect_left(track.starts, b)

    def series(self, metric: str, since: Instant | None = None) -> tuple[list[Instant], list[Number]]:
        """Return (bucket starts, last figure of each), from ``since`` on, in time order."""
        track = self._tracks.get(metric)
        if track is None:
            return [], []
        place = 0 if since is None else bisect_left(track.starts, since)
        return track.starts[place:], track.values(place)

    def rewritten(self, metric: str) -> int:
        """Return how often what is older than ``rollup.BACK_MS`` before a metric's newest bucket has changed."""
        track = self._tracks.get(metric)
        return track.rewritten if track else 0

    def mean(self, metric: str, until: Instant | None = None) -> float | None:
        """Return a gauge's time-weighted mean (ACU), up to its newest figure or to ``until``."""
        track = self._tracks.get(metric)
        return track.mean(until) if track else None

    def held(self, metric: str, until: Instant) -> list[Rollup]:
        """Return a gauge's buckets up to ``until``, as ``rollup.Track.held`` says; these figures are done with then."""
        track = self._tracks.get(metric)
        return track.held(until) if track else []

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
        gone = self._orders.emptied()
        known: dict[str, Number] = {name: track.value for name, track in self._tracks.items() if name not in gone}
        online = self._tracks.get("online")
        if online is not None:
            known.setdefault("online_max", online.high())
            known.setdefault("online_mean", online.mean(until))
        return known

    def coverage(self, imported: Figures, now: Instant) -> Coverage:
        """Return what the figures cover: which may be set against which."""
        grounds, orders = self._tracks.grounds(self._orders.emptied()), self._orders
        return coverage_of(
            grounds, imported, now,
            estimated=orders.estimated > 0, unpriced=orders.unpriced > 0, unclicked=self._unclicked(),
            outgrown=self._outgrown(),
        )  # fmt: skip

    def _outgrown(self) -> frozenset[str]:
        """Return the counts that grew by orders since the buyers were told, to the bucket."""
        buyers = self._tracks.get("buyers")
        if buyers is None or buyers.sampled_at is None:
            return frozenset()
        told, patience = buyers.sampled_at, 0 if self.is_typed("buyers") else TOLD_AGAIN_MS
        found: set[str] = set()
        for key in SOLD:
            track = self._tracks.get(key)
            if track is None or track.at is None or track.at - told <= patience:
                continue
            since = track.value - (track.at_instant(max(told, track.sampled_at or told)) or 0)
            if outgrows(since, track.value):
                found.add(key)
        return frozenset(found)

    def _unclicked(self) -> bool:
        """Tell whether orders came while nobody counted clicks."""
        orders, clicks = self._tracks.get("orders"), self._tracks.get("clicks")
        if orders is None or clicks is None:
            return False
        known = orders.value, len(orders.starts), len(clicks.starts)
        if known != self._looked[0]:
            self._looked = known, in_part(orders.grown(), told_stretches(clicks.starts))
        return self._looked[1]

    # -- kept and brought back -------------------------------------------------------------------------------

    def take_dirty(self) -> list[Rollup]:
        """Return the buckets changed since the last call. If keeping them fails, give them to ``give_back``."""
        return self._tracks.take_dirty()

    def give_back(self, rollups: Iterable[Rollup]) -> None:
        """Mark buckets dirty again, because they could not be kept."""
        self._tracks.give_back(rollups)

    def bucket_of(self, at: Instant) -> Instant:
        """Return the start of the bucket ``at`` falls in."""
        return self._grid.start(at)

    def carry(self) -> Carry:
        """Return what the buckets do not tell; keep it together with what ``take_dirty`` gave."""
        skus = {
            sku: (sold.units, sold.orders, sold.gmv, sold.clicks, sold.refunded, sold.carted)
            for sku, sold in self.per_sku.items()
        }
        clicked, bought = self._sales.clicked.kept()
        return Carry(
            self._tracks.kept(), skus, dict(self.last_at), tuple(self._grid.cuts), self._tracks.ends(),
            self._ruling.kept(), dict(self._rooms), self._orders.estimated, self._orders.unpriced,
            clicked, bought,
        )  # fmt: skip

    def restore(
        self, rollups: Iterable[Rollup], carry: Carry | None = None, recent: Iterable[tuple[str, str, str, str]] = ()
    ) -> None:
        """Bring back what was kept, into fresh figures.

        ``recent`` are (record_key, kind, order number, source) of the newest ``seen.WINDOW`` kept records, oldest
        first: they are only marked as seen. Without a ``carry`` the totals are right, but times are rounded to the
        bucket and sales by SKU start anew.
        """
        for rollup in rollups:
            self._tracks[rollup.metric].put(rollup)
        self._cut_newest()
        for key, kind, number, source in recent:
            if kind == "sample":
                self._typed.add(key)
            else:
                self._orders.remember(key, kind, number, source)
        if carry is not None:
            self._take_carry(carry)

    def _take_carry(self, carry: Carry) -> None:
        """Bring back what the buckets do not tell."""
        self._tracks.restore(carry.tracks, carry.ends)
        self._sales.restore(carry.skus, carry.clicked, carry.bought)
        self.last_at = dict(carry.sources)
        self._ruling.restore(carry.rulings)
        self._rooms = dict(carry.rooms)
        self._orders.estimated, self._orders.unpriced = carry.estimated, carry.unpriced
        for cut in carry.cuts:
            self._grid.cut(cut)


def is_kept(record: Record) -> bool:
    """Tell whether a record is kept one by one: money, and a person's own typing. The rest is in the buckets."""
    return record.kind in MONEY or (record.kind == "sample" and record.source == MANUAL)
