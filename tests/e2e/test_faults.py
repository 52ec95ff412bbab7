"""A fault of the program is told and logged, and the show goes on; a crash leaves where it was."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest

from liveshop_desk.paths import log_folder


def test_an_error_while_painting_does_not_end_the_program(tmp_path):
    argv = [sys.executable, "-m", "tests.e2e.faulty_child", str(tmp_path / "shop.liveshop")]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0]).startswith(
        "Something went wrong inside the program (ZeroDivisionError)"
    )
    log = (log_folder() / "desk.log").read_text("utf-8")
    assert "faulty_child.py" in log
    assert "During handling" not in log


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit to take from files of a crash, nor a signal")
def test_a_crash_in_a_library_leaves_where_it_was(tmp_path):
    import resource

    argv = [sys.executable, "-m", "tests.e2e.crashing_child", str(tmp_path / "shop.liveshop")]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    del env["PYTHONFAULTHANDLER"]  # as its user runs it
    path = log_folder() / "crash.log"
    path.parent.mkdir(parents=True)
    path.write_text("a line of a start long ago\n" * 10_000)
    done = subprocess.run(
        argv,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    )
    assert done.returncode == -signal.SIGSEGV, done.stderr
    told = path.read_text("utf-8")
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S+ Liveshop Desk ", told)
    assert "Segmentation fault" in told
    assert "crashing_child.py" in told
    assert "long ago" not in told  # it stays small
    assert path.with_name("crash.log.1").exists()
