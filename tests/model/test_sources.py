"""Several sources of one show: one of them rules each metric, all of them are watched, none can fill the memory."""

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.ruling import MOST_SOURCES, ORDER, Ruling
from liveshop_desk.model.sales import MOST_SKUS

START = 1_795_262_400_000
SECOND = 1000


def sample(seconds, metric, value, source):
    return Record(START + round(seconds * SECOND), "sample", source, metric, value)


def event(seconds, kind, source, **more):
    return Record(START + round(seconds * SECOND), kind, source, **more)


def fold(*records, order=()):
    live = LiveFigures(order)
    for record in records:
        live.absorb(record)
    return live


def test_a_better_source_takes_over_at_once_and_rules_while_it_speaks():
    live = fold(
        sample(0, "online", 900, "barragegrab"),
        sample(1, "online", 1_000, "douyin"),
        sample(2, "online", 905, "barragegrab"),
        sample(14, "online", 910, "barragegrab"),
    )
    assert live.total("online") == 1_000
    assert live.waits == {"barragegrab": 2}


def test_the_next_source_takes_over_after_fifteen_silent_seconds_and_gives_back():
    live = fold(sample(0, "online", 1_000, "douyin"), sample(15, "online", 910, "barragegrab"))
    assert live.total("online") == 1_000
    live.absorb(sample(15.1, "online", 911, "barragegrab"))
    assert live.total("online") == 911
    live.absorb(sample(16, "online", 1_010, "douyin"))
    assert live.total("online") == 1_010


def test_what_is_typed_rules_over_every_machine():
    live = fold(sample(0, "online", 1_000, "douyin"), sample(1, "online", 1_284, "manual"))
    live.absorb(sample(2, "online", 1_001, "douyin"))
    assert live.total("online") == 1_284


def test_the_shop_may_put_its_sources_in_another_order():
    told = (sample(0, "online", 1_000, "douyin"), sample(1, "online", 900, "wxlivespy"))
    assert fold(*told).total("online") == 1_000
    assert fold(*told, order=("manual", "wxlivespy", "platform")).total("online") == 900
    live = fold(*told)
    live.absorb(Record(1, "rank", "desk", id="manual,wxlivespy,platform"))
    live.absorb(sample(2, "online", 905, "wxlivespy"))
    assert live.total("online") == 905
    assert [Ruling().rank(name) for name in ("manual", "douyin", "obs", "dycast", "simulated")] == [
        ORDER.index(kind) for kind in ("manual", "platform", "obs", "relay", "simulated")
    ]


def test_events_of_two_relays_in_one_room_are_not_added_up():
    live = LiveFigures()
    for second in range(60):
        live.absorb(event(second, "comment", "barragegrab", id=f"a{second}"))
        live.absorb(event(second + 0.1, "comment", "dycast", id=f"b{second}"))
    assert live.total("comments") == 60
    assert live.waits == {"dycast": 60}
    live.absorb(event(80, "comment", "dycast", id="late"))
    assert live.total("comments") == 61


def test_a_machines_total_only_grows_until_it_goes_to_another_room():
    live = fold(
        event(0, "room", "barragegrab", id="r1"),
        sample(1, "viewers", 500, "barragegrab"),
        sample(2, "viewers", 480, "barragegrab"),
    )
    assert live.total("viewers") == 500
    live.absorb(event(3, "room", "barragegrab", id="r1"))
    live.absorb(sample(4, "viewers", 10, "barragegrab"))
    assert live.total("viewers") == 500
    live.absorb(event(5, "room", "barragegrab", id="r2"))
    live.absorb(sample(6, "viewers", 30, "barragegrab"))
    assert live.total("viewers") == 530
    live.absorb(sample(7, "viewers", 40, "barragegrab"))
    assert live.total("viewers") == 540


def test_a_lesser_source_never_takes_back_what_was_typed():
    live = fold(sample(0, "gmv", 864_000, "manual"), sample(60, "gmv", 800_000, "douyin"))
    assert live.total("gmv") == 864_000
    live.absorb(sample(61, "gmv", 870_000, "douyin"))
    assert live.total("gmv") == 870_000
    live.absorb(sample(62, "gmv", 850_000, "manual"))
    assert live.total("gmv") == 850_000


def test_the_same_order_from_two_relays_is_one_order_and_two_orders_are_two():
    live = LiveFigures()
    for source in ("douyin", "oba"):
        live.absorb(event(1, "order", source, sku="s", quantity=1, amount=100, order="N1", id=f"{source}1"))
    live.absorb(event(2, "order", "oba", sku="s", quantity=1, amount=100, order="N2", id="oba2"))
    assert (live.total("orders"), live.total("units"), live.total("gmv")) == (2, 2, 200)
    assert live.per_sku["s"].units == 2


def test_placed_then_paid_is_one_order_when_it_is_paid():
    live = LiveFigures()
    placed = event(1, "order", "oba", sku="s", order="N1", id="N1#已下单", status="ordered")
    paid = event(9, "order", "oba", sku="s", order="N1", id="N1#已付款", status="paid", amount=36_900, estimated=True)
    assert not live.absorb(placed)
    assert live.total("orders") is None
    assert live.absorb(paid)
    assert not live.absorb(paid)
    assert (live.total("orders"), live.total("gmv"), live.estimated) == (1, 36_900, 36_900)


def test_a_figure_from_a_file_goes_to_its_own_time():
    live = fold(
        sample(0, "gmv", 100_000, "manual"), sample(0, "online", 400, "manual"),
        sample(3_600, "gmv", 900_000, "manual"), sample(3_600, "online", 700, "manual"),
    )  # fmt: skip
    for minute in range(5, 55):
        live.absorb(sample(minute * 60, "gmv", 100_000 + minute * 10_000, "file"))
        live.absorb(sample(minute * 60, "online", 500, "file"))
    assert (live.total("gmv"), live.total("online")) == (900_000, 700)
    assert live.at("gmv", START + 30 * 60 * SECOND) == 400_000
    assert live.delta("gmv", START + 1_800 * SECOND, START + 2_400 * SECOND) == 100_000
    assert live.at("online", START + 30 * 60 * SECOND) == 500
    assert 400 < live.mean("online") < 520


def test_hostile_sources_fill_no_memory():
    live = LiveFigures()
    for n in range(7_000):
        live.absorb(event(n, "order", "relay", sku=f"x{n}", amount=1, order=str(n), id=str(n)))
        live.absorb(event(n, "click", "relay", sku=f"y{n}", id=f"c{n}"))
        live.absorb(sample(n, f"m{n}", n, f"source{n}"))
        live.absorb(event(n, "cut", "desk"))
    assert len(live.per_sku) == MOST_SKUS
    assert len(live.last_at) <= MOST_SOURCES
    assert live.strangers > 6_000
    assert len(live.unknown) <= 51
    assert len(live.carry().cuts) <= 5_000
