"""What one redraw of the live chart costs: 8 hours at 1 Hz, twenty metrics, eight of them shown, as on a busy evening.

``run`` starts a process of its own on the Qt platform given by QT_QPA_PLATFORM (offscreen by default). An update is
all the window does when figures have come: reading what is new, building the picture, painting the widget, which is
as large as in a desk of 1440×900, with its markers, shaded segments, goal, projection and the last sessions' bands.
``whole`` paints every pixel of it anew, as another window of time or another size does. Once all is measured, what
the updates left on the screen is compared pixel by pixel with a whole paint.
"""

from __future__ import annotations

import gc
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from liveshop_desk.model.curves import History
    from ui.panels.chart_data import View
    from ui.panels.chart_series import Series
    from ui.widgets.chart_picture import Flag
    from ui.widgets.live_chart import LiveChart

ROOT = Path(__file__).resolve().parents[2]
HOURS = 8
UPDATES = 600
WIDTH, HEIGHT = 907, 251  # px: the chart's in a desk of 1440×900
START = 1_795_262_400_000
SMOOTH = 32  # of 255
TAKE = 6 * 60_000  # ms a segment stays on air
SHOWN = ("online", "gmv", "orders", "units", "views", "viewers", "clickers", "comments")
OTHERS = (
    "exposures", "exposed_viewers", "clicks", "cart_units", "buyers", "likes", "shares", "gifts", "entered", "left",
    "new_followers", "impressions",
)  # fmt: skip


def run(hours: int = HOURS, updates: int = UPDATES) -> dict[str, float]:
    """Measure in a process of its own.

    Keys: chart_update_p50_ms, chart_update_p99_ms, chart_update_max_ms, chart_update_cpu_ms (processor time, mean),
    chart_update_cpu_p99_ms (which other programs lengthen least), chart_whole_p50_ms, chart_whole_p99_ms,
    chart_lit_pixels.
    """
    env = dict(os.environ)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    argv = [sys.executable, "-m", "tests.bench.chart", str(hours), str(updates)]
    done = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)


class Evening:
    """Live figures with a sample of every metric each second."""

    def __init__(self, hours: int) -> None:
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


def flags_of(until: int) -> tuple[Flag, ...]:
    """Return an evening's markers: a segment every six minutes, prices, stock, a cue, an incident now and then."""
    from ui.widgets.chart_picture import Flag

    found: list[Flag] = []
    for number, at in enumerate(range(START, until, TAKE)):
        found.append(Flag(at, "segment", f"Y{9000 + number}", f"Y{9000 + number} 长款鹅绒羽绒服"))
        found.append(Flag(at + 90_000, "price", "price 399→369", "Y9001  ¥399 → ¥369"))
        found.append(Flag(at + 150_000, "stock", "stock 18→58", "Y9001  stock 18→58"))
        if number % 4 == 0:
            found.append(Flag(at + 200_000, "cue", "", "Cue: 上链接"))
        if number % 20 == 0:
            found.append(Flag(at + 220_000, "incident", "", "Incident: 麦克风没声音"))
    return tuple(flag for flag in found if flag.at <= until)


def history_of(hours: int) -> History:
    """Return how the last five sessions went: a curve, and bands of online and GMV."""
    from liveshop_desk.model.curves import Band, History

    minutes = tuple(range(hours * 60))
    online = Band(minutes, tuple(400 + m % 50 for m in minutes), tuple(700 + m % 90 for m in minutes))
    gmv = Band(minutes, tuple(2_000 * m for m in minutes), tuple(3_500 * m for m in minutes))
    return History(tuple(step / 59 for step in range(60)), {"online": online, "gmv": gmv}, 5)


class Bench:
    """An evening, and the chart that shows it."""

    def __init__(self, hours: int) -> None:
        from liveshop_desk.model.session import Session, State
        from ui import theme
        from ui.panels.chart_series import Series
        from ui.widgets.live_chart import LiveChart

        end = START + (hours + 1) * 3_600_000
        self.session = Session(
            "s", "Bench", State.LIVE, planned_start=START, planned_end=end, started_at=START, goal_gmv=2_000_000
        )
        self.evening = Evening(hours)
        self.history = history_of(hours)
        self.series: Series = Series(self.evening.figures, START)
        self.flags: tuple[Flag, ...] = ()
        self.chart: LiveChart = LiveChart(theme.DARK)
        self.chart.resize(WIDTH, HEIGHT)
        self.chart.show()

    def show(self, until: int) -> None:
        """Show all up to an instant, as the panel does; markers are read where the journal has told of new ones."""
        from ui.panels.chart_data import picture_of

        if len(self.flags) == 0 or until % TAKE == 0:
            self.flags = flags_of(until)
        taken = max(flag.at for flag in self.flags if flag.kind == "segment")
        self.chart.show_picture(picture_of(self.series, self._view(until), self.flags, taken))

    def _view(self, until: int) -> View:
        from ui.panels.chart_data import View

        return View(self.session, START, until, 0, SHOWN, None, self.history)


def _measure(hours: int, updates: int) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication

    from ui.garbage import USUAL

    app = QApplication([])
    bench = Bench(hours)
    bench.show(bench.evening.go_on())
    app.processEvents()
    gc.freeze()  # as the desk does once it stands
    gc.set_threshold(*USUAL)
    took: list[float] = []
    until, cpu = START, list[float]()
    for _number in range(updates):
        until = bench.evening.go_on()
        begun, worked = time.perf_counter(), time.thread_time()
        bench.show(until)
        app.processEvents()  # the part that was marked is painted and flushed here
        took.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.thread_time() - worked) * 1000)
    others = _others(_screen(bench.chart), bench.chart.grab().toImage())
    if others:
        raise RuntimeError(f"{others} pixels that the updates left on the screen are not the chart's")
    assert len([line for line in bench.chart.picture.lines if not line.dashed]) == len(SHOWN)
    whole: list[float] = []
    for _number in range(updates // 3):
        begun = time.perf_counter()
        bench.show(until)
        bench.chart.repaint()
        whole.append((time.perf_counter() - begun) * 1000)
    for each in (took, cpu, whole):
        each.sort()
    return {
        "chart_update_p50_ms": took[len(took) // 2],
        "chart_update_p99_ms": took[int(len(took) * 0.99)],
        "chart_update_max_ms": took[-1],
        "chart_update_cpu_ms": sum(cpu) / updates,
        "chart_update_cpu_p99_ms": cpu[int(len(cpu) * 0.99)],
        "chart_whole_p50_ms": whole[len(whole) // 2],
        "chart_whole_p99_ms": whole[int(len(whole) * 0.99)],
        "chart_lit_pixels": float(_lit(bench.chart)),
    }


def _screen(chart: LiveChart) -> QImage:
    """Return what the window holds, without painting any of it anew."""
    return chart.screen().grabWindow(chart.winId()).toImage()


def _others(one: QImage, other: QImage) -> int:
    """Count the pixels that differ by more than a clipped line's smoothing does."""
    import numpy as np

    form = one.Format.Format_RGB32
    found = [np.frombuffer(picture.convertToFormat(form).constBits(), np.uint8).astype(int) for picture in (one, other)]
    return int((abs(found[0] - found[1]) > SMOOTH).sum())


def _lit(chart: LiveChart) -> int:
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
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
