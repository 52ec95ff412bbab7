"""The alarms speak at their thresholds and are quiet where something is unknown."""

from liveshop_desk.model import alarms
from liveshop_desk.model.goals import Plan, pace

NOW = 1_795_262_400_000
MINUTE = 60_000


def test_pitch_over_its_time():
    assert alarms.pitch_over_time("Y9981", 300.7, 300) is None
    assert alarms.pitch_over_time("Y9981", 301, 300).message() == "Y9981 is 1s over its time"
    assert alarms.pitch_over_time("Y9981", 999, None) is None
    assert alarms.pitch_over_time("Y9981", 343, 300).message() == "Y9981 is 43s over its time"


def test_stock_running_out():
    assert alarms.stock_running_out("Y9981", 18, 38, 300) is None
    found = alarms.stock_running_out("Y9981", 18, 60, 300)
    assert found.message() == "Y9981: 18 left, gone in 1m 30s at this rate"
    for stock, units in ((None, 60), (0, 60), (18, None), (18, 0)):
        assert alarms.stock_running_out("Y9981", stock, units, 300) is None


def test_goal_behind():
    plan = Plan(NOW, NOW + 100 * MINUTE, 1_000)
    assert alarms.goal_behind(pace(plan, NOW + 50 * MINUTE, 450)) is None
    assert alarms.goal_behind(pace(plan, NOW + 50 * MINUTE, 440)).message() == "Goal pace 88%"
    assert alarms.goal_behind(pace(plan, NOW + 50 * MINUTE, None)) is None


def test_a_show_that_has_just_begun_is_not_behind_its_goal():
    """¥0 was typed in the first minute: “0 % · due 0 %” stood beside an alarm."""
    plan = Plan(NOW, NOW + 100 * MINUTE, 1_000)
    assert alarms.goal_behind(pace(plan, NOW + 4 * MINUTE, 0)) is None
    assert alarms.goal_behind(pace(plan, NOW + 5 * MINUTE, 0)).message() == "Goal pace 0%"


def test_no_figure_entered():
    assert alarms.no_figures(None, NOW, NOW + 14 * MINUTE) is None
    assert alarms.no_figures(None, NOW, NOW + 15 * MINUTE).key == "no_figures"
    assert alarms.no_figures(NOW + 10 * MINUTE, NOW, NOW + 24 * MINUTE) is None
    assert alarms.no_figures(NOW - 90 * MINUTE, NOW, NOW + 5 * MINUTE) is None


def test_online_falling():
    assert alarms.online_falling(801, 1_000) is None
    assert alarms.online_falling(800, 1_000).message() == "Online fell 20% in 3m 00s"
    assert alarms.online_falling(None, 1_000) is None
    assert alarms.online_falling(5, None) is None


def test_a_source_is_silent_after_fifteen_seconds():
    assert alarms.source_silent("douyin", NOW, NOW + 15_000) is None
    assert alarms.source_silent("douyin", NOW, NOW + 16_000).message() == "douyin: nothing for 16s"


def test_click_to_pay_under_half_the_products_own():
    assert alarms.click_pay_halved("Y9981", 100, 5, 0.1) is None
    assert alarms.click_pay_halved("Y9981", 29, 0, 0.1) is None  # too few clicks to tell
    assert alarms.click_pay_halved("Y9981", 100, 0, None) is None  # never sold before
    assert alarms.click_pay_halved("Y9981", 100, 4, 0.1).message() == "Y9981: click → pay 4.0%, usually 10.0%"


def test_more_than_thirty_listed():
    assert alarms.too_many_listed(30) is None
    assert alarms.too_many_listed(31).message() == "31 products are listed, more than 30"


def test_the_shops_own_thresholds_and_nothing_that_is_none():
    limits = alarms.thresholds({"listed": 5, "goal_ratio": "x", "stock_seconds": -1, "no_such": 3})
    assert alarms.too_many_listed(6, limits).key == "too_many_listed"
    assert (limits.goal_ratio, limits.stock_seconds) == (0.9, 120)
