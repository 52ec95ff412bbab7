"""How long a text takes to read aloud, and where in it the reader is: reading units.

One unit is one 字 (a CJK character, kana or Hangul syllable), one digit, or one word of a script that writes
words; so a pace is 字/分钟 in Chinese and words/min in English. Punctuation, spaces, emoji and stage
directions take no time. A word over 12 letters counts as several, lest a wall of letters fly past.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from liveshop_desk.prompter.script import PLACEHOLDERS, Paragraph, render

PACE = 220.0
SLOWEST, FASTEST = 30.0, 900.0
LONG_WORD = 12

_ZI = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
# A letter, then anything up to what plainly ends a word: so accents, vowel signs and apostrophes stay inside.
_SPOKEN = re.compile(
    rf"(?P<zi>[{_ZI}]+)|(?P<digits>\d+)"
    rf"|(?P<word>[^\W\d_{_ZI}][^\s\d{_ZI}!-&(-/:-@\[-`{{-~\u00a1-\u00bf\u2000-\u200b\u2010-\u2018\u201a-\u2fff"
    rf"\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\U0001f000-\U0001faff]*)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a paragraph take ``weight`` units each; ``before`` lie in front."""

    start: int
    end: int
    before: float
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a text: paragraph index and character offset, which may lie within a character."""

    paragraph: int = 0
    offset: float = 0.0


class ParagraphMap:
    """The reading units of one paragraph: offset in characters ↔ units from its start, both monotone."""

    __slots__ = ("spans", "total")

    def __init__(self, spoken: str) -> None:
        self.spans: list[Span] = []
        self.total = 0.0
        for found in _SPOKEN.finditer(spoken):
            length = found.end() - found.start()
            weight = max(1 / length, 1 / LONG_WORD) if found.lastgroup == "word" else 1.0
            self.spans.append(Span(found.start(), found.end(), self.total, weight))
            self.total += length * weight

    def units_at(self, offset: float) -> float:
        """Return the units read before ``offset`` characters."""
        index = bisect_right(self.spans, offset, key=lambda span: span.start) - 1
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


@lru_cache(maxsize=8192)
def paragraph_map(paragraph: Paragraph) -> ParagraphMap:
    """Return the map of a paragraph; a paragraph that did not change is not measured again."""
    return ParagraphMap(paragraph.spoken)


class TextMap:
    """The reading units of a whole script: Place ↔ units from its start."""

    __slots__ = ("ends", "maps", "starts", "total")

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.maps = [paragraph_map(paragraph) for paragraph in paragraphs]
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.total = 0.0
        for each in self.maps:
            self.starts.append(self.total)
            self.total += each.total
            self.ends.append(self.total)

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


def units(text: str) -> float:
    """Return the reading units of a spoken text (directions already taken out)."""
    return ParagraphMap(text).total


def read_seconds(text: str, pace: float = PACE) -> float:
    """Return how long ``text``, a script as typed, takes at ``pace`` units a minute.

    Stage directions do not count; a placeholder counts as a number of three figures, a fair guess of any of them.
    """
    guess = dict.fromkeys(PLACEHOLDERS.values(), "369")
    return TextMap(render(text, guess)).total * 60 / pace
