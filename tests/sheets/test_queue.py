import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind
from liveshop_desk.sheets.queue import parse_pasted, read_queue
from tests.sheets.files import QUEUE, write_csv, write_xlsx


def rows_of(reading):
    return [record for _row, record in reading.records]


def test_a_shops_own_table_of_the_evening(tmp_path):
    reading = read_queue(write_xlsx(tmp_path / "q.xlsx", QUEUE))
    assert (reading.read, reading.skipped, reading.refused) == (5, 1, [])
    opening, coat, scarf, bag, again = rows_of(reading)
    assert (opening.kind, opening.title, opening.planned_seconds) == (Kind.OPENING, "开场暖场", 600)
    assert (coat.kind, coat.title, coat.sku_code, coat.role) == (Kind.PITCH, "羊毛大衣", "Y9981", Role.TRAFFIC)
    assert (coat.list_price, coat.live_price, coat.stock) == (59900, 36900, 1200)
    assert (coat.offer, coat.planned_seconds, coat.expected_units, coat.number) == ("买一送一", 480, 300, 2)
    assert (scarf.planned_seconds, scarf.expected_units, scarf.role) == (90, None, Role.PROFIT)
    assert (bag.kind, bag.title, bag.offer) == (Kind.INTERACTION, "福袋", "福袋20个")
    assert (again.kind, again.returning, again.live_price) == (Kind.PITCH, True, 36900)


def test_times_scripts_and_segments_without_product(tmp_path):
    rows = [
        ["时间段", "环节", "内容", "话术", "备注"],
        ["19:55-20:05", "开场", "欢迎新粉", "家人们晚上好", ""],
        ["20:05", "讲品", "羊毛大衣", "", "先试穿"],
        ["20:15", "秒杀", "围巾9.9", "", ""],
        ["20:20", "", "答疑", "", ""],
        ["23:55-00:10", "收尾", "", "明天见", ""],
        ["", "", "", "只有话术", ""],
        ["later", "", "帽子", "", ""],
    ]
    reading = read_queue(write_csv(tmp_path / "q.csv", rows))
    opening, coat, flash, answers, closing = rows_of(reading)
    assert (opening.kind, opening.starts_at, opening.planned_seconds, opening.script) == (
        Kind.OPENING,
        71700,
        600,
        "家人们晚上好",
    )
    assert (coat.kind, coat.starts_at, coat.note) == (Kind.PITCH, 72300, "先试穿")
    assert (flash.kind, answers.kind) == (Kind.FLASH_SALE, Kind.QA)
    assert (closing.kind, closing.title, closing.planned_seconds) == (Kind.CLOSING, "收尾", 900)
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [(7, "内容"), (8, "时间段")]


def test_a_time_with_a_date_before_it_is_that_time_of_day(tmp_path):
    rows = [["时间", "内容"], ["08-31 11:53", "大衣"], ["2/29 20:05", "围巾"], ["2026-08-31 21:10", "帽子"]]
    reading = read_queue(write_csv(tmp_path / "q.csv", rows))
    assert reading.refused == []
    assert [row.starts_at for row in rows_of(reading)] == [42_780, 72_300, 76_200]


def test_literal_headers_of_the_trade(tmp_path):
    rows = [["顺序/链接号", "品名", "类型(引流/主推/利润/返场)", "直播价"], ["3号链接", "大衣", "主推", "369"]]
    (coat,) = rows_of(read_queue(write_csv(tmp_path / "q.csv", rows)))
    assert (coat.number, coat.link_no, coat.role, coat.live_price) == (3, "3号链接", Role.HIT, 36900)


def test_a_second_sheet_with_a_table_is_mentioned(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "周六"
    for name, rows in (
        ("周六", [["品名", "直播价", "库存"], ["大衣", 369, 1]]),
        ("周日", [["品名", "直播价"], ["帽", 9]]),
    ):
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "q.xlsx")
    reading = read_queue(tmp_path / "q.xlsx")
    assert reading.sheet == "周六"
    assert "周日" in reading.notes[0]


def test_columns_by_hand_and_a_file_that_is_no_queue(tmp_path):
    file = write_csv(tmp_path / "q.csv", [["甲", "乙"], ["大衣", "369"]])
    with pytest.raises(UserError, match="product name"):
        read_queue(file)
    assert rows_of(read_queue(file, mapping={"甲": "title", "乙": "live_price"}))[0].live_price == 36900


def test_pasted_from_a_sheet_with_its_header():
    reading = parse_pasted("品名\t直播价\t库存\t讲解时长\r\n羊毛大衣\t¥1,299.00\t30\t8\r\n福袋\t\t\t5分钟\r\n")
    coat, bag = rows_of(reading)
    assert reading.kind == "pasted"
    assert (coat.title, coat.live_price, coat.stock, coat.planned_seconds) == ("羊毛大衣", 129900, 30, 480)
    assert (bag.kind, bag.planned_seconds) == (Kind.LUCKY_BAG, 300)


@pytest.mark.parametrize(
    "text",
    [
        "Y9981\t羊毛大衣\t369\t120\t5",
        "羊毛大衣 Y9981 ¥369 120件 5",
        "Y9981,羊毛大衣,¥369,120件,5",
        "Y9981，羊毛大衣，369元，120件，5分钟",
        "1. Y9981 羊毛大衣 ¥ 369 库存 120 5 min",
        "Y9981  羊毛大衣  369元  120 pcs  05:00",
        "1\tY9981\t羊毛大衣\t369\t120\t5",
    ],
)
def test_pasted_lines_without_a_header(text):
    (coat,) = rows_of(parse_pasted(text))
    assert (coat.product_code, coat.title) == ("Y9981", "羊毛大衣")
    assert (coat.live_price, coat.stock, coat.planned_seconds) == (36900, 120, 300)


def test_a_pasted_list_of_bare_names_codes_and_segments():
    reading = parse_pasted("开场 10分钟\n\nY9981\n加长 羊毛 围巾\n羊毛大衣,¥369,120件\n福袋\n大衣 ¥1,299 30件\n")
    opening, code, scarf, coat, bag, dear = rows_of(reading)
    assert (opening.kind, opening.planned_seconds) == (Kind.OPENING, 600)
    assert (code.product_code, code.title, code.kind) == ("Y9981", "Y9981", Kind.PITCH)
    assert (scarf.title, scarf.live_price) == ("加长 羊毛 围巾", None)
    assert (coat.live_price, coat.stock) == (36900, 120)
    assert bag.kind is Kind.LUCKY_BAG
    assert (dear.title, dear.live_price, dear.stock) == ("大衣", 129900, 30)
    assert reading.skipped == 2


@pytest.mark.parametrize(
    ("line", "title", "code", "minutes"),
    [
        ("长款鹅绒羽绒服 返场 5", "长款鹅绒羽绒服", None, 5),
        ("儿童羽绒服 T330 8", "儿童羽绒服", "T330", 8),
        ("测试商品250 T250", "测试商品250", "T250", None),
        ("Y9981(返场) 12分钟", "Y9981", "Y9981", 12),
        ("W2103 10'", "W2103", "W2103", 10),
        ("iPhone 15 Pro", "iPhone 15 Pro", None, None),
        ("大衣\t5", "大衣", None, 5),
    ],
)
def test_a_bare_number_is_never_a_price_or_a_stock(line, title, code, minutes):
    (row,) = rows_of(parse_pasted(line))
    assert (row.kind, row.title, row.product_code) == (Kind.PITCH, title, code)
    assert (row.live_price, row.stock) == (None, None)
    assert row.planned_seconds == (None if minutes is None else minutes * 60)
    assert not row.unclear
    assert row.returning == ("返场" in line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("开场 5", Kind.OPENING),
        ("互动 5", Kind.INTERACTION),
        ("秒杀 羽绒服 ¥299 100件 5", Kind.FLASH_SALE),
        ("福袋 5", Kind.LUCKY_BAG),
        ("问答 5", Kind.QA),
        ("收尾\t5", Kind.CLOSING),
        ("Q&A sizes 5 min", Kind.QA),
        ("2 Lucky bag 5", Kind.LUCKY_BAG),
    ],
)
def test_a_line_that_begins_as_a_segment_is_one_and_sells_nothing(line, kind):
    (row,) = rows_of(parse_pasted(line))
    assert (row.kind, row.planned_seconds) == (kind, 300)
    assert (row.live_price, row.stock, row.product_code) == (None, None, None)
    assert row.offer == ("¥299 100件" if kind is Kind.FLASH_SALE else None)


def test_a_price_beside_a_length_is_no_stock():
    (row,) = rows_of(parse_pasted("儿童羽绒服 T330 ¥259 8"))
    assert (row.live_price, row.stock, row.planned_seconds) == (25900, None, 480)


@pytest.mark.parametrize(
    "line", ["大衣 369", "大衣 369 120 5", "iPhone 15 Pro 6999 10", "大衣 1,299 30", "羽绒服 39.9 4"]
)
def test_a_number_that_does_not_say_what_it_is_makes_the_line_unclear(line):
    (row,) = rows_of(parse_pasted(line))
    assert "write ¥ before a price" in row.unclear
    assert (row.live_price, row.stock) == (None, None)


@pytest.mark.parametrize(
    ("line", "title", "fen", "minutes"),
    [
        ("Dainty Gold Necklace 59.99 5min", "Dainty Gold Necklace", 5_999, 5),
        ("Dainty Gold Necklace 59.99", "Dainty Gold Necklace", 5_999, None),
        ("金项链 1299.00 8分钟", "金项链", 129_900, 8),
        ("Gold Necklace 59.99 返场 5 min", "Gold Necklace", 5_999, 5),
        ("羽绒服 39.9 4 min", "羽绒服", 3_990, 4),
        ("羽绒服，39.9，4分钟", "羽绒服", 3_990, 4),
        ("2 羽绒服 39.9", "羽绒服", 3_990, None),
        ("T恤 2025 款 39.9 5min", "T恤 2025 款", 3_990, 5),
        ("羽绒服 1,299.5 8分钟", "羽绒服", 129_950, 8),
        ("w1,59.9", "w1", 5_990, None),
    ],
)
def test_decimals_at_the_end_are_a_price(line, title, fen, minutes):
    (row,) = rows_of(parse_pasted(line))
    assert (row.title, row.live_price, row.unclear) == (title, fen, "")
    assert row.planned_seconds == (None if minutes is None else minutes * 60)


@pytest.mark.parametrize(
    "line",
    [
        "Jeans XL 42 5min", "Jeans XL 42.50 5min", "Sneaker EU 42.50", "鞋 尺码 38.50", "茶叶 净重 1.50 5min",
        "Ring 19.99 29.99 5min",
        "Ring 0.00", "Ring 123456.99", "59.99", "59.99 5min", "Ring 59.990", "Vitamin 2.50 Plus 5min",
        "Necklace 59.99 5", "Ring 10 59.99", "iPhone 15", "iPhone 15 4 min", "T恤 2025 款", "鞋 尺码 38.5",
        "耳机 蓝牙 5.3 5min", "Game for iOS 17.5 5min", "37.5 跑鞋 39.9", "羽绒服 原价 599 4min",
        "Coat list price 59 4min", "羽绒服 零售价599 4min", "羽绒服市场价格 599 4min",
    ],
)  # fmt: skip
def test_any_other_bare_number_is_no_price(line):
    for row in rows_of(parse_pasted(line)):
        assert row.live_price is None


@pytest.mark.parametrize(
    ("line", "title", "fen", "minutes"),
    [
        ("羽绒服 $59.99", "羽绒服", 5_999, None),
        ("Coat $ 59 4 min", "Coat", 5_900, 4),
        ("Coat US$1,299.50 4min", "Coat", 129_950, 4),
        ("Coat 59.99 USD 4 min", "Coat", 5_999, 4),
        ("羽绒服 39.9块 4 min", "羽绒服", 3_990, 4),
        ("羽绒服 价 399 4 min", "羽绒服", 39_900, 4),
        ("羽绒服 直播价：399元 4 min", "羽绒服", 39_900, 4),
        ("羽绒服直播价399", "羽绒服", 39_900, None),
        ("iPhone 15 到手价 ¥4999 8", "iPhone 15", 499_900, 8),
        ("Coat live price: 59", "Coat", 5_900, None),
        ("羽绒服 原价 599 直播价 399 4min", "羽绒服 原价 599", 39_900, 4),
        ("羽绒服\t39.9\t4 min", "羽绒服", 3_990, 4),
        ("羽绒服\t399\t4 分钟", "羽绒服", 39_900, 4),
        ("羽绒服\t$ 59.99", "羽绒服", 5_999, None),
        ("羽绒服\t39.9", "羽绒服", 3_990, None),
    ],
)
def test_a_sign_a_word_or_a_column_makes_a_number_the_price(line, title, fen, minutes):
    (row,) = rows_of(parse_pasted(line))
    assert (row.title, row.live_price, row.unclear, row.note) == (title, fen, "", None)
    assert row.planned_seconds == (None if minutes is None else minutes * 60)


@pytest.mark.parametrize("word", ["直播价", "大衣直播价", "价格：", "库存", "库存：", "$"])
def test_a_line_of_very_many_blanks_is_read_as_one_of_few(word):
    for end in ("x", "30"):
        few, many = (rows_of(parse_pasted(f"羽绒服 {word}{' ' * blanks}{end}")) for blanks in (2, 50_000))
        assert few == many


def test_a_part_of_very_many_digits_is_read():
    (row,) = rows_of(parse_pasted(f"羽绒服 {'9' * 50_000} x"))
    assert row.title.startswith("羽绒服 999")


def test_a_price_that_is_told_leaves_the_number_in_the_name():
    (row,) = rows_of(parse_pasted("Necklace 59.99 ¥45 5min"))
    assert (row.live_price, row.title) == (4_500, "Necklace 59.99")


def test_pasted_nonsense_is_refused_by_line():
    reading = parse_pasted("大衣\t369\t120\t5\t7\n1.73E+18 围巾\n¥5")
    assert [(refusal.row, refusal.title) for refusal in reading.refused] == [
        (1, "大衣 369 120 5 7"),
        (2, "1.73E+18 围巾"),
        (3, "¥5"),
    ]
    with pytest.raises(UserError):
        parse_pasted(" \n\t\n")


def test_a_refused_row_keeps_its_name(tmp_path):
    rows = [["品名", "货号", "直播价"], ["大衣", "Y1", "随便"], ["", "Y2", "无价"]]
    reading = read_queue(write_csv(tmp_path / "q.csv", rows))
    assert [refusal.title for refusal in reading.refused] == ["大衣", "Y2"]


@given(st.text(max_size=80))
def test_no_pasted_text_crashes(text):
    try:
        reading = parse_pasted(text)
    except UserError:
        return
    assert reading.read == len(reading.records) + len(reading.refused)


@given(st.text(alphabet="品名直播价格\t\n\"' ,;，1234567890.¥$US元块件分钟:E+-福袋Y万", max_size=60))
def test_no_likely_pasted_text_crashes(text):
    try:
        parse_pasted(text)
    except UserError:
        return


@pytest.mark.parametrize("text", ["羊毛围巾 ¥189.999 10件", "羊毛围巾\t189.999\t10", "品名\t直播价\n围巾\t189.999"])
def test_a_pasted_price_is_not_rounded(text):
    reading = parse_pasted(text)
    assert not reading.records
    assert [refusal.why for refusal in reading.refused] == ["“189.999” has more than two decimals"]


@pytest.mark.parametrize("text", ["羊毛围巾 ¥19.900 10件", "羊毛围巾\t19.900\t10", "品名\t直播价\n围巾\t19.900"])
def test_a_pasted_price_may_have_noughts_behind_it(text):
    assert [record.live_price for record in rows_of(parse_pasted(text))] == [1_990]
