"""The mathematics of motion, without a reader: integrals that agree with their speeds, at any frame rate."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.prompter.motion import Glide, Motion

speeds = st.floats(-40, 40)


@given(speeds, speeds, st.floats(0, 2), st.floats(0, 10))
def test_the_position_is_the_integral_of_the_speed(speed, target, ease, until):
    motion = Motion(5.0, 1.0, speed, target, ease)
    steps = 2000
    width = until / steps
    summed = sum(motion.speed_at(1.0 + (k + 0.5) * width) * width for k in range(steps))
    assert motion.position_at(1.0 + until) == pytest.approx(5.0 + summed, abs=0.02)


@given(speeds, speeds, st.floats(0.05, 2))
def test_the_speed_leaps_nowhere(speed, target, ease):
    motion = Motion(0.0, 0.0, speed, target, ease)
    seen = [motion.speed_at(k * ease / 200) for k in range(260)]
    assert seen[0] == speed
    assert seen[-1] == pytest.approx(target, abs=1e-9)
    most = abs(target - speed) * 1.5 / 200 + 1e-9  # a smooth step is never steeper than one and a half
    assert all(abs(b - a) <= most for a, b in pairwise(seen))


@pytest.mark.parametrize("fps", [60, 30, 20])
def test_frames_of_any_rate_see_the_same_speed(fps):
    motion = Motion(0.0, 0.0, 0.0, 4.0, 0.4)
    late = [0.003 * (k % 3) for k in range(60 * fps)]  # no frame comes quite on time
    seen = [motion.position_at(10 + k / fps + late[k]) for k in range(60 * fps)]
    passed = (60 * fps - 1) / fps + late[-1] - late[0]
    assert (seen[-1] - seen[0]) / passed == pytest.approx(4.0, rel=1e-9)
    assert seen == sorted(seen)


@given(st.floats(-50, 50), st.floats(0.01, 1), st.floats(0, 1))
def test_a_glide_arrives_and_stays(distance, seconds, share):
    glide = Glide(distance, 2.0, seconds)
    assert glide.done_at(1.0) == 0
    assert abs(glide.done_at(2.0 + share * seconds)) <= abs(distance) + 1e-9
    assert glide.done_at(2.0 + seconds + 1) == pytest.approx(distance)
    assert glide.still_at(2.0 + seconds)
