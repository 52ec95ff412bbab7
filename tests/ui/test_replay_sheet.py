"""A recording for a real show: the question is answered some time after the sheet was put away."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest

from liveshop_desk.feeds.record import encode
from liveshop_desk.model.record import FILE, Record, pace_note
from liveshop_desk.store import inflow
from tests.ui.numbers import on_air, say
from tests.ui.test_numbers_panel import recording, strip

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, live):
    return strip(qtbot, context, live)


@pytest.fixture
def asked(context, panel, tmp_path):
    """The question, a while after Enter in the sheet."""
    panel.replay()
    QTest.keyClicks(panel.sheet.path, str(recording(tmp_path / "evening.jsonl")))
    found = []
    context.notices.posted.connect(found.append)
    QTest.keyClick(panel.sheet.path, Qt.Key.Key_Return)
    bury()
    return found[0]


def bury():
    """What was put away goes, as it does in the running program before anybody can answer."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_yes_some_time_later_replays_at_the_speed_chosen(panel, live, asked):
    asked.on_yes()
    bury()
    assert live.source_name == "evening.jsonl"
    assert panel.pill.text() == "● evening.jsonl ×60"
    assert panel.sheet is None


def test_a_file_without_a_readable_line_ends_in_an_error(qtbot, context, panel, live, tmp_path):
    said = []
    context.notices.posted.connect(said.append)
    path = tmp_path / "holiday.jsonl"
    path.write_text("Dear diary\nno record\n", "utf-8")
    live.start_replay(path, 60)
    qtbot.waitUntil(lambda: bool(said))
    assert said[-1].tone == "error"
    assert said[-1].text.startswith("Nothing was replayed: no line of holiday.jsonl is a feed record. 2 lines could")
    assert "as they were" in said[-1].text
    assert "Choose a recording" in said[-1].text
    assert live.source_name == ""


def told_by_two(path):
    told = ((0, "manual", 1284), (120, "douyin", 321), (6000, "douyin", 1))
    records = [Record(1_700_000_000_000 + at * 1000, "sample", who, "online", n) for at, who, n in told]
    path.write_text("".join(encode(record) + "\n" for record in records), "utf-8")
    return path


def assert_time_goes_its_own_pace(live, context, clock):
    say(live, context, online=1000)
    clock.advance(5)  # seconds of this show: what was typed rules for 15
    say(live, context, "douyin", online=50)
    assert live.figures.figures()["online"] == 1000


def test_a_replay_played_fast_comes_to_the_figures_of_then_and_stopped_leaves_time_its_own_pace(
    qtbot, context, live, tmp_path, clock
):
    live.start_replay(told_by_two(tmp_path / "two.jsonl"), 60)
    clock.advance(3)  # the relay's figure, two minutes after the typed one
    qtbot.waitUntil(lambda: live.figures.figures().get("online") == 321)
    live.stop_source()
    assert_time_goes_its_own_pace(live, context, clock)


def test_an_audience_let_in_while_a_recording_plays_fast_leaves_time_its_own_pace(qtbot, context, tmp_path, clock):
    live = on_air(context, rehearsal=True)
    live.start_replay(told_by_two(tmp_path / "two.jsonl"), 60)
    clock.advance(3)
    qtbot.waitUntil(lambda: live.figures.figures().get("online") == 321)
    live.start_simulation()
    assert_time_goes_its_own_pace(live, context, clock)
    live.close()


def left_by_another_process(context, *records):
    inflow.post(context.desk.store, context.chosen.id, [encode(record) for record in records])


def test_an_audience_makes_way_for_a_recording_the_command_line_plays(qtbot, context):
    said = []
    context.notices.posted.connect(lambda notice: said.append(notice.text))
    live = on_air(context, rehearsal=True)
    live.start_simulation()
    now = context.desk.clock.now()
    left_by_another_process(context, pace_note(now, 60), Record(now, "sample", "douyin", "online", 4321))
    qtbot.waitUntil(lambda: live.figures.total("online") == 4321)
    assert live.source_name == ""
    assert said[-1].startswith("“Simulated audience” was stopped: a recording is played in from the command line")
    live.start_simulation()
    left_by_another_process(context, Record(now, "sample", "simulated", "viewers", 987_654))  # of a rehearsal, at 1 ×
    qtbot.waitUntil(lambda: not live.source_name)
    live.close()


def test_an_audience_stays_where_an_order_file_is_read_in(qtbot, context):
    live = on_air(context, rehearsal=True)
    live.start_simulation()
    now = context.desk.clock.now()
    told = (
        Record(now, "void", "simulated", order="7", id="a line of the audience"),
        Record(now, "refund", FILE, count=900),
    )
    left_by_another_process(context, *told)
    qtbot.waitUntil(lambda: live.figures.total("refund_orders") == 900)
    assert live.source_name == "Simulated audience"
    live.close()


def test_after_a_no_the_sheet_comes_back_with_what_was_typed(panel, asked):
    panel.replay()
    assert panel.sheet.path.text().endswith("evening.jsonl")
    assert panel.sheet.isVisible()
