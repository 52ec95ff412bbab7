"""Who sends numbers, how fresh they are, and what of them was not taken: small, bounded, for a page to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.ruling import SILENT_MS

MOST_SOURCES = 64  # more names than that are noise from outside
_MOST_REASONS = 20
_MINUTE = 60
_UNHURRIED = frozenset({"manual", "file"})  # a person does not type four times a minute


@dataclass(frozen=True, slots=True)
class SourceState:
    """One row of the page. ``last_at`` is the newest arrival; ``refused`` maps a reason to how often.

    ``waits`` counts records that were right but put aside, because a better source rules.
    """

    source: str
    last_at: Instant | None
    per_minute: int
    received: int
    refused: tuple[tuple[str, int], ...]
    unknown: tuple[tuple[str, int], ...]
    waits: int
    stale: bool


@dataclass(slots=True)
class _Entry:
    last_at: Instant | None = None
    received: int = 0
    refused: Counter[str] = field(default_factory=Counter[str])
    unknown: Counter[str] = field(default_factory=Counter[str])
    seconds: list[int] = field(default_factory=lambda: [0] * _MINUTE)
    second: int = 0


class SourceBook:
    """Counts by source. ``nameless`` are the records of sources beyond the first 64: they are not taken."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self.nameless = 0

    def note(self, source: str, at: Instant, n: int = 1) -> None:
        """Note ``n`` records that arrived at ``at`` (the desk's clock, not the source's)."""
        entry = self._entry(source, n)
        if entry is None:
            return
        _turn(entry, at)
        entry.received += n
        entry.seconds[entry.second % _MINUTE] += n
        entry.last_at = at if entry.last_at is None else max(at, entry.last_at)

    def refused(self, source: str, why: str, n: int = 1) -> None:
        """Count what could not be read or taken. ``why`` is a short text for people."""
        entry = self._entry(source, n)
        if entry is not None:
            _count(entry.refused, why, n)

    def unknown(self, source: str, kind: str, n: int = 1) -> None:
        """Count a kind nobody defined."""
        entry = self._entry(source, n)
        if entry is not None:
            _count(entry.unknown, kind, n)

    def states(self, now: Instant, waits: Mapping[str, int] | None = None) -> list[SourceState]:
        """Return a row for each source, the freshest first. ``waits`` counts what was put aside, by source."""
        put_aside = waits or {}
        rows = [_state(source, entry, now, put_aside.get(source, 0)) for source, entry in self._entries.items()]
        return sorted(rows, key=lambda row: (-(row.last_at or 0), row.source))

    def _entry(self, source: str, n: int) -> _Entry | None:
        entry = self._entries.get(source)
        if entry is None:
            if len(self._entries) >= MOST_SOURCES:
                self.nameless += n
                return None
            entry = self._entries[source] = _Entry()
        return entry


def _state(source: str, entry: _Entry, now: Instant, waits: int) -> SourceState:
    _turn(entry, now)
    last = entry.last_at
    stale = last is not None and now - last > SILENT_MS and source not in _UNHURRIED
    refused, unknown = tuple(entry.refused.most_common()), tuple(entry.unknown.most_common())
    return SourceState(source, last, sum(entry.seconds), entry.received, refused, unknown, waits, stale)


def _turn(entry: _Entry, now: Instant) -> None:
    """Let the minute move on to ``now``; a clock set back begins it anew."""
    second = now // 1000
    gone = second - entry.second
    if gone < 0 or gone >= _MINUTE:
        entry.seconds = [0] * _MINUTE
    else:
        for passed in range(entry.second + 1, second + 1):
            entry.seconds[passed % _MINUTE] = 0
    entry.second = second


def _count(counter: Counter[str], name: str, n: int) -> None:
    """Count under ``name``; beyond twenty names under an ellipsis, so that nothing grows."""
    counter[name[:80] if name in counter or len(counter) < _MOST_REASONS else "…"] += n
