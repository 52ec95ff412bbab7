"""In a long queue an act and the table that follows it are a piece of work each while the prompter runs."""

import pytest

from liveshop_desk.model.session import Kind, State
from liveshop_desk.ops import queue, show
from liveshop_desk.store import journal, queries
from tests.ui.queue_tools import choose, open_panel, titles
from ui.panels import queue_following

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def panel(qtbot, context, window, store, shop, frames, monkeypatch):
    """A queue on air that counts as long, while the prompter runs."""
    monkeypatch.setattr(queue_following, "_LONG", 3)
    show.go_live(store, shop.session)
    made = open_panel(qtbot, context, window, "live")
    frames.hold(made, 60)  # gaps are given by hand
    return made


def as_read_anew(panel, store, shop):
    return panel.model.rows == queries.queue(store, shop.session)


def test_a_moved_row_is_shown_at_its_place_in_the_next_gap(panel, store, shop, frames):
    choose(panel, 1)
    before = titles(panel)
    panel.acts.move_down()
    assert queries.segments(store, shop.session)[2].title == before[1]
    assert titles(panel) == before
    frames.gap.emit()
    assert titles(panel) == [before[0], before[2], before[1], *before[3:]]
    assert panel.table.current_id() == shop.segments[1]
    assert as_read_anew(panel, store, shop)


def test_acts_faster_than_the_gaps_are_all_there(panel, store, shop, frames):
    choose(panel, 4)
    panel.acts.skip()
    panel.acts.move_up()
    panel.acts.remove()
    journal.undo(store)
    frames.gap.emit()
    assert as_read_anew(panel, store, shop)
    assert panel.model.rows[3].segment.skipped


def test_a_jump_chooses_the_row_it_has_taken(panel, store, shop):
    panel.acts.jump(3)
    assert panel.model.rundown.standing.on_air == 2
    assert panel.table.current_id() == shop.segments[2]


def test_what_is_added_is_chosen(panel, store, shop):
    choose(panel, 0)
    panel.acts.add_segment(Kind.LUCKY_BAG, "Another bag", 300)
    assert titles(panel)[1] == "Another bag"
    assert panel.model.row_at(1).segment.id == panel.table.current_id()
    panel.acts.add_products(["down"], 0)
    assert panel.table.current_id() == panel.model.rows[0].segment.id
    assert as_read_anew(panel, store, shop)


def test_the_end_of_the_show_is_shown_in_the_next_gap(panel, store, shop, frames):
    panel.acts.take_next()
    frames.gap.emit()
    assert panel.model.rundown.standing.on_air == 0
    show.end_show(store, shop.session)
    frames.gap.emit()
    assert panel.model.session.state is State.ENDED
    assert panel.model.rundown.standing.on_air is None


def test_what_is_typed_into_a_cell_is_there_at_once(panel, context, store, shop):
    context.desk.run_from(panel, queue.type_length, shop.session, shop.segments[2], "9")
    assert panel.model.rows[2].segment.planned_seconds == 9 * 60


def test_without_the_prompter_the_table_follows_at_once(panel, frames, store, shop):
    frames.stop()
    choose(panel, 1)
    panel.acts.move_down()
    assert as_read_anew(panel, store, shop)


@pytest.fixture
def one_failure(monkeypatch, qtbot):
    """Let the next reading of segments fail, whoever reads."""
    read, failures = queries.segments, [OSError("held")]

    def once(*given):
        if failures:
            raise failures.pop()
        return read(*given)

    monkeypatch.setattr(queries, "segments", once)
    with qtbot.captureExceptions() as said:
        yield
    assert [kind for kind, *_where in said] == [OSError]  # it is told, too


def test_a_change_that_could_not_be_read_at_once_is_shown_all_the_same(qtbot, panel, frames, store, shop, one_failure):
    frames.stop()
    with store.step("Longer") as step:
        step.update("segments", shop.segments[2], planned_seconds=9 * 60)
    qtbot.waitUntil(lambda: panel.model.rows[2].segment.planned_seconds == 9 * 60)
    assert as_read_anew(panel, store, shop)


def test_a_session_that_could_not_be_read_at_once_is_shown_with_the_next_look(
    panel, context, frames, store, shop, one_failure
):
    other = show.create_session(store, "Another evening")
    frames.stop()
    context.chosen.choose(other)
    panel.settle()
    assert panel.model.session.id == other
    assert panel.model.rows == []
