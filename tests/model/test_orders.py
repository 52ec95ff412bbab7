"""Who speaks of an order, what a void and a revive do, and which lines stand by."""

from collections import Counter
from dataclasses import replace

from liveshop_desk.model.grid import Grid
from liveshop_desk.model.orders import Orders, Owners
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.sales import Sales, SkuSales
from liveshop_desk.model.seen import record_key
from liveshop_desk.model.tracks import Tracks

BOUGHT = ("orders", "units", "gmv")


class Till:
    """Orders with nothing around them."""

    def __init__(self) -> None:
        self.tracks, self.sales, self.waits = Tracks(Grid()), Sales(), Counter[str]()
        self.orders = Orders(self.tracks, self.sales, self.waits)

    def take(self, record: Record) -> bool:
        return self.orders.is_new(record) and self.orders.take(record)

    def sold(self) -> tuple[float, ...]:
        return tuple(self.tracks[name].value for name in BOUGHT)


def line(source: str = "relay", order: str = "A1", sku: str = "s1", amount: int | None = 10_000) -> Record:
    return Record(1_000, "order", source, sku=sku, quantity=2, amount=amount, order=order)


def void(kept: Record, orders: int = 1) -> Record:
    return replace(kept, kind="void", id=record_key(kept), count=orders)


def revive(kept: Record) -> Record:
    return replace(kept, kind="revive", id=record_key(kept))


def test_an_order_of_two_lines_is_one_order():
    till = Till()
    assert till.take(line())
    assert till.take(line(sku="s2"))
    assert not till.take(line(sku="s2"))  # sent again
    assert till.sold() == (1, 4, 20_000)


def test_a_second_relay_has_no_say_in_an_order_and_nothing_waits_for_it():
    till = Till()
    till.take(line("relay"))
    assert not till.take(line("other"))
    assert (till.sold(), till.waits, till.orders.late) == ((1, 2, 10_000), {"other": 1}, [])


def test_what_is_taken_back_counts_again_once():
    till = Till()
    kept = line()
    till.take(kept)
    assert till.take(void(kept))
    assert not till.take(void(kept))
    assert (till.sold(), till.sales.per_sku, till.orders.emptied()) == ((0, 0, 0), {}, set(BOUGHT))
    assert till.take(revive(kept))
    assert not till.take(revive(kept))
    assert (till.sold(), till.sales.per_sku) == ((1, 2, 10_000), {"s1": SkuSales(2, 1, 10_000)})


def test_a_line_behind_an_order_file_stands_by_until_the_file_lets_go():
    till = Till()
    told, late = line(FILE), line("relay", amount=9_000)
    till.take(told)
    assert not till.take(late)
    assert till.orders.late == [late]
    assert not till.take(revive(late))  # the file still speaks of the order
    till.take(void(told))
    assert till.take(revive(late))
    assert till.sold() == (1, 2, 9_000)


def test_a_refund_in_parts_is_one_refunded_order_and_has_an_owner_of_its_own():
    till = Till()
    till.take(line("relay"))
    back = Record(2_000, "refund", "other", order="A1", amount=3_000)
    assert till.take(back)
    assert till.take(replace(back, amount=4_000))
    assert not till.take(replace(back, source="relay", amount=5_000))
    assert (till.tracks["refund_orders"].value, till.tracks["refund_amount"].value) == (1, 7_000)


def test_an_order_that_is_only_placed_leaves_it_open_who_speaks_of_it():
    till = Till()
    assert not till.take(replace(line("relay"), status="ordered"))
    assert till.take(line("other"))


def test_a_crash_forgets_neither_lines_nor_owners():
    till, after = Till(), Till()
    told, late = line(FILE), line("relay", amount=9_000)
    after.orders.remember(record_key(told), "order", "A1", FILE)
    after.orders.remember(record_key(late), "late", "A1", "relay")
    for fold in (till, after):
        if fold is till:
            fold.take(told)
            fold.take(late)
        assert not fold.take(told)
        assert not fold.take(line("other"))
        fold.take(void(told))
        assert fold.take(revive(late))


def test_the_oldest_owners_are_forgotten_first():
    owners = Owners(window=2)
    for number in ("1", "2", "3"):
        assert owners.claim(number, "relay") == (True, True)
    assert owners.claim("1", "other") == (True, True)
    assert owners.claim("3", "other") == (False, False)
    owners.release("3")
    assert owners.of("3") is None
