"""The words of an incident, typed in a hurry: they are kept however one goes on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from liveshop_desk.ops import scripts, show
from ui.panels.incident_sheet import IncidentSheet

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def other(qtbot, window):
    made = QLineEdit()
    window.setCentralWidget(made)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


@pytest.fixture
def sheet(context, store, shop, window, other):
    show.go_live(store, shop.session)
    return opened(context, store, shop, window)


def opened(context, store, shop, window):
    made = IncidentSheet(context, window)
    made.ask(scripts.note_incident(store, shop.session, ""))
    QTest.keyClicks(made.words, "lamp fell")
    return made


def texts(store):
    return sorted(row["text"] for row in store.rows("SELECT text FROM incidents"))


@pytest.mark.parametrize("way", ["Enter", "another field", "the close button", "the next incident"])
def test_the_words_are_kept_however_one_goes_on(sheet, other, store, shop, context, window, way):
    if way == "Enter":
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    elif way == "another field":
        other.setFocus(Qt.FocusReason.MouseFocusReason)
        assert other.hasFocus()
    elif way == "the close button":
        sheet._close.click()
    else:
        opened(context, store, shop, window)
    assert "lamp fell" in texts(store)
    assert not sheet.isVisible()


def test_esc_leaves_the_time_alone(sheet, store):
    QTest.keyClick(sheet.words, Qt.Key.Key_Escape)
    assert "lamp fell" not in texts(store)
    assert not sheet.isVisible()


def test_the_words_are_on_disk_while_the_sheet_is_open(sheet, store, qtbot):
    """The machine may go before Enter is pressed."""
    qtbot.waitUntil(lambda: "lamp fell" in texts(store))
    assert sheet.isVisible()
    QTest.keyClicks(sheet.words, " over")
    qtbot.waitUntil(lambda: "lamp fell over" in texts(store))
    QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    assert texts(store) == ["lamp fell over"]


@pytest.mark.parametrize("way", ["Esc", "emptied"])
def test_words_given_up_are_given_up_on_disk_too(sheet, store, qtbot, way):
    qtbot.waitUntil(lambda: "lamp fell" in texts(store))
    if way == "Esc":
        QTest.keyClick(sheet.words, Qt.Key.Key_Escape)
    else:
        sheet.words.selectAll()
        QTest.keyClick(sheet.words, Qt.Key.Key_Delete)
        QTest.keyClick(sheet.words, Qt.Key.Key_Return)
    assert texts(store) == [""]
    assert not sheet.isVisible()
