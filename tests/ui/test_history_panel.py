"""What was changed, by whom."""

import re

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyleOptionViewItem

from liveshop_desk.changes import Changes
from liveshop_desk.ops import shelf
from tests.ui.reads import reads
from ui.panels.history_panel import HistoryPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context):
    context.desk.store.who = "Jie"
    made = HistoryPanel(context)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(panel, row):
    return [panel.table.item(row, column).text() for column in range(3)]


def test_newest_first_with_time_and_name(panel, store):
    shelf.set_price(store, ["down-1"], 39900)
    assert texts(panel, 0) == ["18:00:00", "长款鹅绒羽绒服 Y9981 price ¥369 → ¥399", "Jie"]


def test_undone_steps_are_marked_in_words(panel, context, store):
    shelf.set_price(store, ["down-1"], 39900)
    context.desk.undo()
    assert texts(panel, 0)[1].startswith("↶ Undo: ")
    assert texts(panel, 1)[1].endswith("(undone)")
    context.desk.redo()
    assert texts(panel, 0)[1].startswith("↷ Redo: ")
    assert not texts(panel, 2)[1].endswith("(undone)")


def test_yesterday_shows_its_day(panel, clock):
    clock.advance(24 * 3600)
    panel.refresh()
    assert texts(panel, 0)[0] == "Nov 21 18:00"


def test_a_step_of_another_year_shows_its_year_whole(panel, clock):
    clock.advance(60 * 24 * 3600)
    panel.refresh()
    assert texts(panel, 0)[0] == "Nov 21, 2026 18:00"
    assert panel.table.sizeHintForColumn(0) <= panel.table.columnWidth(0)


def test_a_hidden_panel_reads_when_it_is_opened(panel, store):
    panel.hide()
    rows = panel.table.rowCount()
    shelf.set_price(store, ["down-1"], 39900)
    assert panel.table.rowCount() == rows
    panel.show()
    assert panel.table.rowCount() == rows + 1


def test_it_can_be_closed(qtbot, panel):
    with qtbot.waitSignal(panel.closed):
        panel.close_button.click()


def test_a_new_step_is_added_and_the_others_stand(panel, store):
    shelf.set_price(store, ["down-1"], 39900)
    stands = [panel.table.item(row, 1) for row in range(panel.table.rowCount())]
    shelf.set_price(store, ["down-1"], 38900)
    assert [panel.table.item(row + 1, 1) for row in range(len(stands))] == stands
    assert texts(panel, 0)[1].endswith("¥399 → ¥389")


def test_sales_are_no_step_and_nothing_is_read(panel, store):
    with reads(store) as found:
        store.announce(Changes("sold", frozenset({("skus", "down-1")})))
    assert found == []


def test_the_oldest_steps_make_room(panel, store):
    for n in range(210):
        shelf.set_stock(store, "down-1", 100 + n % 2 + 1)
    assert panel.table.rowCount() == 200
    assert all(panel.table.item(row, column) for row in range(200) for column in range(3))


def test_opening_it_reads_the_record_once(qtbot, context, store):
    with reads(store) as found:
        made = HistoryPanel(context)
        qtbot.addWidget(made)
        made.show()
    assert len([sql for sql in found if "FROM journal" in sql and "LIMIT" in sql.upper()]) == 1
    assert made.table.rowCount()


def test_a_long_name_is_cut_within_and_what_it_became_is_read(panel, store):
    shelf.set_price(store, ["down-1"], 39900)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 200, 30)
    panel.table.itemDelegateForColumn(1).initStyleOption(option, panel.table.model().index(0, 1))
    assert re.fullmatch(r"长款.*….*→ ¥399", option.text)
