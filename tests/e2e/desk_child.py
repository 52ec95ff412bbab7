"""A desk in a process of its own, worked by hands until it is killed: ``python -m tests.e2e.desk_child SHOP``.

Every line it prints is one fact that stands on its screen (JSON); ``enter`` comes just before the Enter that saves.
"""

import json
import sys
from pathlib import Path

from tests.e2e.hands import Hands, live_on, wait_until
from ui.app import build
from ui.prompter.surface import PrompterSurface
from ui.widgets.tile import TileView


def tell(**facts):
    print(json.dumps(facts, ensure_ascii=False), flush=True)


def main(shop: Path) -> None:
    _app, starter = build(shop, language="en")
    h = Hands(starter)
    starter.shell.activateWindow()
    done = []
    starter.complete.connect(lambda: done.append(True))
    starter.begin()
    wait_until(lambda: done or h.errors, lambda: str(h.said))
    begin(h)
    number = int(h.chosen_row()["Stock"])
    while True:
        edit(h, number)
        number += 1


def begin(h: Hands) -> None:
    """Go live where that is still to be done, take three segments, play the prompter."""
    h.room("Live")
    if not h.shows("ON AIR"):
        h.press("Ctrl+L", "Return")
        h.press("Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
        h.press("Ctrl+E")
        h.type("online 1284, gmv 8640", "Return", "Esc")
        wait_until(lambda: any("8,640" in t.accessibleName() for t in h.seen(TileView)))
        h.press(*["Ctrl+]"] * 20)
    h.press("Ctrl+Space")
    tell(live=True, numbers=[t.accessibleName().split(" ")[:2] for t in h.seen(TileView)][:2])


def edit(h: Hands, number: int) -> None:
    """Change price and stock of the row on air, and say what the screen shows of it."""
    for key, heading, value, shown in (
        ("F2", "Live price", f"{300 + number}", f"¥{300 + number}.00"),
        ("F3", "Stock", "+1", str(number + 1)),
    ):
        h.press(key)
        h.type(value)
        tell(enter=heading, value=shown)
        h.press("Return")
        if h.shows("Enter again to save"):
            h.press("Return")
        row = h.chosen_row()
        assert row[heading] == shown, row
        tell(shown=heading, value=shown)
        live_on(20)
    reader = h.seen(PrompterSurface)[0].reader
    tell(prompter=reader.position, playing=reader.playing)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
