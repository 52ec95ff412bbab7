"""The tracks of one session, metric by metric: made when first asked for, handed out by buckets, kept, brought back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liveshop_desk.model.bases import Number
from liveshop_desk.model.carry import Kept
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import Ground
from liveshop_desk.model.grid import Grid
from liveshop_desk.model.rollup import Rollup, Track, whole


class Tracks(dict[str, Track]):
    """Metric → track, all on one grid. ``tracks[metric]`` makes one that is not there, ``get`` does not.

    A dict and nothing around it: every record of a flood looks a track up.
    """

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self._grid = grid

    def __missing__(self, metric: str) -> Track:
        """Make the track of a metric nobody told of yet."""
        track = self[metric] = Track(metric, self._grid)
        return track

    def add(self, metric: str, at: Instant, amount: Number | None) -> None:
        """Add an event's amount to a total; one it does not tell is not 0, so nothing is added."""
        if amount is not None:
            self[metric].add(at, amount)

    def take_dirty(self) -> list[Rollup]:
        """Return the buckets changed since the last call."""
        taken: list[Rollup] = []
        for track in self.values():
            taken.extend(track.rollup(start) for start in sorted(track.dirty))
            track.dirty.clear()
        return taken

    def give_back(self, rollups: Iterable[Rollup]) -> None:
        """Mark buckets dirty again."""
        for rollup in rollups:
            self[rollup.metric].dirty.add(rollup.bucket)

    def grounds(self, gone: set[str]) -> dict[str, Ground]:
        """Return what each figure stands on, but those of ``gone``."""
        return {n: Ground(t.value, t.sampled_at, t.gap, t.seen, t.over, t.at) for n, t in self.items() if n not in gone}

    def kept(self) -> dict[str, Kept]:
        """Return what the buckets do not tell."""
        return {n: Kept(t.value, t.at, t.sampled_at, t.gap, t.seen, t.told, t.over, t.dip) for n, t in self.items()}

    def ends(self) -> dict[str, tuple[Instant, Number]]:
        """Return (start, last figure) of each metric's newest bucket."""
        return {name: end for name, track in self.items() if (end := track.end()) is not None}

    def restore(self, tracks: Mapping[str, Kept], ends: Mapping[str, tuple[Instant, Number]]) -> None:
        """Bring back what ``kept`` and ``ends`` gave, behind the buckets.

        A metric whose newest bucket was written anew since (a file's figures were imported) stands as that bucket
        says: it was told, and what it differs by no event has brought.
        """
        for name, track in self.items():
            kept, end = tracks.get(name), track.end()
            if kept is None or end != ends.get(name, end):
                before = kept.value if kept else 0
                track.gap = track.value - before + (kept.gap if kept else 0)
                track.sampled_at, track.seen = track.at, bool(kept and kept.seen)
        for name, kept in tracks.items():
            track = self[name]
            if track.end() == ends.get(name, track.end()):
                track.value, track.at, track.sampled_at = whole(kept.value), kept.at, kept.sampled_at
                track.gap, track.seen, track.told = whole(kept.gap), kept.seen, kept.told
                track.over, track.dip = whole(kept.over), whole(kept.dip)
