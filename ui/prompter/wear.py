"""How a window of the prompter is set up: the user's choices, put on a surface only where they differ."""

from __future__ import annotations

from typing import NamedTuple

from liveshop_desk.settings import Settings
from ui.prompter.surface import PrompterSurface

FONTS = (24, 200)  # px of the anchor's screen
SPACINGS = (100, 250)  # % of the font
MARGINS = (0, 30)  # % of the width
MARKS = (24, 80)  # % of the height; higher, two cues would lie over the line that is read
THEMES = ("white", "yellow", "contrast")


class Wear(NamedTuple):
    """Font in px of the anchor's screen, the rest in per cent; mirrored (left to right, upside down)."""

    font: int = 72
    spacing: int = 150
    margin: int = 8
    mark: int = 36
    mirror: tuple[bool, bool] = (False, False)
    theme: str = "white"

    def changed(self, **changes: object) -> Wear:
        """Return another, kept within what can be read."""
        made = self._replace(**changes)  # pyright: ignore[reportArgumentType]
        return made._replace(
            font=_within(made.font, FONTS),
            spacing=_within(made.spacing, SPACINGS),
            margin=_within(made.margin, MARGINS),
            mark=_within(made.mark, MARKS),
            theme=made.theme if made.theme in THEMES else THEMES[0],
        )

    def fields(self) -> dict[str, object]:
        """Return it as the fields of the settings."""
        return {
            "prompter_font": self.font,
            "prompter_spacing": self.spacing,
            "prompter_margin": self.margin,
            "prompter_reading_line": self.mark,
            "prompter_mirror": self.mirror[0],
            "prompter_mirror_v": self.mirror[1],
            "prompter_theme": self.theme,
        }


def wear_of(settings: Settings) -> Wear:
    """Return what the settings say of the anchor's screen."""
    return Wear().changed(
        font=settings.prompter_font,
        spacing=settings.prompter_spacing,
        margin=settings.prompter_margin,
        mark=settings.prompter_reading_line,
        mirror=(settings.prompter_mirror, settings.prompter_mirror_v),
        theme=settings.prompter_theme,
    )


def put_on(surface: PrompterSurface, wear: Wear, before: Wear | None) -> None:
    """Set a surface up; each thing only where it is another than ``before``, for each is a new layout."""
    if before is None or wear.font != before.font:
        surface.set_font_size(wear.font)
    if before is None or wear.spacing != before.spacing:
        surface.set_line_spacing(wear.spacing / 100)
    if before is None or wear.margin != before.margin:
        surface.set_margins(wear.margin / 100, wear.margin / 100)
    if before is None or wear.mark != before.mark:
        surface.set_reading_line(wear.mark / 100)
    if before is None or wear.theme != before.theme:
        surface.set_theme(wear.theme)
    if before is None or wear.mirror != before.mirror:
        surface.set_mirror(*wear.mirror)


def _within(value: int, ends: tuple[int, int]) -> int:
    return min(ends[1], max(ends[0], value))
