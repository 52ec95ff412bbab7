"""What can happen to a file: damage, another program's file, a newer one, a full disk. Nothing is ever overwritten."""

import sqlite3
import sys
from contextlib import closing

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from liveshop_desk.model.clock import ManualClock, SystemClock
from liveshop_desk.store import queries
from liveshop_desk.store.backup import Backup, is_sound, take_backup
from liveshop_desk.store.store import Store
from tests.e2e.conftest import close
from tests.e2e.hands import wait_until
from tests.e2e.shops import TITLES, make_shop, read
from ui.widgets.tile import TileView

GARBAGE = b"no longer a shop file, but every byte is somebody's evening\n" * 500


def back_up(path, clock=None):
    store = Store.open(path, SystemClock())
    try:
        return take_backup(store.db, path, clock or store.clock)
    finally:
        store.close()


def damage(path):
    """Write over the file's beginning and return what is in it then."""
    content = GARBAGE + path.read_bytes()[len(GARBAGE) :]
    path.write_bytes(content)
    return content


def set_aside(path):
    return [each for each in path.parent.glob(path.name + ".damaged-*") if not each.name.endswith(("-wal", "-shm"))]


def recover_desk(open_desk):
    h = open_desk(ready=False)
    wait_until(lambda: h.shows("The shop file is damaged"), lambda: str(h.texts()))
    return h


def buttons(h, begin):
    return [text for text in h.texts() if text.startswith(begin)]


def test_a_damaged_file_is_set_aside_and_the_newest_good_backup_restored(open_desk, shop_file):
    make_shop(shop_file)
    back_up(shop_file)
    content = damage(shop_file)
    h = recover_desk(open_desk)
    assert shop_file.read_bytes() == content  # looking has changed nothing
    assert h.shows("The damaged file is set aside under another name, never deleted.")
    assert h.shell.focusWidget().text() == buttons(h, "Restore the backup of ")[0]
    h.press("Return")
    wait_until(lambda: h.shows("秋冬羽绒专场"), lambda: str(h.texts()))
    wait_until(lambda: h.starter.window is not None and "catalogue" in h.starter.window.rooms)
    h.room("Catalogue")
    wait_until(lambda: [row["Product"] for row in h.rows("Catalogue")] == list(TITLES))
    assert [each.read_bytes() for each in set_aside(shop_file)] == [content]


def test_a_bad_backup_is_passed_over_for_an_older_good_one(open_desk, shop_file):
    make_shop(shop_file)
    good = back_up(shop_file, ManualClock(1_795_262_400_000))
    bad = back_up(shop_file, ManualClock(1_795_262_400_000 + 86_400_000))
    damage(bad)
    damage(shop_file)
    h = recover_desk(open_desk)
    (offered,) = buttons(h, "Restore the backup of ")
    stamp = good.name.split(".")[0]
    assert f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}" in offered


def test_without_a_backup_an_empty_file_may_be_begun(open_desk, shop_file):
    make_shop(shop_file)
    content = damage(shop_file)
    h = recover_desk(open_desk)
    assert h.shows("There is no good backup beside it.")
    assert buttons(h, "Restore") == []
    h.click("Start with an empty shop file")
    wait_until(lambda: h.shows("No products yet"), lambda: str(h.texts()))
    assert [each.read_bytes() for each in set_aside(shop_file)] == [content]


def gone(shop_file):
    """Lose the file as somebody does who renames it, and return where it went; its log stays, as after a kill."""
    return shop_file.rename(shop_file.with_name("renamed.liveshop"))


def missing_desk(open_desk, language="en", title="The shop file is not there"):
    h = open_desk(ready=False, language=language)
    wait_until(lambda: h.shows(title), lambda: str(h.texts()))
    return h


@pytest.mark.parametrize(("language", "title"), [("en", "The shop file is not there"), ("zh_CN", "店铺文件不见了")])
def test_a_file_that_is_gone_is_offered_its_newest_good_backup(open_desk, shop_file, language, title):
    make_shop(shop_file)
    kept = back_up(shop_file)
    damage(back_up(shop_file, ManualClock(SystemClock().now() + 3_600_000)))
    gone(shop_file)
    h = missing_desk(open_desk, language, title)
    assert not shop_file.exists()  # looking has made none
    assert h.shows(str(kept.parent))
    taken = Backup(kept).taken
    (restore,) = [text for text in h.texts() if taken in text and text == h.shell.focusWidget().text()]
    assert restore == {"en": f"Restore the backup of {taken}", "zh_CN": f"恢复 {taken} 的备份"}[language]
    h.press("Return")
    wait_until(lambda: h.shows("秋冬羽绒专场"), lambda: str(h.texts()))
    assert set_aside(shop_file) == []  # there was nothing to set aside


def test_a_file_that_is_gone_is_taken_where_it_is_put_back(open_desk, shop_file):
    make_shop(shop_file)
    back_up(shop_file)
    away = gone(shop_file)
    h = missing_desk(open_desk)
    h.click("Look again")
    wait_until(lambda: h.shell.stack.count() > 1 and h.shows("The shop file is not there"))
    away.rename(shop_file)
    h.click("Look again")
    wait_until(lambda: h.shows("秋冬羽绒专场"), lambda: str(h.texts()))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move a file that is open")
def test_a_file_moved_under_an_open_desk_is_told_and_loses_nothing_once_it_is_back(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    away = gone(shop_file)
    wait_until(lambda: h.errors)
    h.expect_error("was moved, renamed or deleted while it is open. Put it back")
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return", "F2")
    h.type("301", "Return")
    h.press("Ctrl+E")
    h.type("gmv 8640", "Return")
    wait_until(lambda: h.shows("○ Not saved"))  # the writer of figures does not begin another file in its place
    assert not shop_file.exists()
    away.rename(shop_file)
    wait_until(lambda: h.shows("● Saved"))
    h.errors.clear()  # the backup before the show, and the figures, said it again
    close(h)
    again = open_desk()
    wait_until(lambda: any("8,640" in tile.accessibleName() for tile in again.seen(TileView)))
    assert again.chosen_row()["Live price"] == "¥301.00"


@pytest.mark.parametrize("lose", [gone, damage], ids=["gone", "damaged"])
def test_a_new_shop_is_begun_beside_backups_where_its_user_says_so(open_desk, shop_file, lose):
    make_shop(shop_file)
    kept = back_up(shop_file)
    lose(shop_file)
    h = open_desk(ready=False)
    wait_until(lambda: buttons(h, "Start with an empty shop file"), lambda: str(h.texts()))
    h.click("Start with an empty shop file")
    wait_until(lambda: h.shows("No products yet"), lambda: str(h.texts()))
    assert is_sound(kept)
    close(h)
    again = open_desk()
    assert again.shows("No products yet")


@pytest.mark.parametrize("table", [None, "sessions"], ids=["nearly all of it", "one table"])
def test_damage_in_the_middle_is_noticed_and_mendable(open_desk, shop_file, table):
    make_shop(shop_file)
    back_up(shop_file)
    pages = range(5, shop_file.stat().st_size // 4096)
    if table:  # it opens, and is found out where the first session is looked for
        with closing(sqlite3.connect(shop_file)) as conn:
            pages = [row[0] for row in conn.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,))]
    content = bytearray(shop_file.read_bytes())
    for page in pages:
        content[(page - 1) * 4096 : (page - 1) * 4096 + 64] = b"\xff" * 64
    shop_file.write_bytes(content)
    h = recover_desk(open_desk)
    h.click(buttons(h, "Restore the backup of ")[0])
    wait_until(lambda: h.shows("秋冬羽绒专场"), lambda: str(h.texts()))
    assert [each.read_bytes() for each in set_aside(shop_file)] == [bytes(content)]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("PRAGMA user_version = 999", "written by a newer Liveshop Desk"),
        ("PRAGMA application_id = 7", "not a shop file"),
    ],
)
def test_a_file_that_is_not_ours_to_open_is_left_alone(open_desk, shop_file, spoil, says):
    make_shop(shop_file)
    with closing(sqlite3.connect(shop_file)) as conn:
        conn.execute(spoil)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = shop_file.read_bytes()
    h = open_desk(ready=False)
    wait_until(lambda: h.shows("The desk did not open"), lambda: str(h.texts()))
    assert h.shows(says)
    assert h.shows("It was not changed.")
    assert shop_file.read_bytes() == content


def test_a_window_closed_while_it_opens_leaves_nothing_behind(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk(ready=False)
    wait_until(lambda: h.starter.desk is not None)
    close(h)
    again = open_desk()
    assert again.shows("秋冬羽绒专场")


# -- a full disk -------------------------------------------------------------------------------------------------


def fill_disk(h):
    """Let the file grow no more."""
    conn = h.starter.desk.store.db.conn
    conn.execute(f"PRAGMA max_page_count = {conn.execute('PRAGMA page_count').fetchone()[0]}")


def free_disk(h):
    h.starter.desk.store.db.conn.execute("PRAGMA max_page_count = 1000000")


def test_on_a_full_disk_the_typed_price_stays_and_nothing_saved_is_lost(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return")
    fill_disk(h)
    shown = 369
    for price in range(300, 500):
        h.press("F2")
        h.type(str(price), "Return")
        if h.shows("The disk is full"):
            break
        shown = price
        assert h.chosen_row()["Live price"] == f"¥{price}.00"
    assert h.shows("The disk is full")
    assert h.shows("Everything shown as saved before is safe")
    editor = h.focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == str(price)
    assert h.chosen_row()["Live price"] == f"¥{shown}.00"
    assert read(shop_file, lambda store: queries.sku(store, "p1-0")).live_price == shown * 100
    wait_until(lambda: h.shows("○ Not saved"))
    free_disk(h)
    h.press("Return")
    wait_until(lambda: h.shows("● Saved"))
    assert h.chosen_row()["Live price"] == f"¥{price}.00"
    assert read(shop_file, lambda store: queries.sku(store, "p1-0")).live_price == price * 100


def test_on_a_full_disk_a_command_says_so_in_the_notice_bar(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return", "Ctrl+Return", "Ctrl+Return")
    fill_disk(h)
    for _number in range(400):
        before = h.chosen_row()["Shelf"]
        h.press("F6")
        if h.errors:
            break
    h.expect_error("The disk is full")
    assert h.chosen_row()["Shelf"] == before
    free_disk(h)
    h.press("F6")
    assert h.chosen_row()["Shelf"] != before


def test_on_a_full_disk_the_catalogue_and_the_session_are_not_said_to_be_saved(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.starter.desk.store.db.conn.execute("PRAGMA query_only = 1")  # a disk that takes nothing at all
    h.room("Catalogue")
    h.click_row(1, name="Catalogue")
    h.press("F2")
    h.type("另一个", "Return")
    wait_until(lambda: h.shows("○ Not saved"))
    h.press("Escape")
    wait_until(lambda: h.shows("● Saved"))
    h.room("Prepare")
    h.put("Anchor", "阿杰", "Return")
    wait_until(lambda: h.shows("○ Not saved"))
    h.starter.desk.store.db.conn.execute("PRAGMA query_only = 0")
    h.press("Return")
    wait_until(lambda: h.shows("● Saved"))
    assert read(shop_file, lambda store: queries.sessions(store)[0].anchor) == "阿杰"


def test_on_a_full_disk_a_script_stays_in_its_editor(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk()
    h.room("Prepare")
    h.click_row(1)
    fill_disk(h)
    text = "only here " * 3000
    field = h.find("Script", QPlainTextEdit)
    h.click_on(field.viewport())
    field.insertPlainText(text)
    h.click_row(2)
    h.expect_error("The disk is full")
    h.click_row(1)
    assert text.strip() in h.find("Script", QPlainTextEdit).toPlainText()
    wait_until(lambda: h.shows("○ Not saved"))
    free_disk(h)
    h.errors.clear()
    h.room("Catalogue")
    wait_until(lambda: h.shows("● Saved"))
    saved = read(shop_file, lambda store: queries.script(store, "product:p1"))
    assert text.strip() in saved
