"""Whether the desk can open a window here, told before Qt aborts without a word of help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

# Options of main.py that take the next word; the first bare word after them is a verb.
_WITH_VALUE = ("--shop", "--language")
_VERBS_WITH_WINDOW = ("demo",)


def opens_window(arguments: Sequence[str]) -> bool:
    """Say whether main.py would open a window for these arguments: no verb, or one that shows the desk."""
    words = iter(arguments)
    for word in words:
        if word in ("--help", "-h", "--version"):
            return False
        if word in _WITH_VALUE:
            next(words, None)
        elif not word.startswith("-"):
            return word in _VERBS_WITH_WINDOW and "--help" not in arguments
    return True


def has_display(system: str, environ: Mapping[str, str]) -> bool:
    """Say whether a window has somewhere to go; QT_QPA_PLATFORM says the user has chosen."""
    if system != "linux":
        return True
    return any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
