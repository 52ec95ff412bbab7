"""Where buckets begin, and how long is long: by the show's clock, or by that of a recording played faster into it."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from math import ceil, floor

from liveshop_desk.model.clock import Instant

BUCKET_MS = 10_000
HOLD_MS = 15 * 60_000  # as long as the alarm "no figure entered" waits
LATE_MS = 60_000  # a record older than that is not late: the clock was set back
MOST_CUTS = 5_000  # segments taken in one show; more is noise from outside


class Grid:
    """Where buckets begin: every ten seconds, and at the cuts; and how long is long (``hold`` and ``late`` in ms).

    Where a recording is played faster than it happened all of these are so much shorter.
    """

    def __init__(self, cuts: Iterable[Instant] = ()) -> None:
        self.cuts: list[Instant] = sorted(cuts)
        self.play_at(1)

    def play_at(self, pace: float, origin: float = 0) -> None:
        """Measure by a recording that is played ``pace`` times as fast, with a bucket's start at ``origin``."""
        self.hold, self.late = HOLD_MS / pace, LATE_MS / pace
        self._length = BUCKET_MS / pace
        self._origin = origin

    def cut(self, at: Instant) -> None:
        """Begin a new bucket at ``at``."""
        if at % BUCKET_MS and len(self.cuts) < MOST_CUTS and at not in self.cuts:
            insort(self.cuts, at)

    def start(self, at: Instant) -> Instant:
        """Return the start of the bucket ``at`` falls in."""
        edge = at - at % BUCKET_MS if self._length == BUCKET_MS else self._edge(at, 0)
        place = bisect_right(self.cuts, at)
        return max(edge, self.cuts[place - 1]) if place else edge

    def end(self, start: Instant) -> Instant:
        """Return the end of the bucket that begins at ``start``."""
        edge = start - start % BUCKET_MS + BUCKET_MS if self._length == BUCKET_MS else self._edge(start, 1)
        place = bisect_right(self.cuts, start)
        return min(edge, self.cuts[place]) if place < len(self.cuts) else edge

    def _edge(self, at: Instant, later: int) -> Instant:
        """Return where the drawn-together bucket of ``at`` begins, or the one ``later`` than that: whole ms."""
        number = floor((at + 0.5 - self._origin) / self._length)
        return ceil(self._origin + (number + later) * self._length - 0.5)
