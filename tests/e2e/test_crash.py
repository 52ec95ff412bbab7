"""kill −9 at any moment: the window comes back on the same second of the same segment with every edit it had shown."""

import json
import os
import random
import re
import subprocess
import sys
from pathlib import Path

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.store import queries
from tests.e2e.conftest import close
from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop, read
from ui.prompter.surface import PrompterSurface
from ui.widgets.tile import TileView

ROOT = Path(__file__).resolve().parents[2]
PACE = 420 / 60  # units a second, as the child sets it
SLACK = 4 * PACE  # the place is kept once a second; the rest is for a machine that is busy. Less than FAR
FAR = 30  # units: where she is by then cannot be mistaken for the script's start
HEADINGS = ("Live price", "Stock")


class Child:
    """A desk at work in another process, and what it said was on its screen."""

    def __init__(self, shop):
        self.shown: dict[str, str] = {}
        self.entering: dict[str, str] = {}
        self.prompter = 0.0
        self.numbers: list[list[str]] = []
        command = [sys.executable, "-m", "tests.e2e.desk_child", str(shop)]
        env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def hear(self, line: str) -> dict:
        fact = json.loads(line)
        if "shown" in fact:
            self.shown[fact["shown"]] = fact["value"]
            self.entering.clear()
        elif "enter" in fact:
            self.entering = {fact["enter"]: fact["value"]}
        self.prompter = fact.get("prompter", self.prompter)
        self.numbers = fact.get("numbers", self.numbers)
        return fact

    def run_until(self, stop) -> None:
        """Listen until ``stop(fact)``, kill it that moment, hear what it still had said."""
        try:
            for line in self.process.stdout:
                if stop(self.hear(line)):
                    break
            else:
                raise AssertionError(self.process.stderr.read())
        finally:
            self.process.kill()
        for line in self.process.stdout.read().split("\n")[:-1]:
            self.hear(line)
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


def after(edits, kind):
    """Return a stop: at the ``edits``-th fact of a kind."""
    left = [edits]

    def stop(fact):
        left[0] -= kind in fact
        return left[0] <= 0

    return stop


def read_as_far_as(units):
    """Return a stop: where the prompter has read so many units."""
    return lambda fact: fact.get("prompter", 0) >= units


def test_killed_again_and_again_it_comes_back_as_it_was(open_desk, shop_file):
    make_shop(shop_file)
    dice = random.Random(11)
    held = None
    for kind in ("enter", "prompter", "shown", "enter"):
        child = Child(shop_file)
        far = kind == "prompter"
        child.run_until(read_as_far_as(FAR) if far else after(dice.randint(2, 14), kind))
        h = open_desk()
        held = _assert_as_it_was(h, child, shop_file, held)
        assert not far or any("Resumed where it was." in text for text in h.said)
        _assert_undo_works(h)
        close(h)


def _assert_as_it_was(h, child, shop_file, before):
    session = read(shop_file, queries.live_session)
    assert any(text.startswith("3 / 6 segments") for text in h.texts())
    _assert_same_second(h, session.started_at)
    row = h.chosen_row()
    for heading in HEADINGS:
        assert row[heading] in {child.shown.get(heading, row[heading]), child.entering.get(heading)}
    reader = h.seen(PrompterSurface)[0].reader
    assert not reader.playing
    assert abs(reader.position - child.prompter) <= SLACK
    if child.numbers:
        assert [t.accessibleName().split(" ")[:2] for t in h.seen(TileView)][:2] == child.numbers
    pitch = next(p for p in read(shop_file, lambda store: queries.pitches(store, session.id)) if p.ended_at is None)
    if before is not None:
        assert (session.started_at, pitch) == before
    return session.started_at, pitch


def _assert_same_second(h, started):
    """The show's age on the screen is now − start, though the desk was dead for a while."""
    clock = SystemClock()

    def same():
        age = (clock.now() - started) // 1000
        return f"{age // 3600:02d}:{age % 3600 // 60:02d}:{age % 60:02d}" in h.texts()

    wait_until(same, lambda: str([text for text in h.texts() if re.fullmatch(r"\d\d:\d\d:\d\d", text)]))


def _assert_undo_works(h):
    """Undo takes back the newest edit of the dead process; redo brings it again."""
    before = _goods(h)
    h.press("Ctrl+Z")
    assert sum(one != other for one, other in zip(before, _goods(h), strict=True)) == 1
    assert h.notice().startswith("Undone: ")
    h.press("Ctrl+Shift+Z")
    assert _goods(h) == before


def _goods(h):
    row = h.chosen_row()
    return [row[heading] for heading in HEADINGS]


def test_typing_that_was_not_saved_is_all_that_is_lost(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return")
    h.press("F2")
    h.type("359", "Return")
    h.press("F2")
    h.type("1")
    assert read(shop_file, lambda store: queries.sku(store, "p1-0")).live_price == 35_900
    h.press("Esc")
    assert h.chosen_row()["Live price"] == "¥359.00"


def test_a_second_desk_is_refused_and_the_first_goes_on(open_desk, shop_file):
    make_shop(shop_file)
    first = open_desk()
    second = open_desk(ready=False)
    wait_until(lambda: second.shows("The desk did not open", second.shell), lambda: str(second.texts(second.shell)))
    assert second.shows("Another desk has shop.liveshop open.", second.shell)
    assert second.button("Quit", second.shell).isVisible()
    close(second)
    first.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return", "F2")
    first.type("359", "Return")
    assert first.chosen_row()["Live price"] == "¥359.00"
    close(first)
    again = open_desk()
    assert again.shows("ON AIR")


def test_a_refused_desk_opens_once_the_other_is_closed(open_desk, shop_file):
    make_shop(shop_file)
    first = open_desk()
    second = open_desk(ready=False)

    def refused():
        return second.shows("Another desk has shop.liveshop open.", second.shell)

    wait_until(refused)
    panel = second.shell.stack.currentWidget()
    second.press("Return")  # it has the keyboard
    wait_until(lambda: second.shell.stack.currentWidget() is not panel and refused())
    close(first)
    second.press("Return")
    wait_until(lambda: second.shows("秋冬羽绒专场", second.shell), lambda: str(second.texts(second.shell)))
    assert not refused()
