"""The numbers of the session on air: an incremental fold of records, in memory, handed out bucket by bucket."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from liveshop_desk.model.bases import BASES, Course, Figures, Number
from liveshop_desk.model.carry import Carry, Kept
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import Coverage, Ground, coverage_of
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import FILE, MANUAL, Record
from liveshop_desk.model.rollup import Grid, Rollup, Track, whole
from liveshop_desk.model.ruling import MOST_SOURCES, Ruling
from liveshop_desk.model.sales import Owners, Sales, SkuSales
from liveshop_desk.model.seen import Seen, identity_hash, record_key, void_key

__all__ = ["LiveFigures", "SkuSales"]

_UNKNOWN = 50
_BOUGHT, _GIVEN_BACK = ("orders", "units", "gmv"), ("refund_orders", "refund_amount")  # the first counts what stands
_OWNED = ("order", "refund")  # told by number: who told it first tells of it
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
    """

    def __init__(self, source_order: tuple[str, ...] = ()) -> None:
        self.last_at: dict[str, Instant] = {}
        self.unknown: Counter[str] = Counter()
        self.waits: Counter[str] = Counter()
        self.strangers = 0
        self.estimated: Fen = 0  # the part of GMV that is the live price and not a paid amount
        self.unpriced = 0  # order lines that told no amount and could not be estimated
        self._sales = Sales()
        self._ruling = Ruling(source_order)
        self._rooms: dict[str, str] = {}
        self._grid = Grid()
        self._tracks: dict[str, Track] = {}
        self._seen = Seen()
        # Orders have a window of their own: a flood of likes must not make one count twice.
        self._seen_money = Seen()
        self._owners = Owners()
        self._refund_owners = Owners()
        self.late: list[Record] = []

    def reorder(self, source_order: tuple[str, ...]) -> None:
        """Let the sources rule in another order from here on."""
        self._ruling.reorder(source_order)

    @property
    def per_sku(self) -> dict[str, SkuSales]:
        """Return sales by SKU."""
        return self._sales.per_sku

    # -- records in ------------------------------------------------------------------------------------------

    def absorb(self, record: Record, key: str = "") -> bool:
        """Take one record in; return False for one that was seen before or is not taken.

        ``key`` is its ``record_key`` where the caller has worked it out already (only kept records need one).
        """
        source, at, kind = record.source, record.at, record.kind
        if kind == "cut":
            self._grid.cut(at)
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

    def _is_new(self, record: Record, kind: str, key: str) -> bool:
        """Tell whether nobody sent the record before."""
        if not is_kept(record):
            return self._seen.add(identity_hash(record))
        if kind == "void":
            return self._seen_money.add(void_key(record.id))
        if kind == "revive":
            return self._seen_money.discard(void_key(record.id))
        return (self._seen if kind == "sample" else self._seen_money).add(key or record_key(record))

    def _count(self, record: Record, kind: str) -> bool:
        """Add an event to its total; False where a better source has the say."""
        if not self._ruling.event(kind, record.source, record.at, self.last_at):
            self.waits[record.source] += 1
            return False
        count = 1 if record.count is None else record.count
        self._track(_COUNTED[kind]).add(record.at, count)
        if kind == "click":
            self._sales.click(record.sku, count)
        return True

    def _take(self, record: Record, kind: str) -> bool:
        """Take in a record nobody sent before that is no mere count."""
        if kind == "sample":
            self._sample(record)
        elif kind == "order":
            return self._order(record)
        elif kind == "room":
            self._room(record)
        elif kind == "void":
            self._void(record)
        elif kind == "revive":
            return self._revive(record)
        elif kind != "refund" and not self._ruling.event(kind, record.source, record.at, self.last_at):
            self.waits[record.source] += 1
            return False
        else:
            return self._other(record)
        return True

    def _track(self, metric: str) -> Track:
        """Return the metric's track, new where there is none."""
        track = self._tracks.get(metric)
        if track is None:
            track = self._tracks[metric] = Track(metric, self._grid)
        return track

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
                self._track(metric).past_level(at, value)
            else:
                self._track(metric).level(at, value)
        else:
            self._total(record, self._ruling.total(metric, source, at, value))

    def _total(self, record: Record, value: Number | None) -> None:
        """Take a total's figure; a told GMV is what was really paid up to then."""
        if value is None:
            self.waits[record.source] += 1
            return
        track = self._track(record.metric)
        if record.source == FILE:
            track.past_total(record.at, value)
        else:
            track.total(record.at, value)
        if record.metric == "gmv" and track.sampled_at == record.at:
            self.estimated = self.unpriced = 0

    def _room(self, record: Record) -> None:
        """Let a source's totals begin anew where it has gone to another room."""
        if self._rooms.get(record.source, record.id) != record.id:
            self._ruling.new_room(record.source)
        self._rooms[record.source] = record.id

    def _add(self, record: Record, metric: str, amount: Number | None) -> None:
        """Add an event's amount to a total; one it does not tell is not 0, so nothing is added."""
        if amount is not None:
            self._track(metric).add(record.at, amount)

    def _order(self, record: Record) -> bool:
        """Count a paid line; the lines of one order number are one order. Return False where it counts for nothing.

        One that is only placed is a step on the way and counts for nothing yet. One without a number cannot be told
        from the same order of another relay: there a single source speaks.
        """
        if record.status == "ordered":
            return False
        fresh = True
        if record.order:
            mine, fresh = self._owners.claim(record.order, record.source)
            if not mine:
                return self._stand_by(record, self._owners)
        elif not self._ruling.event("order", record.source, record.at, self.last_at):
            self.waits[record.source] += 1
            return False
        units = 1 if record.quantity is None else record.quantity
        if fresh:
            self._sold(record, "orders", 1)
        self._sold(record, "units", units)
        if record.amount is None:
            self.unpriced += units > 0
        else:
            self._sold(record, "gmv", record.amount)
            self.estimated += record.amount if record.estimated else 0
        self._sales.order(record, units)
        return True

    def _stand_by(self, record: Record, owners: Owners) -> bool:
        """Let the line wait that another source told first: forever, but where one of the two is an order file.

        Then it counts as taken back from the beginning, and may come again when the file's import is undone.
        """
        self.waits[record.source] += 1
        if FILE in (record.source, owners.of(record.order)):
            self._seen_money.add(void_key(record_key(record)))
            self.late.append(record)
        return False

    def _sold(self, record: Record, metric: str, amount: Number) -> None:
        """Add a line's part to a total; an order file tells of times for which totals may have been told."""
        track = self._track(metric)
        if record.source == FILE:
            track.settle(record.at, amount)
        else:
            track.add(record.at, amount)

    def _void(self, record: Record) -> None:
        """Take back a paid line that an order file tells better (its own comes behind it), or one of a file."""
        if record.status == "refund":
            self._void_refund(record)
            return
        units = 1 if record.quantity is None else record.quantity
        self._owners.release(record.order)
        self._track("orders").take_back(record.at, record.count or 0)
        self._track("units").take_back(record.at, units)
        if record.amount is None:
            self.unpriced = max(0, self.unpriced - (units > 0))
        else:
            self._track("gmv").take_back(record.at, record.amount)
            self.estimated = max(0, self.estimated - (record.amount if record.estimated else 0))
        self._sales.void(record, units)

    def _void_refund(self, record: Record) -> None:
        """Take back what a file told as given back."""
        self._refund_owners.release(record.order)
        self._add(record, "refund_orders", -(record.count or 0))
        self._add(record, "refund_amount", None if record.amount is None else -record.amount)
        self._sales.refund(record.sku, -(record.quantity or 0))

    def _revive(self, record: Record) -> bool:
        """Count a line again that was taken back; where another source speaks of its order by now, it stands by."""
        refund = record.status == "refund"
        mine, fresh = (self._refund_owners if refund else self._owners).claim(record.order, record.source)
        if not mine:
            self._seen_money.add(void_key(record.id))
            return False
        if refund:
            self._count_refund(record, fresh=fresh)
        else:
            self._put_back(record, fresh=fresh)
        return True

    def _put_back(self, record: Record, *, fresh: bool) -> None:
        units = 1 if record.quantity is None else record.quantity
        self._track("orders").put_back(record.at, int(fresh))
        self._track("units").put_back(record.at, units)
        if record.amount is None:
            self.unpriced += units > 0
        else:
            gmv = self._track("gmv")
            gmv.put_back(record.at, record.amount)
            told = gmv.sampled_at is not None and record.at <= gmv.sampled_at
            self.estimated += record.amount if record.estimated and not told else 0
        self._sales.order(record, units)

    def _refund(self, record: Record) -> bool:
        """Count money given back: an order in parts is one order, and only who told it first tells of it."""
        fresh = True
        if record.order:
            mine, fresh = self._refund_owners.claim(record.order, record.source)
            if not mine:
                return self._stand_by(record, self._refund_owners)
        self._count_refund(record, fresh=fresh)
        return True

    def _count_refund(self, record: Record, *, fresh: bool) -> None:
        self._add(record, "refund_orders", (1 if record.count is None else record.count) if fresh else 0)
        self._add(record, "refund_amount", record.amount)
        self._sales.refund(record.sku, record.quantity or 0)

    def _other(self, record: Record) -> bool:
        """Count the kinds that feed more than one total, or one under another name; False for an unknown kind."""
        kind = record.kind
        if kind == "refund":
            return self._refund(record)
        if kind == "gift":
            self._add(record, "gifts", 1 if record.count is None else record.count)
            self._add(record, "tips", record.value)
        elif kind == "cart":
            units = 1 if record.quantity is None else record.quantity
            self._add(record, "cart_units", units)
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
        return track.value if track and metric not in self._emptied() else None

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
        gone = self._emptied()
        known: dict[str, Number] = {name: track.value for name, track in self._tracks.items() if name not in gone}
        online = self._tracks.get("online")
        if online is not None:
            known.setdefault("online_max", online.high())
            known.setdefault("online_mean", online.mean(until))
        return known

    def coverage(self, imported: Figures, now: Instant) -> Coverage:
        """Return what the figures cover: which may be set against which."""
        gone = self._emptied()
        grounds = {name: _ground(track) for name, track in self._tracks.items() if name not in gone}
        return coverage_of(grounds, imported, now, estimated=self.estimated > 0, unpriced=self.unpriced > 0)

    def _emptied(self) -> set[str]:
        """Return the totals whose every line was taken back: of these nothing is known, which is not 0."""
        found: set[str] = set()
        for group in (_BOUGHT, _GIVEN_BACK):
            first = self._tracks.get(group[0])
            if first is not None and first.seen and not first.value and first.sampled_at is None:
                found |= {name for name in group if (t := self._tracks.get(name)) and t.seen and t.sampled_at is None}
        gmv = self._tracks.get("gmv")
        if self.unpriced and gmv is not None and not gmv.value and gmv.sampled_at is None:
            found.add("gmv")
        return found

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

    def bucket_of(self, at: Instant) -> Instant:
        """Return the start of the bucket ``at`` falls in."""
        return self._grid.start(at)

    def carry(self) -> Carry:
        """Return what the buckets do not tell; keep it together with what ``take_dirty`` gave."""
        tracks = {name: _kept(t) for name, t in self._tracks.items()}
        skus = {
            sku: (sold.units, sold.orders, sold.gmv, sold.clicks, sold.refunded, sold.carted)
            for sku, sold in self.per_sku.items()
        }
        ends = {name: end for name, track in self._tracks.items() if (end := track.end()) is not None}
        return Carry(
            tracks, skus, dict(self.last_at), tuple(self._grid.cuts), ends, self._ruling.kept(), dict(self._rooms),
            self.estimated, self.unpriced,
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
            self._track(rollup.metric).put(rollup)
        for key, kind, number, source in recent:
            (self._seen if kind == "sample" else self._seen_money).add(key)
            if kind in ("replaced", "late", "late_refund"):
                self._seen_money.add(void_key(key))
            if kind in _OWNED and number:
                (self._owners if kind == "order" else self._refund_owners).claim(number, source)
        if carry is not None:
            self._take_carry(carry)

    def _take_carry(self, carry: Carry) -> None:
        """Bring back what the buckets do not tell.

        A metric whose newest bucket was written anew since (a file's figures were imported) stands as that bucket
        says: it was told, and what it differs by no event has brought.
        """
        for name, track in self._tracks.items():
            kept, end = carry.tracks.get(name), track.end()
            if kept is None or end != carry.ends.get(name, end):
                before = kept.value if kept else 0
                track.gap = track.value - before + (kept.gap if kept else 0)
                track.sampled_at, track.seen = track.at, bool(kept and kept.seen)
        for name, kept in carry.tracks.items():
            track = self._track(name)
            if track.end() == carry.ends.get(name, track.end()):
                track.value, track.at, track.sampled_at = whole(kept.value), kept.at, kept.sampled_at
                track.gap, track.seen, track.told = whole(kept.gap), kept.seen, kept.told
                track.over, track.dip = whole(kept.over), whole(kept.dip)
        self._sales.per_sku = {sku: SkuSales(*sold) for sku, sold in carry.skus.items()}
        self.last_at = dict(carry.sources)
        self._ruling.restore(carry.rulings)
        self._rooms = dict(carry.rooms)
        self.estimated, self.unpriced = carry.estimated, carry.unpriced
        for cut in carry.cuts:
            self._grid.cut(cut)


def is_kept(record: Record) -> bool:
    """Tell whether a record is kept one by one: money, and a person's own typing. The rest is in the buckets."""
    kind = record.kind
    money = kind == "order" or kind == "refund" or kind == "void" or kind == "revive"
    return money or (kind == "sample" and record.source == MANUAL)


def _kept(track: Track) -> Kept:
    """Return what of a track its buckets do not tell."""
    return Kept(
        track.value, track.at, track.sampled_at, track.gap, track.seen, track.told, track.over, track.dip
    )  # fmt: skip


def _ground(track: Track) -> Ground:
    """Return what a track's figure stands on."""
    return Ground(track.value, track.sampled_at, track.gap, track.seen)
