"""The system's file window: its labels in the desk's words, beginning in a folder that is there."""

from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from ui.widgets.file_window import PlainIcons, ask_file, usual_folder

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def downloads(tmp_path, monkeypatch):
    folder = tmp_path / "Downloads"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(folder))
    return folder


def test_it_begins_in_a_folder_that_is_there(downloads):
    assert usual_folder() == str(Path.home())
    downloads.mkdir()
    assert usual_folder() == str(downloads)


def test_every_label_is_ours_to_translate(qtbot, downloads):
    downloads.mkdir()
    desk = QWidget()
    qtbot.addWidget(desk)
    ask_file(desk, "Import products", ["*.csv"], lambda _path: None)
    window = desk.findChild(QFileDialog)
    shown = {label.text() for label in window.findChildren(QLabel)}
    window.reject()
    assert {"Folder:", "Kind of file:"} <= shown
    assert not {"Look in:", "Files of type:"} & {text.replace("&", "") for text in shown}


def test_a_folder_of_many_files_is_shown_with_one_icon(qtbot, tmp_path):
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text("")
    files = [QFileInfo(str(path)) for path in tmp_path.iterdir()]
    icons = PlainIcons()
    assert len({icons.icon(file).cacheKey() for file in files}) == 1
    assert icons.icon(QFileInfo(str(tmp_path))).cacheKey() != icons.icon(files[0]).cacheKey()
    assert not icons.icon(files[0]).isNull()
    assert icons.type(files[0]) == "csv"
