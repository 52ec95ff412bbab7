# ruff: noqa: DTZ001, E501
from datetime import datetime

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.sheets.report import kind_label
from liveshop_desk.sheets.sessions import read_sessions
from tests.sheets.files import COMPASS, REAL, write_csv, write_xlsx

needs_shared = pytest.mark.needs_shared
skip_without_real = pytest.mark.skipif(not REAL.exists(), reason="the real exports of ../shared are not here")

TAOBAO = [
    ["场次信息", "场次id", "直播开播时间", "开播时长", "封面图点击率", "观看人数", "观看次数", "新增粉丝数", "观看总时长（秒）",
     "人均观看时长（秒）", "商品点击人数", "商品点击次数", "商品点击率", "加购人数", "加购件数", "成交金额（元）", "成交人数", "成交件数",
     "成交笔数", "成交转化率", "退款人数", "退款笔数", "退款件数", "退款金额"],
    ["周六专场", "4567890123456", "2026-09-07 19:58:02", "3小时2分钟", "5.20%", "1,500", "2,100", "30", "180000", "120", "600", "900",
     "40.00%", "80", "95", "¥12,345.60", "150", "180", "160", "10.00%", "3", "3", "4", "120.00"],
    ["合计", "", "", "", "", "1500", "2100", "30", "", "", "", "", "", "", "", "12345.60", "", "", "", "", "", "", "", ""],
]  # fmt: skip

RED = [
    ["主播昵称", "直播开始时间", "支付金额", "退款金额", "直播间观看人数", "平均在线人数", "人均停留时长", "直播时长（分钟）", "互动人数",
     "评论人数", "商品点击人数", "支付人数", "支付订单数", "支付件数", "新增粉丝数"],
    ["小店", "2026/09/07 20:00", "1234.5", "--", "3000", "45.5", "1分35秒", "120", "200", "80", "400", "30", "32", "35", "12"],
]  # fmt: skip

ENGLISH = [
    ["Name_of_the_livestream", "Start_time", "Peak_viewers", "Number_of_goods_sold", "Total_sales_amount", "Duration", "Views",
     "Average_number_of_online_viewers", "Number_of_new_followers", "UV", "Sales_conversion_value_ratio", "Average_length_of_stay", "Name"],
    ["Good things", "08-31 11:53", "15042", "140796", 11674555.88, "13小时46分钟38秒", "4146340", "7770", "6231", "2.82", "3.40%", "1分35秒", "Luo"],
    ["Test", "08-30 11:49", "0", "", "", "11秒", "0", "0", "0", "0.00", "", "", "Luo"],
    ["", "", "15042", "140796", 11674555.88, "", "4146340", "", "6231", "", "", "", ""],
    ["Good things", "31.08", "15042", "140796", 11674555.88, "1小时", "10", "7770", "6231", "2.82", "3.40%", "1分35秒", "Luo"],
    ["Good things", "08-29 11:53", "many", "", "", "1小时", "10", "7770", "6231", "2.82", "3.40%", "1分35秒", "Luo"],
]  # fmt: skip


def local(*parts):
    return from_datetime(datetime(*parts))


def test_douyin_compass(tmp_path):
    reading = read_sessions(write_xlsx(tmp_path / "c.xlsx", COMPASS))
    assert reading.kind == "compass"
    assert "Compass" in kind_label(reading.kind)
    assert (reading.read, reading.skipped, reading.refused) == (1, 1, [])
    ((row, session),) = reading.records
    assert (row, session.anchor, session.title) == (3, "小店主播", "")
    assert (session.started_at, session.ended_at) == (local(2026, 9, 7, 8, 55, 37), local(2026, 9, 7, 12, 55, 37))
    figures = session.figures
    assert figures["impressions"] == 12000
    assert figures["gmv"] == 6104530
    assert figures["user_paid"] == 5800000
    assert figures["net_gmv"] == 5051290
    assert figures["refund_amount"] == figures["refund_amount_1h"] == 1053240
    assert (figures["viewers"], figures["views"], figures["buyers"]) == (15093, 21254, 1513)
    assert (figures["exposed_viewers"], figures["clickers"]) == (12774, 6390)
    assert figures["stay_seconds"] == pytest.approx(94.8)
    assert figures["online_mean"] == 88.5
    assert "ad_spend" not in figures, "a dash is missing, not 0"
    assert "file_click_rate" not in figures, "the base counts are there"


def test_taobao_live(tmp_path):
    reading = read_sessions(write_csv(tmp_path / "t.csv", TAOBAO, "gb18030"))
    assert (reading.kind, reading.read, reading.skipped) == ("taobao_live", 1, 1)
    session = reading.records[0][1]
    assert (session.title, session.source_id) == ("周六专场", "4567890123456")
    assert session.ended_at == session.started_at + 10920_000
    assert (session.figures["gmv"], session.figures["stay_seconds"], session.figures["watch_seconds"]) == (
        1234560,
        120,
        180000,
    )
    assert (session.figures["orders"], session.figures["refund_orders"]) == (160, 3)


def test_taobao_length_without_a_unit_is_said_not_guessed(tmp_path):
    rows = [[*TAOBAO[0]], [*TAOBAO[1]]]
    rows[1][3] = "182"
    reading = read_sessions(write_csv(tmp_path / "t.csv", rows))
    assert reading.records[0][1].ended_at is None
    assert any("开播时长" in note for note in reading.notes)


def test_xiaohongshu(tmp_path):
    reading = read_sessions(write_xlsx(tmp_path / "r.xlsx", RED))
    assert reading.kind == "xiaohongshu"
    session = reading.records[0][1]
    assert session.ended_at == session.started_at + 7200_000
    assert (session.figures["gmv"], session.figures["stay_seconds"], session.figures["interacters"]) == (
        123450,
        95,
        200,
    )
    assert "refund_amount" not in session.figures


def test_english_analytics(tmp_path):
    reading = read_sessions(write_xlsx(tmp_path / "e.xlsx", ENGLISH), year=2021)
    assert reading.kind == "analytics"
    assert (reading.read, reading.skipped) == (4, 1)
    ((_row, session),) = reading.records
    assert (session.title, session.anchor) == ("Good things", "Luo")
    assert session.started_at == local(2021, 8, 31, 11, 53)
    assert session.ended_at == session.started_at + 49598_000
    assert session.figures["file_uv_value"] == 2.82
    assert session.figures["file_view_pay_rate"] == pytest.approx(0.034)
    columns = [(refusal.row, refusal.column) for refusal in reading.refused]
    assert columns == [(3, "Views"), (5, "Start_time"), (6, "Peak_viewers")]


def test_without_a_year_every_row_says_what_is_needed(tmp_path):
    reading = read_sessions(write_xlsx(tmp_path / "e.xlsx", ENGLISH[:2]))
    assert reading.records == []
    assert "has no year" in reading.refused[0].why


def test_only_net_figures_may_be_below_zero(tmp_path):
    rows = [
        ["主播", "直播时间", "观看人数", "GMV", "新增粉丝数", "净成交金额"],
        ["小店", "2026/09/07 20:00", "-5", "99", "3", "99"],
        ["小店", "2026/09/08 20:00", "5", "-99", "3", "99"],
        ["小店", "2026/09/09 20:00", "5", "99", "-3", "-12.5"],
    ]
    reading = read_sessions(write_xlsx(tmp_path / "e.xlsx", rows))
    told = [(refusal.row, refusal.column, refusal.why) for refusal in reading.refused]
    assert told == [(2, "观看人数", "“-5” is below zero"), (3, "GMV", "“-99” is below zero")]
    ((_row, session),) = reading.records
    assert (session.figures["new_followers"], session.figures["net_gmv"]) == (-3, -1250)


def test_start_and_end_in_one_cell(tmp_path):
    rows = [
        ["主播", "直播时间", "GMV"],
        ["小店", "2026/09/07 20:00 ~ 2026/09/07 23:30", "99"],
        ["小店", "2026-09-08", "9"],
    ]
    first, second = (session for _row, session in read_sessions(write_csv(tmp_path / "o.csv", rows)).records)
    assert (first.started_at, first.ended_at) == (local(2026, 9, 7, 20), local(2026, 9, 7, 23, 30))
    assert (second.started_at, second.ended_at) == (local(2026, 9, 8), None)


def test_the_same_session_twice(tmp_path):
    rows = [*RED, [*RED[1]], [*RED[1][:2], "99", *RED[1][3:]]]
    reading = read_sessions(write_xlsx(tmp_path / "r.xlsx", rows))
    assert (len(reading.records), [refusal.row for refusal in reading.refused], reading.skipped) == (1, [4], 1)


def test_a_list_of_channels_is_no_list_of_sessions(tmp_path):
    rows = [
        ["渠道名称", "直播间曝光次数", "直播间观看次数", "成交金额"],
        ["整体", "1", "1", "1"],
        ["推荐", "1", "1", "1"],
    ]
    with pytest.raises(UserError, match="start time"):
        read_sessions(write_xlsx(tmp_path / "q.xlsx", rows))


@needs_shared
@skip_without_real
def test_the_real_history_of_five_anchors():
    reading = read_sessions(REAL / "livestreams.xlsx", year=2021)
    assert (reading.kind, reading.read) == ("analytics", 316)
    assert len(reading.records) + len(reading.refused) + reading.skipped == 316
    assert {refusal.column for refusal in reading.refused} == {"Views"}
    assert len(reading.records) == 290
    assert {session.anchor for _row, session in reading.records} == {
        "Luo Yonghao", "Zi An", "Lovemimius", "Mr.Dong Jewelry", "Lou Yixiao",
    }  # fmt: skip
    first = reading.records[0][1]
    assert first.figures["gmv"] == 1167455588
    assert first.figures["stay_seconds"] == 95
    assert all(session.ended_at > session.started_at for _row, session in reading.records)
    starts = {(session.anchor, session.started_at) for _row, session in reading.records}
    assert len(starts) == 290


@needs_shared
@skip_without_real
def test_the_real_history_without_a_year():
    reading = read_sessions(REAL / "livestreams.xlsx")
    assert (len(reading.records), len(reading.refused)) == (0, 316)
    assert all("has no year" in refusal.why for refusal in reading.refused)
