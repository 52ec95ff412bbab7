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


def test_at_a_pause_the_text_stands_still_and_starts_again_softly():
    travel = Travel([(0, 14), (14, 34), (34, 48)], [(24, 30)])  # 14 words in the second line, 10 of them before it
    assert travel.height_at(24) == travel.height_at(27) == travel.height_at(30) == pytest.approx(1 + 10 / 14)
    heights = [travel.height_at(24 + step / 100) - travel.height_at(30) for step in range(600)]
    assert set(heights) == {0}
    usual = 0.1 / 14
    assert travel.height_at(24) - travel.height_at(23.9) < usual / 2
    assert travel.height_at(30.1) - travel.height_at(30) < usual / 2


def test_a_pause_on_a_line_of_its_own_stands_in_the_middle_of_it():
    travel = Travel([(0, 0), (0, 7), (7, 7), (7, 21)], [(0, 7)])
    assert travel.height_at(0) == travel.height_at(3) == 1.5
    assert travel.height_at(21) == 4


def test_pauses_that_touch_across_lines_leave_no_jump():
    travel = Travel([(0, 10), (10, 17), (17, 24), (24, 30)], [(10, 17), (17, 24)])
    heights = [travel.height_at(step / 10) for step in range(301)]
    assert max(b - a for a, b in itertools.pairwise(heights)) < 0.12


@given(
    weights,
    st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 0.3)), max_size=4),
    st.lists(st.floats(0, 1), min_size=2, max_size=10),
)
def test_with_pauses_anywhere_it_never_goes_back_and_stands_still_in_them(counts, pauses, shares):
    lines, total = lines_of(counts)
    stops, free = [], 0.0
    for start, length in sorted(pauses):
        low, high = max(free, start * total), min(total, (start + length) * total)
        if high - low > 0.01:
            stops.append((low, high))
            free = high + 0.05
    travel = Travel(lines, stops)
    heights = [travel.height_at(share * total) for share in sorted(shares)]
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(heights))
    for low, high in stops:
        assert travel.height_at(low) == pytest.approx(travel.height_at(high), abs=1e-6)
    for height in heights:
        assert travel.height_at(travel.units_at(height)) == pytest.approx(height, abs=1e-6)
