"""What the desk says to the anchor by itself, and what it does not say twice."""

import pytest

from liveshop_desk.model.auto_cues import Left, Limits, Moment, Rule, due, is_fresh, said_now

ALL = Limits(tuple(Rule), warning_seconds=30, low_stock=20)


def at(remaining, *shelf, planned=300, pitch="p1", title=""):
    return Moment(pitch, planned, remaining, shelf, title)


def texts(moment, limits=ALL, told=()):
    return [each.text for each in due(moment, limits, told)]


@pytest.mark.parametrize(("remaining", "said"), [
    (31, []), (29.6, ["30 seconds left"]), (12, ["12 seconds left"]),
    (0.4, ["1 second left"]), (-1, ["Time is up: wrap up"]), (None, []),
])  # fmt: skip
def test_time(remaining, said):
    assert texts(at(remaining)) == said


def test_a_segment_shorter_than_the_warning_is_not_warned_of():
    assert texts(at(20, planned=25)) == []
    assert texts(at(-1, planned=0)) == []


def test_one_sku_is_counted_and_several_are_named():
    assert texts(at(100, Left("a", "", 18))) == ["Only 18 left"]
    assert texts(at(100, Left("a", "S", 5), Left("b", "M", 30), Left("c", "L", 12))) == ["Low stock: S 5, L 12"]


def test_the_product_is_named_before_its_skus():
    """The record says a cue long after the product it was of has gone off air."""
    mug = "Ceramic mug"
    two = (Left("a", "Silver", 0), Left("b", "Gold", 5))
    assert texts(at(100, *two, title=mug)) == ["Sold out: Ceramic mug Silver", "Low stock: Ceramic mug Gold 5"]
    assert texts(at(100, Left("a", "", 0), title=mug)) == ["Sold out: Ceramic mug"]
    coat = "长款鹅绒羽绒服女冬季加厚保暖"
    assert texts(at(100, Left("a", "", 0), title=coat + "连帽")) == [f"Sold out: {coat}…"]
    assert texts(at(100, *two, title="7 Shakra Bracelet"))[0] == "Sold out: 7 Shakra Bracelet Silver"
    assert texts(at(100, Left("a", "", 18), title=mug)) == ["Ceramic mug: only 18 left"]
    (given,) = due(at(100, Left("a", "", 18), title=mug), ALL, ())
    assert said_now(given.text, given.auto, at(90, Left("a", "", 7), title=mug), 20) == "Ceramic mug: only 7 left"


def test_sold_out_is_not_low():
    assert texts(at(100, Left("a", "", 0))) == ["Sold out"]
    assert texts(at(100, Left("a", "S", 0), Left("b", "M", 5))) == ["Sold out: S", "Low stock: M 5"]


def test_unknown_stock_says_nothing():
    assert texts(at(100, Left("a", "", None))) == []


def test_many_skus_fit_a_glance():
    skus = [Left(str(n), "very long name of a size " + str(n), 1) for n in range(40)]
    for title in ("", "a title as long as shops make them, with all its words"):
        (said,) = texts(at(100, *skus, title=title))
        assert len(said) <= 60
        assert "very long" in said


def test_nothing_is_said_twice_in_a_pitch_and_all_again_in_the_next():
    shelf = (Left("a", "S", 5), Left("b", "M", 30))
    told = [each.auto for each in due(at(-1, *shelf), ALL, ())]
    assert len(told) == 2
    assert due(at(-50, *shelf), ALL, told) == []
    assert texts(at(-50, Left("a", "S", 4), Left("b", "M", 20)), told=told) == ["Low stock: M 20"]
    assert len(due(at(-1, *shelf, pitch="p2"), ALL, told)) == 2


def test_stock_that_came_back_and_ran_low_again_is_not_repeated():
    told = [each.auto for each in due(at(100, Left("a", "", 5)), ALL, ())]
    assert due(at(100, Left("a", "", 50)), ALL, told) == []
    assert due(at(100, Left("a", "", 4)), ALL, told) == []
    assert texts(at(100, Left("a", "", 0)), told=told) == ["Sold out"]


@pytest.mark.parametrize("rule", list(Rule))
def test_each_rule_can_be_switched_off(rule):
    moments = [at(10, Left("a", "S", 0), Left("b", "M", 5)), at(-1)]
    rest = Limits([r for r in Rule if r is not rule], 30, 20)
    said = {each.rule for moment in moments for each in due(moment, rest, ())}
    assert said == set(Rule) - {rule}


def test_it_goes_by_itself():
    assert is_fresh(1_000, 30_000)
    assert not is_fresh(1_000, 31_000)
    assert not is_fresh(31_000, 1_000)


def test_the_warning_says_the_time_that_is_left_now():
    given = due(at(29.6), ALL, ())[0]
    assert said_now(given.text, given.auto, at(11.2), 20) == "11 seconds left"  # as the strip: 0:11
    assert said_now(given.text, given.auto, at(-0.2), 20) == ""
    assert said_now(given.text, given.auto, at(11.2, pitch="p2"), 20) == ""


def test_sold_out_is_not_shown_any_more_once_there_is_stock_again():
    (given,) = due(Moment("p1", 300, 200, (Left("a", "", 0),)), ALL, [])
    assert said_now(given.text, given.auto, Moment("p1", 300, 199, (Left("a", "", 0),)), 20) == "Sold out"
    assert said_now(given.text, given.auto, Moment("p1", 300, 198, (Left("a", "", 15),)), 20) == ""


def test_over_time_is_not_shown_any_more_once_the_plan_is_longer():
    (given,) = due(at(-1), ALL, [])
    assert said_now(given.text, given.auto, at(-5), 20) == "Time is up: wrap up"
    assert said_now(given.text, given.auto, at(60), 20) == ""
