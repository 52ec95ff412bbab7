"""Thinning a long series loses no peak and no gap; scales are round and hold everything; labels never touch."""

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from liveshop_desk.model.clock import clock_text
from ui.widgets.chart_marks import lay_out, metrics
from ui.widgets.chart_picture import Flag, Frame, Line, Picture
from ui.widgets.chart_points import thin, with_gaps
from ui.widgets.chart_scale import minute_ticks, nice_scale, spread

values = st.one_of(st.just(float("nan")), st.floats(0, 1e9))


@given(st.lists(values, min_size=1, max_size=400), st.integers(1, 30), st.floats(0, 300), st.floats(1, 500))
def test_every_column_keeps_its_lowest_and_highest(level, columns, start, length):
    x, y = np.arange(len(level), dtype=np.float64), np.array(level)
    kept_x, kept_y = thin(x, y, start, start + length, length / columns)
    assert list(kept_x) == sorted(set(kept_x))
    assert len(kept_x) <= max(2 * (columns + 2) + 2 + int(np.isnan(y).sum()), 2 * columns)
    inside = (x >= start) & (x <= start + length)
    if inside.any() and not np.isnan(y[inside]).all():
        for best in (np.nanmin, np.nanmax):
            assert best(y[inside]) in kept_y
    assert all(y[int(at)] == value or np.isnan(value) for at, value in zip(kept_x, kept_y, strict=True))


def test_a_level_that_stands_after_a_burst_stays_where_it_is():
    x = np.array([0, 9_000, 10_000, 11_000, 12_000, 13_000, 190_000, 191_000, 192_000, 193_000], dtype=float)
    y = np.array([1_300, 1_500, 1_700, 730, 900, 882, 882, 870, 950, 900], dtype=float)
    thinned = thin(x, y, 0, 200_000, 5_000)
    assert np.interp(100_000, *thinned) == 882
    assert len(thinned[0]) < len(x)


def test_a_line_runs_to_the_edges_of_its_window():
    x = np.arange(0, 100, 10, dtype=np.float64)
    kept, _ = thin(x, x, 35, 65, 0.03)
    assert list(kept) == [30, 40, 50, 60, 70]


def test_what_is_unknown_for_too_long_is_a_gap():
    x, y = with_gaps([0, 10, 100, 110], [1, 2, 3, 4], 50)
    assert list(x[:2]) == [0, 10]
    assert np.isnan(y[2])
    assert list(y[3:]) == [3, 4]


FIGURES = st.floats(-1e9, 1e9, allow_subnormal=False)  # what is next to nothing is 0 once it is divided by a step


@given(FIGURES, FIGURES)
def test_a_scale_holds_what_it_shows(a, b):
    low, high = min(a, b), max(a, b)
    bottom, top = nice_scale(low, high)
    assert bottom <= low
    assert top >= high - abs(high) * 1e-9
    assert top > bottom


def test_a_scale_begins_at_nought_unless_all_is_high_up():
    assert nice_scale(100, 1450) == (0, 1600)
    assert nice_scale(1000, 1100) == (1000, 1100)
    assert nice_scale(0, 0) == (0, 4)
    assert nice_scale(3, 5) == (0, 12)
    bottom, top = nice_scale(1284, 1284)
    assert bottom < 1284 < top
    assert top - bottom >= 128


@given(st.integers(0, 10**12), st.integers(1, 48 * 3_600_000), st.integers(100, 2000))
def test_times_never_touch(start, length, width):
    ticks = minute_ticks(start, start + length, width)
    assert all((b - a) / length * width >= 89 for a, b in pairwise(ticks))
    assert all(tick % 60_000 == 0 for tick in ticks)


@pytest.mark.parametrize(
    ("where", "begins", "hours", "width", "read"),
    [
        ("Asia/Shanghai", 1_795_262_400_000, 24, 360, ["00:00", "06:00", "12:00", "18:00"]),
        ("Asia/Shanghai", 1_795_262_400_000, 36, 270, ["00:00", "12:00", "00:00"]),
        ("Asia/Kolkata", 1_795_262_400_000, 4, 360, ["18:00", "19:00", "20:00", "21:00"]),
        ("Europe/Berlin", 1_792_870_200_000, 24, 360, ["00:00", "06:00", "12:00", "18:00"]),  # the clocks go back
    ],
)
def test_the_times_of_a_scale_are_round_where_they_are_read(zone, where, begins, hours, width, read):
    zone(where)
    ticks = minute_ticks(begins, begins + hours * 3_600_000, width)
    assert [clock_text(round(tick)) for tick in ticks] == read


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(1, 80)), max_size=30), st.integers(0, 29))
def test_labels_never_touch_and_the_first_is_always_written(labels, first):
    places = [(left, left + width) for left, width in labels]
    shown = spread(places, 6, first if first < len(places) else None)
    if first < len(places):
        assert shown[first]
    written = sorted(place for place, visible in zip(places, shown, strict=True) if visible)
    assert all(a[1] + 6 <= b[0] for a, b in pairwise(written))


def test_labels_that_do_not_touch_are_found_whatever_their_order():
    chance = random.Random(4)
    for _round in range(50):
        places = [(left, left + chance.randrange(1, 40)) for left in (chance.randrange(600) for _label in range(40))]
        shown = spread(places, 6, len(places) - 1)
        written = [place for place, visible in zip(places, shown, strict=True) if visible]
        touching = [
            (a, b) for n, a in enumerate(written) for b in written[n + 1 :] if a[0] < b[1] + 6 and b[0] < a[1] + 6
        ]
        assert touching == []
        assert shown[-1]
        hidden = [place for place, visible in zip(places, shown, strict=True) if not visible]
        assert all(any(a[0] < b[1] + 6 and b[0] < a[1] + 6 for b in written) for a in hidden)


def written(frame, marks):
    """Return where every text of a chart is written."""
    measure = metrics()
    height = measure.height()
    titles = [QRectF(t.left, frame.rect.top() - 7 - measure.ascent(), t.right - t.left, height) for t in marks.titles]
    dots = [QRectF(d.box[0] - 2, d.top, d.box[1] - d.box[0] + 4, height) for d in marks.dots if d.box is not None]
    return titles + dots


@settings(max_examples=150)
@given(
    st.lists(st.tuples(st.integers(0, 3_600_000), st.sampled_from(("price", "offer", "segment", "cue"))), max_size=14),
    st.floats(0, 100),
    st.floats(0, 100),
    st.sampled_from((300, 690)),
)
def test_no_text_of_the_chart_lies_on_another(qapp, happened, gmv, guessed, width):
    end = 3_600_000
    frame = Frame(QRectF(50, 20, width, 143), 0.0, float(end), {"left": (0, 10), "right": (0, 100)})
    money = Line("gmv", "GMV", "good", np.array([0.0, end]), np.array([gmv, gmv]), str, "right")
    ends = np.array([0.9 * end, end])
    guess = Line("projection", "At this pace", "good", ends, np.array([gmv, guessed]), str, "right", dashed=True)
    words = {"price": "改价 399→369", "offer": "第二件减 20…", "segment": "互动 福袋抽…"}
    flags = [Flag(at, kind, words.get(kind, "")) for at, kind in sorted(happened)]
    picture = Picture(0.0, float(end), (money, guess), (*flags, Flag(end, "projection", "→ ¥120,000")))
    marks = lay_out(frame, picture)
    places = written(frame, marks)
    assert not [(a, b) for n, a in enumerate(places) for b in places[n + 1 :] if a.intersects(b)]
    assert all(place.right() <= frame.rect.right() + 2 for place in places)  # the scale is behind it
    assert marks.dots[-1].box is not None  # where the show will end is always written


def test_markers_of_one_pixel_are_one(qapp):
    frame = Frame(QRectF(0, 20, 500, 100), 0.0, 500_000.0)
    flags = tuple(Flag(at, kind, "") for at in range(0, 500_000, 100) for kind in ("stock", "cue"))
    marks = lay_out(frame, Picture(0.0, 500_000.0, (), flags))
    assert len(marks.dots) <= 2 * 501
    assert {dot.flag.kind for dot in marks.dots} == {"stock", "cue"}
    assert max(dot.flag.at for dot in marks.dots) == 499_900
