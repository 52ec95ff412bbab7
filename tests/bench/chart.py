"""What one redraw of the live chart costs: 8 hours in ten-second buckets, eight series, a 1360×300 strip.

``run`` starts a process of its own on the Qt platform given by QT_QPA_PLATFORM (offscreen by default). An update is
all of it: reading the buckets, thinning them, building the paths and painting the widget. Pixels are checked.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOURS = 8
UPDATES = 200
SERIES = ("online", "gmv", "orders", "units", "views", "viewers", "clickers", "comments")


def run() -> dict[str, float]:
    """Measure in a process of its own.

    Keys: chart_update_p50_ms, chart_update_p99_ms, chart_points (buckets shown), chart_lit_pixels.
    """
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    argv = [sys.executable, "-m", "tests.bench.chart"]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


def evening(start: int):
    """Return live figures of eight hours: every series has a figure in every bucket."""
    import random

    from liveshop_desk.model.live import LiveFigures
    from liveshop_desk.model.record import Record

    chance, figures = random.Random(1), LiveFigures()
    totals = dict.fromkeys(SERIES, 0)
    for second in range(0, HOURS * 3600, 10):
        for metric in SERIES:
            step = chance.randrange(-40, 41) if metric == "online" else chance.randrange(0, 900)
            totals[metric] = max(totals[metric] + step, 0)
            figures.absorb(Record(start + second * 1000, "sample", "bench", metric, totals[metric]))
    return figures


def _measure() -> dict[str, float]:
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from liveshop_desk.model.bases import BASES
    from ui import theme
    from ui.widgets.chart_picture import Line, Picture
    from ui.widgets.live_chart import LiveChart

    app = QApplication([])
    start = 1_795_262_400_000
    figures = evening(start)
    colors = ("chosen", "good", "next", "dim", "faint", "text", "on_air", "chosen")
    chart = LiveChart(theme.DARK)
    chart.resize(940, 250)
    chart.show()
    app.processEvents()

    def picture(until: int) -> Picture:
        lines = []
        for metric, color in zip(SERIES, colors, strict=True):
            x, y = (np.array(part, dtype=np.float64) for part in figures.series(metric))
            side = "left" if metric == "online" else "right"
            lines.append(Line(metric, BASES[metric].label, color, x, y, str, side))
        return Picture(float(start), float(until), tuple(lines))

    took: list[float] = []
    for number in range(UPDATES):
        begun = time.perf_counter()
        chart.show_picture(picture(start + HOURS * 3_600_000 + number * 200))
        chart.repaint()
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return {
        "chart_update_p50_ms": took[len(took) // 2],
        "chart_update_p99_ms": took[int(len(took) * 0.99)],
        "chart_points": float(sum(len(figures.series(metric)[0]) for metric in SERIES)),
        "chart_lit_pixels": float(_lit(chart)),
    }


def _lit(chart) -> int:
    """Count the pixels in the colour of the first line."""
    from ui.theme import DARK

    image, color = chart.grab().toImage(), DARK.color("chosen")
    return sum(
        1
        for y in range(image.height())
        for x in range(image.width())
        if abs(image.pixelColor(x, y).blue() - color.blue()) < 12
        and abs(image.pixelColor(x, y).red() - color.red()) < 12
    )


if __name__ == "__main__":
    print(json.dumps(_measure()))
