"""The live fold: what the tiles, the chart and the pitch ledger read."""

import pytest

from liveshop_desk.model.live import LiveFigures, SkuSales
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Rollup, merge
from liveshop_desk.model.seen import Seen, record_key

START = 1_795_262_400_000
SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


def sample(seconds, metric, value, source="manual"):
    return Record(START + round(seconds * SECOND), "sample", source, metric, value)


def order(seconds, number, amount=36_900, sku="Y9981", quantity=1):
    at = START + round(seconds * SECOND)
    return Record(at, "order", "shop", sku=sku, quantity=quantity, amount=amount, order=number)


def event(seconds, kind, **more):
    return Record(START + round(seconds * SECOND), kind, "relay", **more)


@pytest.fixture
def live():
    return LiveFigures()


def test_every_event_counts_where_it_belongs(live):
    for record in (
        order(1, "A", 36_900, quantity=2),
        event(2, "refund", amount=1_000, order="A"),
        event(3, "comment", viewer="a", text="好看"),
        event(4, "like", count=5),
        event(5, "like"),
        event(6, "enter", viewer="b"),
        event(7, "follow", viewer="b"),
        event(8, "gift", value=30, count=3),
        event(9, "share"),
        event(10, "click", sku="Y9981"),
        event(11, "cart", sku="Y9981"),
    ):
        assert live.absorb(record)
    assert live.figures() == {
        "orders": 1, "units": 2, "gmv": 36_900, "refund_orders": 1, "refund_amount": 1_000, "comments": 1, "likes": 6,
        "entered": 1, "new_followers": 1, "gifts": 3, "tips": 30, "shares": 1, "clicks": 1, "cart_units": 1,
    }  # fmt: skip


def test_a_figure_is_the_truth_and_events_add_to_it(live):
    live.absorb(order(1, "A", 10_000))
    live.absorb(sample(5, "gmv", 50_000))
    live.absorb(order(6, "B", 10_000))
    assert live.total("gmv") == 60_000
    live.absorb(sample(7, "gmv", 55_000))
    assert live.total("gmv") == 55_000
    assert live.total("orders") == 2


def test_nothing_came_is_not_zero(live):
    assert live.total("gmv") is None
    assert live.delta("gmv", START, START + HOUR) is None
    assert live.mean("online") is live.low("online") is live.high("online") is None
    assert live.at("online", START) is None
    assert live.series("online") == ([], [])
    live.absorb(Record(START, "order", sku="Y9981"))
    assert live.total("gmv") is None
    assert live.per_sku["Y9981"] == SkuSales(1, 1, None)


def test_duplicates_count_once(live):
    first = order(1, "A")
    assert live.absorb(first)
    assert not live.absorb(order(9, "A"))  # resent with the hour it was resent at
    assert live.absorb(order(1, "A", sku="S207"))  # a second line of the same order
    assert live.total("orders") == 1
    assert live.total("units") == 2
    assert live.absorb(event(1, "comment", viewer="a", text="好看"))
    assert not live.absorb(event(1, "comment", viewer="a", text="好看"))
    assert live.absorb(event(1, "comment", viewer="b", text="好看"))
    assert live.absorb(event(2, "like", count=2, id="7"))
    assert not live.absorb(event(5, "like", count=2, id="7"))
    assert live.total("comments") == 2
    assert live.total("likes") == 2


def test_a_flood_pushes_no_order_out_of_memory(live):
    live.absorb(order(1, "A"))
    live._seen = Seen(window=10)
    for number in range(100):
        live.absorb(event(2, "like", id=str(number)))
    assert not live.absorb(order(1, "A"))
    assert len(live._seen._keys) == 10


def test_online_low_high_and_time_weighted_mean(live):
    for seconds, value in ((0, 100), (60, 1_000), (600, 400)):
        live.absorb(sample(seconds, "online", value))
    assert (live.low("online"), live.high("online"), live.total("online")) == (100, 1_000, 400)
    assert live.mean("online") == pytest.approx((100 * 60 + 1_000 * 540) / 600)
    assert live.mean("online", START + 660 * SECOND) == pytest.approx((100 * 60 + 1_000 * 540 + 400 * 60) / 660)
    assert live.figures()["online_max"] == 1_000
    assert live.at("online", START + 300 * SECOND) == 1_000


def test_a_level_nobody_renewed_is_not_held_for_ever(live):
    live.absorb(sample(0, "online", 100))
    live.absorb(sample(5 * 3600, "online", 300))
    live.absorb(sample(5 * 3600 + 900, "online", 300))
    assert live.mean("online") == pytest.approx(200)


def test_sums_of_a_pitch_are_exact_at_the_cut(live):
    live.absorb(order(1, "A", 1_000))
    live.cut(START + 3_500)
    live.absorb(order(4, "B", 2_000))
    live.absorb(order(12, "C", 4_000))
    live.cut(START + 14_000)
    live.absorb(order(14.5, "D", 8_000))
    live.absorb(order(13, "E", 16_000))  # late, but of the pitch before
    assert live.delta("gmv", START, START + 3_500) == 1_000
    assert live.delta("gmv", START + 3_500, START + 14_000) == 22_000
    assert live.delta("gmv", START + 14_000, START + HOUR) == 8_000
    assert live.delta("orders", START - HOUR, START) == 0


def test_the_last_five_minutes_hold_what_just_came(live):
    for minute in range(8):
        live.absorb(order(minute * 60 + 3, str(minute)))
    now = START + 7 * MINUTE + 4 * SECOND
    assert live.delta("units", now - 5 * MINUTE, now) == 5


def test_late_records(live):
    live.absorb(sample(0, "online", 100))
    live.absorb(sample(30, "online", 300))
    live.absorb(sample(12, "online", 900))
    assert live.total("online") == 300
    assert live.high("online") == 900
    assert live.mean("online") == pytest.approx(100)
    live.absorb(sample(40, "orders", 50))
    live.absorb(sample(35, "orders", 48))
    assert live.total("orders") == 50
    live.absorb(order(20, "A"))
    assert live.total("orders") == 51
    times, totals = live.series("orders")
    assert times == sorted(times)
    assert totals == sorted(totals)


def test_the_clock_set_back(live):
    live.absorb(sample(3_600, "online", 100))
    live.absorb(sample(3_600, "gmv", 90_000))
    live.absorb(sample(0, "online", 200))
    live.absorb(sample(0, "gmv", 95_000))
    live.absorb(order(1, "A", 1_000))
    assert live.total("online") == 200
    assert live.total("gmv") == 96_000
    live.absorb(sample(10, "online", 200))
    assert live.mean("online") == pytest.approx(200)


def test_one_stamp_from_the_far_future_stops_nothing(live):
    live.absorb(sample(0, "online", 100))
    live.absorb(sample(50 * 365 * 86_400, "online", 5))
    live.absorb(sample(10, "online", 120))
    assert live.total("online") == 120
    assert len(live.series("online")[0]) < 200


def test_midnight_is_a_second_like_any_other(live):
    midnight = START - START % (24 * HOUR) + 24 * HOUR
    for offset in (-20, -10, 0, 10):
        live.absorb(Record(midnight + offset * SECOND, "sample", "manual", "online", 100))
        live.absorb(Record(midnight + offset * SECOND, "enter", "relay"))
    times, values = live.series("entered")
    assert values == [1, 2, 3, 4]
    assert [time - midnight for time in times] == [-20_000, -10_000, 0, 10_000]
    assert live.delta("entered", midnight - 30_000, midnight) == 2
    assert live.mean("online") == 100


def test_freshness_by_source_and_unknown_names(live):
    live.absorb(sample(3, "online", 5, "douyin"))
    live.absorb(sample(1, "online", 5, "douyin"))
    live.absorb(sample(2, "charisma", 5))
    assert live.last_at == {"douyin": START + 3_000, "manual": START + 2_000}
    assert live.unknown == {"charisma": 1}
    for number in range(500):
        live.absorb(sample(2, f"m{number}", 5, f"s{number}"))
    assert len(live.unknown) <= 51
    assert live.unknown.total() + live.strangers == 501
    assert len(live.last_at) <= 64


def test_series_since(live):
    for seconds in (0, 10, 20):
        live.absorb(event(seconds, "enter", id=str(seconds)))
    assert live.series("entered", START + 10_000) == ([START + 10_000, START + 20_000], [2, 3])


def test_merged_to_minutes():
    fine = [
        Rollup("online", START + 10_000, 1, 5, 9, 7, 70, 10),
        Rollup("online", START, 2, 6, 8, 6, 60, 10),
        Rollup("online", START + MINUTE, 1, 1, 1, 1, 10, 10),
    ]
    first, second = merge(fine, 60)
    assert first == Rollup("online", START, 3, 5, 9, 7, 130, 20)
    assert first.mean == 6.5
    assert second.bucket == START + MINUTE
    assert Rollup("gmv", START, 1, 0, 5, 5).mean == 5


def test_a_key_is_the_same_tomorrow():
    assert record_key(order(1, "A")) == record_key(order(9, "A"))
    assert record_key(order(1, "A")) != record_key(order(1, "B"))
    assert record_key(Record(START, "enter", "relay", viewer="b")) == "282c5e25a62e948db1ba42d63169bc59"


def test_clicks_that_name_a_sku_are_counted_with_its_sales():
    live = LiveFigures()
    live.absorb(Record(START, "click", sku="Y9981", id="1"))
    live.absorb(Record(START, "click", sku="Y9981", count=3, id="2"))
    live.absorb(Record(START, "click", id="3"))
    live.absorb(Record(START, "order", sku="Y9981", quantity=1, amount=36900, order="9"))
    live.absorb(Record(START, "order", sku="S207", quantity=1, amount=12900, order="10"))
    assert live.per_sku["Y9981"] == SkuSales(1, 1, 36900, 4)
    assert live.per_sku["S207"].clicks is None
    assert live.total("clicks") == 5


def refund(seconds, source="oba", amount=36_900):
    at = START + round(seconds * SECOND)
    return Record(at, "refund", source, sku="Y", amount=amount, order="A")


def test_one_refund_told_by_two_relays_or_twice_by_one_is_one(live):
    for record in (refund(2), refund(62), refund(70, "barragegrab")):
        live.absorb(record)
    assert (live.total("refund_orders"), live.total("refund_amount")) == (1, 36_900)


def test_an_order_given_back_in_parts_is_one_refunded_order(live):
    for record in (refund(2, amount=10_000), refund(3, amount=5_000)):
        live.absorb(record)
    assert (live.total("refund_orders"), live.total("refund_amount")) == (1, 15_000)


def test_a_refund_is_known_again_after_a_restart(live):
    live.restore([], None, [(record_key(refund(2)), "refund", "A", "oba")])
    assert not live.absorb(refund(2))
    assert not live.absorb(refund(3, "barragegrab"))


@pytest.mark.parametrize("pace", ["", "fast", "nan", "-1", "0", "1e-300", "1e300", "inf", "60"])
@pytest.mark.parametrize("origin", ["", "noon", "0", "-5", "nan", "inf", "1e300", f"{START}.25"])
def test_a_note_of_a_pace_that_makes_no_sense_does_no_harm(live, pace, origin):
    live.absorb(Record(START, "pace", "desk", id=f"{pace} {origin}"))
    for second, online in enumerate((100, 300, 200)):
        live.absorb(Record(START + second * 1000, "sample", metric="online", value=online))
    assert live.figures() == {"online": 200, "online_max": 300, "online_mean": 200}
    assert all(START - 10_000 < row.bucket <= START + 2_000 for row in live.take_dirty())
