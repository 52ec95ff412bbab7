"""Write the two lock files anew from pyproject.toml: ``python3 installer/lock.py [--upgrade]`` (needs uv).

One lock for all three systems and every Python from 3.11 on, each file with its hashes, so that plain pip
installs exactly what was tested. Without ``--upgrade`` versions stay as they are where they still fit.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ("uv", "pip", "compile", "pyproject.toml", "--quiet")
HOW = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header")


def main(options: list[str]) -> int:
    """Run uv for both locks; return its status."""
    for group, target in (([], "requirements.lock"), (["--group", "test"], "requirements-test.lock")):
        command = [*UV, *HOW, *group, *options, "-o", f"installer/{target}"]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
