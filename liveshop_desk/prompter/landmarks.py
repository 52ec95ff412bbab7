"""What to look for in a script: key moments, and markers to jump to. A place follows its text when values change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from liveshop_desk.prompter.marks import MomentKind, Style, marker_title, moment_kind
from liveshop_desk.prompter.pace import Place
from liveshop_desk.prompter.script import Paragraph


@dataclass(frozen=True, slots=True)
class Moment:
    """A key moment as it is shown, ``【上链接 3 号】``, and where it begins."""

    kind: MomentKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Marker:
    """A place to jump to and its title."""

    title: str
    place: Place


@lru_cache(maxsize=8)
def moments(paragraphs: tuple[Paragraph, ...]) -> tuple[Moment, ...]:
    """Return the key moments of a text, in order."""
    return tuple(Moment(moment_kind(text), text, place) for text, place in _runs(paragraphs, Style.MOMENT))


@lru_cache(maxsize=8)
def markers(paragraphs: tuple[Paragraph, ...]) -> tuple[Marker, ...]:
    """Return the markers of a text, in order; one without a title is none."""
    found = ((marker_title(text), place) for text, place in _runs(paragraphs, Style.MARKER))
    return tuple(Marker(title, place) for title, place in found if title)


def _runs(paragraphs: Sequence[Paragraph], style: Style) -> Iterator[tuple[str, Place]]:
    for index, paragraph in enumerate(paragraphs):
        at = 0
        for run in paragraph.runs:
            if run.style is style:
                yield run.text, Place(index, float(at))
            at += len(run.text)
