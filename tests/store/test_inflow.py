"""Numbers: written in batches, the same after a crash, stock moved once."""

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.feeds.record import decode_line, encode
from liveshop_desk.model.record import Record
from liveshop_desk.ops import catalogue
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.inflow import Place
from tests.store.on_air import shop_with_stock


def order(clock, number, quantity=1):
    return Record(
        clock.now(), "order", "douyin", sku="Y9981", quantity=quantity, amount=36900 * quantity, order=str(number)
    )


def test_orders_move_stock_once_and_survive_a_restart(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive([order(clock, 1), order(clock, 2, 3), order(clock, 1)])
    inlet.pump()
    inlet.flush(wait=True)
    assert queries.sku(store, "s1").stock == 16
    before = inlet.figures.figures()
    inlet.close()
    again = Inlet(store, session, moves_stock=True)
    assert again.figures.figures() == before
    again.receive([order(clock, 2, 3)])
    assert again.pump() == 0
    again.close()
    assert queries.sku(store, "s1").stock == 16


def test_a_rehearsal_leaves_stock_alone(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=False)
    inlet.receive([order(clock, 1, 5)])
    inlet.close()
    assert queries.sku(store, "s1").stock == 20


def test_more_orders_than_stock_stops_at_zero(store, clock):
    session = shop_with_stock(store, stock=2)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive([order(clock, number) for number in range(5)])
    inlet.close()
    assert queries.sku(store, "s1").stock == 0


def test_what_another_process_leaves_is_gone_only_when_it_is_written(store, clock):
    session = shop_with_stock(store)
    inflow.post(store, session, [encode(order(clock, 1)), encode(order(clock, 2))])
    inlet = Inlet(store, session, moves_stock=True)
    for number, line in inflow.posted(store, session, 0, 10):
        inlet.inbox = number
        inlet.receive([decode_line(line, "salt")])
    assert len(inflow.posted(store, session, 0, 10)) == 2
    inlet.close()
    assert inflow.posted(store, session, 0, 10) == []
    assert queries.sku(store, "s1").stock == 18


def test_a_disk_that_failed_is_tried_again_at_the_end(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.receive([order(clock, 1)])
    inlet.pump()
    with store.transaction():  # another writer holds the file for longer than anyone waits
        inlet._writers_store().db.conn.execute("PRAGMA busy_timeout = 1")
        with pytest.raises(UserError, match="holding the shop file"):
            inlet.flush(wait=True)
    inlet.close()
    assert queries.sku(store, "s1").stock == 19


def test_an_order_known_by_its_number_is_known_again_when_the_catalogue_learns_its_code(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    stranger = Record(clock.now(), "order", "douyin", sku="Z1", quantity=1, amount=100, order="9")
    inlet.receive([stranger])
    inlet.pump()
    catalogue.edit_skus(store, ["s1"], code="Z1")
    inlet.learn_names()
    inlet.receive([stranger])
    assert inlet.pump() == 0
    inlet.close()
    assert queries.sku(store, "s1").stock == 20


def test_the_prompters_place_is_kept(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=False)
    inlet.keep_place(Place("g1", 37.5, 220, True, clock.now()))
    inlet.close()
    assert inflow.place(store, session) == Place("g1", 37.5, 220, True, clock.now())


def test_a_flood_of_clicks_does_not_make_an_order_count_twice(store, clock, monkeypatch):
    monkeypatch.setattr(inflow, "WINDOW", 3)
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    clicks = [Record(clock.now(), "click", "douyin", sku="Y9981", id=str(number)) for number in range(9)]
    inlet.receive([order(clock, 1), *clicks])
    inlet.close()
    again = Inlet(store, session, moves_stock=True)
    again.receive([order(clock, 1)])
    assert again.pump() == 0
    again.close()
