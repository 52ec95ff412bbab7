"""The prompter's frames while the owner's workbook is written beside it, as the window does it: in another process."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from tests.bench import prompter

_WRITER = """
import sys, tempfile
from pathlib import Path
from liveshop_desk.sheets.session_book import write_session_book
from tests.sheets.evening import busy

report = busy()
print("writing", flush=True)
while True:  # until it is ended: the frames are counted while it writes, from the first to the last
    write_session_book(report, Path(sys.argv[1]) / "evening.xlsx")
"""


def run(seconds: float = 10.0) -> dict[str, float]:
    """Return export_prompter_p99_ms and its neighbours: frame intervals at 1920×1080 while exports run one by one."""
    with tempfile.TemporaryDirectory() as folder:
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, folder], cwd=prompter.ROOT, stdout=subprocess.PIPE, text=True
        )
        try:
            assert writer.stdout is not None
            writer.stdout.readline()
            found = prompter.run(seconds)
            if writer.poll() is not None:
                raise RuntimeError("the export ended early: nothing was measured beside it")
        finally:
            writer.kill()
            writer.communicate()
    return {f"export_prompter_{key}": float(found[key]) for key in ("fps", "p50_ms", "p99_ms", "max_ms")}
