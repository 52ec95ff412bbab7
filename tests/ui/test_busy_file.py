"""The shop file is held by another connection for a moment: what is taken goes on air, and the window never hangs."""

import threading

import pytest
from PySide6.QtCore import QObject

from liveshop_desk.store import queries
from liveshop_desk.store.opening import BUSY_MS, PROMPTER_BUSY_MS, WINDOW_BUSY_MS
from tests.ui.queue_tools import open_live
from ui.anchor import Anchor
from ui.context import INSIST_S
from ui.evening import Evening
from ui.panels.prompter_panel import PrompterPanel
from ui.prompting import Prompting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def queue(qtbot, context, window, shop, store, clock):
    """The queue of a show on air."""
    return open_live(qtbot, context, window, shop, store, clock)


@pytest.fixture
def held(store):
    """Another connection that writes until it is set free."""
    begun, free = threading.Event(), threading.Event()

    def write():
        own = store.sibling()
        own.db.conn.execute("BEGIN IMMEDIATE")
        begun.set()
        free.wait(30)
        own.db.conn.execute("ROLLBACK")
        own.close()

    writer = threading.Thread(target=write)
    writer.start()
    begun.wait(5)
    yield lambda: (free.set(), writer.join())
    free.set()
    writer.join()


@pytest.fixture
def said(context):
    """Every notice of the test."""
    texts = []
    context.notices.posted.connect(lambda notice: texts.append(notice.text))
    return texts


def on_air(store, shop):
    return [shop.segments.index(pitch.segment_id) for pitch in queries.pitches(store, shop.session)]


def test_a_segment_taken_while_the_file_is_held_goes_on_air_once_it_is_free(
    qtbot, context, queue, frames, store, shop, held, said
):
    who = QObject()
    frames.hold(who)
    context.bridge.be_brief()
    context.actions.give("take_next")
    for _beat in range(5):
        qtbot.waitSignal(frames.gap, timeout=2000).wait()
    assert (on_air(store, shop), said) == ([], [])
    held()
    qtbot.waitUntil(lambda: on_air(store, shop) == [0])
    for _beat in range(5):
        qtbot.waitSignal(frames.gap, timeout=2000).wait()
    assert (on_air(store, shop), said) == ([0], [])  # once


def test_where_it_stays_held_that_is_said_once_and_nothing_follows(
    qtbot, context, queue, frames, store, shop, held, said, clock
):
    frames.hold(queue)
    context.bridge.be_brief()
    context.actions.give("take_next")
    clock.advance(INSIST_S + 1)
    qtbot.waitUntil(lambda: bool(said))
    held()
    for _beat in range(5):
        qtbot.waitSignal(frames.gap, timeout=2000).wait()
    assert len(said) == 1
    assert said[0].startswith("Another program is holding the shop file.")
    assert on_air(store, shop) == []


def test_while_nothing_waits_the_other_work_of_the_window_goes_on(qtbot, context, queue, frames, held):
    frames.hold(queue)
    context.bridge.be_brief()
    context.actions.give("take_next")
    done = []
    context.gaps.soon(lambda: done.append("price"))
    qtbot.waitUntil(lambda: done == ["price"])


def test_the_window_waits_longer_while_the_prompter_stands(qtbot, context, window, store, shop):
    def patience():
        return store.row("PRAGMA busy_timeout")[0]

    assert patience() == WINDOW_BUSY_MS
    evening = Evening(context, moves_stock=False)
    prompting = Prompting(context, evening)
    anchor = Anchor(context, prompting)
    panel = PrompterPanel(context, prompting, anchor)
    qtbot.addWidget(panel)
    frames = anchor.window.surface.frames
    frames.hold(window)
    assert patience() == PROMPTER_BUSY_MS
    frames.stop()
    assert patience() == WINDOW_BUSY_MS
    assert PROMPTER_BUSY_MS < WINDOW_BUSY_MS < BUSY_MS
    anchor.close()
    prompting.close()
    evening.close()
