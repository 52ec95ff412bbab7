"""The operator's hands on the prompter, over the real panel of a running desk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from liveshop_desk.ops import scripts, show
from liveshop_desk.prompter.finish import Kind
from liveshop_desk.store import queries
from ui.anchor import Anchor
from ui.panels.prompter_jump import landmarks, step
from ui.panels.prompter_more import finish_text
from ui.panels.prompter_panel import PrompterPanel
from ui.prompting import Prompting

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen plugin says so of windows

SCRIPT = "# 开头\n第一句，慢慢说。\n【上链接】\n第二句，再说一遍，直播价 {直播价}。\n# 收尾\n第三句。"


@pytest.fixture
def prompting(context, live):
    session = context.session()
    rows = queries.queue(context.desk.store, session.id)
    scripts.save_script(context.desk.store, queries.script_id(rows[0].segment), SCRIPT, title=rows[0].segment.title)
    show.take(context.desk.store, session.id, rows[0].segment.id)
    made = Prompting(context, live)
    yield made
    made.close()


@pytest.fixture
def anchor(context, prompting):
    made = Anchor(context, prompting)
    yield made
    made.close()


@pytest.fixture
def panel(qtbot, context, prompting, anchor, window):
    made = PrompterPanel(context, prompting, anchor)
    window.setCentralWidget(made)
    window.resize(520, 560)
    window.show()
    context.actions.set_state(session=True, live=True)
    yield made
    made.close_panel()


def words(panel):
    return [panel._left.text(), panel._pace.text()]


def test_what_comes_next_stands_below(panel, prompting, context):
    title = queries.queue(context.desk.store, context.session().id)[1].segment.title
    assert any(title in paragraph.text for paragraph in prompting.upcoming)
    assert panel.surface._canvas.after.paragraphs == prompting.upcoming
    assert prompting.upcoming[2].text  # its first words


def test_the_next_ones_price_changes_there_too(panel, prompting, context):
    from liveshop_desk.ops import shelf

    before = prompting.upcoming
    shelf.set_price(context.desk.store, ["down-1"], 35900, confirmed=True)
    assert prompting.upcoming != before
    assert any("359" in paragraph.text for paragraph in prompting.upcoming)


def test_done_in_time_is_typed_shown_and_ended_by_a_hand(panel, prompting, context, clock):
    panel.open_more()
    sheet = panel._sheet
    sheet.field.setText("0:12")
    sheet.aim()
    assert prompting.finisher.goal.kind is Kind.WITHIN
    text, _tone = finish_text(prompting.finisher)
    assert text
    assert text == sheet.said.text()
    assert panel._pace.text() == finish_text(prompting.finisher, brief=True)[0]
    context.actions.give("prompter_faster")
    assert prompting.finisher.goal is None
    assert panel._pace.text() != text


def test_a_pace_that_gave_way_to_long_words_is_back_when_they_are_gone(panel, prompting, context, window):
    window.resize(panel.header.layout().minimumSize().width() - panel.subtitle.minimumSizeHint().width(), 560)
    assert not panel._pace.isHidden()
    panel.open_more()
    panel._sheet.field.setText("0:12")
    panel._sheet.aim()
    assert panel._pace.isHidden()
    context.actions.give("prompter_faster")
    assert not panel._pace.isHidden()


@pytest.mark.parametrize(("within", "said"), [("0:01", "would need"), ("2:00", "done before")])
def test_what_cannot_be_done_in_time_is_seen_beside_the_preview(panel, window, within, said):
    window.resize(495, 560)  # its room in a desk of 1440
    panel.open_more()
    panel._sheet.field.setText(within)
    panel._sheet.aim()
    assert said in panel._pace.text()
    assert not panel._pace.isHidden()


def test_a_key_moment_at_the_end_of_a_part_is_listed_before_the_next_part(panel, prompting, context):
    session = context.session()
    segment = queries.queue(context.desk.store, session.id)[0].segment
    text = "# 一\n来了，【上链接】\n# 二\n说完。"
    scripts.save_script(context.desk.store, queries.script_id(segment), text, title=segment.title)
    assert [each.title for each in landmarks(prompting.reader)] == ["一", "【上链接】", "二"]


def test_what_comes_back_after_a_crash_is_read_at_her_own_pace_not_at_that_which_was_in_time(
    panel, prompting, context, live
):
    prompting.reader.set_pace(200)
    panel.open_more()
    panel._sheet.field.setText("0:02")
    panel._sheet.aim()
    assert prompting.reader.pace > 200
    prompting.reader.seek(5)
    prompting.keep_place()
    live.inlet.flush(wait=True)
    again = Prompting(context, live)
    assert (round(again.reader.position), again.reader.pace) == (5, 200)
    assert again.finisher.goal is None
    again.close()


def test_what_is_no_time_is_said_and_stays_typed(panel, prompting):
    panel.open_more()
    panel._sheet.field.setText("soon")
    panel._sheet.aim()
    assert "soon" in panel._sheet.said.text()
    assert panel._sheet.field.text() == "soon"
    assert prompting.finisher.goal is None


def test_what_is_no_time_is_still_said_while_the_pace_follows_an_earlier_wish(panel, prompting, clock):
    panel.open_more()
    sheet = panel._sheet
    sheet.field.setText("0:12")
    sheet.aim()
    sheet.field.setText("25:99")
    sheet.aim()
    clock.advance(1)
    prompting.finisher.changed.emit()
    assert "25" in sheet.said.text()
    assert "o'clock" in sheet.said.text()
    sheet.field.setText("0:20")
    sheet.aim()
    assert sheet.said.text() == finish_text(prompting.finisher)[0]


def test_as_planned_ends_with_the_segment(panel, prompting, context):
    panel.open_more()
    panel._sheet.aim_planned()
    row = prompting.row
    assert prompting.finisher.goal.at == prompting.on_air_since + row.segment.planned_seconds * 1000


def test_taken_again_a_segment_begins_at_its_start(prompting, context, clock):
    prompting.reader.seek(12)
    prompting.reader.play()
    clock.advance(5)
    assert prompting.reader.position > 12
    show.take(context.desk.store, context.chosen.id, prompting.row.segment.id)
    prompting.follow()
    assert prompting.reader.position == 0


@pytest.mark.parametrize("reading", [False, True])
def test_the_first_segment_taken_begins_at_its_start_unless_it_is_being_read(context, live, clock, reading):
    """Before the first take its script is shown already, and may have been tried."""
    prompting = Prompting(context, live)
    prompting.reader.seek(1)
    if reading:
        prompting.reader.play()
    show.take(context.desk.store, context.chosen.id, prompting.row.segment.id)
    prompting.follow()
    assert prompting.reader.position == (1 if reading else 0)
    prompting.close()


def test_keys_run_back_stop_and_blank(panel, prompting, anchor, context, clock):
    reader = prompting.reader
    reader.seek(20)
    context.actions.give("prompter_reverse")
    clock.advance(1)
    assert reader.backing
    context.actions.give("prompter_stop")
    assert not reader.moving_at(reader.ticks)
    context.actions.give("prompter_blank")
    assert anchor.blank
    assert anchor.window.surface.blank
    assert not panel.surface.blank  # the operator goes on reading
    context.actions.give("prompter_blank")
    assert not anchor.blank


def test_looking_ahead_has_a_way_back(qtbot, panel, prompting, context, clock):
    before = prompting.reader.position
    context.actions.give("prompter_ahead")
    assert panel.surface.ahead.active
    assert panel._back.isVisible()
    qtbot.keyClick(panel.surface, Qt.Key.Key_Down)
    qtbot.keyClick(panel.surface, Qt.Key.Key_PageUp)
    assert prompting.reader.position == before
    qtbot.keyClick(panel.surface, Qt.Key.Key_Escape)
    assert not panel.surface.ahead.active
    assert not panel._back.isVisible()


def test_markers_and_moments_are_jumped_to(panel, prompting, context, clock):
    reader = prompting.reader
    found = landmarks(reader)
    assert [each.title for each in found] == ["开头", "【上链接】", "收尾"]
    assert step(reader, 1)
    clock.advance(1)
    assert reader.position == pytest.approx(found[1].units)
    context.actions.give("prompter_mark_next")
    clock.advance(1)
    assert reader.position == pytest.approx(found[2].units)
    assert not step(reader, 1)
    context.actions.give("prompter_jump")
    menu = panel.findChild(QMenu)
    assert len(menu.actions()) == 3
    menu.actions()[0].trigger()
    clock.advance(1)
    assert reader.position == 0
    menu.close()


def test_latin_texts_are_paced_in_words(panel, prompting, context):
    segment = prompting.row.segment
    scripts.save_script(context.desk.store, queries.script_id(segment), "Good evening everybody and welcome", title="x")
    panel._refresh()
    assert "words" in panel._pace.text()
