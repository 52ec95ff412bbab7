"""What a spreadsheet program works out anew must be what the desk has said: evenings where the two came apart."""

from datetime import UTC, datetime, timedelta

from openpyxl import load_workbook

from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_kpis import Past
from liveshop_desk.model.review_ledger import Lines, OrderLine
from liveshop_desk.model.session import Session, State
from liveshop_desk.sheets.session_book import write_session_book
from liveshop_desk.sheets.session_book_words import LEDGER, MINUTES, SLOTS, tab
from tests.sheets import evening
from tests.sheets.evening import DOWN, at, report

FALL_BACK = from_datetime(datetime(2026, 11, 1, 5, 55, tzinfo=UTC))  # 01:55 in New York; 02:00 is 01:00 again


def rows_of(path, sheet, results):
    """Return heading → value of each row of a table, as formulas or as their results."""
    book = load_workbook(path, data_only=results)
    head, *rows = list(book[tab(sheet)].iter_rows(min_row=3, values_only=True))
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_pitch_across_the_hour_the_clocks_go_back_keeps_its_length(tmp_path, monkeypatch, new_york):
    monkeypatch.setattr(evening, "START", FALL_BACK)
    path = tmp_path / "fall.xlsx"
    write_session_book(report(session=Session("s", "DST", State.ENDED, started_at=at(0), ended_at=at(12))), path)
    across, after = rows_of(path, LEDGER, results=False)[1:3]
    assert across["Start"] > across["End"]  # as the clock on the wall said: a difference of the two is no length
    assert across["Length"] == timedelta(minutes=5)
    assert after["Length"].startswith("=")


def test_gmv_per_minute_of_orders_that_told_no_amount_is_blank_to_the_spreadsheet_too(tmp_path):
    lines = [
        OrderLine(at(3), DOWN, "s-down", 1, 36_900, "A"), OrderLine(at(4), DOWN, "s-down", 2, None, "B"),
        OrderLine(at(11), DOWN, "s-down", 1, 36_900, "C"),
    ]  # fmt: skip
    path = tmp_path / "unpriced.xlsx"
    write_session_book(report(lines=Lines(lines)), path)
    *pitches, totals = rows_of(path, LEDGER, results=False)
    assert [str(row["GMV per minute"] or "")[:1] for row in pitches] == ["", "", "=", "="]  # the first: nobody knows
    assert totals["GMV per minute"] is None
    write_session_book(report(lines=Lines(lines[1:2]), pitches=evening.pitches()[1:2]), path)  # no chart of it either
    assert "GMV per minute" not in rows_of(path, LEDGER, results=False)[0]


def test_pitches_of_order_lines_and_of_typed_figures_make_no_gmv_per_minute_together(tmp_path):
    """¥3,000.00 were typed while the orders of the second pitch were counted by their lines."""
    live = LiveFigures()
    live.absorb(Record(at(4), "order", sku="s-down", quantity=1, amount=36_900, order="A"))
    for minute, gmv in ((5, 336_900), (8, 500_000), (10.5, 600_000)):
        live.absorb(Record(at(minute), "sample", metric="gmv", value=gmv))
    one = Lines([OrderLine(at(4), DOWN, "s-down", 1, 36_900, "A")])
    path = tmp_path / "mixed.xlsx"
    write_session_book(report(lines=one, rollups=live.take_dirty(), carry=live.carry(), imported={}), path)
    *pitches, totals = rows_of(path, LEDGER, results=True)
    assert [row["GMV"] or None for row in (*pitches, totals)] == [None, 369, 1631, 1000, 3000]
    assert [row["GMV per minute"] or None for row in (*pitches, totals)] == [None, 73.8, None, None, None]


def test_a_rise_from_below_zero_is_a_rise(tmp_path):
    path = tmp_path / "followers.xlsx"
    before = Past("o", "x", at(-1440), {"new_followers": 10, "lost_followers": 110})
    write_session_book(report(imported={"new_followers": 60, "lost_followers": 10}, past=[before]), path)
    for results, change in ((True, 1.5), (False, '=IFERROR(({0}-{1})/ABS({1}),"")')):
        rows = load_workbook(path, data_only=results).worksheets[0].iter_rows()
        row = next(row for row in rows if row[0].value == "Net followers")
        wanted = change.format(row[1].coordinate, row[4].coordinate) if isinstance(change, str) else change
        assert row[5].value == wanted


def test_what_came_after_the_end_is_in_no_minute_and_in_no_five_minutes(tmp_path):
    live = LiveFigures()
    for minute, views in ((1, 100), (11.5, 900), (12.5, 950)):
        live.absorb(Record(at(minute), "sample", metric="views", value=views))
    path = tmp_path / "late.xlsx"
    write_session_book(report(rollups=live.take_dirty(), carry=live.carry(), imported={}, lines=Lines()), path)
    minutes = [row["Views"] for row in rows_of(path, MINUTES, results=True)][:-1]
    assert sum(filter(None, minutes)) == 900
    assert [row["Views"] or None for row in rows_of(path, SLOTS, results=True)] == [100, None, 800, 900]


def test_products_that_sold_more_than_the_told_total_leave_no_gmv_below_nought_without_a_name(tmp_path):
    path = tmp_path / "told.xlsx"
    write_session_book(report(imported={"gmv": 500_000}), path)
    said = [str(row[0]) for row in load_workbook(path).worksheets[0].iter_rows(values_only=True)]
    assert not [line for line in said if "names no product" in line]
    assert "The orders under Products come to ¥55.00 more than GMV, which another source told." in said
