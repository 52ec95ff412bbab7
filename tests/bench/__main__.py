"""``python3 -m tests.bench [name] [--json]``: what the desk costs, each figure beside its goal.

Ratios are measured within one run; nothing here fails on a slow machine. Without a name all benches run (minutes).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Figures = dict[str, float]
FLOOD_MINUTES = 10.0

# What ARCHITECTURE and the record hold the desk to; a figure without a goal explains one that has.
GOALS = {
    "edit_ratio": "≤ 2", "first_visit_stall_ms": "≤ 50",
    "filter_p99_ms": "≤ 16", "export_ratio": "≤ 1.3", "prompter_fps": "≥ 60", "prompter_p99_ms": "≤ 17.5",
    "lost": "0", "cpu_percent": "≤ 5", "rss_growth_mb": "≤ 20", "chart_update_p99_ms": "≤ 7",
    "flood_lost": "0", "flood_p99_ms": "≤ 20", "flood_rss_growth_mb": "≤ 20",
    "loop_delay_p99_ms": "≤ 12", "wire_lost": "0", "burst_lost": "0",
    "prompter_cpu_percent": "≤ 15", "prompter_speed_error_percent": "< 1", "prompter_open_ms": "< 200",
    "export_prompter_p99_ms": "≤ 20",
} | {
    f"prompter_{case}_p99_ms": "≤ 20"
    for case in (
        "mirrored", "edit", "export", "desk", "records", "flood", "chart", "desk_edit", "desk_export", "desk_mirrored",
    )
} | {f"prompter_speed_error_{fps}_percent": "< 1" for fps in (60, 30, 20)} | {
    case + key: goal
    for case in ("", "xcb_", "air_", "air_xcb_", "empty_")
    for key, goal in (("start_ratio", "≤ 1.4"), ("ready_ratio", "≤ 4"), ("start_stall_ms", "≤ 50"))
}  # fmt: skip


def start(quick: bool) -> Figures:
    """Process start to first paint and to ready."""
    module = import_module("tests.bench.start")
    return module.run(1, products=20, platforms=("offscreen",)) if quick else module.run()


def edit(quick: bool) -> Figures:
    """One price edit, durable."""
    module = import_module("tests.bench.edit")
    return module.run(40, 20) if quick else module.run()


def filter_(_quick: bool) -> Figures:
    """Keystroke to painted result."""
    return import_module("tests.bench.filter").run()


def export(_quick: bool) -> Figures:
    """The owner's workbook."""
    return import_module("tests.bench.export").run()


def prompter(quick: bool) -> Figures:
    """Frames of the anchor's window, alone and under load."""
    module = import_module("tests.bench.prompter")
    found = module.run(1.0) if quick else module.run_all()
    return {f"prompter_{key}": value for key, value in found.items()}


def beside(quick: bool) -> Figures:
    """Frames of the anchor's window while a workbook is written."""
    return import_module("tests.bench.beside").run(1.0 if quick else 10.0)


def numbers(quick: bool) -> Figures:
    """Numbers pouring in: 5 000 records a second, bursts of 20 000, a real socket, and the chart that shows them."""
    module = import_module("tests.bench.numbers")
    found = module.run(4, 1.0) if quick else module.run()
    return found | wire(quick) | chart(quick)


def wire(quick: bool) -> Figures:
    """Records over a real WebSocket from another process: 5 000 a second, and a burst of 20 000."""
    load = import_module("tests.bench.wire_load").wire_load
    steady, burst = load(5_000, 1.0 if quick else 20.0), load(20_000, 0.5 if quick else 3.0)
    kept = ("lost", "loop_delay_p50_ms", "loop_delay_p99_ms")
    found = {("wire_" if key == "lost" else "") + key: steady[key] for key in kept}
    return found | {"burst_lost": burst["lost"], "burst_records_per_second": burst["records_per_second"]}


def flood(quick: bool, minutes: float = FLOOD_MINUTES) -> Figures:
    """The whole desk in a flood of records, its prompter scrolling; ``--minutes`` of it."""
    module = import_module("tests.bench.flood")
    found = module.run(0.05, 2.0) if quick else module.run(minutes)
    return {f"flood_{key}": value for key, value in found.items()}


def chart(quick: bool) -> Figures:
    """The live chart's redraw."""
    module = import_module("tests.bench.chart")
    return module.run(1, 30) if quick else module.run()


BENCHES: dict[str, Callable[[bool], Figures]] = {
    "start": start, "edit": edit, "filter": filter_, "export": export, "prompter": prompter,
    "beside": beside, "chart": chart, "wire": wire, "numbers": numbers,
    "flood": flood,
}  # fmt: skip


def measure(names: list[str], *, quick: bool = False) -> Figures:
    """Run benches one after another; one that cannot run here is left out and says why on stderr."""
    found: Figures = {}
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        before = _processor_time()
        try:
            found |= BENCHES[name](quick)
        except ImportError as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)
            continue
        if before is not None and (after := _processor_time()) is not None:
            whole, stolen = after[0] - before[0], after[1] - before[1]
            found[f"{name}_stolen_percent"] = 100 * stolen / max(whole, 1)
    return found


def _processor_time() -> tuple[int, int] | None:
    """Return (all of it, what the host gave to other machines meanwhile), in ticks; ``None`` where nobody tells."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    with stat.open() as file:
        ticks = [int(word) for word in file.readline().split()[1:9]]  # proc_stat(5): user … idle … steal
    return sum(ticks), ticks[7]


def main(argv: list[str]) -> int:
    """Print a table, or with ``--json`` one flat object."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=[*BENCHES])
    parser.add_argument("--json", action="store_true", help="one flat object on stdout")
    parser.add_argument("--minutes", type=float, default=FLOOD_MINUTES, help="of the flood")
    parser.add_argument("--quick", action="store_true", help="small sizes: tells that it runs, not how fast")
    asked = parser.parse_args(argv)
    if asked.minutes != FLOOD_MINUTES:
        BENCHES["flood"] = lambda quick: flood(quick, asked.minutes)
    found = measure([asked.name] if asked.name else [*BENCHES], quick=asked.quick)
    if asked.json:
        print(json.dumps(found))
        return 0
    for key, value in found.items():
        print(f"{key:34}{value:>12,.2f}  {GOALS.get(key, '')}")
    return 0


if __name__ == "__main__":
    try:
        import PySide6  # noqa: F401 - told apart from a bench that merely lacks something
    except ModuleNotFoundError as missing:  # the system's Python: the libraries are in .venv
        from installer.hop import hop

        sys.exit(hop(Path(__file__).resolve().parents[2], ["-m", "tests.bench", *sys.argv[1:]], missing))
    sys.exit(main(sys.argv[1:]))
