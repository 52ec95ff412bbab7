"""One paragraph of a script in lines: broken by Qt, so that bidi, emoji and combining marks are right."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from liveshop_desk.prompter.marks import Style
from liveshop_desk.prompter.pace import paragraph_map
from liveshop_desk.prompter.script import Paragraph
from ui.prompter.look import INSET, SMALL, text_font


class Piece(NamedTuple):
    """A run's part within one line, in UTF-16 units of its paragraph."""

    start: int
    length: int
    style: Style


class Line(NamedTuple):
    """One visual line. ``start``/``end`` in characters, ``before``/``after`` in units, both of its paragraph.

    ``key`` is what it looks like: two lines with the same key have the same picture. ``speaker`` is the number of
    whose line it is, ``rtl`` from which side it is read. ``owner`` is only held: a QTextLine without it points nowhere.
    """

    source: QTextLine
    owner: QTextLayout
    start: int
    end: int
    before: float
    after: float
    left: float
    width: float
    pieces: tuple[Piece, ...]
    key: tuple[object, ...]
    speaker: int | None = None
    rtl: bool = False


class Fonts(NamedTuple):
    """The fonts of a layout: for what is spoken, and ``other`` for what is not; and a speaker's inset."""

    spoken: QFont
    other: Mapping[Style, QTextCharFormat]
    inset: float

    @classmethod
    def of(cls, pixels: int) -> Fonts:
        """Return the fonts of a text ``pixels`` high: what is not read is set light, markers small."""
        light, small = text_font(pixels, bold=False), text_font(pixels * SMALL, bold=False)
        other = {Style.DIRECTION: light, Style.PAUSE: light, Style.MARKER: small}
        return cls(text_font(pixels), {style: _format(font) for style, font in other.items()}, round(pixels * INSET))


class ParagraphLayout:
    """One paragraph broken into lines of ``width`` pixels."""

    __slots__ = ("__weakref__", "_layout", "lines", "paragraph", "stops", "units")

    def __init__(self, paragraph: Paragraph, fonts: Fonts, width: float) -> None:
        self.paragraph = paragraph
        units = paragraph_map(paragraph)
        self.units = units.total
        # from the paragraph's start, between which units the text stands still
        self.stops = [(each.start, each.end) for each in units.stretches if each.still]
        text = paragraph.text
        wide = _Utf16(text)
        runs = _run_pieces(paragraph)
        self._layout = QTextLayout(text, fonts.spoken)
        self._layout.setCacheEnabled(True)
        rtl = _is_rtl(text)
        self._layout.setTextOption(_option(rtl))
        self._layout.setFormats(_formats(runs, fonts))
        inset = 0.0 if paragraph.speaker is None else fonts.inset
        self.lines = self._break(wide, runs, max(width / 2, width - inset), 0.0 if rtl else inset, rtl=rtl)

    def _break(self, wide: _Utf16, runs: list[Piece], width: float, left: float, *, rtl: bool) -> list[Line]:
        text, units, speaker = self.paragraph.text, paragraph_map(self.paragraph), self.paragraph.speaker
        lines: list[Line] = []
        after = 0.0
        self._layout.beginLayout()
        while (source := self._layout.createLine()).isValid():
            source.setLineWidth(width)
            source.setPosition(QPointF(left, 0))
            low, high = source.textStart(), source.textStart() + source.textLength()
            start, end = wide.char_at(low), wide.char_at(high)
            pieces = _cut(runs, low, high)
            rect = source.naturalTextRect()
            shape = tuple((piece.start - low, piece.style.value) for piece in pieces)  # an enumeration is slow to hash
            key = (text[start:end], shape, round(rect.x() * 8), speaker, rtl)
            before, after = after, units.units_at(end)
            lines.append(
                Line(source, self._layout, start, end, before, after, rect.x(), rect.width(), pieces, key, speaker, rtl)
            )
        self._layout.endLayout()
        return lines


class _Utf16:
    """Qt counts UTF-16 units, Python characters; most texts count the same."""

    __slots__ = ("_ends",)

    def __init__(self, text: str) -> None:
        self._ends: list[int] | None = None
        if text and max(text) > "\uffff":
            self._ends = []
            at = 0
            for char in text:
                at += 2 if char > "\uffff" else 1
                self._ends.append(at)

    def char_at(self, unit: int) -> int:
        """Return the character index of a UTF-16 index."""
        return unit if self._ends is None else bisect_right(self._ends, unit)


def _run_pieces(paragraph: Paragraph) -> list[Piece]:
    """Return the runs of a paragraph in UTF-16 units."""
    pieces: list[Piece] = []
    at = 0
    for run in paragraph.runs:
        length = len(run.text.encode("utf-16-le")) // 2
        pieces.append(Piece(at, length, run.style))
        at += length
    return pieces


def _cut(pieces: list[Piece], low: int, high: int) -> tuple[Piece, ...]:
    """Return the parts of ``pieces`` between two UTF-16 indices."""
    cut: list[Piece] = []
    first = max(0, bisect_right(pieces, low, key=lambda piece: piece.start) - 1)
    for index in range(first, len(pieces)):
        piece = pieces[index]
        if piece.start >= high:
            break
        start, end = max(low, piece.start), min(high, piece.start + piece.length)
        if start < end:
            cut.append(Piece(start, end - start, piece.style))
    return tuple(cut)


def _formats(pieces: list[Piece], fonts: Fonts) -> list[QTextLayout.FormatRange]:
    """Return the formats that differ from the base font."""
    formats: list[QTextLayout.FormatRange] = []
    for piece in pieces:
        if piece.style in fonts.other:
            each = QTextLayout.FormatRange()
            each.start, each.length = piece.start, piece.length
            each.format = fonts.other[piece.style]
            formats.append(each)
    return formats


def _format(font: QFont) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font)
    return made


def _is_rtl(text: str) -> bool:
    """Tell whether a paragraph is set from the right: where its first letter is read from there."""
    sides = (side for char in text if (side := unicodedata.bidirectional(char)) in ("L", "R", "AL"))
    return next(sides, "L") != "L"


def _option(rtl: bool) -> QTextOption:
    """Return how a paragraph is set."""
    option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
