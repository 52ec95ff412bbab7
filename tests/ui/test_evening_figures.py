"""The evening's numbers in the window: what is sold beyond the stock is said, a flood is worked off whole."""

import pytest

from liveshop_desk.feeds import inlet
from liveshop_desk.feeds.inlet import SLICE
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.store import inflow, queries, tape
from ui.evening import READ, Evening

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


def test_a_take_in_a_flood_does_not_fold_it_all_at_once(context, live, clock):
    began = clock.now()
    live.receive([Record(began, "enter", "relay", id=str(n)) for n in range(20 * SLICE)])
    clock.advance(7)
    show.take(context.desk.store, context.chosen.id, queries.segments(context.desk.store, context.chosen.id)[0].id)
    assert 0 < live.figures.total("entered") <= 2 * SLICE
    while live.inlet.waiting:
        live.inlet.pump()
    assert live.figures.delta("entered", began - 1, clock.now()) == 20 * SLICE  # all of it before the take


def test_what_another_process_left_is_read_in_slices(qtbot, context, live, clock):
    lines = [encode(Record(clock.now(), "enter", "relay", id=str(n))) for n in range(10 * READ)]
    inflow.post(context.desk.store, live.inlet.session_id, lines)
    live._beat()
    assert live.figures.total("entered") == READ
    qtbot.waitUntil(lambda: live.figures.total("entered") == len(lines))


def test_what_comes_while_the_figures_change_hands_is_not_lost(context, live, clock):
    """Whoever gives records from another thread may do so until it has heard of the new inlet."""
    before = live.inlet
    live.session_changed.connect(lambda _id: before.receive([Record(clock.now(), "enter", "relay", id="late")]))
    live._change_inlet(context.on_air())
    live._pump()
    assert live.inlet is not before
    assert live.figures.total("entered") == 1


def test_more_than_memory_holds_is_said_once(context, live, clock, monkeypatch):
    monkeypatch.setattr(inlet, "MOST_WAITING", 10)
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    for _again in range(2):
        live.receive([Record(clock.now(), "enter", "relay", id=str(n)) for n in range(30)])
        live._pump()
    assert len([text for text in said if "not counted" in text]) == 1


def test_a_recording_that_is_full_is_said_once_and_the_figures_go_on(context, live, clock, monkeypatch):
    monkeypatch.setattr(tape, "LIMIT", 0)
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    for again in range(3):
        live.receive([Record(clock.now(), "enter", "relay", id=str(again))], now=True)
    assert len(said) == 1
    assert "not whole" in said[0]
    assert live.figures.total("entered") == 3
