"""What the anchor reads: plain text with live placeholders ``{直播价}`` and stage directions ``【举起衣服】``.

Text is only ever text: ``<b>`` is four signs to read, never a tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

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

_PIECES = re.compile(r"[{｛]([^{}｛｝\n]*)[}｝]|([【】])")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class Style(StrEnum):
    """How a run is shown: to be read, a value that follows the queue, or a stage direction."""

    PLAIN = "plain"
    LIVE = "live"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the script as typed; an empty one has no runs. ``text`` is everything that is shown."""

    runs: tuple[Run, ...] = ()
    text: str = field(init=False, compare=False, default="")
    # Kept, because every live value looks each paragraph of the script up again.
    code: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(run.text for run in self.runs))
        object.__setattr__(self, "code", hash(self.runs))

    def __hash__(self) -> int:
        return self.code

    @property
    def spoken(self) -> str:
        """Return the text with stage directions blanked out, of the same length as ``text``."""
        return "".join(" " * len(run.text) if run.style is Style.DIRECTION else run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Token:
    """A run before the values are in: literal ``text``, or the placeholder ``key`` (a PLACEHOLDERS value)."""

    text: str
    style: Style
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A parsed script. ``unknown`` are the braces nobody can fill, as typed; ``keys`` the placeholders used."""

    lines: tuple[tuple[Token, ...] | Paragraph, ...]
    unknown: tuple[str, ...]
    keys: frozenset[str]

    def render(self, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
        """Fill in ``values`` (already formatted, by key); a missing one shows as a dash.

        Paragraphs without a placeholder are the same objects every time, so that nobody lays them out again.
        """
        clear = {key: clean(values.get(key) or MISSING).replace("\n", " ") for key in self.keys}
        return tuple(
            line if isinstance(line, Paragraph) else _merged([_filled(token, clear) for token in line])
            for line in self.lines
        )


def clean(text: str) -> str:
    """Return ``text`` with one kind of line break, tabs as spaces, and no control or unpaired characters."""
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return "".join(
        char for char in text if char == "\n" or char.isprintable() or unicodedata.category(char) not in ("Cc", "Cs")
    )


@lru_cache(maxsize=32)
def parse(text: str) -> Script:
    """Parse the plain text of a script; anything at all is a script."""
    unknown: list[str] = []
    keys: set[str] = set()
    lines: list[tuple[Token, ...] | Paragraph] = []
    for line in clean(text).split("\n"):
        tokens = _tokens(line, unknown)
        used = {token.key for token in tokens if token.key}
        keys |= used
        lines.append(tokens if used else _merged([Run(token.text, token.style) for token in tokens]))
    return Script(tuple(lines), tuple(dict.fromkeys(unknown)), frozenset(keys))


def render(script: str, values: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of ``script`` with ``values`` (by placeholder key, formatted) filled in."""
    return parse(script).render(values)


def _tokens(line: str, unknown: list[str]) -> tuple[Token, ...]:
    """Split one line; braces nobody can fill stay as typed and are added to ``unknown``."""
    tokens: list[Token] = []
    at, inside = 0, False

    def add(text: str, key: str | None = None) -> None:
        style = Style.DIRECTION if inside else (Style.LIVE if key else Style.PLAIN)
        if text or key:
            tokens.append(Token(text, style, key))

    for found in _PIECES.finditer(line):
        add(line[at : found.start()])
        at = found.end()
        if found[2] == "【" and not inside and "】" in line[at:]:
            inside = True
            add("【")
        elif found[2] == "】" and inside:
            add("】")
            inside = False
        elif found[2]:
            add(found[2])
        else:
            key = PLACEHOLDERS.get(found[1].strip())
            if key is None:
                unknown.append(found[0])
            add(found[0], key)
    add(line[at:])
    return tuple(tokens)


def _filled(token: Token, values: Mapping[str, str]) -> Run:
    """Turn a token into a run; a value can bring in neither a line break nor a placeholder."""
    return Run(token.text if token.key is None else values[token.key], token.style)


def _merged(runs: list[Run]) -> Paragraph:
    """Join neighbours of one style into one run."""
    merged: list[Run] = []
    for run in runs:
        if merged and merged[-1].style is run.style:
            merged[-1] = Run(merged[-1].text + run.text, run.style)
        elif run.text:
            merged.append(run)
    return Paragraph(tuple(merged))
