"""kill -9 at any moment: what was shown as saved is on disk, what was not is not half there."""

import random
import subprocess
import sys

from liveshop_desk.model.clock import SystemClock
from liveshop_desk.store import queries
from liveshop_desk.store.health import examine
from liveshop_desk.store.store import Store

EDITOR = """
import sys
from pathlib import Path
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.ops import shelf
from liveshop_desk.store.store import Store
store = Store.open(Path(sys.argv[1]), SystemClock())
for price in range(int(sys.argv[2]), 10**9):
    shelf.set_price(store, ["s1"], price, confirmed=True)
    print(price, flush=True)
"""


def test_no_edit_is_lost_however_often_it_is_killed(tmp_path):
    path = tmp_path / "shop.liveshop"
    store = Store.open(path, SystemClock())
    with store.step("Sample") as step:
        step.insert("products", {"id": "p1", "title": "鹅绒"})
        step.insert("skus", {"id": "s1", "product_id": "p1", "live_price": 1})
    store.close()
    dice = random.Random(7)
    told = 1
    for _round in range(5):
        command = [sys.executable, "-c", EDITOR, str(path), str(told + 1)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for _line in range(dice.randint(1, 120)):
                told = int(process.stdout.readline())
            process.kill()
            told = max([told, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
        again = Store.open(path, SystemClock())
        found = queries.sku(again, "s1").live_price
        steps = again.row("SELECT count(*) FROM journal")[0]
        assert found in (told, told + 1)  # the last commit may have come before its print
        assert steps == found  # the sample's step and one for each price from 2 on: edit and record go together
        assert examine(path).problems == ()
        again.close()
        told = found
