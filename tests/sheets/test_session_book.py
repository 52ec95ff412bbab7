"""The owner's workbook as a spreadsheet program finds it."""

import os
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from liveshop_desk.errors import UserError
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.reading import Reading
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_ledger import Lines
from liveshop_desk.model.session import Session, State
from liveshop_desk.sheets.book import Cell, Sheet
from liveshop_desk.sheets.book_file import write_book
from liveshop_desk.sheets.session_book import write_session_book
from tests.sheets.evening import at, report

GOLDEN = Path(__file__).parents[1] / "golden" / "session_book.txt"


@pytest.fixture(autouse=True)
def shanghai(zone):
    """Local times in the file are those of the shop."""
    zone("Asia/Shanghai")


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    write_session_book(report(), path)
    return path


def dump(path: Path) -> str:
    """Write down what a workbook holds: layout, values, formulas with their results, formats."""
    live, results = load_workbook(path), load_workbook(path, data_only=True)
    lines: list[str] = []
    for sheet in live:
        lines.append(f"== {sheet.title} | frozen {sheet.freeze_panes} | filter {sheet.auto_filter.ref}")
        page = sheet.page_setup
        lines.append(
            f"   print {page.orientation} {page.paperSize} wide {page.fitToWidth} top {sheet.print_title_rows}"
        )
        widths = [f"{name}={found.width:g}" for name, found in sheet.column_dimensions.items()]
        lines.append(f"   widths {' '.join(widths)} | charts {len(sheet._charts)}")
        lines += [line for row in sheet.iter_rows() for cell in row if (line := _cell_line(cell, results))]
    return "\n".join(lines) + "\n"


def _cell_line(cell, results) -> str:
    if cell.value is None:
        return ""
    value = repr(cell.value)
    if cell.data_type == "f":
        value = f"{cell.value} -> {results[cell.parent.title][cell.coordinate].value!r}"
    return f"{cell.coordinate} {value} [{cell.number_format}]{' quoted' if cell.quotePrefix else ''}"


def names_in(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def test_the_workbook_is_the_golden_one(book):
    made = dump(book)
    if os.environ.get("LIVESHOP_GOLDEN") == "write":
        GOLDEN.write_text(made, "utf-8")
    assert made == GOLDEN.read_text("utf-8")


def test_the_same_report_gives_the_same_bytes(book, tmp_path):
    again = tmp_path / "again.xlsx"
    write_session_book(report(), again)
    assert again.read_bytes() == book.read_bytes()


def test_an_id_with_leading_zeros_stays_text(book):
    sheet = load_workbook(book)["Products"]
    cell = sheet["B4"]
    assert (cell.value, cell.data_type, cell.number_format) == ("0012345678901234567", "s", "@")


def test_a_name_that_begins_like_a_formula_is_text(book):
    sheet = load_workbook(book)["Products"]
    cell = sheet["A5"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value.startswith("=HYPERLINK")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1", "a\x00\x0b=1", "𠮷" * 40_000, "]]><c/>&"])
def test_any_text_from_outside_is_written_as_text(tmp_path, text):
    path = tmp_path / "any.xlsx"
    write_book([Sheet("S", [[Cell(text)]], [10])], path, title=text[:20], made_at=0)
    assert load_workbook(path)["S"]["A1"].data_type == "s"


def test_missing_stays_blank(tmp_path):
    path = tmp_path / "blank.xlsx"
    write_session_book(report(rollups=[], imported={"gmv": 100, "viewers": 0}), path)
    rows = {row[0]: row[1] for row in load_workbook(path, data_only=True)["Overview"].iter_rows(values_only=True)}
    assert rows["GMV"] == 1
    assert rows["Viewers"] == 0
    assert "UV value" not in rows or rows["UV value"] is None


def as_shown(cell, value):
    """Write a percentage as a spreadsheet does."""
    decimals = len(re.search(r"0\.?(0*)%", cell.number_format)[1])
    return f"{abs(value):.{decimals}%}"


@pytest.mark.parametrize(
    ("gmv", "viewers", "attained", "fallen"),
    [
        (499_800, 1, "99.9600%", "99.9500%"),  # ¥2 short; one of the usual 2 000
        (500_000, 0, "100.0%", "100.0%"),
        (499_000, 4, "99.8%", "99.8%"),
    ],
)
def test_a_goal_just_missed_is_not_100_and_a_fall_that_leaves_one_not_all(tmp_path, gmv, viewers, attained, fallen):
    path = tmp_path / "near.xlsx"
    write_session_book(report(rollups=[], imported={"gmv": gmv, "viewers": viewers}), path)
    overview = load_workbook(path)["Overview"]
    rows = {row[0].value: row for row in overview.iter_rows()}
    goal = rows["GMV"][2].value
    assert as_shown(rows["GMV"][3], gmv / 100 / goal) == attained
    assert as_shown(rows["Viewers"][5], viewers / 2_000 - 1) == fallen


def test_a_sheet_with_nothing_to_say_is_left_out_and_the_overview_says_so(tmp_path):
    path = tmp_path / "bare.xlsx"
    nothing = {"rollups": [], "pitches": [], "edits": [], "incidents": [], "cues": [], "segments": []}
    past = Session("s", "旧场", State.ENDED, started_at=at(0), ended_at=at(90), source="compass")
    write_session_book(report(session=past, lines=Lines(), **nothing), path)
    made = load_workbook(path)
    assert made.sheetnames == ["Overview", "Dictionary"]
    said = [str(row[0]) for row in made["Overview"].iter_rows(values_only=True)]
    assert "Left out: Pitch record — nothing was taken on air" in said


def test_a_show_nobody_told_a_figure_of_has_no_sheet_of_bare_minutes(tmp_path):
    path = tmp_path / "untold.xlsx"
    write_session_book(report(rollups=[], imported={}, lines=Lines()), path)
    made = load_workbook(path)
    assert made.sheetnames[1:-1] == ["5 minutes", "Products", "Pitch record", "Price and stock edits"]
    said = [str(row[0]) for row in made["Overview"].iter_rows(values_only=True)]
    assert "Left out: Minute data — no numbers came in while the session ran" in said
    slots = made["5 minutes"]
    assert [cell.value for cell in slots[3]] == ["Time", "What happened"]
    assert slots["A2"].value == "No numbers came in while the session ran."
    assert "Total" not in [row[0].value for row in slots.iter_rows()]
    width = sum(slots.column_dimensions[each].width for each in "AB")
    assert width > 1.5 * len(slots["A1"].value)  # the page ends with the last column: its title is read whole


def test_why_a_figure_is_partial_is_read_whole_beside_the_charts(tmp_path):
    """The refund rate's reason ran on below the picture at its right, and was cut."""
    live = LiveFigures()
    live.absorb(Record(at(1), "sample", metric="gmv", value=500_000))
    live.absorb(Record(at(2), "order", sku="Y9981", quantity=1, amount=39_900, order="1"))
    live.absorb(Record(at(3), "refund", sku="Y9981", quantity=1, amount=39_900, order="1"))
    path = tmp_path / "partial.xlsx"
    write_session_book(report(rollups=live.take_dirty(), carry=live.carry(), imported={}), path)
    sheet = load_workbook(path)["Overview"]
    width = sheet.column_dimensions["G"].width
    said = {cell.row: cell.value for cell in sheet["G"][5:] if cell.value}
    long = [row for row, text in said.items() if len(text) > width]
    assert long
    assert all(sheet.cell(row, 7).alignment.wrap_text for row in said)
    assert all(sheet.row_dimensions[row].height >= 14 * len(said[row]) / width for row in long)


def test_a_rehearsal_says_so_on_every_sheet(tmp_path):
    path = tmp_path / "rehearsal.xlsx"
    dry = Session("s", "彩排", State.ENDED, rehearsal=True, started_at=at(0), ended_at=at(12))
    write_session_book(report(session=dry), path)
    for sheet in load_workbook(path):
        assert sheet["A1"].value.startswith("[Rehearsal]")
        assert sheet.oddFooter.left.text.startswith("[Rehearsal]")  # every printed page, not the first alone
        assert sheet.sheet_properties.tabColor.rgb == "00F5A524"


def test_the_charts_are_native(book):
    made = load_workbook(book)
    assert [len(sheet._charts) for sheet in made][:4] == [2, 1, 0, 1]


def test_a_name_excel_forbids_for_a_sheet_is_mended():
    from liveshop_desk.sheets.book import sheet_name

    assert sheet_name("a/b:c*[d]?\\" + "x" * 40) == ("a b c  d   " + "x" * 40)[:31]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "held.xlsx"
    path.mkdir()
    with pytest.raises(UserError, match="could not be written"):
        write_session_book(report(), path)
    assert names_in(tmp_path) == ["held.xlsx"]


def test_a_disk_that_takes_no_more_leaves_the_old_file(book):
    resource = pytest.importorskip("resource", reason="a limit on file sizes can only be set on Unix")
    before = book.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, hard))
    try:
        with pytest.raises(UserError, match="could not be written"):
            write_session_book(report(), book)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert book.read_bytes() == before
    assert names_in(book.parent) == ["book.xlsx"]


def test_stopping_half_way_leaves_the_old_file(book):
    before = book.read_bytes()

    def stop(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_session_book(report(), book, progress=stop)
    assert book.read_bytes() == before
    assert names_in(book.parent) == ["book.xlsx"]


def test_progress_ends_where_it_said(tmp_path):
    told = []
    write_session_book(report(), tmp_path / "p.xlsx", progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1]
    assert told == sorted(told)


def test_what_was_read_stands_beside_each_pitch(tmp_path):
    rows = [
        Reading("r1", "s", "g1", 0, "字" * 40, at(0.1), at(0.4), 40, 231, 0, 80),
        Reading("r2", "s", "g1", 1, "字" * 26, at(0.4), at(0.6), 26, 231, 0, 80),
    ]
    path = tmp_path / "read.xlsx"
    write_session_book(report(readings=rows), path)
    rows = list(load_workbook(path, data_only=True)["Pitch record"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if "Script read" in row)
    assert [row[rows[head].index("Script read")] for row in rows[head + 1 : head + 3]] == [0.825, None]
    assert [row[rows[head].index("Characters/min")] for row in rows[head + 1 : head + 3]] == [231, None]


def test_a_typed_0_stands_in_every_sheet_that_tells_of_it(tmp_path):
    """In the pitches and the minutes it stood; the five minutes had no column of it."""
    live, path = LiveFigures(), tmp_path / "zero.xlsx"
    live.absorb(Record(at(5), "sample", metric="gmv", value=0))
    write_session_book(report(lines=Lines(), rollups=live.take_dirty(), carry=live.carry(), imported={}), path)
    book = load_workbook(path, data_only=True)
    for name in ("5 minutes", "Pitch record", "Minute data"):
        rows = [[cell.value for cell in row] for row in book[name].iter_rows()]
        column = next(row.index("GMV") for row in rows if "GMV" in row)
        assert 0 in [row[column] for row in rows]
