"""What the alarms look at while a show is on air, and those that hold, the gravest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from liveshop_desk.model.alarms import (
    DEFAULTS,
    Alarm,
    Part,
    Thresholds,
    click_pay_halved,
    fault,
    goal_behind,
    no_figures,
    online_falling,
    pitch_over_time,
    sold_beyond,
    source_silent,
    stock_running_out,
    too_many_listed,
)
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.goals import Pace
from liveshop_desk.model.live import LiveFigures

LATELY_MS = 300_000  # how far back the rate of sales looks
ENOUGH_MS = 30_000  # less says nothing about a rate


class _Harm(Enum):
    """What a trouble of OBS does to the show."""

    CUT_OFF = auto()  # nobody sees it any more
    NOTICED = auto()  # viewers notice
    UNHEARD = auto()  # we do not hear OBS: the stream may well go on
    LATER = auto()  # nothing yet


@dataclass(frozen=True, slots=True)
class Shelf:
    """A SKU that is sold: its name, what is left, and the ``units`` it sold in the last ``seconds``.

    ``clicks`` and ``orders`` are those since it went on air, ``usual`` its own orders per click before.
    """

    name: str
    stock: int | None
    units: int
    seconds: float
    id: str = ""
    clicks: int = 0
    orders: int = 0
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A show at one instant. ``title`` is that of the segment on air, empty for none; ``aired`` its seconds so far.

    ``sources`` are those that ought to talk by themselves, with when they last did; ``listed`` products are on the
    shelf. ``shelves`` are the SKUs on air, ``others`` those that sold lately without being. ``faults`` are OBS's
    troubles: (kind, words, may viewers notice). ``missing`` is what was sold beyond its stock: SKU → (name, units).
    """

    now: Instant
    started_at: Instant
    figures: LiveFigures
    pace: Pace
    title: str = ""
    aired: float = 0
    planned_seconds: int | None = None
    shelves: Sequence[Shelf] = ()
    others: Sequence[Shelf] = ()
    sources: Mapping[str, Instant] = field(default_factory=dict[str, Instant])
    listed: int = 0
    faults: Sequence[tuple[str, Part, bool]] = ()
    missing: Mapping[str, tuple[str, int]] = field(default_factory=dict[str, tuple[str, int]])


class SoldLately:
    """Units sold by SKU in the last five minutes, from totals noted now and then."""

    def __init__(self) -> None:
        self._noted: deque[tuple[Instant, dict[str, int]]] = deque()

    def note(self, now: Instant, units: Mapping[str, int]) -> None:
        """Note what was sold so far. A clock set back begins anew."""
        if self._noted and now < self._noted[-1][0]:
            self._noted.clear()
        self._noted.append((now, dict(units)))
        while now - self._noted[0][0] > LATELY_MS:
            self._noted.popleft()

    def of(self, sku: str) -> tuple[int, float]:
        """Return (units, seconds) of one SKU; (0, 0) where the time is too short to tell."""
        if not self._noted:
            return 0, 0
        (then, before), (now, after) = self._noted[0], self._noted[-1]
        if now - then < ENOUGH_MS:
            return 0, 0
        return after.get(sku, 0) - before.get(sku, 0), (now - then) / 1000

    def sold(self) -> list[str]:
        """Return the SKUs that sold anything in that time."""
        return [sku for sku in self._noted[-1][1] if self.of(sku)[0] > 0] if self._noted else []


def alarms_of(scene: Scene, limits: Thresholds = DEFAULTS) -> list[Alarm]:
    """Return every alarm that holds, the gravest first.

    First what loses every viewer, then what sells goods that are not there or soon will not be, then what drives
    viewers away, then what only makes the desk blind or could go better.
    """
    figures, now = scene.figures, scene.now
    then = now - round(limits.online_seconds * 1000)
    # A level nobody told for longer than the stretch looked at has not fallen in it.
    fresh = max(figures.last_at.values(), default=None)
    found: list[Alarm | None] = [*_faults(scene, _Harm.CUT_OFF)]
    found += [
        sold_beyond(name, units, sku, on_air=any(s.id == sku for s in scene.shelves))
        for sku, (name, units) in sorted(scene.missing.items())
    ]
    found += [
        stock_running_out(s.name, s.stock, s.units, s.seconds, limits, s.id, on_air=on_air)
        for on_air, shelves in ((True, scene.shelves), (False, scene.others))
        for s in shelves
    ]
    found += _faults(scene, _Harm.NOTICED)
    # Two sources count viewers differently: one that took over since is set against what it told itself.
    since = max(then, figures.turned_at("online") or then)
    if fresh is not None and fresh > then:
        found.append(online_falling(figures.total("online"), figures.at("online", since), limits))
    found += _faults(scene, _Harm.UNHEARD)
    found += [source_silent(source, at, now, limits) for source, at in sorted(scene.sources.items())]
    found += [click_pay_halved(s.name, s.clicks, s.orders, s.usual, limits, s.id) for s in scene.shelves]
    found += _faults(scene, _Harm.LATER)
    found.append(pitch_over_time(scene.title, scene.aired, scene.planned_seconds))
    found.append(no_figures(fresh, scene.started_at, now, limits))
    found.append(goal_behind(scene.pace, limits))
    found.append(too_many_listed(scene.listed, limits))
    return [alarm for alarm in found if alarm is not None]


def _faults(scene: Scene, harm: _Harm) -> list[Alarm]:
    """Return OBS's troubles that do this to the show."""
    return [fault(kind, text) for kind, text, grave in scene.faults if _harm(kind, grave=grave) is harm]


def _harm(kind: str, *, grave: bool) -> _Harm:
    if kind == "stream":
        return _Harm.CUT_OFF
    if kind == "link":
        return _Harm.UNHEARD
    # A full disk ends the recording, not the show.
    return _Harm.NOTICED if grave and kind != "disk" else _Harm.LATER
