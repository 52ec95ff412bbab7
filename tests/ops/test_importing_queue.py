"""A list into tonight's queue: products found or made, twice the same, one undo."""

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import catalogue, importing, show
from liveshop_desk.ops.importing import LineState
from liveshop_desk.sheets.queue import QueueRow
from liveshop_desk.sheets.report import Reading, Refusal
from liveshop_desk.store import journal, queries

from .test_importing_products import dump


@pytest.fixture
def tonight(store):
    return show.create_session(store, "Tonight", platforms=("douyin", "taobao"))


@pytest.fixture
def coat(store):
    return catalogue.add_product(store, "Coat", code="Y9981", live_price=39_900, stock=20)


def reading(*records):
    return Reading("own", "", list(enumerate(records, 2)), [], len(records), 0, [], "排品表.xlsx")


def take(store, session, *records):
    plan = importing.plan_queue(store, session, reading(*records))
    importing.apply(store, plan)
    return plan


def queue(store, session):
    return [
        (row.segment.title, row.segment.kind, row.product.id if row.product else None)
        for row in queries.queue(store, session)
    ]


def test_products_are_found_by_code_then_by_exact_title(store, tonight, coat):
    take(store, tonight, QueueRow(Kind.PITCH, "长款", product_code="Y9981"), QueueRow(Kind.PITCH, "Coat"))
    assert queue(store, tonight) == [("Coat", Kind.PITCH, coat), ("Coat", Kind.PITCH, coat)]


def test_a_pitch_has_its_products_role_and_offer_as_one_added_from_the_catalogue(store, tonight, coat):
    catalogue.edit_product(store, coat, role="hit", offer="two for ¥699")
    take(store, tonight, QueueRow(Kind.PITCH, "Coat"), QueueRow(Kind.PITCH, "Coat", role=Role.NEW))
    rows = queries.segments(store, tonight)
    assert [(row.role, row.offer) for row in rows] == [("hit", "two for ¥699"), ("new", "two for ¥699")]


def test_cost_and_lowest_price_of_a_running_order_reach_the_product(store, tonight, coat):
    known = QueueRow(Kind.PITCH, "Coat", floor_price=38_000, cost=20_000)
    plan = take(store, tonight, known, QueueRow(Kind.PITCH, "Vest", live_price=5_900, floor_price=5_500))
    assert plan.lines[0].detail.startswith("7-day lowest price — → ¥380, cost — → ¥200")
    held, new = (product.skus[0] for product in queries.products(store))
    assert (held.floor_price, held.cost, held.live_price) == (38_000, 20_000, 39_900)
    assert (new.floor_price, new.cost) == (5_500, None)
    store_after = dump(store)
    plan = importing.plan_queue(store, tonight, reading(known))
    assert plan.counts() == (0, 0, 1, 0)
    assert dump(store) == store_after


def test_a_code_may_be_that_of_a_sku(store, tonight, coat):
    catalogue.edit_sku(store, queries.product(store, coat).skus[0].id, code="Y9981-L")
    take(store, tonight, QueueRow(Kind.PITCH, "?", sku_code="Y9981-L"))
    assert queue(store, tonight) == [("Coat", Kind.PITCH, coat)]


def test_an_unknown_product_with_a_price_is_made(store, tonight):
    plan = take(store, tonight, QueueRow(Kind.PITCH, "围巾", product_code="S207", live_price=12_900, stock=300))
    assert plan.lines[0].state is LineState.NEW
    [product] = queries.products(store)
    assert (product.title, product.code, product.skus[0].live_price, product.stock) == ("围巾", "S207", 12_900, 300)


def test_an_unknown_code_without_a_price_is_refused(store, tonight):
    plan = take(store, tonight, QueueRow(Kind.PITCH, "?", product_code="S999"))
    assert [refusal.column for refusal in plan.refused] == ["code"]
    assert "S999 is not in the catalogue" in plan.refused[0].why
    assert queue(store, tonight) == []


def test_a_name_alone_is_a_segment_without_product(store, tonight):
    plan = take(store, tonight, QueueRow(Kind.PITCH, "Something"), QueueRow(Kind.OPENING, "开场", planned_seconds=300))
    assert queue(store, tonight) == [("Something", Kind.PITCH, None), ("开场", Kind.OPENING, None)]
    assert "not in the catalogue" in plan.lines[0].detail


def test_the_same_list_twice_changes_nothing_and_a_new_length_does(store, tonight, coat):
    rows = [
        QueueRow(Kind.OPENING, "开场", planned_seconds=120),
        QueueRow(Kind.PITCH, "Coat", live_price=36_900, offer="gift", link_no="3", script="Look at {直播价}"),
        QueueRow(Kind.PITCH, "Coat", returning=True),
    ]
    assert take(store, tonight, *rows).counts() == (3, 0, 0, 0)
    held = dump(store)
    assert take(store, tonight, *rows).counts() == (0, 0, 3, 0)
    assert dump(store) == held
    plan = take(store, tonight, QueueRow(Kind.OPENING, "开场", planned_seconds=180))
    assert plan.counts() == (0, 1, 0, 0)
    assert queries.segments(store, tonight)[0].planned_seconds == 180


def test_price_stock_link_and_script_come_along_and_one_undo_takes_all_back(store, tonight, coat):
    before = dump(store)
    row = QueueRow(Kind.PITCH, "Coat", live_price=36_900, stock=18, link_no="7", script="Look", planned_seconds=480)
    plan = take(store, tonight, row, QueueRow(Kind.PITCH, "Scarf", live_price=9_900))
    assert "live price ¥399 → ¥369, stock 20 → 18" in plan.lines[0].detail
    [shown, scarf] = queries.queue(store, tonight)
    assert shown.product.skus[0].live_price == 36_900
    assert {(link.platform, link.link_no) for link in shown.links} == {("douyin", "7"), ("taobao", "7")}
    assert shown.script == "Look"
    assert scarf.product.title == "Scarf"
    journal.undo(store)
    assert dump(store) == before


def test_spec_rows_under_a_product_are_one_segment(store, tonight):
    rows = [
        QueueRow(Kind.PITCH, "Coat", product_code="C", spec=size, live_price=100, stock=n)
        for n, size in enumerate("SML", 1)
    ]
    take(store, tonight, *rows)
    assert len(queries.segments(store, tonight)) == 1
    assert [(sku.spec, sku.stock) for sku in queries.products(store)[0].skus] == [("S", 1), ("M", 2), ("L", 3)]
    assert take(store, tonight, *rows).counts() == (0, 0, 3, 0)


def test_a_flash_sales_price_is_the_offers_not_the_products(store, tonight, coat):
    take(store, tonight, QueueRow(Kind.PITCH, "Coat"), QueueRow(Kind.FLASH_SALE, "Coat", live_price=29_900))
    assert queries.product(store, coat).skus[0].live_price == 39_900
    assert queries.segments(store, tonight)[1].offer == "¥299"


def test_a_flash_sale_keeps_its_pieces_and_its_products_role(store, tonight, coat):
    catalogue.edit_product(store, coat, role="hit")
    plan = take(store, tonight, QueueRow(Kind.FLASH_SALE, "Coat", live_price=29_900, stock=100))
    [sale] = queries.segments(store, tonight)
    assert (sale.offer, sale.role) == ("¥299 × 100", "hit")
    assert "¥299 × 100" in plan.lines[0].detail
    assert queries.product(store, coat).stock == 20


def test_a_price_for_a_specs_code_says_which_spec_it_is_for(store, tonight, coat):
    catalogue.add_sku(store, coat, "L", code="Y9981-L", live_price=39_900)
    catalogue.edit_sku(store, queries.product(store, coat).skus[0].id, spec="M", code="Y9981-M")
    plan = take(store, tonight, QueueRow(Kind.PITCH, "?", sku_code="Y9981-L", live_price=36_900))
    assert plan.lines[0].detail.startswith("L, live price ¥399 → ¥369")
    assert [sku.live_price for sku in queries.product(store, coat).skus] == [39_900, 36_900]


def test_two_prices_for_one_product_contradict(store, tonight, coat):
    plan = take(
        store, tonight, QueueRow(Kind.PITCH, "Coat", live_price=100), QueueRow(Kind.PITCH, "Coat", live_price=200)
    )
    assert plan.counts() == (1, 0, 0, 1)
    assert plan.refused[0].why == "row 2 of this file says ¥1, this row ¥2"


def test_lengths_come_from_the_starts_where_they_are_not_told(store, tonight):
    rows = [
        QueueRow(Kind.OPENING, "A", starts_at=86_100),
        QueueRow(Kind.QA, "B", starts_at=60),
        QueueRow(Kind.CLOSING, "C"),
    ]
    take(store, tonight, *rows)
    assert [segment.planned_seconds for segment in queries.segments(store, tonight)] == [360, 300, 300]


def test_an_impossible_length_is_refused(store, tonight):
    plan = take(store, tonight, QueueRow(Kind.OPENING, "A", planned_seconds=0))
    assert plan.refused[0].column == "pitch length"


def test_a_code_alone_makes_no_product(store, tonight):
    row = QueueRow(Kind.PITCH, "S999", product_code="S999", live_price=9_900, untitled=True)
    plan = take(store, tonight, row)
    assert (plan.refused[0].column, plan.refused[0].title) == ("product name", "S999")
    assert "no name" in plan.refused[0].why
    assert queries.products(store) == []


def test_a_row_the_reader_refused_shows_its_name(store, tonight):
    refused = [Refusal(3, "直播价", "“无价” is not a number", "羊毛围巾")]
    plan = importing.plan_queue(store, tonight, Reading("own", "", [], refused, 1, 0, []))
    assert [(line.title, line.state) for line in plan.lines] == [("羊毛围巾", LineState.REFUSED)]


def test_a_row_that_names_no_spec_prices_all_and_leaves_the_stock(store, tonight, coat):
    first = queries.product(store, coat).skus[0]
    catalogue.edit_sku(store, first.id, code="Y9981", spec="S")
    catalogue.add_sku(store, coat, spec="M", live_price=45_900, stock=7)
    plan = take(store, tonight, QueueRow(Kind.PITCH, "Coat", sku_code="Y9981", live_price=36_900, stock=50))
    assert [(sku.live_price, sku.stock) for sku in queries.product(store, coat).skus] == [(36_900, 20), (36_900, 7)]
    assert "the price is for all 2 specs" in plan.lines[0].detail
    assert "stock 50 is left out" in plan.lines[0].detail


def test_an_ended_sessions_queue_is_a_record(store, tonight):
    show.go_live(store, tonight)
    show.end_show(store, tonight)
    with pytest.raises(Refused, match="has ended"):
        importing.plan_queue(store, tonight, reading(QueueRow(Kind.OPENING, "A")))
