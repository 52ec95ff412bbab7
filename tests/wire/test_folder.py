"""The watched folder: files that grow, are cut short or replaced, and order files that are still being written."""

import json
import os
from dataclasses import replace

import pytest

from liveshop_desk.wire.folder import Folder
from tests.wire.sources import QUICK, Desk, listener


@pytest.fixture
def desk():
    made = Desk(limits=replace(QUICK, folder=0.01))
    yield made
    made.close()


def line(number):
    return json.dumps({"t": 1_795_262_400_000, "kind": "comment", "text": str(number), "id": str(number)}) + "\n"


def texts(desk):
    return [record.text for record in desk.records]


def watch(desk, place, **parts):
    desk.run(listener("folder", address=str(place), **parts))
    desk.until(lambda states: states["folder"].health == "waiting" or states["folder"].messages)


def append(path, text):
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("from_start", [True, False])
def test_a_file_is_read_on_from_its_end_or_its_beginning(desk, tmp_path, from_start):
    path = tmp_path / "tonight.jsonl"
    path.write_text(line(1) + line(2)[:10])
    watch(desk, tmp_path, from_start=from_start)
    append(path, line(2)[10:] + line(3))
    desk.until(lambda states: states["folder"].records >= (3 if from_start else 2))
    assert texts(desk) == (["1", "2", "3"] if from_start else ["2", "3"])


def test_half_a_line_waits_for_its_other_half(desk, tmp_path):
    path = tmp_path / "tonight.jsonl"
    watch(desk, tmp_path)
    append(path, line(1) + line(2)[:20])
    desk.until(lambda states: states["folder"].records == 1)
    append(path, line(2)[20:])
    desk.until(lambda states: states["folder"].records == 2)
    assert desk.state("folder").refused == 0


@pytest.mark.parametrize("replaced", [True, False])
def test_a_file_cut_short_or_replaced_is_read_from_its_beginning(desk, tmp_path, replaced):
    path = tmp_path / "tonight.jsonl"
    watch(desk, tmp_path)
    append(path, line(1) + line(2))
    desk.until(lambda states: states["folder"].records == 2)
    other = tmp_path / "other.tmp" if replaced else path
    other.write_text(line(3))
    other.replace(path)
    desk.until(lambda states: states["folder"].records == 3)
    assert texts(desk) == ["1", "2", "3"]


def test_a_line_without_an_end_is_passed_over(desk, tmp_path):
    path = tmp_path / "tonight.jsonl"
    watch(desk, tmp_path)
    append(path, "x" * 100_000)
    desk.until(lambda states: states["folder"].oversize == 1)
    append(path, "y" * 100_000 + "\n" + line(1))
    desk.until(lambda states: states["folder"].records == 1)
    assert desk.state("folder").oversize == 1


def test_a_folder_that_is_not_there_is_said_and_found_when_it_comes(desk, tmp_path):
    place = tmp_path / "later"
    desk.run(listener("folder", address=str(place)))
    desk.until(lambda states: states["folder"].health == "down")
    assert desk.state("folder").why == f"There is no folder {place}."
    place.mkdir()
    desk.until(lambda states: states["folder"].health == "waiting")


def test_a_new_order_file_is_offered_once_and_only_when_it_grows_no_more(tmp_path):
    (tmp_path / "old.csv").write_text("was there")
    folder = Folder(tmp_path, from_start=False)
    assert folder.look()[1] == []
    for name in ("orders.xlsx.crdownload", "orders.csv.part", ".hidden.csv", "~$open.xlsx"):
        (tmp_path / name).write_text("half")
    new = tmp_path / "orders.csv"
    new.write_text("half")
    assert folder.look()[1] == []
    new.write_text("half and more")
    assert folder.look()[1] == []
    assert folder.look()[1] == [new]
    assert folder.look()[1] == []


def test_the_order_file_reaches_whoever_imports_it(desk, tmp_path):
    watch(desk, tmp_path)
    (tmp_path / "orders.csv").write_text("x")
    desk.until(lambda _states: desk.files)
    assert desk.files == [tmp_path / "orders.csv"]


def test_among_thousands_of_older_files_a_new_one_is_found(tmp_path):
    for number in range(600):
        old = tmp_path / f"a{number:04}.csv"
        old.write_text("was there")
        os.utime(old, (number, number))
    folder = Folder(tmp_path, from_start=False)
    assert folder.look() == ([], [])
    new = tmp_path / "z.csv"
    new.write_text("orders")
    folder.look()
    assert folder.look()[1] == [new]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_cannot_be_read_hides_no_other(desk, tmp_path):
    watch(desk, tmp_path)
    barred = tmp_path / "a.jsonl"
    barred.write_text(line(1))
    barred.chmod(0)
    append(tmp_path / "b.jsonl", line(2))
    desk.until(lambda states: states["folder"].records == 1)
    assert desk.state("folder").refused == 1
    barred.chmod(0o600)
    desk.until(lambda states: states["folder"].records == 2)


def test_only_files_that_have_grown_are_opened_again(tmp_path):
    path = tmp_path / "tonight.jsonl"
    path.write_text(line(1))
    folder = Folder(tmp_path, from_start=True)
    (tail,), _orders = folder.look()
    assert tail.read(65_536)[0] == line(1).encode()
    assert folder.look() == ([], [])
    append(path, line(2))
    assert folder.look()[0] == [tail]
