"""The simulated audience: repeatable, plausible, marked."""

import pytest

from liveshop_desk.feeds.record import decode_line, encode
from liveshop_desk.feeds.simulate import Audience
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics_catalogue import value

PRODUCTS = [("Y9981", 36_900, 3.0), ("S207", 12_900, 2.0), ("W2103", 5_900, 3.0)]


def evening(seed, seconds, step=1.0, products=PRODUCTS, on_air="Y9981"):
    clock = ManualClock()
    audience = Audience(seed, products, clock)
    records = []
    for _ in range(round(seconds / step)):
        clock.advance(step)
        records += audience.due(clock.now(), on_air)
    return records


@pytest.fixture(scope="module")
def hour():
    return evening(7, 3_600, step=5)


def test_the_same_seed_is_the_same_evening():
    assert evening(3, 60) == evening(3, 60, step=0.25) == evening(3, 60, step=20)
    assert evening(3, 60) != evening(4, 60)


def test_an_hour_is_a_plausible_hour(hour):
    live = LiveFigures()
    assert all(live.absorb(record) for record in hour)
    figures = live.figures()
    assert 600 < figures["online_mean"] < 1_400
    assert 40_000_00 < figures["gmv"] < 160_000_00
    assert figures["viewers"] <= figures["views"]
    assert figures["buyers"] <= figures["orders"] <= figures["units"]
    assert 0.01 < value("click_pay_rate", figures) < 0.3
    assert 0.02 < value("interact_rate", figures) < 0.2
    assert 60 < value("stay_seconds", figures) < 240
    sold = live.per_sku
    assert sold["Y9981"].orders > sold["S207"].orders


def test_everything_says_that_it_is_simulated(hour):
    assert {record.source for record in hour} == {"simulated"}
    assert {record.kind for record in hour} >= {
        "sample",
        "enter",
        "comment",
        "like",
        "follow",
        "click",
        "cart",
        "order",
    }
    assert [record.at for record in hour] == sorted(record.at for record in hour)
    comments = {record.text for record in hour if record.kind == "comment"}
    assert len(comments) > 60
    assert not any("{" in text for text in comments)
    for record in hour[:500]:
        assert decode_line(encode(record), b"") == record


def test_without_goods_nobody_buys():
    kinds = {record.kind for record in evening(1, 120, products=[], on_air=None)}
    assert not kinds & {"order", "click", "cart"}
    assert "comment" in kinds


def test_a_night_asleep_is_not_caught_up():
    clock = ManualClock()
    audience = Audience(1, PRODUCTS, clock)
    clock.advance(9 * 3600)
    records = audience.due(clock.now(), "nobody knows it")
    assert records[0].at > clock.now() - 700_000
    assert audience.due(clock.now() - 60_000, None) == []


def test_a_clock_set_back_by_an_hour_does_not_silence_the_room():
    clock = ManualClock()
    audience = Audience(1, PRODUCTS, clock)
    clock.advance(60)
    assert audience.due(clock.now(), None)
    clock.advance(-3600)
    audience.due(clock.now(), None)
    clock.advance(10)
    records = audience.due(clock.now(), None)
    assert {record.metric for record in records if record.kind == "sample"} >= {"online"}
    assert all(clock.now() - 10_000 <= record.at <= clock.now() for record in records)
