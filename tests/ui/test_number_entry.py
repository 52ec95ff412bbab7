"""Typing a number: one key, one line, one Enter; what cannot be read stays with its reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.store import inflow
from ui.panels.numbers_panel import NumbersPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window

ENTER, ESC, DOWN, UP = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up


@pytest.fixture
def panel(qtbot, context, live, window):
    made = NumbersPanel(context, live)
    window.setCentralWidget(made)
    window.resize(1360, 300)
    with qtbot.waitExposed(window):
        window.show()
    return made


@pytest.fixture
def entry(panel, window):
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert panel.entry.isVisible()
    return panel.entry


def keys(field, text):
    """Type: Chinese comes from an input method, the rest by keys."""
    for letter in text:
        if letter.isascii():
            QTest.keyClicks(field, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(field, event)


def type_in(entry, text):
    entry.field.clear()
    keys(entry.field, text)
    QTest.keyClick(entry.field, ENTER)


def test_a_named_figure_is_saved_and_confirmed(context, live, entry, shop):
    type_in(entry, "在线 1284")
    assert live.figures.total("online") == 1284
    assert entry.said.text() == "Online 1,284 ✓"
    assert entry.field.text() == ""
    assert entry.isVisible()
    assert ("online", 1284) in [(r.metric, r.last) for r in inflow.rollups(context.desk.store, shop.session)]


def test_tab_saves_and_goes_to_the_next_figure_as_in_a_table(live, entry):
    """It went to the close button, and what was typed next was the number of a segment."""
    keys(entry.field, "1284")
    QTest.keyClick(entry.field, Qt.Key.Key_Tab)
    assert (entry.chosen, entry.field.text()) == ("gmv", "")
    keys(entry.field, "864.50")
    QTest.keyClick(entry.field, Qt.Key.Key_Tab)
    assert (live.figures.total("online"), live.figures.total("gmv")) == (1284, 86_450)
    keys(entry.field, "nonsense 3")
    QTest.keyClick(entry.field, Qt.Key.Key_Tab)
    assert (entry.chosen, entry.field.text()) == ("orders", "nonsense 3")  # it stays until it can be read
    entry.field.clear()
    QTest.keyClick(entry.field, Qt.Key.Key_Backtab)
    assert entry.chosen == "gmv"
    assert entry.window().focusWidget() is entry.field


def test_on_a_full_disk_nothing_is_called_saved_until_it_is(context, live, entry, qtbot, clock):
    """The batch that failed is tried again five times in two seconds, and between two tries it said "Saved"."""
    said, gone = [], []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    context.notices.withdrawn.connect(gone.append)
    limit_pages(live, 1)
    orders = [Record(clock.now(), "order", "douyin", order=f"{n:030d}", amount=100) for n in range(3_000)]
    live.receive(orders, now=True)
    type_in(entry, "在线 1284")
    assert entry.said.text() == "Online 1,284 ○ kept, not yet saved"
    assert entry.said.property("tone") == "next"
    for _beat in range(20):
        live._beat()
        qtbot.wait(1)
        assert not live.saved
    assert set(said) == {said[0]}
    assert said[0].startswith("The disk is full or cannot be written")
    assert "The numbers are kept, and saved as soon as they can be" in said[0]
    assert not gone
    told = len(said)
    limit_pages(live, 4_000_000)
    live._beat()
    qtbot.waitUntil(lambda: live._beat() or live.saved)
    assert (gone, len(said)) == ([said[0]], told)  # no word of a fault that is over
    assert entry.said.text() == "Online 1,284 ✓"
    found = inflow.rollups(context.desk.store, live.inlet.session_id)
    assert {("online", 1284), ("orders", 3_000)} <= {(row.metric, row.last) for row in found}


def limit_pages(live, pages):
    """Let the writer's file grow to so many pages (no less than it has): beyond that SQLite says the disk is full."""
    live.inlet.write_beside(lambda store: store.rows(f"PRAGMA max_page_count = {pages}")).result()


def test_several_on_one_line_and_a_step_from_what_stands(live, entry):
    type_in(entry, "gmv 86402, orders 600, 在线 1284")
    assert [live.figures.total(key) for key in ("gmv", "orders", "online")] == [8_640_200, 600, 1284]
    assert entry.said.text() == "GMV ¥86,402  Orders 600  Online 1,284 ✓"
    type_in(entry, "+16")  # the last one stays chosen
    assert live.figures.total("online") == 1300
    type_in(entry, "orders +5")
    assert live.figures.total("orders") == 605


def test_up_and_down_choose_while_the_hands_stay_in_the_field(live, entry):
    assert entry.chosen == "online"
    QTest.keyClick(entry.field, DOWN)
    assert entry.chosen == "gmv"
    type_in(entry, "500")
    assert live.figures.total("gmv") == 50_000
    QTest.keyClick(entry.field, UP)
    QTest.keyClick(entry.field, UP)
    assert entry.chosen == "online"


def test_the_chooser_follows_a_name_and_a_name_alone_chooses(live, entry):
    keys(entry.field, "观看人数 15")
    assert entry.chosen == "viewers"
    type_in(entry, "件数")
    assert entry.chosen == "units"
    assert entry.field.text() == ""
    type_in(entry, "12")
    assert live.figures.total("units") == 12


def test_what_cannot_be_read_stays_with_its_reason(live, entry):
    type_in(entry, "gvm 86402")
    assert entry.field.text() == "gvm 86402"
    assert "No figure is called “gvm”" in entry.said.text()
    assert entry.field.property("tone") == "error"
    assert live.figures.figures() == {}
    QTest.keyClick(entry.field, Qt.Key.Key_Backspace)
    assert entry.said.text() == ""
    assert entry.field.property("tone") == ""


def test_half_a_line_that_is_wrong_saves_nothing(live, entry):
    type_in(entry, "online 5, nonsense 3")
    assert live.figures.figures() == {}
    assert entry.field.text() == "online 5, nonsense 3"


def test_escape_gives_the_keyboard_back(qtbot, context, live, panel, window):
    other = QLineEdit(panel)
    other.show()
    other.setFocus()
    panel.enter_numbers()
    assert QApplication.focusWidget() is panel.entry.field
    QTest.keyClick(panel.entry.field, ESC)
    assert not panel.entry.isVisible()
    assert panel.title.isVisible()
    assert QApplication.focusWidget() is other
    panel.enter_numbers()
    QTest.keyClick(panel.entry.chooser, ESC)
    assert not panel.entry.isVisible()


def test_it_makes_room_for_the_alarms_when_the_keyboard_goes_elsewhere(qtbot, live, panel, entry):
    type_in(entry, "online 1284")
    panel.chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    keys(entry.field, "12")
    panel.chart.setFocus()
    qtbot.wait(1)
    assert entry.isVisible()  # what is half typed stays
    entry.field.setFocus()
    entry.field.clear()
    panel.chart.setFocus()
    qtbot.waitUntil(lambda: not entry.isVisible())
    assert panel.chart.hasFocus()


def test_an_empty_line_does_nothing(live, entry):
    type_in(entry, "   ")
    assert entry.said.text() == ""
    assert live.figures.figures() == {}


def test_the_entry_closes_when_the_show_ends(context, live, panel, entry, shop):
    show.end_show(context.desk.store, shop.session)
    assert not entry.isVisible()


def test_every_control_has_a_name(qtbot, context, live, panel):
    for made in (panel.entry.chooser, panel.entry.field, panel.entry.close_button, panel, panel.chart, panel.tiles):
        assert made.accessibleName()
