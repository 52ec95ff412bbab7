# ruff: noqa: DTZ001
from datetime import datetime

import pytest

from liveshop_desk.errors import UserError
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.sheets.samples import read_samples
from liveshop_desk.sheets.stock import read_stock
from tests.sheets.files import write_csv, write_xlsx


def local(*parts):
    return from_datetime(datetime(*parts))


def test_one_column_per_metric(tmp_path):
    rows = [
        ["时间", "在线人数", "成交金额", "备注"],
        ["2026/11/21 20:00", "1,284", "¥369.00", "x"],
        ["2026/11/21 20:05", "-", "738", ""],
    ]
    reading = read_samples(write_csv(tmp_path / "s.csv", rows))
    found = [(row, sample.at, sample.metric, sample.value) for row, sample in reading.records]
    assert found == [
        (2, local(2026, 11, 21, 20), "online", 1284),
        (2, local(2026, 11, 21, 20), "gmv", 36900),
        (3, local(2026, 11, 21, 20, 5), "gmv", 73800),
    ]
    assert (reading.read, reading.refused) == (2, [])
    assert "备注" in reading.notes[0]


def test_bare_times_belong_to_the_given_day_and_cross_midnight(tmp_path):
    file = write_csv(tmp_path / "s.csv", [["time", "online"], ["23:58", "10"], ["00:03", "12"]])
    assert len(read_samples(file).refused) == 2
    reading = read_samples(file, begun=local(2026, 11, 21, 20))
    assert [sample.at for _row, sample in reading.records] == [local(2026, 11, 21, 23, 58), local(2026, 11, 22, 0, 3)]


@pytest.mark.parametrize(
    ("begun", "times", "read"),
    [
        (local(2026, 11, 21, 23, 50), ["00:00", "00:05"], [(22, 0, 0), (22, 0, 5)]),  # not one figure before midnight
        (local(2026, 11, 21, 23, 50), ["00:05", "23:55"], [(22, 0, 5), (21, 23, 55)]),  # the newest first
        (local(2026, 11, 21, 0, 5), ["23:59", "00:01"], [(20, 23, 59), (21, 0, 1)]),  # the platform began before us
        (local(2026, 11, 21, 9), ["09:00", "15:00", "22:00"], [(21, 9, 0), (21, 15, 0), (21, 22, 0)]),
    ],
)
def test_bare_times_lie_beside_the_show(tmp_path, begun, times, read):
    file = write_csv(tmp_path / "s.csv", [["time", "online"], *([time, "1"] for time in times)])
    found = [sample.at for _row, sample in read_samples(file, begun=begun).records]
    assert found == [local(2026, 11, *each) for each in read]


def test_written_dates_stay_as_they_are(tmp_path):
    rows = [["time", "online"], ["2026-11-22 21:00", "10"], ["2026-11-22 08:00", "12"]]
    reading = read_samples(write_csv(tmp_path / "s.csv", rows), begun=local(2026, 11, 22, 8))
    assert [sample.at for _row, sample in reading.records] == [local(2026, 11, 22, 21), local(2026, 11, 22, 8)]


def test_one_row_per_figure(tmp_path):
    rows = [
        ["time", "metric", "value"],
        ["2026-11-21T20:00:00+08:00", "online", "1284"],
        ["2026-11-21T20:00:00+08:00", "gmv", "369.00"],
        ["2026-11-21T20:00:00+08:00", "mood", "1"],
        ["2026-11-21T20:00:00+08:00", "online", "many"],
    ]
    reading = read_samples(write_csv(tmp_path / "s.csv", rows))
    assert [(sample.metric, sample.value) for _row, sample in reading.records] == [("online", 1284), ("gmv", 36900)]
    assert [(refusal.row, refusal.column) for refusal in reading.refused] == [(4, "metric"), (5, "value")]


def test_dates_that_a_workbook_holds_as_dates(tmp_path):
    file = write_xlsx(tmp_path / "s.xlsx", [["时间", "观看次数"], [datetime(2026, 11, 21, 20), 5]])
    assert read_samples(file).records[0][1].at == local(2026, 11, 21, 20)


def test_a_table_without_times_is_refused(tmp_path):
    with pytest.raises(UserError, match="time"):
        read_samples(write_csv(tmp_path / "s.csv", [["在线人数", "GMV"], ["1", "2"]]))


def test_counted_stock(tmp_path):
    rows = [
        ["仓库盘点表", "", "", "", ""],
        ["条码", "商品编码", "品名", "账面库存", "实盘数量"],
        ["6901234567892", "Y9981", "羊毛大衣", "120", "118"],
        ["6901234567893", "W1", "围巾", "20", "20"],
        ["6901234567892", "Y9981", "羊毛大衣", "120", "117"],
        ["", "", "", "1", "1"],
        ["", "M1", "帽子", "3", ""],
        ["", "M2", "手套", "3", "-1"],
        ["", "M3", "袜子", "3", "0"],
        ["合计", "", "", "148", "138"],
    ]
    reading = read_stock(write_xlsx(tmp_path / "p.xlsx", rows))
    assert [(record.product_code, record.counted) for _row, record in reading.records] == [
        ("Y9981", 118),
        ("W1", 20),
        ("M3", 0),
    ]
    assert reading.records[0][1].barcode == "6901234567892"
    assert [refusal.row for refusal in reading.refused] == [5, 6, 7, 8]
    assert (reading.read, reading.skipped) == (7, 1)


def test_stock_needs_items_and_quantities(tmp_path):
    with pytest.raises(UserError, match="counted quantity"):
        read_stock(write_csv(tmp_path / "p.csv", [["条码", "品名"], ["1", "2"]]))
