"""Liveshop Desk: ``python3 main.py`` opens the desk, ``python3 main.py VERB`` works without a window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def open_window(shop: Path | None = None, *, demo: bool = False, language: str = "") -> int:
    """Open the desk and return its exit status; 1 where there is no display, which Qt would only abort of."""
    gc.disable()  # until the desk stands (ui/garbage.py): forty looks at what Qt's modules bring take 5 ms
    from installer.display import has_display
    from ui.app import run  # first, so that a missing set-up is said before a missing display

    if not has_display(sys.platform, os.environ):
        from installer.words import NO_DISPLAY, say_in_both

        say_in_both(NO_DISPLAY)
        return 1
    return run(shop, demo=demo, language=language)


def window_options(argv: list[str]) -> dict[str, str] | None:
    """Return the options where ``argv`` asks for the window, ``None`` where it holds a verb (or a mistake)."""
    pairs = dict(zip(argv[::2], argv[1::2], strict=False))
    window = len(argv) % 2 == 0 and pairs.keys() <= {"--shop", "--language"}  # anything else is a verb's
    return pairs if window else None


def main(argv: list[str]) -> int:
    """Go to the window or to the command line; only one of them is imported."""
    options = window_options(argv)
    if options is not None:
        shop = options.get("--shop")
        return open_window(Path(shop) if shop else None, language=options.get("--language", ""))
    from liveshop_desk.cli import run

    return run(argv, open_window)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ModuleNotFoundError as missing:  # the system's Python: the libraries are in .venv
        from installer.hop import hop

        sys.exit(hop(Path(__file__).resolve().parent, sys.argv, missing))
