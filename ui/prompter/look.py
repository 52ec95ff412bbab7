"""What the prompter looks like: its three themes, font and proportions, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtGui import QFont

from liveshop_desk.prompter.marks import Style

FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")

AMBER = 0xFFF5A524  # what is seen is not what the anchor sees

INSET = 0.42  # of the font size: how far a speaker's lines stand in, for the mark beside them
SMALL = 0.5  # of the font size: what is neither read nor done

# Who speaks: sky, orange, green, rose; apart for colour-blind eyes too, and each with a mark of its own beside it
_VOICES = (0xFF6EC1F5, 0xFFF0A93B, 0xFF46CFA2, 0xFFE79AC6)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One theme; colours as 0xAARRGGBB. ``dim`` is the filter over what is away from the reading lines.

    ``moment`` is the field a key moment's words stand on. ``voices`` and ``tints`` are a speaker's colour and words.
    """

    name: str
    background: int
    ink: Mapping[Style, int]
    dim: int
    mark: int
    moment: int
    voices: tuple[int, ...]
    tints: tuple[int, ...]


def _look(name: str, text: int, live: int, quiet: int, count: int, dim: int, lean: float) -> Look:
    """Return a theme on black; a speaker's words ``lean`` so far from its ink to the speaker's colour."""
    ink = {
        Style.PLAIN: text, Style.LIVE: live, Style.DIRECTION: quiet, Style.PAUSE: quiet, Style.MARKER: quiet,
        Style.COUNT: count, Style.SPEAKER: text, Style.MOMENT: 0xFF000000,
    }  # fmt: skip
    tints = tuple(_between(text, voice, lean) for voice in _VOICES)
    return Look(name, 0xFF000000, ink, dim, 0xFFFF4D4F, 0xFF3DDC84, _VOICES, tints)


def _between(one: int, other: int, share: float) -> int:
    """Return the colour ``share`` of the way from one to the other."""
    parts = [(one >> shift & 255, other >> shift & 255) for shift in (24, 16, 8, 0)]
    red_to_blue = [round(a + (b - a) * share) for a, b in parts]
    return sum(part << shift for part, shift in zip(red_to_blue, (24, 16, 8, 0), strict=True))


LOOKS: Mapping[str, Look] = {
    "white": _look("white", 0xFFFFFFFF, 0xFFFFD54A, 0xFFA9B4BF, 0xFF7FDBFF, 0xFF5A656F, 0.4),
    "yellow": _look("yellow", 0xFFFFE45C, 0xFFFFFFFF, 0xFFB8B08A, 0xFF7FDBFF, 0xFF6A6A66, 0.15),
    "contrast": _look("contrast", 0xFFFFFFFF, 0xFFFFE600, 0xFFE0E6EC, 0xFF00E5FF, 0xFFA8B0B8, 0.2),
}
WHITE = LOOKS["white"]


def look_named(name: str) -> Look:
    """Return a theme; white on black for a name that is none."""
    return LOOKS.get(name, WHITE)


USUAL_WIDTH = 1920  # logical pixels of an anchor's screen


class Setting(NamedTuple):
    """How text is set. Sizes in logical pixels of the anchor's screen; margins as parts of its width."""

    font_px: int = 72
    spacing: float = 1.5
    left: float = 0.08
    right: float = 0.08

    def room(self, screen: int) -> float:
        """Return how wide lines are on a ``screen`` so many logical pixels wide."""
        return max(float(self.font_px), screen * (1 - self.left - self.right))


def text_font(pixels: float, *, bold: bool = True) -> QFont:
    """Return the prompter's font; without hinting, so that it scales without breaking lines elsewhere."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
