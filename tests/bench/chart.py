"""What one redraw of the live chart costs: 8 hours at 1 Hz, twenty metrics, eight of them shown, a 940×250 plot.

``run`` starts a process of its own on the Qt platform given by QT_QPA_PLATFORM (offscreen by default). An update is
all the window does when figures have come: reading what is new, building the picture and its paths, painting the
widget. Pixels are checked.
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
START = 1_795_262_400_000
SHOWN = ("online", "gmv", "orders", "units", "views", "viewers", "clickers", "comments")
OTHERS = (
    "exposures", "exposed_viewers", "clicks", "cart_units", "buyers", "likes", "shares", "gifts", "entered", "left",
    "new_followers", "impressions",
)  # fmt: skip


def run(hours: int = HOURS) -> dict[str, float]:
    """Measure in a process of its own.

    Keys: chart_update_p50_ms, chart_update_p99_ms, chart_lit_pixels.
    """
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    argv = [sys.executable, "-m", "tests.bench.chart", str(hours)]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


class Evening:
    """Live figures with a sample of every metric each second."""

    def __init__(self, hours: int) -> None:
        import random

        from liveshop_desk.model.live import LiveFigures

        self.figures = LiveFigures()
        self.second = 0
        self._chance = random.Random(1)
        self._totals = dict.fromkeys((*SHOWN, *OTHERS), 0)
        for _second in range(hours * 3600):
            self.go_on()

    def go_on(self) -> int:
        """Let a second pass; return the instant."""
        from liveshop_desk.model.record import Record

        self.second += 1
        at = START + self.second * 1000
        for metric in self._totals:
            step = self._chance.randrange(-40, 41) if metric == "online" else self._chance.randrange(0, 90)
            self._totals[metric] = max(self._totals[metric] + step, 0)
            self.figures.absorb(Record(at, "sample", "bench", metric, self._totals[metric]))
        return at


def _measure(hours: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from liveshop_desk.model.session import Session, State
    from ui import theme
    from ui.panels.chart_data import View, picture_of
    from ui.panels.chart_series import Series
    from ui.widgets.live_chart import LiveChart

    app = QApplication([])
    end = START + (hours + 1) * 3_600_000
    session = Session("s", "Bench", State.LIVE, planned_start=START, planned_end=end, started_at=START, goal_gmv=10**7)
    evening = Evening(hours)
    series = Series(evening.figures, START)
    chart = LiveChart(theme.DARK)
    chart.resize(940, 250)
    chart.show()
    app.processEvents()
    took: list[float] = []
    for _number in range(UPDATES):
        until = evening.go_on()
        begun = time.perf_counter()
        chart.show_picture(picture_of(series, View(session, START, until, 0, SHOWN), (), None))
        chart.repaint()
        took.append((time.perf_counter() - begun) * 1000)
    assert len([line for line in chart.picture.lines if not line.dashed]) == len(SHOWN)
    took.sort()
    return {
        "chart_update_p50_ms": took[len(took) // 2],
        "chart_update_p99_ms": took[int(len(took) * 0.99)],
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
    print(json.dumps(_measure(int(sys.argv[1]))))
