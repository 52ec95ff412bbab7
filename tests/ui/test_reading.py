"""What was read is on disk soon, and an anchor's own pace is used wherever her reading is timed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from liveshop_desk.ops import anchors, queue, scripts, show
from liveshop_desk.store import queries, readings
from liveshop_desk.store.anchors import pace_of
from tests.ui.numbers import on_air
from ui.dialogs.read_through import ReadThroughDialog
from ui.models.queue_cells import Column
from ui.models.queue_model import QueueModel
from ui.panels.script_panel import ScriptPanel
from ui.prompting import Prompting
from ui.reading import Readings

TEXT = "字" * 40 + "\n【举起衣服】\n" + "词" * 40

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def written(store, shop):
    scripts.save_script(store, "product:down", TEXT)
    return shop


@pytest.fixture
def rig(context, written, live):
    prompting = Prompting(context, live)
    watch = Readings(context, live, prompting)
    yield prompting, watch, live
    watch.close()
    prompting.close()


def run(clock, watch, seconds):
    for _tick in range(round(seconds * 4)):
        clock.advance(0.25)
        watch._tick()


def on_disk(store, evening, session, watch=None):
    for _batch in range(2):
        evening.inlet.write_beside(lambda _store: None).result()
        if watch is not None:
            watch._write()
    evening.inlet.write_beside(lambda _store: None).result()
    return readings.readings_of(store, session)


def test_what_is_read_is_written_while_she_reads(rig, context, store, clock, written):
    prompting, watch, evening = rig
    show.take(store, written.session, written.segments[1])
    prompting.reader.play()
    run(clock, watch, 6)
    rows = on_disk(store, evening, written.session, watch)
    assert [row.text for row in rows] == ["字" * 40]
    assert rows[0].segment_id == written.segments[1]
    run(clock, watch, 30)
    rows = on_disk(store, evening, written.session, watch)
    assert [(row.paragraph, row.units) for row in rows] == [(0, 40), (2, 40)]


def test_the_end_of_the_show_writes_the_rest(rig, store, clock, written):
    prompting, watch, evening = rig
    show.take(store, written.session, written.segments[1])
    prompting.reader.play()
    run(clock, watch, 2)
    show.end_show(store, written.session)
    assert on_disk(store, evening, written.session, watch)[0].units > 4


def test_each_time_on_air_has_its_own_rows(rig, store, clock, written):
    prompting, watch, evening = rig
    for _turn in range(2):
        show.take(store, written.session, written.segments[1])
        prompting.reader.play()
        run(clock, watch, 2)
    show.take(store, written.session, written.segments[2])
    run(clock, watch, 1)
    rows = on_disk(store, evening, written.session, watch)
    assert [row.segment_id for row in rows[:2]] == [written.segments[1]] * 2
    pitches = queries.pitches(store, written.session)
    assert [row.started_at >= pitch.started_at for row, pitch in zip(rows, pitches, strict=False)] == [True] * 3


def test_nothing_is_written_before_the_show(context, written, store, clock, qtbot):
    evening = on_air(context)
    show.end_show(store, written.session)
    prompting = Prompting(context, evening)
    watch = Readings(context, evening, prompting)
    prompting.reader.play()
    run(clock, watch, 6)
    watch.close()
    prompting.close()
    assert on_disk(store, evening, written.session) == []
    evening.close()


def test_a_disk_that_does_not_take_it_is_tried_again(rig, store, clock, written, monkeypatch):
    prompting, watch, evening = rig
    show.take(store, written.session, written.segments[1])
    prompting.reader.play()
    monkeypatch.setattr("ui.reading._keep", fail)
    run(clock, watch, 5)
    assert on_disk(store, evening, written.session, watch) == []
    monkeypatch.undo()
    run(clock, watch, 6)
    assert [row.paragraph for row in on_disk(store, evening, written.session, watch)] == [0]


def fail(*_args):
    raise OSError("disk full")


def test_what_the_program_itself_cannot_write_is_not_tried_for_ever(rig, store, clock, written, monkeypatch):
    prompting, watch, evening = rig
    show.take(store, written.session, written.segments[1])
    prompting.reader.play()
    monkeypatch.setattr("ui.reading._keep", lambda _store, _rows: 1 / 0)
    run(clock, watch, 6)
    show.end_show(store, written.session)
    for _again in range(3):
        on_disk(store, evening, written.session, watch)
        run(clock, watch, 6)
    assert not watch._waiting
    assert not watch._timer.isActive()


def test_the_anchors_own_pace_is_read_with(rig, context, store, written):
    prompting, _watch, _evening = rig
    assert prompting.reader.pace == 220
    anchors.set_pace(store, "小林", 250)
    assert prompting.reader.pace == 250
    prompting.reader.set_pace(300)  # by hand, for tonight
    show.edit_session(store, written.session, theme="另一个")
    assert prompting.reader.pace == 300
    show.edit_session(store, written.session, anchor="阿杰")
    assert prompting.reader.pace == 220


def test_her_own_pace_is_read_with_from_the_first_moment_and_what_a_hand_sets_stays(context, store, live, written):
    anchors.set_pace(store, "小林", 250)
    show.take(store, written.session, written.segments[1])
    prompting = Prompting(context, live)
    assert prompting.reader.pace == 250  # what is read is written down a little later: behind the room
    prompting.reader.set_pace(300)
    watch = Readings(context, live, prompting)
    assert prompting.reader.pace == 300
    prompting.keep_place()
    live.inlet.write_beside(lambda _store: None).result()
    watch.close()
    prompting.close()
    again = Prompting(context, live)  # after a crash it is the pace it was
    watch = Readings(context, live, again)
    assert again.reader.pace == 300
    watch.close()
    again.close()


def test_the_script_is_as_long_as_its_anchor_takes(qtbot, context, store, written):
    panel = ScriptPanel(context)
    qtbot.addWidget(panel)
    panel.show_segment(written.segments[1])
    assert panel.count.text().endswith("0:22")
    anchors.set_pace(store, "小林", 440)
    assert panel.count.text().endswith("0:11")


def test_the_queue_tells_how_long_a_script_takes(qtbot, store, written):
    model = QueueModel(store, mode="prepare", low_stock=20)
    model.show(written.session)
    length = model.columns.index(Column.LENGTH)
    assert model.index(0, length).data(Qt.ItemDataRole.ToolTipRole) is None
    assert (
        model.index(1, length).data(Qt.ItemDataRole.ToolTipRole) == "The script takes about 0:22 at 220 characters/min."
    )
    anchors.set_pace(store, "小林", 440)
    assert "0:11 at 440" in model.index(1, length).data(Qt.ItemDataRole.ToolTipRole)
    queue.edit_segment(store, written.session, written.segments[1], planned_seconds=5)
    model.show(written.session)
    assert "longer than planned" in model.index(1, length).data(Qt.ItemDataRole.ToolTipRole)


def test_a_show_read_faster_than_planned_is_said_after_it(rig, context, store, clock, written):
    prompting, watch, evening = rig
    said = []
    context.notices.posted.connect(said.append)
    show.take(store, written.session, written.segments[1])
    prompting.reader.set_pace(300)
    prompting.reader.play()
    run(clock, watch, 20)
    show.end_show(store, written.session)
    for _beat in range(3):
        evening.inlet.write_beside(lambda _store: None).result()
        watch._tick()
    assert "小林 read 29" in said[-1].text
    said[-1].on_yes()
    assert pace_of(store, "小林") == pytest.approx(296, abs=4)


def test_a_script_of_words_is_told_in_words(qtbot, context, store, written, window, clock):
    scripts.save_script(store, "product:down", "This long down coat keeps you warm all winter. " * 6)
    model = QueueModel(store, mode="prepare", low_stock=20)
    model.show(written.session)
    tip = model.index(1, model.columns.index(Column.LENGTH)).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "The script takes about 0:15 at 220 words/min."
    dialog = ReadThroughDialog(context, queries.segments(store, written.session)[1], window)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    clock.advance(18)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.verdict.text() == "小林 reads 180 words/min; the desk plans with 220. Use it?"
    heads = [dialog.laps.model().headerData(column, Qt.Orientation.Horizontal) for column in (1, 3)]
    assert heads == ["Words", "Words/min"]


# --- read-through


@pytest.fixture
def dialog(qtbot, context, written, window):
    segment = queries.segments(context.desk.store, written.session)[1]
    made = ReadThroughDialog(context, segment, window)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_reading_by_paragraphs_proposes_her_pace_and_keeps_it(dialog, clock, store):
    assert "Directions and pauses" in dialog.hint.text()
    for seconds in (3, 10, 10):
        clock.advance(seconds)
        QTest.keyClick(dialog, Qt.Key.Key_Space)
    assert dialog.through.done
    assert dialog.verdict.text() == "小林 reads 240 characters/min; the desk plans with 220. Use it?"
    assert dialog.laps.rows.rowCount() == 2
    assert pace_of(store, "小林") is None
    dialog.use_own.click()
    assert pace_of(store, "小林") == 240
    assert not dialog.use_own.isVisible()


def test_a_reading_of_the_whole_text_ends_with_enter(dialog, clock):
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    clock.advance(16)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert "reads 300 characters/min" in dialog.verdict.text()
    QTest.keyClick(dialog, Qt.Key.Key_Space)  # again
    assert not dialog.verdict.isVisible()
    assert dialog.text.extraSelections()


def test_enter_takes_the_proposed_pace_and_never_throws_a_reading_away(dialog, clock, store):
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # begins
    clock.advance(16)
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # has read to the end
    assert dialog.use_own.text() == "Use 300  ↵"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert pace_of(store, "小林") == 300
    said = dialog.verdict.text()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.through.done
    assert dialog.verdict.text() == said


def test_the_anchors_name_looks_as_it_does_in_the_editor(qtbot, context, store, written, window):
    scripts.save_script(store, "product:down", "小林：大家好")
    dialog = ReadThroughDialog(context, queries.segments(store, written.session)[1], window)
    qtbot.addWidget(dialog)
    name = dialog.text.document().firstBlock().layout().formats()[0]
    assert (name.start, name.length) == (0, len("小林："))


def test_a_script_without_words_cannot_be_read(qtbot, context, written, window):
    segment = queries.segments(context.desk.store, written.session)[2]
    made = ReadThroughDialog(context, segment, window)
    qtbot.addWidget(made)
    made.show()
    assert "nothing to read aloud" in made.hint.text()
    assert not made.go.isEnabled()


def test_without_an_anchor_nothing_is_kept(qtbot, context, written, window, store, clock):
    show.edit_session(store, written.session, anchor="")
    segment = queries.segments(store, written.session)[1]
    made = ReadThroughDialog(context, segment, window)
    qtbot.addWidget(made)
    made.show()
    made.step()
    clock.advance(20)
    made.finish()
    assert "Name the anchor" in made.verdict.text()
    assert not made.use_own.isVisible()
