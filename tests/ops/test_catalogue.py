"""Editing the catalogue by hand: one act one step, guards, and what is refused."""

import pytest

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.ops import catalogue, catalogue_typed, queue, show
from liveshop_desk.store import journal, queries


@pytest.fixture
def coat(store):
    return catalogue.add_product(store, "Coat", code="C1", live_price=39_900, cost=20_000, stock=20)


def sku(store, product_id):
    return queries.product(store, product_id).skus[0]


def test_a_product_is_added_with_one_sku_and_undone_in_one_step(store, coat):
    assert sku(store, coat).live_price == 39_900
    journal.undo(store)
    assert queries.products(store) == []
    assert store.rows("SELECT * FROM skus") == []


def test_fields_are_edited_one_step_each(store, coat):
    catalogue.edit_product(store, coat, title="  Long   coat ", selling_points="warm\nlight")
    product = queries.product(store, coat)
    assert (product.title, product.selling_points) == ("Long coat", "warm\nlight")
    assert journal.undo(store).label == "Edit Coat"


@pytest.mark.parametrize(
    "fields", [{"title": " "}, {"title": "x" * 201}, {"code": "y" * 65}], ids=["no name", "long name", "long code"]
)
def test_a_product_field_that_cannot_be_is_refused(store, coat, fields):
    with pytest.raises(UserError):
        catalogue.edit_product(store, coat, **fields)
    assert queries.product(store, coat).title == "Coat"


def test_a_price_below_cost_asks_and_then_is_taken(store, coat):
    with pytest.raises(NeedsConfirm, match="below cost"):
        catalogue.edit_sku(store, sku(store, coat).id, live_price=100)
    catalogue.edit_sku(store, sku(store, coat).id, live_price=100, confirmed=True)
    assert sku(store, coat).live_price == 100


def test_price_and_stock_set_at_once_ask_for_both_at_once(store, coat):
    catalogue.edit_sku(store, sku(store, coat).id, stock=5)
    with pytest.raises(NeedsConfirm, match=r"below cost.*, changes by.*, zero stock"):
        catalogue.edit_sku(store, sku(store, coat).id, live_price=100, stock=0)


def test_typed_values_are_read_and_an_empty_cell_is_unknown(store, coat):
    catalogue_typed.type_product(store, coat, "list_price", "¥599")
    catalogue_typed.type_product(store, coat, "cost", "")
    catalogue_typed.type_product(store, coat, "stock", "+5")
    catalogue_typed.type_product(store, coat, "code", "C2")
    assert (sku(store, coat).list_price, sku(store, coat).cost, sku(store, coat).stock) == (59_900, None, 25)
    with pytest.raises(UserError, match="is not a price"):
        catalogue_typed.type_product(store, coat, "cost", "cheap")


def test_a_price_is_for_all_specs_but_a_stock_is_not(store, coat):
    catalogue.add_sku(store, coat, "M", stock=1)
    catalogue_typed.type_product(store, coat, "live_price", "369")
    assert {sku.live_price for sku in queries.product(store, coat).skus} == {36_900}
    with pytest.raises(Refused, match="2 specs"):
        catalogue_typed.type_product(store, coat, "stock", "3")


def test_the_same_spec_twice_is_refused(store, coat):
    catalogue.add_sku(store, coat, "M")
    with pytest.raises(Refused, match="already"):
        catalogue.add_sku(store, coat, " M ")


def test_a_spec_is_not_edited_into_another_of_its_product(store, coat):
    red = catalogue.add_sku(store, coat, "red", stock=3)
    blue = catalogue.add_sku(store, coat, "blue", stock=5)
    with pytest.raises(Refused, match="Coat has this spec already"):
        catalogue.edit_sku(store, blue, spec=" red ")
    catalogue.edit_sku(store, blue, spec="blue", stock=4)  # its own it may keep
    assert [(each.spec, each.stock) for each in queries.product(store, coat).skus[1:]] == [("red", 3), ("blue", 4)]
    assert queries.sku(store, red).spec == "red"


def test_the_last_spec_stays(store, coat):
    second = catalogue.add_sku(store, coat, "M")
    catalogue.remove_sku(store, second)
    with pytest.raises(Refused):
        catalogue.remove_sku(store, sku(store, coat).id)


def test_a_product_in_tonights_queue_cannot_be_removed_until_the_session_has_ended(store, coat):
    session = show.create_session(store, "Tonight")
    queue.add_products(store, session, [coat])
    with pytest.raises(Refused, match="Tonight"):
        catalogue.remove_products(store, [coat])
    show.go_live(store, session)
    show.end_show(store, session)
    catalogue.remove_products(store, [coat])
    assert queries.products(store) == []
    journal.undo(store)
    assert sku(store, coat).stock == 20


def test_the_record_of_removing_follows_the_language(store, coat):
    other = catalogue.add_product(store, "Braces {x}")
    catalogue.remove_products(store, [coat, other])
    assert journal.entries(store, 1)[0].label == "Remove 2 products"
    journal.undo(store)
    catalogue.remove_products(store, [other])
    label, args = store.rows("SELECT label, args FROM journal ORDER BY id DESC LIMIT 1")[0]
    assert label == "Remove {title}"
    assert "products" not in args
    assert journal.entries(store, 1)[0].label == "Remove Braces {x}"
