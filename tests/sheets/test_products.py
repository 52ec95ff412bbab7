import openpyxl
import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.model.product import Role
from liveshop_desk.sheets.products import read_products
from liveshop_desk.sheets.report import kind_label
from tests.sheets.files import (
    DOUYIN,
    QUEUE,
    REAL,
    SHOPIFY,
    TAOBAO,
    TIKTOK,
    edit_xml,
    false_dimension,
    write_csv,
    write_xlsx,
)

needs_shared = pytest.mark.needs_shared
skip_without_real = pytest.mark.skipif(not REAL.exists(), reason="the real exports of ../shared are not here")


def rows_of(reading):
    return [record for _row, record in reading.records]


def counted(reading):
    assert reading.read == len({row for row, _r in reading.records} | {refusal.row for refusal in reading.refused})
    return reading.read, len(reading.records), len(reading.refused), reading.skipped


def test_douyin_one_row_per_sku_with_a_false_dimension(tmp_path):
    file = edit_xml(write_xlsx(tmp_path / "d.xlsx", DOUYIN), "xl/worksheets/sheet1.xml", false_dimension)
    reading = read_products(file)
    assert reading.kind == "douyin"
    assert "Douyin" in kind_label(reading.kind)
    first, second, scarf = rows_of(reading)
    assert (first.product_key, first.sku_key) == ("3456789012345678901", "1731234567890123456")
    assert (first.title, first.category, first.sku_code, first.spec) == (
        "羊毛大衣",
        "女装/外套/大衣",
        "Y9981-M",
        "驼色;M",
    )
    assert (second.product_key, second.spec) == (first.product_key, "驼色;L")
    assert scarf.stock is None
    assert scarf.live_price is None


def test_douyin_ids_that_lost_digits_are_refused(tmp_path):
    rows = [*DOUYIN, ["3.45679E+18", "帽子", "", "", "", "", "", "1731234567890123459", ""]]
    rows.append([3456789012345678905, "手套", "", "", "", "", "", "1731234567890123460", ""])
    reading = read_products(write_xlsx(tmp_path / "d.xlsx", rows))
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [(5, "商品ID"), (6, "商品ID")]
    assert len(reading.records) == 3


def test_sku_rows_under_a_refused_product_are_not_given_to_the_product_above(tmp_path):
    douyin = [*DOUYIN, ["3.45679E+18", "帽子", "", "", "", "", "", "1731234567890123459", "红"]]
    douyin.append(["", "", "", "", "", "", "", "1731234567890123460", "蓝"])
    reading = read_products(write_xlsx(tmp_path / "d.xlsx", douyin))
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [(5, "商品ID"), (6, "商品ID")]
    assert "1731234567890123460" not in {record.sku_key for record in rows_of(reading)}
    own = [["品名", "SKU", "直播价"], ["毛衣", "A1", "99"], ["围巾", "B1", "抢"], ["", "B2", "59"], ["", "B3", "x"]]
    own += [["手套", "C1", "39"], ["", "C2", "bad"], ["", "C3", "29"]]
    reading = read_products(write_xlsx(tmp_path / "own.xlsx", own))
    assert [(record.title, record.sku_code) for record in rows_of(reading)] == [
        ("毛衣", "A1"),
        ("手套", "C1"),
        ("手套", "C3"),
    ]
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [
        (3, "直播价"),
        (4, "品名"),
        (5, "直播价"),
        (7, "直播价"),
    ]
    assert "not taken" in reading.refused[1].why


@pytest.mark.parametrize("version_line", [True, False])
@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-16", "\t"), ("utf-16-le", "\t"), ("utf-8", ","), ("gb18030", ",")]
)
def test_taobao_assistant(tmp_path, version_line, encoding, delimiter):
    rows = TAOBAO if version_line else TAOBAO[1:]
    reading = read_products(write_csv(tmp_path / "t.csv", rows, encoding, delimiter))
    assert reading.kind == "taobao"
    small, large, scarf = rows_of(reading)
    assert (small.product_key, small.sku_key, small.spec) == ("521234567890", "Y9981-M", "驼色 / M")
    assert (small.live_price, small.stock, large.live_price, large.stock) == (36900, 100, 39900, 50)
    assert (scarf.product_key, scarf.live_price, scarf.stock, scarf.sku_key) == ("521234567891", 5990, 20, None)
    assert not reading.refused


def test_taobao_sku_props_of_another_shape_leave_the_product(tmp_path):
    rows = [*TAOBAO[:4], ["帽子", "", "", "1", "20", "3", "M1", "521234567899", "???", "", ""]]
    hat = rows_of(read_products(write_csv(tmp_path / "t.csv", rows)))[-1]
    assert (hat.title, hat.live_price, hat.stock, hat.sku_key) == ("帽子", 2000, 3, None)


def test_tiktok_note_rows_and_absent_quantity(tmp_path):
    reading = read_products(write_xlsx(tmp_path / "k.xlsx", TIKTOK, "Template"))
    assert reading.kind == "tiktok"
    assert reading.sheet == "Template"
    first, second = rows_of(reading)
    assert (first.product_key, first.sku_key, first.sku_code) == (
        "1729382256910270464",
        "1729382256910336000",
        "Y9981-M",
    )
    assert (first.live_price, first.stock, second.stock) == (3690, 12, None)
    assert counted(reading) == (2, 2, 0, 4)
    numbered = [[*row] for row in TIKTOK]
    numbered[4][5] = "1. Enter a price"
    assert counted(read_products(write_xlsx(tmp_path / "n.xlsx", numbered))) == (2, 2, 0, 4)
    without = [[cell for i, cell in enumerate(row) if i != 6] for row in TIKTOK]
    assert [record.stock for record in rows_of(read_products(write_xlsx(tmp_path / "q.xlsx", without)))] == [None, None]


def test_shopify_handles_options_and_pictures(tmp_path):
    reading = read_products(write_csv(tmp_path / "s.csv", SHOPIFY))
    assert reading.kind == "shopify"
    small, large, cap = rows_of(reading)
    assert (small.product_key, small.sku_key, small.title) == ("ring", "ring/12", "Gold ring")
    assert (large.title, large.spec, large.stock, large.list_price) == ("Gold ring", "13", 0, None)
    assert (small.live_price, small.list_price) == (4299, 4499)
    assert (cap.sku_key, cap.spec, cap.barcode) == ("C-1", None, "0012")
    assert counted(reading) == (3, 3, 0, 1)


def test_shopify_codes_on_several_variants_identify_none(tmp_path):
    rows = [[*row] for row in SHOPIFY]
    rows[1][6] = rows[2][6] = "R-1"
    reading = read_products(write_csv(tmp_path / "s.csv", rows))
    assert [record.sku_key for record in rows_of(reading)] == ["ring/12", "ring/13", "C-1"]
    assert not reading.refused


def test_own_table_with_segments_totals_and_words_for_roles(tmp_path):
    reading = read_products(write_xlsx(tmp_path / "q.xlsx", QUEUE))
    assert reading.kind == "own"
    coat, scarf = rows_of(reading)[:2]
    assert (coat.title, coat.sku_code, coat.role) == ("羊毛大衣", "Y9981", Role.TRAFFIC)
    assert (coat.list_price, coat.live_price, coat.stock) == (59900, 36900, 1200)
    assert (coat.offer, scarf.title) == ("买一送一", "围巾")
    assert [refusal.row for refusal in reading.refused] == [7]


def test_what_belongs_to_the_queue_alone_refuses_no_product(tmp_path):
    rows = [
        ["链接号", "品名", "货号", "直播价", "讲解时长", "预估销量"],
        ["1", "大衣", "Y1", "369", "看情况", "很多"],
        ["2", "围巾", "W1", "89", "5分钟", "300"],
        ["3", "围巾", "W1", "89", "3分钟", "50"],
    ]
    reading = read_products(write_csv(tmp_path / "o.csv", rows))
    assert [record.title for record in rows_of(reading)] == ["大衣", "围巾"]
    assert not reading.refused


def test_the_same_key_twice(tmp_path):
    rows = [
        ["品名", "编码", "价格"],
        ["大衣", "Y1", "369"],
        ["大衣", "Y1", "369.00"],
        ["大衣", "Y1", "399"],
        ["帽", "M1", "9"],
    ]
    reading = read_products(write_csv(tmp_path / "o.csv", rows))
    assert counted(reading) == (3, 2, 1, 1)
    assert reading.refused[0].row == 4
    assert "row 2" in reading.refused[0].why


def test_bad_cells_are_refused_by_row_and_column_and_the_rest_is_read(tmp_path):
    rows = [
        ["品名", "直播价（元）", "库存"],
        ["大衣", "abc", "1"],
        ["围巾", "59", "-3"],
        ["", "9", "1"],
        ["帽子", "-", "--"],
    ]
    reading = read_products(write_csv(tmp_path / "o.csv", rows))
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [
        (2, "直播价（元）"),
        (3, "库存"),
        (4, "品名"),
    ]
    assert [(record.title, record.live_price, record.stock) for record in rows_of(reading)] == [("帽子", None, None)]
    assert counted(reading) == (4, 1, 3, 0)


def test_two_header_lines_with_merged_groups(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["商品清单"],
        ["品名", "货号", "价格", None, "库存"],
        [None, None, "日常价", "直播价", None],
        ["大衣", "Y1", 599, 369, 12],
    ):
        page.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        page.merge_cells(area)
    book.save(tmp_path / "m.xlsx")
    (coat,) = rows_of(read_products(tmp_path / "m.xlsx"))
    assert (coat.product_code, coat.list_price, coat.live_price, coat.stock) == ("Y1", 59900, 36900, 12)


def test_merged_products_share_their_name_but_not_their_stock(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (["品名", "规格", "价格", "库存"], ["大衣", "M", 369, 12], [None, "L", 399, None]):
        page.append(row)
    page.merge_cells("A2:A3")
    page.merge_cells("D2:D3")
    book.save(tmp_path / "m.xlsx")
    small, large = rows_of(read_products(tmp_path / "m.xlsx"))
    assert (large.title, large.spec, large.live_price, large.stock) == ("大衣", "L", 39900, None)
    assert small.stock == 12


def test_the_sheet_with_the_table_is_found_and_hidden_ones_come_last(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["使用说明"])
    old = book.create_sheet("old")
    old.sheet_state = "hidden"
    for row in (["品名", "货号", "价格", "库存", "成本"], ["旧", "1", 1, 1, 1]):
        old.append(row)
    new = book.create_sheet("商品")
    for row in (["品名", "价格"], ["大衣", 369]):
        new.append(row)
    book.save(tmp_path / "m.xlsx")
    reading = read_products(tmp_path / "m.xlsx")
    assert (reading.sheet, rows_of(reading)[0].title) == ("商品", "大衣")


def test_columns_pointed_at_by_hand(tmp_path):
    file = write_csv(tmp_path / "o.csv", [["甲", "乙", "库存"], ["大衣", "369", "3"]])
    with pytest.raises(UserError, match="product name or product code"):
        read_products(file)
    (coat,) = rows_of(read_products(file, mapping={"甲": "title", "乙": "live_price", "库存": "-"}))
    assert (coat.title, coat.live_price, coat.stock) == ("大衣", 36900, None)
    (coat,) = rows_of(read_products(file, mapping={"甲": "商品名称", "乙": "直播价"}))  # as the file might call them
    assert (coat.title, coat.live_price, coat.stock) == ("大衣", 36900, 3)
    with pytest.raises(UserError, match="丙"):
        read_products(file, mapping={"甲": "title", "丙": "stock"})
    with pytest.raises(UserError, match="no field “smell”"):
        read_products(file, mapping={"甲": "smell"})


@pytest.mark.parametrize(
    "header",
    ["七天最低成交价", "近7天最低价", "七天最低价（元）", "最低成交价(近7天)", "Floor price", "7-day lowest price"],
)
def test_the_lowest_price_of_seven_days_is_read_and_what_is_no_money_is_refused_by_its_cell(tmp_path, header):
    rows = [["品名", "直播价", "成本", header], ["大衣", "369", "240", "¥ 359.00"], ["马甲", "59", "35", ""]]
    file = write_csv(tmp_path / "o.csv", [*rows, ["围巾", "129", "38", "最低"]])
    reading = read_products(file)
    assert [(row.floor_price, row.cost) for row in rows_of(reading)] == [(35900, 24000), (None, 3500)]
    (refusal,) = reading.refused
    assert (refusal.row, refusal.column) == (4, header)
    assert "最低" in refusal.why


def test_a_bottom_price_is_what_a_price_must_not_go_below_not_what_it_must_not_go_above(tmp_path):
    """底价 is what a supplier asks or a shop stops at; as the seven days' lowest it would warn upside down."""
    (coat,) = rows_of(
        read_products(write_csv(tmp_path / "a.csv", [["品名", "直播价", "底价"], ["大衣", "369", "240"]]))
    )
    assert (coat.cost, coat.floor_price) == (24000, None)
    both = [["品名", "直播价", "成本", "底价"], ["大衣", "369", "200", "240"]]
    reading = read_products(write_csv(tmp_path / "b.csv", both))
    assert (rows_of(reading)[0].cost, rows_of(reading)[0].floor_price) == (20000, None)
    assert reading.notes == ["1 column not used: 底价"]  # said before anything is imported
    mapped = read_products(tmp_path / "b.csv", mapping={"底价": "floor_price"})
    assert rows_of(mapped)[0].floor_price == 24000


def test_the_kind_can_be_overruled(tmp_path):
    file = write_csv(tmp_path / "s.csv", SHOPIFY)
    with pytest.raises(UserError, match="product id"):
        read_products(file, kind="douyin")
    with pytest.raises(UserError, match="there are"):
        read_products(file, kind="nonsense")
    assert read_products(file, kind="own").kind == "own"


def test_a_bare_name_column_is_a_product_only_beside_product_columns(tmp_path):
    ours = write_csv(tmp_path / "a.csv", [["Name", "Price", "Stock"], ["Coat", "369", "3"]])
    assert rows_of(read_products(ours))[0].title == "Coat"
    sold = write_csv(tmp_path / "b.csv", [["Goods_category", "Sales_amount", "Name"], ["Jewelry", "369", "Luo"]])
    with pytest.raises(UserError, match="product name or product code"):
        read_products(sold)


@needs_shared
@skip_without_real
def test_the_real_shopify_export():
    reading = read_products(REAL / "shopify_products.csv")
    assert reading.kind == "shopify"
    assert counted(reading) == (23, 23, 0, 18)
    keys = {(record.product_key, record.sku_key) for record in rows_of(reading)}
    assert len(keys) == 23
    assert ("chain-bracelet", "chain-bracelet/Black") in keys
    assert all(record.title and record.live_price for record in rows_of(reading))


@needs_shared
@skip_without_real
def test_the_real_sold_products_have_neither_name_nor_code():
    with pytest.raises(UserError) as caught:
        read_products(REAL / "products_sold.xlsx")
    assert "products_sold.xlsx" in caught.value.what
    assert "product name" in caught.value.what
    assert "product code" in caught.value.what


def test_ten_thousand_rows(tmp_path):
    rows = [["品名", "货号", "品牌", "类目", "规格", "条码", "吊牌价", "直播价", "成本", "库存", "卖点", "供应商"]]
    rows += [
        [f"大衣{n}", f"Y{n}", "牌", "女装", "M", f"69{n:011}", "599", "369", "120", "30", "暖", "厂"]
        for n in range(10_000)
    ]
    file = write_csv(tmp_path / "big.csv", rows)
    assert len(read_products(file).records) == 10_000


@pytest.mark.parametrize(("columns", "end"), [(12, "甲12"), (33, "甲12, …")])
def test_columns_that_were_not_used_are_named_and_a_long_list_says_that_it_goes_on(tmp_path, columns, end):
    others = [f"甲{n}" for n in range(1, columns + 1)]
    path = write_csv(tmp_path / "goods.csv", [["品名", "货号", "直播价", *others], ["围巾", "S1", "129", *others]])
    [note] = read_products(path).notes
    assert note.startswith(f"{columns} columns not used: 甲1, 甲2, ")
    assert note.endswith(end)


def test_a_price_that_is_rounded_is_said_before_it_is_imported(tmp_path):
    rows = [
        ["品名", "货号", "日常价", "直播价", "成本"],
        ["大衣", "Y1", 599.9, 189.999, 100],
        ["围巾", "W1", "19.900", 189.99999999999997, "12.345"],
        ["手套", "S1", "59", "cheap", "9.999"],
    ]
    reading = read_products(write_xlsx(tmp_path / "p.xlsx", rows))
    coat, scarf = rows_of(reading)
    assert (coat.live_price, scarf.list_price, scarf.live_price, scarf.cost) == (19_000, 1_990, 19_000, 1_235)
    assert reading.notes == ["2 prices have more than two decimals and are rounded: 189.999 → ¥190.00, 12.345 → ¥12.35"]
    assert [refusal.column for refusal in reading.refused] == ["直播价"]
