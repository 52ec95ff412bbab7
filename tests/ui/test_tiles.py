"""The KPI tiles say what the KPI functions say, and what they are measured against."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication

from liveshop_desk.i18n import set_language
from liveshop_desk.model.coverage import Coverage
from liveshop_desk.model.metrics import format_metric, value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from tests.ui.numbers import EXPORT, MINUTE, all_read, on_air, say, shown
from ui import theme
from ui.panels.tiles import TilesPanel

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, live):
    return shown(qtbot, TilesPanel(context, live), 415, 280)


def words(panel, key):
    return panel.tiles[key].tile


def past_session(context, figures, days=7):
    """Put a session of last week with its figures into the shop."""
    store, start = context.desk.store, context.desk.clock.now() - days * 86_400_000
    session = show.create_session(store, "last week", anchor="小林", planned_start=start)
    with store.step("past") as step:
        step.update("sessions", session, state="ended", started_at=start, ended_at=start + 7_200_000)
        for metric, value in figures.items():
            step.insert(
                "figures", {"id": f"{session}:{metric}", "session_id": session, "metric": metric, "value": value}
            )
    return session


def test_every_tile_shows_what_its_metric_says(context, live, panel):
    say(live, context, "douyin", **EXPORT)
    for key, view in panel.tiles.items():
        assert view.tile.value == format_metric(METRICS[key], value_of(METRICS[key], EXPORT)), key
    assert words(panel, "online").value == "1,284"
    assert words(panel, "gmv").value == "¥61,045"
    assert words(panel, "click_pay_rate").value == "23.7%"
    assert words(panel, "gpm").value == "¥2,872"
    assert words(panel, "stay_seconds").value == "1m 35s"


def test_a_funnel_that_stands_still_follows_the_language(context, live, panel):
    """It was read out in the old one until a rate moved."""
    say(live, context, "douyin", **EXPORT)
    panel.turn_over()
    english = panel.funnel.accessibleName()
    assert "Click → pay 23.7%" in english
    set_language("zh_CN")
    try:
        panel.retranslate()
        name = panel.funnel.accessibleName()
    finally:
        set_language("en")
        panel.retranslate()
    assert "点击-成交率 23.7%" in name
    assert panel.funnel.accessibleName() == english


def test_what_nobody_gave_is_a_dash_and_never_nought(context, live, panel):
    assert {view.tile.value for view in panel.tiles.values()} == {"—"}
    say(live, context, buyers=0, clickers=0)
    assert words(panel, "click_pay_rate").value == "—"
    say(live, context, clickers=10)
    assert words(panel, "click_pay_rate").value == "0.0%"


def test_gmv_is_held_against_the_goal_and_late_below_nine_tenths(context, live, panel, clock):
    clock.advance(3600)  # a quarter of the way from the start at 18:00 to the planned end
    say(live, context, gmv=2_400_000)
    assert (words(panel, "gmv").second, words(panel, "gmv").tone) == ("20% • due 25%", "late")
    say(live, context, gmv=2_760_000)
    assert (words(panel, "gmv").second, words(panel, "gmv").tone) == ("23% • due 25%", "")


def test_totals_tell_the_last_five_minutes_and_levels_their_change(context, live, panel, clock):
    say(live, context, units=574, online=1000)
    clock.advance(300)
    say(live, context, units=612, online=1120)
    assert words(panel, "units").second == "+38 / 5 min"
    assert (words(panel, "online").second, words(panel, "online").tone) == ("▲ 12% / 5 min", "good")
    clock.advance(300)
    say(live, context, online=560)
    assert (words(panel, "online").second, words(panel, "online").tone) == ("▼ 50% / 5 min", "bad")
    assert words(panel, "units").second == "+0 / 5 min"


def test_a_level_nobody_tells_any_more_says_how_old_it_is(context, live, panel, clock):
    say(live, context, "douyin", online=346)
    clock.advance(59)
    panel.refresh()
    assert words(panel, "online").tone != "late"
    clock.advance(121)
    panel.refresh()
    assert (words(panel, "online").value, words(panel, "online").second) == ("346", "3m 00s ago")
    assert words(panel, "online").tone == "late"
    say(live, context, "manual", online=350)
    clock.advance(600)  # a person types now and then
    panel.refresh()
    assert words(panel, "online").tone != "late"


def test_a_mean_stay_that_is_worked_out_is_not_as_old_as_one_told_before(live, context, clock, panel):
    say(live, context, "douyin", stay_seconds=95)
    clock.advance(180)
    say(live, context, "douyin", online=346)
    assert (words(panel, "stay_seconds").value, words(panel, "stay_seconds").second) == ("1m 35s", "3m 00s ago")
    say(live, context, "douyin", watch_seconds=36_000, viewers=300)
    assert words(panel, "stay_seconds").value == "2m 00s"
    assert "ago" not in words(panel, "stay_seconds").second


def test_the_first_figure_of_a_late_hour_is_no_growth(context, live, panel, clock):
    clock.advance(120)
    say(live, context, units=30)
    assert words(panel, "units").second == "+30 / 5 min"
    clock.advance(3600)
    say(live, context, orders=500, gmv=100)
    panel.refresh()
    assert words(panel, "units").second == "+0 / 5 min"
    assert live.figures.total("orders") == 500


def test_followers_are_shown_with_their_rate(context, live, panel):
    say(live, context, new_followers=417, viewers=21_947)
    assert words(panel, "new_followers").second == "Follow rate 1.9%"


def test_rates_are_compared_with_the_sessions_before(qtbot, context, live, panel):
    past_session(context, {"buyers": 20, "clickers": 100})
    past_session(context, {"buyers": 10, "clickers": 200}, days=14)
    say(live, context, buyers=12, clickers=100)
    assert words(panel, "click_pay_rate").second == ""  # the sessions before are still being read
    all_read(qtbot)
    assert (words(panel, "click_pay_rate").second, words(panel, "click_pay_rate").tone) == (
        "▲ 2.0pt vs avg",
        "good",
    )


def test_a_session_from_a_file_shows_what_the_file_says(context, live, panel):
    session = past_session(context, {"gmv": 6_104_530, "views": 21_254})
    context.chosen.choose(session)
    assert words(panel, "gmv").value == "¥61,045"
    assert words(panel, "gpm").value == "¥2,872"
    assert words(panel, "online").value == "—"


def test_only_what_changed_is_painted_and_nothing_moves(context, live, panel, monkeypatch):
    say(live, context, online=9, gmv=100)
    painted = []
    for key, view in panel.tiles.items():
        monkeypatch.setattr(view, "update", lambda key=key: painted.append(key))
    places = [view.geometry() for view in panel.tiles.values()]
    say(live, context, online=123_456)
    assert painted == ["online"]
    QApplication.processEvents()
    assert [view.geometry() for view in panel.tiles.values()] == places


def sell(live, context, count):
    """Let a relay tell orders of ¥100."""
    now = context.desk.clock.now()
    live.receive(
        [Record(now, "order", "oba", sku="x", quantity=1, amount=10_000, order=f"{n}") for n in range(count)], now=True
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_why_a_tile_is_blank_is_read_on_a_small_screen_and_told_whole_under_the_mouse(
    qtbot, context, live, clock, language
):
    set_language(language)
    try:
        panel = shown(qtbot, TilesPanel(context, live), 348, 209)  # as in a window of 1280 × 720
        sell(live, context, 10)
        say(live, context, buyers=60, gmv=600_000)
        panel.put("aov", "aov_order")
        tile = words(panel, "aov_order")
        assert tile.value == "—"
        beside = panel.tiles["aov_order"].width() - 18 - 26  # the dash; there two lines have room
        assert QFontMetrics(theme.font(11)).horizontalAdvance(tile.basis) <= 2 * beside
        whole = Coverage(partial={"orders": "orders"}).reason("gmv", "orders")
        assert len(tile.basis) < len(whole)
        assert whole in panel.explain("aov_order")
        panel.put("aov_order", "aov")
        clock.advance(3600)
        say(live, context, gmv=900_000)
        assert re.search(r"\d\d:\d\d", words(panel, "aov").basis)  # how old the buyers are
    finally:
        set_language("en")


def test_the_tooltip_explains_in_plain_text(context, live, panel, clock):
    say(live, context, "<b>relay</b>", buyers=12, clickers=100)
    clock.advance(12)
    text = panel.explain("click_pay_rate")
    first, rest = text.split("\n", 1)
    assert first == "Click → pay  12.0%"
    assert "<" not in first  # Qt looks for tags up to the first line break only
    assert "Formula: buyers / product clickers" in rest
    assert "Basis: per person" in rest
    assert "<b>relay</b>: 12s ago" in rest
    assert "Blank because" in panel.explain("gpm")


def test_unknown_keys_in_the_settings_are_passed_over(qtbot, context, live):
    from dataclasses import replace

    context.desk.settings = replace(context.desk.settings, tiles=("online", "nonsense", "gmv", "online"))
    assert list(shown(qtbot, TilesPanel(context, live)).tiles) == ["online", "gmv"]


def test_another_theme_is_painted_in_its_colours(context, live, panel):
    say(live, context, online=5)
    panel.restyle(theme.LIGHT)
    image: QImage = panel.tiles["online"].grab().toImage()
    assert image.pixelColor(image.width() // 2, 3).name().upper() == theme.LIGHT.raised


def test_names_are_there_for_those_who_cannot_see(context, live, panel):
    say(live, context, units=5)
    assert panel.tiles["units"].accessibleName() == "Units sold 5 +5 / 5 min"


def test_after_the_end_nothing_moves(context, live, panel, clock):
    say(live, context, units=574, online=800)
    show.end_show(context.desk.store, context.chosen.id)
    clock.instant += 60 * MINUTE
    panel.refresh()
    assert words(panel, "units").value == "574"
    assert words(panel, "online").second == ""


def test_the_goal_is_told_by_ten_minutes(context, panel, clock):
    clock.advance(600)
    assert "Goal 18:10–18:20: ¥" in panel.explain("gmv")
    assert "Goal" not in panel.explain("online")


def test_another_metric_goes_into_a_tile_and_two_change_places(qtbot, context, live, panel):
    say(live, context, "douyin", **EXPORT)
    with qtbot.waitSignal(panel.chose) as kept:
        panel.put("gpm", "orders")
    assert kept.args[0][-1] == "orders"
    assert words(panel, "orders").value == "1,536"
    first = panel.tiles["online"]
    panel.put("online", "gmv")
    assert panel.tiles["gmv"] is first
    assert list(panel.tiles)[:2] == ["gmv", "online"]


def test_a_tiles_menu_opens_by_key_and_ticks_what_it_shows(qtbot, context, live, panel):
    opened = []
    panel.tiles["gmv"].menu_wanted.connect(lambda _at: opened.append("gmv"))
    panel.tiles["gmv"].setFocus()
    qtbot.keyClick(panel.tiles["gmv"], Qt.Key.Key_Return)
    assert opened == ["gmv"]
    menu = panel.open_menu(panel.tiles["gmv"], panel.mapToGlobal(panel.rect().center()))
    assert [act.text() for act in menu.actions() if act.isChecked()] == ["GMV"]
    menu.close()


def test_the_pace_follows_the_course_of_the_shops_own_shows(qtbot, context, live, clock):
    """Half of the goal is due at half-time only where the shop sells evenly: this one sells at the end."""
    store = context.desk.store
    start = clock.now() - 86_400_000
    past_session(context, {"gmv": 1_000_000}, days=1)
    session = store.row("SELECT id FROM sessions WHERE theme = 'last week'")["id"]
    rows = [
        (session, "gmv", start + minute * MINUTE, 1, 0, 0, 0 if minute < 100 else 1_000_000, 0, 0)
        for minute in range(120)
    ]
    with store.transaction():
        store.db.conn.executemany("INSERT INTO rollups VALUES (?,?,?,?,?,?,?,?,?)", rows)
    panel = shown(qtbot, TilesPanel(context, live), 415, 280)
    clock.advance(3600)
    say(live, context, gmv=100_000)
    all_read(qtbot)
    assert words(panel, "gmv").second.endswith("due 0%")


def test_a_rehearsal_is_not_held_against_real_shows(qtbot, context):
    past_session(context, {"gmv": 1_000_000, "buyers": 50})
    evening = on_air(context, rehearsal=True)
    panel = shown(qtbot, TilesPanel(context, evening), 415, 280)
    say(evening, context, gmv=100_000, buyers=10)
    assert words(panel, "aov").value == "¥100.00"
    assert "avg" not in words(panel, "aov").second
    evening.close()
