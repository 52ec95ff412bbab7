"""Where all messages of the wire come through: decoded, counted, handed on. Which source rules, the figures decide."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from liveshop_desk.feeds.decoders import DECODERS, Decode, Decoded, plain
from liveshop_desk.feeds.decoders.base import NAME
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock, Instant
from liveshop_desk.model.record import Record
from liveshop_desk.model.seen import Seen
from liveshop_desk.wire.config import KINDS
from liveshop_desk.wire.limits import Limits
from liveshop_desk.wire.meter import Meter
from liveshop_desk.wire.pace import Pace

_LOG = logging.getLogger(__name__)
_KEPT_IN_A_FLOOD = frozenset({"order", "refund"})
_ROOMS = 64
_BACK_MS = 60_000  # a source whose time goes back by more has had its clock set
_AHEAD_MS = 300_000
_PATIENCE = 0.05  # seconds

Receive = Callable[[Sequence[Record]], object]
Waiting = Callable[[], int]


@dataclass(slots=True)
class Receipt:
    """What became of one message: records handed on, refused, thrown away; ``unknown`` kinds by name."""

    accepted: int = 0
    refused: int = 0
    dropped: int = 0
    reasons: list[str] = field(default_factory=list[str])
    unknown: dict[str, int] = field(default_factory=dict[str, int])

    def add(self, decoded: Decoded) -> None:
        """Add what could not be read."""
        self.refused += len(decoded.refused)
        self.reasons += decoded.refused[: 10 - len(self.reasons)]
        for name, count in decoded.unknown.items():
            self.unknown[name] = self.unknown.get(name, 0) + count


@dataclass(slots=True)
class _Lane:
    """What is remembered of one source."""

    meter: Meter
    rooms: dict[str, None] = field(default_factory=dict[str, None])
    seen: Seen = field(default_factory=lambda: Seen(16_384))
    newest: Instant = 0


class Gate:
    """On the wire thread only. ``receive`` takes records; ``waiting`` tells how many wait there to be folded."""

    def __init__(self, receive: Receive, waiting: Waiting, salt: bytes | str, clock: Clock, limits: Limits) -> None:
        self._receive = receive
        self._waiting = waiting
        self._salt = salt
        self._clock = clock
        self._limits = limits
        self._lanes = {key: _Lane(Meter(key)) for key in KINDS}
        self._handed = 0
        self._stuck: tuple[int, float] | None = None  # how many were folded, and since when (the loop's clock) no more
        self.pace = Pace()

    def meter(self, key: str) -> Meter:
        """Return a source's counts."""
        return self._lanes[key].meter

    def forget_rooms(self) -> None:
        """Say the rooms again with what comes next."""
        for lane in self._lanes.values():
            lane.rooms.clear()

    @property
    def full(self) -> bool:
        """Tell whether more waits than the desk can fold; who can wait should."""
        return self._waiting() >= self._limits.waiting

    async def take(
        self, key: str, data: bytes | str, decode: Decode | None = None, *, limit: int = 0, patient: bool = False
    ) -> Receipt:
        """Take one message of at most ``limit`` bytes (the frame limit where 0). Never raises for what is in it.

        ``patient``: where the desk cannot fold so fast, wait for it instead of throwing records away.
        """
        meter, receipt = self._lanes[key].meter, Receipt()
        if len(data) > (limit or self._limits.frame):
            meter.messages += 1
            meter.oversize += 1
            receipt.refused += 1
            receipt.reasons.append(_("longer than {limit} KB").format(limit=(limit or self._limits.frame) // 1024))
            return receipt
        await self._catch_up()
        now = self._clock.now()
        meter.message(data, now, self._clock.ticks())
        self.pace.begin()
        for decoded in self._decoded(key, data, now, decode):
            while patient and self.full:  # noqa: ASYNC110 - the other side is another thread, which knows no events
                await asyncio.sleep(_PATIENCE)
            self._hand_on(key, decoded, now, receipt)
            if self.pace.end():
                await self.pace.rest()
            self.pace.begin()
        return receipt

    async def _catch_up(self) -> None:
        """Let the desk fold what came before more is read; meanwhile the sender's own buffers hold the rest.

        A burst that waited here would leave its memory taken: a hundred thousand records are 40 MB. But a desk that
        stands still must not look like a dead line; once it folds again it is waited for again, however much waits.
        """
        clock = asyncio.get_running_loop().time
        while (waiting := self._waiting()) >= self._limits.behind:
            folded = self._handed - waiting
            if self._stuck is None or folded > self._stuck[0]:
                self._stuck = folded, clock()
            if clock() - self._stuck[1] >= self._limits.catch_up:
                return
            await asyncio.sleep(_PATIENCE)
        self._stuck = None

    def _decoded(self, key: str, data: bytes | str, now: Instant, decode: Decode | None) -> Iterator[Decoded]:
        """Yield what a message holds, piece by piece where it can be long."""
        decode = decode or DECODERS[key]
        try:
            if decode is plain.decode:
                yield from plain.pieces(data, self._salt)
            else:
                yield decode(data, now, self._salt)
        except Exception as error:  # noqa: BLE001 - a decoder's own mistake is counted; the source goes on
            _LOG.error("decoder of %s: %s", key, type(error).__name__)  # never the message: it may hold a name
            yield Decoded(refused=[_("could not be read")])

    def _hand_on(self, key: str, decoded: Decoded, now: Instant, receipt: Receipt) -> None:
        """Count a piece and hand its records on."""
        lane = self._lanes[key]
        lane.meter.content(decoded)
        receipt.add(decoded)
        records = decoded.records
        for record in records:
            _look_at(lane, record, now)
        if self.full:
            kept = [record for record in records if record.kind in _KEPT_IN_A_FLOOD]
            lane.meter.dropped += len(records) - len(kept)
            receipt.dropped += len(records) - len(kept)
            records = kept
        if records:
            whole = [*self._room(lane, decoded, now), *records]
            self._receive(whole)
            self._handed += len(whole)
            lane.meter.records += len(records)
            receipt.accepted += len(records)

    def _room(self, lane: _Lane, decoded: Decoded, now: Instant) -> list[Record]:
        """Say once that a source is in a room new to it: its totals begin anew there."""
        if not decoded.room or decoded.room in lane.rooms:
            return []
        lane.rooms[decoded.room] = None
        if len(lane.rooms) > _ROOMS:
            del lane.rooms[next(iter(lane.rooms))]
        # Records are told apart by source and id: a room's number must not be taken for a message's.
        return [Record(now, "room", decoded.records[0].source, id=f"room {decoded.room}"[:NAME])]


def _look_at(lane: _Lane, record: Record, now: Instant) -> None:
    """Count what is odd about a record's id and time.

    A duplicate is only counted here: the figures know what they have folded, and leave it out.
    """
    if record.id and not lane.seen.add(f"{record.source} {record.id}"):
        lane.meter.duplicates += 1
    if record.at > now + _AHEAD_MS:
        lane.meter.skewed += 1
    if record.at < lane.newest - _BACK_MS:
        lane.meter.backwards += 1
    lane.newest = max(lane.newest, min(record.at, now))
