"""What is kept on this machine for OBS: its password, and chapters beside recordings."""

import stat
import sys

import pytest

from liveshop_desk.wire import obs_address
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_chapters import ChapterFile, time_text


def test_the_password_is_for_this_user_alone():
    address = Address("192.168.1.7", 4456, "密码 \"'\\")
    obs_address.address_file().parent.mkdir(parents=True)
    obs_address.address_file().with_name("obs.json.part").write_text("left behind by a crash")
    obs_address.save(address)
    assert obs_address.load() == address
    if sys.platform != "win32":
        assert stat.S_IMODE(obs_address.address_file().stat().st_mode) == 0o600
    obs_address.forget()
    assert obs_address.load() is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"host": "a", "port": 0, "password": ""}', '{"host": 1}', "\udcff"])
def test_a_file_that_makes_no_sense_is_none(text):
    file = obs_address.address_file()
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert obs_address.load() is None


def test_an_address_is_a_url():
    assert Address("::1", 4455).url == "ws://[::1]:4455"


def test_chapters_wait_in_the_spare_folder_until_the_recording_is_there(tmp_path):
    chapters = ChapterFile(tmp_path / "spare")
    chapters.begin("", "2026-11-22 20-00-00")
    spare = chapters.add(3_723_004, "First")
    assert spare.parent == tmp_path / "spare"
    chapters.add(3_800_000, "Two\nlines \x1b")
    (tmp_path / "show.mkv").touch()
    kept = chapters.end(str(tmp_path / "show.mkv"))
    assert kept == tmp_path / "show.chapters.txt"
    assert kept.read_text("utf-8") == "01:02:03.004 First\n01:03:20.000 Two lines\n"
    assert not spare.exists()


@pytest.mark.parametrize("recording", ["C:\\Videos\\show.mkv", "/nowhere/show.mkv", "/etc/passwd", "../../show.mkv"])
def test_a_recording_that_is_not_here_has_its_chapters_in_the_spare_folder(tmp_path, recording):
    chapters = ChapterFile(tmp_path)
    chapters.begin(recording, "now")
    assert chapters.add(0, "First").parent == tmp_path
    assert chapters.end(recording) is not None
    assert {path.name for path in tmp_path.iterdir()} <= {"show.chapters.txt", "passwd.chapters.txt"}


def test_chapters_move_beside_a_recording_whose_file_comes_late(tmp_path):
    chapters = ChapterFile(tmp_path / "spare")
    chapters.begin(str(tmp_path / "show.mp4"), "now")
    chapters.add(0, "First")
    (tmp_path / "show.mp4").touch()
    assert chapters.add(1_000, "Second") == tmp_path / "show.chapters.txt"
    kept = chapters.end("")
    assert kept is not None
    assert kept.read_text("utf-8") == "00:00:00.000 First\n00:00:01.000 Second\n"
    assert list((tmp_path / "spare").iterdir()) == []


def test_a_recording_without_takes_leaves_no_file(tmp_path):
    chapters = ChapterFile(tmp_path)
    chapters.begin("", "now")
    assert chapters.end("") is None
    assert list(tmp_path.iterdir()) == []


def test_times_are_written_for_hours():
    assert time_text(0) == "00:00:00.000"
    assert time_text(36_000_000) == "10:00:00.000"
