"""Orders from a file: live ones are completed, new ones added, each once; figures exact; one undo takes it back."""

import pytest

from liveshop_desk.feeds.inbox import take_posted
from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.product import title_key
from liveshop_desk.model.record import Record
from liveshop_desk.ops import importing, show
from liveshop_desk.ops.importing import LineState
from liveshop_desk.ops.report import session_report
from liveshop_desk.sheets.orders import read_orders
from liveshop_desk.store import inflow, journal, queries
from liveshop_desk.store.alarm_log import usual_click_pay
from tests.ops.orders import DOUYIN, HOUR, START, douyin, evening, told
from tests.sheets.files import write_csv


@pytest.fixture
def plan(shop, tmp_path):
    def make(*rows, header=DOUYIN, **more):
        return importing.plan_orders(shop, read_orders(write_csv(tmp_path / "订单.csv", [header, *rows]), **more))

    return make


def value(shop, session, key):
    return session_report(shop, session).kpi(key).value


def basis(shop, session, key):
    report = session_report(shop, session)
    return report.basis(report.kpi(key))


def test_what_was_estimated_becomes_exact_and_nothing_counts_twice(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10), ("6900002", "Y2", 20))
    assert (value(shop, session, "gmv"), basis(shop, session, "gmv")) == (52_800, "estimated from the live price")
    made = plan(
        douyin("6900001", "Y1", "369.00", 10),
        douyin("6900002", "Y2", "129.00", 20),
        douyin("6900003", "Y3", "79.00", 30),
    )
    assert made.counts() == (1, 2, 0, 0)
    assert made.lines[0].detail.startswith("¥399.00 (estimated) → ¥369.00 · ")
    importing.apply(shop, made)
    report = session_report(shop, session)
    assert [report.kpi(key).value for key in ("gmv", "orders", "units", "aov_order")] == [
        57_700,
        3,
        3,
        pytest.approx(57_700 / 3),
    ]
    assert "estimated" not in report.basis(report.kpi("gmv"))
    assert {row.title: row.sold.gmv for row in report.goods} == {
        "鹅绒羽绒服": 36_900,
        "羊毛围巾": 12_900,
        "打底裤": 7_900,
    }
    assert sum(row.sold.estimated for row in report.goods) == 0


def test_the_same_file_twice_changes_nothing(shop, clock, plan):
    evening(shop, clock, ("6900001", "Y1", 10))
    rows = douyin("6900001", "Y1", "369.00", 10), douyin("6900003", "Y3", "79.00", 30, after="退款成功")
    importing.apply(shop, plan(*rows))
    steps = shop.newest_step()
    again = plan(*rows)
    assert (again.counts(), again.empty) == ((0, 0, 2, 0), True)
    importing.apply(shop, again)
    assert shop.newest_step() == steps


def test_one_undo_takes_it_back_and_redo_brings_it_again(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10))
    before = inflow.rollups(shop, session), inflow.carry(shop, session)
    importing.apply(shop, plan(douyin("6900001", "Y1", "369.00", 10), douyin("6900009", "Y2", "120.00", 40)))
    after = inflow.rollups(shop, session), inflow.carry(shop, session)
    assert journal.undo(shop).label == "Import orders from 订单.csv"
    assert (inflow.rollups(shop, session), inflow.carry(shop, session)) == before
    assert basis(shop, session, "gmv") == "estimated from the live price"
    journal.redo(shop)
    assert (inflow.rollups(shop, session), inflow.carry(shop, session)) == after
    assert value(shop, session, "gmv") == 48_900


def test_a_file_that_says_otherwise_later_corrects_it(shop, clock, plan):
    session = evening(shop, clock)
    for amount in ("369.00", "359.00", "369.00"):
        importing.apply(shop, plan(douyin("6900001", "Y1", amount, 10)))
    assert (value(shop, session, "gmv"), value(shop, session, "orders")) == (36_900, 1)


def test_stock_of_a_show_that_is_over_is_not_moved(shop, clock, plan):
    evening(shop, clock, ("6900001", "Y1", 10))
    held = queries.sku(shop, "s1").stock
    importing.apply(shop, plan(douyin("6900001", "Y1", "369.00", 10), douyin("6900003", "Y1", "369.00", 30)))
    assert queries.sku(shop, "s1").stock == held


def test_orders_of_no_session_and_unpaid_ones_are_counted_and_named(shop, clock, plan):
    session = evening(shop, clock)
    made = plan(
        douyin("6900001", "Y1", "369.00", 10),
        douyin("6900002", "Y1", "369.00", 150),
        douyin("6900003", "Y1", "369.00", 20, status="待付款", paid=False),
        douyin("6900004", "Y1", "369.00", 20, status="已关闭", paid=False),
    )
    assert importing.report_json(made) == {
        "read": 4, "added": 1, "changed": 0, "unchanged": 3, "refused": [], "elsewhere": 1, "unpaid": 2,
    }  # fmt: skip
    assert "1 order was paid when no session was on air: it is not counted." in made.notes
    assert "2 orders were never paid: they are not counted." in made.notes
    assert [line.state for line in made.lines] == [LineState.NEW, *[LineState.UNCHANGED] * 3]
    importing.apply(shop, made)
    assert value(shop, session, "orders") == 1


def test_the_edges_of_a_session_belong_to_it_and_a_file_may_touch_several(shop, clock, plan):
    first = evening(shop, clock)
    second = evening(shop, clock, at=START + 3 * HOUR)
    importing.apply(shop, plan(*(douyin(f"69{n}", "Y1", "10", minute) for n, minute in enumerate((0, 120, 121, 180)))))
    assert [value(shop, session, "orders") for session in (first, second)] == [2, 1]


def test_money_given_back_stays_in_gmv_and_is_a_refund_of_its_own(shop, clock, plan):
    session = evening(shop, clock)
    importing.apply(
        shop,
        plan(
            douyin("6900001", "Y1", "369.00", 10, status="已关闭", after="退款成功"),
            douyin("6900002", "Y2", "129.00", 20, status="已完成"),
        ),
    )
    assert [value(shop, session, key) for key in ("gmv", "orders", "refund_orders", "refund_amount")] == [
        49_800,
        2,
        1,
        36_900,
    ]
    [row] = [row for row in session_report(shop, session).goods if row.title == "鹅绒羽绒服"]
    assert (row.refunded.units, row.refunded.gmv) == (1, 36_900)


def test_one_row_of_two_items_completes_the_line_that_came_live(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10))
    row = douyin("6900001", "Y1;Y2", "428.00", 10, units="1;2")
    row[1], row[5], row[7] = "6900001a;6900001b", "345;346", "399.00;59.00"
    importing.apply(shop, plan(row))
    report = session_report(shop, session)
    assert [report.kpi(key).value for key in ("gmv", "orders", "units")] == [42_800, 1, 3]
    assert sum(row.sold.gmv or 0 for row in report.goods) == 42_800


def test_a_typed_total_stands_where_the_file_is_not_all(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + HOUR, "sample", "manual", "gmv", 1_000_000)])
    inlet.close()
    show.end_show(shop, session)
    importing.apply(shop, plan(douyin("6900001", "Y1", "369.00", 10)))
    assert value(shop, session, "gmv") == 1_000_000
    importing.apply(shop, plan(douyin("6900002", "Y1", "369.00", 90)))  # paid after it was typed
    assert value(shop, session, "gmv") == 1_036_900


def test_a_typed_round_total_gives_way_to_the_orders_that_explain_it(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + 2 * HOUR, "sample", "manual", "gmv", 100_000)])
    inlet.close()
    show.end_show(shop, session)
    importing.apply(shop, plan(douyin("6900001", "Y1", "500.00", 10), douyin("6900002", "Y1", "499.10", 50)))
    report = session_report(shop, session)
    assert (report.kpi("gmv").value, report.kpi("aov_order").value) == (99_910, 49_955)


def test_nothing_of_a_person_is_kept(shop, clock, plan, tmp_path):
    evening(shop, clock)
    header = [*DOUYIN, "买家ID"]
    importing.apply(
        shop,
        plan(
            [*douyin("6900001", "Y1", "369.00", 10), "buyer-77"],
            [*douyin("6900002", "Y1", "369.00", 11), "##abc"],
            header=header,
        ),
    )
    importing.apply(shop, plan([*douyin("6900003", "Y1", "x", 10), ""], header=header))
    shop.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    written = shop.path.read_bytes()
    for word in ("张三丰", "13812345678", "某路", "buyer-77", "##abc"):
        assert word.encode() not in written
    hashes = [row["viewer"] for row in shop.rows("SELECT viewer FROM events ORDER BY id")]
    assert [len(each or "") for each in hashes] == [16, 0]


def test_buyers_are_counted_where_the_file_names_the_buyer_of_every_order(shop, clock, plan):
    session = evening(shop, clock)
    header = [*DOUYIN, "买家ID"]
    rows = [[*douyin(f"690000{n}", "Y1", "100.00", n), f"buyer-{n % 2}"] for n in range(1, 4)]
    importing.apply(shop, plan(*rows, header=header))
    assert (value(shop, session, "buyers"), value(shop, session, "aov")) == (2, 15_000)
    assert basis(shop, session, "aov") == "per buyer"
    importing.apply(shop, plan([*douyin("6900009", "Y1", "100.00", 9), "##masked"], header=header))
    assert value(shop, session, "buyers") is None
    journal.undo(shop)
    assert value(shop, session, "buyers") == 2


def test_buyers_of_a_file_that_is_not_all_make_no_order_value_with_a_typed_gmv(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + HOUR, "sample", "manual", "gmv", 1_000_000)])
    inlet.close()
    show.end_show(shop, session)
    rows = [[*douyin(f"690000{n}", "Y1", "100.00", n), f"buyer-{n}"] for n in range(1, 4)]
    importing.apply(shop, plan(*rows, header=[*DOUYIN, "买家ID"]))
    assert value(shop, session, "gmv") == 1_000_000
    assert (value(shop, session, "aov"), value(shop, session, "buyers")) == (None, None)


def test_a_product_that_was_clicked_for_a_part_of_the_show_has_no_usual_rate(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + n * 60_000, "click", "oba", sku="Y1", count=5, id=f"c{n}") for n in range(10)])
    inlet.close()
    show.end_show(shop, session)
    assert usual_click_pay(shop, "another") == {"s1": 0}
    importing.apply(shop, plan(*(douyin(f"69000{n}", "Y1", "369.00", n) for n in range(10, 100))))
    assert usual_click_pay(shop, "another") == {}


def test_an_order_without_a_number_cannot_be_matched_and_this_is_said(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + 60_000, "order", "script", sku="Y1", amount=1_000)])
    inlet.close()
    show.end_show(shop, session)
    made = plan(douyin("6900001", "Y1", "369.00", 10, after="退款成功"))
    assert any("1 order came in live without a number" in note for note in made.notes)
    assert any("1 refund has no time in the file" in note for note in made.notes)
    importing.apply(shop, made)
    assert (value(shop, session, "gmv"), value(shop, session, "orders")) == (37_900, 2)


# -- a session on air ------------------------------------------------------------------------------------------


def fold(shop, session):
    """Take in what was left, as a desk that has the session open does."""
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.since = START
    take_posted(shop, inlet, queries.meta(shop, "salt") or "", 1000)
    inlet.close()
    return inlet


def test_a_show_on_air_gets_them_through_its_inbox_and_stock_moves_once(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10), end=False)
    stock = queries.sku(shop, "s1").stock
    made = plan(douyin("6900001", "Y1", "369.00", 10), douyin("6900002", "Y1", "700.00", 11, units="2"))
    assert any("undo takes them back from there" in note for note in made.notes)
    importing.apply(shop, made)
    inlet = fold(shop, session)
    assert [inlet.figures.total(key) for key in ("gmv", "orders", "units")] == [106_900, 2, 3]
    assert inlet.figures.estimated == 0
    assert queries.sku(shop, "s1").stock == stock - 2
    assert value(shop, session, "gmv") == 106_900
    assert "estimated" not in basis(shop, session, "gmv")
    assert plan(douyin("6900001", "Y1", "369.00", 10)).empty


def test_left_twice_before_anybody_looked_counts_once_and_a_relay_cannot_bring_it_again(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10), end=False)
    made = plan(douyin("6900001", "Y1", "369.00", 10))
    importing.apply(shop, made)
    importing.apply(shop, plan(douyin("6900001", "Y1", "369.00", 10)))
    fold(shop, session)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([told("6900001", "Y1", 10)])
    inlet.close()
    assert [inlet.figures.total(key) for key in ("gmv", "orders", "units")] == [36_900, 1, 1]
    assert value(shop, session, "gmv") == 36_900


def test_a_second_file_of_the_evening_is_taken_in_as_the_first(shop, clock, plan):
    session = evening(shop, clock, end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.since = START
    for number in ("6900001", "6900002", "6900003"):
        importing.apply(shop, plan(douyin(number, "Y1", "100.00", 10)))
        take_posted(shop, inlet, "", 1000)
        inlet.pump()
        inlet.flush(wait=True)
    inlet.close()
    assert value(shop, session, "gmv") == 30_000


def test_a_crash_between_two_batches_loses_and_doubles_nothing(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10), end=False)
    importing.apply(shop, plan(douyin("6900001", "Y1", "369.00", 10)))
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.since = START
    take_posted(shop, inlet, "", 1)  # only what is taken back; then the lights go out
    inlet.inbox = 0  # … before the line was marked as done
    inlet.pump()
    inlet.flush(wait=True)
    inlet.close()
    fold(shop, session)
    assert value(shop, session, "gmv") == 36_900
    assert queries.sku(shop, "s1").stock == 19


def test_a_total_typed_on_air_is_not_counted_again(shop, clock, plan):
    session = evening(shop, clock, ("6900001", "Y1", 10), end=False)
    inlet = Inlet(shop, session, moves_stock=True)
    inlet.receive([Record(START + HOUR, "sample", "manual", "gmv", 1_000_000)])
    inlet.close()
    importing.apply(
        shop,
        plan(
            douyin("6900001", "Y1", "369.00", 10),
            douyin("6900002", "Y1", "369.00", 20),
            douyin("6900003", "Y1", "100.00", 90),
        ),
    )
    assert fold(shop, session).figures.total("gmv") == 1_010_000


def test_a_list_without_codes_is_known_by_titles_that_only_one_sku_has(shop, clock, plan):
    session = evening(shop, clock)
    paid = "2026/11/21 20:30:00"
    header = ["订单编号", "商品名称", "数量", "实付金额", "支付时间"]
    importing.apply(
        shop,
        plan(
            ["9001", "鹅绒 羽绒服", "2", "738.00", paid],
            ["9002", "没有的商品", "1", "10.00", paid],
            header=header,
        ),
    )
    sold = {row.title: row.sold for row in session_report(shop, session).goods if row.sold.units}
    assert (sold["鹅绒羽绒服"].units, sold["鹅绒羽绒服"].gmv) == (2, 73_800)
    assert value(shop, session, "gmv") == 74_800


def test_a_title_two_products_share_names_neither(shop):
    titles = inflow.sku_titles(shop)
    assert title_key("羊毛围巾") in titles
    with shop.step("Twin") as step:
        step.insert("products", {"id": "twin", "title": "羊毛 围巾"})
        step.insert("skus", {"id": "twin", "product_id": "twin"})
    assert title_key("羊毛围巾") not in inflow.sku_titles(shop)
