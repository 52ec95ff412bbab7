"""Order files as platforms write them: ids, joined cells, states, money, and nothing of the buyer."""

import csv
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.sheets.orders import read_orders, shared
from tests.ops.orders import DOUYIN, PERSON, START, douyin
from tests.sheets.files import write_csv, write_xlsx

TIKTOK = [
    "Order ID", "Order Status", "Cancelation/Return Type", "SKU ID", "Seller SKU", "Quantity",
    "SKU Subtotal After Discount", "Order Amount", "Order Refund Amount", "Created Time", "Paid Time",
    "Buyer Username", "Recipient", "Phone #", "Currency",
]  # fmt: skip
ABOUT = [f"About {name}" for name in TIKTOK]
ABOUT[0], ABOUT[9] = "Platform unique order ID.", "Time the order was made (24-hour)"


def tiktok(number, code, amount, *, status="Shipped", refund="", whole="100", paid="21/11/2026 20:10:00", money="CNY"):
    return [
        f"{number}\t", status, "", "1729", code, "2", amount, whole, refund, "21/11/2026 20:09:00\t", paid,
        "anna", "Anna B", "(+1)555", money,
    ]  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def from_rows(*rows, header=DOUYIN, write=write_csv, name="订单.csv", encoding=None, **more):
        given = {"encoding": encoding} if encoding else {}
        return read_orders(write(tmp_path / name, [header, *rows], **given), **more)

    return from_rows


def only(reading):
    [(_row, record)] = reading.records
    return record


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_douyin_rows_in_every_encoding(read, encoding):
    order = only(read(douyin("6917926768823643751", "Y9981", "1,369.00", 10), encoding=encoding))
    assert (order.order, order.lines) == ("6917926768823643751", ("6917926768823643751",))
    assert order.paid_at == START + 600_000
    [item] = order.items
    assert (item.names, item.units, item.amount) == (("Y9981", "345678901234567890"), 1, 136_900)


def test_a_workbook_reads_the_same(read):
    reading = read(douyin("6917926768823643751", "Y9981", "369.00", 10), write=write_xlsx, name="o.xlsx")
    assert (reading.kind, only(reading).items[0].amount) == ("douyin_orders", 36_900)


def test_an_id_that_was_a_number_is_refused_and_not_guessed(read):
    row = douyin("1", "Y1", "10", 10)
    row[0] = "6.91793E+18"
    reading = read(row)
    assert (reading.records, reading.refused[0].column) == ([], "主订单编号")
    row[0] = 6917926768823643751.0
    assert read(row, write=write_xlsx, name="o.xlsx").refused[0].column == "主订单编号"


def test_one_row_of_two_items(read):
    row = douyin("69", "Y1;Y2", "428.50", 10, units="1;2")
    row[1], row[5], row[7] = "\t69a;\t69b", "\t345;\t346", "399.00;59.00"
    order = only(read(row))
    assert order.lines == ("69a", "69b")
    assert [(item.names, item.units, item.amount) for item in order.items] == [
        (("Y1", "345"), 1, 37_330),
        (("Y2", "346"), 2, 5_520),
    ]
    row[8] = "370.00;58.50"
    assert [item.amount for item in only(read(row)).items] == [37_000, 5_850]
    row[4] = "1;2;3"
    assert read(row).refused[0].column == "商品数量"


@pytest.mark.parametrize(
    ("status", "after", "paid", "said"),
    [
        ("已完成", "-", True, (True, None)),
        ("已发货", "售后关闭", True, (True, None)),
        ("已发货", "退款中", True, (True, None)),
        ("已完成", "部分退款成功", True, (True, None)),
        ("已关闭", "退款成功", True, (True, 36_900)),
        ("已关闭", "-", True, (True, 36_900)),  # called off after it was paid
        ("已关闭", "-", False, (False, None)),
        ("待付款", "-", False, (False, None)),
    ],
)
def test_what_was_paid_and_what_was_given_back(read, status, after, paid, said):
    order = only(read(douyin("69", "Y1", "369.00", 10, status=status, after=after, paid=paid)))
    assert (order.paid_at is not None, order.refund) == said


def test_without_a_time_of_payment_the_orders_time_stands_for_it_and_this_is_said(read):
    header = [name for name in DOUYIN if name != "支付完成时间"]
    rows = [douyin("69", "Y1", "369.00", 10), douyin("70", "Y1", "369.00", 11, status="已关闭")]
    for row in rows:
        del row[DOUYIN.index("支付完成时间")]
    reading = read(*rows, header=header)
    assert [order.paid_at for _row, order in reading.records] == [START + 600_000, None]
    assert "订单提交时间" in reading.notes[0]


def test_tiktok_passes_over_the_row_that_describes_and_counts_its_money_once(read):
    rows = [
        ABOUT,
        tiktok("5760", "Y1", "60"),
        tiktok("5760", "Y2", "35"),
        tiktok("5761", "Y1", "1", status="Unpaid", paid=""),
    ]
    reading = read(*rows, header=TIKTOK)
    assert (reading.kind, reading.read, reading.skipped) == ("tiktok_orders", 3, 1)
    orders = [record for _row, record in reading.records]
    assert [order.order for order in orders] == ["5760", "5760", "5761"]
    assert [order.items[0].amount for order in orders[:2]] == [6_000, 3_500]
    assert orders[0].paid_at == from_datetime(datetime(2026, 11, 21, 20, 10))  # noqa: DTZ001
    assert orders[2].paid_at is None


def test_tiktok_money_given_back_belongs_to_the_whole_order(read):
    order = only(read(ABOUT, tiktok("5760", "Y1", "60", refund="20"), header=TIKTOK))
    assert (order.refund, order.whole_refund) == (None, 2_000)


@pytest.mark.parametrize(
    ("money", "amount", "column"), [("USD", "60", "Currency"), ("", "$60", TIKTOK[6]), ("", "IDR 60", TIKTOK[6])]
)
def test_another_money_is_refused(read, money, amount, column):
    reading = read(ABOUT, tiktok("5760", "Y1", amount, money=money), header=TIKTOK)
    assert (reading.records, reading.refused[0].column) == ([], column)
    assert "CNY" in reading.refused[0].why


def test_our_own_money_may_be_written_out(read):
    assert only(read(ABOUT, tiktok("5760", "Y1", "CNY 60.5"), header=TIKTOK)).items[0].amount == 6_050


def test_a_shops_own_table_and_one_with_its_own_words(read):
    header, row = ["订单号", "付款时间", "实付金额", "货号", "件数"], ["A1", "2026-11-21 20:10", "¥369", "Y1", "1"]
    reading = read(row, header=header)
    assert (reading.kind, only(reading).items[0].amount) == ("own", 36_900)
    odd = read(row, header=["号", "时", "钱", "货号", "件数"], mapping={"号": "order", "时": "paid_at", "钱": "amount"})
    assert only(odd) == only(reading)
    with pytest.raises(UserError, match="order number"):
        read(row, header=["号", "付款时间", "实付金额", "货号", "件数"])


def test_taobao_orders_in_gbk_with_blanks_behind_their_headers(read):
    header = [
        "订单编号",
        "买家会员名",
        "买家实际支付金额",
        "订单状态",
        "收货人姓名",
        "订单创建时间",
        "订单付款时间 ",
        "宝贝标题 ",
        "宝贝总数量",
    ]
    row = [
        "\t3311",
        "张三丰",
        "88.8",
        "买家已付款，等待卖家发货",
        "李四",
        "2026-11-21 20:01:00",
        "2026-11-21 20:10:00",
        "围巾",
        "2",
    ]
    reading = read(row, header=header, encoding="gb18030")
    order = only(reading)
    assert (order.order, order.paid_at, order.items[0].units, order.items[0].amount) == (
        "3311",
        START + 600_000,
        2,
        8_880,
    )
    assert "张三丰" not in f"{reading}"
    assert "李四" not in f"{reading}"


def test_dates_without_a_year_need_one(read):
    header, row = ["订单号", "付款时间", "实付金额"], ["A1", "11-21 20:10", "369"]
    assert "has no year" in read(row, header=header).refused[0].why
    assert only(read(row, header=header, year=2026)).paid_at == START + 600_000


def test_a_person_is_not_read(read):
    reading = read(douyin("69", "Y1", "369.00", 10), douyin("70", "Y1", "bad", 10))
    said = f"{reading}"
    assert not any(word in said for word in PERSON)
    assert reading.refused[0].title in ("Y1", "70")


@given(amount=st.integers(0, 10**9), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
@settings(max_examples=60)
def test_what_is_shared_adds_up(amount, weights):
    parts = shared(amount, weights)
    assert (sum(parts), len(parts)) == (amount, len(weights))
    assert all(part >= 0 for part in parts)


CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "\t69",
            "1;2",
            ";",
            "；",
            "1.7E+18",
            "=1+1",
            "-1",
            "99999999999999999999",
            "2026/11/21 20:10:00",
            "¥",
            "待付款",
        ]
    ),
)


@given(rows=st.lists(st.lists(CELL, min_size=len(DOUYIN), max_size=len(DOUYIN)), min_size=1, max_size=4))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_every_row_is_taken_or_refused_with_a_reason(tmp_path, rows):
    path = tmp_path / "odd.csv"
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        csv.writer(file).writerows([DOUYIN, *rows])
    try:
        reading = read_orders(path)
    except UserError:
        return
    assert len({row for row, _order in reading.records}) + len(reading.refused) == reading.read
    for _row, order in reading.records:
        assert order.order.strip()
        assert all(item.amount is None or item.amount >= 0 for item in order.items)
    assert all(refusal.why for refusal in reading.refused)
