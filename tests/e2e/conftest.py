"""A desk as a user has it: the real window on a real file, everything put away afterwards or the test fails."""

import gc
import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from liveshop_desk.store.opening import BUSY_MS
from tests.e2e.hands import Hands, wait_until
from ui import bridge
from ui.app import build


def pytest_collection_modifyitems(items):
    """Let the offscreen platform say what it does not do: keep windows in order, know their least sizes."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def shop_file(tmp_path):
    return tmp_path / "shop" / "shop.liveshop"


@pytest.fixture
def open_desk(qapp, shop_file, monkeypatch):
    """Give a function that opens the desk on a file: ``open_desk()`` → Hands. Leaks and unmeant errors fail."""
    # The machine of a test run may stand still for longer than a user's; one refusal of the file there would be red.
    monkeypatch.setattr(bridge, "WINDOW_BUSY_MS", BUSY_MS)
    monkeypatch.setattr(bridge, "PROMPTER_BUSY_MS", BUSY_MS)
    looks = (qapp.style().objectName(), qapp.palette(), qapp.font())
    hooks = (sys.excepthook, threading.excepthook)
    threads = set(threading.enumerate())
    hands: list[Hands] = []

    def open_it(path=None, *, language="en", size=(1440, 900), ready=True, whole=True) -> Hands:
        """Open it and wait: not at all, until the room in front is ``ready``, or until the ``whole`` desk stands."""
        _app, starter = build(path or shop_file, language=language)
        made = Hands(starter)
        hands.append(made)
        starter.shell.setWindowState(Qt.WindowState.WindowNoState)  # it fills the small screen there is here
        starter.shell.resize(*size)
        starter.shell.activateWindow()
        done: list[bool] = []
        (starter.complete if whole else starter.ready).connect(lambda: done.append(True))
        starter.begin()
        if ready:
            wait_until(lambda: done or made.errors, lambda: f"never ready: {made.said}")
            assert made.errors == []
        return made

    yield open_it
    for made in hands:
        close(made)
    sys.excepthook, threading.excepthook = hooks
    qapp.setStyleSheet("")
    qapp.setStyle(looks[0])
    qapp.setPalette(looks[1])
    qapp.setFont(looks[2])
    _assert_nothing_left(threads)
    for made in hands:
        assert made.errors == [], "an error was shown that no test expected"


def close(hands: Hands) -> None:
    """Close the window as its user does; a second time does nothing."""
    if isValid(hands.shell):
        hands.shell.close()
        wait_until(lambda: not any(each.name == "start" for each in threading.enumerate()))
        QCoreApplication.processEvents()
        hands.shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _assert_nothing_left(threads: set[threading.Thread]) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
    gc.enable()  # a start that was broken off has left it as it was
    gc.unfreeze()  # what the start made is to be looked through as well
    gc.collect()
    left = [w for w in QApplication.topLevelWidgets() if isValid(w) and w.isVisible()]
    assert left == [], "windows were left open"
    alive = [each for each in gc.get_objects() if isinstance(each, QTimer | QThread) and isValid(each)]
    assert [each for each in alive if isinstance(each, QTimer) and each.isActive()] == [], "timers go on"
    assert [each for each in alive if isinstance(each, QThread) and each.isRunning()] == [], "threads go on"
    wait_until(lambda: not {each for each in threading.enumerate() if each.is_alive()} - threads - _dummies())


def _dummies() -> set[threading.Thread]:
    """Return Qt's own threads as Python sees them: they never leave its list."""
    return {each for each in threading.enumerate() if each.name.startswith("Dummy")}
