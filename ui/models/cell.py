"""One cell of any table of the desk: what stands in it and how it is meant to look. Pure: no Qt."""

from __future__ import annotations

from typing import NamedTuple


class Cell(NamedTuple):
    """``tone`` names a theme token; ``tag`` is plain, next or on_air where the text is drawn as a tag.

    ``tip`` is said when the mouse rests on it. ``keep`` is the end of the text that is read even where it is cut.
    """

    text: str
    tone: str = "text"
    bold: bool = False
    struck: bool = False
    tag: str = ""
    tip: str = ""
    keep: str = ""

    @property
    def whole(self) -> str:
        """Return what the mouse is told: the tip, else a number so long that it may be written shorter."""
        return self.tip or (self.text if "," in self.text else "")
