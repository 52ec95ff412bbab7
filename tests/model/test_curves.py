"""The shop's own last sessions as a measure: a curve of shares and a band."""

import pytest

from liveshop_desk.model.curves import Course, band_of, share_curve
from liveshop_desk.model.goals import Plan, pace

START = 1_795_262_400_000
MINUTE = 60_000


def course(*values, minutes=10):
    """A session of ten minutes (or so) with a figure at the end of each minute."""
    starts = [START + (n + 1) * MINUTE for n in range(len(values))]
    return Course(START, START + minutes * MINUTE, starts, values)


def test_a_late_rush_asks_little_of_the_first_half():
    rush = course(0, 0, 0, 0, 100, 100, 100, 100, 100, 1000)
    curve = share_curve([rush])
    assert (curve[0], curve[-1]) == (0, 1)
    assert curve[30] == pytest.approx(0.1)
    half = Plan(START, START + 10 * MINUTE, 5_000, curve)
    assert pace(half, START + 5 * MINUTE, 500).should == pytest.approx(500)


def test_without_a_past_the_pace_is_even():
    assert share_curve([]) == ()
    assert share_curve([course(0, 0)]) == ()  # one that sold nothing says nothing
    assert pace(Plan(START, START + 10 * MINUTE, 1_000), START + 5 * MINUTE, 1).should == 500


def test_a_band_goes_as_far_as_two_sessions_went():
    band = band_of([course(10, 20, 30, minutes=3), course(5, 40, 20, 50, minutes=4)])
    assert (band.minutes, band.low, band.high) == ((1, 2, 3), (5, 20, 20), (10, 40, 30))
    assert band_of([course(1, 2)]).minutes == ()
