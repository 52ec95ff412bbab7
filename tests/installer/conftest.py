"""A copy of the project's set-up in a folder of its own, with a main.py that only tells how it was called."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import debian, stamp
from installer.layout import Layout

PROJECT = Path(__file__).resolve().parents[2]
MAIN = "import json, sys\nprint(json.dumps([sys.argv[1:], sys.prefix]))\nsys.exit(7 if 'fail' in sys.argv else 0)\n"
QUIET = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES")


class Copy:
    """The copied project and its door."""

    def __init__(self, root: Path, system: str = sys.platform):
        self.layout = Layout(root, system)

    def start(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run the copied bootstrap.py from another folder, without a display."""
        inherited = {name: value for name, value in os.environ.items() if name not in QUIET}
        command = [sys.executable, str(self.layout.root / "installer" / "bootstrap.py"), *arguments]
        env = {**inherited, "LANG": "C.UTF-8", "PYTHONIOENCODING": "utf-8", **environ}
        return subprocess.run(
            command, cwd=self.layout.root.parent, env=env, capture_output=True, text=True, encoding="utf-8", check=False
        )

    def pretend_ready(self, kind: str = "run") -> None:
        """Leave the traces of a complete set-up: an interpreter and a stamp."""
        self.layout.python.parent.mkdir(parents=True, exist_ok=True)
        self.layout.python.symlink_to(sys.executable)
        target = stamp.wanted(self.layout)
        done = stamp.after_install(stamp.Stamp(system=target.system), target, kind)
        stamp.write(self.layout, done)

    def pretend_packages(self) -> None:
        """Note the system packages as found, so that no test ever asks apt for anything."""
        self.layout.environment.mkdir()
        stamp.write(self.layout, stamp.Stamp(system=debian.state(self.layout.system)))


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "店 desk"  # a blank and Chinese in the path: both happen
    root.mkdir()
    shutil.copytree(PROJECT / "installer", root / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "main.py").write_text(MAIN, "utf-8")
    return Copy(root)
