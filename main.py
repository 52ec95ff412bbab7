"""Liveshop Desk: ``python3 main.py`` opens the desk, ``python3 main.py VERB`` works without a window."""

from __future__ import annotations

import sys
from pathlib import Path

_WINDOW_OPTIONS = ("--shop", "--language")  # all that may stand before a window; anything else is a verb's


def open_window(shop: Path | None = None, *, demo: bool = False, language: str = "") -> int:
    """Open the desk and return its exit status."""
    from ui.app import run

    return run(shop, demo=demo, language=language)


def window_options(argv: list[str]) -> dict[str, str] | None:
    """Return the options where ``argv`` asks for the window, ``None`` where it holds a verb (or a mistake)."""
    pairs = dict(zip(argv[::2], argv[1::2], strict=False))
    wanted = len(argv) % 2 == 0 and all(name in _WINDOW_OPTIONS for name in argv[::2])
    return pairs if wanted else None


def main(argv: list[str]) -> int:
    """Go to the window or to the command line; only one of them is imported."""
    options = window_options(argv)
    if options is not None:
        shop = options.get("--shop")
        return open_window(Path(shop) if shop else None, language=options.get("--language", ""))
    from liveshop_desk.cli import run

    return run(argv, open_window)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
