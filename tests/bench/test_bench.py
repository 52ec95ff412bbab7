"""The benches run and say what they promise. How fast is never tested: that is for docs/bench.md and its reader."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHES, GOALS, main, measure

ROOT = Path(__file__).resolve().parents[2]
PROMISED = {
    "start": {"start_ratio", "ready_ratio", "start_stall_ms", "air_ready_ratio", "empty_start_ratio"},
    "edit": {"edit_ratio", "edit_p50_ms", "edit_p99_ms"},
    "prompter": {
        "prompter_fps",
        "prompter_p50_ms",
        "prompter_p95_ms",
        "prompter_p99_ms",
        "prompter_cpu_percent",
        "prompter_open_ms",
    },
    "beside": {"export_prompter_p99_ms"},
    "flood": {"flood_p99_ms", "flood_quiet_p99_ms", "flood_sent", "flood_received", "flood_rss_growth_mb"},
    "numbers": {
        "records_per_second",
        "lost",
        "ingest_p50_ms",
        "ingest_p99_ms",
        "rss_mb",
        "chart_update_p99_ms",
    },
}


@pytest.mark.parametrize("name", PROMISED)
def test_a_bench_gives_its_figures(name, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    found = measure([name], quick=True)
    assert PROMISED[name] <= found.keys()
    assert all(isinstance(value, int | float) and value >= 0 for value in found.values())


def test_one_bench_alone_as_one_flat_object():
    argv = [sys.executable, "-m", "tests.bench", "edit", "--json", "--quick"]
    done = subprocess.run(argv, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=60, check=True)
    found = json.loads(done.stdout)
    assert found.keys() >= PROMISED["edit"]
    assert not any(key.startswith("start") for key in found)


def test_the_table_puts_the_goal_beside_its_figure(capsys):
    assert main(["edit", "--quick"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("edit_ratio"))
    assert line.endswith(GOALS["edit_ratio"])


def test_a_bench_that_cannot_run_here_says_why(monkeypatch, capsys):
    def missing(_quick):
        raise ModuleNotFoundError("No module named 'psutil'")

    monkeypatch.setitem(BENCHES, "chart", missing)
    assert measure(["chart"]) == {}
    assert "chart: skipped, No module named 'psutil'" in capsys.readouterr().err
