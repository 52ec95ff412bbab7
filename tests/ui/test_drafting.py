"""A script edited while it is read: typing waits beside it, and what she reads does not move by a pixel."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from liveshop_desk.ops import queue, scripts, show
from liveshop_desk.store import journal, queries
from ui.drafting import Drafting
from ui.panels.script_panel import ScriptPanel
from ui.prompter.surface import PrompterSurface
from ui.prompting import Prompting

KEY = "product:down"
TEXT = "\n".join(f"第{n}段，今天直播间给到大家的价格真的很好，只有这一次，错过就没有了。" for n in range(30))

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def written(store, shop):
    scripts.save_script(store, KEY, TEXT)
    return shop


@pytest.fixture
def drafting(context, window):
    return Drafting(context, window)


@pytest.fixture
def panel(qtbot, context, written, window, drafting):
    made = ScriptPanel(context)
    window.setCentralWidget(made)
    window.resize(560, 700)
    window.show()
    made.show_segment(written.segments[1])
    drafting.join(made)
    return made


@pytest.fixture
def on_air(panel, written, store, live):
    show.take(store, written.session, written.segments[1])
    return panel


@pytest.fixture
def prompting(context, live, written):
    made = Prompting(context, live)
    yield made
    made.close()


def held(store):
    found = queries.script_texts(store, KEY)
    return found.text, found.draft


def add(panel, text="!"):
    panel.editor.moveCursor(QTextCursor.MoveOperation.End)
    panel.editor.insertPlainText(text)


def test_off_air_typing_saves_the_script_itself(panel, store):
    assert not panel.drafts.isVisible()
    add(panel)
    panel.flush()
    assert held(store) == (TEXT + "!", None)
    assert not panel.drafts.isVisible()


def test_on_air_typing_is_a_draft_until_one_key_publishes_it(on_air, store, context):
    assert on_air.drafts.words.text() == "On air: what you type is a draft"
    add(on_air)
    on_air.flush()
    assert held(store) == (TEXT, TEXT + "!")
    assert on_air.drafts.words.text() == "Draft — 1 change not published"
    assert on_air.editor.difference.changed == {29}
    assert context.actions.give("publish_script")
    assert held(store) == (TEXT + "!", None)
    assert not on_air.editor.difference.changed
    assert on_air.editor.toPlainText() == TEXT + "!"


def test_publishing_takes_along_what_is_not_saved_yet(on_air, store, context):
    add(on_air, "?")
    context.actions.give("publish_script")
    assert held(store) == (TEXT + "?", None)


def test_typed_before_the_take_is_the_script_typed_after_it_a_draft(panel, written, store, live):
    add(panel, "1")
    show.take(store, written.session, written.segments[1])
    assert held(store) == (TEXT + "1", None)
    add(panel, "2")
    show.take(store, written.session, written.segments[2])
    assert held(store) == (TEXT + "1", TEXT + "12")
    assert panel.editor.toPlainText() == TEXT + "12"
    assert panel.drafts.isVisible()  # still not published: typing goes on in the draft
    add(panel, "3")
    panel.flush()
    assert held(store) == (TEXT + "1", TEXT + "123")


def test_a_live_edit_goes_to_her_and_into_the_draft(on_air, store, prompting, context):
    add(on_air, "\n草稿")
    on_air.set_live_edit(True)
    assert held(store) == (TEXT, TEXT + "\n草稿")
    assert on_air.editor.toPlainText() == TEXT
    assert on_air.drafts.words.text().startswith("Live edit")
    cursor = on_air.editor.textCursor()
    cursor.setPosition(4)
    on_air.editor.setTextCursor(cursor)
    on_air.editor.insertPlainText("姐妹们")
    QTest.keyClick(on_air.editor, Qt.Key.Key_Return)  # at once, without a pause
    assert prompting.reader.paragraphs[0].text == "第0段，姐妹们"
    on_air.set_live_edit(False)
    assert on_air.editor.toPlainText().startswith("第0段，姐妹们\n")
    assert on_air.editor.toPlainText().endswith("草稿")
    on_air.publish()
    assert prompting.reader.paragraphs[-1].text == "草稿"


def test_a_live_edit_ends_with_its_time_on_air(on_air, written, store):
    on_air.set_live_edit(True)
    add(on_air, "1")
    show.take(store, written.session, written.segments[2])
    assert not on_air.writing.live_edit
    assert held(store) == (TEXT + "1", None)
    assert not on_air.drafts.isVisible()


def test_discarding_asks_and_can_be_undone(on_air, context, store):
    asked = []
    context.notices.posted.connect(asked.append)
    add(on_air)
    on_air.flush()
    on_air.drafts.discard.click()
    assert held(store)[1] is not None
    asked[-1].on_yes()
    assert held(store) == (TEXT, None)
    assert on_air.editor.toPlainText() == TEXT
    context.desk.undo()
    assert held(store) == (TEXT, TEXT + "!")
    assert on_air.editor.toPlainText() == TEXT + "!"


def test_undoing_a_publication_gives_her_the_text_before(on_air, context, store, prompting):
    add(on_air)
    on_air.publish()
    assert prompting.reader.paragraphs[-1].text.endswith("!")
    context.desk.undo()
    assert not prompting.reader.paragraphs[-1].text.endswith("!")
    assert on_air.editor.toPlainText() == TEXT + "!"
    assert on_air.drafts.isVisible()


def test_another_desk_publishes_what_is_typed_here(on_air, context, store):
    add(on_air)
    on_air.flush()
    other = store.sibling()
    scripts.publish_script(other, KEY)
    other.close()
    context.bridge.look()
    assert on_air.editor.toPlainText() == TEXT + "!"
    assert on_air.drafts.words.text() == "On air: what you type is a draft"


def test_a_draft_the_shop_will_not_take_is_kept_as_a_draft(on_air, store, monkeypatch, written):
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", len(TEXT))
    add(on_air)
    assert not on_air.flush()
    show.take(store, written.session, written.segments[2])
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", 10**6)
    assert on_air.flush()
    assert held(store) == (TEXT, TEXT + "!")


def test_going_on_air_with_a_draft_is_said_and_one_click_publishes(panel, context, store, live, written):
    said = []
    context.notices.posted.connect(said.append)
    scripts.save_draft(store, KEY, TEXT + "neu")
    show.take(store, written.session, written.segments[1])
    assert "draft that is not published" in said[-1].text
    said[-1].on_yes()
    assert held(store) == (TEXT + "neu", None)


def test_publishing_without_a_draft_says_so(on_air, context, store):
    said = []
    context.notices.posted.connect(said.append)
    steps = len(journal.entries(store))
    context.actions.set_state(session=True)
    context.actions.give("publish_script")
    assert said[-1].text == "There is no draft to publish."
    assert len(journal.entries(store)) == steps


def test_nothing_is_published_while_the_newest_words_are_not_on_disk(on_air, context, store, monkeypatch):
    add(on_air, "1")
    on_air.flush()
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", len(TEXT) + 1)
    add(on_air, "2")
    context.actions.set_state(session=True)
    context.actions.give("publish_script")
    assert held(store) == (TEXT, TEXT + "1")
    monkeypatch.undo()
    context.actions.give("publish_script")
    assert held(store) == (TEXT + "12", None)


def test_a_removed_segment_saves_its_draft(on_air, store, written):
    add(on_air)
    show.take(store, written.session, written.segments[2])
    queue.remove(store, written.session, [written.segments[3]])
    assert held(store)[1] == TEXT + "!"


def test_the_reading_line_moves_0_px_when_a_draft_is_published(qtbot, on_air, prompting, clock):
    surface = PrompterSurface(prompting.reader)
    qtbot.addWidget(surface)
    surface.resize(900, 700)
    surface.show()
    reader = prompting.reader
    reader.seek(reader.total * 0.5)
    QApplication.processEvents()
    before = under_mark(surface)
    on_air.editor.setPlainText("先说一句，" + TEXT.replace("第3段", "第3段，补一句很长很长的话") + "\n最后一句")
    on_air.editor.document().setModified(True)
    on_air.publish()
    QApplication.processEvents()
    text, share = under_mark(surface)
    assert text == before[0]
    assert share == pytest.approx(before[1], abs=1e-6)
    assert reader.paragraphs[0].text.startswith("先说一句")


def under_mark(surface):
    """The line right of the mark, and how far the mark is into it."""
    follower = surface.follower
    height = follower.height_at(surface.reader.position)
    index = int(height)
    line = follower.layout.lines[index]
    paragraph = follower.layout.paragraphs[follower.layout.place_at(index, 0).paragraph]
    return paragraph.text[line.start : line.end], height - index


def test_the_script_on_air_opens_beside_the_prompter(drafting, context, store, written, live, window, prompting):
    window.show()
    show.take(store, written.session, written.segments[1])
    context.actions.give("edit_script")
    (sheet,) = window.findChildren(QDialog)
    panel = sheet.findChild(ScriptPanel)
    assert panel.editor.toPlainText() == TEXT
    add(panel)
    context.actions.give("edit_live")
    assert panel.writing.live_edit
    assert held(store) == (TEXT, TEXT + "!")
    sheet.close()
    context.actions.give("publish_script")
    assert held(store) == (TEXT + "!", None)
    context.actions.give("edit_live")
    (sheet,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    assert sheet.findChild(ScriptPanel).writing.live_edit
    sheet.close()


def test_the_script_on_air_opens_where_she_reads(drafting, context, store, written, live, window, prompting):
    window.show()
    show.take(store, written.session, written.segments[1])
    reader = prompting.reader
    reader.seek(reader.total / 2)
    drafting.read_line = lambda: reader.place.paragraph
    context.actions.give("edit_script")
    (sheet,) = window.findChildren(QDialog)
    editor = sheet.findChild(ScriptPanel).editor
    assert editor.textCursor().block().text() == reader.paragraphs[reader.place.paragraph].text
    assert editor.viewport().rect().contains(editor.cursorRect())
    assert editor.verticalScrollBar().value() > 0
    sheet.close()


@pytest.fixture
def sheet(context, store, written, live, window, drafting):
    window.show()
    show.take(store, written.session, written.segments[1])
    context.actions.give("edit_script")
    (made,) = window.findChildren(QDialog)
    return made


def test_a_sheet_opened_before_the_rooms_stand_is_saved_with_the_desk(sheet, drafting, context, store):
    add(sheet.findChild(ScriptPanel))
    room = ScriptPanel(context)
    drafting.join(room)  # the Prepare room is built behind the one in front
    drafting.flush()
    assert held(store) == (TEXT, TEXT + "!")
    sheet.close()
    room.deleteLater()


def test_a_sheet_whose_words_the_disk_does_not_take_stays_open_with_them(sheet, store, monkeypatch):
    add(sheet.findChild(ScriptPanel))
    monkeypatch.setattr(scripts, "LONGEST_SCRIPT", len(TEXT))
    sheet.close()
    assert sheet.isVisible()
    monkeypatch.undo()
    sheet.close()
    assert not sheet.isVisible()
    assert held(store) == (TEXT, TEXT + "!")


def test_the_key_of_the_script_gives_the_keyboard_to_a_sheet_that_stands_open(qtbot, sheet, context, window):
    """Its second press left the keyboard in the desk: what was typed for the script went to the queue."""
    window.show()
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(window.isActiveWindow)
    context.actions["edit_script"].trigger()
    qtbot.waitUntil(sheet.isActiveWindow)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    assert sheet.isAncestorOf(QApplication.focusWidget())
