"""When a backup was taken stands in its name: a copied file's own time says nothing."""

import os
from datetime import UTC, datetime

from liveshop_desk.model.clock import from_datetime, to_local
from liveshop_desk.paths import backup_folder
from liveshop_desk.store.backup import Backup, last_taken, list_backups, newest_good, take_backup

AUTUMN = from_datetime(datetime(2026, 11, 1, 5, 40, tzinfo=UTC))  # 01:40 summer time in New York; 02:00 is 01:00 again


def test_the_newest_is_the_newest_when_the_clocks_go_back(store, clock, zone):
    zone("EST5EDT,M3.2.0,M11.1.0")
    clock.instant = AUTUMN
    first = take_backup(store.db, store.path, clock)
    clock.advance(35 * 60)  # 01:15, an hour that was there before
    second = take_backup(store.db, store.path, clock)
    assert first.name[:13] == "20261101-0140"
    assert second.name[:13] == "20261101-0115"
    assert newest_good(store.path).path == second
    assert last_taken(store.path, clock.now()) == clock.now()
    clock.advance(3600)
    assert take_backup(store.db, store.path, clock).name[:13] == "20261101-0215"
    assert [backup.taken for backup in list_backups(store.path)] == [
        "2026-11-01 02:15:00",
        "2026-11-01 01:15:00",
        "2026-11-01 01:40:00",
    ]


def test_the_newest_is_the_newest_when_the_machine_went_west(store, clock, zone):
    zone("CST-8")
    clock.instant = AUTUMN
    for _hour in range(20):  # as many as are kept
        take_backup(store.db, store.path, clock)
        clock.advance(60)
    zone("EST5")
    newest = take_backup(store.db, store.path, clock)
    assert newest.name < min(b.path.name for b in list_backups(store.path) if b.path != newest)
    assert newest_good(store.path).path == newest
    clock.advance(60)
    take_backup(store.db, store.path, clock)
    assert newest.exists()
    assert len(list_backups(store.path)) == 20


def test_backups_of_before_are_read_and_what_is_not_ours_is_neither_newest_nor_cleared_away(store, clock):
    take_backup(store.db, store.path, clock)
    (made,) = list_backups(store.path)
    folder = made.path.parent
    made.path.rename(folder / f"{to_local(clock.now()):%Y%m%d-%H%M%S}.manual.liveshop")  # as they were called
    stranger = folder / "my own copy.liveshop"
    stranger.write_bytes(b"")
    clock.advance(60)
    for _time in range(20):
        newest = take_backup(store.db, store.path, clock)
        clock.advance(1)
    assert newest_good(store.path).path == newest
    assert len(list_backups(store.path)) == 21  # the old one has made room
    assert list_backups(store.path)[-1].path == stranger


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


def test_a_backup_is_no_failure_because_an_old_one_cannot_be_removed(store, clock):
    for _minute in range(21):  # one more than are kept
        newest = take_backup(store.db, store.path, clock)
        clock.advance(60)
    oldest = backup_folder(store.path) / "20200101-000000+0000.daily.liveshop"
    oldest.mkdir()  # what unlink refuses, as Windows does a file that is open
    assert take_backup(store.db, store.path, clock).name > newest.name
    assert oldest.exists()
    assert len(list_backups(store.path)) == 21
