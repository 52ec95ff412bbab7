"""From the command line to a painted window, and from there to a desk at work."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from liveshop_desk import i18n, settings
from liveshop_desk.paths import default_shop
from ui import theme
from ui.faults import install_hooks
from ui.shell import Shell
from ui.start import Starter


def run(shop: Path | None = None, *, demo: bool = False, language: str = "") -> int:
    """Open the desk on ``shop`` (or the usual file) and return the exit status when it is closed."""
    app, starter = build(shop, demo=demo, language=language)
    starter.begin()
    return app.exec()


def build(shop: Path | None = None, *, demo: bool = False, language: str = "") -> tuple[QApplication, Starter]:
    """Make the application and its shown shell; ``Starter.begin`` does the rest after the first paint."""
    chosen = settings.load()
    i18n.set_language(language or chosen.language)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setStyle("Fusion")
    else:  # the style as an argument: asked for by setStyle, PySide makes QStyle's enumerations first, 8 ms
        app = QApplication([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Liveshop Desk")
    app.setDesktopFileName("liveshop-desk")
    look = theme.choose(chosen.theme)
    app.setFont(theme.font(14))
    app.setPalette(theme.palette(look))
    shell = Shell(look)
    install_hooks(shell.notices)
    shell.appear()
    return app, Starter(shell, shop or default_shop(), chosen, demo=demo)
