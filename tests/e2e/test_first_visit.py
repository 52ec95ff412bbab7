"""The desk is worked with the moment it is ready: rooms not built yet open all the same, and nothing given is lost."""

import json
import subprocess
import sys
import threading
import urllib.request
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from liveshop_desk import settings
from liveshop_desk.store import queries
from liveshop_desk.wire import config
from tests.e2e import files
from tests.e2e.conftest import close
from tests.e2e.hands import wait_until
from tests.e2e.shops import make_on_air, make_shop, read
from ui.prompter.surface import PrompterSurface
from ui.widgets.tile import TileView


def unbuilt(h):
    return set(h.starter.window.unbuilt)


def whole(h):
    wait_until(lambda: not unbuilt(h), lambda: f"never built: {unbuilt(h)}")


@pytest.mark.parametrize("show_is_on", [False, True])
def test_the_window_waits_for_no_import_from_its_first_paint_on(shop_file, show_is_on):
    """Each is a stall of up to 80 ms in a window that is already there to be worked with."""
    (make_on_air if show_is_on else make_shop)(shop_file)
    argv = [sys.executable, "-m", "tests.e2e.start_child", str(shop_file)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("room", ["Live", "Review", "Catalogue"])
def test_a_room_that_is_not_built_yet_opens_by_its_key(open_desk, shop_file, room):
    make_shop(shop_file)
    h = open_desk(whole=False)
    assert room.lower() in unbuilt(h)
    assert h.titles()[0] == "开场"  # what is in front is there already
    h.room(room)
    page = h.shell.stack.currentWidget
    wait_until(lambda: page() is h.starter.window.rooms.get(room.lower()))
    whole(h)
    assert page() is h.starter.window.rooms[room.lower()]  # what is built behind does not come to the front
    if room == "Live":
        assert h.titles()[0] == "开场"
    if room == "Catalogue":
        assert h.shows("4 products")


def test_enter_imports_where_the_shop_is_empty(open_desk, tmp_path):
    h = open_desk()
    wait_until(lambda: h.shows("No products yet"))
    h.press("Return")
    h.choose_file(files.shopify(tmp_path / "products.csv"))
    wait_until(lambda: h.shows("Import 7 rows"))
    h.press("Return")
    wait_until(lambda: h.shows("5 products"))


def test_a_command_whose_room_is_not_built_yet_is_carried_out(open_desk, shop_file):
    h = open_desk(whole=False)  # an empty shop begins in the catalogue: sessions are made in Prepare
    assert "prepare" in unbuilt(h)
    h.press("Ctrl+N")
    wait_until(lambda: read(shop_file, lambda store: len(queries.sessions(store))) == 1)
    wait_until(lambda: isinstance(h.focus(), QLineEdit))
    assert h.starter.window.room == "prepare"


def test_language_and_theme_reach_rooms_built_after_their_change(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk(whole=False)
    window = h.starter.window
    window.apply_settings(replace(window.desk.settings, language="zh_CN", theme="light"))
    whole(h)
    h.press("Alt+2")
    wait_until(lambda: any("下一环节" in text for text in h.texts()), lambda: str(h.texts()))
    window.apply_settings(replace(window.desk.settings, language="en", theme="dark"))
    assert any("Take next" in text for text in h.texts())


def test_a_desk_closed_before_all_rooms_stand_keeps_what_was_typed(open_desk, shop_file):
    make_shop(shop_file)
    h = open_desk(whole=False)
    h.press("F2")
    h.type("1")
    h.press("Esc")
    h.click_row(1)
    h.press("F2")
    h.type("359", "Return")
    close(h)
    assert read(shop_file, lambda store: queries.sku(store, "p1-0")).live_price == 35_900


def test_after_a_crash_the_prompter_is_there_at_once_and_runs_while_the_rest_waits(open_desk, shop_file):
    make_on_air(shop_file)
    h = open_desk(whole=False)
    assert h.starter.window.room == "live"
    assert h.seen(PrompterSurface)
    assert h.chosen_row()["Segment / product"]
    left = unbuilt(h)
    h.press("Ctrl+Space")
    reader = h.starter.window.prompting.reader
    assert reader.snapshot().playing
    before = reader.snapshot().units
    wait_until(lambda: reader.snapshot().units > before + 1)
    assert len(left - unbuilt(h)) <= 1  # what was begun before she read on
    h.room("Review")  # looked at, it comes even so
    wait_until(lambda: "review" not in unbuilt(h))
    h.room("Live")
    h.press("Ctrl+Space")
    whole(h)
    assert h.starter.window.room == "live"


def test_a_desk_closed_while_she_reads_keeps_the_draft_and_ends_in_order(open_desk, shop_file):
    make_on_air(shop_file)
    h = open_desk()
    h.press("Ctrl+Space")
    h.give("edit_script")
    window = h.starter.window
    QTest.keyClicks(h.find("Script", QPlainTextEdit), "!")
    assert window.context.gaps._frames.running
    close(h)
    assert read(shop_file, lambda store: queries.script_texts(store, queries.script_on_air(store))).draft is not None


def test_sources_are_heard_though_the_prompter_runs_from_the_first_moment(open_desk, shop_file, monkeypatch):
    """After a crash the operator lets the prompter go on at once: nothing the room does meanwhile may go unheard."""
    monkeypatch.setattr(config, "PORT", 0)
    make_on_air(shop_file)
    ingest = replace(config.default("ingest"), on=True)
    settings.save(replace(settings.load(), sources=config.dump((ingest,))))
    h = open_desk(whole=False)
    h.press("Ctrl+Space")
    window = h.starter.window
    wait_until(lambda: window.busy, lambda: "the prompter does not run")
    wait_until(lambda: "server" in window.wiring.ports, lambda: "nobody listens")
    tell(window, {"t": window.desk.clock.now(), "kind": "sample", "metric": "online", "value": 1234})
    wait_until(lambda: any("1,234" in tile.accessibleName() for tile in h.seen(TileView)), lambda: str(h.texts()))
    assert window.busy
    assert unbuilt(h)  # rooms nobody looks at wait until it stands still


def tell(window, record):
    """Send a record as a relay does."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{window.wiring.ports['server']}/api/v1/ingest",
        json.dumps([record]).encode(),
        {"Authorization": f"Bearer {window.wiring.token()}", "Content-Type": "application/json"},
    )
    sent = threading.Thread(target=lambda: urllib.request.urlopen(request, timeout=10).close())
    sent.start()
    wait_until(lambda: not sent.is_alive())


def test_after_a_crash_the_small_prompter_lies_on_the_preview_again(open_desk, shop_file):
    make_on_air(shop_file)
    settings.save(replace(settings.load(), prompter_on=True))
    h = open_desk(whole=False)
    anchor = h.starter.window.anchor
    assert anchor.window.isVisible()
    stood = anchor.window.geometry()
    anchor.placing.stand()  # now that the preview is where it stays
    assert anchor.window.geometry() == stood
