"""Take the pictures of the README: ``.venv/bin/python docs/make_picture.py`` (needs no screen).

Starts the demo as ``main.py demo`` does, waits until the desk is ready and its numbers move, and saves the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTLE_MS = 4_000
SIZE = (1440, 900)  # px


def main(language: str, theme: str, room: str, out: Path) -> None:
    """Save one picture; the demo's shop and settings go again with the folder they are in."""
    with tempfile.TemporaryDirectory(prefix="liveshop-picture-", ignore_cleanup_errors=True) as home:
        os.environ["LIVESHOP_HOME"] = tempfile.tempdir = home
        take(language, theme, room, out)


def take(language: str, theme: str, room: str, out: Path) -> None:
    """Save one picture of the demo."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    from PySide6.QtCore import Qt, QTimer

    from liveshop_desk import settings
    from ui.app import build

    settings.save(settings.Settings(language=language, theme=theme))
    app, starter = build(demo=True)

    def save() -> None:
        starter.shell.grab().save(str(out))
        starter.shell.close()
        app.quit()

    def ready() -> None:
        assert starter.window is not None
        starter.shell.setWindowState(Qt.WindowState.WindowNoState)  # it fills the small screen there is without one
        starter.shell.resize(*SIZE)
        starter.window.show_room(room)
        QTimer.singleShot(SETTLE_MS, save)

    starter.ready.connect(ready)
    starter.begin()
    app.exec()


if __name__ == "__main__":
    words = sys.argv[1:] or ["zh_CN", "dark", "live", str(ROOT / "docs" / "desk.png")]
    main(words[0], words[1], words[2], Path(words[3]))
