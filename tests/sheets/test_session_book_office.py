"""A real spreadsheet program opens the workbook, works every formula out and agrees with the desk."""

import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from liveshop_desk.sheets.session_book import write_session_book
from tests.sheets.evening import report

_RESULT = re.compile(r"(</f>)<v>[^<]*</v>")


@pytest.mark.needs_office
def test_libreoffice_recalculates_to_the_same_figures(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the workbook cannot be recalculated here")
    path, bare = tmp_path / "book.xlsx", tmp_path / "bare.xlsx"
    write_session_book(report(), path)
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
    assert checked > 100


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
