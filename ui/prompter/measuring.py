"""A text's reading units, counted bit by bit between frames before it is shown: a long one takes longer than a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject

from liveshop_desk.prompter.pace import paragraph_map
from liveshop_desk.prompter.script import Paragraph
from ui.gaps import Gaps

_FEW = 60  # paragraphs counted in a moment: no gap of their own
_SPELL = 0.004  # seconds of a gap


class Measuring(QObject):
    """Measures one text at a time; the next takes its place. ``first``: before what panels refresh."""

    def __init__(self, parent: QObject, gaps: Gaps, ticks: Callable[[], float], *, first: bool) -> None:
        super().__init__(parent)
        self._gaps = gaps
        self._ticks = ticks
        self._first = first
        self._rest: Iterator[Paragraph] | None = None
        self._then: Callable[[], None] = _nothing

    def measure(self, paragraphs: tuple[Paragraph, ...], then: Callable[[], None] | None = None) -> None:
        """Call ``then`` once the paragraphs' units are known: of a short text at once, else in one of the next gaps."""
        self._rest, self._then = iter(paragraphs), then or _nothing
        if len(paragraphs) <= _FEW:
            self._go()
        else:
            self._gaps.soon(self._go, first=self._first)

    def drop(self) -> None:
        """Measure no more; nothing is called."""
        self._rest = None

    def _go(self) -> None:
        until = self._ticks() + _SPELL
        while self._rest is not None:
            paragraph = next(self._rest, None)
            if paragraph is None:
                self._rest = None
                self._then()
                return
            paragraph_map(paragraph)
            if self._ticks() > until:
                self._gaps.soon(self._go, first=self._first)
                return


def _nothing() -> None:
    """Do nothing: it is enough that the units are known."""
