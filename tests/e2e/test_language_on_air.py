"""Another language, other colours: at once everywhere, but while the prompter runs only once it stands still."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from liveshop_desk import settings
from tests.e2e.conftest import close
from tests.e2e.hands import live_on, wait_until
from tests.e2e.shops import make_shop
from ui import theme
from ui.gaps import STILL_MS

WAITS = "The window changes its language and colours once the prompter stands still."


@pytest.fixture
def reading(shop_file, open_desk):
    """A desk in English and dark, on air, with the prompter running on the anchor's screen."""
    make_shop(shop_file)
    h = open_desk()
    h.press("Ctrl+L", "Return")
    wait_until(lambda: h.shows("ON AIR"))
    h.press("Ctrl+Return", "Ctrl+Return")  # to a long text
    h.starter.window.anchor.toggle(keyboard=False)
    toggle(h)
    wait_until(lambda: h.starter.window.context.gaps.running)
    return h


def toggle(h):
    h.starter.window.context.actions.give("prompter_play")


def choose(h, **chosen):
    window = h.starter.window
    window.apply_settings(replace(window.desk.settings, **chosen))


def asked_for_a_command(h):
    """Open the palette, look at what its line says, and close it."""
    h.starter.window.context.actions.give("palette")
    line = h.find("Search the commands", QLineEdit)
    h.press("Esc", on=line)
    return line.placeholderText()


def is_dark(h):
    """Look at the window itself: its ground at the rail's foot, and its words are of either colour."""
    spot = QRect(4, h.shell.height() // 2, 1, 1)
    return h.shell.grab(spot).toImage().pixelColor(0, 0).lightness() < 100


def test_another_language_and_colours_wait_until_the_prompter_stands(reading):
    h = reading
    assert asked_for_a_command(h) == "Type a command …"
    choose(h, language="zh_CN", theme="light")
    live_on(STILL_MS + 200)
    assert h.starter.window.context.gaps.running
    assert is_dark(h)
    assert h.shows("Live numbers")
    assert h.notice() == WAITS
    toggle(h)
    wait_until(lambda: not is_dark(h))
    wait_until(lambda: all(h.shows(word) for word in ("流程单", "实时数据")), lambda: str(h.texts()))
    assert not h.notice()
    assert asked_for_a_command(h) == "输入命令…"
    for room, words in (("Prepare", ("目标", "场次")), ("Live", ("提词器",))):
        h.room(room)
        wait_until(lambda words=words: all(h.shows(word) for word in words), lambda: str(h.texts()))
    choose(h, language="en", theme="dark")  # she stands: at once
    assert is_dark(h)
    assert h.shows("Live numbers")
    assert not any(h.shows(word) for word in ("流程单", "直播中", "提词器"))


def test_a_moment_without_frames_is_no_rest(reading):
    h = reading
    choose(h, theme="light")
    frames, rests = h.starter.window.anchor.window.surface.frames, []

    def read_on():
        if not rests:
            QTimer.singleShot(0, lambda: toggle(h))
        rests.append(1)

    frames.stopped.connect(read_on)
    toggle(h)
    wait_until(lambda: rests and frames.running)
    live_on(STILL_MS + 200)
    assert frames.running
    assert is_dark(h)
    toggle(h)
    wait_until(lambda: not is_dark(h))


def test_chosen_back_before_the_prompter_stands_nothing_waits(reading):
    h = reading
    choose(h, theme="light")
    assert h.notice() == WAITS
    choose(h, theme="dark")
    assert not h.notice()
    toggle(h)
    live_on(STILL_MS + 200)
    assert is_dark(h)


def test_what_waits_is_kept_where_the_desk_is_closed_meanwhile(reading):
    h = reading
    choose(h, language="zh_CN", theme="light")
    close(h)
    kept = settings.load()
    assert (kept.language, kept.theme) == ("zh_CN", "light")


def test_the_systems_own_colours_wait_too(reading, monkeypatch):
    h = reading
    system = [theme.DARK]
    usual = theme.choose
    monkeypatch.setattr(theme, "choose", lambda name: system[0] if name == "system" else usual(name))
    choose(h, theme="system")
    assert not h.notice()  # dark as before: nothing to be done
    system[0] = theme.LIGHT
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    live_on(50)
    assert is_dark(h)
    assert h.notice() == WAITS
    toggle(h)
    wait_until(lambda: not is_dark(h))
    system[0] = theme.DARK
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert is_dark(h)
