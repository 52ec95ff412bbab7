"""``main.py`` itself where a window has nowhere to go."""

import os
import subprocess
import sys

import pytest

from tests.installer.conftest import PROJECT, QUIET

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts without a display")


def start(home, *arguments, **environ):
    """Run main.py on no display but the one of ``environ``."""
    inherited = {name: value for name, value in os.environ.items() if name not in QUIET}
    return subprocess.run(
        [sys.executable, str(PROJECT / "main.py"), *arguments],
        env={**inherited, "LIVESHOP_HOME": str(home), "PYTHONIOENCODING": "utf-8", **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@linux
@pytest.mark.parametrize("arguments", [[], ["demo"], ["--language", "en"]])
def test_without_a_display_it_says_so_in_both_languages_instead_of_aborting(tmp_path, arguments):
    done = start(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "There is no display here" in done.stderr
    assert "没有显示器" in done.stderr
    assert "Qt" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@linux
@pytest.mark.parametrize("environ", [
    {"DISPLAY": ":4711"}, {"DISPLAY": "nowhere"}, {"WAYLAND_DISPLAY": "wayland-4711"},
])  # fmt: skip
def test_a_display_that_does_not_answer_is_said_and_nothing_is_aborted(tmp_path, environ):
    done = start(tmp_path, "--language", "en", **environ)
    assert (done.returncode, done.stdout) == (1, "")
    (asked,) = (f"{name}={value}" for name, value in environ.items())
    assert f"The desk cannot open its window: no display answers, or Qt lacks a library ({asked})." in done.stderr
    assert "Start it from a graphical desktop" in done.stderr
    assert "Reinstalling the application" not in done.stderr
    assert list(tmp_path.iterdir()) == []
