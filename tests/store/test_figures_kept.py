"""What orders do to the stock, what is kept of a flood, and the recording that plays again to the same tables."""

import dataclasses

from liveshop_desk.feeds import inlet as inlet_module
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.feeds.record import decode_line
from liveshop_desk.feeds.simulate import Audience
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.model.line import line_of
from liveshop_desk.model.record import Record
from liveshop_desk.store import inflow, queries, shortfall, tape
from liveshop_desk.store.store import Store
from tests.store.on_air import shop_with_stock


def send(store, session, *records, moves_stock=True):
    inlet = Inlet(store, session, moves_stock=moves_stock)
    inlet.receive(records)
    inlet.close()
    return inlet


def order(clock, number, quantity=1, **more):
    parts = {"sku": "Y9981", "quantity": quantity, "amount": 36900 * (quantity or 1), "order": str(number)} | more
    return Record(clock.now(), "order", "douyin", **parts)


def test_more_sold_than_there_is_stops_at_zero_and_is_said(store, clock):
    session = shop_with_stock(store, stock=2)
    send(store, session, *(order(clock, number) for number in range(5)))
    assert queries.sku(store, "s1").stock == 0
    assert shortfall.of_session(store, session) == {"s1": 3}


def test_goods_that_come_back_cover_what_was_missing_first(store, clock):
    session = shop_with_stock(store, stock=2)
    refund = Record(clock.now(), "refund", "douyin", sku="Y9981", quantity=4, amount=1, order="1")
    inlet = send(store, session, *(order(clock, number) for number in range(5)), refund)
    assert queries.sku(store, "s1").stock == 1
    assert shortfall.of_session(store, session) == {}
    assert inlet.figures.per_sku["s1"].refunded == 4


def test_money_given_back_without_goods_moves_no_stock(store, clock):
    session = shop_with_stock(store)
    send(store, session, order(clock, 1), Record(clock.now(), "refund", "douyin", sku="Y9981", amount=100, order="1"))
    assert queries.sku(store, "s1").stock == 19


def test_an_order_without_an_amount_is_worth_the_live_price_and_marked(store, clock):
    session = shop_with_stock(store)
    paid = order(clock, 1, amount=None, quantity=None, id="1#paid", status="paid")
    placed = dataclasses.replace(paid, id="1#ordered", status="ordered")
    inlet = send(store, session, placed, paid)
    assert inlet.figures.total("gmv") == 36900
    assert inlet.figures.coverage({}, clock.now()).estimated == {"gmv", "net_gmv"}
    row = store.row("SELECT amount, estimated FROM events WHERE kind = 'order'")
    assert (row["amount"], row["estimated"]) == (36900, 1)
    assert queries.sku(store, "s1").stock == 19
    again = send(store, session, placed, paid)
    assert again.figures.total("orders") == 1
    assert again.figures.estimated == 36900


def test_the_same_order_from_another_relay_counts_once_across_a_restart(store, clock):
    session = shop_with_stock(store)
    send(store, session, order(clock, 1))
    again = send(store, session, dataclasses.replace(order(clock, 1), source="oba"))
    assert again.figures.total("units") == 1
    assert queries.sku(store, "s1").stock == 19


def test_clicks_on_one_product_are_one_row_a_bucket(store, clock):
    session = shop_with_stock(store)
    clicks = [Record(clock.now(), "click", "relay", sku="Y9981", id=str(n)) for n in range(500)]
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive(clicks[:300])
    inlet.pump()
    inlet.flush(wait=True)
    inlet.receive([*clicks[300:], Record(clock.now(), "click", "relay", sku="nobody's", id="x")])
    inlet.close()
    rows = store.rows("SELECT sku, quantity FROM events WHERE kind = 'click'")
    assert [(row["sku"], row["quantity"]) for row in rows] == [("s1", 500)]
    assert inlet.figures.per_sku["s1"].clicks == 500


def test_made_up_orders_do_not_fill_the_file(store, clock, monkeypatch):
    monkeypatch.setattr(inlet_module, "MOST_KEPT", 50)
    session = shop_with_stock(store)
    inlet = send(store, session, *(order(clock, n, sku=f"x{n}") for n in range(200)))
    real = Record(clock.now(), "order", "manual", sku="Y9981", quantity=1, amount=36900, order="real")
    assert inlet.figures.total("orders") == 50
    assert store.row("SELECT count(*) AS n FROM events")["n"] == 50
    assert inlet.lost == 150
    assert send(store, session, real).figures.total("orders") == 51


def test_a_flood_beyond_memory_is_counted(store, clock, monkeypatch):
    monkeypatch.setattr(inlet_module, "MOST_WAITING", 1_000)
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive([Record(clock.now(), "enter", "relay", id=str(n)) for n in range(1_500)])
    assert (inlet.waiting, inlet.lost) == (1_000, 500)
    inlet.close()
    assert inlet.figures.total("entered") == 1_000


# -- the recording --------------------------------------------------------------------------------------------


def evening(store, clock, session):
    """Play ten simulated minutes with a typed figure, placed orders, two takes and what a relay resends."""
    inlet = Inlet(store, session, moves_stock=True, source_order=("manual", "oba", "uni"))
    inlet.since = queries.session(store, session).started_at
    audience = Audience(7, [("s1", 36900, 1.0)], clock)
    for second in range(600):
        clock.advance(1)
        records = audience.due(clock.now(), "s1")
        if second % 60 == 20:
            bare = {"sku": "Y9981", "order": f"oba{second}"}
            records.append(Record(clock.now(), "order", "oba", id=f"{second}#1", status="ordered", **bare))
            records.append(Record(clock.now() - 9_000_000, "order", "oba", id=f"{second}#2", status="paid", **bare))
        if second == 300:
            records.append(Record(clock.now(), "sample", "manual", "gmv", 5_000_000))
        records += [
            Record(clock.now(), "like", relay, count=n, id=f"{second}") for n, relay in enumerate(("oba", "uni"), 1)
        ]
        if second == 250:
            inlet.reorder(("manual", "uni", "oba"))
        inlet.receive(records + records[:3])
        inlet.pump()
        if second in (123, 407):
            inlet.cut(clock.now() + 0)
        if second % 7 == 0:
            inlet.flush(wait=True)
    inlet.close()
    return inlet.figures.figures()


def tables(store):
    """Return what must be the same: the buckets and the events, without the session and the rows' numbers."""
    rollups = "SELECT metric, bucket, n, low, high, last, area, seconds FROM rollups ORDER BY metric, bucket"
    events = (
        "SELECT at, kind, source, metric, value, sku, quantity, amount, order_no, viewer, text, key, estimated"
        " FROM events ORDER BY key"
    )
    return [[tuple(row) for row in store.rows(sql)] for sql in (rollups, events)]


def test_a_recording_played_again_makes_the_same_tables(store, clock, tmp_path):
    begun = clock.now()
    session = shop_with_stock(store, stock=100_000)
    figures = evening(store, clock, session)
    lines = b"".join(tape.recorded(store, session)).splitlines()
    fresh = Store.open(tmp_path / "fresh.liveshop", ManualClock(begun))
    second = shop_with_stock(fresh, stock=100_000)
    fresh.clock.advance(600)
    inlet = Inlet(fresh, second, moves_stock=True)
    inlet.since = begun
    for line in lines:
        inlet.receive([decode_line(line, "salt")])
    inlet.close()
    assert inlet.figures.figures() == figures
    assert tables(fresh) == tables(store)
    assert len(tables(store)[1]) > 50
    assert queries.sku(fresh, "s1").stock == queries.sku(store, "s1").stock
    assert b"".join(tape.recorded(fresh, second)).splitlines() == lines
    fresh.close()


def test_a_recording_over_a_restart_counts_twice_what_the_desk_did(store, clock, tmp_path):
    session = shop_with_stock(store)
    said = [
        Record(clock.now(), "comment", "relay", id="c1"),
        Record(clock.now(), "follow", "relay", id="f1"),
        Record(clock.now(), "sample", "manual", "online", 300),
        order(clock, 1),
    ]
    send(store, session, *said, *said)
    figures = send(store, session, *said).figures.figures()  # the relay resends what it had said before a crash
    assert (figures["comments"], figures["new_followers"], figures["orders"]) == (2, 2, 1)
    fresh = Store.open(tmp_path / "fresh.liveshop", clock)
    second = shop_with_stock(fresh)
    lines = b"".join(tape.recorded(store, session)).splitlines()
    played = send(fresh, second, *(decode_line(line, "salt") for line in lines))
    assert played.figures.figures() == figures
    assert tables(fresh) == tables(store)
    fresh.close()


def test_the_recording_holds_no_words_and_nobody_but_buyers(store, clock):
    session = shop_with_stock(store)
    said = [
        Record(clock.now(), "comment", "relay", viewer="00ff00ff00ff00ff", text="多高穿L?"),
        Record(clock.now(), "comment", "relay", viewer="00ff00ff00ff00ff", text="好看"),
        order(clock, 1, viewer="11ff00ff00ff00ff", text="快点发"),
    ]
    send(store, session, *said)
    kept = [decode_line(line, "x") for line in b"".join(tape.recorded(store, session)).splitlines()]
    assert [(record.text, record.viewer) for record in kept] == [("", ""), ("", ""), ("", "11ff00ff00ff00ff")]
    assert len({record.id for record in kept}) == 3


def test_small_batches_share_a_chunk_and_survive_a_restart(store, clock):
    session = shop_with_stock(store)
    for n in range(3):
        inlet = Inlet(store, session, moves_stock=True)
        for step in range(20):
            inlet.receive([Record(clock.now(), "enter", "relay", id=f"{n}-{step}")])
            inlet.pump()
            inlet.flush(wait=True)
        inlet.close()
    assert [row["n"] for row in store.rows("SELECT n FROM recordings ORDER BY id")] == [20, 21, 21]
    assert len(b"".join(tape.recorded(store, session)).splitlines()) == 60 + 2  # and a note of each restart


def test_a_recording_ends_at_its_limit_and_the_figures_go_on(store, clock, monkeypatch):
    monkeypatch.setattr(tape, "LIMIT", 1)
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    for n in range(3):
        inlet.receive([Record(clock.now(), "enter", "relay", id=str(n))])
        inlet.pump()
        inlet.flush(wait=True)
    inlet.close()
    assert inlet.figures.total("entered") == 3
    assert len(b"".join(tape.recorded(store, session)).splitlines()) == 1


def test_a_line_reads_back_the_same(clock):
    records = [
        Record(clock.now(), "sample", "manual", "gmv", 864_050),
        Record(clock.now(), "sample", "douyin", "stay_seconds", 95.5),
        Record(clock.now(), "gift", "relay", value=30, count=3, viewer="00ff00ff00ff00ff"),
        Record(clock.now(), "like", 'sou"rce\\', count=0, text='引“号"'),
        order(clock, 'a"b', id="x", status="paid", estimated=True),
    ]
    assert [decode_line(line_of(record), "salt") for record in records] == records


def test_posted_lines_are_written_once(store, clock):
    session = shop_with_stock(store)
    inflow.post(store, session, [line_of(order(clock, 1))])
    assert len(inflow.posted(store, session, 0, 10)) == 1
