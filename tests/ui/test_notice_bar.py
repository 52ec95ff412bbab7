"""What the desk says over the rooms: read with Escape from wherever the keyboard is, taken back when no longer so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.notices import Notices
from ui.widgets.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def desk(qtbot):
    """A window with a field that has the keyboard, its notices and their bar."""
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    notices = Notices()
    bar = NoticeBar(notices, window)
    window.resize(900, 300)
    with qtbot.waitExposed(window):
        window.show()
    field.setFocus()
    yield notices, bar, field
    window.close()


def test_escape_reads_an_error_while_the_keyboard_is_elsewhere(qtbot, desk):
    notices, bar, field = desk
    notices.error("The disk is full.")
    notices.error("The feed is gone.")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert bar.shown.text == "The feed is gone."
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert field.hasFocus()


def test_what_is_no_longer_so_is_taken_back_shown_or_waiting(desk):
    notices, bar, _field = desk
    notices.error("The screen is gone.")
    notices.error("The disk is full.")
    notices.withdraw("The disk is full.")
    notices.withdraw("The screen is gone.")
    notices.info("The screen is back.")
    assert bar.shown.text == "The screen is back."
