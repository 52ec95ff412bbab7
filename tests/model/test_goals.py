"""Goal pace and its stretches."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.model.goals import Plan, curve_of, decompose, pace, stretch_at

START = 1_795_262_400_000
HOUR = 3_600_000


def test_even_pace():
    found = pace(Plan(START, START + 2 * HOUR, 12_000_000), START + HOUR, 5_400_000)
    assert found.should == 6_000_000
    assert found.should_share == 0.5
    assert found.share == pytest.approx(0.45)
    assert found.ratio == pytest.approx(0.9)
    assert found.projected == pytest.approx(10_800_000)


def test_the_history_curve_counts():
    plan = Plan(START, START + 2 * HOUR, 1_000, curve=(0.0, 0.2, 1.0))
    assert pace(plan, START + HOUR, 200).ratio == pytest.approx(1)
    assert pace(plan, START + HOUR // 2, 100).should == pytest.approx(100)


@pytest.mark.parametrize(
    "plan",
    [
        Plan(None, None, None),
        Plan(START, None, 100),
        Plan(None, START, 100),
        Plan(START, START, 100),
        Plan(START, START - 1, 100),
        Plan(START, START + HOUR, None),
        Plan(START, START + HOUR, 0),
    ],
)
def test_safe_without_a_plan(plan):
    found = pace(plan, START + 60_000, 50)
    assert found.attained == 50
    assert found.ratio is None
    assert found.should is None
    assert pace(plan, START, None).projected is None


def test_before_the_start_and_after_the_end():
    plan = Plan(START, START + HOUR, 100)
    assert pace(plan, START - HOUR, 0).should == 0
    assert pace(plan, START - HOUR, 0).projected is None
    assert pace(plan, START + 9 * HOUR, 70).should == 100
    assert pace(plan, START + 9 * HOUR, 70).projected == 70


@given(st.integers(0, 10**9), st.integers(1, 6 * HOUR))
def test_stretches_add_up(goal, length):
    slices = decompose(Plan(START, START + length, goal))
    assert sum(part.planned for part in slices) == goal
    assert slices[-1].cumulative == goal
    assert (slices[0].start, slices[-1].end) == (START, START + length)
    assert all(left.end == right.start for left, right in pairwise(slices))


def test_no_plan_no_stretches():
    assert decompose(Plan(START, None, 100)) == []
    assert stretch_at(Plan(START, None, 100), START) is None


def test_the_stretch_now():
    plan = Plan(START, START + HOUR, 600)
    found = stretch_at(plan, START + HOUR // 2)
    assert found is not None
    assert (found.planned, found.cumulative) == (100, 400)
    assert stretch_at(plan, START - 1) is None
    assert stretch_at(plan, START + HOUR) is None


def test_curve_of_past_sessions():
    curve = curve_of([[0, 10, 100], [0, 0, 0], [0, 30, 100]], steps=2)
    assert curve == pytest.approx((0, 0.2, 1))
    assert curve_of([]) == curve_of([[0, 0]]) == ()
