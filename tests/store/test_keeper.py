"""The locks that POSIX lets slip: the desk's saved edits must not go into a deleted log."""

import os
import subprocess
import sys

import pytest

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import shelf
from liveshop_desk.store import queries
from liveshop_desk.store.keeper import LockKeeper
from liveshop_desk.store.store import Store

DESK = """
import os, sys
from pathlib import Path
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import shelf
from liveshop_desk.store.keeper import LockKeeper
from liveshop_desk.store.store import Store
path = Path(sys.argv[1])
store = Store.open(path, SystemClock())
keeper = LockKeeper(path)
keeper.hold()
for tail in ("", "-wal", "-shm"):  # what a file window does to every file it lists
    os.close(os.open(str(path) + tail, os.O_RDONLY))
keeper.hold()
print("open", flush=True)
sys.stdin.readline()
shelf.set_price(store, ["s1"], 36900)
print("saved", flush=True)
sys.stdin.readline()
"""


def price_after_a_crash(path):
    """Edit in one process while another comes and goes, kill the first, and return the price found."""
    command = [sys.executable, "-c", DESK, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout.readline() == "open\n"
        visitor = (
            "import sys; from liveshop_desk.store.store import Store; from pathlib import Path;"
            "from liveshop_desk.model.clock import SystemClock; Store.open(Path(sys.argv[1]), SystemClock()).close()"
        )
        subprocess.run([sys.executable, "-c", visitor, str(path)], check=True)
        desk.stdin.write("\n")
        desk.stdin.flush()
        assert desk.stdout.readline() == "saved\n"
        desk.kill()
    again = Store.open(path, SystemClock())
    found = queries.sku(again, "s1").live_price
    again.close()
    return found


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "shop.liveshop"
    store = Store.open(path, SystemClock())
    with store.step("Sample") as step:
        step.insert("products", {"id": "p1", "title": "鹅绒"})
        step.insert("skus", {"id": "s1", "product_id": "p1", "live_price": 39900})
    store.close()
    return path


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps locks with the handle")
def test_an_edit_survives_a_file_window_and_a_visitor(path):
    assert price_after_a_crash(path) == 36900


def test_releasing_and_closing_leaves_the_file_to_others(path):
    store = Store.open(path, SystemClock())
    keeper = LockKeeper(path)
    keeper.hold()
    keeper.release()
    shelf.set_price(store, ["s1"], 38000)
    store.close()
    again = Store.open(path, SystemClock())
    assert queries.sku(again, "s1").live_price == 38000
    again.close()
