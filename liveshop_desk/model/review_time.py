"""A session cut into equal stretches: what grew, how many were in the room, what happened."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liveshop_desk.model.bases import BASES, Course, Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.rollup import Rollup, merge, whole

SIGNS = {"segment": "▶", "offer": "★", "price": "¥", "stock": "▦", "incident": "⚠", "cue": "»"}  # of marks, in words
_MINUTE_MS = 60_000
LONGEST_MS = 72 * 3600 * 1000  # a session nobody ended must not fill a sheet


@dataclass(frozen=True, slots=True)
class Mark:
    """A thing that happened. ``kind`` is segment, offer, price, stock, incident or cue; ``text`` names it."""

    at: Instant
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch [start, end). ``online`` is the time-weighted mean, ``online_max`` the peak; ``None`` unknown.

    ``grown`` holds, for every total anyone gave that evening, how much it grew here (fen for money). ``heard``
    are those of which a figure came here.
    """

    start: Instant
    end: Instant
    online: float | None
    online_max: Number | None
    grown: Mapping[str, Number]
    marks: tuple[Mark, ...] = ()
    heard: frozenset[str] = frozenset()


def stretches(
    rollups: Iterable[Rollup], since: Instant, until: Instant, seconds: int, marks: Sequence[Mark] = ()
) -> tuple[Stretch, ...]:
    """Cut [since, until) at whole multiples of ``seconds`` of the clock (19:00, 19:05 …).

    What a total had before the first stretch counts to the first one: it grew from 0 at the session's start. What
    came after the session's last minute is in none, however long they are.
    """
    step = seconds * 1000
    first = since - since % step
    over = -(-max(until, since + 1) // _MINUTE_MS) * _MINUTE_MS
    starts = range(first, max(min(until, first + LONGEST_MS), since + 1), step)
    merged: defaultdict[str, dict[Instant, Rollup]] = defaultdict(dict)
    for rollup in merge((each for each in rollups if each.bucket < over), seconds):
        merged[rollup.metric][rollup.bucket] = rollup
    growth = {metric: _growth(buckets, starts) for metric, buckets in merged.items() if _is_total(metric)}
    online = merged["online"]
    ordered = sorted(marks, key=lambda mark: mark.at)
    at = [mark.at for mark in ordered]
    return tuple(
        Stretch(
            start,
            start + step,
            online[start].mean if start in online else None,
            whole(online[start].high) if start in online else None,
            {metric: grown[place] for metric, grown in growth.items()},
            tuple(ordered[bisect_left(at, start) : bisect_left(at, start + step)]),
            frozenset(metric for metric in growth if start in merged[metric]),
        )
        for place, start in enumerate(starts)
    )


def _is_total(metric: str) -> bool:
    """Tell whether a metric's growth means something."""
    base = BASES.get(metric)
    return base is not None and base.course is Course.TOTAL


def _growth(buckets: Mapping[Instant, Rollup], starts: range) -> list[Number]:
    """Return how much a total grew in each stretch."""
    early = [bucket for bucket in buckets if bucket < starts.start]
    before: Number = 0
    held = buckets[max(early)].last if early else 0
    grown: list[Number] = []
    for start in starts:
        held = buckets[start].last if start in buckets else held
        grown.append(whole(held - before))
        before = held
    return grown
