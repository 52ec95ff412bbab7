"""What goes out of sight need not follow: it is read when it is shown, and what it holds already not again."""

import threading

import pytest

from liveshop_desk.changes import Changes
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, scripts, shelf, show
from liveshop_desk.store import queries
from tests.ui.queue_tools import at, open_panel, titles
from tests.ui.reads import of_table, reads
from ui.models.queue_cells import Column
from ui.panels import ready_panel
from ui.panels.ready_panel import ReadyPanel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def other(store):
    session = show.create_session(store, "Tomorrow")
    queue.add_segment(store, session, Kind.OPENING, "Tomorrow's opening")
    return session


def test_a_hidden_queue_that_is_shown_again_with_the_session_it_holds_reads_nothing(
    qtbot, context, window, store, shop, other
):
    panel = open_panel(qtbot, context, window, "live")
    panel.hide()
    before, panel_rows = titles(panel), panel.model.rows
    context.chosen.choose(other)
    with reads(store) as found:
        context.chosen.choose(shop.session)
        panel.show()
    assert not of_table(found, "segments")
    assert not of_table(found, "skus")
    assert titles(panel) == before
    assert panel.model.rows is panel_rows


def test_what_was_changed_meanwhile_is_there(qtbot, context, window, store, shop, other):
    panel = open_panel(qtbot, context, window, "live")
    panel.hide()
    context.chosen.choose(other)
    queue.add_segment(store, shop.session, Kind.CLOSING, "Good night")
    queue.add_segment(store, other, Kind.CLOSING, "Not of this show")
    context.chosen.choose(shop.session)
    panel.show()
    assert titles(panel)[-1] == "Good night"
    assert panel.model.rows == queries.queue(store, shop.session)


def test_another_session_is_there_when_the_queue_is_shown(qtbot, context, window, other):
    panel = open_panel(qtbot, context, window, "prepare")
    panel.hide()
    context.chosen.choose(other)
    panel.show()
    assert titles(panel) == ["Tomorrow's opening"]
    assert panel.subtitle.text().startswith("1 segment")


def test_a_session_removed_while_nobody_looks_leaves_no_rows(qtbot, context, window, store, other):
    panel = open_panel(qtbot, context, window, "prepare")
    context.chosen.choose(other)
    panel.hide()
    show.remove_session(store, other)
    context.chosen.choose("")
    panel.show()
    assert panel.model.rows == []


def test_the_checks_are_those_of_the_session_chosen_meanwhile(qtbot, context, other):
    panel = ReadyPanel(context)
    qtbot.addWidget(panel)
    panel.show()
    assert any("Queue: 6" in line.text.text() for line in panel.lines)
    panel.hide()
    context.chosen.choose(other)
    panel.show()
    assert any("Queue: 1" in line.text.text() for line in panel.lines)
    panel.hide()


def test_while_the_prompter_runs_the_checks_look_in_a_thread(qtbot, context, store, shop, frames, monkeypatch):
    looked = []

    def look(store, session_id, **more):
        looked.append(threading.current_thread() is threading.main_thread())
        return look_itself(store, session_id, **more)

    look_itself = ready_panel.look
    panel = ReadyPanel(context)
    qtbot.addWidget(panel)
    panel.show()
    monkeypatch.setattr(ready_panel, "look", look)
    frames.hold(panel, 0.005)
    for segment in queries.segments(store, shop.session):
        scripts.save_script(store, queries.script_id(segment), "hello", title=segment.title)
    qtbot.waitUntil(lambda: not any("No script" in line.text.text() for line in panel.lines if line.isVisible()))
    assert looked
    assert not any(looked)
    panel.hide()


class Readers:
    """Notes whether a whole queue is read on the window's thread."""

    def __init__(self, monkeypatch):
        self.on_the_window: list[bool] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self._read = queries.queue
        monkeypatch.setattr(queries, "queue", self.queue)

    def queue(self, store, session_id):
        found = self._read(store, session_id)
        self.on_the_window.append(threading.current_thread() is threading.main_thread())
        self.go_on.wait(5)
        return found


@pytest.fixture
def running(qtbot, context, window, frames):
    """A queue in sight while the prompter runs."""
    panel = open_panel(qtbot, context, window, "live")
    frames.hold(panel, 0.005)
    return panel


def elsewhere(store):
    """Change a price as another process does, and tell that anything may be another now."""
    with store.db.conn as connection:
        connection.execute("UPDATE skus SET live_price = 100 WHERE id = 'vest-1'")
    store.changed.emit(Changes("elsewhere", everything=True))


def test_while_the_prompter_runs_a_whole_queue_is_read_in_a_thread(qtbot, running, store, monkeypatch):
    readers = Readers(monkeypatch)
    elsewhere(store)
    qtbot.waitUntil(lambda: at(running, 2, Column.PRICE) == "¥1.00")
    assert readers.on_the_window == [False]


def test_what_is_changed_while_the_queue_is_read_is_not_lost(qtbot, running, store, shop, monkeypatch):
    readers = Readers(monkeypatch)
    readers.go_on.clear()
    elsewhere(store)
    qtbot.waitUntil(lambda: bool(readers.on_the_window))  # read, and not shown yet
    shelf.set_price(store, ["down-1"], 35_900)
    queue.add_segment(store, shop.session, Kind.CLOSING, "Good night")
    assert titles(running)[-1] != "Good night"
    readers.go_on.set()
    qtbot.waitUntil(lambda: titles(running)[-1] == "Good night")
    assert (at(running, 1, Column.PRICE), at(running, 2, Column.PRICE)) == ("¥359.00", "¥1.00")
    assert running.model.rows == queries.queue(store, shop.session)


def test_a_queue_hidden_while_it_is_read_is_right_when_it_is_shown(qtbot, running, store, shop, frames):
    elsewhere(store)
    running.hide()
    running.show()
    qtbot.waitUntil(lambda: at(running, 2, Column.PRICE) == "¥1.00")
    elsewhere(store)
    running.hide()
    frames.stop()
    shelf.set_price(store, ["down-1"], 35_900)
    running.show()
    assert running.model.rows == queries.queue(store, shop.session)


def test_another_session_chosen_while_the_queue_is_read(qtbot, running, context, store, other, monkeypatch):
    elsewhere(store)
    readers = Readers(monkeypatch)
    context.chosen.choose(other)
    assert titles(running) == ["Tomorrow's opening"]
    qtbot.waitUntil(lambda: not running._following._aside.key)
    assert readers.on_the_window == [True]
    assert titles(running) == ["Tomorrow's opening"]
