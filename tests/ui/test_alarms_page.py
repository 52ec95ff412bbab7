"""The thresholds of the alarms as the shop sets them."""

from liveshop_desk.model.alarms import thresholds
from liveshop_desk.settings import Settings, load, save
from ui.dialogs.alarms_page import LIMITS, AlarmsPage


def page(qtbot, **alarms):
    made = AlarmsPage(Settings(alarms=alarms))
    qtbot.addWidget(made)
    return made


def test_it_shows_what_holds_in_the_units_people_use(qtbot):
    made = page(qtbot, goal_ratio=0.8)
    shown = {name: stepper.value for name, stepper in made.limits.items()}
    assert shown == {
        "stock_seconds": 120, "online_drop": 20, "online_seconds": 180, "source_seconds": 15, "click_pay_share": 50,
        "goal_ratio": 80, "silent_seconds": 15, "listed": 30,
    }  # fmt: skip


def test_only_what_differs_is_kept_and_comes_back(qtbot, tmp_path):
    made = page(qtbot)
    made.limits["silent_seconds"].set_value(30)
    made.limits["online_drop"].set_value(35)
    save(made.taken(Settings()), tmp_path / "settings.json")
    held = load(tmp_path / "settings.json")
    assert held.alarms == {"silent_seconds": 1800, "online_drop": 0.35}
    limits = thresholds(held.alarms)
    assert (limits.silent_seconds, limits.online_drop, limits.listed) == (1800, 0.35, 30)


def test_back_to_the_usual_ones(qtbot):
    made = page(qtbot, listed=5, goal_ratio=0.5)
    made.reset()
    assert made.taken(Settings()).alarms == {}


def test_every_threshold_has_a_name_for_a_screen_reader(qtbot):
    made = page(qtbot)
    assert all(made.limits[each.name].line.accessibleName() for each in LIMITS)
