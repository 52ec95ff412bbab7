"""Where one screen's reading mark stands in its own lines, and how it stays there while the text changes.

The reader's units say where the mark belongs. When text, font or width change, the line under the mark must not move
by a pixel, although the new lines would put it elsewhere; the difference is kept as a slip, which the lines that
pass wear off so gently that the speed never changes by more than a quarter, and not at all where the text stands still.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from liveshop_desk.prompter.follow import reanchor
from liveshop_desk.prompter.pace import Place, paragraph_map
from liveshop_desk.prompter.reader import Reader, Turn
from liveshop_desk.prompter.script import Paragraph
from ui.prompter.layout import TextLayout

_WEAR = 4.0  # lines read for each line of slip worn off
_EXACT = 1e-9  # lines


class Slip(NamedTuple):
    """``lines`` off at ``height`` of the layout, worn off within four times as many lines either way."""

    lines: float = 0.0
    height: float = 0.0

    def at(self, height: float) -> float:
        """Return what is left of it at ``height``."""
        if self.lines == 0:
            return 0.0
        return self.lines * max(0.0, 1 - abs(height - self.height) / (_WEAR * abs(self.lines)))

    def back(self, shown: float) -> float:
        """Return the height of the layout that slips to ``shown``."""
        span = _WEAR * abs(self.lines)
        past = shown - self.height - self.lines  # of the point where it slips most
        if span == 0 or shown <= self.height - span or shown >= self.height + span:
            return shown
        return self.height + past * span / (span - math.copysign(self.lines, past * self.lines))


class Hold(NamedTuple):
    """The point of the text under the mark: its place, and the mark's height within that line (0 … 1)."""

    place: Place
    share: float


class Follower:
    """A layout that follows a reader. Heights are in lines from the top of the text."""

    def __init__(self) -> None:
        self.layout = TextLayout()
        self._slip = Slip()

    def height_at(self, units: float) -> float:
        """Return where the mark stands at ``units``."""
        height = self.layout.travel.height_at(units)
        return height + self._slip.at(height)

    def units_lines_away(self, units: float, lines: float) -> float:
        """Return the units ``lines`` further down the text than ``units``."""
        travel = self.layout.travel
        height = travel.height_at(units)
        return travel.units_at(self._slip.back(height + self._slip.at(height) + lines))

    def reset(self, paragraphs: tuple[Paragraph, ...], units: float = 0.0) -> None:
        """Show a text, read from ``units`` on, without keeping any place."""
        self.layout.set_text(paragraphs, _paragraph_at(paragraphs, units))
        self._slip = Slip()

    def settle(self, units: float, line: int, lines: int) -> bool:
        """Have no guess within ``lines`` of a ``line``; what is at the mark, at ``units``, stays there to the pixel.

        Tell whether lines are numbered anew.
        """
        layout = self.layout
        shown = self.height_at(units)
        mark = layout.paragraph_at(int(shown))
        guessed, first = layout.is_guessed(mark), layout.first_line(mark)
        if not layout.settle(line, lines):
            return False
        if guessed:  # the reader has leapt here: none of it has been seen
            self._slip = Slip()
            return True
        down = layout.first_line(mark) - first
        height = layout.travel.height_at(units)
        self._slip = Slip(self._slip.lines, self._slip.height + down)
        if abs(self.height_at(units) - shown - down) > _EXACT:  # lines far from here weigh in across blank ones
            self._slip = Slip(shown + down - height, height)
        return True

    def turn(self, turn: Turn) -> None:
        """Show a changed text: the line under the mark stays where it is, unless reading has not begun."""
        hold = None if turn.fresh or turn.old_units == turn.new_units == 0 else self._held(turn.old_units)
        if hold is None:
            self.reset(turn.new, turn.new_units)
            return
        place = reanchor([each.text for each in turn.old], [each.text for each in turn.new], hold.place)
        self.layout.set_text(turn.new, place.paragraph)
        self._keep(Hold(place, hold.share), turn.new_units)

    def set_measure(self, font_px: int, width: float, reader: Reader) -> None:
        """Break the lines for another font size or width, keeping the line under the mark in place."""
        if (font_px, width) == (self.layout.font_px, self.layout.width):
            return
        units = reader.position
        hold = self._held(units)
        self.layout.set_measure(font_px, width, hold.place.paragraph if hold is not None else 0)
        if hold is not None and units > 0:
            self._keep(hold, units)
        else:
            self._slip = Slip()

    def _held(self, units: float) -> Hold | None:
        """Return what is under the mark at ``units``."""
        if not self.layout.lines:
            return None
        height = self.height_at(units)
        line = min(len(self.layout.lines) - 1, max(0, int(height)))
        share = height - line
        return Hold(self.layout.place_at(line, min(1.0, max(0.0, share))), share)

    def _keep(self, hold: Hold, units: float) -> None:
        """Slip so far that the line of ``hold`` is under the mark as it was."""
        height = self.layout.travel.height_at(units)
        self._slip = Slip(self.layout.line_at(hold.place) + hold.share - height, height)


def _paragraph_at(paragraphs: tuple[Paragraph, ...], units: float) -> int:
    """Return the index of the paragraph where ``units`` are read."""
    for index, paragraph in enumerate(paragraphs):
        if units <= 0:
            return index
        units -= paragraph_map(paragraph).total
    return max(0, len(paragraphs) - 1)
