"""Faults on the way: those nobody waits for stand in the log, and no record is lost or counted twice by one."""

import sqlite3
from dataclasses import replace

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.record import Record
from liveshop_desk.ops import catalogue, show
from liveshop_desk.store import queries
from tests.store.on_air import shop_with_stock
from tests.store.unreadable import unreadable


def order(clock, number, amount=36900):
    return Record(clock.now(), "order", "douyin", sku="Y9981", quantity=1, amount=amount, order=str(number))


@pytest.mark.parametrize("amount", [36900, None])
def test_a_record_that_cannot_be_named_or_priced_for_now_is_folded_later_in_its_turn(store, clock, amount):
    """The names are read in the writer's thread, the live price where the records are folded."""
    inlet = Inlet(store, shop_with_stock(store), moves_stock=True)
    if amount is None:
        inlet.names  # noqa: B018 - those are there already
    inlet.receive([order(clock, 1, amount), Record(clock.now(), "sample", "douyin", "online", 7)])
    with unreadable(store, "skus"), pytest.raises(sqlite3.OperationalError):
        inlet.pump()
    assert inlet.pump() == 2
    inlet.close()
    assert queries.sku(store, "s1").stock == 19
    assert (inlet.figures.total("gmv"), inlet.figures.total("online")) == (36900, 7)


def test_a_name_learnt_while_the_file_could_not_be_read_is_known_afterwards(store, clock):
    inlet = Inlet(store, shop_with_stock(store), moves_stock=True)
    inlet.expect_orders()
    inlet.write_beside(lambda _store: None).result()  # behind the reading: it is done, and nobody has taken it yet
    catalogue.edit_skus(store, ["s1"], code="LATE")
    inlet.follow_names({"s1"})
    inlet.receive([replace(order(clock, 1), sku="LATE")])
    with unreadable(store, "skus"), pytest.raises(sqlite3.OperationalError):
        inlet.pump()
    assert inlet.pump() == 1
    inlet.close()
    assert queries.sku(store, "s1").stock == 19


def test_what_came_too_early_is_counted_once_though_its_name_was_tried_twice(store, clock):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    inlet.since = clock.now()
    early = Record(clock.now() - 3_600_000, "order", "douyin", sku="Y9981", quantity=1, amount=100, order="1")
    inlet.receive([early])
    with unreadable(store, "skus"), pytest.raises(sqlite3.OperationalError):
        inlet.pump()
    inlet.pump()
    assert inlet.early == {"douyin": 1}
    inlet.close()


def test_who_fails_over_what_was_sold_does_not_have_the_batch_written_again(store, clock, caplog):
    session = shop_with_stock(store)
    inlet = Inlet(store, session, moves_stock=True)
    click = Record(clock.now(), "click", "douyin", sku="Y9981", count=3)

    def fail(_changes):
        raise KeyError("row")

    gone = store.changed.connect(fail)
    inlet.receive([order(clock, 1), click])
    inlet.pump()
    inlet.flush(wait=True)
    gone()
    inlet.flush(wait=True)
    inlet.close()
    assert queries.sku(store, "s1").stock == 19
    clicks = store.row("SELECT sum(quantity) AS n FROM events WHERE kind = 'click'")["n"]
    recorded = store.row("SELECT sum(n) AS n FROM recordings")["n"]
    assert (clicks, recorded) == (3, 2)
    assert "who was told" in caplog.text


def test_a_fault_in_a_task_nobody_waits_for_is_logged_a_full_disk_is_not(store, caplog):
    session = show.create_session(store, "场")
    show.go_live(store, session)
    inlet = Inlet(store, session, moves_stock=False)

    def broken(_store):
        raise KeyError("pace")

    def refused(_store):
        raise UserError("the disk is full")

    inlet.write_beside(refused)
    inlet.write_beside(broken)
    inlet.close()
    records = dict.fromkeys(caplog.records)  # where the window's log was opened, it is given each record too
    assert [(record.name, record.exc_info[0]) for record in records] == [("liveshop_desk.feeds.inlet", KeyError)]
