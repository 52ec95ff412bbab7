"""A real spreadsheet program opens the workbook, works every formula out and agrees with the desk."""

import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from liveshop_desk.model.review_ledger import Lines
from liveshop_desk.sheets.session_book import write_session_book
from tests.sheets.evening import at, report

_RESULT = re.compile(r"(</f>)<v>[^<]*</v>")


def typed_now_and_then():
    """Make the review of an evening whose figures a person typed three times: most of its minutes are blank."""
    live = LiveFigures()
    for minute, figures in (
        (3, {"gmv": 200_000}),
        (6, {"gmv": 500_000, "orders": 14}),
        (9, {"orders": 30, "views": 90}),
    ):
        for metric, value in figures.items():
            live.absorb(Record(at(minute), "sample", metric=metric, value=value))
    return report(rollups=live.take_dirty(), carry=live.carry(), lines=Lines(), imported={})


@pytest.mark.needs_office
@pytest.mark.parametrize("evening", [report, typed_now_and_then])
def test_libreoffice_recalculates_to_the_same_figures(tmp_path, evening):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the workbook cannot be recalculated here")
    path, bare = tmp_path / "book.xlsx", tmp_path / "bare.xlsx"
    write_session_book(evening(), path)
    without_results(path, bare)
    home, out = tmp_path / "office", tmp_path / "out"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "xlsx", "--outdir", out, bare],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    formulas, ours, theirs = (
        load_workbook(path),
        load_workbook(path, data_only=True),
        load_workbook(out / "bare.xlsx", data_only=True),
    )
    assert theirs.sheetnames == formulas.sheetnames
    checked = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            found = theirs[sheet.title][cell.coordinate].value
            assert not str(found).startswith(("#", "Err:")), f"{sheet.title}!{cell.coordinate}: {found}"
            if cell.data_type == "f":
                checked += 1
                same(ours[sheet.title][cell.coordinate].value, found, f"{sheet.title}!{cell.coordinate} {cell.value}")
    assert checked > 50


def without_results(path, bare):
    """Copy a workbook without the results kept in it, so that the program must work them out."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                data = _RESULT.sub(r"\1", data.decode()).replace('t="str"', "").encode()
            target.writestr(name, data)


def same(ours, theirs, where):
    """Compare what the desk says a formula gives with what the program gives."""
    if ours in (None, "") or theirs in (None, ""):
        assert (ours or None) == (theirs or None), where
    elif isinstance(ours, int | float) and isinstance(theirs, int | float):
        assert theirs == pytest.approx(ours, rel=1e-7, abs=1e-9), where
    else:
        assert theirs == ours, where
