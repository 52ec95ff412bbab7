"""Windows over the rooms, asked for again while they stand open."""

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from tests.e2e.hands import wait_until
from tests.e2e.shops import make_shop


@pytest.mark.parametrize("command", ["history", "sources", "key_sheet", "obs"])
def test_the_key_of_a_window_that_stands_open_brings_it_to_the_front(shop_file, open_desk, command):
    """A second one lay over the first; Esc closed it, and the first seemed not to close."""
    make_shop(shop_file)
    h = open_desk()
    give = h.starter.window.context.actions.give
    give(command)
    wait_until(lambda: isinstance(QApplication.activeWindow(), QDialog))
    h.shell.activateWindow()
    wait_until(lambda: QApplication.activeWindow() is h.shell)
    give(command)
    wait_until(lambda: isinstance(QApplication.activeWindow(), QDialog))
    assert len(h.seen(QDialog)) == 1
    h.press("Esc")
    wait_until(lambda: not h.seen(QDialog))
