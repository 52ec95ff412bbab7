"""A desk that a library crashes under: ``python -m tests.e2e.crashing_child SHOP``."""

import ctypes
import faulthandler
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from ui import app


def main(shop: Path) -> None:
    build = app.build

    def with_crash(*args, **options):
        made, starter = build(*args, **options)
        timer = QTimer(starter)
        timer.timeout.connect(crash)
        starter.ready.connect(lambda: timer.start(10))
        return made, starter

    app.build = with_crash
    app.run(shop, language="en")


def crash() -> None:
    """Read where no memory is, once the crash is to be written down."""
    if faulthandler.is_enabled():
        ctypes.string_at(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
