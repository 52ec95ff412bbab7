"""The evening's numbers in the window: what is sold beyond the stock is said, a flood is worked off whole."""

import pytest

from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.store import queries
from ui.evening import SLICE, Evening

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


def order(context, number, sku="coat-1", **more):
    return Record(context.desk.clock.now(), "order", "douyin", sku=sku, quantity=1, order=str(number), **more)


def test_what_is_sold_beyond_the_stock_is_said_once(qtbot, context):
    show.go_live(context.desk.store, context.chosen.id)
    live = Evening(context, moves_stock=True)
    said = []
    context.notices.posted.connect(lambda notice: said.append((notice.tone, notice.text)))
    live.receive([order(context, n, amount=29900) for n in range(8)], now=True)
    qtbot.waitUntil(lambda: bool(said))
    live.receive([order(context, n, amount=29900) for n in range(8, 10)], now=True)
    qtbot.waitUntil(lambda: queries.sku(context.desk.store, "coat-1").stock == 0)
    assert said == [("error", "断码清仓 毛呢大衣 S: 3 sold beyond the stock.")]
    live.close()


def test_a_flood_is_worked_off_between_the_frames(qtbot, context, live):
    records = [Record(context.desk.clock.now(), "enter", "relay", id=str(n)) for n in range(20 * SLICE)]
    live.receive(records)
    live._pump()
    assert live.figures.total("entered") == SLICE  # no more than one slice at a time
    qtbot.waitUntil(lambda: live.figures.total("entered") == len(records))
    assert (live.inlet.waiting, live.inlet.lost) == (0, 0)
