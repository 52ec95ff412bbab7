"""What the prompter looks like: colours, font and proportions, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont

from liveshop_desk.prompter.script import Style

FAMILIES = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC")

BACKGROUND = 0xFF000000
INK = {Style.PLAIN: 0xFFFFFFFF, Style.LIVE: 0xFFFFD54A, Style.DIRECTION: 0xFFA9B4BF}
DIM = 0xFF5A656F  # white text away from the reading lines; other inks darken by the same filter
MARK = 0xFFFF4D4F

# The bars around the text
BAR = 0xFF12171C
BAR_LINE = 0xFF2A333D
BAR_TEXT = 0xFFE8EDF2
BAR_QUIET = 0xFFA3AFBB
BAR_FAINT = 0xFF6C7884
AMBER = 0xFFF5A524
OVER = 0xFFFF4D4F
PRICE = 0xFFFFD54A


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set. Sizes in logical pixels of the anchor's screen; margins as parts of its width."""

    font_px: int = 72
    spacing: float = 1.5
    left: float = 0.08
    right: float = 0.08


def text_font(pixels: float, *, bold: bool = True) -> QFont:
    """Return the prompter's font; without hinting, so that it scales without breaking lines elsewhere."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
