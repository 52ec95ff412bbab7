"""Which source speaks for a metric where several do: by a list, one at a time, never summed (FEEDS.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from liveshop_desk.model.bases import Number
from liveshop_desk.model.carry import Rulings
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.names import PLATFORM_NAMES
from liveshop_desk.model.record import FILE, MANUAL, SIMULATED

MOST_SOURCES = 64  # more names than that are noise from outside
# Then the next source in the list takes over. No setting: it decides what the figures are, and a recording played again
# must come to the same ones. When a silence is *said* is a setting (alarms.source_seconds; docs/numbers.md).
SILENT_MS = 15_000
# Kinds of sources, the first rules; the shop's own list may hold the names of single sources as well.
ORDER = (MANUAL, FILE, "platform", "ingest", "obs", "relay", SIMULATED)
_UNASKED = frozenset({MANUAL, FILE})  # what a person typed or brought is never put aside


@dataclass(slots=True)
class Voice:
    """What one source last said of one metric: when, its highest total in this room, and what rooms before add."""

    at: Instant
    top: Number
    base: Number = 0


class Ruling:
    """Decides by the records' own times, so that a recording played again decides the same.

    A sample rules its metric for 15 s, an event's source its kind for as long as it says anything. A better source
    takes over at once; a total that comes from a lesser one must not be below what was told.
    """

    def __init__(self, order: tuple[str, ...] = ()) -> None:
        self._silent: float = SILENT_MS
        self._ranks: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self.reorder(order)
        self._rulers: dict[str, str] = {}
        self._voices: dict[str, dict[str, Voice]] = {}
        self._turned: dict[str, Instant] = {}

    def reorder(self, order: tuple[str, ...]) -> None:
        """Go by another list from here on; empty is the desk's own."""
        self._ranks = {name: place for place, name in enumerate(order or ORDER)}
        self._known.clear()

    def play_at(self, pace: float) -> None:
        """Measure silence by a recording that is played ``pace`` times as fast: its sources rule as they did then."""
        self._silent = SILENT_MS / pace

    def rank(self, source: str) -> int:
        """Return a source's place in the list; 0 rules."""
        found = self._known.get(source)
        if found is None:
            kind = "platform" if source in PLATFORM_NAMES else "relay"
            last = len(self._ranks)
            found = self._known[source] = self._ranks.get(source, self._ranks.get(kind, last))
        return found

    def event(self, kind: str, source: str, at: Instant, last_at: Mapping[str, Instant]) -> bool:
        """Tell whether an event of ``source`` counts. ``last_at`` is when each source last said anything."""
        ruler = self._rulers.get(kind)
        if ruler == source:
            return True
        if ruler is not None and self.rank(source) >= self.rank(ruler) and at - last_at.get(ruler, at) <= self._silent:
            return False
        self._rulers[kind] = source
        return True

    def level(self, metric: str, source: str, at: Instant) -> bool:
        """Tell whether a gauge's figure counts."""
        return self._takes(metric, source, at, None)

    def total(self, metric: str, source: str, at: Instant, value: Number) -> Number | None:
        """Return the total that counts, ``None`` where another source rules or a machine's own total fell."""
        if source in _UNASKED:
            self._takes(metric, source, at, None)
            self._voices[metric][source] = Voice(at, value)
            return value
        voice = self._voices.get(metric, {}).get(source)
        if voice is not None:
            value += voice.base
            if value < voice.top:
                return None
        if not self._takes(metric, source, at, value):
            return None
        self._voices[metric][source] = Voice(at, value, voice.base if voice else 0)
        return value

    def _takes(self, metric: str, source: str, at: Instant, value: Number | None) -> bool:
        ruler, voices = self._rulers.get(metric), self._voices.setdefault(metric, {})
        if ruler is not None and ruler != source and source not in _UNASKED:
            held = voices.get(ruler)
            lesser = held is not None and self.rank(source) >= self.rank(ruler)
            if held and lesser and (at - held.at <= self._silent or (value is not None and value < held.top)):
                return False
        if ruler is not None and ruler != source:
            self._turned[metric] = at
        self._rulers[metric] = source
        voice = voices.get(source)
        if voice is None:
            voices[source] = Voice(at, 0)
        else:
            voice.at = max(voice.at, at)
        return True

    def said_at(self, metric: str, source: str) -> Instant | None:
        """Return when a source told a metric last and was believed; ``None`` where it never was."""
        voice = self._voices.get(metric, {}).get(source)
        return None if voice is None else voice.at

    def turned_at(self, metric: str) -> Instant | None:
        """Return when a metric's figures began to be another source's; ``None``: never, as far as is known.

        A crash forgets it: it matters for minutes only.
        """
        return self._turned.get(metric)

    def new_room(self, source: str) -> None:
        """Let a source's totals begin at 0 again, on top of what its rooms before came to."""
        for voices in self._voices.values():
            if source in voices:
                voices[source].base = voices[source].top

    def kept(self) -> Rulings:
        """Return what must survive a crash."""
        parts = {
            name: {source: (v.at, v.top, v.base) for source, v in held.items()} for name, held in self._voices.items()
        }
        return {name: (ruler, parts.get(name, {})) for name, ruler in self._rulers.items()}

    def restore(self, kept: Rulings) -> None:
        """Bring it back."""
        for name, (ruler, voices) in kept.items():
            self._rulers[name] = ruler
            if voices:
                self._voices[name] = {source: Voice(*said) for source, said in voices.items()}
