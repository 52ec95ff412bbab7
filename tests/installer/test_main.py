"""``main.py`` itself where a window has nowhere to go."""

import os
import subprocess
import sys

import pytest

from tests.installer.conftest import PROJECT, QUIET

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts without a display")


@linux
@pytest.mark.parametrize("arguments", [[], ["demo"], ["--language", "en"]])
def test_without_a_display_it_says_so_in_both_languages_instead_of_aborting(tmp_path, arguments):
    inherited = {name: value for name, value in os.environ.items() if name not in QUIET}
    done = subprocess.run(
        [sys.executable, str(PROJECT / "main.py"), *arguments],
        env={**inherited, "LIVESHOP_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no display here" in done.stderr
    assert "没有显示器" in done.stderr
    assert "Qt" not in done.stderr
    assert list(tmp_path.iterdir()) == []
