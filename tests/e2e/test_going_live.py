"""Going live: what is typed this moment counts."""

import threading
from dataclasses import replace

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from liveshop_desk.ops import readiness, scripts
from liveshop_desk.store import queries
from liveshop_desk.store.backup import list_backups
from tests.e2e.hands import live_on, wait_until
from tests.e2e.shops import make_shop, read
from ui.rooms import pieces


def test_a_script_typed_this_moment_is_none_that_is_missing(shop_file, open_desk):
    session = make_shop(shop_file)

    def silence(store):
        segment = queries.segments(store, session)[1]
        scripts.save_script(store, queries.script_id(segment), "", title=segment.title)

    read(shop_file, silence)
    h = open_desk()
    h.press("Ctrl+L")
    assert "No script" in h.notice()
    h.press("Esc")
    h.click_row(1)
    QTest.keyClicks(h.find("Script", QPlainTextEdit), "welcome to the show")
    h.press("Ctrl+L")
    assert "No script" not in h.notice()
    h.press("Esc")


def run_prompter(h):
    window = h.starter.window
    window.anchor.toggle(keyboard=False)
    window.prompting.reader.play()
    wait_until(lambda: window.context.gaps.running and window.anchor.window.isActiveWindow())
    h.shell.activateWindow()  # without a window manager a new window takes the keyboard, a frame later
    wait_until(h.shell.isActiveWindow)


def test_while_a_text_runs_it_is_asked_at_once_and_what_the_checks_find_is_said_behind(
    shop_file, open_desk, monkeypatch
):
    make_shop(shop_file)
    h = open_desk()
    wait_until(lambda: list_backups(shop_file))  # the checks ask for one; the start leaves it to a thread
    run_prompter(h)
    looked, look = [], readiness.look
    monkeypatch.setattr(
        readiness, "look", lambda *args, **more: [looked.append(threading.current_thread()), look(*args, **more)][1]
    )
    h.press("Ctrl+L")
    assert "Begin" in h.notice()
    assert "clean" not in h.notice()
    wait_until(lambda: "clean" in h.notice(), h.notice)
    assert threading.main_thread() not in looked
    h.press("Esc")
    assert not h.notice()
    h.press("Ctrl+L", "Esc")
    before = len(looked)
    wait_until(lambda: len(looked) > before)
    live_on(100)
    assert not h.notice()  # what is found for a question that was answered is not asked
    h.press("Ctrl+L")
    wait_until(lambda: "clean" in h.notice(), h.notice)
    h.press("Return")
    wait_until(lambda: h.shows("ON AIR"))


def test_going_live_while_a_text_runs_shows_the_live_room(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    window = h.starter.window
    run_prompter(h)
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    wait_until(lambda: window.room == "live" and all(panel.updatesEnabled() for panel in pieces(window.rooms["live"])))
    assert len(h.titles()) == 6
    h.press("Ctrl+Return")
    wait_until(lambda: h.shows("1 / 6 segments • 4 products"))


def test_the_question_is_worked_out_once_and_anew_in_another_language(shop_file, open_desk, monkeypatch):
    make_shop(shop_file)
    looked = []
    look = readiness.look
    monkeypatch.setattr(readiness, "look", lambda *args, **more: [looked.append(args), look(*args, **more)][1])
    h = open_desk()
    looked.clear()
    h.press("Ctrl+L")
    assert len(looked) == 1
    assert "Begin" in h.notice()
    window = h.starter.window
    window.apply_settings(replace(window.desk.settings, language="zh_CN"))
    wait_until(lambda: "开" in h.notice())
    assert "Begin" not in h.notice()
    window.apply_settings(replace(window.desk.settings, language="en"))
    h.press("Esc")
