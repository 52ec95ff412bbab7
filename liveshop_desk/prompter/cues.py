"""The cues (喊话) one key away."""

from __future__ import annotations

from collections.abc import Sequence

from liveshop_desk.i18n import _, current_language
from liveshop_desk.prompter.script import placeholder

PRESETS = 4  # as many have a key


def usual_cues() -> list[str]:
    """Return the language's own four; they may hold live placeholders."""
    stock = "{" + placeholder("stock", current_language()) + "}"
    return [
        _("Faster"),
        _("Stress the gift"),
        _("Only {stock} left, push!").format(stock=stock),
        _("Look at the camera"),
    ]


def cue_presets(chosen: Sequence[str]) -> list[str]:
    """Return the cues of the presets: the shop's own, or where it has none the usual four."""
    return list(chosen[:PRESETS]) or usual_cues()
