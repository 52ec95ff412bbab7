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

    ``grown`` holds how much each total grew here (fen for money), without those nobody can tell it of (``Known``).
    """

    start: Instant
    end: Instant
    online: float | None
    online_max: Number | None
    grown: Mapping[str, Number]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of totals at times of which no figure came.

    Of those in ``jumps`` (see ``Coverage``) nothing: what grew since the figure before stands where the next one came.
    Of those in ``partial``, seen for a part of the show, neither: what came meanwhile may have been missed.
    Those in ``whole`` are all there from the session's start: before the first figure they were 0. All the others are
    unknown until their first figure, and grow by 0 where none came after it.
    """

    jumps: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()

    def since(self, metric: str, start: Instant) -> Instant | None:
        """Return from when on a figure makes the growth from ``start`` on known; ``None`` where it is without one."""
        if metric in self.jumps or metric in self.partial:
            return start
        return None if metric in self.whole else 0


def stretches(
    rollups: Iterable[Rollup], since: Instant, until: Instant, seconds: int,
    marks: Sequence[Mark] = (), known: Known = Known(),
) -> tuple[Stretch, ...]:  # fmt: skip
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
    growth = {
        metric: _growth(metric, buckets, starts, known) for metric, buckets in merged.items() if _is_total(metric)
    }
    online = merged["online"]
    ordered = sorted(marks, key=lambda mark: mark.at)
    at = [mark.at for mark in ordered]
    return tuple(
        Stretch(
            start,
            start + step,
            online[start].mean if start in online else None,
            whole(online[start].high) if start in online else None,
            {metric: grown for metric, each in growth.items() if (grown := each[place]) is not None},
            tuple(ordered[bisect_left(at, start) : bisect_left(at, start + step)]),
        )
        for place, start in enumerate(starts)
    )


def _is_total(metric: str) -> bool:
    """Tell whether a metric's growth means something."""
    base = BASES.get(metric)
    return base is not None and base.course is Course.TOTAL


def _growth(metric: str, buckets: Mapping[Instant, Rollup], starts: range, known: Known) -> list[Number | None]:
    """Return how much a total grew in each stretch; ``None`` where nobody can tell."""
    early = max((bucket for bucket in buckets if bucket < starts.start), default=None)
    before: Number = 0
    held: Number = 0 if early is None else buckets[early].last
    told = None if early is None else starts.start  # when the newest figure came
    grown: list[Number | None] = []
    for start in starts:
        if start in buckets:
            held, told = buckets[start].last, start
        since = known.since(metric, start)
        if since is not None and (told is None or told < since):
            grown.append(None)
            continue
        grown.append(whole(held - before))
        before = held
    return grown
