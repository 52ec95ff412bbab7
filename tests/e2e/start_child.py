"""A desk that says which of our modules its window's thread had to load: ``python -m tests.e2e.start_child SHOP``."""

import json
import sys
import threading
from pathlib import Path

from ui.app import build, leave


class Watch:
    """An import hook that finds nothing and notes what is looked for on the window's thread."""

    def __init__(self) -> None:
        self.on = False
        self.found: list[str] = []

    def find_spec(self, name, _path=None, _target=None):
        if self.on and threading.current_thread() is threading.main_thread() and name.partition(".")[0] in OURS:
            self.found.append(name)


OURS = ("ui", "liveshop_desk", "numpy", "pyqtgraph", "aiohttp", "sqlite_utils", "openpyxl", "babel")


def main(shop: Path) -> None:
    app, starter = build(shop, language="en")
    watch = Watch()
    sys.meta_path.insert(0, watch)
    starter.shell.painted.connect(lambda: setattr(watch, "on", True))
    starter.complete.connect(lambda: (setattr(watch, "on", False), starter.shell.close()))
    starter.begin()
    status = app.exec()
    print(json.dumps(watch.found))
    leave(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
