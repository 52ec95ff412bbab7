import openpyxl
import pytest

from liveshop_desk.sheets.grid import read_grids
from liveshop_desk.sheets.safe import as_text_cell, set_text


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+86 138", "-5", "@cmd", "\t=1", "\r=1", "羊毛大衣", "0012"]
)
def test_text_stays_text(tmp_path, text):
    book = openpyxl.Workbook()
    set_text(book.active["A1"], text)
    book.save(tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx").active["A1"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert cell.quotePrefix == (text[0] in "=+-@\t\r")
    assert read_grids(tmp_path / "a.xlsx")[0].rows[0][0].strip() == text.strip()


def test_what_no_workbook_may_hold_is_dropped():
    assert as_text_cell("a\x00b\x1fc\ud800") == "abc"
    assert len(as_text_cell("x" * 40_000)) == 32_767
