"""A pasted list at the queue's end: rows are added, what is there stays, nothing is invented."""

import pytest

from liveshop_desk.model.session import Kind
from liveshop_desk.ops import catalogue, importing, show
from liveshop_desk.ops import queue as queue_ops
from liveshop_desk.ops.importing import LineState
from liveshop_desk.store import journal, queries

from .test_importing_products import dump


@pytest.fixture
def tonight(store):
    return show.create_session(store, "Tonight", platforms=("douyin",))


@pytest.fixture
def coat(store):
    return catalogue.add_product(store, "Coat", code="Y9981", live_price=39_900, stock=20)


def shown(store, session):
    return [
        (row.segment.title, row.product.id if row.product else None, row.segment.planned_seconds)
        for row in queries.queue(store, session)
    ]


def test_every_line_is_a_new_segment_and_the_product_stays_as_it_is(store, tonight, coat):
    queue_ops.add_products(store, tonight, [coat])
    before = shown(store, tonight)
    plan = importing.paste(store, tonight, "Y9981 12分钟\nCoat 返场 5\n问答 5\ny9981 8")
    assert plan.added == 4
    assert shown(store, tonight) == [
        *before,
        ("Coat", coat, 720),
        ("Coat", coat, 300),
        ("问答", None, 300),
        ("Coat", coat, 480),
    ]
    assert [product.title for product in queries.products(store)] == ["Coat"]
    assert (queries.product(store, coat).skus[0].live_price, queries.product(store, coat).stock) == (39_900, 20)
    assert "once more in this queue" in plan.lines[0].detail
    assert queries.segments(store, tonight)[3].kind is Kind.QA


def test_a_price_and_a_stock_are_set_where_they_are_told_and_the_preview_says_so(store, tonight, coat):
    plan = importing.paste(store, tonight, "Coat Y9981 ¥369 18件 8")
    assert "live price ¥399 → ¥369, stock 20 → 18" in plan.lines[0].detail
    product = queries.product(store, coat)
    assert (product.skus[0].live_price, product.stock) == (36_900, 18)


def test_a_bare_price_is_shown_in_the_preview_and_a_name_that_ends_so_stays_a_name(store, tonight, coat):
    plan = importing.plan_pasted(store, tonight, "Dainty Gold Necklace 59.99 5min\nCoat 59.99")
    assert "live price ¥59.99" in plan.lines[0].detail
    assert "live price ¥399 → ¥59.99" in plan.lines[1].detail
    catalogue.add_product(store, "Coat 59.99", code="C5999", live_price=100)
    (line,) = importing.plan_pasted(store, tonight, "Coat 59.99").lines
    assert (line.title, "price" in line.detail) == ("Coat 59.99", False)


@pytest.mark.parametrize(
    ("line", "price", "stock"),
    [
        ("羊毛围巾 199 8min", 19_900, None),
        ("羊毛围巾 199 8分钟", 19_900, None),
        ("羊毛围巾 S207 199 8 min", 19_900, None),
        ("S207 199 8min", 19_900, None),
        ("羊毛围巾 199 30件 8min", 19_900, 30),
        ("羊毛围巾 199 30件", 19_900, 30),
    ],
)
def test_a_whole_number_before_the_minutes_is_the_price_of_what_the_rest_names(store, tonight, line, price, stock):
    scarf = catalogue.add_product(store, "羊毛围巾", code="S207", live_price=25_900)
    (planned,) = importing.paste(store, tonight, line).lines
    assert "live price ¥259 → ¥199" in planned.detail
    product = queries.product(store, scarf)
    assert (product.skus[0].live_price, product.stock) == (price, stock)
    assert shown(store, tonight)[0][1] == scarf


@pytest.mark.parametrize(
    "line", ["iPhone 15 8min", "iPhone 15 Pro 256 8min", "Levis 501 8min", "羊毛大衣 2024 8分钟", "神仙水 230 8min"]
)
def test_a_number_that_may_be_the_names_stays_the_names_and_the_preview_says_so(store, tonight, line):
    for title, price in (("iPhone", 499_900), ("羊毛大衣", 39_900)):
        catalogue.add_product(store, title, live_price=price)
    (planned,) = importing.paste(store, tonight, line).lines
    number = line.split()[-2]
    assert planned.title == line.rsplit(" ", 1)[0]
    assert "without product" in planned.detail
    assert f"“{number}” is not taken for a price: write ¥ before one" in planned.detail
    assert len(queries.products(store)) == 2


def test_a_product_called_by_the_number_too_is_that_product(store, tonight):
    plain, fifteen = (catalogue.add_product(store, title, live_price=1_800) for title in ("iPhone", "iPhone 15"))
    (planned,) = importing.paste(store, tonight, "iPhone 15 8min").lines
    assert "price" not in planned.detail
    assert shown(store, tonight)[0][1] == fifteen
    assert queries.product(store, plain).skus[0].live_price == 1_800


def test_a_line_with_a_price_of_one_decimal_makes_the_product_at_that_price(store, tonight):
    plan = importing.paste(store, tonight, "羽绒服 39.9 4 min\n羊绒衫 $59.99")
    assert [line.title for line in plan.lines] == ["羽绒服", "羊绒衫"]
    assert "new product, live price ¥39.90" in plan.lines[0].detail
    assert [(product.title, product.skus[0].live_price) for product in queries.products(store)] == [
        ("羽绒服", 3_990),
        ("羊绒衫", 5_999),
    ]
    assert shown(store, tonight)[0][2] == 240


def test_a_product_is_made_only_with_a_price_and_says_so(store, tonight, coat):
    plan = importing.paste(store, tonight, "测试商品250 T250 ¥99 8\n测试商品251 T251\n围巾 5")
    assert "new product" in plan.lines[0].detail
    assert "live price ¥99" in plan.lines[0].detail
    assert "without product" in plan.lines[1].detail
    made = [product for product in queries.products(store) if product.id != coat]
    assert [(product.title, product.code, product.skus[0].live_price) for product in made] == [
        ("测试商品250", "T250", 9_900)
    ]
    assert [row[0] for row in shown(store, tonight)] == ["测试商品250", "测试商品251", "围巾"]


def test_lines_that_cannot_be_are_refused_and_named(store, tonight, coat):
    catalogue.add_product(store, "Twin", code="T1", live_price=100)
    catalogue.add_product(store, "Twin", code="T2", live_price=100)
    plan = importing.plan_pasted(store, tonight, "Coat 369\nY555\nY556 ¥59\n围巾 30件\nTwin ¥5\nCoat 8\nT2 8")
    assert [(line.row, line.title) for line in plan.lines if line.state is LineState.REFUSED] == [
        (1, "Coat 369"),
        (2, "Y555"),
        (3, "Y556"),
        (4, "围巾"),
        (5, "Twin"),
    ]
    assert plan.added == 2


def test_a_number_at_the_end_of_a_products_name_is_no_length(store, tonight):
    phone = catalogue.add_product(store, "iPhone 15", live_price=500_000)
    importing.paste(store, tonight, "iPhone 15\niPhone 15 8\niPhone 15 ¥4999\niPhone 15 6999")
    assert [(product, seconds) for _title, product, seconds in shown(store, tonight)] == [
        (phone, 300),
        (phone, 480),
        (phone, 300),
    ]


def test_a_number_a_products_name_begins_with_is_no_list_number(store, tonight, coat):
    seven = catalogue.add_product(store, "7 Chakra Bracelet", live_price=4_299)
    plan = importing.paste(store, tonight, "7 Chakra Bracelet 8min\n8 Coat 5min\n9 Chakra Bracelet")
    assert shown(store, tonight)[:2] == [("7 Chakra Bracelet", seven, 480), ("Coat", coat, 300)]
    assert shown(store, tonight)[2][:2] == ("Chakra Bracelet", None)
    assert "not in the catalogue" not in plan.lines[0].detail


@pytest.mark.parametrize(
    "line", ["2 7 Chakra Bracelet ¥39.9 6分钟", "2. 7 Chakra Bracelet ¥39.9 6", "2\t7 Chakra Bracelet\t39.9"]
)
def test_a_list_number_stands_before_a_name_that_begins_with_one(store, tonight, coat, line):
    seven = catalogue.add_product(store, "7 Chakra Bracelet", live_price=4_299)
    plan = importing.paste(store, tonight, f"1 开场 5分钟\n{line}\n3 Coat")
    assert [row[:2] for row in shown(store, tonight)] == [("开场", None), ("7 Chakra Bracelet", seven), ("Coat", coat)]
    assert queries.product(store, seven).skus[0].live_price == 3_990
    assert not plan.refused


def test_a_line_with_a_skus_code_prices_that_spec(store, tonight, coat):
    catalogue.edit_sku(store, queries.product(store, coat).skus[0].id, code="Y9981-S", spec="S")
    catalogue.add_sku(store, coat, code="Y9981-M", spec="M", live_price=45_900, stock=7)
    plan = importing.paste(store, tonight, "Y9981-M ¥429 5件\nY9981-S 5")
    assert plan.added == 2
    assert [(sku.live_price, sku.stock) for sku in queries.product(store, coat).skus] == [(39_900, 20), (42_900, 5)]


def test_a_table_from_a_sheet_is_taken_by_its_columns(store, tonight, coat):
    importing.paste(store, tonight, "开场\nCoat\t369\t18\nScarf\t99")
    assert [row[0] for row in shown(store, tonight)] == ["开场", "Coat", "Scarf"]
    assert queries.product(store, coat).stock == 18


def test_the_record_names_the_paste_and_one_undo_takes_it_back(store, tonight, coat):
    before = dump(store)
    importing.paste(store, tonight, "Y9981 ¥369 8\n福袋 5")
    assert journal.undo(store).label == "Paste a list of 2 segments"
    assert dump(store) == before


def test_the_record_counts_one_segment_as_one(store, tonight):
    importing.paste(store, tonight, "福袋 5")
    assert journal.undo(store).label == "Paste a list of one segment"


def test_a_list_with_nothing_usable_leaves_no_trace(store, tonight):
    seen = store.newest_step()
    assert importing.paste(store, tonight, "大衣 369").added == 0
    assert store.newest_step() == seen


def test_a_product_is_found_by_its_title_without_the_code_in_it(store, tonight):
    down = catalogue.add_product(store, "长款鹅绒羽绒服 Y9981（新色）", code="Y9981", live_price=39_900)
    importing.paste(store, tonight, "长款鹅绒羽绒服 返场 5")
    assert [(product, seconds) for _title, product, seconds in shown(store, tonight)] == [(down, 300)]
    catalogue.add_product(store, "长款 鹅绒羽绒服 Y9982", code="Y9982", live_price=39_900)
    plan = importing.plan_pasted(store, tonight, "长款鹅绒羽绒服 8")
    assert "several products" in plan.refused[0].why


def test_a_short_list_reads_only_what_it_names_and_finds_the_same(store, tonight):
    from liveshop_desk.ops.importing_catalogue import Shelf

    for n in range(40):
        catalogue.add_product(store, f"Dress 【{n}】 Rose", code=f"D{n}", live_price=100 + n, stock=n)
    for n in range(2):
        catalogue.add_product(store, f"Hat [{n}]", live_price=100 + n)
    text = "D3 ¥9.9\nDress 【7】 Rose 5\nHat 5min\nd8 5\nScarf ¥59 5min\nScarf 3min"
    named = importing.plan_pasted(store, tonight, text)
    assert [line.state for line in named.lines if line.row != 3] == [LineState.NEW] * 5
    assert [refusal.why for refusal in named.refused] == ["several products are called “Hat”: write the code"]
    importing.paste(store, tonight, text)
    queue = queries.queue(store, tonight)
    found = [row.product.code if row.product else None for row in queue]
    assert found == ["D3", "D7", "D8", "", ""]
    scarf = queries.products(store)[-1]
    assert (scarf.title, [row.product.id for row in queue[3:]]) == ("Scarf", [scarf.id] * 2)
    shelf = Shelf(store, ["D3"])
    assert [product["title"] for product in shelf.products.values()] == ["Dress 【3】 Rose"]
    assert [product["code"] for product in shelf.called("scarf")] == [""]
    assert [len(shelf.skus(product)) for product in shelf.called("Hat")] == [1, 1]
