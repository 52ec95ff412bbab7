"""What a session's counts cover, so that a rate never divides one stretch of the show by another.

A total is *told* when a person, a platform or a file named it: it covers the show up to that moment. A total nobody
told has only been *seen*, event by event. Where a told total shows that the events missed something, everything of
the same family that was only seen covers a part of the show: it is shown for what it is, but no rate mixes it with a
count of the whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.bases import BASES, Figures, Number
from liveshop_desk.model.clock import Instant, clock_text

APART_MS = 15 * 60_000  # as long as the alarm "no figure entered" waits
BESIDE_MS = 2 * 60_000  # what is typed or told by turns, one after the other, is of one moment
ROUNDED = 0.01  # a total typed as 8.6万 does not say that an order was missed
SOLD = ("orders", "units", "gmv")  # one order event moves all three
_MONEY = frozenset({"gmv", "net_gmv"})
_REFUNDED = ("refund_orders", "refund_amount")
# People who did it, told, against how often it was seen: more people than times means that some were missed.
_PEOPLE = {"buyers": ("orders", (*SOLD, *_REFUNDED)), "clickers": ("clicks", ("clicks",))}
_FAMILY: dict[str, str] = dict.fromkeys((*SOLD, *_REFUNDED), "orders")

_IN_PART = mark("{names}: seen only for a part of the show")
_UNPRICED = mark("orders came without an amount")
_OLD = mark("{name} is from {time}")
_ESTIMATED = mark("estimated from the live price")
# The same for a tile, 93 px wide on a small screen: what is the matter first, for the end may be cut.
_BRIEF = {
    _IN_PART: mark("In part: {names}"),
    _UNPRICED: mark("Unpriced orders"),
    _OLD: mark("From {time}: {name}"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What one total stands on. ``told_at``: its newest sample, ``None`` where only events made it.

    ``gap`` is what its samples added that no event had brought; ``seen``: events feed it. ``over`` is what an order
    file's lines come to beyond its newest sample, ``at`` when anything came last.
    """

    value: Number
    told_at: Instant | None = None
    gap: Number = 0
    seen: bool = False
    over: Number = 0
    at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """``partial``: counts seen only in part → their family; ``told``: counts that end at an instant before ``now``.

    ``outgrown``: counts that grew by orders since the buyers were told, who made those orders too.
    ``jumps``: counts that grew by figures told now and then, so that a minute's growth may be an hour's;
    ``estimated`` holds what has a price in it that nobody paid yet on record; ``unpriced`` that GMV lacks orders
    which came without an amount.
    """

    now: Instant = 0
    partial: Mapping[str, str] = field(default_factory=dict[str, str])
    told: Mapping[str, Instant] = field(default_factory=dict[str, Instant])
    estimated: frozenset[str] = frozenset()
    unpriced: bool = False
    jumps: frozenset[str] = frozenset()
    outgrown: frozenset[str] = frozenset()

    def alike(self, *keys: str) -> bool:
        """Tell whether a rate may be made of these counts."""
        families = {self.partial.get(key) for key in keys}
        if len(families) > 1 or (self.unpriced and "gmv" in keys):
            return False
        if "buyers" in keys and not self.outgrown.isdisjoint(keys):
            return False
        return all(abs(self._end(a) - self._end(b)) <= APART_MS for a, b in combinations(keys, 2))

    def reason(self, *keys: str, brief: bool = False) -> str:
        """Say in the user's language why no rate is made of these counts; empty where one may be."""
        if len(keys) < 2 or self.alike(*keys):
            return ""
        text, parts = self._why(keys)
        return _(_BRIEF[text] if brief else text).format(**parts)

    def _why(self, keys: tuple[str, ...]) -> tuple[str, dict[str, str]]:
        """Return the message why no rate is made of these counts, and its parts."""
        if self.unpriced and "gmv" in keys:
            return _UNPRICED, {}
        if len({self.partial.get(key) for key in keys}) > 1:
            return _IN_PART, {"names": _(", ").join(_label(key) for key in keys if key in self.partial)}
        oldest = min(keys, key=self._end)
        return _OLD, {"name": _label(oldest), "time": clock_text(self._end(oldest))}

    def note(self, *keys: str, brief: bool = False) -> str:
        """Say what is to be known about a figure made of these counts: estimated, lacking; empty for nothing.

        ``brief`` is for a tile, whose own name stands above: no count is named again.
        """
        money = [_(_ESTIMATED)] if self.estimated.intersection(keys) else []
        if self.lacks(*keys):
            money.append(_(_UNPRICED))
        if money:
            return " · ".join(money)
        seen = [key for key in keys if key in self.partial]
        if brief:
            return _("Seen in part") if seen else ""
        return _(_IN_PART).format(names=_(", ").join(map(_label, seen))) if seen else self._older(keys)

    def _older(self, keys: tuple[str, ...]) -> str:
        """Say which count of a rate is some minutes older than another; empty where they are of one moment."""
        ends = {self._end(key): key for key in keys}
        if not ends or max(ends) - min(ends) <= BESIDE_MS:
            return ""
        return _(_OLD).format(name=_label(ends[min(ends)]), time=clock_text(min(ends)))

    def lacks(self, *keys: str) -> bool:
        """Tell whether money of orders that told no amount is missing in one of these counts."""
        return self.unpriced and not _MONEY.isdisjoint(keys)

    def _end(self, key: str) -> Instant:
        return self.told.get(key, self.now)


WHOLE = Coverage()


def in_part_text(key: str) -> str:
    """Say in the user's language that a count was seen for a part of the show."""
    return _(_IN_PART).format(names=_label(key))


def _label(key: str) -> str:
    return _(BASES[key].label)


def coverage_of(
    grounds: Mapping[str, Ground], imported: Figures, now: Instant, *,
    estimated: bool = False, unpriced: bool = False, unclicked: bool = False,
    outgrown: frozenset[str] = frozenset(),
) -> Coverage:  # fmt: skip
    """Work out what the counts of a session cover at ``now``. ``imported`` (its platform's file) is the whole show.

    ``unclicked``: orders came while nobody counted clicks. ``outgrown``: what grew since the buyers were told.
    """
    live = {key: ground for key, ground in grounds.items() if imported.get(key) is None}
    told = {key: end for key, ground in live.items() if (end := _told_until(ground)) is not None}
    partial: dict[str, str] = {}
    missed = _orders_missed(grounds, imported, now)
    if missed is not None:
        _take_seen(partial, live, (*SOLD, *_REFUNDED), missed - APART_MS)
    for people, (times, family) in _PEOPLE.items():
        who = imported.get(people)
        ground = live.get(people)
        who = ground.value if who is None and ground is not None else who
        since = (now if ground is None or ground.told_at is None else ground.told_at) - APART_MS
        if who is not None and _only_seen(live.get(times), since) and who > live[times].value * 1.01:
            _take_seen(partial, live, family, since)
    if unclicked or _value("orders", grounds, imported) > _value("clicks", grounds, imported):
        _take_seen(partial, live, ("clicks",))
    if any(_overtaken(ground, live.get("buyers")) for key in SOLD if (ground := live.get(key)) is not None):
        partial["buyers"] = "buyers"
    known = imported.get("gmv") is None
    guessed = _MONEY if estimated and known else frozenset[str]()
    jumps = frozenset(key for key, ground in grounds.items() if _only_told(ground) or _missed(ground))
    late = outgrown.intersection(live) if "buyers" in live else frozenset[str]()
    return Coverage(now, partial, told, guessed, unpriced and known, jumps, late)


def _orders_missed(grounds: Mapping[str, Ground], imported: Figures, now: Instant) -> Instant | None:
    """Return when a total of the sales was last told that holds more, or less, than the orders that were seen."""
    found: Instant | None = None
    for key in SOLD:
        ground, file = grounds.get(key), imported.get(key)
        if ground is None:
            continue
        gap = ground.gap if file is None else file - ground.value + ground.gap
        if abs(gap) > ROUNDED * abs(ground.value if file is None else file):
            told = ground.told_at if file is None else now
            found = max(found or 0, told or 0)
    return found


def _told_until(ground: Ground) -> Instant | None:
    """Return up to when a told total is known to hold; ``None`` where events have gone on telling it since.

    Events that missed a part before are not believed to tell that nothing happened.
    """
    if ground.told_at is None or not ground.seen:
        return ground.told_at
    return max(ground.told_at, ground.at or 0) if _missed(ground) else None


def _missed(ground: Ground) -> bool:
    """Tell whether the samples of a total hold more, or less, than the events that feed it."""
    return abs(ground.gap) > ROUNDED * abs(ground.value)


def _only_told(ground: Ground) -> bool:
    """Tell whether a total is known by figures alone, be it a 0."""
    return ground.told_at is not None and not ground.seen


def _value(key: str, grounds: Mapping[str, Ground], imported: Figures) -> Number:
    """Return a count of the file, else what came in; 0 for one nobody knows."""
    ground, file = grounds.get(key), imported.get(key)
    return file if file is not None else ground.value if ground is not None else 0


def _overtaken(ground: Ground, buyers: Ground | None) -> bool:
    """Tell whether an order file's lines show that a total was told of a part of the show, and the buyers with it."""
    if buyers is None or buyers.told_at is None or ground.over <= ROUNDED * abs(ground.value):
        return False
    return ground.told_at is None or told_with(buyers.told_at, ground.told_at)


def outgrows(since: Number, value: Number) -> bool:
    """Tell whether what orders added to a count, ``value`` by now, is more than rounding."""
    return since > ROUNDED * abs(value)


def told_with(at: Instant, other: Instant) -> bool:
    """Tell whether what was told at ``at`` is no newer than what was told at ``other``, as far as it matters."""
    return at <= other + APART_MS


def _take_seen(
    partial: dict[str, str], live: Mapping[str, Ground], keys: tuple[str, ...], since: Instant = 0
) -> None:  # fmt: skip
    """Mark those of ``keys`` nobody told, or nobody from ``since`` on: what came later was only seen."""
    partial |= {key: _FAMILY.get(key, key) for key in keys if _only_seen(live.get(key), since)}


def _only_seen(ground: Ground | None, since: Instant) -> bool:
    return ground is not None and (ground.told_at is None or ground.told_at < since)
