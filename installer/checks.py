"""The checks of ``bootstrap.py test``, in order; pytest last, so that its closing line is the last."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence

from installer import debian, words
from installer.layout import Layout
from installer.words import say, text

BEFORE_TESTS = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("basedpyright", ("basedpyright",)),
    ("import contracts", ("lint-imports",)),
)


def check_commands(layout: Layout) -> list[tuple[str, list[str]]]:
    """Return name and command of each check before the tests."""
    return [(name, [str(layout.script(tool)), *rest]) for name, (tool, *rest) in BEFORE_TESTS]


def test_command(layout: Layout, arguments: Sequence[str]) -> list[str]:
    """Return the command that runs the tests; ``arguments`` go to pytest."""
    return [str(layout.python), "-m", "pytest", *arguments]


def run_checks(layout: Layout, arguments: Sequence[str]) -> int:
    """Run everything, also after a failure; return 0 only if all passed."""
    _mention_extras(layout)
    failed = [name for name, command in check_commands(layout) if not _passes(layout, name, command)]
    tests = subprocess.run(test_command(layout, arguments), cwd=layout.root, check=False).returncode
    if failed:
        say(words.ALSO_FAILED, names=", ".join(failed))
    return tests or (1 if failed else 0)


def _passes(layout: Layout, name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    good = subprocess.run(command, cwd=layout.root, check=False).returncode == 0
    print("== " + text(words.PASSED if good else words.FAILED, name=name), flush=True)
    return good


def _mention_extras(layout: Layout) -> None:
    """Name what would let more tests run; they skip without it, so nothing of this is required."""
    if layout.system != "linux" or not debian.is_debian():
        return
    packages = debian.missing(debian.TEST_EXTRAS, debian.installed(debian.TEST_EXTRAS))
    if packages:
        line = debian.line_to_type(packages, sudo=shutil.which("sudo") is not None, root=debian.is_root())
        print(text(words.EXTRAS, packages=", ".join(packages), line=line), file=sys.stderr, flush=True)
