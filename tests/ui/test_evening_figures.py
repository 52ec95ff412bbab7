"""The evening's numbers in the window: what is sold beyond the stock is said, a flood is worked off whole."""

import pytest

from liveshop_desk.feeds import inlet
from liveshop_desk.feeds.inlet import SLICE
from liveshop_desk.feeds.record import encode
from liveshop_desk.model.record import Record
from liveshop_desk.ops import catalogue, shelf, show
from liveshop_desk.store import inflow, queries, tape
from tests.ui.numbers import all_read, on_air, say, shown
from ui.evening import READ, Evening
from ui.panels.chart_panel import ChartPanel
from ui.panels.tiles import TilesPanel

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


def test_what_a_burst_brought_last_is_told_too(qtbot, context, live):
    """Who shows figures reads them when told: after a burst nothing may come for minutes."""
    shown_last = []
    live.numbers_changed.connect(lambda: shown_last.append(live.figures.total("entered")))
    live.receive([Record(context.desk.clock.now(), "enter", "relay", id=str(n)) for n in range(5 * SLICE)])
    qtbot.waitUntil(lambda: live.inlet.waiting == 0)
    qtbot.waitUntil(lambda: shown_last[-1:] == [5 * SLICE], timeout=2000)


def test_a_flood_is_worked_off_between_the_frames(qtbot, context, live):
    assert live.inlet.names  # read: until then all of it waits
    records = [Record(context.desk.clock.now(), "enter", "relay", id=str(n)) for n in range(20 * SLICE)]
    live.receive(records)
    live._pump()
    assert 0 < live.figures.total("entered") <= 2 * SLICE  # not all of it at once
    qtbot.waitUntil(lambda: live.figures.total("entered") == len(records))
    assert (live.inlet.waiting, live.inlet.lost) == (0, 0)


def test_a_take_in_a_flood_does_not_fold_it_all_at_once(context, live, clock):
    assert live.inlet.names  # read: until then all of it waits
    began = clock.now()
    live.receive([Record(began, "enter", "relay", id=str(n)) for n in range(20 * SLICE)])
    clock.advance(7)
    show.take(context.desk.store, context.chosen.id, queries.segments(context.desk.store, context.chosen.id)[0].id)
    assert 0 < live.figures.total("entered") <= 2 * SLICE
    while live.inlet.waiting:
        live.inlet.pump()
    assert live.figures.delta("entered", began - 1, clock.now()) == 20 * SLICE  # all of it before the take


def test_a_take_right_before_a_crash_begins_the_segments_own_sums(context, live, clock):
    """The take is on disk at once, the figures' cut with the next batch."""

    def come(evening, number):
        told = [Record(clock.now(), "enter", "relay", id=f"{clock.now()} {n}") for n in range(number)]
        evening.receive(told, now=True)

    clock.advance(2)
    come(live, 5)
    clock.advance(1)
    took = clock.now()
    show.take(context.desk.store, context.chosen.id, queries.segments(context.desk.store, context.chosen.id)[0].id)
    again = Evening(context, moves_stock=False)  # of another desk, which finds what this one had written
    clock.advance(3)
    come(again, 7)
    assert again.figures.delta("entered", took, clock.now() + 1) == 7
    again.close()


def test_what_another_process_left_is_read_in_slices(qtbot, context, live, clock):
    lines = [encode(Record(clock.now(), "enter", "relay", id=str(n))) for n in range(10 * READ)]
    inflow.post(context.desk.store, live.inlet.session_id, lines)
    live._beat()
    assert live.figures.total("entered") == READ
    qtbot.waitUntil(lambda: live.figures.total("entered") == len(lines))


def test_what_comes_while_the_figures_change_hands_is_not_lost(qtbot, context, live, clock):
    """Whoever gives records from another thread may do so until it has heard of the new inlet."""
    before = live.inlet
    live.session_changed.connect(lambda _id: before.receive([Record(clock.now(), "enter", "relay", id="late")]))
    live._change_inlet(context.on_air())
    live._pump()
    assert live.inlet is not before
    qtbot.waitUntil(lambda: live.figures.total("entered") == 1)  # once the names are read


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


def ended(context, **figures):
    """Leave another show behind that made these figures."""
    store, now = context.desk.store, context.desk.clock.now()
    other = show.create_session(store, "last week")
    show.go_live(store, other)
    held = inlet.Inlet(store, other, moves_stock=False)
    held.receive([Record(now, "sample", "manual", metric, value) for metric, value in figures.items()])
    held.close()
    show.end_show(store, other)
    return other


def test_the_figures_of_a_show_that_is_over_come_by_a_thread(qtbot, context, clock, shop):
    other = ended(context, online=700, gmv=500_000)
    context.chosen.choose(shop.session)
    evening = on_air(context)
    say(evening, context, online=30, gmv=1_000)
    show.end_show(context.desk.store, shop.session)
    tiles, chart = TilesPanel(context, evening), shown(qtbot, ChartPanel(context, evening), 940, 250)
    shown(qtbot, tiles)
    assert tiles.tiles["gmv"].tile.value == "¥10"
    context.chosen.choose(other)
    assert evening.figures is None
    assert tiles.tiles["gmv"].tile.value == "—"  # not what the other show made
    assert "being read" in tiles.explain("gmv")
    assert "Blank" not in tiles.explain("gmv")
    assert evening.is_reading(context.on_air())
    assert chart.is_empty
    assert chart._empty_title.text() == "Reading the figures …"
    qtbot.waitUntil(lambda: evening.figures is not None)
    assert (evening.inlet.session_id, evening.figures.total("gmv")) == (other, 500_000)
    assert tiles.tiles["gmv"].tile.value == "¥5,000"
    assert "being read" not in tiles.explain("gmv")
    assert not chart.is_empty
    evening.close()


def test_who_chooses_on_gets_the_last_one_chosen(qtbot, context, shop):
    other = ended(context, gmv=500_000)
    draft = show.create_session(context.desk.store, "tomorrow")
    context.chosen.choose(other)
    evening = Evening(context)
    context.chosen.choose(draft)
    assert not evening.is_reading(queries.session(context.desk.store, other))
    context.chosen.choose(shop.session)
    context.chosen.choose(other)
    qtbot.waitUntil(lambda: evening.figures is not None)
    assert evening.inlet.session_id == other
    evening.close()


def test_a_show_resumed_while_it_is_read_takes_records_at_once(qtbot, context):
    other = ended(context, gmv=500_000)
    context.chosen.choose(other)
    evening = Evening(context)
    assert evening.is_reading(context.session())
    show.resume_session(context.desk.store, other)
    say(evening, context, gmv=600_000)
    all_read(qtbot)
    assert evening.figures.total("gmv") == 600_000
    evening.close()


def test_a_code_typed_on_air_is_known_to_the_orders_at_once(qtbot, context):
    store = context.desk.store
    show.go_live(store, context.chosen.id)
    live = Evening(context, moves_stock=True)
    held = queries.sku(store, "coat-1")
    catalogue.edit_skus(store, ["coat-1"], code="LATE-1")
    added = catalogue.add_sku(store, held.product_id, "XXL", code="LATE-2", stock=9, live_price=100)
    live.receive([order(context, 1, sku="LATE-1"), order(context, 2, sku="LATE-2")], now=True)
    qtbot.waitUntil(lambda: queries.sku(store, added).stock == 8)
    assert queries.sku(store, "coat-1").stock == held.stock - 1
    catalogue.edit_skus(store, ["coat-1"], code="LATER-1")
    catalogue.remove_sku(store, added)
    live.receive([order(context, n, sku=code) for n, code in enumerate(("LATER-1", "LATE-1", "LATE-2"), 3)], now=True)
    qtbot.waitUntil(lambda: queries.sku(store, "coat-1").stock == held.stock - 2)
    assert not {"LATE-1", "LATE-2"} & set(live.inlet.names)  # another product may have them now
    live.close()


def test_what_changes_no_name_reads_no_catalogue(context, monkeypatch):
    store = context.desk.store
    show.go_live(store, context.chosen.id)
    live = Evening(context, moves_stock=True)
    sku = queries.sku(store, "coat-1")
    other = catalogue.add_product(store, "Twin", code="TWIN", live_price=100, stock=5)
    catalogue.edit_skus(store, ["coat-1"], barcode="TWIN")  # two products with one name: only one can have it
    again = []
    assert live.inlet.names  # read once, as the show began
    monkeypatch.setattr(live.inlet, "learn_names", lambda: again.append(1))
    for stock in (7, 6):
        shelf.set_stock(store, "coat-1", stock, confirmed=True)
        shelf.set_stock(store, queries.product(store, other).skus[0].id, stock, confirmed=True)
    catalogue.edit_product(store, sku.product_id, selling_points="warm")
    assert len(again) <= 1
    live.close()
