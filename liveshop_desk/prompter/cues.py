"""The cues (喊话) one key away."""

from __future__ import annotations

from collections.abc import Sequence

from liveshop_desk.i18n import _

PRESETS = 4  # as many have a key


def usual_cues() -> list[str]:
    """Return the language's own four; they may hold live placeholders."""
    return [_("Faster"), _("Stress the gift"), _("Only {stock} left, push!"), _("Look at the camera")]


def cue_presets(chosen: Sequence[str]) -> list[str]:
    """Return the cues of the presets: the shop's own, or where it has none the usual four."""
    return list(chosen[:PRESETS]) or usual_cues()
