"""Closing the window by its frame or Alt+F4: asked while a show is on air, and nothing is lost either way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from liveshop_desk.model.session import State
from liveshop_desk.ops import show
from liveshop_desk.store import queries
from tests.e2e.conftest import close
from tests.e2e.shops import make_shop, read
from ui.leaving import Leaving


@pytest.fixture
def on_air(shop_file, open_desk):
    """A desk with a show on air, and the show's id."""
    session = make_shop(shop_file)
    read(shop_file, lambda store: show.go_live(store, session))
    return open_desk(), session


def close_by_frame(hands):
    """Close as the window manager does (the frame's button, Alt+F4): told apart from a close by the program."""
    QApplication.sendEvent(hands.shell.windowHandle(), QCloseEvent())


@pytest.mark.parametrize("answer", ["Return", "Esc"])
def test_a_show_on_air_is_not_left_by_a_slip(on_air, answer):
    h, _session = on_air
    h.press("Ctrl+Return", "Ctrl+Return", "F2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    h.type("35")
    close_by_frame(h)
    assert "goes on at the next start" in h.notice()
    assert h.shell.isVisible()
    h.press(answer)
    assert h.notice() == ""
    assert h.shell.isVisible()
    assert QApplication.focusWidget() is editor
    assert editor.text() == "35"
    h.press("Esc")


def test_a_minimized_window_comes_back_with_the_question_as_large_as_it_was(on_air):
    h, _session = on_air
    h.shell.showMaximized()
    h.shell.setWindowState(h.shell.windowState() | Qt.WindowState.WindowMinimized)
    close_by_frame(h)
    assert h.shell.windowState() == Qt.WindowState.WindowMaximized
    assert "goes on at the next start" in h.notice()
    h.press("Esc")


def test_it_closes_by_the_button_and_the_show_goes_on_at_the_next_start(on_air, shop_file, open_desk):
    h, session = on_air
    h.press("Ctrl+Return")
    close_by_frame(h)
    h.button("Close").click()
    assert not h.shell.isVisible()
    close(h)
    assert read(shop_file, lambda store: queries.session(store, session)).state is State.LIVE
    again = open_desk()
    assert again.shows("ON AIR")
    assert read(shop_file, lambda store: len(queries.pitches(store, session))) == 1


def test_a_draft_closes_without_a_word(shop_file, open_desk):
    make_shop(shop_file)
    h = open_desk()
    close_by_frame(h)
    assert not h.shell.isVisible()


def test_the_end_of_the_systems_session_asks_nothing(on_air):
    h, _session = on_air
    h.shell.findChild(Leaving).note_session_end()  # PySide cannot make the session manager the signal carries
    close_by_frame(h)
    assert not h.shell.isVisible()
