"""The live chart: what the figures say, what happened when, and a window of time that follows the show."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from liveshop_desk import i18n
from liveshop_desk.model.record import Record
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.ops import catalogue, queue, scripts, shelf, show
from liveshop_desk.store import inflow, journal, queries
from liveshop_desk.store.inflow import Batch
from tests.ui.numbers import MINUTE, SECOND, all_read, on_air, say, shown
from ui import theme
from ui.evening import Evening
from ui.panels.chart_data import COLORS
from ui.panels.chart_flags import short_title
from ui.panels.chart_panel import ChartPanel
from ui.widgets.chart_marks import metrics
from ui.widgets.chart_paint import hover_words
from ui.widgets.chart_picture import Band, Line, Picture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, live):
    return shown(qtbot, ChartPanel(context, live), 940, 250)


def flags(panel, kind):
    return [flag for flag in panel.chart.picture.flags if flag.kind == kind]


def line(panel, key):
    return next((line for line in panel.chart.picture.lines if line.key == key), None)


def colour_count(widget, token, look=theme.DARK):
    image, wanted = widget.grab().toImage(), look.color(token)
    near = 0
    for y in range(image.height()):
        for x in range(0, image.width(), 2):
            seen = image.pixelColor(x, y)
            pairs = ((seen.red(), wanted.red()), (seen.green(), wanted.green()), (seen.blue(), wanted.blue()))
            near += all(abs(a - b) < 30 for a, b in pairs)
    return near


def test_lines_are_the_figures(context, live, panel, clock):
    say(live, context, online=1000, gmv=100_000)
    clock.advance(60)
    say(live, context, online=1200, gmv=250_000)
    assert line(panel, "online").at(clock.now()) == 1200
    assert line(panel, "online").at(clock.now() - 30 * SECOND) == 1000
    assert line(panel, "gmv").at(clock.now()) == 250_000
    assert colour_count(panel.chart, "chosen") > 100
    assert colour_count(panel.chart, "good") > 50


@pytest.mark.parametrize(("metric", "first"), [("gmv", 100_000), ("comments", 600)])
def test_what_nobody_told_of_yet_has_no_line_at_nought(context, live, panel, clock, metric, first):
    started = clock.now()
    panel.choose(("online", metric))
    clock.advance(600)
    say(live, context, **{metric: first})
    clock.advance(60)
    say(live, context, online=900)
    drawn = line(panel, metric)
    assert [drawn.at(started + minute * MINUTE) for minute in (0, 5, 9)] == [None] * 3
    assert drawn.at(started + 10 * MINUTE) == first


def test_a_level_nobody_confirmed_for_long_is_unknown(context, live, panel, clock):
    say(live, context, online=1000)
    clock.advance(3600)
    say(live, context, online=900)
    middle = clock.now() - 30 * MINUTE
    assert line(panel, "online").at(middle) is None
    assert line(panel, "online").at(clock.now()) == 900


def test_an_incident_without_words_is_marked_in_the_language_in_use(context, live, panel, shop):
    say(live, context, online=800)
    scripts.note_incident(context.desk.store, shop.session, "")
    assert [flag.detail for flag in flags(panel, "incident")] == ["Incident"]
    i18n.set_language("zh_CN")
    panel.retranslate()
    assert [flag.detail for flag in flags(panel, "incident")] == ["异常"]
    i18n.set_language("en")


def test_what_happened_is_marked(context, live, panel, clock, shop):
    store = context.desk.store
    say(live, context, online=800, gmv=50_000)
    show.take_next(store, shop.session)
    clock.advance(120)
    show.take_next(store, shop.session)
    shelf.set_price(store, ["down-1"], 34_900)
    shelf.set_stock(store, "down-1", 80)
    scripts.send_cue(store, shop.session, "加快节奏")
    scripts.note_incident(store, shop.session, "断流")
    assert [flag.text for flag in flags(panel, "segment")] == ["开场", "Y9981"]
    assert [flag.text for flag in flags(panel, "price")] == ["price 369→349"]
    assert "长款鹅绒羽绒服 Y9981" in flags(panel, "price")[0].detail
    assert [flag.text for flag in flags(panel, "stock")] == ["stock 100→80"]
    assert [flag.detail for flag in flags(panel, "cue")] == ["Cue: 加快节奏"]
    assert [flag.detail for flag in flags(panel, "incident")] == ["Incident: 断流"]
    assert panel.chart.picture.on_air == (clock.now(), clock.now())
    clock.advance(60)
    panel.refresh()
    assert panel.chart.picture.on_air == (clock.now() - 60_000, clock.now())
    assert colour_count(panel.chart, "next") > 5


def test_an_offer_is_marked_when_it_goes_on_air_and_when_it_is_changed(context, live, panel, clock, shop):
    store = context.desk.store
    down = queries.segments(store, shop.session)[1]
    queue.edit_segment(store, shop.session, down.id, offer="买一送一")
    say(live, context, online=800, gmv=50_000)
    show.take_next(store, shop.session)
    assert flags(panel, "offer") == []
    clock.advance(60)
    show.take_next(store, shop.session)
    taken = clock.now()
    clock.advance(60)
    queue.edit_segment(store, shop.session, down.id, offer="买一送一 再减20元 限前100名")
    assert [(flag.at, flag.text, flag.detail) for flag in flags(panel, "offer")] == [
        (taken, "买一送一", "Offer: 买一送一"),
        (clock.now(), "买一送一 再…", "Offer: 买一送一 再减20元 限前100名"),
    ]
    assert colour_count(panel.chart, "rose") > 10
    journal.undo(store)
    clock.advance(1)
    panel.refresh()
    assert [flag.text for flag in flags(panel, "offer")][-1] == "买一送一"


def test_more_who_left_than_came_are_a_line_below_zero(context, live, panel, clock):
    panel.choose(("net_followers",))
    for lost in (30, 90, 140):
        say(live, context, new_followers=20, lost_followers=lost)
        clock.advance(60)
    panel.refresh()
    followers = line(panel, "net_followers")
    assert followers.at(clock.now() - 1) == -120
    frame = panel.chart.frame
    assert frame.rect.top() < frame.py("left", 0) < frame.py("left", -120) <= frame.rect.bottom()


def test_an_offer_of_the_product_on_air_is_marked_when_its_card_is_changed(context, live, panel, clock, shop):
    store = context.desk.store
    say(live, context, online=800, gmv=50_000)
    show.take(store, shop.session, queries.segments(store, shop.session)[1].id)
    clock.advance(60)
    catalogue.edit_product(store, queries.segments(store, shop.session)[1].product_id, offer="买一送一")
    assert [(flag.at, flag.text) for flag in flags(panel, "offer")] == [(clock.now(), "买一送一")]


def test_one_act_on_three_sizes_is_one_marker_and_sales_are_none(context, live, panel, shop):
    store = context.desk.store
    say(live, context, gmv=50_000)
    shelf.set_price(store, ["coat-1", "coat-2", "coat-3"], 27_900)
    sale = Record(context.desk.clock.now(), "order", "douyin", sku="coat-1", quantity=1, amount=27_900, order="1")
    store.announce(inflow.write_batch(store, inflow.Batch(shop.session, (sale,), moves_stock=True)))
    assert len(flags(panel, "price")) == 1
    assert flags(panel, "stock") == []


def test_the_goal_runs_to_the_planned_end_and_the_pace_beyond_now(context, live, panel, clock):
    started = clock.now()
    clock.advance(3600)
    say(live, context, gmv=2_400_000)
    panel.set_span(0)
    goal = line(panel, "goal")
    assert (goal.x[0], goal.y[0], goal.y[-1]) == (started, 0, 12_000_000)
    assert goal.x[-1] == started + 4 * 3_600_000
    assert line(panel, "projection").y[-1] == pytest.approx(9_600_000)
    assert [flag.text for flag in flags(panel, "projection")] == ["→ ¥96,000"]
    assert panel.chart.picture.end == goal.x[-1]


def test_windows_follow_now(context, live, panel, clock):
    started = clock.now()
    say(live, context, online=5)
    clock.advance(2 * 3600)
    say(live, context, online=6)
    for span in (15 * MINUTE, 60 * MINUTE):
        panel.set_span(span)
        picture = panel.chart.picture
        assert picture.end - picture.start == span
        assert picture.start < clock.now() < picture.end
    clock.advance(600)
    panel.refresh()
    assert panel.chart.picture.end - clock.now() == 60 * MINUTE * 0.06
    panel.set_span(0)
    assert panel.chart.picture.start == started


def test_a_young_show_fills_the_window_from_its_left(context, live, panel, clock):
    started = clock.now()
    clock.advance(60)
    say(live, context, online=5)
    assert panel.chart.picture.start == started
    assert panel.chart.picture.end == started + 60 * MINUTE


def test_the_mouse_reads_values_and_markers(context, live, panel, clock, shop):
    say(live, context, online=1284, gmv=8_640_200)
    clock.advance(30)
    shelf.set_price(context.desk.store, ["down-1"], 34_900)
    chart = panel.chart
    words = [text for _color, text in hover_words(chart.frame, chart.picture, chart.frame.px(clock.now() - 100))]
    assert words[0].startswith("18:00:")
    assert "Online  1,284" in words
    assert "GMV  ¥86,402" in words
    assert any("¥369 → ¥349" in text for text in words)
    before = colour_count(chart, "raised")
    QTest.mouseMove(chart, QPoint(300, 100))
    assert colour_count(chart, "raised") > before
    chart.hover_at(None)
    assert colour_count(chart, "raised") == before


def test_another_theme_is_painted_in_its_colours(context, live, panel):
    say(live, context, online=100, gmv=1_000)
    dark = colour_count(panel.chart, "chosen", theme.LIGHT)
    panel.restyle(theme.LIGHT)
    assert colour_count(panel.chart, "chosen", theme.LIGHT) > dark


def test_nothing_is_drawn_unseen(context, live, qtbot):
    hidden = ChartPanel(context, live)
    qtbot.addWidget(hidden)
    say(live, context, online=100)
    assert hidden.chart is None
    shown(qtbot, hidden, 940, 250)
    assert hidden.chart is not None
    assert not hidden.is_empty


def test_a_draft_teaches_where_numbers_come_from(qtbot, context):
    evening = Evening(context, moves_stock=False)
    panel = shown(qtbot, ChartPanel(context, evening), 940, 250)
    texts = [made.text() for made in (panel._empty_title, panel._empty_text)]
    assert panel.is_empty
    assert "on air" in texts[0]
    assert context.actions.keys_text("enter_numbers") in texts[1]
    assert all(made.isHidden() for made in panel._empty_acts.values())
    evening.close()


def test_on_air_without_a_figure_offers_what_can_be_done(context, live, panel):
    assert panel.is_empty
    assert [name for name, made in panel._empty_acts.items() if made.isVisible()] == ["enter_numbers", "replay"]
    say(live, context, online=3)
    assert not panel.is_empty


def test_an_ended_session_shows_its_evening(context, live, panel, clock, shop):
    say(live, context, online=800, gmv=50_000)
    show.take_next(context.desk.store, shop.session)
    clock.advance(1200)
    say(live, context, online=700, gmv=90_000)
    show.end_show(context.desk.store, shop.session)
    ended = clock.now()
    clock.advance(7200)
    panel.set_span(0)
    assert panel.chart.picture.on_air is None
    assert line(panel, "gmv").x[-1] == ended
    assert line(panel, "projection") is None
    assert panel.chart.picture.end < ended + 2 * MINUTE


def test_a_session_known_from_a_file_says_why_there_is_no_curve(context, live, panel, shop):
    other = show.create_session(context.desk.store, "last week")
    with context.desk.store.step("past") as step:
        step.update("sessions", other, state="ended", started_at=1, ended_at=2)
    context.chosen.choose(other)
    assert panel.is_empty
    assert panel._empty_title.text() == "No curve for this session"


def test_titles_are_what_an_operator_calls_them():
    assert short_title("长款鹅绒羽绒服 Y9981") == "Y9981"
    assert short_title("加绒打底裤 8801-3") == "8801-3"
    assert short_title("7 Shakra Bracelet") == "7 Shakra Bra…"
    assert short_title("秒杀 羽绒服 100 件") == "秒杀 羽绒服…"
    assert short_title("互动 • 福袋抽奖") == "互动 福袋抽…"
    assert short_title("断码清仓 毛呢大衣") == "断码清仓 毛…"
    assert short_title("开场") == "开场"
    assert short_title("") == ""


def test_drawing_is_loaded_only_when_there_is_something_to_draw():
    code = "import sys, ui.panels.numbers_panel; sys.exit('pyqtgraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=30, check=False).returncode == 0


def test_comments_alone_are_drawn_too(qtbot, context, live):
    """UniBarrage tells neither who is in the room nor what was sold: what it tells is no “No figure yet”."""
    panel = shown(qtbot, ChartPanel(context, live))
    live.receive([Record(context.desk.clock.now(), "comment", "unibarrage", id="1")], now=True)
    qtbot.waitUntil(lambda: not panel.is_empty)
    panel.choose(("comments", "likes"))
    assert {line.key for line in panel.chart.picture.lines} >= {"comments"}


def test_a_rehearsal_the_day_before_has_its_goal_line_too(qtbot, context, clock, shop):
    clock.instant -= 24 * 3_600_000
    evening = on_air(context, rehearsal=True)
    panel = shown(qtbot, ChartPanel(context, evening), 940, 250)
    clock.advance(60)
    say(evening, context, gmv=100)
    goal = line(panel, "goal")
    session = context.session()
    assert goal.x[-1] - goal.x[0] == session.planned_end - session.planned_start
    assert session.started_at == goal.x[0]
    evening.close()


# -- other lines, other windows of time ------------------------------------------------------------------------------


def test_lines_are_chosen_from_the_legend(qtbot, context, live, panel, clock):
    say(live, context, online=1000, gmv=100_000, comments=50)
    clock.advance(60)
    say(live, context, comments=80)
    menu = panel.legend.open_menu()
    comments = next(act for act in menu.actions() if act.text() == "Comments")
    with qtbot.waitSignal(panel.chose) as kept:
        comments.trigger()
    assert kept.args == [("online", "gmv", "comments")]
    assert line(panel, "comments").at(clock.now()) == 30  # what came in the last minute, not what they add up to
    assert line(panel, "comments").label == "Comments (a minute)"
    assert "Comments" in legend_words(panel)
    menu.close()


def test_a_rate_is_drawn_minute_by_minute(context, live, panel, clock):
    panel.choose(("click_pay_rate",))
    say(live, context, online=10, buyers=10, clickers=100)
    clock.advance(60)
    say(live, context, buyers=30, clickers=200)
    clock.advance(60)
    panel.refresh()
    drawn = line(panel, "click_pay_rate")
    assert drawn.write(drawn.at(clock.now())) == "15.0%"
    assert panel.chart.frame.scales["left"][1] < 1


def test_a_line_without_figures_is_named_as_such(context, live, panel):
    panel.choose(("online", "ad_spend"))
    say(live, context, online=10)
    assert legend_words(panel)[:4] == ["●", "Online", "○", "Ad spend"]


def test_unknown_metrics_in_the_settings_are_left_out(qtbot, context, live):
    context.desk.settings = replace(context.desk.settings, chart=("no such", "online"))
    assert ChartPanel(context, live)._keys == ("online",)


def test_the_wheel_zooms_and_now_is_one_click_away(qtbot, context, live, panel, clock):
    say(live, context, online=1000, gmv=100)
    clock.advance(3600)
    say(live, context, online=900)
    panel.set_span(0)
    whole = panel.chart.picture
    wheel(panel.chart, panel.chart.rect().center(), 240)
    zoomed = panel.chart.picture
    assert zoomed.end - zoomed.start < 0.7 * (whole.end - whole.start)
    assert panel.ranges.follow.isVisibleTo(panel.ranges)
    clock.advance(60)
    panel.refresh()
    assert (panel.chart.picture.start, panel.chart.picture.end) == (zoomed.start, zoomed.end)  # it stands still
    qtbot.mouseClick(panel.ranges.follow, Qt.MouseButton.LeftButton)
    assert panel.chart.picture.end > zoomed.end
    assert not panel.ranges.follow.isVisibleTo(panel.ranges)


def test_time_is_dragged_along_but_not_out_of_the_show(qtbot, context, live, panel, clock):
    started = clock.now()
    say(live, context, online=1000, gmv=100)
    clock.advance(2 * 3600)
    say(live, context, online=900)
    before, middle = panel.chart.picture, panel.chart.rect().center()
    QTest.mousePress(panel.chart, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(panel.chart, middle + QPoint(200, 0))
    QTest.mouseRelease(panel.chart, Qt.MouseButton.LeftButton, pos=middle + QPoint(200, 0))
    assert panel.chart.picture.end < before.end
    for _turn in range(30):
        QTest.keyClick(panel.chart, Qt.Key.Key_Left)
    assert panel.chart.picture.start == started
    QTest.keyClick(panel.chart, Qt.Key.Key_End)
    assert panel.chart.picture.end >= before.end


def test_another_session_is_followed_again(context, live, panel, clock, shop):
    say(live, context, online=1000, gmv=100)
    clock.advance(3600)
    say(live, context, online=900)
    panel.chart.zoom(0.5)
    show.end_show(context.desk.store, shop.session)
    context.chosen.choose(show.create_session(context.desk.store, "明天"))
    assert not panel.ranges.follow.isVisibleTo(panel.ranges)


def test_the_last_sessions_stand_behind_as_a_band(qtbot, context, clock):
    for peak in (800, 1200):
        evening_of(context, clock, peak)
    show_id = show.create_session(context.desk.store, "今晚")
    context.chosen.choose(show_id)
    live = on_air(context)
    panel = shown(qtbot, ChartPanel(context, live), 940, 250)
    say(live, context, online=1000, gmv=100)
    clock.advance(120)
    all_read(qtbot)
    panel.refresh()
    band = next(band for band in panel.chart.picture.bands if band.color == "chosen")
    assert (band.low.max(), band.high.max()) == (800, 1200)
    live.close()


def evening_of(context, clock, peak):
    """A show of ten minutes that ended, with a figure each minute."""
    store, begun = context.desk.store, clock.now()
    session = show.create_session(store, f"场 {peak}")
    show.go_live(store, session)
    clock.advance(600)
    show.end_show(store, session)
    rollups = tuple(
        Rollup(metric, begun + minute * MINUTE, 1, level, level, level)
        for metric, level in (("online", peak), ("gmv", peak * 100))
        for minute in range(10)
    )
    inflow.write_batch(store, Batch(session, rollups=rollups))


def legend_words(panel):
    return [made.text() for made in panel.legend.findChildren(QLabel) if made.text() and not made.isHidden()]


def wheel(widget, at, delta):
    event = QWheelEvent(
        QPointF(at), widget.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    widget.wheelEvent(event)


def test_every_second_segment_is_shaded(context, live, panel, clock, shop):
    store = context.desk.store
    panel.set_span(15 * MINUTE)
    say(live, context, online=800, gmv=50_000)
    for _turn in range(4):
        show.take_next(store, shop.session)
        clock.advance(150)
        say(live, context, online=800)
    frame = panel.chart.frame
    image = panel.chart.grab().toImage()
    taken = [flag.at for flag in flags(panel, "segment")]

    def shade(at):
        return image.pixelColor(round(frame.px(float(at))), round(frame.rect.center().y()) + 9).name()

    middles = [shade(at + 75 * SECOND) for at in taken[:3]]
    assert middles[0] == middles[2] == theme.DARK.color("raised").name()
    assert middles[1] != middles[0]


def test_a_scale_of_millions_is_written_in_full(context, live, panel):
    say(live, context, gmv=100_000)
    usual = panel.chart.frame.rect.right()
    say(live, context, gmv=160_000_000_00)
    top = line(panel, "gmv").write(panel.chart.frame.scales["right"][1])
    room = panel.chart.width() - panel.chart.frame.rect.right()
    assert metrics().horizontalAdvance(top) + 6 <= room
    assert panel.chart.frame.rect.right() < usual


def test_a_scale_reaches_over_the_band_it_shows():
    x = np.array([0.0, 60_000.0])
    level = Line("online", "Online", "chosen", x, np.array([1000.0, 1004.0]), str)
    band = Band("left", "chosen", x, np.array([300.0, 400.0]), np.array([900.0, 1500.0]))
    low, high = Picture(0, 60_000, (level,), bands=(band,)).scale("left")
    assert (low, high) == (0, 1600)
    assert Picture(60_000, 120_000, bands=(band,)).scale("left") == (0, 1600)  # dragged to where tonight has not been
    low, high = Picture(120_000, 180_000, (level,), bands=(band,)).scale("left")
    assert low == high  # nothing of either lies in that window: no scale is written


def test_every_line_of_the_legend_has_its_colour():
    assert all(f'QLabel[tone="{token}"]' in theme.style_sheet(theme.DARK) for token in COLORS if token != "text")
