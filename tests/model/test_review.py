"""What the review says of an evening, and of evenings about which little is known."""

from dataclasses import replace

import pytest

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.bases import BASES
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_kpis import CARDS, KPI_KEYS, Past, past_mean
from liveshop_desk.model.review_ledger import Counted, Lines, OrderLine, total
from liveshop_desk.model.review_time import Mark, stretches
from liveshop_desk.model.session import Session, State
from liveshop_desk.ops import shelf, show
from liveshop_desk.ops.queue import add_products, add_segment
from liveshop_desk.ops.report import session_report
from liveshop_desk.store.inflow import Batch, write_batch
from tests.sheets.evening import DOWN, SCARF, at, material, orders, report


def test_the_kpis_are_all_defined():
    assert set(KPI_KEYS) <= METRICS.keys()
    assert {key for card in CARDS for key in card} <= set(KPI_KEYS)


def test_goal_actual_and_attainment():
    goal = report().goals[0]
    assert (goal.goal, goal.actual) == (500_000, 505_500)
    assert goal.attainment == pytest.approx(1.011)


def test_a_session_without_a_goal_has_none_to_miss():
    plain = Session("s", "x", State.ENDED, started_at=at(0), ended_at=at(12))
    assert report(session=plain).goals == ()


def test_the_platforms_file_overrules_what_came_in_live():
    made = report(imported={"gmv": 480_000, "buyers": 12})
    assert made.kpi("gmv").value == 480_000
    assert made.kpi("aov").value == 40_000


def test_a_pitch_counts_the_orders_of_its_product():
    rows = report().ledger
    assert [(row.title[:2], row.turn, row.sold.orders, row.sold.gmv) for row in rows] == [
        ("开场", 1, 0, 0), ("长款", 1, 12, 442_800), ("=H", 1, 1, 25_800), ("长款", 2, 1, 36_900)
    ]  # fmt: skip
    assert rows[1].gmv_per_minute == pytest.approx(88_560)
    assert (rows[1].online_in, rows[1].online_out) == (300, 520)


def test_orders_of_another_product_do_not_count_for_the_pitch():
    late = [OrderLine(at(8), DOWN, "s-down", 1, 36_900, "L1"), *orders()]
    rows = report(lines=Lines(sorted(late, key=lambda line: line.at))).ledger
    assert rows[2].sold.orders == 1


def test_an_order_that_names_no_product_counts_for_what_is_on_air():
    nameless = Lines([OrderLine(at(8), "", "", 1, 5_000, "")])
    made = report(lines=nameless)
    assert made.ledger[2].sold.gmv == 5_000
    assert made.nameless_gmv == 505_500


def test_a_segment_without_a_product_counts_all_orders_of_its_time():
    early = Lines([OrderLine(at(1), SCARF, "s-scarf", 1, 12_900, "E")])
    assert report(lines=early).ledger[0].sold.gmv == 12_900


def test_without_order_lines_a_pitch_has_what_the_totals_grew_by():
    row = report(lines=Lines()).ledger[1]
    assert row.counted is Counted.TOTALS
    assert row.sold.gmv == 442_800


def test_without_any_numbers_a_pitch_says_nothing_rather_than_0():
    row = report(lines=Lines(), rollups=[]).ledger[1]
    assert (row.counted, row.sold.gmv, row.gmv_per_minute) == (Counted.NOTHING, None, None)


def test_one_order_line_does_not_make_every_other_pitch_read_0():
    typed = LiveFigures()
    for minute, gmv in ((6, 200_000), (9, 900_000)):
        typed.absorb(Record(at(minute), "sample", metric="gmv", value=gmv))
        typed.absorb(Record(at(minute), "sample", metric="orders", value=gmv // 10_000))
    one = Lines([OrderLine(at(3), DOWN, "s-down", 1, 36_900, "A")])
    made = report(lines=one, rollups=typed.take_dirty())
    rows = made.ledger
    assert [(row.counted, row.sold.gmv) for row in rows[1:3]] == [(Counted.LINES, 36_900), (Counted.TOTALS, 700_000)]
    assert rows[0].sold.units is None  # nobody typed units
    assert {row.product_id: row.sold.gmv for row in made.goods} == {DOWN: 36_900, SCARF: None}


def test_a_quiet_pitch_is_0_where_lines_and_totals_agree():
    rows = report(lines=Lines(orders()[:3]), imported={"orders": 3}).goods
    assert {row.product_id: row.sold.orders for row in rows} == {DOWN: 3, SCARF: 0}


def test_clicks_that_name_the_product_make_its_conversion():
    clicks = [(at(1), DOWN, 5), (at(3), DOWN, 20), (at(4), SCARF, 2), (at(5), DOWN, 10)]
    made = report(lines=Lines(orders(), (), clicks))
    assert [row.clicks for row in made.ledger] == [None, 30, 0, 0]
    assert made.ledger[1].click_pay == pytest.approx(12 / 30)
    assert {row.product_id: (row.clicks, row.conversion) for row in made.goods} == {
        DOWN: (35, pytest.approx(13 / 35)), SCARF: (2, 0.5)
    }  # fmt: skip


def test_lines_of_one_order_are_one_order():
    lines = [OrderLine(0, "p", "s", 1, 100, "A"), OrderLine(0, "p", "s", 2, 200, "A"), OrderLine(0, "p", "s", 1, None)]
    sold = total(lines)
    assert (sold.orders, sold.units, sold.gmv) == (2, 4, 300)


def test_products_stand_best_seller_first_and_unknown_skus_are_kept():
    strange = Lines([OrderLine(at(3), "", "X999", 1, 900_000, "Z"), *orders()])
    rows = report(lines=strange).goods
    assert [row.title for row in rows] == ["X999", "长款鹅绒羽绒服", '=HYPERLINK("http://x","羊毛围巾")']
    assert (rows[1].stock, rows[1].pitches, rows[1].seconds, rows[1].sold.units) == (160, 2, 420, 13)


def test_five_minute_rows_add_up_to_the_total():
    slots = report().slots
    assert [slot.grown["gmv"] for slot in slots] == [295_200, 173_400, 36_900]
    assert sum(minute.grown["gmv"] for minute in report().minutes) == 505_500
    assert [mark.kind for mark in slots[1].marks] == ["stock", "cue", "stock", "incident", "segment"]
    assert slots[0].online_max == 410


def grown(stretches, metric):
    return [each.grown.get(metric) for each in stretches]


def test_minutes_nobody_told_anything_of_are_blank_and_not_0():
    """Typed twice in an evening: what grew stands where it was told, and nothing is said of the time between."""
    live = LiveFigures()
    for minute, gmv in ((6, 200_000), (9, 900_000)):
        live.absorb(Record(at(minute), "sample", metric="gmv", value=gmv))
    told = live.take_dirty()
    for imported in ({}, {"gmv": 950_000}):  # the platform's file knows no minute either
        made = report(lines=Lines(), rollups=told, carry=live.carry(), imported=imported)
        assert grown(made.minutes, "gmv") == [None] * 6 + [200_000, None, None, 700_000, None, None]
        assert grown(made.slots, "gmv") == [None, 900_000, None]


def test_figures_told_now_and_then_make_no_rate_of_a_pitch_they_do_not_cover():
    """Typed at 5, 6.5, 9.5 and 10.5 minutes: the second pitch has all since the start, only the third its own time."""
    live = LiveFigures()
    for minute, gmv in ((5, 200_000), (6.5, 300_000), (9.5, 900_000), (10.5, 950_000)):
        live.absorb(Record(at(minute), "sample", metric="gmv", value=gmv))
    rows = report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={}).ledger
    assert [row.sold.gmv for row in rows] == [None, 300_000, 600_000, 50_000]
    assert [row.gmv_per_minute for row in rows] == [None, None, 200_000, None]


def test_a_typed_0_says_nothing_of_the_pitches_it_was_not_typed_in():
    """One pitch sold nothing and somebody typed so: as with any figure told now and then, the others are unknown."""
    live = LiveFigures()
    for metric in ("orders", "units", "gmv"):
        live.absorb(Record(at(5), "sample", metric=metric, value=0))
    made = report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={})
    assert [(row.sold.orders, row.sold.gmv, row.gmv_per_minute) for row in made.ledger] == [
        (None, None, None), (0, 0, None), (None, None, None), (None, None, None)
    ]  # fmt: skip
    assert grown(made.minutes, "gmv") == [None] * 5 + [0] + [None] * 6
    assert grown(made.slots, "gmv") == [None, 0, None]


def test_the_first_pitch_has_a_rate_where_it_begins_with_the_show():
    live = LiveFigures()
    live.absorb(Record(at(1.5), "sample", metric="gmv", value=200_000))
    rows = report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={}).ledger
    assert [row.gmv_per_minute for row in rows] == [100_000, None, None, None]


def test_minutes_without_an_order_are_0_once_orders_are_seen():
    live = LiveFigures()
    for minute in (4, 7):
        order = {"sku": "s-down", "quantity": 1, "amount": 36_900, "order": f"o{minute}"}
        live.absorb(Record(at(minute), "order", **order))
    made = report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={})
    assert grown(made.minutes, "orders") == [None] * 4 + [1, 0, 0, 1, 0, 0, 0, 0]


def test_units_of_the_few_orders_that_were_seen_are_not_0_where_more_orders_were_told():
    """Thirty orders are typed, one came in with its units: nobody knows those of the others."""
    live = LiveFigures()
    live.absorb(Record(at(4), "order", sku="s-down", quantity=2, amount=73_800, order="A"))
    for minute, told in ((9, 30), (11, 34)):
        live.absorb(Record(at(minute), "sample", metric="orders", value=told))
    one = Lines([OrderLine(at(4), DOWN, "s-down", 2, 73_800, "A")])
    made = report(lines=one, rollups=live.take_dirty(), carry=live.carry(), imported={})
    assert grown(made.minutes, "units") == [None] * 4 + [2] + [None] * 7
    assert grown(made.slots, "units") == [2, None, None]
    assert [(row.sold.orders, row.sold.units) for row in made.ledger] == [(None, None), (1, 2), (29, None), (4, None)]


def test_the_last_figure_of_an_evening_stands_in_its_minutes_too():
    """A number typed once and never again: the mean counted it to the end, the minutes were blank from there."""
    live = LiveFigures()
    for minute, online in ((0, 1200), (4, 300)):
        live.absorb(Record(at(minute), "sample", metric="online", value=online))
    made = report(rollups=live.take_dirty(), carry=live.carry())
    minutes = [each.online for each in made.minutes]
    assert minutes == [1200] * 4 + [300] * 8
    assert made.kpi("online_mean").value == pytest.approx(sum(minutes) / 12) == pytest.approx(600)
    assert [slot.online for slot in made.slots] == [pytest.approx(1020), 300, 300]


def test_the_session_before_has_the_mean_its_own_review_has(store, clock):
    first = show.create_session(store, "上一场")
    show.go_live(store, first)
    inlet = Inlet(store, first, moves_stock=False)
    inlet.receive([Record(clock.now(), "sample", metric="online", value=1200)])
    clock.advance(4 * 60)
    inlet.receive([Record(clock.now(), "sample", metric="online", value=300)])
    inlet.close()
    clock.advance(8 * 60)
    show.end_show(store, first)
    second = show.create_session(store, "这一场")
    show.go_live(store, second)
    own = session_report(store, first).kpi("online_mean").value
    assert own == pytest.approx(600)
    assert session_report(store, second).kpi("online_mean").previous == pytest.approx(own)


def test_an_offer_stands_among_what_happened():
    made = report(segments=[replace(each, offer="买一送一") for each in material().segments])
    kinds = [mark.kind for slot in made.slots for mark in slot.marks]
    assert kinds.count("offer") == kinds.count("segment") == 4


def test_a_session_nobody_ended_does_not_cut_forever():
    far = 400 * 24 * 3_600_000
    assert len(stretches([], 0, far, 60, [Mark(0, "cue", "x")])) == 72 * 60


def test_a_draft_has_nothing_over_time():
    made = report(session=Session("s", "x"), rollups=[], pitches=[], edits=[], incidents=[], cues=[])
    assert (made.slots, made.minutes, made.seconds) == ((), (), None)


def test_a_clock_set_back_does_not_break_the_report():
    live = Session("s", "x", State.LIVE, started_at=at(0))
    made = report(session=live, made_at=at(-60))
    assert made.until == at(0)


def test_rates_of_past_sessions_are_sums_over_sums():
    past = [{"buyers": 10, "viewers": 100}, {"buyers": 10, "viewers": 900}]
    assert past_mean(METRICS["view_pay_rate"], past) == pytest.approx(0.02)
    assert past_mean(METRICS["viewers"], past) == 500
    assert past_mean(METRICS["gmv"], past) is None


def test_mean_online_of_past_sessions_weighs_by_their_length():
    past = [{"online_mean": 100, "on_air_seconds": 3600}, {"online_mean": 400, "on_air_seconds": 7200}]
    assert past_mean(METRICS["online_mean"], past) == pytest.approx(300)
    assert past_mean(METRICS["online_mean"], [{"online_mean": 100}, {"online_mean": 400}]) == 250


def test_the_previous_session_is_the_newest_of_the_past():
    kpi = report(past=[Past("a", "a", 2, {"gmv": 7}), Past("b", "b", 1, {"gmv": 9})]).kpi("gmv")
    assert (kpi.previous, kpi.mean) == (7, 8)


def test_every_base_of_the_evening_is_known():
    assert material().imported.keys() <= BASES.keys()


@pytest.fixture
def evening(store, clock):
    """A real shop file with one finished evening."""
    with store.step("seed") as step:
        step.insert("products", {"id": "p", "title": "羽绒服", "code": "Y9981"})
        step.insert("skus", {"id": "k", "product_id": "p", "live_price": 39_900, "stock": 50})
        old = {"id": "old", "theme": "旧场", "state": "ended", "started_at": clock.now() - 9_000_000, "anchor": "小林"}
        step.insert("sessions", old | {"ended_at": clock.now() - 5_400_000})
        step.insert("figures", {"id": "old:gmv", "session_id": "old", "metric": "gmv", "value": 200_000})
        rehearsal = {"id": "dry", "theme": "彩排", "state": "ended", "rehearsal": 1, "started_at": clock.now() - 3_000}
        step.insert("sessions", rehearsal)
    session_id = show.create_session(store, "今晚", goal_gmv=100_000, anchor="小林")
    add_segment(store, session_id, "opening", "开场")
    segment = add_products(store, session_id, ["p"])[0]
    show.go_live(store, session_id)
    show.take(store, session_id, segment, online=100)
    clock.advance(60)
    shelf.set_price(store, ["k"], 36_900)
    order = Record(clock.now(), "order", sku="Y9981", quantity=2, amount=73_800, order="1")
    write_batch(store, Batch(session_id, (order,)))
    clock.advance(60)
    show.end_show(store, session_id, online=140)
    return session_id


def test_the_report_reads_the_shop_file(store, evening):
    made = session_report(store, evening)
    row = made.ledger[0]
    assert (row.title, row.number, row.seconds, row.online_in, row.online_out) == ("羽绒服", 2, 120, 100, 140)
    assert (row.sold.orders, row.sold.units, row.sold.gmv) == (1, 2, 73_800)
    assert [(edit.title, edit.field, edit.before, edit.after) for edit in made.edits] == [
        ("羽绒服", "live_price", 39_900, 36_900)
    ]
    assert made.goods[0].code == "Y9981"


def test_clicks_that_name_a_sku_reach_the_review(store, evening):
    during = store.clock.now() - 90_000
    inlet = Inlet(store, evening, moves_stock=False)
    inlet.receive([Record(during, "click", sku="Y9981", count=3, id="a"), Record(during, "click", sku="k", id="b")])
    inlet.receive([Record(during, "click", sku="nobody's", id="c"), Record(during, "click", id="d", count=50)])
    inlet.close()
    made = session_report(store, evening)
    assert (made.ledger[0].clicks, made.ledger[0].click_pay) == (4, 0.25)
    assert (made.goods[0].clicks, made.goods[0].conversion) == (4, 0.25)


def test_the_past_leaves_rehearsals_out(store, evening):
    made = session_report(store, evening)
    assert [past.theme for past in made.past] == ["旧场"]
    assert made.past_of_anchor
    assert made.past[0].figures["gmv"] == 200_000


def test_an_imported_session_shows_its_figures(store, evening):
    made = session_report(store, "old")
    assert made.kpi("gmv").value == 200_000
    assert made.ledger == ()
