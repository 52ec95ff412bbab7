"""The lock of a shop file: nobody inherits it, nothing keeps it locked, and having it costs the start nothing."""

import subprocess
import sys
from contextlib import contextmanager

import pytest

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.store.lock import ShopLock, is_open

HOLDER = """
import sys
from pathlib import Path
from liveshop_desk.store.lock import ShopLock
lock = ShopLock.acquire(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another(code, *args):
    """Run ``code`` in a process of its own until the block ends."""
    made = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, close_fds=False,
    )  # fmt: skip
    try:
        yield made
    finally:
        made.kill()
        made.communicate()


def test_another_desks_lock_ends_with_its_process_however_that_ends(tmp_path):
    shop = tmp_path / "a.liveshop"
    with another(HOLDER, shop) as desk:
        assert desk.stdout.readline() == "held\n"
        assert is_open(shop)
        with pytest.raises(Refused, match=r"a\.liveshop"):
            ShopLock.acquire(shop)
    assert not is_open(shop)


def test_a_replay_that_was_killed_is_not_taken_for_the_desk_that_came_after_it(tmp_path):
    shop = tmp_path / "a.liveshop"
    with another(HOLDER.replace("[1]))", "[1]), plays=True)"), shop) as replay:
        assert replay.stdout.readline() == "held\n"
        with pytest.raises(Refused, match="recording"):
            ShopLock.acquire(shop)
    desk = ShopLock.acquire(shop)
    with pytest.raises(Refused, match="Another desk"):
        ShopLock.acquire(shop)
    desk.release()
    assert shop.with_name("a.liveshop.lock").read_bytes() == b""


def test_a_program_the_desk_has_started_keeps_nothing_locked(tmp_path):
    shop = tmp_path / "a.liveshop"
    lock = ShopLock.acquire(shop)
    with another("import sys; print('up', flush=True); sys.stdin.read()") as child:
        assert child.stdout.readline() == "up\n"
        lock.release()
        ShopLock.acquire(shop).release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_planted_in_the_locks_place_is_not_followed(tmp_path):
    shop, other = tmp_path / "a.liveshop", tmp_path / "other"
    shop.with_name("a.liveshop.lock").symlink_to(other)
    with pytest.raises(UserError):
        ShopLock.acquire(shop)
    assert not other.exists()


def test_it_loads_nothing_the_start_does_not_need():
    code = "import sys, liveshop_desk.store.lock; sys.exit('asyncio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
