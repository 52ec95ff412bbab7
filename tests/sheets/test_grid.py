# ruff: noqa: DTZ001, PT017
import zipfile
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.sheets import grid, textfile
from liveshop_desk.sheets.grid import read_grids
from tests.sheets.files import edit_xml, false_dimension, write_csv, write_xlsx

ROWS = [["品名", "价格", "库存"], ["羊毛大衣", "369", "12"], ["围巾,加长", "59.9", "0"]]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter(tmp_path, encoding, delimiter):
    file = write_csv(tmp_path / "a.csv", ROWS, encoding, delimiter)
    assert read_grids(file)[0].rows == ROWS


def test_row_numbers_hold_over_blank_lines_and_broken_lines(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text('品名,说明\n\n大衣,"两行\n文字"\n围巾,a"b"c\n', encoding="utf-8")
    rows = read_grids(file)[0].rows
    assert rows == [["品名", "说明"], [], ["大衣", "两行\n文字"], ["围巾", 'a"b"c']]


def test_a_false_dimension_hides_nothing(tmp_path):
    file = edit_xml(write_xlsx(tmp_path / "a.xlsx", ROWS), "xl/worksheets/sheet1.xml", false_dimension)
    assert "A1:A1" in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    assert read_grids(file)[0].rows == ROWS


def test_formulas_give_their_cached_values(tmp_path):
    file = write_xlsx(tmp_path / "a.xlsx", [["品名", "价格"], ["大衣", "=300+69"]])
    edit_xml(
        file,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace("<v></v>", "<v>369</v>").replace("<v />", "<v>369</v>").replace("<v/>", "<v>369</v>"),
    )
    assert read_grids(file)[0].rows[1][1] == 369


def test_merged_cells_count_downwards_and_are_marked(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    for row in (["品名", "规格", "库存"], ["大衣", "M", 12], [None, "L", None]):
        page.append(row)
    page.merge_cells("A2:A3")
    page.merge_cells("C2:C3")
    book.save(tmp_path / "a.xlsx")
    sheet = read_grids(tmp_path / "a.xlsx")[0]
    assert sheet.rows[2] == ["大衣", "L", 12]
    assert sheet.filled == {(2, 0), (2, 2)}


def test_hidden_sheets_are_told(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.create_sheet("old").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in read_grids(tmp_path / "a.xlsx")] == [
        ("Sheet", False),
        ("old", True),
    ]


def test_dates_come_as_dates(tmp_path):
    file = write_xlsx(tmp_path / "a.xlsx", [["t"], [datetime(2026, 9, 7, 8, 55, 37)]])
    assert read_grids(file)[0].rows[1][0] == datetime(2026, 9, 7, 8, 55, 37)


def refusal(file) -> str:
    with pytest.raises(UserError) as caught:
        read_grids(file)
    assert file.name in caught.value.what
    return caught.value.what


def test_missing_empty_folder(tmp_path):
    assert "no such file" in refusal(tmp_path / "none.csv")
    (tmp_path / "empty.csv").touch()
    assert "empty" in refusal(tmp_path / "empty.csv")
    (tmp_path / "blank.csv").write_text("\n \n")
    assert "empty" in refusal(tmp_path / "blank.csv")
    assert "not a file" in refusal(tmp_path)


def test_too_large_and_too_long(tmp_path, monkeypatch):
    file = write_csv(tmp_path / "a.csv", ROWS)
    monkeypatch.setattr(grid, "FILE_LIMIT", 10)
    assert "100 MB" in refusal(file)
    monkeypatch.undo()
    monkeypatch.setattr(grid, "ROW_LIMIT", 2)
    assert "rows" in refusal(file)
    assert "rows" in refusal(write_xlsx(tmp_path / "a.xlsx", ROWS))


def test_a_stray_cell_far_out_does_not_eat_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "品名"
    book.active.cell(199_999, 16_000).value = "x"
    book.save(tmp_path / "far.xlsx")
    assert "too far" in refusal(tmp_path / "far.xlsx")
    book.active.cell(1_048_576, 1).value = "x"
    book.save(tmp_path / "long.xlsx")
    assert "rows" in refusal(tmp_path / "long.xlsx")


def test_an_open_document_cell_repeated_endlessly(tmp_path):
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:table><table:table-row '
        'table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"/></table:table-row></table:table></office:document-content>'
    )
    file = tmp_path / "a.ods"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    assert "rows" in refusal(file)


def test_an_open_document(tmp_path):
    row = "<table:table-row>{}</table:table-row>"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(row.format("".join(cell.format(value) for value in values)) for values in ROWS)
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="商品">{body}<table:table-row table:number-rows-repeated="1048573">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = tmp_path / "a.ods"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    (sheet,) = read_grids(file)
    assert (sheet.name, sheet.rows) == ("商品", ROWS)


def test_a_zip_bomb_is_not_opened(tmp_path):
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 1024 * 1024))
    assert "unpacks" in refusal(file)


def test_a_password_is_told(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(grid.OLE + b"\0" * 600 + grid.ENCRYPTED_STREAM + b"\0" * 600)
    assert "password" in refusal(file)
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert "password" in refusal(tmp_path / "a.ods")


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20,
        b"PK\x03\x04 not a zip at all",
        grid.OLE + b"\0" * 700,
        b"<html><table><tr><td>1</td></tr></table></html>",
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path, content):
    file = tmp_path / "a.xls"
    file.write_bytes(content)
    assert "not a table" in refusal(file) or "web page" in refusal(file)


def test_a_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "not a table" in refusal(tmp_path / "a.xlsx")


def test_a_cut_off_file_is_told(tmp_path):
    (tmp_path / "a.csv").write_text('品名,价格\n"大衣,369\n围巾,59\n', encoding="utf-8")
    assert "never closed" in refusal(tmp_path / "a.csv")


def test_a_few_broken_bytes_spoil_only_their_cells(tmp_path):
    data = "\n".join(["品名,价格"] + [f"羊毛大衣{n},369" for n in range(200)]).encode()
    (tmp_path / "a.csv").write_bytes(data.replace("大衣77".encode(), "大".encode() + b"\xff\xfe77"))
    rows = read_grids(tmp_path / "a.csv")[0].rows
    assert sum("\ufffd" in str(row[0]) for row in rows) == 1
    assert rows[5] == ["羊毛大衣4", "369"]


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_make_the_text_reader_crash(tmp_path_factory, data):
    file = tmp_path_factory.mktemp("fuzz") / "a.csv"
    file.write_bytes(data)
    try:
        grids = read_grids(file)
    except UserError as error:
        assert "a.csv" in error.what
    else:
        assert all(isinstance(cell, str) for row in grids[0].rows for cell in row)


@given(
    st.lists(
        st.lists(st.text(alphabet="品名,;\t\"'= 12\n", max_size=6), min_size=2, max_size=4), min_size=3, max_size=8
    )
)
def test_what_a_csv_writer_wrote_is_read_back(tmp_path_factory, rows):
    width = max(map(len, rows))
    rows = [["甲", "乙", "丙", "丁"][:width]] * 9 + [row + [""] * (width - len(row)) for row in rows]
    file = write_csv(tmp_path_factory.mktemp("back") / "a.csv", rows)
    text = textfile.decode(file.read_bytes())
    assert text is not None
    assert len(textfile.split_rows(text, file, 1000)) >= 9
