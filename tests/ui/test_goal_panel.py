"""Tonight's goal beside the month, the plan and the role mix."""

from datetime import datetime

import pytest

from liveshop_desk.model.clock import from_datetime
from liveshop_desk.ops import queue, show
from ui import theme
from ui.panels.goal_panel import GoalPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context):
    made = GoalPanel(context)
    qtbot.addWidget(made)
    made.resize(328, 260)
    return made


def add_past(store, clock, gmv):
    """A show of this month that is over: its goal was ¥40,000, it came to ``gmv`` fen."""
    began = clock.now() - 10**8
    past = show.create_session(store, "Past", state="ended", started_at=began, planned_start=began, goal_gmv=4_000_000)
    with store.transaction():
        store.db.conn.execute(
            "INSERT INTO figures (id, session_id, metric, value) VALUES ('f', ?, 'gmv', ?)", (past, gmv)
        )


def test_goal_month_plan_and_mix(panel):
    assert panel.goal.text() == "¥120,000"
    assert panel.month.text() == "November ¥120,000 • 1 session left"
    assert panel.plan.text() == "Plan 0:29:00 / 3:00:00 • 3 products"
    assert "Hit 10/33%" in panel.mix.words.text()
    assert "Regular 40/0%" in panel.mix.words.text()


def test_what_past_sessions_achieved(panel, store, clock):
    add_past(store, clock, 8_000_000)
    panel.refresh()
    assert panel.month.text() == "November ¥160,000 • 50% achieved • 1 session left"


def test_a_month_just_short_of_its_goal_is_not_said_to_have_reached_it(panel, store, clock, shop):
    show.edit_session(store, shop.session, goal_gmv=4_000_000)
    add_past(store, clock, 7_970_000)
    panel.refresh()
    assert "99% achieved" in panel.month.text()


def test_a_show_planned_for_the_month_s_last_night_counts_in_the_month_it_began(panel, store, clock, shop):
    midnight = from_datetime(datetime(2026, 12, 1))  # noqa: DTZ001 - local
    show.edit_session(store, shop.session, planned_start=midnight - 600_000, planned_end=midnight + 7_200_000)
    panel.refresh()
    assert panel.month.text() == "November ¥120,000 • 1 session left"
    clock.instant = midnight + 60_000
    show.go_live(store, shop.session)
    panel.refresh()
    assert panel.month.text().startswith("December ¥120,000")


def test_it_follows_the_queue_and_says_when_the_plan_is_too_long(qtbot, panel, store, shop):
    queue.edit_segment(store, shop.session, shop.segments[0], planned_seconds=3 * 3600)
    qtbot.waitUntil(lambda: "24:00 too long" in panel.plan.text())
    assert panel.plan.property("tone") == "next"


def test_no_goal_is_said_not_shown_as_zero(qtbot, panel, store, shop):
    show.edit_session(store, shop.session, goal_gmv=None)
    qtbot.waitUntil(lambda: panel.goal.text() == "Not set")
    assert panel.month.text().startswith("November: no goal yet")


def test_no_session(panel, context):
    context.chosen.choose("")
    assert panel.goal.text() == "Not set"
    assert "—" in panel.mix.words.text()


def test_the_bar_shows_the_shares_in_colour(panel, context):
    panel.mix.bar.resize(300, 12)
    picture = panel.mix.bar.grab().toImage()
    assert picture.pixelColor(50, 6) == theme.DARK.color("on_air")  # a third is hit
    assert picture.pixelColor(150, 6) == theme.DARK.color("next")  # a third is clearance
    panel.restyle(theme.LIGHT)
    assert panel.mix.bar.grab().toImage().pixelColor(50, 6) == theme.LIGHT.color("on_air")
