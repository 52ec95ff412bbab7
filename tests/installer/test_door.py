"""bootstrap.py as the user calls it."""

import ast
import json
import subprocess
import sys

import pytest

from installer import commands, stamp
from tests.installer.conftest import PROJECT, Copy

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def test_help_names_the_commands_in_both_languages(copy):
    english, chinese = copy.start("--help"), copy.start("--help", LANG="zh_CN.UTF-8")
    assert english.returncode == chinese.returncode == 0
    assert "bootstrap.py test" in english.stdout
    assert "Set up" in english.stdout
    assert "安装并启动直播台" in chinese.stdout


def test_an_unknown_command_shows_the_help_and_fails(copy):
    done = copy.start("rnu")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bootstrap.py run" in done.stderr


def test_an_old_python_is_told_what_is_wrong():
    source = (PROJECT / "installer" / "bootstrap.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 4))
    script = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.version = '3.9.2 (main)';"
        "runpy.run_path(sys.argv[1], run_name='__main__')"
    )
    command = [sys.executable, "-X", "utf8", "-c", script, str(PROJECT / "installer" / "bootstrap.py")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Liveshop Desk needs Python 3.11 or newer; this is 3.9.2.",
        "直播台需要 Python 3.11 或更新的版本；现在是 3.9.2。",
    ]


@posix
def test_a_verb_reaches_main_with_its_arguments_and_clean_output(copy):
    copy.pretend_ready()
    done = copy.start("run", "sessions", "--json", "夏 装")
    assert json.loads(done.stdout)[0] == ["sessions", "--json", "夏 装"]
    assert (done.returncode, done.stderr) == (0, "")


@posix
def test_the_exit_status_is_mains(copy):
    copy.pretend_ready()
    assert copy.start("run", "sessions", "fail").returncode == 7


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts without a display")
def test_without_a_display_the_desk_says_so_in_both_languages(copy):
    copy.pretend_ready()
    done = copy.start("run")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no display" in done.stderr
    assert "没有显示器" in done.stderr
    assert copy.start("run", QT_QPA_PLATFORM="offscreen").returncode == 0
    assert copy.start("run", DISPLAY=":0").returncode == 0


@posix
def test_an_incomplete_copy_is_named(copy):
    copy.pretend_ready()
    (copy.layout.root / "main.py").unlink()
    done = copy.start("run", "sessions")
    assert done.returncode == 1
    assert "main.py" in done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_windows_waits_for_main_and_hands_its_status_on(copy):
    windows = Copy(copy.layout.root, "win32")
    windows.pretend_ready()
    assert commands.run(windows.layout, ["sessions", "fail"]) == 7


@posix
def test_a_fresh_copy_makes_its_environment_once(copy):
    for kind in ("run", "test"):
        copy.layout.lock(kind).write_text("", "utf-8")  # nothing to download in a test
    copy.pretend_packages()
    first = copy.start("run", "sessions")
    assert json.loads(first.stdout) == [["sessions"], str(copy.layout.environment)]
    assert "Making the environment" in first.stderr
    again = copy.start("run", "sessions")
    assert (again.stdout, again.stderr) == (first.stdout, "")


@posix
def test_a_set_up_that_fails_begins_anew_next_time(copy):
    copy.layout.lock("run").write_text("no-such-thing==1.0 --hash=sha256:" + "0" * 64, "utf-8")
    copy.pretend_packages()
    nowhere = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(copy.layout.root)}
    failed = copy.start("run", "sessions", **nowhere)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "pip could not install" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert stamp.read(copy.layout) == stamp.Stamp()
