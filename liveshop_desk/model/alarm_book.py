"""Which alarms are open: each thing is said once, is quiet once seen, and comes back only after it had gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liveshop_desk.model.alarms import Alarm
from liveshop_desk.model.clock import Instant

REST_MS = 60_000  # gone for so long, the same thing is a new alarm; before that it only flickered


@dataclass(frozen=True, slots=True)
class Episode:
    """One alarm from its beginning to its end. ``seen_at`` is when somebody acknowledged it.

    ``held_at`` is when it was last true. ``id`` is the row of the record it is kept in.
    """

    id: str
    alarm: Alarm
    since: Instant
    held_at: Instant
    seen_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found: episodes that began and ended with it."""

    began: tuple[Episode, ...] = ()
    ended: tuple[Episode, ...] = ()


class AlarmBook:
    """The open episodes of one session, by (key, about). ``current`` is the gravest that nobody has seen yet."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Episode] = {}
        self._holding: list[tuple[str, str]] = []  # those true at the last look, the gravest first
        self._made = 0

    @property
    def current(self) -> Episode | None:
        """Return the gravest alarm that holds and has not been acknowledged."""
        return next(iter(self._unseen()), None)

    @property
    def waiting(self) -> int:
        """Return how many more hold behind the current one."""
        return max(0, len(self._unseen()) - 1)

    @property
    def holding(self) -> tuple[Alarm, ...]:
        """Return what was true at the last look, the gravest first: seen by somebody or not."""
        return tuple(self._open[name].alarm for name in self._holding if name in self._open)

    def resume(self, left: Sequence[Episode]) -> None:
        """Go on with what was open when the desk went away: what somebody has seen is not said again."""
        self._open |= {(each.alarm.key, each.alarm.about): each for each in left}

    def look(self, alarms: Sequence[Alarm], now: Instant) -> Look:
        """Take what holds now, the gravest first."""
        began: list[Episode] = []
        self._holding = []
        for alarm in alarms:
            name = (alarm.key, alarm.about)
            held = self._open.get(name)
            if held is None:
                self._made += 1
                held = Episode(f"{now}-{self._made}", alarm, now, now)
                began.append(held)
            self._open[name] = replace(held, alarm=alarm, held_at=now)
            self._holding.append(name)
        ended = [each for each in self._open.values() if not 0 <= now - each.held_at < REST_MS]
        for each in ended:
            del self._open[each.alarm.key, each.alarm.about]
        return Look(tuple(began), tuple(ended))

    def acknowledge(self, now: Instant) -> Episode | None:
        """Note that the current alarm was seen and return it; ``None`` where none is shown."""
        current = self.current
        if current is None:
            return None
        seen = replace(current, seen_at=now)
        self._open[current.alarm.key, current.alarm.about] = seen
        return seen

    def clear(self) -> tuple[Episode, ...]:
        """Forget everything (the show has ended) and return what was still open."""
        left = tuple(self._open.values())
        self._open.clear()
        self._holding = []
        return left

    def _unseen(self) -> list[Episode]:
        held = (self._open[name] for name in self._holding if name in self._open)
        return [each for each in held if each.seen_at is None]
