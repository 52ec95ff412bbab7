"""Ten-second buckets: what one metric did over time, small enough to keep and exact where it matters.

A *gauge* (online) holds its last figure until the next, but no longer than ``grid.HOLD_MS``: after that it is unknown.
A *total* (gmv) is cumulative: a sample sets it, an event adds to it. A cut (the moment a segment is taken) begins
a new bucket, so that sums over a pitch are exact and not rounded to ten seconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.grid import Grid

BACK_MS = 2 * 60_000  # before the newest bucket: what is older is rewritten, if it changes at all


@dataclass(frozen=True, slots=True)
class Rollup:
    """One bucket of one metric, as it is kept. ``bucket`` is its start (ms UTC).

    ``n`` figures came in it (0: the level was only held); ``low``, ``high``, ``last`` are levels or cumulative
    totals; ``area`` is Σ level × seconds over the ``seconds`` the level was known (0 for totals).
    """

    metric: str
    bucket: Instant
    n: int
    low: Number
    high: Number
    last: Number
    area: float = 0.0
    seconds: float = 0.0

    @property
    def mean(self) -> Number:
        """Return the time-weighted mean level; the last figure where no time passed."""
        return self.area / self.seconds if self.seconds else self.last

    def values(self) -> dict[str, Number]:
        """Return what the bucket says, by column."""
        return {
            "n": self.n, "low": self.low, "high": self.high, "last": self.last, "area": self.area,
            "seconds": self.seconds,
        }  # fmt: skip


def merge(rollups: Iterable[Rollup], seconds: int) -> list[Rollup]:
    """Return coarser buckets of ``seconds``, in time order, for one metric or several."""
    merged: dict[tuple[str, Instant], Rollup] = {}
    for fine in sorted(rollups, key=lambda rollup: rollup.bucket):
        start = fine.bucket - fine.bucket % (seconds * 1000)
        old = merged.get((fine.metric, start))
        merged[fine.metric, start] = _joined(old, fine, start)
    return list(merged.values())


def _joined(old: Rollup | None, fine: Rollup, start: Instant) -> Rollup:
    """Return ``old`` with the later ``fine`` added."""
    if old is None:
        return Rollup(fine.metric, start, fine.n, fine.low, fine.high, fine.last, fine.area, fine.seconds)
    low, high = min(old.low, fine.low), max(old.high, fine.high)
    return Rollup(
        fine.metric, start, old.n + fine.n, low, high, fine.last, old.area + fine.area, old.seconds + fine.seconds
    )


@dataclass(slots=True)
class _Bucket:
    """A bucket still being written."""

    n: int
    low: Number
    high: Number
    last: Number
    area: float = 0.0
    seconds: float = 0.0

    def include(self, value: Number) -> None:
        """Widen low and high to ``value``."""
        self.low = min(self.low, value)
        self.high = max(self.high, value)


class Track:
    """One metric's buckets in time order, and the figure that stands now.

    ``at`` is the newest figure's instant, ``sampled_at`` that of the newest sample of a total. ``gap`` is what the
    samples of a total added that no event had brought; ``seen`` tells that events feed it (see ``coverage``). ``over``
    is what an order file's lines come to beyond the newest sample, ``dip`` the part of it that lines had before.
    """

    def __init__(self, metric: str, grid: Grid) -> None:
        self.metric = metric
        self.value: Number = 0
        self.at: Instant | None = None
        self.sampled_at: Instant | None = None
        self.gap: Number = 0
        self.over: Number = 0
        self.dip: Number = 0
        self.seen = False
        self.rewritten = 0  # how often something older than BACK_MS has changed
        self.starts: list[Instant] = []
        self.dirty: set[Instant] = set()
        self._grid = grid
        self._buckets: dict[Instant, _Bucket] = {}
        self.told: tuple[Instant, Number] | None = None  # a file's newest figure

    # -- a gauge ---------------------------------------------------------------------------------------------

    def level(self, at: Instant, value: Number) -> None:
        """Take a gauge's figure: it stands from ``at`` on.

        One a little older than the newest only widens its bucket. One much older means that the clock was set
        back: time goes on from there.
        """
        late = self.at is not None and self.at - self._grid.late <= at < self.at
        if self.at is not None and at > self.at:
            self._hold(self.at, at)
        bucket = self._bucket(self._grid.start(at), value)
        bucket.n += 1
        bucket.include(value)
        if not late:
            bucket.last = self.value = value
            self.at = at

    def past_level(self, at: Instant, value: Number) -> None:
        """Take a level a file tells of a time that is over: what stands now is not touched.

        It counts until the file's next figure, where no other source knew the level meanwhile.
        """
        if self.at is None or at >= self.at:
            self.level(at, value)
            self.told = (at, value)
            return
        if self.told is not None and self.told[0] < at:
            self._fill(self.told[0], at, self.told[1])
        bucket = self._bucket(self._grid.start(at), value)
        bucket.n += 1
        bucket.include(value)
        self.told = (at, value)

    def _fill(self, since: Instant, until: Instant, value: Number) -> None:
        """Let ``value`` count from ``since`` to ``until`` for the seconds nobody told."""
        until = min(until, since + round(self._grid.hold))
        while since < until:
            start = self._grid.start(since)
            end = min(self._grid.end(start), until)
            bucket = self._bucket(start, value)
            whole_bucket = (self._grid.end(start) - start) / 1000
            seconds = max(min((end - since) / 1000, whole_bucket - bucket.seconds), 0.0)
            bucket.area += value * seconds
            bucket.seconds += seconds
            since = end

    def held(self, until: Instant) -> list[Rollup]:
        """Return a gauge's buckets, its last figure standing until ``until``: what a show's minutes are made of.

        The buckets themselves end with the last figure, for nobody knows yet how long it will stand. Read only: the
        track is done with after this.
        """
        if self.at is not None:
            self._fill(self.at, until, self.value)
        return [self.rollup(start) for start in self.starts]

    def _hold(self, since: Instant, until: Instant) -> None:
        """Let the standing level count from ``since`` to ``until``, bucket by bucket."""
        until = min(until, since + round(self._grid.hold))
        while since < until:
            start = self._grid.start(since)
            end = min(self._grid.end(start), until)
            bucket = self._bucket(start, self.value)
            bucket.include(self.value)
            seconds = (end - since) / 1000
            bucket.area += self.value * seconds
            bucket.seconds += seconds
            since = end

    # -- a total ---------------------------------------------------------------------------------------------

    def add(self, at: Instant, amount: Number) -> None:
        """Add an event's ``amount`` at ``at``; what stands later moves with it, so a late event is still right."""
        self.seen = True
        self._grow(at, amount)

    def settle(self, at: Instant, amount: Number) -> None:
        """Take what an order file tells of ``at``: what was told for a later moment had it in already.

        There only the gap closes; where the lines come to more than was told, they are the truth.
        """
        newest = self.sampled_at
        if newest is None or at > newest:
            self.add(at, amount)
            return
        self.seen = True
        self.dip += min(self.gap, 0)
        self.gap -= amount
        self._show_over(at)

    def take_back(self, at: Instant, amount: Number) -> None:
        """Undo ``add`` or ``settle``: what a sample told stands, and is explained by less."""
        if self.sampled_at is None or at > self.sampled_at:
            self.add(at, -amount)
            return
        back = min(self.over, amount)
        self.over -= back
        self.gap += amount - back
        if self.dip and self.over == -self.dip:  # no line of a file is left: the sample is the truth again
            back, self.gap, self.over, self.dip = back + self.over, self.dip, 0, 0
        if back:
            self._grow(at, -back)

    def put_back(self, at: Instant, amount: Number) -> None:
        """Undo ``take_back``."""
        if self.sampled_at is None or at > self.sampled_at:
            self.add(at, amount)
            return
        self.gap -= amount
        if self.over:
            self._show_over(at)

    def _show_over(self, at: Instant) -> None:
        """Let the total grow to what the lines come to, where that is more than was told."""
        if self.gap < 0:
            self._grow(at, -self.gap)
            self.over -= self.gap
            self.gap = 0

    def _grow(self, at: Instant, amount: Number, until: Instant | None = None) -> None:
        """Add ``amount`` from ``at`` on: for good, or only to the buckets that begin before ``until``."""
        starts, start = self.starts, self._grid.start(at)
        if starts and starts[-1] == start:  # nearly always: what comes belongs to the newest bucket
            bucket = self._buckets[start]
            self.dirty.add(start)
        else:
            bucket = self._bucket(start, self._before(start))
        bucket.n += 1
        bucket.last = last = bucket.last + amount
        if last > bucket.high:
            bucket.high = last
        elif last < bucket.low:
            bucket.low = last
        if starts[-1] != start:
            for later in starts[bisect_right(starts, start) :]:
                if until is None or later < until:
                    self._shift(later, amount)
        if until is None:
            self.value += amount
            self.at = at if self.at is None or at > self.at else self.at

    def _shift(self, start: Instant, amount: Number) -> None:
        """Move one later bucket's totals by ``amount``."""
        bucket = self._buckets[start]
        bucket.low += amount
        bucket.high += amount
        bucket.last += amount
        self.dirty.add(start)

    def total(self, at: Instant, value: Number) -> None:
        """Take a total's figure: the truth at ``at``. One older than the newest sample says nothing new."""
        newest = self.sampled_at
        if newest is not None and newest - self._grid.late <= at < newest:
            return
        set_back = newest is not None and at < newest
        gap = value - (self.value if set_back else self._standing(at))
        self._grow(at, gap)
        self.gap += gap
        self.over = self.dip = 0
        self.sampled_at = at

    def past_total(self, at: Instant, value: Number) -> None:
        """Take a total a file tells of a time that is over; what was told for a later moment stays as it is."""
        newest = self.sampled_at
        if newest is None or at >= newest:
            self.total(at, value)
        elif self._grid.start(at) < self._grid.start(newest):
            self._grow(at, value - self._standing(at), self._grid.start(newest))

    def _standing(self, at: Instant) -> Number:
        """Return the total at the end of the bucket ``at`` falls in."""
        place = bisect_right(self.starts, self._grid.start(at))
        return self._buckets[self.starts[place - 1]].last if place else 0

    def _before(self, instant: Instant) -> Number:
        """Return the total before the first bucket that begins at or after ``instant``; 0 at the very start."""
        place = bisect_left(self.starts, instant)
        return self._buckets[self.starts[place - 1]].last if place else 0

    # -- both ------------------------------------------------------------------------------------------------

    def _bucket(self, start: Instant, value: Number) -> _Bucket:
        """Return the bucket that begins at ``start``, made with ``value`` where there is none; it is dirty now."""
        if self.starts and start < self.starts[-1] - BACK_MS:
            self.rewritten += 1
        bucket = self._buckets.get(start)
        if bucket is None:
            bucket = self._buckets[start] = _Bucket(0, value, value, value)
            insort(self.starts, start)
        self.dirty.add(start)
        return bucket

    def at_instant(self, instant: Instant) -> Number | None:
        """Return what stood in the bucket ``instant`` falls in; ``None`` before the first figure."""
        place = bisect_right(self.starts, instant)
        return self._buckets[self.starts[place - 1]].last if place else None

    def between(self, a: Instant, b: Instant) -> Number:
        """Return how much a total grew in [a, b); exact where a and b are cuts, else to the bucket."""
        return self._before(b) - self._before(a)

    def values(self, since: int = 0) -> list[Number]:
        """Return the last figure of each bucket from place ``since`` on."""
        return [self._buckets[start].last for start in self.starts[since:]]

    def grown(self) -> list[Instant]:
        """Return the starts of the buckets in which a total grew; of one whose lines were taken back it did not."""
        steps = pairwise((0, *self.values()))
        return [start for start, (before, value) in zip(self.starts, steps, strict=True) if value > before]

    def low(self) -> Number:
        """Return the lowest figure."""
        return min(bucket.low for bucket in self._buckets.values())

    def high(self) -> Number:
        """Return the highest figure."""
        return max(bucket.high for bucket in self._buckets.values())

    def mean(self, until: Instant | None = None) -> float:
        """Return a gauge's time-weighted mean up to the newest figure, or to ``until``."""
        areas = [bucket.area for bucket in self._buckets.values()]
        seconds = [bucket.seconds for bucket in self._buckets.values()]
        if until is not None and self.at is not None and until > self.at:
            held = min(until - self.at, self._grid.hold) / 1000
            areas.append(self.value * held)
            seconds.append(held)
        whole = fsum(seconds)
        return fsum(areas) / whole if whole else self.value

    def rollup(self, start: Instant) -> Rollup:
        """Return one bucket to keep."""
        bucket = self._buckets[start]
        return Rollup(self.metric, start, bucket.n, bucket.low, bucket.high, bucket.last, bucket.area, bucket.seconds)

    def end(self) -> tuple[Instant, Number] | None:
        """Return (start, last figure) of the newest bucket; ``None`` without one."""
        return (self.starts[-1], self._buckets[self.starts[-1]].last) if self.starts else None

    def put(self, kept: Rollup) -> None:
        """Put a kept bucket back; the newest one's figure stands."""
        self._bucket(kept.bucket, 0)
        self._buckets[kept.bucket] = _Bucket(
            kept.n, whole(kept.low), whole(kept.high), whole(kept.last), kept.area, kept.seconds
        )
        self.dirty.discard(kept.bucket)
        if kept.bucket == self.starts[-1]:
            self.value, self.at = whole(kept.last), kept.bucket


def whole(value: Number) -> Number:
    """Return a count as an int again: a REAL column hands 5 back as 5.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
