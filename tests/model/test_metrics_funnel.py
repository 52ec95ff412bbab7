"""The funnel names one step, and who mends it."""

import pytest

from liveshop_desk.model.funnel import funnel, none_words, weakest_words


def room(shown, viewers, exposed, clickers, buyers):
    return {
        "impression_viewers": shown,
        "viewers": viewers,
        "exposed_viewers": exposed,
        "clickers": clickers,
        "buyers": buyers,
    }


PAST = [room(1_000, 250, 200, 100, 20), room(9_000, 2_250, 1_800, 900, 180)]


@pytest.mark.parametrize(
    ("now", "weakest", "fixer"),
    [
        (room(1_000, 150, 120, 60, 12), "enter_rate", "Operator"),
        (room(1_000, 250, 100, 50, 10), "exposure_rate", "Anchor"),
        (room(1_000, 250, 200, 60, 12), "click_rate", "Anchor"),
        (room(1_000, 250, 200, 95, 12), "click_pay_rate", "Anchor and operator"),
        (room(1_000, 260, 210, 110, 25), None, ""),
    ],
)
def test_one_weakest_step(now, weakest, fixer):
    found = funnel(now, PAST)
    assert (found.weakest, found.fixer()) == (weakest, fixer)
    assert bool(found.remedy()) == bool(weakest)


def test_the_mean_is_weighted_by_people():
    small, large = room(10, 10, 10, 10, 10), room(990, 90, 90, 90, 0)
    steps = {step.key: step for step in funnel(PAST[0], [small, large]).steps}
    assert steps["enter_rate"].mean == pytest.approx(0.1)
    assert steps["click_pay_rate"].mean == pytest.approx(0.1)


def test_without_a_past_nothing_is_named():
    found = funnel(PAST[0], [])
    assert found.weakest is None
    assert [step.change for step in found.steps] == [None] * 4
    assert funnel({}, PAST).weakest is None


def test_the_weakest_step_in_words_and_why_none_is_named():
    found = funnel(room(1_000, 250, 200, 60, 12), PAST)
    assert weakest_words(found) == "Product shown → click 30.0% against 50.0% before. Anchor: guidance, demonstration."
    better, first = funnel(PAST[0], PAST), funnel(PAST[0], [])
    assert (weakest_words(better), none_words(better)) == ("", "No step of the funnel fell behind.")
    assert (weakest_words(first), none_words(first)) == ("", "The funnel needs figures of earlier sessions.")


def test_steps_without_figures_are_not_said_to_have_held():
    typed = funnel({"clickers": 20, "buyers": 19}, PAST)
    assert [step.value for step in typed.steps[:3]] == [None] * 3
    assert none_words(typed) == "Only 1 of 4 steps known: none fell behind."
    assert none_words(funnel({"orders": 40}, PAST)) == "No rate of the funnel is known of this session."
