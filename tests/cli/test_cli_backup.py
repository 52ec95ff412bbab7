"""``backup``, ``restore`` and ``check``: the way back, and whether all is well."""

import socket
import sqlite3
import sys
from pathlib import Path

import pytest

from liveshop_desk import settings
from liveshop_desk.errors import Refused
from liveshop_desk.ops import show
from liveshop_desk.store import queries
from liveshop_desk.store.lock import ShopLock, is_open
from liveshop_desk.wire import config
from tests.cli.conftest import COAT, VEST


@pytest.fixture
def filled(program, own_table):
    assert program("import", "products", own_table(COAT)).status == 0


def results(done):
    return {line["check"]: line["result"] for line in done.json["checks"]}


def damage(shop):
    """Overwrite the inner pages, as a failing disk does."""
    data = bytearray(shop.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    shop.write_bytes(data)


def test_a_backup_is_a_whole_shop_file(program, filled, tmp_path, shop):
    out = tmp_path / "copies" / "mine.liveshop"
    done = program("backup", "--out", out, "--json")
    assert done.status == 0
    assert done.json == {"file": str(out), "bytes": out.stat().st_size}
    assert program("check", "--shop", out).status == 0
    assert "Backup written" in program("backup").out
    assert len(list(shop.with_name(shop.name + ".backups").iterdir())) == 1


def test_a_backup_overwrites_nothing(program, filled, shop, tmp_path):
    other = tmp_path / "precious.xlsx"
    other.write_text("do not touch")
    for out in (other, shop):
        done = program("backup", "--out", out)
        assert (done.status, done.out) == (1, "")
        assert str(out) in done.err
    assert other.read_text() == "do not touch"


def test_restore_brings_back_and_sets_the_present_file_aside(program, filled, desk, own_table, tmp_path):
    out = tmp_path / "good.liveshop"
    program("backup", "--out", out)
    program("import", "products", own_table(VEST))
    done = program("restore", out, "--json")
    assert done.status == 0
    assert [p.code for p in queries.products(desk().store)] == ["Y9981"]
    aside = done.json["set_aside"]
    assert ".liveshop.before-restore-" in aside  # there was nothing wrong with it
    assert program("sessions", "--shop", aside).status == 0
    with sqlite3.connect(aside) as conn:
        assert conn.execute("SELECT count(*) FROM products").fetchone() == (2,)


def test_a_damaged_shop_can_be_restored_over(program, filled, shop, tmp_path):
    out = tmp_path / "good.liveshop"
    program("backup", "--out", out)
    damage(shop)
    held = shop.read_bytes()
    done = program("restore", out, "--json")
    assert done.status == 0
    assert program("sessions").status == 0
    from pathlib import Path

    aside = Path(done.json["set_aside"])
    assert ".liveshop.damaged-" in aside.name
    assert aside.read_bytes() == held


@pytest.mark.parametrize("name", ["nirgends.liveshop", "letter.txt"])
def test_what_is_no_backup_is_refused_and_nothing_moves(program, filled, shop, tmp_path, name):
    (tmp_path / "letter.txt").write_text("dear shop")
    before = shop.read_bytes()
    done = program("restore", tmp_path / name)
    assert (done.status, done.out) == (1, "")
    assert name in done.err
    assert shop.read_bytes() == before
    assert program("restore", shop).status == 1


def test_restore_is_refused_while_a_desk_has_the_file_open(program, filled, shop, tmp_path):
    out = tmp_path / "good.liveshop"
    program("backup", "--out", out)
    lock = ShopLock.acquire(shop)
    try:
        before = shop.read_bytes()
        done = program("restore", out)
        assert (done.status, done.out) == (1, "")
        assert "Another desk has shop.liveshop open" in done.err
        assert shop.read_bytes() == before
        assert results(program("check", "--json"))["open"] == "note"
    finally:
        lock.release()
    assert program("restore", out).status == 0


def test_a_second_desk_on_the_same_file_is_refused(tmp_path):
    shop = tmp_path / "a.liveshop"
    assert not is_open(shop)
    assert not shop.with_name("a.liveshop.lock").exists()
    first = ShopLock.acquire(shop)
    assert is_open(shop)
    with pytest.raises(Refused, match=r"a\.liveshop"):
        ShopLock.acquire(shop)
    first.release()
    first.release()
    assert not is_open(shop)
    ShopLock.acquire(shop).release()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_to_the_file_is_the_same_file(filled, shop, tmp_path):
    link = tmp_path / "desktop.liveshop"
    link.symlink_to(shop)
    first = ShopLock.acquire(shop)
    with pytest.raises(Refused):
        ShopLock.acquire(link)
    first.release()


def test_check_of_a_healthy_shop(program, filled):
    program("backup")
    done = program("check", "--json")
    assert done.status == 0
    assert done.json["ok"]
    found = results(done)
    assert {"python", "qt", "folder", "disk", "shop", "schema", "journal", "backup", "font", "languages"} <= set(found)
    assert found["shop"] == found["schema"] == found["journal"] == found["backup"] == "ok"
    assert "1 product, 0 sessions" in program("check").out
    assert program("check").out.endswith("All is well.\n")


def test_check_says_where_this_computer_can_be_reached(program):
    assert results(program("check", "--json"))["ports"] == "ok"
    assert "No source listens on a port" in program("check").out
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        script = config.SourceConfig("userscript", on=True, port=port)
        settings.save(settings.Settings(sources=config.dump([script]), lan=True))
        done = program("check", "--json")
    assert (done.status, results(done)["ports"], results(done)["port"]) == (0, "note", "note")
    texts = " ".join(line["text"] for line in done.json["checks"])
    assert ", ".join(map(str, sorted((port, config.PORT)))) + ", for the whole local network" in texts
    assert f"Port {port} is in use by another program." in texts
    assert f"Port {port} is in use" not in program("check").out


def test_check_changes_nothing(program, filled, shop):
    before = shop.read_bytes(), sorted(shop.parent.iterdir())
    program("check")
    assert (shop.read_bytes(), sorted(shop.parent.iterdir())) == before


def test_check_of_a_shop_that_is_not_there(program, shop):
    done = program("check", "--json")
    assert (done.status, results(done)["shop"]) == (0, "note")
    assert not shop.parent.exists()


def test_a_shop_that_is_gone_is_not_made_anew_beside_its_backups(program, filled, shop, desk, own_table):
    program("backup")
    (kept,) = shop.with_name(shop.name + ".backups").iterdir()
    shop.unlink()
    table = own_table(VEST)
    for words in (["sessions"], ["backup"], ["import", "products", table], ["import", "products", table, "--dry-run"]):
        done = program(*words)
        assert (done.status, done.out) == (1, "")
        assert f"{shop} is not there, though it has backups." in done.err
        assert str(kept) in done.err
    assert results(program("check", "--json"))["shop"] == "fail"
    assert not shop.exists()
    assert program("restore", kept).status == 0
    assert [product.title for product in queries.products(desk().store)] == [COAT[1]]


def test_check_finds_damage_and_leaves_it_alone(program, filled, shop):
    damage(shop)
    before = shop.read_bytes()
    done = program("check", "--json")
    assert (done.status, results(done)["shop"]) == (1, "fail")
    assert shop.read_bytes() == before
    assert program("sessions").status == 1
    assert shop.read_bytes() == before


def test_check_tells_what_is_not_a_shop_file(program, tmp_path):
    letter, other, newer = (tmp_path / name for name in ("letter.liveshop", "other.liveshop", "newer.liveshop"))
    letter.write_text("dear shop" * 1000)
    with sqlite3.connect(other) as conn:
        conn.execute("CREATE TABLE t (a)")
    with sqlite3.connect(newer) as conn:
        conn.execute("PRAGMA application_id = 0x4C564453")
        conn.execute("PRAGMA user_version = 999")
        conn.execute("CREATE TABLE t (a)")
    for path, key in ((letter, "shop"), (other, "shop"), (newer, "schema")):
        done = program("check", "--shop", path, "--json")
        assert (done.status, results(done)[key]) == (1, "fail")
    said = program("check", "--shop", newer).out
    assert "newer.liveshop is whole\n" in said  # it was not counted: no word of 0 products


def test_check_finds_a_damaged_backup(program, filled, shop):
    program("backup")
    [backup] = shop.with_name(shop.name + ".backups").iterdir()
    backup.write_bytes(backup.read_bytes()[:5000])
    assert results(program("check", "--json"))["backup"] == "fail"


def test_check_finds_a_journal_that_cannot_be_read(program, filled, shop, desk):
    show.create_session(desk().store, "今晚")
    with sqlite3.connect(shop) as conn:
        conn.execute("DROP TRIGGER journal_rows_keep")
        conn.execute("UPDATE journal_rows SET after = '{half' WHERE step = 1 AND position = 0")
    conn.close()
    done = program("check", "--json")
    assert (done.status, results(done)["journal"]) == (1, "fail")


def test_a_disk_that_does_not_take_the_backup_back_leaves_the_shop_and_says_so(program, filled, shop, tmp_path):
    resource = pytest.importorskip("resource", reason="a limit on file sizes can only be set on Unix")
    out = tmp_path / "good.liveshop"
    program("backup", "--out", out)
    before = shop.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, hard))
    try:
        done = program("restore", out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (done.status, done.out) == (1, "")
    assert "Nothing was changed." in done.err
    assert "Free some space" in done.err
    assert shop.read_bytes() == before
    assert not list(shop.parent.glob("*.restoring"))


@pytest.mark.parametrize("verb", [("backup",), ("export", "recording")])
def test_a_place_where_no_file_can_be_is_said_in_words(program, live, own_table, verb):
    done = program(*verb, "--out", own_table(COAT) / "kept.jsonl")  # a file where the folder should be
    assert (done.status, done.out) == (1, "")
    assert "cannot be written" in done.err or "could not be written" in done.err
    assert "Errno" not in done.err


def test_a_recording_is_never_written_over_the_shop(program, desk, live, recording, shop):
    program("replay", recording(), "--session", live, "--speed", "0")
    done = program("export", "recording", "--out", shop)
    assert (done.status, done.out) == (1, "")
    assert "is the shop file itself" in done.err
    assert program("check").status == 0


def test_a_drive_that_was_pulled_out_is_a_failed_check(program, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "is_dir", lambda _self: False)  # as on Windows, where E: is not there at all
    done = program("check", "--shop", tmp_path / "gone" / "shop.liveshop", "--json")
    assert done.status == 1
    assert (results(done)["folder"], results(done)["disk"]) == ("fail", "fail")
