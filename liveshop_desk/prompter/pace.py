"""How long a text takes to read aloud, and where in it the reader is: reading units.

One unit is one 字 (a CJK character, kana or Hangul syllable), one digit, or one word of a script that writes
words; so a pace is 字/分钟 in Chinese and words/min in English. Punctuation, spaces, emoji and stage
directions take no time. A word over 12 letters counts as several, lest a wall of letters fly past.

What takes its own time at any pace, a pause or a counted number, is TIMED units for each of its seconds, so that a
position stays one number that does not depend on the pace. A clock runs evenly in *flow*: units in which such a
stretch is as long as its seconds are at the pace of the moment. ``TextMap.flow_at`` and ``units_at_flow`` lead from
one to the other; where a text has no such stretch they are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.script import PLACEHOLDERS, Paragraph, parse

PACE = 220.0
TIMED = PACE / 60  # units of a second that passes at any pace
SLOWEST, FASTEST = 30.0, 900.0
LONG_WORD = 12

_ZI = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
# A letter, then anything up to what plainly ends a word: so accents, vowel signs and apostrophes stay inside. That it
# is no 字 needs no saying, those are taken before it (each such class takes 3 ms of every start to compile).
_SPOKEN = re.compile(
    rf"(?P<zi>[{_ZI}]+)|(?P<digits>\d+)"
    rf"|(?P<word>[^\W\d_][^\s\d{_ZI}!-&(-/:-@\[-`{{-~\u00a1-\u00bf\u2000-\u200b\u2010-\u2018\u201a-\u2fff"
    rf"\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\U0001f000-\U0001faff]*)"
)


class PaceUnit(StrEnum):
    """What a pace is counted in: 字 or words a minute."""

    ZI = "zi"
    WORDS = "words"


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a paragraph take ``weight`` units each; ``before`` lie in front."""

    start: int
    end: int
    before: float
    weight: float


class Timed(NamedTuple):
    """Characters ``start`` to ``end`` take ``seconds`` at any pace; ``still`` where the text stops meanwhile."""

    start: int
    end: int
    seconds: float
    still: bool = False


class Stretch(NamedTuple):
    """Units ``start`` to ``end`` that take their own time, ``before`` such units in front; ``still``: see Timed."""

    start: float
    end: float
    before: float
    still: bool


class Place(NamedTuple):
    """A point in a text: paragraph index and character offset, which may lie within a character."""

    paragraph: int = 0
    offset: float = 0.0


class ParagraphMap:
    """The reading units of one paragraph: offset in characters ↔ units from its start, both monotone.

    ``timed`` are its stretches that take their own time, in order; ``words`` the units that are words, not 字.
    """

    __slots__ = ("_starts", "spans", "stretches", "total", "words")

    def __init__(self, spoken: str, timed: Iterable[Timed] = ()) -> None:
        self.spans: list[Span] = []
        self.stretches: list[Stretch] = []
        self.total = 0.0
        self.words = 0.0
        at, waited = 0, 0.0
        for each in timed:
            self._speak(spoken, at, each.start)
            units, at = each.seconds * TIMED, each.end
            self.spans.append(Span(each.start, each.end, self.total, units / (each.end - each.start)))
            self.stretches.append(Stretch(self.total, self.total + units, waited, each.still))
            self.total += units
            waited += units
        self._speak(spoken, at, len(spoken))
        self._starts = [span.start for span in self.spans]  # asked at every line's end

    def units_at(self, offset: float) -> float:
        """Return the units read before ``offset`` characters."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return 0.0
        span = self.spans[index]
        return span.before + (min(offset, span.end) - span.start) * span.weight

    def offset_at(self, units: float) -> float:
        """Return the offset where ``units`` are read; of a silent stretch, its end (what is read next)."""
        index = bisect_right(self.spans, units, key=lambda span: span.before) - 1
        if index < 0:
            return 0.0
        span = self.spans[index]
        return min(span.end, span.start + (units - span.before) / span.weight)

    def _speak(self, spoken: str, low: int, high: int) -> None:
        """Add what is read between two offsets."""
        for found in _SPOKEN.finditer(spoken, low, high):
            length = found.end() - found.start()
            word = found.lastgroup == "word"
            weight = max(1 / length, 1 / LONG_WORD) if word else 1.0
            self.spans.append(Span(found.start(), found.end(), self.total, weight))
            self.total += length * weight
            self.words += length * weight if word else 0.0


@lru_cache(maxsize=8192)
def paragraph_map(paragraph: Paragraph) -> ParagraphMap:
    """Return the map of a paragraph; a paragraph that did not change is not measured again."""
    timed: list[Timed] = []
    at = 0
    for run in paragraph.runs:
        end = at + len(run.text)
        if run.seconds:
            timed.append(Timed(at, end, run.seconds, still=run.style is Style.PAUSE))
        at = end
    return ParagraphMap(paragraph.spoken, timed)


class TextMap:
    """The reading units of a whole script: Place ↔ units from its start, and units ↔ flow at a pace.

    ``spoken`` are the units that are read, ``words`` those of them that are words, ``seconds`` the time all pauses and
    counted numbers take; ``total`` is spoken + seconds × TIMED.
    """

    __slots__ = ("ends", "maps", "seconds", "spoken", "starts", "stretches", "total", "words")

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.maps = [paragraph_map(paragraph) for paragraph in paragraphs]
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.stretches: list[Stretch] = []
        self.total = 0.0
        self.words = 0.0
        waited = 0.0
        for each in self.maps:
            self.starts.append(self.total)
            for one in each.stretches:
                start, end = self.total + one.start, self.total + one.end
                self.stretches.append(Stretch(start, end, waited, one.still))
                waited += one.end - one.start
            self.total += each.total
            self.words += each.words
            self.ends.append(self.total)
        self.seconds = waited / TIMED
        self.spoken = max(0.0, self.total - waited)

    def units_at(self, place: Place) -> float:
        """Return the units read before ``place``; a place beyond the text is its nearest end."""
        if place.paragraph < 0 or not self.maps:
            return 0.0
        if place.paragraph >= len(self.maps):
            return self.total
        return self.starts[place.paragraph] + self.maps[place.paragraph].units_at(place.offset)

    def place_at(self, units: float) -> Place:
        """Return where ``units`` are read: in the first paragraph that reaches beyond them."""
        if not self.maps:
            return Place()
        index = bisect_right(self.ends, units)
        if index >= len(self.maps):  # the end: of the last paragraph that is spoken at all
            index = min(bisect_left(self.ends, self.total), len(self.maps) - 1)
        return Place(index, self.maps[index].offset_at(units - self.starts[index]))

    # --- time
    def timed_before(self, units: float) -> float:
        """Return how many of the first ``units`` take their own time."""
        index = bisect_right(self.stretches, units, key=lambda each: each.start) - 1
        if index < 0:
            return 0.0
        each = self.stretches[index]
        return each.before + min(units, each.end) - each.start

    def flow_at(self, units: float, pace: float) -> float:
        """Return the flow up to ``units`` at ``pace`` a minute: a clock that runs at the pace is there after it."""
        return units + self.timed_before(units) * (pace / PACE - 1)

    def units_at_flow(self, flow: float, pace: float) -> float:
        """Return the units at ``flow``; beyond the text either way the two run on together."""
        ratio = pace / PACE
        index = bisect_right(self.stretches, flow, key=lambda each: each.start + each.before * (ratio - 1)) - 1
        if index < 0:
            return flow
        each = self.stretches[index]
        passed = flow - each.start - each.before * (ratio - 1)
        length = each.end - each.start
        return each.start + passed / ratio if passed < length * ratio else each.end + passed - length * ratio

    def seconds_between(self, start: float, end: float, pace: float) -> float:
        """Return how long reading from ``start`` to ``end`` units takes at ``pace`` a minute."""
        return (self.flow_at(end, pace) - self.flow_at(start, pace)) * 60 / pace

    def pace_for(self, start: float, seconds: float) -> float:
        """Return the pace that reads the rest from ``start`` in ``seconds``; infinite where nothing could."""
        timed = self.seconds * TIMED - self.timed_before(start)
        left = seconds - timed / TIMED
        words = max(0.0, self.total - start - timed)
        return words * 60 / left if left > 0 else float("inf") if words else PACE

    @property
    def unit(self) -> PaceUnit:
        """Return what a pace of this text is best counted in: words where most of it is words."""
        return PaceUnit.WORDS if self.words * 2 > self.spoken else PaceUnit.ZI


def text_map(text: str, cast: tuple[str, ...] = ()) -> TextMap:
    """Return the map of ``text``, a script as typed; a placeholder is three figures long, a fair guess of any."""
    return TextMap(parse(text, cast).render(dict.fromkeys(PLACEHOLDERS.values(), "369")))
