"""A minute of reading, frame by frame: where the text really stands in the pixels, against the clock alone."""

import random
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication

from liveshop_desk.prompter.reader import EASE, Reader
from liveshop_desk.prompter.script import render
from tests.ui.prompter_tools import line_top
from ui.prompter.surface import READING_LINE, PrompterSurface

WIDTH, HEIGHT, FONT = 320, 480, 64
PITCH = FONT * 1.5
PACE = 90.0  # one 一 a line: a line is a unit
X = round(WIDTH * 0.08) + FONT // 2  # through the middle of the strokes
NO_FLAGS = PrompterSurface.RenderFlag(0)


class ExactClock:
    """A clock of seconds, not milliseconds: frames come at odd moments."""

    def __init__(self):
        self.seconds = 1000.0

    def now(self):
        return round(self.seconds * 1000)

    def ticks(self):
        return self.seconds


@pytest.fixture
def clock():
    return ExactClock()


@pytest.fixture
def surface(qtbot, clock):
    reader = Reader(clock)
    reader.load(render("一\n" * 200, {}))
    reader.set_pace(PACE)
    made = PrompterSurface(reader)
    qtbot.addWidget(made)
    made.set_font_size(FONT)
    made.resize(WIDTH, HEIGHT)
    made.show()
    QApplication.processEvents()
    return made


def column(surface, picture):
    """Paint the surface as it is now and return the brightness of one column of its pixels, from top to bottom."""
    surface.render(picture, QPoint(), QRegion(QRect(X, 0, 1, HEIGHT)), NO_FLAGS)
    return [picture.pixel(0, y) & 0xFF for y in range(HEIGHT)]


def stroke(values, around):
    """Return the middle of the stroke nearest to ``around``: the centre of its light, to a part of a pixel."""
    low, high = int(around - PITCH / 2), int(around + PITCH / 2)
    light = [(y + 0.5, values[y]) for y in range(max(0, low), min(HEIGHT, high)) if values[y]]
    assert light, "no stroke where one must be"
    return sum(y * value for y, value in light) / sum(value for _y, value in light)


@pytest.mark.parametrize(("fps", "seconds"), [(60, 60), (20, 60), (30, 20)])
def test_every_frame_of_a_minute_stands_where_the_clock_says(surface, clock, fps, seconds):
    picture = QImage(1, HEIGHT, QImage.Format.Format_RGB32)
    mark = round(HEIGHT * READING_LINE)
    chance = random.Random(fps)
    reader = surface.reader
    reader.seek(10)
    at_rest = stroke(column(surface, picture), mark + PITCH / 2)  # line 10 begins at the mark
    reader.play()
    started, worst, seen = clock.seconds, 0.0, []
    for frame in range(1, seconds * fps + 1):
        clock.seconds = started + frame / fps + chance.uniform(0, 0.4) / fps  # frames come late, and differently so
        passed = clock.seconds - started
        if passed < EASE:
            continue
        read = 10 + (passed - EASE / 2) * PACE / 60
        line = int(read) + 1  # lit through and through
        expected = at_rest + (line - read) * PITCH
        found = stroke(column(surface, picture), expected)
        worst = max(worst, abs(found - expected))
        seen.append((passed, line * PITCH - found))
    assert worst < 0.2  # quarters of a pixel: an eighth, and rounding
    (first, top), (last, bottom) = seen[0], seen[-1]
    speed = (bottom - top) / (last - first) / PITCH * 60
    assert speed == pytest.approx(PACE, rel=0.001)


def test_the_light_moves_on_with_every_frame_and_never_back(surface, clock):
    picture = QImage(1, HEIGHT, QImage.Format.Format_RGB32)
    surface.reader.seek(10)
    surface.reader.play()
    clock.seconds += 1
    tops = []
    for _frame in range(120):
        clock.seconds += 1 / 240  # 0.6 px a frame
        line = int(surface.reader.position) + 1
        tops.append(stroke(column(surface, picture), line_top(surface, line) + PITCH / 2) - line * PITCH)
    assert all(later < before for before, later in pairwise(tops))
