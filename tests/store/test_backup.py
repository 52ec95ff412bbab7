"""When a backup was taken stands in its name: a copied file's own time says nothing."""

import os

from liveshop_desk.model.clock import to_local
from liveshop_desk.paths import backup_folder
from liveshop_desk.store.backup import Backup, last_taken


def test_the_name_tells_when_not_the_file(tmp_path, clock):
    shop = tmp_path / "a.liveshop"
    assert last_taken(shop, clock.now()) is None
    folder = backup_folder(shop)
    folder.mkdir()
    made = folder / f"{to_local(clock.now()):%Y%m%d-%H%M%S}.manual.liveshop"
    made.touch()
    os.utime(made, (0, 0))
    assert last_taken(shop, clock.now()) == clock.now() // 1000 * 1000


def test_a_file_somebody_else_put_there_has_no_time(tmp_path, clock):
    shop = tmp_path / "a.liveshop"
    folder = backup_folder(shop)
    folder.mkdir()
    for name in ("copy of mine.liveshop", "20261332-250000.manual.liveshop"):
        (folder / name).touch()
        assert Backup(folder / name).taken_at is None
    assert last_taken(shop, clock.now()) is None


def test_a_backup_taken_while_the_clock_was_wrong_does_not_put_the_next_ones_off(tmp_path, clock):
    shop = tmp_path / "shop.liveshop"
    folder = backup_folder(shop)
    folder.mkdir()
    (folder / "20400101-120000.manual.liveshop").touch()
    assert last_taken(shop, clock.now()) is None
    (folder / f"{to_local(clock.now()):%Y%m%d-%H%M%S}.before-show.liveshop").touch()
    assert last_taken(shop, clock.now()) == clock.now() // 1000 * 1000
