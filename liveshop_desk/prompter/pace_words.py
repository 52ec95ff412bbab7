"""What a pace is called: 字/分钟, in English characters/min, or words/min of a text that is mostly words."""

from __future__ import annotations

from liveshop_desk.i18n import _
from liveshop_desk.prompter.pace import PaceUnit


def pace_text(pace: float, unit: PaceUnit = PaceUnit.ZI) -> str:
    """Write a pace in what its text is counted in; a pace of no text in particular is in 字."""
    if unit is PaceUnit.WORDS:
        return _("{pace} words/min").format(pace=round(pace))
    return _("{pace} characters/min").format(pace=round(pace))


def pace_heading(unit: PaceUnit) -> str:
    """Return what a column of paces is called."""
    return _("Words/min") if unit is PaceUnit.WORDS else _("Characters/min")


def length_heading(unit: PaceUnit) -> str:
    """Return what a column of lengths of text is called."""
    return _("Words") if unit is PaceUnit.WORDS else _("Characters")
