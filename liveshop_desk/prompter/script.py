"""What the anchor reads: plain text with live placeholders ``{直播价}`` and marks (marks.py), such as ``【举起衣服】``.

Text is only ever text: ``<b>`` is four signs to read, never a tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from liveshop_desk.prompter.marks import (
    SILENT,
    Style,
    counted,
    heading_end,
    is_countdown,
    name_end,
    read_mark,
    speakers,
)

PLACEHOLDERS: Mapping[str, str] = {
    "直播价": "live_price",
    "库存": "stock",
    "吊牌价": "list_price",
    "品名": "name",
    "live_price": "live_price",
    "stock": "stock",
    "list_price": "list_price",
    "name": "name",
}
MISSING = "—"

_BRACES = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]")
# A brace nobody closes, before a name that is known: the anchor would read “{库存” aloud.
_OPEN = re.compile(rf"[{{｛]\s*(?:{'|'.join(PLACEHOLDERS)})")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Chats and web pages put them into what is copied: nobody sees them, yet they made {直播价} a name nobody knows.
_UNSEEN = frozenset("\u200b\u2060\ufeff")


def placeholder(key: str, language: str) -> str:
    """Return the name of a placeholder (a PLACEHOLDERS value) in a language."""
    names = (name for name, stands_for in PLACEHOLDERS.items() if stands_for == key)
    return next(names) if language == "zh_CN" else key


def is_unclosed(unknown: str) -> bool:
    """Tell whether one of Script.unknown lacks its closing brace."""
    return not unknown.endswith(("}", "｝"))


class Run(NamedTuple):
    """A piece of a paragraph in one style. ``seconds``: it takes that long at any pace (a pause, a counted number)."""

    text: str
    style: Style = Style.PLAIN
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the script as typed; an empty one has no runs. ``text`` is everything that is shown.

    ``speaker`` is the number of whose line it is, in the order of Script.cast.
    """

    runs: tuple[Run, ...] = ()
    speaker: int | None = None
    text: str = field(init=False, compare=False, default="")
    # Kept, because every live value looks each paragraph of the script up again.
    code: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))
        object.__setattr__(self, "code", hash((self.runs, self.speaker)))

    def __hash__(self) -> int:
        return self.code

    @property
    def spoken(self) -> str:
        """Return the text with all that is not read aloud blanked out, of the same length as ``text``."""
        return "".join(" " * len(run.text) if run.style in SILENT else run.text for run in self.runs)


class Token(NamedTuple):
    """A run before the values are in: literal ``text``, or the placeholder ``key`` (a PLACEHOLDERS value)."""

    text: str
    style: Style
    key: str | None = None
    seconds: float = 0.0


class Template(NamedTuple):
    """A paragraph before the values are in."""

    tokens: tuple[Token, ...]
    speaker: int | None = None


class Script(NamedTuple):
    """A parsed script.

    ``unknown`` are the braces nobody can fill, as typed, also ``{库存`` that nobody closed; ``keys`` the placeholders
    used; ``cast`` who speaks.
    """

    lines: tuple[Template | Paragraph, ...]
    unknown: tuple[str, ...]
    keys: frozenset[str]
    cast: tuple[str, ...] = ()

    def lacking(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """Return the placeholders, as typed, that ``values`` leave to be shown as a dash."""
        tokens = (token for line in self.lines if isinstance(line, Template) for token in line.tokens)
        return tuple(dict.fromkeys(token.text for token in tokens if token.key and not values.get(token.key)))

    def render(self, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
        """Fill in ``values`` (already formatted, by key); a missing one shows as a dash.

        Paragraphs without a placeholder are the same objects every time, so that nobody lays them out again.
        """
        clear = {key: clean(values.get(key) or MISSING).replace("\n", " ") for key in self.keys}
        return tuple(
            line
            if isinstance(line, Paragraph)
            else _merged([_filled(each, clear) for each in line.tokens], line.speaker)
            for line in self.lines
        )


def clean(text: str) -> str:
    """Return ``text`` with one kind of line break, tabs as spaces, and no control, unpaired or unseen characters."""
    return "\n".join(_rows(text))


@lru_cache(maxsize=32)
def parse(text: str, cast: tuple[str, ...] = ()) -> Script:
    """Parse the plain text of a script; anything at all is a script. ``cast``: the session's anchors, by name."""
    rows = _rows(text)
    names = speakers(rows, cast)
    speaker: int | None = None
    parts: list[_Row] = []
    for row in rows:
        name, start = name_end(row, names)
        if name:
            speaker = names[name]
        elif heading_end(row):
            speaker = None
        parts.append(_row(row, start, speaker if row.strip() else None))
    unknown = dict.fromkeys(each for part in parts for each in part.unknown)
    keys = frozenset(key for part in parts for key in part.keys)
    return Script(tuple(part.line for part in parts), tuple(unknown), keys, tuple(names))


def render(script: str, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``script`` with ``values`` (by placeholder key, formatted) filled in."""
    return parse(script).render(values)


class _Row(NamedTuple):
    """A line parsed: what is shown, the braces nobody can fill, the placeholders used."""

    line: Template | Paragraph
    unknown: tuple[str, ...]
    keys: frozenset[str]


def _rows(text: str) -> list[str]:
    """Return the lines of ``text``, cleaned."""
    return [row if row.isprintable() else _printable(row) for row in _BREAKS.sub("\n", text).split("\n")]


def _printable(row: str) -> str:
    row = row.replace("\t", " ")
    return "".join(char for char in row if char.isprintable() or _is_kept(char))


def _is_kept(char: str) -> bool:
    return char not in _UNSEEN and unicodedata.category(char) not in ("Cc", "Cs")


@lru_cache(maxsize=8192)
def _row(row: str, start: int, speaker: int | None) -> _Row:
    """Parse one line whose speaker's name ends at ``start``; kept, because typing changes one line of many."""
    unknown: list[str] = []
    tokens = tuple(_words(row, Style.MARKER, unknown)) if heading_end(row) else _tokens(row, start, unknown)
    keys = frozenset(token.key for token in tokens if token.key)
    line = Template(tokens, speaker) if keys else _merged([_filled(each, {}) for each in tokens], speaker)
    return _Row(line, tuple(unknown), keys)


def _tokens(row: str, start: int, unknown: list[str]) -> tuple[Token, ...]:
    """Split one line whose speaker's name ends at ``start``; braces nobody can fill are added to ``unknown``."""
    tokens = [Token(row[:start], Style.SPEAKER)] if start else []
    at = start
    while (opens := row.find("【", at)) >= 0 and (closes := row.find("】", opens)) >= 0:
        tokens += _words(row[at:opens], Style.PLAIN, unknown)
        mark = row[opens : closes + 1]
        style, seconds = read_mark(mark[1:-1])
        at = closes + 1
        if seconds:
            tokens.append(Token(mark, style, seconds=seconds))
            continue
        tokens += _words(mark, style, unknown)
        if is_countdown(mark[1:-1]):
            for low, high in counted(row, at):
                tokens += [Token(row[at:low], Style.PLAIN), Token(row[low:high], Style.COUNT, seconds=1.0)]
                at = high
    return (*tokens, *_words(row[at:], Style.PLAIN, unknown))


def _words(text: str, style: Style, unknown: list[str]) -> list[Token]:
    """Split ``text``, all in one style, at its placeholders."""
    tokens: list[Token] = []
    at = end = 0
    for found in _BRACES.finditer(text):
        unknown += _OPEN.findall(text, end, found.start())
        end = found.end()
        key = PLACEHOLDERS.get(found[1].strip())
        if key is None:
            unknown.append(found[0])
            continue
        live = Style.LIVE if style is Style.PLAIN else style
        tokens += [Token(text[at : found.start()], style), Token(found[0], live, key)]
        at = end
    unknown += _OPEN.findall(text, end)
    return [*tokens, Token(text[at:], style)]


def _filled(token: Token, values: Mapping[str, str]) -> Run:
    """Turn a token into a run; a value can bring in neither a line break nor a placeholder."""
    return Run(token.text if token.key is None else values[token.key], token.style, token.seconds)


def _merged(runs: list[Run], speaker: int | None) -> Paragraph:
    """Join neighbours of one style into one run; what takes its own time, and each mark, stays alone."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        apart = last is not None and last.text.endswith("】") and run.text.startswith("【")
        if last and last.style is run.style and not (apart or last.seconds or run.seconds):
            merged[-1] = Run(last.text + run.text, run.style)
        elif run.text:
            merged.append(run)
    return Paragraph(tuple(merged), speaker)
