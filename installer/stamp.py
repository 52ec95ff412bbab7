"""What the last set-up did, so that the next one can tell by a few stats that nothing is left to do."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from installer import debian
from installer.layout import Layout


@dataclass(frozen=True, slots=True)
class Stamp:
    """The state of the environment; an empty text means "not done"."""

    python: str = ""  # which interpreter it was built from, and where
    run: str = ""  # sha256 of the lock that was installed to run
    test: str = ""  # sha256 of the lock that was installed to test
    system: str = ""  # which system packages were found, and when

    def covers(self, wanted: Stamp, kind: str) -> bool:
        """Say whether nothing is left to do for ``kind`` (run or test)."""
        same = self.python == wanted.python and self.system == wanted.system
        return same and self.installed(wanted, kind)

    def installed(self, wanted: Stamp, kind: str) -> bool:
        """Say whether the lock of ``kind`` is what the environment holds."""
        return bool(wanted.lock(kind)) and self.lock(kind) == wanted.lock(kind)

    def lock(self, kind: str) -> str:
        """Return the sha256 of the lock of ``kind``."""
        return self.test if kind == "test" else self.run


def wanted(layout: Layout) -> Stamp:
    """Return the stamp a complete set-up would leave now."""
    return Stamp(
        # The environment's programs name its folder in their first line: moved, they are broken.
        python=f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix} {layout.root}",
        run=_digest(layout.lock("run")),
        test=_digest(layout.lock("test")),
        system=debian.state(layout.system),
    )


def after_install(found: Stamp, target: Stamp, kind: str) -> Stamp:
    """Return the stamp after the lock of ``kind`` went in; the test lock holds all of the run lock."""
    return replace(found, python=target.python, run=target.run, test=target.test if kind == "test" else "")


def read(layout: Layout) -> Stamp:
    """Read the stamp; a missing, torn or foreign one counts as "nothing done"."""
    try:
        return Stamp(**json.loads(layout.stamp.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return Stamp()


def write(layout: Layout, stamp: Stamp) -> None:
    """Write the stamp, whole or not at all."""
    draft = layout.stamp.with_suffix(".new")
    draft.write_text(json.dumps(asdict(stamp), indent=1), "utf-8")
    draft.replace(layout.stamp)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
