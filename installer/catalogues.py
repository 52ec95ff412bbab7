"""The message catalogues: resources/i18n/*.po compiled to *.mo where the text is newer."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer.layout import Layout
from installer.words import CATALOGUE_FAILED, say


def stale(layout: Layout) -> list[Path]:
    """Return the catalogues whose compiled form is missing or older (stats only)."""
    sources = sorted((layout.root / "resources" / "i18n").glob("*.po"))
    return [source for source in sources if _is_older(source.with_suffix(".mo"), source)]


def compile_command(layout: Layout, source: Path) -> list[str]:
    """Return the command that compiles one catalogue with the environment's Babel."""
    babel = [str(layout.python), "-m", "babel.messages.frontend", "compile"]
    return [*babel, "-l", source.stem, "-i", str(source), "-o", str(source.with_suffix(".mo"))]


def compile_stale(layout: Layout) -> None:
    """Compile what is stale. A failure only warns: the desk can compile in memory, or speaks English."""
    for source in stale(layout):
        done = subprocess.run(compile_command(layout, source), capture_output=True, text=True, check=False)
        if done.returncode:
            say(CATALOGUE_FAILED, file=source.name, reason=(done.stderr.strip() or "?").splitlines()[-1])


def _is_older(compiled: Path, source: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
