"""A fault of the program is told and logged, and the show goes on."""

import json
import os
import subprocess
import sys

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
