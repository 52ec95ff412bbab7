"""Price, stock and length as a hurried hand types them."""

import pytest

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import catalogue_typed, queue, shelf, show
from liveshop_desk.store import journal, queries


@pytest.fixture
def coat(store):
    with store.step("Sample") as step:
        step.insert("products", {"id": "coat", "title": "Coat", "role": "regular", "rank": 1})
        for n, spec in enumerate(("S", "M"), 1):
            row = {"id": f"coat-{n}", "product_id": "coat", "spec": spec, "rank": n}
            step.insert("skus", row | {"live_price": 39_900, "stock": 20, "cost": 20_000})
    return "coat-1"


@pytest.mark.parametrize("text", ["369", "369.00", "¥369", "￥ 369.0", "３６９"])
def test_a_price_is_taken_however_it_is_written(store, coat, text):
    shelf.type_price(store, [coat], text)
    assert queries.sku(store, coat).live_price == 36_900


def test_the_record_names_the_variant_whose_price_changed(store, coat):
    shelf.type_price(store, [coat], "369")
    assert journal.undo_target(store).label == "Coat S price ¥399 → ¥369"


@pytest.mark.parametrize("text", ["", "abc", "3 6 x", "-5", "0"])
def test_what_is_no_price_changes_nothing_and_says_so(store, coat, text):
    with pytest.raises(UserError, match="price is unchanged"):
        shelf.type_price(store, [coat], text)
    assert queries.sku(store, coat).live_price == 39_900


@pytest.mark.parametrize(
    ("text", "stock"), [("18", 18), ("+50", 70), ("-3", 17), ("−3", 17), ("＋５", 25), ("1,200", 1200)]
)
def test_stock_is_set_or_moved_by_a_difference(store, coat, text, stock):
    shelf.type_stock(store, coat, text)
    assert queries.sku(store, coat).stock == stock


@pytest.mark.parametrize("text", ["", "+", "1_0", "1.5", "+-3", "9" * 40, "-21"])
def test_what_is_no_stock_changes_nothing_and_says_so(store, coat, text):
    with pytest.raises(UserError, match="stock is unchanged"):
        shelf.type_stock(store, coat, text)
    assert queries.sku(store, coat).stock == 20


def test_typed_edits_meet_the_guards(store, coat):
    with pytest.raises(NeedsConfirm):
        shelf.type_price(store, [coat], "150")
    with pytest.raises(NeedsConfirm):
        shelf.type_stock(store, coat, "-20")
    shelf.type_stock(store, coat, "-20", confirmed=True)
    assert queries.sku(store, coat).stock == 0


@pytest.mark.parametrize(
    ("text", "seconds"), [("8", 480), ("8:30", 510), ("1:00:00", 3600), ("90", 5400), ("8分", 480), ("0：45", 45)]
)
def test_a_length_is_minutes_or_minutes_and_seconds(store, text, seconds):
    session = show.create_session(store, "Tonight")
    segment = queue.add_segment(store, session, Kind.OPENING, "Opening")
    queue.type_length(store, session, segment, text)
    assert queries.segments(store, session)[0].planned_seconds == seconds


@pytest.mark.parametrize("text", ["", "x", "0", "8:99", "-4", "1:2:3:4"])
def test_what_is_no_length_changes_nothing(store, text):
    session = show.create_session(store, "Tonight")
    segment = queue.add_segment(store, session, Kind.OPENING, "Opening")
    with pytest.raises(UserError, match="length is unchanged"):
        queue.type_length(store, session, segment, text)
    assert queries.segments(store, session)[0].planned_seconds == 300


def test_a_difference_from_an_unknown_stock_is_refused_it_is_no_zero(store, coat):
    with store.step("nobody counts it") as step:
        step.update("skus", coat, stock=None)
    with pytest.raises(Refused, match="not known"):
        shelf.type_stock(store, coat, "+50")
    assert queries.sku(store, coat).stock is None
    shelf.type_stock(store, coat, "50")
    assert queries.sku(store, coat).stock == 50


@pytest.mark.parametrize("field", ["live_price", "list_price", "floor_price", "cost"])
def test_a_typed_price_is_never_rounded(store, coat, field):
    catalogue_typed.type_sku(store, coat, field, "400.10")
    before = getattr(queries.sku(store, coat), field)
    with pytest.raises(UserError, match="has more than two decimals"):
        catalogue_typed.type_sku(store, coat, field, "489.999", confirmed=True)
    assert getattr(queries.sku(store, coat), field) == before == 40_010
    catalogue_typed.type_sku(store, coat, field, "489.900", confirmed=True)
    assert getattr(queries.sku(store, coat), field) == 48_990
