"""What an update paints anew is a strip, and the chart on the screen is the same as if all had been painted."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject

from ui import theme
from ui.widgets.chart_picture import Band, Flag, Line, Picture
from ui.widgets.live_chart import LiveChart

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen plugin says so of every window
MINUTE = 60_000.0
START = 1_795_262_400_000.0
HOUR = 60 * MINUTE
SMOOTH = 32  # of 255: a clipped line is smoothed a little otherwise


class Painted(QObject):
    """Notes how wide and high the parts are that are painted."""

    def __init__(self):
        super().__init__()
        self.widths, self.heights = [], []

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt names it
        if event.type() == QEvent.Type.Paint:
            self.widths.append(event.rect().width())
            self.heights.append(event.rect().height())
        return False


@pytest.fixture
def chart(qtbot):
    made = LiveChart(theme.DARK)
    made.resize(700, 220)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def pixels(image):
    image = image.convertToFormat(image.Format.Format_RGB32)
    found = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return found[:, :, :3].astype(int)


def wrong_pixels(chart):
    """Count what the screen shows other than a whole paint would."""
    screen = pixels(chart.screen().grabWindow(chart.winId()).toImage())
    return int((abs(screen - pixels(chart.grab().toImage())).max(axis=2) > SMOOTH).sum())


class Show:
    """A show whose picture goes on: a dense and a sparse line, a plan, a guess, a band, markers, a stretch on air."""

    def __init__(self, seed=1):
        self.chance = random.Random(seed)
        self.x = [START + 1000.0 * n for n in range(7200)]
        self.dense = [500 + 200 * self.chance.random() for _at in self.x]
        self.flags = [Flag(round(START), "segment", "Y1"), Flag(round(START + 20 * MINUTE), "segment", "Y2")]

    def go_on(self, seconds=1):
        for _second in range(seconds):
            self.x.append(self.x[-1] + 1000.0)
            unknown = self.chance.random() < 0.05
            self.dense.append(float("nan") if unknown else 500 + 200 * self.chance.random())

    def mark(self, kind, text=""):
        self.flags.append(Flag(round(self.x[-1]), kind, text, "what happened"))

    def picture(self, start=START, end=START + 3 * HOUR):
        now = self.x[-1]
        minutes = np.append(np.arange(START, now, MINUTE), now)
        gmv, plan = (minutes - START) / 1000, np.array([START, START + HOUR, START + 3 * HOUR])
        lines = (
            Line("online", "Online", "chosen", np.array(self.x), np.array(self.dense), str),
            Line("gmv", "GMV", "good", minutes, gmv, str, "right"),
            Line("orders", "Orders", "violet", minutes, np.sin(minutes) * 40 + 50, str, "orders"),
            Line("goal", "Goal", "faint", plan, np.array([0.0, 2000.0, 12_000.0]), str, "right", dashed=True),
            Line(
                "projection", "Pace", "good", np.array([now, plan[2]]), np.array([gmv[-1], 11_000]), str, "right", True
            ),
        )
        guess = Flag(round(plan[2]), "projection", f"→ {gmv[-1]:.0f}")
        before = START + MINUTE * np.arange(150, dtype=np.float64)
        band = Band("left", "chosen", before, np.full(150, 300.0), np.full(150, 350.0))
        return Picture(start, end, lines, (*self.flags, guess), (START + 20 * MINUTE, now), (band,))


def test_a_second_more_paints_a_strip(chart, qapp):
    show = Show()
    chart.show_picture(show.picture())
    qapp.processEvents()
    painted = Painted()
    chart.installEventFilter(painted)
    for _second in range(20):
        show.go_on()
        chart.show_picture(show.picture())
        qapp.processEvents()
    now = chart.frame.px(show.x[-1])
    assert painted.widths
    assert max(painted.widths) < chart.width() - now + 40
    assert max(painted.heights) < chart.frame.rect.height() + 10  # times and titles stand as they were written
    assert wrong_pixels(chart) == 0


def test_nothing_new_paints_nothing(chart, qapp):
    show = Show()
    chart.show_picture(show.picture())
    qapp.processEvents()
    painted = Painted()
    chart.installEventFilter(painted)
    chart.show_picture(show.picture())
    qapp.processEvents()
    assert painted.widths == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_the_screen_is_the_whole_picture(chart, qapp, seed):
    show, chance = Show(seed), random.Random(seed)
    window = (START, START + 3 * HOUR)
    for _turn in range(60):
        show.go_on(chance.choice((1, 1, 1, 7, 60)))
        if chance.random() < 0.2:  # a figure that comes late
            show.dense[-chance.randrange(1, 400)] = 900 * chance.random()
        if chance.random() < 0.2:
            show.mark(chance.choice(("segment", "price", "stock", "cue", "incident", "offer")), "a word")
        if chance.random() < 0.1:
            start = START + chance.random() * HOUR
            window = (start, start + (0.2 + chance.random()) * HOUR)
        if chance.random() < 0.2:
            chart.hover_at(chance.choice((None, 60.0, 300.0, chart.frame.px(show.x[-1]) - 2)))
        chart.show_picture(show.picture(*window))
        qapp.processEvents()
        assert wrong_pixels(chart) == 0


@pytest.mark.parametrize("first", [START, START + 30 * MINUTE, START + 90 * MINUTE])
def test_a_line_that_begins_elsewhere_is_painted_from_where_either_begins(chart, qapp, first):
    for begun in (START + HOUR, first):
        x = np.arange(begun, START + 2 * HOUR, MINUTE)
        chart.show_picture(Picture(START, START + 3 * HOUR, (Line("online", "Online", "chosen", x, x % 7 + 90, str),)))
        qapp.processEvents()
    assert wrong_pixels(chart) == 0


def test_a_scale_does_not_jump_with_the_newest_point(chart):
    show = Show()
    scales = set()
    for value in (699.0, 801.0, 690.0, 799.0, 705.0, 640.0):
        show.go_on()
        show.dense[-1] = value
        chart.show_picture(show.picture())
        scales.add(chart.frame.scales["left"])
    assert len(scales) <= 2
    show.dense = [value / 20 for value in show.dense]
    chart.show_picture(show.picture())
    assert chart.frame.scales["left"][1] <= 400
