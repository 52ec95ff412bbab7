"""What one source has sent and how it stands: counted on the wire thread, shown to the window as a snapshot."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from enum import StrEnum

from liveshop_desk.feeds.decoders.base import Decoded
from liveshop_desk.model.bases import BASES
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record
from liveshop_desk.wire.masking import masked

RAW = 20
_CUT = 16 * 1024  # of a message kept to be shown: longer ones are shown cut, and not as JSON
_REASONS = 5
_UNKNOWN = 50
_KINDS = 40
_NAMES = 20


_GAP, _STEADY = 15.0, 60.0  # seconds: a longer gap is no steady speech; so long makes it steady


class Health(StrEnum):
    """How a source stands."""

    OFF = "off"
    CONNECTING = "connecting"
    WAITING = "waiting"  # the way is open, nothing has come yet
    RECEIVING = "receiving"
    STALE = "stale"  # the way is open, but nothing comes any more
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class RawLine:
    """One message as it came, cut and without names."""

    at: Instant
    text: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source at a moment. Texts are in the user's language.

    ``last_tick`` is the clock's ticks at the last message. ``kinds`` and ``unknown`` are (name, number), most first;
    a kind is named by its metric, by ``ordered`` where it was not paid, else by what the record calls it.
    ``refused`` are messages or records that could not be read, ``reasons`` the last of their reasons; ``oversize``
    frames over the limit; ``dropped`` records thrown away in a flood; ``duplicates`` those seen before;
    ``skewed`` and ``backwards`` times from a clock that is wrong; ``breaks`` how often a relay hung up while its room
    was not over. ``steady``: it has spoken for a minute without a gap
    of 15 s, so that silence means something; ``ended``: the last it said is that the live room is over. ``names``: what
    its records call their source; one's own program and a file may name any platform.
    """

    key: str
    health: Health = Health.OFF
    why: str = ""
    last_at: Instant | None = None
    last_tick: float | None = None
    peers: int = 0
    messages: int = 0
    records: int = 0
    kinds: tuple[tuple[str, int], ...] = ()
    unknown: tuple[tuple[str, int], ...] = ()
    refused: int = 0
    reasons: tuple[str, ...] = ()
    oversize: int = 0
    dropped: int = 0
    duplicates: int = 0
    skewed: int = 0
    backwards: int = 0
    breaks: int = 0
    raw: tuple[RawLine, ...] = ()
    steady: bool = False
    ended: bool = False
    names: frozenset[str] = frozenset()


def _name(record: Record) -> str:
    """Return what a record is counted as."""
    if record.kind == "order" and record.status in ("ordered", "refund"):
        return record.status
    return record.metric if record.kind == "sample" else record.kind


class Meter:
    """Counts for one source; touched by the wire thread alone."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.link = Health.OFF  # OFF, CONNECTING, DOWN, or RECEIVING for “open”
        self.why = ""
        self.last_at: Instant | None = None
        self.last_tick: float | None = None
        self.peers = 0
        self.steady = self.ended = False
        self._since = 0.0  # ticks at the first message that no long gap follows
        self.messages = self.records = self.refused = self.oversize = 0
        self.dropped = self.duplicates = self.skewed = self.backwards = self.breaks = 0
        self.kinds: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self.names: set[str] = set()
        self.reasons: deque[str] = deque(maxlen=_REASONS)
        self._raw: deque[tuple[int, Instant, bytes | str]] = deque(maxlen=RAW)
        self._lines: dict[int, RawLine] = {}  # what is masked already, by the message's own number

    def off(self) -> None:
        """Say that nobody wants it; what was counted stays."""
        self.link, self.why, self.peers = Health.OFF, "", 0

    def connecting(self) -> None:
        """Say that the way is being opened."""
        self._begin()
        self.link = Health.CONNECTING

    def open(self) -> None:
        """Say that the way is open."""
        self._begin()
        self.link, self.why = Health.RECEIVING, ""

    def down(self, why: str) -> None:
        """Say why nothing can come."""
        self._begin()
        self.link, self.why = Health.DOWN, why

    def _begin(self) -> None:
        """Owe nothing for the time it was switched off: it is not silent, it has not spoken yet."""
        if self.link is Health.OFF:
            self.last_at, self.last_tick, self.steady = None, None, False

    def broke(self) -> None:
        """Say that who was connected is not any more: what it would have said till it is back is lost."""
        self.breaks += self.peers > 0 and not self.ended
        self.peers = 0

    def refuse(self, why: str, count: int = 1) -> None:
        """Count what could not be taken."""
        self.refused += count
        if not self.reasons or self.reasons[-1] != why:
            self.reasons.append(why)

    def message(self, raw: bytes | str, at: Instant, tick: float) -> None:
        """Count one message, whatever is in it."""
        self.messages += 1
        if self.last_tick is None or tick - self.last_tick > _GAP:
            self._since = tick
        self.steady = self.steady or tick - self._since >= _STEADY
        self.last_at, self.last_tick = at, tick
        self._raw.append((self.messages, at, raw[:_CUT]))

    def content(self, decoded: Decoded) -> None:
        """Count what a message held. A metric nobody knows is taken, but shown nowhere: it is a type unknown, too."""
        for record in decoded.records:
            name = _name(record)
            if name in self.kinds or len(self.kinds) < _KINDS:
                self.kinds[name] += 1
            if record.source not in self.names and len(self.names) < _NAMES:
                self.names.add(record.source)
            if record.kind == "sample" and name not in BASES:
                self._stranger(name, 1)
        for name, count in decoded.unknown.items():
            self._stranger(name, count)
        for why in decoded.refused:
            self.refuse(why)
        self.skewed += decoded.skewed
        self.ended = decoded.ended or (self.ended and not decoded.records)

    def _stranger(self, name: str, count: int) -> None:
        if name in self.unknown or len(self.unknown) < _UNKNOWN:
            self.unknown[name] += count

    def fresh(self, tick: float, stale: float) -> bool:
        """Tell whether a message came lately."""
        return self.last_tick is not None and tick - self.last_tick <= stale

    def state(self, tick: float, stale: float, *, raw: bool) -> SourceState:
        """Return the snapshot; with ``raw`` the last messages as well."""
        return SourceState(
            key=self.key,
            health=self._health(tick, stale),
            why=self.why,
            last_at=self.last_at,
            last_tick=self.last_tick,
            peers=self.peers,
            messages=self.messages,
            records=self.records,
            kinds=tuple(self.kinds.most_common()),
            unknown=tuple(self.unknown.most_common()),
            refused=self.refused,
            reasons=tuple(self.reasons),
            oversize=self.oversize,
            dropped=self.dropped,
            duplicates=self.duplicates,
            skewed=self.skewed,
            backwards=self.backwards,
            breaks=self.breaks,
            raw=self._shown() if raw else (),
            steady=self.steady,
            ended=self.ended,
            names=frozenset(self.names),
        )

    def _health(self, tick: float, stale: float) -> Health:
        if self.link is not Health.RECEIVING:
            return self.link
        if self.last_tick is None:
            return Health.WAITING
        return Health.RECEIVING if self.fresh(tick, stale) else Health.STALE

    def _shown(self) -> tuple[RawLine, ...]:
        """Return the last messages, newest first; each is masked once."""
        self._lines = {number: self._lines.get(number) or RawLine(at, masked(raw)) for number, at, raw in self._raw}
        return tuple(reversed(self._lines.values()))
