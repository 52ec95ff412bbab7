"""Cues (喊话) the desk gives by itself: pure rules on the pitch on air. Who asks says what was told already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from unicodedata import east_asian_width

from liveshop_desk.i18n import _, mark, ngettext
from liveshop_desk.model.clock import Instant

SHOWN_MS = 30_000  # an automatic cue goes by itself: what it says is soon no longer so
_NAMED = 3  # SKUs in one cue; the anchor reads it at a glance
_SPEC = 10  # characters of a SKU's name
_TITLE = 28  # halves of a Chinese character of a product's name: a Latin letter takes one
_LONGEST = 60  # characters of a cue (ops/scripts.py)


class Rule(StrEnum):
    """What the desk may say by itself."""

    WARNING = "warning"  # the segment's planned end is near
    OVER = "over"  # it has passed
    LOW = "low"  # few of a SKU are left
    SOLD_OUT = "sold_out"


RULE_TITLES = {
    Rule.WARNING: mark("Time is nearly up"),
    Rule.OVER: mark("Over time"),
    Rule.LOW: mark("Low stock"),
    Rule.SOLD_OUT: mark("Sold out"),
}


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a SKU; ``stock`` ``None`` is unknown, and nothing is said of it."""

    sku_id: str
    spec: str
    stock: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A pitch of the product ``title`` at one instant.

    ``pitch`` names this time on air; ``remaining`` seconds, below zero it is over.
    """

    pitch: str
    planned_seconds: int | None
    remaining: float | None
    shelf: Sequence[Left] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Which rules are on, and their thresholds."""

    rules: Collection[str]
    warning_seconds: int
    low_stock: int


@dataclass(frozen=True, slots=True)
class Due:
    """A cue to be given: its text, and the ``auto`` word by which it is never given twice for the same pitch."""

    rule: Rule
    text: str
    auto: str


def due(moment: Moment, limits: Limits, told: Iterable[str]) -> list[Due]:
    """Return the cues due now. ``told``: the ``auto`` words of the cues given so far."""
    known = {part for word in told for part in word.split("\n")}
    found = [*_of_time(moment, limits), *_of_stock(moment, limits, known)]
    return [each for each in found if not set(each.auto.split("\n")) <= known and each.rule in limits.rules]


def _of_time(moment: Moment, limits: Limits) -> list[Due]:
    remaining, planned = moment.remaining, moment.planned_seconds
    if remaining is None or not planned:
        return []
    if remaining < 0:
        return [Due(Rule.OVER, _("Time is up: wrap up"), _word(Rule.OVER, moment.pitch))]
    if remaining <= limits.warning_seconds < planned:  # a segment no longer than the warning needs none
        # fewer than the limit where the plan was shortened or the desk comes back late
        return [Due(Rule.WARNING, _seconds_left(remaining), _word(Rule.WARNING, moment.pitch))]
    return []


def _of_stock(moment: Moment, limits: Limits, known: set[str]) -> list[Due]:
    """Return at most one cue of each kind, naming the SKUs that are newly so."""
    empty, low = (
        [left for left in moment.shelf if _is_so(rule, left, limits.low_stock)] for rule in (Rule.SOLD_OUT, Rule.LOW)
    )
    found: list[Due] = []
    for rule, lefts in ((Rule.SOLD_OUT, empty), (Rule.LOW, low)):
        new = [left for left in lefts if _word(rule, moment.pitch, left.sku_id) not in known]
        if new:
            words = "\n".join(_word(rule, moment.pitch, left.sku_id) for left in new)
            found.append(Due(rule, _stock_text(rule, new, moment), words))
    return found


def _is_so(rule: Rule, left: Left, low_stock: int) -> bool:
    """Tell whether a SKU is sold out, or low, as things stand."""
    if left.stock is None:
        return False
    return left.stock <= 0 if rule is Rule.SOLD_OUT else 0 < left.stock <= low_stock


def _stock_text(rule: Rule, lefts: Sequence[Left], moment: Moment) -> str:
    """Word what is so of ``lefts``: the product, and its SKUs where it has several, as many as a glance takes."""
    title = _short(moment.title, _TITLE)
    if len(moment.shelf) > 1:
        texts = (_of_several(rule, title, lefts, named) for named in range(min(_NAMED, len(lefts)), 0, -1))
        return next((text for text in texts if len(text) <= _LONGEST), _of_several(rule, title, lefts, 1))
    if rule is Rule.SOLD_OUT:
        return _("Sold out: {skus}").format(skus=title) if title else _("Sold out")
    left = lefts[0].stock
    return _("{item}: only {n} left").format(item=title, n=left) if title else _("Only {n} left").format(n=left)


def _of_several(rule: Rule, title: str, lefts: Sequence[Left], named: int) -> str:
    """Word what is so of the first ``named`` of ``lefts``, SKUs of a product that has others."""
    names = [(left.spec or left.sku_id)[:_SPEC] for left in lefts[:named]]
    if rule is Rule.LOW:
        names = [f"{name} {left.stock}" for name, left in zip(names, lefts, strict=False)]
    skus = f"{title} {_(', ').join(names)}".lstrip() + (" …" if len(lefts) > named else "")
    words = _("Sold out: {skus}") if rule is Rule.SOLD_OUT else _("Low stock: {skus}")
    return words.format(skus=skus)


def _short(text: str, room: int) -> str:
    """Return as much of a name as ``room`` halves of a Chinese character hold."""
    for place, letter in enumerate(text):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            return text[:place].rstrip() + "…"
    return text


def _seconds_left(remaining: float) -> str:
    left = ceil(remaining)
    return ngettext("{n} second left", "{n} seconds left", left).format(n=left)


def _word(rule: Rule, *parts: str) -> str:
    return " ".join((rule.value, *parts))


def said_now(text: str, auto: str, moment: Moment | None, low_stock: int) -> str:
    """Return an automatic cue as it is to be shown now: with the time or stock that is left, empty where it is not so.

    A cue of another pitch is nothing for this one.
    """
    words = set(auto.split("\n"))
    if moment is None or not any(word.split(" ")[1:2] == [moment.pitch] for word in words):
        return ""
    if _word(Rule.WARNING, moment.pitch) in words:
        left = moment.remaining
        return _seconds_left(max(1, int(left))) if left is not None and left > 0 else ""  # whole, as the strip's time
    if _word(Rule.OVER, moment.pitch) in words:  # not so any more where the plan was made longer
        return text if moment.remaining is not None and moment.remaining < 0 else ""
    for rule in (Rule.LOW, Rule.SOLD_OUT):
        told = [left for left in moment.shelf if _word(rule, moment.pitch, left.sku_id) in words]
        if told:
            so = [left for left in told if _is_so(rule, left, low_stock)]
            return _stock_text(rule, so, moment) if so else ""
    return text


def is_fresh(at: Instant, now: Instant) -> bool:
    """Tell whether an automatic cue of ``at`` is still worth showing."""
    return 0 <= now - at < SHOWN_MS
