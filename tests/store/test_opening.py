"""Opening with care: versions, strangers, damage, two desks, backups before migrating."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from liveshop_desk.errors import DamagedShop, MissingShop, UserError
from liveshop_desk.ops import show
from liveshop_desk.store import queries
from liveshop_desk.store.backup import is_sound, list_backups, newest_good, restore_backup, set_aside, take_backup
from liveshop_desk.store.opening import BUSY_MS, PROMPTER_BUSY_MS, begin_anew, is_held, wait_at_most
from liveshop_desk.store.store import Store

OLD = Path(__file__).parents[1] / "old_shops"


def change(path, statement):
    with closing(sqlite3.connect(path)) as conn:
        conn.execute(statement)
        conn.commit()


def test_a_file_from_a_newer_program_is_left_alone(store, clock):
    store.close()
    change(store.path, "PRAGMA user_version = 99")
    before = store.path.read_bytes()
    with pytest.raises(UserError, match="newer Liveshop Desk"):
        Store.open(store.path, clock)
    assert store.path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path, clock):
    path = tmp_path / "cookies.db"
    change(path, "CREATE TABLE cookies (x)")
    with pytest.raises(UserError, match="not a shop file"):
        Store.open(path, clock)


@pytest.mark.parametrize("content", [b"this is no database, not at all" * 200, b"SQLite format 3\0" + b"\xff" * 8000])
def test_damage_is_named_and_nothing_is_written(tmp_path, clock, content):
    path = tmp_path / "shop.liveshop"
    path.write_bytes(content)
    with pytest.raises(DamagedShop, match=r"shop\.liveshop is damaged"):
        Store.open(path, clock)
    assert path.read_bytes() == content


def test_a_file_nothing_is_left_of_is_damaged_where_it_has_backups(store, clock, tmp_path):
    good = take_backup(store.db, store.path, clock)
    store.close()
    store.path.write_bytes(b"")
    with pytest.raises(DamagedShop, match=r"damaged \(nothing is in it"):
        Store.open(store.path, clock)
    assert (store.path.read_bytes(), newest_good(store.path).path) == (b"", good)
    fresh = tmp_path / "fresh.liveshop"
    fresh.touch()
    Store.open(fresh, clock).close()  # nobody has lost anything


def test_a_file_that_is_gone_does_not_begin_anew_beside_its_backups(store, clock):
    good = take_backup(store.db, store.path, clock)
    bad = good.with_name("29991231-235959.manual.liveshop")
    bad.write_bytes(b"torn")
    store.close()
    store.path.unlink()
    with pytest.raises(MissingShop, match="is not there, though it has backups") as told:
        Store.open(store.path, clock)
    assert not store.path.exists()
    assert told.value.kept == f"Its 2 backups are kept: {good.parent}"
    assert str(good) in told.value.todo
    begin_anew(store.path, clock)
    Store.open(store.path, clock).close()
    assert is_sound(good)


def test_a_file_that_lost_all_it_held_is_damaged_where_it_has_backups(store, clock):
    take_backup(store.db, store.path, clock)
    store.close()
    store.path.unlink()
    change(store.path, "PRAGMA journal_mode = WAL")  # what a connection leaves that opens a file under a running desk
    assert store.path.stat().st_size
    with pytest.raises(DamagedShop, match=r"damaged \(nothing is in it"):
        Store.open(store.path, clock)


def test_set_aside_never_overwrites_and_the_newest_good_backup_comes_back(store, clock):
    show.create_session(store, "保住")
    good = take_backup(store.db, store.path, clock)
    clock.advance(60)
    bad = take_backup(store.db, store.path, clock)
    store.close()
    bad.write_bytes(b"torn")
    store.path.write_bytes(b"damaged" * 1000)
    assert newest_good(store.path).path == good
    first = restore_backup(good, store.path, clock)
    store.path.write_bytes(b"damaged again" * 1000)
    second = set_aside(store.path, clock)
    assert first != second
    assert first.read_bytes() == b"damaged" * 1000
    restore_backup(good, store.path, clock)
    again = Store.open(store.path, clock)
    assert [session.theme for session in queries.sessions(again)] == ["保住"]
    again.close()


def test_a_backup_that_is_no_shop_file_is_refused_and_nothing_moves(store, clock, tmp_path):
    other = tmp_path / "other.db"
    change(other, "CREATE TABLE t (x)")
    before = store.path.read_bytes()
    with pytest.raises(UserError, match="not a sound shop file"):
        restore_backup(other, store.path, clock)
    assert store.path.read_bytes() == before


def test_old_backups_make_room_for_new_ones(store, clock):
    for _time in range(25):
        clock.advance(60)
        take_backup(store.db, store.path, clock)
    kept = list_backups(store.path)
    assert len(kept) == 20
    assert all(is_sound(backup.path) for backup in kept)


def test_an_older_file_is_backed_up_before_it_is_migrated(tmp_path, clock):
    path = tmp_path / "old.liveshop"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript((OLD / "schema_1.sql").read_text("utf-8"))
    Store.open(path, clock).close()
    assert [b.path.name.split(".")[1] for b in list_backups(path)] == ["before-migration"]
    with closing(sqlite3.connect(list_backups(path)[0].path)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_shop_has_its_salt_from_the_first_or_is_not_there_yet(tmp_path, clock, monkeypatch):
    path = tmp_path / "new.liveshop"

    def ended(_n):  # between the tables and the salt
        raise SystemExit

    with monkeypatch.context() as now:
        now.setattr("os.urandom", ended)
        with pytest.raises(SystemExit):
            Store.open(path, clock)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("SELECT * FROM sqlite_master").fetchall() == []
    store = Store.open(path, clock)
    salt = queries.meta(store, "salt")
    assert len(salt) == 32
    store.close()


def test_a_shop_that_was_left_without_salt_gets_one_and_keeps_it(store, clock):
    store.db.conn.execute("DELETE FROM meta WHERE key = 'salt'")
    found = []
    for _time in range(2):
        opened = Store.open(store.path, clock)
        found.append(queries.meta(opened, "salt"))
        opened.close()
    assert found[0]
    assert found[0] == found[1]


def test_the_journal_cannot_be_rewritten(store):
    show.create_session(store, "记")
    for statement in ("UPDATE journal SET label = 'x'", "DELETE FROM journal", "DELETE FROM journal_rows"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.db.conn.execute(statement)


def test_a_full_disk_is_told_and_what_was_saved_stays(store):
    session = show.create_session(store, "满")
    pages = store.row("PRAGMA page_count")[0]
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")

    def fill():
        for number in range(200):
            show.edit_session(store, session, note="很长的备注" * 200 + str(number))

    with pytest.raises(UserError, match="disk is full"):
        fill()
    saved = queries.session(store, session).note
    store.db.conn.execute(f"PRAGMA max_page_count = {pages + 1000}")
    again = Store.open(store.path, store.clock)
    assert queries.session(again, session).note == saved
    show.edit_session(again, session, note="好了")
    again.close()


def test_an_error_half_way_leaves_nothing_behind(store):
    def half():
        with store.step("half") as step:
            step.insert("products", {"id": "a", "title": "A"})
            step.insert("products", {"id": "a", "title": "twice"})

    with pytest.raises(sqlite3.IntegrityError):
        half()
    assert queries.products(store) == []
    assert store.row("SELECT count(*) FROM journal")[0] == 0


def test_the_window_gives_up_soon_and_a_writer_waits(store):
    def patience(conn):
        return conn.execute("PRAGMA busy_timeout").fetchone()[0]

    wait_at_most(store.db.conn, PROMPTER_BUSY_MS)
    writer = store.sibling()
    assert (patience(store.db.conn), patience(writer.db.conn)) == (PROMPTER_BUSY_MS, BUSY_MS)
    with writer.step("held") as step:
        step.insert("products", {"id": "held", "title": "held", "rank": 1})
        with pytest.raises(UserError, match="Another program is holding the shop file"), store.step("edit") as edit:
            edit.insert("products", {"id": "edit", "title": "edit", "rank": 2})
        assert is_held(store.db.conn)
    writer.close()
    assert not is_held(store.db.conn)
    assert patience(store.db.conn) == PROMPTER_BUSY_MS  # as before it was asked
    assert [row["id"] for row in store.rows("SELECT id FROM products")] == ["held"]


def test_a_shop_whose_folder_went_away_is_told_and_not_connected_to_again(store):
    store.path.parent.rename(store.path.parent.with_name("unplugged"))
    store.path.parent.write_text("a file where the folder was")
    with pytest.raises(UserError, match="was moved, renamed or deleted while it is open"):
        store.sibling()
