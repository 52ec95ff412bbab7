"""A session that is over, with the lines an order file brought: its totals and buckets are made anew from the lines.

Lines are exact. A total that somebody told stands only where it holds more than the lines do: then the file is not
all there was. One that the lines explain to a hundredth was a rounded figure, and the lines take its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liveshop_desk.model.bases import Number
from liveshop_desk.model.carry import Carry, Kept, Sold
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import ROUNDED, told_with
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import FILE, MANUAL, Record
from liveshop_desk.model.rollup import Rollup

METRICS = ("orders", "units", "gmv", "refund_orders", "refund_amount")


@dataclass(frozen=True, slots=True)
class Settled:
    """What the session comes to. ``buckets``: metric → all its buckets, for those that are made anew."""

    buckets: dict[str, list[Rollup]]
    carry: Carry
    figures: dict[str, Number]


def settle(
    rollups: Sequence[Rollup],
    carry: Carry | None,
    before: Sequence[Record],
    after: Sequence[Record],
    cuts: Sequence[Instant],
    end: Instant,
) -> Settled:
    """Work it out. ``before`` and ``after`` are the paid lines and refunds without and with the file's."""
    live = LiveFigures()
    live.restore(rollups, carry)
    held, was, now = live.carry(), _folded(before, cuts, end), _folded(after, cuts, end)
    tracks = dict(held.tracks)
    fresh: set[str] = set()
    for metric in METRICS:
        if now.total(metric) is not None:
            tracks[metric], anew = _track(metric, held, was, now)
            fresh |= {metric} if anew else set()
    buckets: dict[str, list[Rollup]] = {metric: [] for metric in fresh}
    for rollup in now.take_dirty():
        if rollup.metric in fresh:
            buckets[rollup.metric].append(rollup)
    ends = held.ends | {metric: (found[-1].bucket, found[-1].last) for metric, found in buckets.items()}
    known = carry is not None
    settled = replace(
        held,
        tracks=tracks,
        ends=ends,
        skus=_skus(held.skus, was, now),
        estimated=min(held.estimated, now.estimated) if known else now.estimated,
        unpriced=min(held.unpriced, now.unpriced) if known else now.unpriced,
        bought=_bought(held, was, now),
    )
    return Settled(buckets, settled, {name: track.value for name, track in tracks.items()})


def _bought(held: Carry, was: LiveFigures, now: LiveFigures) -> dict[str, dict[int, int]]:
    """Return when each SKU was bought: by the lines; one that never had any as it was."""
    alone = {sku: each for sku, each in held.bought.items() if sku not in now.per_sku and sku not in was.per_sku}
    return now.carry().bought | alone


def _track(metric: str, held: Carry, was: LiveFigures, now: LiveFigures) -> tuple[Kept, bool]:
    """Return one total as it stands now, and whether its buckets are made anew."""
    kept, buyers = held.tracks.get(metric), held.tracks.get("buyers")
    total, newest = now.total(metric) or 0, now.told_at(metric)
    told_at = (kept.sampled_at or kept.at) if kept is not None else None
    if kept is not None and told_at is not None:
        known = (now.at(metric, told_at) or 0) - (was.at(metric, told_at) or 0)
        beyond = kept.value - (was.total(metric) or 0)
        gap, rounded = beyond - known, ROUNDED * abs(kept.value)
        if beyond > rounded and gap > rounded:
            if total + gap == kept.value:
                return kept._replace(sampled_at=told_at, gap=gap, seen=True), False
            told = (now.at(metric, told_at) or 0) + gap
            now.absorb(Record(told_at, "sample", MANUAL, metric=metric, value=told))
            last = max(told_at, newest or 0)
            return Kept(now.total(metric) or 0, last, told_at, gap, True, kept.told), True
    return Kept(total, newest, None, 0, True, None, _over(kept, buyers, total)), True


def _over(kept: Kept | None, buyers: Kept | None, total: Number) -> Number:
    """Return what the lines come to beyond a total that was told, where the buyers were told with it."""
    if kept is None or buyers is None or buyers.sampled_at is None:
        return 0
    if kept.sampled_at is None:
        return kept.over
    return max(total - kept.value, 0) if told_with(buyers.sampled_at, kept.sampled_at) else 0


def _folded(lines: Sequence[Record], cuts: Sequence[Instant], end: Instant) -> LiveFigures:
    """Fold lines alone, as one source; an order given back in several parts is one refunded order."""
    figures = LiveFigures()
    for cut in cuts:
        figures.cut(cut)
    refunded: set[str] = set()
    for number, line in enumerate(sorted(lines, key=lambda each: each.at)):
        again = line.kind == "refund" and line.order in refunded
        if line.kind == "refund" and line.order:
            refunded.add(line.order)
        count = 0 if again else None
        figures.absorb(replace(line, source=FILE, id=str(number), at=min(line.at, end), count=count, status=""))
    return figures


def _skus(held: dict[str, Sold], was: LiveFigures, now: LiveFigures) -> dict[str, Sold]:
    """Return sales by SKU: what was sold from the lines, clicks and carts as they were."""
    found: dict[str, Sold] = {}
    for sku in dict.fromkeys((*held, *now.per_sku)):
        old, sold = held.get(sku), now.per_sku.get(sku)
        if sold is None and old is not None and sku not in was.per_sku:
            found[sku] = old
            continue
        clicks, carted = (old[3], old[5]) if old else (None, 0)
        units, orders, gmv, refunded = (sold.units, sold.orders, sold.gmv, sold.refunded) if sold else (0, 0, None, 0)
        found[sku] = (units, orders, gmv, clicks, refunded, carted)
    return found
