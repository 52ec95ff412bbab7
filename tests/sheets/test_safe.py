"""Text from outside in a workbook the program writes: what a spreadsheet program, and the importer, read of it."""

import openpyxl
import pytest

from liveshop_desk.sheets.book import Cell, Sheet
from liveshop_desk.sheets.book_file import write_book
from liveshop_desk.sheets.grid import read_grids
from liveshop_desk.sheets.safe import as_text_cell


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+86 138", "-5", "@cmd", "\t=1", "\r=1", "羊毛大衣", "0012"]
)
def test_text_stays_text(tmp_path, text):
    path = tmp_path / "a.xlsx"
    write_book([Sheet("S", [[Cell(text)]], [10])], path, title="A", made_at=0)
    cell = openpyxl.load_workbook(path).active["A1"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert cell.quotePrefix == (text[0] in "=+-@\t\r")
    assert read_grids(path)[0].rows[0][0].strip() == text.strip()


def test_what_no_workbook_may_hold_is_dropped():
    assert as_text_cell("a\x00b\x1fc\ud800") == "abc"
    assert len(as_text_cell("x" * 40_000)) == 32_767
