"""From the command line to a painted window, and from there to a desk at work."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from PySide6.QtWidgets import QApplication

from liveshop_desk import i18n, settings
from liveshop_desk.paths import default_shop
from ui import theme
from ui.faults import install_hooks, outlive_faults, trace_crashes
from ui.opening import make_application
from ui.shell import Shell
from ui.start import Starter


def run(shop: Path | None = None, *, demo: bool = False, language: str = "") -> NoReturn:
    """Open the desk on ``shop`` (or the usual file); the process ends when it is closed."""
    outlive_faults(lambda: _work(shop, demo=demo, language=language))


def _work(shop: Path | None, *, demo: bool, language: str) -> NoReturn:
    app, starter = build(shop, demo=demo, language=language)
    starter.begin()
    leave(app.exec())


def leave(status: int) -> NoReturn:
    """End the process once all is closed, without taking Python's and Qt's halves apart.

    That is of no use to anybody, and PySide 6.11 may ask a type that is gone for its meta object: one end in some
    thousand was a crash (``MetaObjectBuilder::update`` of nothing).
    """
    import logging

    logging.shutdown()
    print(end="", flush=True)  # noqa: T201 - there may be no stdout at all: then nothing is done
    os._exit(status)


def build(shop: Path | None = None, *, demo: bool = False, language: str = "") -> tuple[QApplication, Starter]:
    """Make the application and its shown shell; ``Starter.begin`` does the rest after the first paint."""
    chosen = settings.load()
    i18n.set_language(language or chosen.language)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        app.setStyle("Fusion")
    else:  # the style as an argument: asked for by setStyle, PySide makes QStyle's enumerations first, 8 ms
        app = make_application([*sys.argv[:1], "-style", "fusion"])
    app.setApplicationName("Liveshop Desk")
    app.setDesktopFileName("liveshop-desk")
    look = theme.choose(chosen.theme)
    app.setFont(theme.font(14))
    app.setPalette(theme.palette(look))
    shell = Shell(look)
    install_hooks(shell.notices)
    shell.appear()
    starter = Starter(shell, shop or default_shop(), chosen, demo=demo)
    starter.ready.connect(trace_crashes)
    return app, starter
