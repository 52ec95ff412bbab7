"""From a Python without the libraries into the project's own environment, so that ``python3 main.py`` is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from installer import words
from installer.layout import Layout
from installer.words import say


def hop(root: Path, words_of_command: Sequence[str], missing: ModuleNotFoundError) -> int:
    """Start ``words_of_command`` anew with the environment's Python and return its exit status.

    Where this already is the environment's Python ``missing`` is raised again: something else is wrong. Where there is
    no environment yet the line that makes it is printed; the status is 1.
    """
    layout = Layout(root)
    if Path(sys.prefix).resolve() == layout.environment.resolve():
        raise missing
    if not layout.python.exists():
        door = "py installer\\bootstrap.py run" if layout.windows else "python3 installer/bootstrap.py run"
        say(words.NOT_SET_UP, module=missing.name, line=door)
        return 1
    command = [str(layout.python), *words_of_command]
    if not layout.windows:
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.run(command, check=False).returncode
