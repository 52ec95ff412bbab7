"""While the prompter runs an act is told to the panels at once, and those that only show it follow between frames."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from liveshop_desk.model.product import Role
from liveshop_desk.ops import queue, show
from liveshop_desk.store import queries
from ui.evening import Evening
from ui.panels.mix_strip import MixStrip
from ui.panels.top_bar import TopBar
from ui.prompter.frames import Frames


@pytest.fixture
def frames(qtbot, context):
    made = Frames()
    context.gaps.follow(made)
    yield made
    made.stop()


@pytest.fixture
def bar(qtbot, context):
    evening, strip = Evening(context, moves_stock=False), QWidget()
    qtbot.addWidget(strip)
    made = TopBar(context, evening, QHBoxLayout(strip))
    yield strip
    made.close()
    evening.close()


def run(qtbot, frames, who):
    frames.hold(who, 0.005)
    qtbot.waitSignal(frames.ticked, timeout=2000).wait()


def says(bar, text):
    return any(text in label.text() for label in bar.findChildren(QLabel))


def test_the_top_bar_follows_in_a_gap(qtbot, context, frames, bar):
    run(qtbot, frames, bar)
    show.edit_session(context.desk.store, context.chosen.id, theme="Winter night")
    assert not says(bar, "Winter night")
    for _gap in range(4):  # the clock's beat may wait before it
        frames.gap.emit()
    assert says(bar, "Winter night")


def test_the_top_bar_names_another_session_in_a_gap(qtbot, context, frames, bar):
    other = show.create_session(context.desk.store, "Tomorrow's show")
    run(qtbot, frames, bar)
    context.chosen.choose(other)
    for _gap in range(4):
        frames.gap.emit()
    assert says(bar, "Tomorrow's show")


def test_without_the_prompter_it_follows_at_once(context, bar):
    show.edit_session(context.desk.store, context.chosen.id, theme="Winter night")
    assert says(bar, "Winter night")


def test_the_mix_follows_all_acts_at_the_next_gap(qtbot, context, frames):
    store, session = context.desk.store, context.chosen.id
    strip = MixStrip(context)
    qtbot.addWidget(strip)
    before = strip.words.text()
    run(qtbot, frames, strip)
    for segment in queries.segments(store, session):
        queue.edit_segment(store, session, segment.id, role=Role.TRAFFIC)
    assert strip.words.text() == before
    frames.gap.emit()
    assert strip.words.text() != before
