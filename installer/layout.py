"""Where things lie in the project, on each of the three systems."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


class SetupError(Exception):
    """Set-up cannot go on; the text says why and what to do, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths set-up works with. ``system`` is ``sys.platform``: linux, darwin or win32."""

    root: Path
    system: str = sys.platform

    @property
    def windows(self) -> bool:
        """Say whether this is Windows, which has Scripts for bin and no exec."""
        return self.system == "win32"

    @property
    def environment(self) -> Path:
        """Return the folder of the project's own virtual environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Return the environment's interpreter."""
        return self.script("python")

    @property
    def stamp(self) -> Path:
        """Return the file that is there only after a set-up that went through to its end."""
        return self.environment / "liveshop-setup.json"

    def script(self, name: str) -> Path:
        """Return a program of the environment, by its bare name."""
        if self.windows:
            return self.environment / "Scripts" / f"{name}.exe"
        return self.environment / "bin" / name

    def lock(self, kind: str) -> Path:
        """Return the locked dependencies for ``kind``: run or test."""
        return self.root / "installer" / ("requirements.lock" if kind == "run" else f"requirements-{kind}.lock")
