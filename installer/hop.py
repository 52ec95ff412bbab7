"""From a Python without the libraries into the project's own environment, so that ``python3 main.py`` is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import stamp, words
from installer.layout import Layout
from installer.words import say


def hop(root: Path, words_of_command: Sequence[str], missing: ModuleNotFoundError) -> int:
    """Start ``words_of_command`` anew with the environment's Python and return its exit status.

    Where there is no environment yet, or one without all that the lock names (its download was cut short, the lock is
    a newer one), the line that makes it is printed; the status is 1. Where this already is the environment's Python and
    nothing of that kind is to be seen, ``missing`` is raised again: something else is wrong.
    """
    layout = Layout(root)
    inside = Path(sys.prefix).resolve() == layout.environment.resolve()
    if inside and (_is_ours(layout, missing) or _is_complete(layout)):
        raise missing
    if inside or not layout.python.exists():
        door = "py installer\\bootstrap.py run" if layout.windows else "python3 installer/bootstrap.py run"
        say(words.NOT_SET_UP, module=missing.name, line=door)
        return 1
    command = [str(layout.python), *words_of_command]
    if not layout.windows:
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode


def _is_ours(layout: Layout, missing: ModuleNotFoundError) -> bool:
    return (layout.root / (missing.name or "").partition(".")[0]).is_dir()


def _is_complete(layout: Layout) -> bool:
    return stamp.read(layout).installed(stamp.wanted(layout), "run")
