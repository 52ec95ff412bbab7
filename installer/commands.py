"""The three commands of bootstrap.py: run, test and setup."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from installer import words
from installer.display import has_display, opens_window
from installer.layout import Layout, SetupError
from installer.prepare import prepare
from installer.words import say, say_in_both, text


def main(root: Path, arguments: Sequence[str]) -> int:
    """Carry out the command line of bootstrap.py; return the exit status (2: not understood)."""
    _never_fail_to_print()
    try:
        return _dispatch(Layout(root), *(arguments or ["--help"]))
    except SetupError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:  # no room, no right to write: the system's own words say it best
        say(words.SYSTEM_ERROR, reason=error)
        return 1
    except KeyboardInterrupt:
        say(words.STOPPED)
        return 130


def _dispatch(layout: Layout, command: str, *rest: str) -> int:
    if command == "run":
        return run(layout, rest)
    if command == "test":
        return test(layout, rest)
    if command == "setup":
        return setup(layout)
    known = command in ("--help", "-h")
    print(text(words.USAGE), file=sys.stdout if known else sys.stderr)
    return 0 if known else 2


def run(layout: Layout, arguments: Sequence[str]) -> int:
    """Set up, then become main.py with ``arguments``; on Windows, which cannot, start it and wait."""
    window = opens_window(arguments)
    prepare(layout, "run", window)
    # After the set-up: it is of use here all the same, for the command line.
    if window and not has_display(layout.system, os.environ):
        say_in_both(words.NO_DISPLAY)
        return 1
    program = layout.root / "main.py"
    if not program.exists():
        raise SetupError(text(words.NO_MAIN, file=program))
    command = [str(layout.python), str(program), *arguments]
    if not layout.windows:
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def test(layout: Layout, arguments: Sequence[str]) -> int:
    """Set up for the tests, then run all checks; ``arguments`` go to pytest."""
    prepare(layout, "test")
    from installer.checks import run_checks

    return run_checks(layout, arguments)


def setup(layout: Layout) -> int:
    """Only set up."""
    prepare(layout, "run")
    door = "py installer\\bootstrap.py run" if layout.windows else "python3 installer/bootstrap.py run"
    say(words.READY, line=door)
    return 0


def _never_fail_to_print() -> None:
    """Print a question mark where the console has no such character, rather than stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
