"""How evenly the anchor's window scrolls at 1920×1080, alone and under load, and what it costs.

``run`` starts a process of its own (``python -m tests.bench.prompter_child``) on the Qt platform given by
QT_QPA_PLATFORM, offscreen by default; under Xvfb call it with ``QT_QPA_PLATFORM=xcb``. Pixels are checked, because a
setting that looks 200 times faster draws nothing. The measured table stands in docs/bench.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RATES = (60, 30, 20)

_WRITER = """
import sys
from pathlib import Path
from liveshop_desk.sheets.session_book import write_session_book
from liveshop_desk.verbs.exporting import give_way
from tests.sheets.evening import busy

give_way()
report = busy()
print("writing", flush=True)
while True:  # until it is ended: the frames are counted while it writes, from the first to the last
    write_session_book(report, Path(sys.argv[1]) / "evening.xlsx")
"""


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: the anchor's window alone, or with the whole desk (and its preview) beside it.

    ``mirror``: for the glass. ``edit``: a paragraph is written anew each second. ``records``: so many a second come
    in. ``chart``: it is redrawn ten times a second. ``export``: a workbook is written by another process meanwhile.
    ``fps``: frames a second that are asked for, 0 as the window does.
    """

    desk: bool = False
    mirror: bool = False
    edit: bool = False
    records: int = 0
    chart: bool = False
    export: bool = False
    fps: int = 0


_SLEEPER = """
import sys, time
end, due, last, seen = time.perf_counter() + float(sys.argv[1]), time.perf_counter(), time.perf_counter(), []
while last < end:
    due = max(due + 0.016, last)
    time.sleep(max(0.0, due - time.perf_counter()))
    now = time.perf_counter()
    seen.append((now - last) * 1000)
    last = now
seen.sort()
print(seen[int(len(seen) * 0.99)], seen[-1])
"""
IDLE = Case()
CASES = {
    "mirrored": Case(mirror=True),
    "edit": Case(edit=True),
    "export": Case(export=True),
    "desk": Case(desk=True),
    "records": Case(desk=True, records=1000),
    "flood": Case(desk=True, records=5000),
    "chart": Case(desk=True, chart=True),
    "desk_edit": Case(desk=True, edit=True),
    "desk_export": Case(desk=True, export=True),
    "desk_mirrored": Case(desk=True, mirror=True),
}
SHOWN = ("fps", "p50_ms", "p95_ms", "p99_ms", "max_ms", "cpu_percent")


def run(seconds: float = 10.0, case: Case = IDLE) -> dict[str, float]:
    """Measure one case for ``seconds`` in a process of its own.

    Keys: fps, p50_ms, p95_ms, p99_ms, max_ms (frame intervals), paint_p50_ms, paint_p99_ms, cpu_percent (of one core),
    speed_error_percent, clock_error_px (a frame's text against where the clock says it is once painted),
    edit_took_p50_ms and edit_took_max_ms (edit to laid out, 0 without edits), open_ms (50 000 characters, no two
    paragraphs alike: plain text to first paint of the anchor's window and the preview), lit_pixels, records.
    """
    if case.export:
        with tempfile.TemporaryDirectory() as folder:
            return _beside_a_writer(folder, seconds, case)
    return _child(seconds, case)


def run_all(seconds: float = 10.0) -> dict[str, float]:
    """Measure all cases: as ``run`` for the window alone, ``<case>_…``, ``speed_error_<fps>_percent``, ``minute_…``.

    ``machine_p99_ms`` and ``machine_max_ms`` are the intervals of a process that only sleeps 16 ms at a time: no
    frame can come more evenly than that. The minute is 60 s of real time, each frame's text compared with where the
    clock says it is.
    """
    found = dict(run(seconds)) | machine(seconds)
    for name, case in CASES.items():
        measured = run(seconds, case)
        found |= {f"{name}_{key}": measured[key] for key in SHOWN}
    minute = run(60.0)
    found |= {f"minute_{key}": minute[key] for key in ("clock_error_px", "speed_error_percent", "p99_ms", "max_ms")}
    for fps in RATES:
        found[f"speed_error_{fps}_percent"] = run(seconds, Case(fps=fps))["speed_error_percent"]
    return found


def machine(seconds: float = 10.0) -> dict[str, float]:
    """Return how evenly this machine lets a process wake that does nothing else: machine_p99_ms, machine_max_ms."""
    argv = [sys.executable, "-c", _SLEEPER, str(seconds)]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=seconds + 60, check=True)
    p99, longest = map(float, done.stdout.split())
    return {"machine_p99_ms": p99, "machine_max_ms": longest}


def _child(seconds: float, case: Case) -> dict[str, float]:
    argv = [sys.executable, "-m", "tests.bench.prompter_child", json.dumps({"seconds": seconds} | asdict(case))]
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=seconds + 60, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def _beside_a_writer(folder: str, seconds: float, case: Case) -> dict[str, float]:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, folder], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        writer.stdout.readline()
        found = _child(seconds, case)
        if writer.poll() is not None:
            raise RuntimeError("the export ended early: nothing was measured beside it")
    finally:
        writer.kill()
        writer.communicate()
    return found
