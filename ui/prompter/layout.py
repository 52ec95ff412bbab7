"""All lines of a script on a screen of one width, those far from where it is read only guessed until there is time.

A layout is in logical pixels of the anchor's screen; a preview draws the same layout smaller, hence the same lines.
50 000 characters take a tenth of a second and more to break, so a text, or one whose price changed, is broken where it
is seen, and the rest between frames (``fill``). A guess is never seen: ``settle`` breaks what comes in sight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple
from weakref import WeakValueDictionary

from liveshop_desk.prompter.pace import Place, paragraph_map
from liveshop_desk.prompter.script import Paragraph
from liveshop_desk.prompter.travel import Travel
from ui.prompter.lines import Fonts, Line, ParagraphLayout
from ui.prompter.look import USUAL_WIDTH, Setting

__all__ = ["Span", "TextLayout"]

NEAR = 30  # lines either side of the mark that are broken at once: two screens of the usual text
_FEW = 24  # paragraphs so few are broken all at once
_USUAL = Setting()  # what most screens ask for: those need not break their lines twice
_LATIN = 0.55  # of the font size: how wide a letter is, on the average


class Span(NamedTuple):
    """A line that is only guessed; see Line."""

    start: int
    end: int
    before: float
    after: float


class Guess:
    """A paragraph that is not broken yet: as many lines as its characters are likely to need."""

    __slots__ = ("lines", "paragraph", "stops", "units")

    def __init__(self, paragraph: Paragraph, font_px: int, width: float) -> None:
        self.paragraph = paragraph
        text, units = paragraph.text, paragraph_map(paragraph)
        latin = len(text.encode("ascii", "ignore"))
        count = 1 + int((len(text) - latin + latin * _LATIN) * font_px / width)
        self.units = units.total
        self.stops = [(each.start, each.end) for each in units.stretches if each.still] if units.stretches else []
        end = len(text)  # all is said in the first line: hundreds of these are made in a frame's rest
        self.lines = [Span(0, end, 0.0, self.units), *[Span(end, end, self.units, self.units)] * (count - 1)]


Part = ParagraphLayout | Guess


class Whole:
    """All paragraphs, their lines numbered through: ``firsts`` is each one's first; ``guessed``: some are guesses."""

    __slots__ = ("firsts", "guessed", "lines", "parts", "travel")

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = parts
        self.lines: list[Line | Span] = []
        self.firsts: list[int] = []
        self.guessed = False
        spoken: list[tuple[float, float]] = []
        stops: list[tuple[float, float]] = []
        start = 0.0
        for part in parts:
            self.firsts.append(len(self.lines))
            self.guessed = self.guessed or type(part) is Guess
            self.lines += part.lines
            spoken += [(start + line.before, start + line.after) for line in part.lines]
            if part.stops:
                stops += [(start + low, start + high) for low, high in part.stops]
            start += part.units
        self.travel = Travel(spoken, stops)


class Broken:
    """A text in one font size and width, shared by all windows that show it so. ``whole`` is it as it is by now."""

    __slots__ = ("__weakref__", "_font_px", "_fonts", "_gone", "_ready", "_todo", "_width", "paragraphs", "whole")

    def __init__(
        self, paragraphs: tuple[Paragraph, ...], font_px: int, width: float, held: Sequence[Part] = (), near: int = 0
    ) -> None:
        self.paragraphs = paragraphs
        self._font_px, self._width, self._fonts = font_px, width, Fonts.of(font_px)
        self._ready: dict[int, ParagraphLayout] = {}  # broken, but not numbered yet
        self._gone = (
            list(held) if len(held) > _FEW else []
        )  # to let go of hundreds of layouts at once would cost a frame
        known = {id(part.paragraph): part for part in held}
        parts = [known.get(id(each)) or Guess(each, font_px, width) for each in paragraphs]
        unbroken = [index for index, part in enumerate(parts) if type(part) is not ParagraphLayout]
        if len(unbroken) <= _FEW:
            for index in unbroken:
                parts[index] = self._part(index)
        else:
            self._break_around(parts, min(near, len(parts) - 1), NEAR)
        self.whole = Whole(parts)
        self._todo = deque(sorted(unbroken, key=lambda index: abs(index - near)) if self.whole.guessed else ())

    def settle(self, paragraph: int, lines: int) -> None:
        """Break all within ``lines`` of a paragraph now."""
        parts = list(self.whole.parts)
        if self._break_around(parts, paragraph, lines):
            self.whole = Whole(parts)

    @property
    def filled(self) -> bool:
        """Tell whether nothing is left for ``fill``."""
        return not (self._todo or self._gone or self.whole.guessed)

    def fill(self, is_late: Callable[[], bool]) -> bool:
        """Break the rest until it is late; it is numbered, all of it at once, when nothing is left. Tell whether."""
        while self._todo:
            if is_late():
                return False
            index = self._todo.popleft()
            if type(self.whole.parts[index]) is Guess:
                self._ready[index] = self._part(index)
        if self.whole.guessed:
            if is_late():
                return False
            self.whole = Whole([self._ready.get(index, part) for index, part in enumerate(self.whole.parts)])
            self._ready.clear()
        while self._gone:
            if is_late():
                return False
            del self._gone[-1:]
        return True

    def _break_around(self, parts: list[Part], paragraph: int, lines: int) -> bool:
        """Put what is broken in place of guesses around a paragraph; tell whether there were any."""
        fresh = False
        down, up = range(paragraph + 1, len(parts)), range(paragraph - 1, -1, -1)
        for order, most in (((paragraph,), 1), (down, lines), (up, lines)):
            left = most
            for index in order:
                if left <= 0:
                    break
                if type(parts[index]) is not ParagraphLayout:
                    parts[index] = self._part(index)
                    fresh = True
                left -= len(parts[index].lines)
        return fresh

    def _part(self, index: int) -> ParagraphLayout:
        """Return a paragraph broken: by now, elsewhere, or here."""
        part = self._ready.get(index)
        if part is None:
            key = (self.paragraphs[index], self._font_px, self._width)
            part = _SHOWN.get(key)
            if part is None:
                part = _SHOWN[key] = ParagraphLayout(key[0], self._fonts, self._width)
        return part


# What is laid out anywhere, by text, font size and width, for as long as it is held: the anchor's window and the
# preview break the same lines, and every change of a price would break and number them twice.
_SHOWN: WeakValueDictionary[tuple[Paragraph, int, float], ParagraphLayout] = WeakValueDictionary()
_BROKEN: WeakValueDictionary[tuple[int, int, float], Broken] = WeakValueDictionary()  # by the very text's id


class TextLayout:
    """All lines of a script. ``travel`` is the way of the reading mark over them, in lines.

    Lines are numbered anew when guesses give way to what they stood for, but only within ``settle``.
    """

    def __init__(self, font_px: int = _USUAL.font_px, width: float = _USUAL.room(USUAL_WIDTH)) -> None:
        self.font_px = font_px
        self.width = width
        self._broken = Broken((), font_px, width)
        self._whole = self._broken.whole

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the text."""
        return self._broken.paragraphs

    @property
    def lines(self) -> list[Line | Span]:
        """Return its lines, from the top."""
        return self._whole.lines

    @property
    def travel(self) -> Travel:
        """Return the way of the mark over them."""
        return self._whole.travel

    @property
    def settled(self) -> bool:
        """Tell whether all of it is broken and numbered."""
        return not self._whole.guessed

    def set_text(self, paragraphs: tuple[Paragraph, ...], near: int = 0) -> None:
        """Lay out ``paragraphs``, those around ``near`` at once; what any window shows like this is not done again."""
        self._lay_out(paragraphs, near, self._whole.parts)

    def set_measure(self, font_px: int, width: float, near: int = 0) -> None:
        """Break everything anew for another font size or width."""
        self.font_px, self.width = font_px, width
        self._lay_out(self.paragraphs, near, ())  # its lines are another font's

    def _lay_out(self, paragraphs: tuple[Paragraph, ...], near: int, held: Sequence[Part]) -> None:
        key = (id(paragraphs), self.font_px, self.width)
        broken = _BROKEN.get(key)
        if broken is None or broken.paragraphs is not paragraphs:
            broken = _BROKEN[key] = Broken(paragraphs, self.font_px, self.width, held, near)
        self._broken, self._whole = broken, broken.whole

    # --- guesses
    @property
    def filled(self) -> bool:
        """Tell whether nothing is left for ``fill``."""
        return self._broken.filled

    def fill(self, is_late: Callable[[], bool]) -> bool:
        """Break what is only guessed until it is late; tell whether nothing is left. No line is another for it yet."""
        return self._broken.fill(is_late)

    def settle(self, line: int, lines: int) -> bool:
        """Take in what is broken by now, and break all within ``lines`` of a line; tell whether lines are others."""
        low, high = self.paragraph_at(line - lines), self.paragraph_at(line + lines)
        if any(type(part) is Guess for part in self._whole.parts[low : high + 1]):
            self._broken.settle(self.paragraph_at(line), max(lines, NEAR))
        if self._whole is self._broken.whole:
            return False
        self._whole = self._broken.whole
        return True

    def is_guessed(self, paragraph: int) -> bool:
        """Tell whether a paragraph's lines are only guessed."""
        return type(self._whole.parts[paragraph]) is Guess

    def first_line(self, paragraph: int) -> int:
        """Return the index of a paragraph's first line."""
        return self._whole.firsts[paragraph]

    def paragraph_at(self, line: int) -> int:
        """Return the paragraph of a line, the nearest beyond either end."""
        return max(0, bisect_right(self._whole.firsts, line) - 1)

    # --- places
    def line_at(self, place: Place) -> int:
        """Return the index of the line that shows ``place``."""
        whole = self._whole
        if not whole.parts:
            return 0
        index = min(place.paragraph, len(whole.parts) - 1)
        starts = [line.start for line in whole.parts[index].lines]
        return whole.firsts[index] + max(0, bisect_right(starts, place.offset) - 1)

    def place_at(self, line: int, share: float) -> Place:
        """Return the place a ``share`` (0 … 1) into the line of that index; always on the line itself."""
        found = self.lines[line]
        last = max(found.start, found.end - 1)  # a line's end is the next one's start
        return Place(self.paragraph_at(line), min(float(last), found.start + share * (found.end - found.start)))
