"""Orders from a file in the window: the preview says what becomes of each, and the review is exact afterwards."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from liveshop_desk.model.clock import to_local
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.ops.report import session_report
from tests.ops.orders import DOUYIN, PERSON
from tests.sheets.files import write_csv
from tests.ui.numbers import all_read
from ui.notices import new_order_file
from ui.panels.review_room import ReviewRoom
from ui.widgets.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def orders(tmp_path, clock):
    """Write orders paid now: (number, code, amount)."""

    def write(*rows):
        when = to_local(clock.now()).strftime("%Y/%m/%d %H:%M:%S")
        rest = (*PERSON, when, when, "已发货", "-", "")
        made = [
            [f"\t{number}", f"\t{number}", "商品", "-", "1", "", code, amount, amount, *rest]
            for number, code, amount in rows
        ]
        return write_csv(tmp_path / "订单.csv", [DOUYIN, *made])

    return write


def sell(live, clock, number, sku):
    clock.advance(60)
    live.receive(
        [Record(clock.now(), "order", "oba", sku=sku, order=number, id=f"{number}#已付款", status="paid")], now=True
    )


def test_after_the_show_the_review_is_exact_and_the_notice_takes_it_back(
    qtbot, context, store, clock, live, shop, orders, opened
):
    said = []
    context.notices.posted.connect(said.append)
    sell(live, clock, "6900001", "DOWN")
    path = orders(("6900001", "DOWN", "359.00"), ("6900002", "VEST", "59.00"))
    clock.advance(60)
    show.end_show(store, shop.session)
    dialog = opened("orders", path)
    assert [dialog.chips.button(place).text() for place in range(3)] == ["All 2", "New 1", "Changed 1"]
    assert dialog._as.text() == "read as Douyin Shop orders"
    assert "GMV ¥369.00 → ¥418.00" in dialog.notes.text()
    assert "stock is not moved" in dialog.notes.text()
    with qtbot.waitSignal(dialog.imported):
        qtbot.mouseClick(dialog._confirm, Qt.MouseButton.LeftButton)
    report = session_report(store, shop.session)
    assert (report.kpi("gmv").value, report.basis(report.kpi("gmv"))) == (41_800, "")
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 41_800)  # what the live room still shows of it
    said[-1].on_yes()
    report = session_report(store, shop.session)
    assert (report.kpi("gmv").value, report.basis(report.kpi("gmv"))) == (36_900, "estimated from the live price")
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 36_900)


def test_an_order_no_session_was_on_air_for_is_not_said_to_be_in_the_shop(store, clock, live, shop, orders, opened):
    show.end_show(store, shop.session)
    clock.advance(3600)
    dialog = opened("orders", orders(("6900001", "DOWN", "359.00")))
    assert dialog.notes.text() == (
        "1 order was paid when no session was on air: it is not counted.\nThis file changes nothing."
    )


def test_with_a_segment_on_air_at_the_end_an_import_stands_and_is_taken_back(
    qtbot, context, store, clock, live, shop, orders, opened
):
    show.take_next(store, shop.session)
    sell(live, clock, "6900001", "DOWN")
    path = orders(("6900001", "DOWN", "359.00"))
    clock.advance(60)
    show.end_show(store, shop.session)  # ends the pitch too: that begins new buckets
    opened("orders", path).confirm()
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 35_900)
    all_read(qtbot)
    context.desk.undo()
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 36_900)


def test_figures_being_read_anew_do_not_come_to_another_session(
    qtbot, context, store, clock, live, shop, orders, opened
):
    sell(live, clock, "6900001", "DOWN")
    path = orders(("6900001", "DOWN", "359.00"))
    show.end_show(store, shop.session)
    dialog = opened("orders", path)
    dialog.confirm()
    show.resume_session(store, shop.session)  # while the thread reads
    all_read(qtbot)
    assert live.inlet.session_id == shop.session
    sell(live, clock, "6900002", "DOWN")
    assert live.figures.total("gmv") == 35_900 + 36_900


def test_on_air_the_running_figures_take_them_in_and_the_notice_takes_them_back(
    qtbot, context, clock, live, orders, opened
):
    said = []
    context.notices.posted.connect(said.append)
    sell(live, clock, "6900001", "DOWN")
    dialog = opened("orders", orders(("6900001", "DOWN", "359.00"), ("6900002", "DOWN", "359.00")))
    assert "undo takes them back" in dialog.notes.text()
    with qtbot.waitSignal(dialog.imported):
        dialog.confirm()
    assert (said[-1].text, said[-1].keeps) == ("Imported 2 rows from 订单.csv.", True)
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 71_800)
    assert live.figures.estimated == 0
    said[-1].on_yes()
    qtbot.waitUntil(lambda: live.figures.total("gmv") == 36_900)
    assert live.figures.estimated == 36_900


def test_a_file_dropped_on_the_review_is_an_order_file(qtbot, context, tmp_path):
    room = ReviewRoom(context)
    qtbot.addWidget(room)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "o.csv"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(room.file_dropped) as dropped:
        room.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    assert dropped.args[0] == tmp_path / "o.csv"
    room.close_room()


def test_a_file_that_was_announced_is_announced_no_more_once_it_is_imported(
    qtbot, context, window, clock, live, orders, opened
):
    bar = NoticeBar(context.notices, window)
    context.notices.info(new_order_file("订单.csv"), action="Look at it", lasts=True)
    context.notices.info(new_order_file("退款.csv"), action="Look at it", lasts=True)
    sell(live, clock, "6900001", "DOWN")
    dialog = opened("orders", orders(("6900001", "DOWN", "359.00")))
    with qtbot.waitSignal(dialog.imported):
        dialog.confirm()
    said = []
    while bar.shown is not None:
        said.append(bar.shown.text)
        bar._no.click()
    assert said == ["Imported 1 row from 订单.csv.", "A new order file: 退款.csv"]
