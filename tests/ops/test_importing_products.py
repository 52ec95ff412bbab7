"""Products of a file into the catalogue: who is who, twice the same, contradictions, one undo for the batch."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.ops import catalogue, importing, shelf, show
from liveshop_desk.ops.importing import LineState
from liveshop_desk.sheets.products import ProductRow, read_products
from liveshop_desk.sheets.report import Reading, Refusal
from liveshop_desk.store import journal, queries


def reading(*records, refused=()):
    """Rows from 2 on, as under a header."""
    rows = list(enumerate(records, 2))
    return Reading("own", "Sheet1", rows, list(refused), len(rows) + len(refused), 0, [], "list.xlsx")


def dump(store):
    """Every row of every table an import may touch."""
    tables = ("products", "skus", "sessions", "figures", "segments", "scripts", "shelf_links", "rollups")
    return {table: [tuple(row) for row in store.rows(f"SELECT * FROM {table}")] for table in tables}


def take(store, *records):
    plan = importing.plan_products(store, reading(*records))
    importing.apply(store, plan)
    return plan


COAT = ProductRow("P1", title="Coat", product_code="Y9981", live_price=39_900, stock=20)


def test_a_new_product_lands_with_its_only_sku(store):
    plan = take(store, COAT)
    assert plan.counts() == (1, 0, 0, 0)
    [product] = queries.products(store)
    assert (product.title, product.code, product.skus[0].live_price, product.stock) == ("Coat", "Y9981", 39_900, 20)


def test_a_price_list_of_skus_by_their_codes_prices_them(store, tmp_path):
    take(store, ProductRow("P1", title="Coat", spec="M", sku_code="Y9981-M", live_price=39_900, stock=20),
         ProductRow("P1", spec="L", sku_code="Y9981-L", live_price=39_900, stock=9))  # fmt: skip
    path = tmp_path / "prices.csv"
    path.write_text("商家编码,直播价\nY9981-L,379\nY9981-M,369\nY9999,1\n", encoding="utf-8")
    plan = importing.plan_products(store, read_products(path))
    assert [line.state for line in plan.lines] == [LineState.CHANGED, LineState.CHANGED, LineState.REFUSED]
    assert plan.lines[2].detail == "a new product needs a name"
    importing.apply(store, plan)
    [product] = queries.products(store)
    assert {sku.code: sku.live_price for sku in product.skus} == {"Y9981-M": 36_900, "Y9981-L": 37_900}
    assert product.code == ""


BOOTS = (
    "商品名称,规格,商家编码,直播价,库存\n雪地靴,黑色;36码,X-B-36,129.9,5\n"
    "雪地靴,黑色;37码,X-B-37,129.9,7\n袜子,,S-1,9.9,3\n"
)


def test_one_name_with_a_code_and_a_spec_on_every_line_is_one_product(store, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(BOOTS, encoding="utf-8")
    importing.apply(store, importing.plan_products(store, read_products(path)))
    boots, socks = queries.products(store)
    assert [(sku.spec, sku.code, sku.stock) for sku in boots.skus] == [
        ("黑色;36码", "X-B-36", 5), ("黑色;37码", "X-B-37", 7)]  # fmt: skip
    assert (boots.title, boots.code, socks.code) == ("雪地靴", "", "S-1")
    assert importing.plan_products(store, read_products(path)).empty
    path.write_text(BOOTS.replace("X-B-37,129.9", "X-B-37,119.9"), encoding="utf-8")
    importing.apply(store, importing.plan_products(store, read_products(path)))
    assert [sku.live_price for sku in queries.products(store)[0].skus] == [12_990, 11_990]


@pytest.mark.parametrize(
    "text",
    [
        BOOTS.replace("商家编码", "款号"),  # the header says that it is the product's
        BOOTS.replace("黑色;37码", "黑色;36码"),  # two lines of the same spec are two products
        BOOTS.replace("雪地靴,黑色;37码", "雪地靴,"),
    ],
)
def test_codes_of_products_that_share_a_name_stay_products(store, tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    importing.apply(store, importing.plan_products(store, read_products(path)))
    assert [product.code for product in queries.products(store)] == ["X-B-36", "X-B-37", "S-1"]


def test_codes_the_catalogue_knows_as_products_go_on_naming_them(store, tmp_path):
    take(store, ProductRow("X-B-36", title="雪地靴", product_code="X-B-36", spec="黑色;36码", live_price=12_900))
    path = tmp_path / "own.csv"
    path.write_text(BOOTS, encoding="utf-8")
    importing.apply(store, importing.plan_products(store, read_products(path)))
    assert [product.code for product in queries.products(store)] == ["X-B-36", "X-B-37", "S-1"]


def test_the_lowest_price_of_seven_days_is_shown_before_and_guarded_after(store):
    plan = take(store, replace(COAT, floor_price=38_000))
    assert plan.lines[0].detail == "live price ¥399, 7-day lowest price ¥380, stock 20"
    again = take(store, replace(COAT, floor_price=36_000))
    assert again.lines[0].detail == "7-day lowest price ¥380 → ¥360"
    sku = queries.products(store)[0].skus[0]
    assert sku.floor_price == 36_000
    with pytest.raises(NeedsConfirm, match="above the 7-day lowest price ¥360"):
        shelf.set_price(store, [sku.id], 36_900)
    assert take(store, COAT).empty  # a file that does not say it leaves it


def test_a_lowest_price_of_nothing_is_no_deal_and_guards_nothing(store):
    take(store, replace(COAT, floor_price=0))
    shelf.set_price(store, [queries.products(store)[0].skus[0].id], 36_900)


def test_the_same_file_twice_changes_nothing(store):
    take(store, COAT)
    before, step = dump(store), store.newest_step()
    plan = take(store, COAT)
    assert plan.counts() == (0, 0, 1, 0)
    assert plan.empty
    assert dump(store) == before
    assert store.newest_step() == step  # nothing to undo either


def test_a_change_is_told_field_by_field(store):
    take(store, COAT)
    plan = take(store, ProductRow("P1", title="Coat", live_price=36_900, stock=18))
    assert plan.lines[0].state is LineState.CHANGED
    assert plan.lines[0].detail == "live price ¥399 → ¥369, stock 20 → 18"
    assert queries.products(store)[0].skus[0].live_price == 36_900


def test_what_the_file_does_not_say_is_kept(store):
    take(store, COAT)
    take(store, ProductRow("P1", live_price=36_900))
    [product] = queries.products(store)
    assert (product.title, product.code, product.stock) == ("Coat", "Y9981", 20)


def test_one_undo_takes_the_whole_batch_back(store):
    take(store, COAT)
    before = dump(store)
    take(
        store,
        ProductRow("P1", live_price=36_900),
        ProductRow("P2", title="Scarf", sku_key="red", spec="red"),
        ProductRow("P2", title="Scarf", sku_key="blue", spec="blue"),
    )
    after = dump(store)
    journal.undo(store)
    assert dump(store) == before
    journal.redo(store)
    assert dump(store) == after


def test_skus_of_one_product_are_told_apart(store):
    rows = [
        ProductRow("P2", title="Scarf", sku_key=key, spec=key, live_price=price)
        for key, price in (("S", 100), ("L", 200))
    ]
    take(store, *rows)
    [product] = queries.products(store)
    assert [(sku.spec, sku.live_price) for sku in product.skus] == [("S", 100), ("L", 200)]
    assert take(store, *reversed(rows)).counts() == (0, 0, 2, 0)


def test_a_product_typed_in_is_found_by_its_code(store):
    product_id = catalogue.add_product(store, "Coat by hand", code="Y9981", live_price=50_000)
    plan = take(store, COAT)
    assert plan.counts() == (0, 1, 0, 0)
    assert [product.id for product in queries.products(store)] == [product_id]
    assert take(store, COAT).counts() == (0, 0, 1, 0)


def test_a_product_of_a_nameless_key_is_found_by_its_title(store):
    catalogue.add_product(store, "围巾", live_price=9_900)
    plan = take(store, ProductRow("围巾", title="围巾", live_price=8_900))
    assert plan.counts() == (0, 1, 0, 0)


def test_two_products_of_one_file_with_the_same_code_stay_two(store):
    rows = (ProductRow("A", title="One", product_code="X"), ProductRow("B", title="Two", product_code="X"))
    assert take(store, *rows).added == 2
    assert take(store, *rows).counts() == (0, 0, 2, 0)
    assert [product.title for product in queries.products(store)] == ["One", "Two"]


def test_a_row_that_contradicts_an_earlier_one_is_refused(store):
    plan = take(
        store,
        ProductRow("P", title="Coat", sku_key="S", spec="S", live_price=100),
        ProductRow("P", title="Jacket", sku_key="L", spec="L", live_price=100),
    )
    assert plan.counts() == (1, 0, 0, 1)
    [refusal] = plan.refused
    assert (refusal.row, refusal.column) == (3, "product name")
    assert refusal.why == "row 2 of this file says Coat, this row Jacket"
    assert len(queries.products(store)[0].skus) == 1


def test_a_new_product_without_a_name_is_refused(store):
    plan = take(store, ProductRow("C1", product_code="C1", live_price=100))
    assert importing.report_json(plan) == {
        "read": 1,
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": [{"row": 2, "column": "product name", "why": "a new product needs a name"}],
    }


def test_a_price_for_a_product_of_several_specs_needs_the_spec(store):
    take(store, *(ProductRow("P", title="Scarf", sku_key=key, spec=key) for key in "SML"))
    plan = take(store, ProductRow("P", live_price=100))
    assert plan.counts() == (0, 0, 0, 1)
    assert "3 specs" in plan.refused[0].why


def test_the_readers_refusals_are_in_the_report(store):
    plan = importing.plan_products(store, reading(COAT, refused=[Refusal(9, "库存", "not a number")]))
    assert importing.report_json(plan)["read"] == 2
    assert importing.report_json(plan)["refused"] == [{"row": 9, "column": "库存", "why": "not a number"}]
    assert [line.row for line in plan.lines] == [2, 9]


def test_a_changed_price_reopens_the_platform_ticks(store):
    take(store, COAT)
    product = queries.products(store)[0]
    session = show.create_session(store, "Tonight", platforms=("douyin",))
    shelf.set_done(store, session, product.id, "douyin", True)
    take(store, ProductRow("P1", stock=19))
    assert product.id in {ticked for _link, ticked in queries.open_ticks(store)}
    take(store, ProductRow("P1", live_price=36_900))
    assert product.id not in {ticked for _link, ticked in queries.open_ticks(store)}


def test_a_plan_that_has_gone_stale_is_refused_and_nothing_is_written(store):
    take(store, COAT)
    plan = importing.plan_products(store, reading(ProductRow("P1", live_price=36_900)))
    shelf.set_price(store, [queries.products(store)[0].skus[0].id], 38_800)
    before = dump(store)
    with pytest.raises(Refused, match="changed since this preview"):
        importing.apply(store, plan)
    assert dump(store) == before


def test_a_plan_holds_where_something_else_has_changed(store):
    take(store, COAT)
    plan = importing.plan_products(store, reading(ProductRow("P1", live_price=36_900)))
    show.create_session(store, "Tonight")
    importing.apply(store, plan)
    assert queries.products(store)[0].skus[0].live_price == 36_900


def test_a_cancelled_import_leaves_nothing(store):
    plan = importing.plan_products(store, reading(*(ProductRow(f"P{n}", title=f"T{n}") for n in range(900))))
    before = dump(store)

    def stop(done, total):
        if done:
            raise UserError("stop")

    with pytest.raises(UserError):
        importing.apply(store, plan, stop)
    assert dump(store) == before


def test_ten_thousand_products_come_and_go_in_one_step(store):
    rows = [
        ProductRow(f"P{n}", title=f"T{n}", product_code=f"C{n}", live_price=100 + n, stock=n) for n in range(10_000)
    ]
    take(store, *rows)
    assert queries.product_count(store) == 10_000
    assert journal.undo(store).label == "Import products from list.xlsx"
    assert queries.product_count(store) == 0


def test_real_shopify_products(store, shared):
    read = read_products(shared / "data" / "real" / "shopify_products.csv")
    plan = importing.plan_products(store, read)
    empty = dump(store)
    importing.apply(store, plan)
    assert (plan.kind, plan.counts()) == ("shopify", (23, 0, 0, 0))
    assert importing.plan_products(store, read).counts() == (0, 0, 23, 0)
    journal.undo(store)
    assert dump(store) == empty


def test_sold_products_without_name_or_code_are_refused_with_the_columns(shared):
    with pytest.raises(UserError, match="columns are missing"):
        read_products(shared / "data" / "real" / "products_sold.xlsx")


texts = st.sampled_from(["", "A", "B", "羽绒服"])
records = st.builds(
    ProductRow,
    st.sampled_from(["K1", "K2", "A"]),
    title=st.none() | texts,
    product_code=st.none() | st.sampled_from(["C1", "C2"]),
    sku_key=st.none() | st.sampled_from(["s", "m"]),
    spec=st.none() | st.sampled_from(["S", "M"]),
    live_price=st.none() | st.integers(1, 3),
    stock=st.none() | st.integers(0, 2),
)


@settings(max_examples=60)
@given(st.lists(records, max_size=8))
def test_any_file_twice_changes_nothing_and_undo_restores(tmp_path_factory, rows):
    from liveshop_desk.model.clock import ManualClock
    from liveshop_desk.store.store import Store

    store = Store.open(tmp_path_factory.mktemp("shop") / "a.liveshop", ManualClock())
    try:
        empty = dump(store)
        plan = take(store, *rows)
        assert sum(plan.counts()) == plan.read == len(rows)
        held = dump(store)
        again = take(store, *rows)
        assert (again.added, again.changed) == (0, 0), list(again.lines)
        assert dump(store) == held
        if not plan.empty:
            journal.undo(store)
        assert dump(store) == empty
    finally:
        store.close()


def test_others_can_write_while_a_plan_is_made_anew(store):
    take(store, COAT)
    plan = importing.plan_products(store, reading(ProductRow("P2", title="Vest")))
    shelf.set_stock(store, queries.products(store)[0].skus[0].id, 7)  # the preview is old now
    inside = []

    def again(shop):
        inside.append(shop.db.conn.in_transaction)
        return plan.again(shop)

    importing.apply(store, replace(plan, again=again))
    assert inside == [False]
    assert [product.title for product in queries.products(store)] == ["Coat", "Vest"]


def test_rows_go_in_together(store):
    records = [ProductRow(f"P{n}", title=f"Coat {n}", live_price=100 + n) for n in range(50)]
    plan = importing.plan_products(store, reading(*records))
    importing.apply(store, plan)
    again = importing.plan_products(store, reading(*(replace(r, live_price=99) for r in records)))
    reads = []
    store.db.conn.set_trace_callback(lambda sql: reads.append(sql) if sql.startswith("SELECT id,") else None)
    importing.apply(store, again)
    store.db.conn.set_trace_callback(None)
    assert len(reads) == 1  # the rows to change are read together
    assert {sku.live_price for product in queries.products(store) for sku in product.skus} == {99}
    journal.undo(store)
    assert queries.products(store)[0].skus[0].live_price == 100
