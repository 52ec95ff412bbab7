"""The way of the reading mark over the lines of a screen."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.prompter.travel import Travel

weights = st.lists(st.one_of(st.just(0.0), st.floats(0.5, 30)), max_size=30)


def lines_of(counts):
    at, lines = 0.0, []
    for count in counts:
        lines.append((at, at + count))
        at += count
    return lines, at


def test_half_of_a_line_read_is_the_middle_of_the_line():
    travel = Travel([(0, 14), (14, 28), (28, 30)])
    assert travel.height_at(0) == 0
    assert travel.height_at(7) == pytest.approx(0.5)
    assert travel.height_at(21) == pytest.approx(1.5)
    assert travel.height_at(30) == pytest.approx(3)


def test_a_silent_line_is_passed_without_a_jump():
    travel = Travel([(0, 10), (10, 10), (10, 10), (10, 20)])
    heights = [travel.height_at(step / 10) for step in range(201)]
    assert max(b - a for a, b in itertools.pairwise(heights)) < 0.1
    assert travel.height_at(15) == pytest.approx(3.5)


def test_leading_directions_are_above_the_mark_from_the_start():
    assert Travel([(0, 0), (0, 0), (0, 8)]).height_at(0) == 2


def test_nothing_to_read_is_nowhere_to_go():
    assert Travel([]).height_at(5) == 0
    assert Travel([(0, 0)]).units_at(0.7) == 0


@given(weights, st.lists(st.floats(0, 1), min_size=2, max_size=10))
def test_it_never_goes_back(counts, shares):
    lines, total = lines_of(counts)
    travel = Travel(lines)
    heights = [travel.height_at(share * total) for share in sorted(shares)]
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(heights))


@given(weights, st.floats(0, 1))
def test_units_to_height_and_back(counts, share):
    lines, total = lines_of(counts)
    travel = Travel(lines)
    height = travel.height_at(share * total)
    assert travel.height_at(travel.units_at(height)) == pytest.approx(height, abs=1e-6)
