# ruff: noqa: DTZ001, PT017
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.clock import from_datetime
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import CellError

ANY_CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.text(alphabet="0123456789.,-+eE%万亿wkW元¥￥:年月日时分秒小 /()'=\"\t", max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("369", 36900),
        ("¥1,234.00", 123400),
        ("￥ 59.9", 5990),
        ("59.9元", 5990),
        ("1.2万", 1200000),
        ("3亿", 30000000000),
        ("1.5w", 1500000),
        ("-12.30", -1230),
        ("-¥12.30", -1230),
        ("(12.30)", -1230),
        ("\t'369", 36900),
        ('="369.00"', 36900),
        ("１２３．５", 12350),
        (369, 36900),
        (0.005, 1),
        (11674555.88, 1167455588),
        ("1234,5678", 1234567800),
    ],
)
def test_amounts_as_shops_write_them(cell, fen):
    assert cells.money(cell) == fen


@pytest.mark.parametrize("cell", ["", "-", "--", "—", "N/A", "无", None, " \t", "#N/A", "null", float("nan")])
def test_missing_is_none_never_zero(cell):
    assert cells.money(cell) is None
    assert cells.count(cell) is None
    assert cells.fraction(cell) is None
    assert when.seconds(cell, "minutes") is None
    assert when.instant(cell) is None


@pytest.mark.parametrize("cell", ["abc", "12,5", "1.2.3", "$42.99", "12%", "10万+", "99起", True, "1e99", float("inf")])
def test_what_is_not_an_amount_is_refused_with_the_value(cell):
    with pytest.raises(CellError) as caught:
        cells.money(cell)
    assert caught.value.why


def test_counts():
    assert cells.count("21,254") == 21254
    assert cells.count("1.2万") == 12000
    assert cells.count(512392.0000000001) == 512392
    assert cells.count("-892") == -892
    assert cells.count("300人") == 300
    with pytest.raises(CellError, match="whole"):
        cells.count("3.5")
    with pytest.raises(CellError, match="below zero"):
        cells.quantity("-3")


def test_rates():
    assert cells.fraction("12.3%") == pytest.approx(0.123)
    assert cells.fraction("１２．３％") == pytest.approx(0.123)
    assert cells.fraction(0.5002) == pytest.approx(0.5002)
    assert cells.fraction("12.3", percent=True) == pytest.approx(0.123)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("\t6917926768823643751", "6917926768823643751"),
        ('="0012"', "0012"),
        ("'0012", "0012"),
        (521234567890.0, "521234567890"),
        ("Y9981-M", "Y9981-M"),
        ("12E5", "12E5"),
    ],
)
def test_ids_stay_text(cell, text):
    assert cells.ident(cell) == text


@pytest.mark.parametrize("cell", ["1.73E+18", "1.73e+18", 6.917926768823644e18, 1.73e18])
def test_ids_that_lost_digits_are_refused(cell):
    with pytest.raises(CellError, match="lost its last digits"):
        cells.ident(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "length"),
    [
        ("13小时46分钟38秒", None, 49598),
        ("1分35秒", None, 95),
        ("21秒", None, 21),
        ("6分", None, 360),
        ("10小时9秒", None, 36009),
        ("01:35", None, 95),
        ("1:02:03", None, 3723),
        ("1h 35m", None, 5700),
        ("1.58", "minutes", 94.8),
        (240, "minutes", 14400),
        ("95", "seconds", 95),
        (timedelta(hours=30), None, 108000),
        (time(1, 35), None, 5700),
    ],
)
def test_lengths_of_time(cell, unit, length):
    assert when.seconds(cell, unit) == pytest.approx(length)


def test_a_length_without_a_unit_is_not_guessed():
    with pytest.raises(CellError, match="no unit"):
        when.seconds("240")


def local(*parts):
    return from_datetime(datetime(*parts))


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("2026/09/07 08:55:37", (2026, 9, 7, 8, 55, 37)),
        ("2026-09-07T08:55:37", (2026, 9, 7, 8, 55, 37)),
        ("2026年03月02日 15:25", (2026, 3, 2, 15, 25)),
        ("2026年3月2日15时25分", (2026, 3, 2, 15, 25)),
        ("2026.3.2", (2026, 3, 2)),
        ("20260302 15:25", (2026, 3, 2, 15, 25)),
        ("20260302152530", (2026, 3, 2, 15, 25, 30)),
        ("2026/3/2 下午3:25", (2026, 3, 2, 15, 25)),
        ("2026/3/2 3:25 PM", (2026, 3, 2, 15, 25)),
        ("2026-03-02 (周一) 15:25", (2026, 3, 2, 15, 25)),
        ("25/12/2026 20:00", (2026, 12, 25, 20, 0)),
        (datetime(2026, 3, 2, 15, 25), (2026, 3, 2, 15, 25)),
        (date(2026, 3, 2), (2026, 3, 2)),
    ],
)
def test_dates_as_platforms_write_them(cell, at):
    assert when.instant(cell) == local(*at)


def test_zones_are_kept():
    assert when.instant("2026-11-21T20:12:43.120+08:00") == 1795263163120
    assert when.instant("2026-11-21 12:12:43Z") == 1795263163000


def test_a_date_without_a_year_needs_one():
    with pytest.raises(CellError, match="has no year"):
        when.instant("08-31 11:53")
    assert when.instant("08-31 11:53", 2021) == local(2021, 8, 31, 11, 53)
    assert when.instant("8月31日 11:53", 2021) == local(2021, 8, 31, 11, 53)
    with pytest.raises(CellError, match="calendar"):
        when.instant("02-29 11:53", 2021)


def test_day_and_month_by_the_column_else_by_region(monkeypatch):
    assert when.day_first_of(["07/09/2026", "13/09/2026"]) is True
    assert when.day_first_of(["07/09/2026", "09/13/2026"]) is False
    assert when.day_first_of(["07/09/2026"]) is None
    assert when.instant("07/09/2026") == local(2026, 9, 7)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert when.instant("07/09/2026") == local(2026, 7, 9)


@pytest.mark.parametrize("cell", ["someday", "2026/13/40", "25:99", "12.5", "1900-01-01", True, timedelta(1)])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(CellError):
        when.instant(cell, 2026)


def test_broken_bytes_are_refused_not_stored():
    with pytest.raises(CellError, match="encoding"):
        cells.text("羊毛\ufffd衣")


@given(ANY_CELL)
def test_no_cell_makes_a_coercion_crash(cell):
    for read in (
        cells.text,
        cells.line,
        cells.money,
        cells.price,
        cells.count,
        cells.quantity,
        cells.real,
        cells.fraction,
        cells.ident,
        lambda value: when.seconds(value, "minutes"),
        lambda value: when.instant(value, 2024, on=date(2024, 2, 29)),
        when.day_seconds,
    ):
        try:
            read(cell)
        except CellError as error:
            assert error.why


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_an_amount_written_is_the_amount_read(fen):
    sign, rest = ("-" if fen < 0 else ""), abs(fen)
    assert cells.money(f"{sign}¥{rest // 100:,}.{rest % 100:02d}") == fen
