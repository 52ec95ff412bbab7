"""By which names orders call our SKUs: read beside the window, and no record is folded before they are there."""

from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.clock import SystemClock
from liveshop_desk.model.record import Record
from liveshop_desk.ops import catalogue, shelf, show
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.store import Store

PATIENCE = 10  # seconds; only ever reached where something is broken
NAMES = ("", "X", "Y", "Z")


@pytest.fixture
def tonight(store):
    session = show.create_session(store, "Tonight")
    for title, code in (("Coat", "C"), ("Scarf", "S")):
        catalogue.add_product(store, title, code=code, live_price=100, stock=50)
    show.go_live(store, session)
    return session


@pytest.fixture
def held(store, tonight):
    """Give an inlet whose writer is held up, so that the names it is to read are not there, and what lets it go on."""
    inlet, gate = Inlet(store, tonight, moves_stock=True), Event()
    inlet.write_beside(lambda _store: _wait(gate))
    inlet.expect_orders()
    yield inlet, gate
    gate.set()
    inlet.close()


def _wait(gate):
    assert gate.wait(PATIENCE)


def sku_of(store, title):
    return next(product.skus[0] for product in queries.products(store) if product.title == title)


def order(store, number, name):
    return Record(store.clock.now(), "order", "douyin", sku=name, quantity=1, order=str(number))


def online(store, value):
    return Record(store.clock.now(), "sample", "douyin", "online", value)


def pumped(inlet):
    """Pump as the window does until nothing waits; return how many were new."""
    inlet.names  # noqa: B018 - waits for them
    return sum(iter(inlet.pump_slice, 0))


def test_no_record_is_folded_before_its_name_can_be_known(store, held):
    inlet, gate = held
    inlet.receive([order(store, 1, "C"), online(store, 7), order(store, 2, "S")])
    assert inlet.pump_slice() == 0
    assert inlet.waiting == 3
    gate.set()
    assert pumped(inlet) == 3
    inlet.flush(wait=True)
    assert [sku_of(store, title).stock for title in ("Coat", "Scarf")] == [49, 49]
    assert inlet.figures.total("gmv") == 200  # at the live price of what each name stands for
    assert inlet.figures.total("online") == 7


def test_what_is_called_otherwise_while_the_names_are_read_is_known_by_its_new_name(store, held):
    inlet, gate = held
    coat = sku_of(store, "Coat").id
    catalogue.edit_skus(store, [coat], code="NEW")
    inlet.follow_names({coat})
    inlet.receive([order(store, 1, "NEW")])
    assert inlet.pump_slice() == 0
    gate.set()
    assert pumped(inlet) == 1
    inlet.flush(wait=True)
    assert sku_of(store, "Coat").stock == 49


def test_a_name_learnt_after_the_reading_was_begun_is_known_too(store, tonight):
    """The reading may have seen the shop as it was before the change, or after it."""
    inlet = Inlet(store, tonight, moves_stock=True)
    inlet.expect_orders()
    inlet.write_beside(lambda _store: None).result()  # behind the reading: it is done, and nobody has taken it yet
    coat = sku_of(store, "Coat").id
    catalogue.edit_skus(store, [coat], code="LATE")
    inlet.follow_names({coat})
    inlet.receive([order(store, 1, "LATE")])
    assert pumped(inlet) == 1
    inlet.flush(wait=True)
    assert sku_of(store, "Coat").stock == 49
    inlet.close()


def test_what_a_person_types_waits_for_no_name(store, held):
    inlet, gate = held
    inlet.receive([online(store, 12)])
    assert inlet.pump() == 1
    assert inlet.figures.total("online") == 12
    gate.set()


def test_what_waits_for_its_name_when_the_desk_closes_is_kept(store, tonight):
    inlet, gate = Inlet(store, tonight, moves_stock=True), Event()
    inlet.write_beside(lambda _store: _wait(gate))
    inlet.expect_orders()
    inlet.receive([order(store, 1, "C")])
    assert inlet.pump_slice() == 0
    gate.set()
    inlet.close()
    assert sku_of(store, "Coat").stock == 49


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("code", "barcode", "stock", "add", "remove", "ask", "all")),
        st.integers(0, 5),
        st.sampled_from(NAMES),
    ),
    max_size=12,
)


@settings(max_examples=25)
@given(CHANGES)
def test_whatever_is_changed_the_names_are_those_of_the_shop(tmp_path_factory, changes):
    store = Store.open(tmp_path_factory.mktemp("shop") / "shop.liveshop", SystemClock())
    session = show.create_session(store, "Any")
    inlet = Inlet(store, session, moves_stock=False)
    heard = store.changed.connect(lambda told: inlet.follow_names(told.ids("products") | told.ids("skus")))
    for act, place, name in changes:
        _change(store, inlet, act, place, name)
    assert inlet.names == inflow.sku_names(store)
    heard()
    inlet.close()
    store.close()


def _change(store, inlet, act, place, name):
    skus = [sku.id for product in queries.products(store) for sku in product.skus]
    if act == "add" or not skus:
        catalogue.add_product(store, f"Thing {len(skus)}", code=name, live_price=100, stock=5)
        return
    sku = skus[place % len(skus)]
    if act in ("code", "barcode"):
        catalogue.edit_skus(store, [sku], **{act: name})
    elif act == "stock":
        shelf.set_stock(store, sku, place, confirmed=True)
    elif act == "remove" and len(skus) > 1:
        owner = next(each.id for each in queries.products(store) if sku in {one.id for one in each.skus})
        catalogue.add_sku(store, owner, new_id(), code=name, stock=1, live_price=1)
        catalogue.remove_sku(store, sku)
    elif act == "ask":
        inlet.names  # noqa: B018 - somebody wants them now
    elif act == "all":
        inlet.learn_names()
