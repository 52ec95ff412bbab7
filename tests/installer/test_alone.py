"""One set-up at a time, where the file system knows locks; where it knows none a set-up does not wait for ever."""

import errno
import os
import subprocess
import sys

import pytest

from installer.alone import alone

fcntl = pytest.importorskip("fcntl", reason="Windows locks otherwise")


def test_a_file_system_without_locks_does_not_hold_up_the_set_up(tmp_path, monkeypatch, capfd):
    def refuse(_handle, _how):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    (tmp_path / "lock").touch()
    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr("time.sleep", lambda _seconds: pytest.fail("it waits"))
    with alone(tmp_path / "lock"):
        pass
    assert capfd.readouterr() == ("", "")


def test_a_second_set_up_waits_for_the_first(tmp_path):
    file = tmp_path / "lock"
    file.touch()
    code = f"from pathlib import Path\nfrom installer.alone import alone\nwith alone(Path({str(file)!r})): print('in')"
    with alone(file):
        second = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert second.stderr.readline()  # it says that it waits
        assert second.poll() is None
    assert second.communicate(timeout=30)[0] == b"in\n"
