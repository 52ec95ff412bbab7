"""The strip as a whole: where the numbers come from, recordings, the rehearsal's audience."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from liveshop_desk import i18n
from liveshop_desk.feeds.record import decode_line
from liveshop_desk.model.alarms import DEFAULTS
from liveshop_desk.model.clock import iso_text
from liveshop_desk.ops import show
from tests.ui.numbers import all_read, on_air, say, shown
from tests.ui.test_tiles import past_session
from ui import theme
from ui.exporting import workbook_path
from ui.notices import in_language
from ui.panels.chart_save import chart_path, chart_title
from ui.panels.numbers_panel import NumbersPanel
from ui.panels.source_words import is_stale, source_state
from ui.widgets.notice_bar import NoticeBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def rehearsal(context):
    evening = on_air(context, rehearsal=True)
    yield evening
    evening.close()


def strip(qtbot, context, evening, width=1360):
    return shown(qtbot, NumbersPanel(context, evening), width)


def visible(panel):
    return [name for name, made in panel.buttons.items() if made.isVisible()]


def recording(path):
    record = {"kind": "sample", "metric": "online", "source": "douyin"}
    lines = [json.dumps({"t": f"2026-11-21T20:12:4{n}.000+08:00", "value": 100 + n} | record) for n in range(5)]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_audience_comes_to_a_rehearsal_and_goes(qtbot, context, rehearsal, clock):
    panel = strip(qtbot, context, rehearsal)
    assert visible(panel) == ["enter_numbers", "replay", "simulate"]
    QTest.mouseClick(panel.buttons["simulate"], Qt.MouseButton.LeftButton)
    assert rehearsal.source_name == "Simulated audience"
    assert visible(panel) == ["enter_numbers", "stop"]
    clock.advance(30)
    qtbot.waitUntil(lambda: panel.tiles.tiles["online"].tile.value != "—", timeout=5000)
    assert panel.pill.text() == "● Simulated audience"
    assert not panel.chart.is_empty
    QTest.mouseClick(panel.buttons["stop"], Qt.MouseButton.LeftButton)
    assert rehearsal.source_name == ""
    assert "simulate" in visible(panel)


@pytest.mark.parametrize(("source", "mixed"), [("dycast", True), ("manual", False)])
def test_an_audience_that_comes_on_top_of_real_figures_is_said_to(qtbot, context, rehearsal, source, mixed):
    panel = strip(qtbot, context, rehearsal)
    say(rehearsal, context, source, online=300)
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    panel.simulate()
    assert any("figures are mixed: dycast" in text for text in said) is mixed


def test_the_name_of_what_plays_follows_the_language(qtbot, context, rehearsal):
    panel = strip(qtbot, context, rehearsal)
    said = []
    context.notices.posted.connect(said.append)
    panel.simulate()
    try:
        i18n.set_language("zh_CN")
        panel.retranslate()
        assert panel.pill.text() == "● 模拟观众"
        rehearsal._say_ended(rehearsal.playing, None)
        assert in_language(said[-1]).text == "模拟观众 已结束。"
        i18n.set_language("en")
        assert in_language(said[-1]).text == "Simulated audience has ended."
    finally:
        i18n.set_language("en")


def test_the_audience_never_comes_to_a_real_show(qtbot, context, live):
    panel = strip(qtbot, context, live)
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    assert "simulate" not in visible(panel)
    context.actions.give("simulate")
    assert "only comes to a rehearsal" in said[0]
    assert live.source_name == ""


def test_a_recording_is_chosen_with_its_speed(qtbot, context, live, tmp_path, clock):
    panel = strip(qtbot, context, live)
    context.actions.give("replay")
    sheet = panel.sheet
    QTest.mouseClick(sheet.speeds[1], Qt.MouseButton.LeftButton)
    QTest.keyClicks(sheet.path, str(recording(tmp_path / "evening.jsonl")))
    asked = []
    context.notices.posted.connect(asked.append)
    QTest.keyClick(sheet.path, Qt.Key.Key_Return)
    assert live.source_name == ""  # a real show: it asks first
    asked[0].on_yes()
    assert live.source_name == "evening.jsonl"
    assert panel.pill.text() == "● evening.jsonl ×10"
    assert visible(panel) == ["enter_numbers", "stop"]
    clock.advance(1)
    qtbot.waitUntil(lambda: live.source_name == "", timeout=5000)
    assert panel.tiles.tiles["online"].tile.value == "104"
    assert panel.pill.text().startswith("● Douyin: ")


def test_a_folder_for_a_recording_is_said_in_the_sheet_which_keeps_the_keyboard(qtbot, context, live, tmp_path):
    panel = strip(qtbot, context, live)
    panel.replay()
    QTest.keyClicks(panel.sheet.path, str(tmp_path))
    QTest.keyClick(panel.sheet.path, Qt.Key.Key_Return)
    assert panel.sheet is not None
    assert "cannot be read" in panel.sheet.said.text()
    assert panel.sheet.path.hasFocus()
    assert live.source_name == ""


def test_a_recording_that_is_not_there_is_said_in_the_sheet(qtbot, context, live, tmp_path):
    panel = strip(qtbot, context, live)
    panel.replay()
    QTest.mouseClick(panel.sheet.go, Qt.MouseButton.LeftButton)
    assert "Choose a recording first" in panel.sheet.said.text()
    QTest.keyClicks(panel.sheet.path, str(tmp_path / "gone.jsonl"))
    QTest.keyClick(panel.sheet.path, Qt.Key.Key_Return)
    assert "gone.jsonl cannot be read" in panel.sheet.said.text()
    assert panel.sheet.isVisible()
    assert live.source_name == ""


def test_old_figures_turn_amber_by_their_source(qtbot, context, live, clock):
    panel = strip(qtbot, context, live)
    assert panel.pill.text() == "no figure yet"
    say(live, context, "douyin", online=5)
    clock.advance(12)
    panel._show_source()
    assert (panel.pill.text(), panel.pill.property("tone")) == ("● Douyin: 12s ago", "good")
    clock.advance(12)
    panel._show_source()
    assert (panel.pill.text(), panel.pill.property("tone")) == ("⚠ Douyin: 24s ago", "next")
    say(live, context, online=5)
    clock.advance(600)
    assert (
        source_state(context.session(), live.figures, clock.now(), DEFAULTS).tone == "good"
    )  # a person types now and then
    clock.advance(301)
    assert source_state(context.session(), live.figures, clock.now(), DEFAULTS).tone == "next"


def test_several_sources_are_counted_because_their_names_would_flicker(qtbot, context, live, clock):
    say(live, context, "douyin", online=1)
    clock.advance(10)
    say(live, context, "oba", likes=1)
    assert source_state(context.session(), live.figures, clock.now(), DEFAULTS).text == "● 2 sources: 0s ago"
    clock.advance(10)
    assert source_state(context.session(), live.figures, clock.now(), DEFAULTS).text == "● oba-live-tool: 10s ago"
    clock.advance(20)
    assert source_state(context.session(), live.figures, clock.now(), DEFAULTS).text == "⚠ oba-live-tool: 30s ago"


def test_a_program_that_does_not_say_its_name_is_called_that(context, live, clock):
    line = json.dumps({"t": iso_text(clock.now()), "kind": "sample", "metric": "online", "value": 5})
    live.receive([decode_line(line, "salt")], now=True)
    assert source_state(context.session(), live.figures, clock.now(), DEFAULTS).text == "● Unnamed source: 0s ago"


def test_a_draft_offers_nothing_that_needs_a_show(qtbot, context):
    from ui.evening import Evening

    evening = Evening(context, moves_stock=False)
    panel = strip(qtbot, context, evening)
    assert visible(panel) == []
    assert panel.pill.isHidden()
    assert not panel.chart.ranges.isVisible()
    evening.close()


def test_nothing_is_cut_off_on_a_small_screen(qtbot, context, live, clock):
    panel = strip(qtbot, context, live, 1000)
    say(live, context, "douyin", online=1284, gmv=8_640_200)
    clock.advance(3700)
    panel._show_source()
    QApplication.processEvents()  # the layout, asked for by the new texts
    header = panel._usual
    seen = [made for made in (panel.pill, *panel.buttons.values(), panel.chart.ranges) if made.isVisible()]
    assert all(made.width() >= made.sizeHint().width() - 1 for made in seen)
    assert all(header.rect().contains(made.geometry()) for made in seen)
    assert panel.width() == 1000


def test_the_whole_strip_changes_theme_language_and_session(qtbot, context, live, shop):
    panel = strip(qtbot, context, live)
    say(live, context, online=1284, gmv=8_640_200)
    panel.restyle(theme.LIGHT)
    panel.retranslate()
    assert panel.title.text() == "Live numbers"
    other = show.create_session(context.desk.store, "tomorrow")
    context.chosen.choose(other)
    assert panel.tiles.tiles["online"].tile.value == "—"
    assert panel.chart.is_empty
    context.chosen.choose(shop.session)
    assert panel.tiles.tiles["online"].tile.value == "1,284"
    assert not panel.chart.is_empty


def test_the_chart_is_saved_as_a_picture_with_its_heading(qtbot, context, live, clock):
    panel = strip(qtbot, context, live)
    say(panel._evening, context, online=1000, gmv=100_000)
    clock.advance(600)
    say(panel._evening, context, online=1200, gmv=900_000)
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    context.actions.give("save_chart")
    qtbot.waitUntil(lambda: bool(said))
    [path] = (context.desk.store.path.parent / "exports").glob("*.png")
    assert said == [f"Saved {path.name} in {path.parent}."]
    saved = QImage(str(path))
    assert saved.width() >= 2 * panel.chart.chart.width()
    blue = theme.DARK.color("chosen").rgb()
    assert any(saved.pixel(x, y) == blue for y in range(60, 110) for x in range(saved.width()))  # the legend's words


def test_a_saved_picture_is_told_behind_an_error_nobody_has_read(qtbot, context, live, clock):
    panel = strip(qtbot, context, live)
    say(panel._evening, context, online=1000, gmv=100_000)
    clock.advance(600)
    say(panel._evening, context, online=1200, gmv=900_000)
    host = QWidget()
    qtbot.addWidget(host)
    bar = NoticeBar(context.notices, host)
    context.notices.error("OBS is not connected.")
    said = []
    context.notices.posted.connect(said.append)
    context.actions.give("save_chart")
    qtbot.waitUntil(lambda: bool(said))
    assert bar.shown.text == "OBS is not connected."
    bar._no.click()
    assert bar.shown.text.startswith("Saved ")


def test_the_picture_of_a_rehearsal_says_so(context, rehearsal):
    session = context.on_air()
    assert chart_title(session, context.desk.clock.now()).startswith("[Rehearsal] ")
    real = chart_title(replace(session, rehearsal=False), context.desk.clock.now())
    assert not real.startswith("[")


def test_the_files_of_a_rehearsal_say_so_in_their_names(context, rehearsal):
    shop, session, now = context.desk.store.path, context.on_air(), context.desk.clock.now()
    real = replace(session, rehearsal=False)
    for dry, sold in (
        (workbook_path(shop, session), workbook_path(shop, real)),
        (chart_path(shop, session, now), chart_path(shop, real, now)),
    ):
        assert f" Rehearsal {session.theme}" in dry.name
        assert "Rehearsal" not in sold.name


def test_without_a_chart_there_is_nothing_to_save(qtbot, context, live):
    panel = strip(qtbot, context, live)
    assert panel.chart.is_empty
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    context.actions.give("save_chart")
    assert said == ["There is no chart to save yet."]


def test_the_funnel_takes_the_tiles_place_and_names_who_mends_it(qtbot, context, live):
    past_session(context, {"viewers": 1000, "exposed_viewers": 800, "clickers": 400, "buyers": 100})
    panel = strip(qtbot, context, live)
    say(panel._evening, context, viewers=1000, exposed_viewers=790, clickers=200, buyers=50)
    context.actions.give("funnel")
    all_read(qtbot)
    assert panel.tiles.funnel.isVisible()
    assert "Product shown → click 25.3% ▼ 24.7pt" in panel.tiles.funnel.accessibleName()
    assert "is weakest against the last five. Anchor: guidance, demonstration" in panel.tiles.funnel.accessibleName()
    context.actions.give("funnel")
    assert not panel.tiles.funnel.isVisible()


def test_what_somebody_typed_is_not_old_after_fifteen_seconds_and_a_relays_is(clock):
    now = clock.now()
    assert not is_stale("manual", now - 60_000, now, DEFAULTS)
    assert is_stale("manual", now - 16 * 60_000, now, DEFAULTS)
    assert is_stale("douyin", now - 16_000, now, DEFAULTS)
    assert not is_stale("douyin", now - 16_000, now, replace(DEFAULTS, source_seconds=20))  # the shop's own limit
    assert not is_stale("file", now - 60_000, now, DEFAULTS)  # a file does not talk
