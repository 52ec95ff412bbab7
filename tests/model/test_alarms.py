"""The alarms speak at their thresholds and are quiet where something is unknown."""

from liveshop_desk.model import alarms
from liveshop_desk.model.goals import Plan, pace

NOW = 1_795_262_400_000
MINUTE = 60_000


def test_pitch_over_its_time():
    assert alarms.pitch_over_time("Y9981", 300, 300) is None
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
