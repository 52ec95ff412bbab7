"""What the workbook says of counts that cover only a part of the show."""

from openpyxl import load_workbook

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_ledger import Lines, OrderLine
from liveshop_desk.sheets.session_book import write_session_book
from liveshop_desk.sheets.session_book_words import GOODS, LEDGER, MINUTES, tab
from tests.sheets.evening import DOWN, at, report


def test_a_rate_of_counts_that_cover_different_stretches_is_blank_in_the_workbook(tmp_path):
    live = LiveFigures()
    for minute in range(6):
        live.absorb(Record(at(5 + minute), "order", sku="s-down", quantity=1, amount=36_900, order=f"E{minute}"))
        live.absorb(Record(at(minute), "sample", "douyin", metric="views", value=100 * minute))
    live.absorb(Record(at(11), "sample", metric="gmv", value=900_000))
    made = report(rollups=live.take_dirty(), carry=live.carry(), imported={})
    path = tmp_path / "partial.xlsx"
    write_session_book(made, path)
    book = load_workbook(path)
    rows = {row[0].value: row for row in book.worksheets[0].iter_rows() if row[0].value}
    value = [row for row in rows.values() if row[6].value == "Orders: seen only for a part of the show"]
    assert {row[0].value for row in value} >= {"Orders", "Average order value"}
    assert rows["Average order value"][1].value is None
    assert [rows["Orders"][place].value for place in (4, 5)] == [15, None]  # no fall: nobody knows how many there were
    minutes = next(sheet for sheet in book.worksheets if sheet.title == tab(MINUTES))
    assert "Average order value" not in [cell.value for cell in minutes[3]]


def test_a_products_rate_whose_clicks_were_not_all_counted_is_blank_in_the_workbook(tmp_path):
    lines = [OrderLine(at(minute), DOWN, "s-down", 1, 36_900, f"A{minute}") for minute in range(2, 12)]
    path = tmp_path / "clicks.xlsx"
    for clicks, shown in ((4, set()), (40, {0.25})):
        write_session_book(report(lines=Lines(lines, clicks=[(at(2), DOWN, clicks)])), path)
        book = load_workbook(path, data_only=True)
        assert _under(book, GOODS, "Click → pay") == shown
        assert _under(book, LEDGER, "Click → pay") == ({0.125, 0.175} if shown else set())


def _under(book, sheet, heading):
    """Return the numbers below a heading; a column that is blank all through is left out of the sheet."""
    rows = list(next(each for each in book.worksheets if each.title == tab(sheet)).iter_rows(values_only=True))
    head = next((row for row in rows if heading in row), None)
    place = None if head is None else head.index(heading)
    return set() if place is None else {row[place] for row in rows if isinstance(row[place], float)}


def test_an_estimated_gmv_is_marked_in_the_workbook(tmp_path):
    live = LiveFigures()
    line = OrderLine(at(5), DOWN, "s-down", 1, 36_900, "E", estimated=True)
    live.absorb(Record(at(5), "order", "oba", sku="s-down", quantity=1, amount=36_900, order="E", estimated=True))
    made = report(rollups=live.take_dirty(), carry=live.carry(), imported={}, lines=Lines([line]))
    path = tmp_path / "estimated.xlsx"
    write_session_book(made, path)
    rows = list(load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert next(row for row in rows if row[0] == "GMV")[6] == "estimated from the live price"
    assert any("¥369.00 of GMV is estimated" in str(row[0]) for row in rows)
