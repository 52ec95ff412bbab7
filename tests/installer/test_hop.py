"""``python3 main.py`` with the system's Python: it goes on with the environment's, or says how to make one."""

import subprocess
import sys

import pytest

from installer import stamp
from tests.installer.conftest import PROJECT

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
BARE = [sys.executable, "-S", "-X", "utf8"]  # -S: without the site's packages, as a bare machine's Python


def start_main(copy, *arguments, python=BARE):
    (copy.layout.root / "main.py").write_text((PROJECT / "main.py").read_text("utf-8"), "utf-8")
    command = [*python, str(copy.layout.root / "main.py"), *arguments]
    env = {"LANG": "C.UTF-8", "PATH": ""}
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_without_an_environment_the_line_to_type_is_said_and_nothing_is_traced(copy):
    done = start_main(copy)
    assert (done.returncode, done.stdout) == (1, "")
    assert "python3 installer/bootstrap.py run" in done.stderr or "py installer" in done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_with_one_it_goes_on_there_with_the_same_words(copy):
    interpreter = copy.layout.python
    interpreter.parent.mkdir(parents=True)
    interpreter.write_text('#!/bin/sh\nshift\nprintf "%s|" "$@"\nexit 5\n', "utf-8")
    interpreter.chmod(0o755)
    done = start_main(copy, "sessions", "--json", "夏 装")
    assert (done.returncode, done.stdout, done.stderr) == (5, "sessions|--json|夏 装|", "")


@pytest.fixture
def empty_environment(copy):
    """The interpreter of an environment whose libraries never came: its download was cut short."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(copy.layout.environment)], check=True)
    (copy.layout.root / "liveshop_desk").mkdir()
    (copy.layout.root / "liveshop_desk" / "cli.py").write_text("import click\n", "utf-8")
    return [str(copy.layout.python), "-X", "utf8"]


def test_one_that_was_not_finished_says_the_line_too(copy, empty_environment):
    for python in (BARE, empty_environment):
        done = start_main(copy, "sessions", python=python)
        assert (done.returncode, done.stdout) == (1, "")
        assert "click is missing" in done.stderr
        assert "bootstrap.py run" in done.stderr
        assert "Traceback" not in done.stderr


def test_what_another_set_up_would_not_mend_is_shown_as_it_is(copy, empty_environment):
    ours = copy.layout.root / "liveshop_desk" / "cli.py"
    ours.write_text("import liveshop_desk.gone\n", "utf-8")
    assert "No module named 'liveshop_desk.gone'" in start_main(copy, "sessions", python=empty_environment).stderr
    ours.write_text("import click\n", "utf-8")
    target = stamp.wanted(copy.layout)
    stamp.write(copy.layout, stamp.after_install(stamp.Stamp(), target, "run"))
    assert "No module named 'click'" in start_main(copy, "sessions", python=empty_environment).stderr
