"""``python3 main.py`` with the system's Python: it goes on with the environment's, or says how to make one."""

import subprocess
import sys

import pytest

from tests.installer.conftest import PROJECT

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
BARE = [sys.executable, "-S", "-X", "utf8"]  # -S: without the site's packages, as a bare machine's Python


def start_main(copy, *arguments):
    (copy.layout.root / "main.py").write_text((PROJECT / "main.py").read_text("utf-8"), "utf-8")
    command = [*BARE, str(copy.layout.root / "main.py"), *arguments]
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
