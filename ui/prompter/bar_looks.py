"""The colours of the bars around the anchor's text, one set a theme."""

from __future__ import annotations

from typing import NamedTuple


class Inks(NamedTuple):
    """Colours as 0xAARRGGBB. ``over`` is for what is too late, ``amber`` for what runs short and for cues."""

    back: int = 0xFF000000  # behind the progress line
    bar: int = 0xFF12171C
    line: int = 0xFF2A333D
    text: int = 0xFFE8EDF2
    quiet: int = 0xFFA3AFBB
    faint: int = 0xFF8592A0  # the price struck through: still read from three metres
    amber: int = 0xFFF5A524
    over: int = 0xFFFF4D4F
    price: int = 0xFFFFD54A


WHITE = Inks()
THEMES: dict[str, Inks] = {
    "white": WHITE,
    "yellow": Inks(text=0xFFFFE45C, quiet=0xFFC4BC92, faint=0xFF9C956F, price=0xFFFFFFFF),
    # No greys: whoever needs contrast needs it for the small text most.
    "contrast": Inks(
        bar=0xFF000000, line=0xFFFFFFFF, text=0xFFFFFFFF, quiet=0xFFFFFFFF, faint=0xFFFFFFFF, amber=0xFFFFC400,
        over=0xFFFF6B6B, price=0xFFFFEE00,
    ),
}  # fmt: skip


def inks_of(theme: str) -> Inks:
    """Return the colours of a theme; an unknown one is white on black."""
    return THEMES.get(theme, WHITE)
