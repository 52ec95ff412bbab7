"""Undo, and the show's own commands, as the window binds them: what they do where they are refused."""

from contextlib import closing

import pytest

from liveshop_desk.model.session import State
from liveshop_desk.ops import drafts, queue, shelf, show
from liveshop_desk.store import queries
from liveshop_desk.store.backup import list_backups
from liveshop_desk.store.store import Store
from ui import acts
from ui.acts import Acts
from ui.panels.queue_panel import QueuePanel
from ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen plugin says so of every window


@pytest.fixture
def rooms():
    """The rooms the commands have gone to."""
    return []


@pytest.fixture
def bound(context, live, rooms, monkeypatch):
    """The window's commands; more than two rows are many."""
    monkeypatch.setattr(acts, "LARGE_STEP", 2)
    made = Acts(context, live, rooms.append, lambda: None, lambda: None)
    context.actions.set_state(undo=True, live=True)
    yield made
    made.wait()


@pytest.fixture
def undo(qtbot, context, bound):
    """Press Ctrl+Z and return what is said of it."""

    def press():
        with qtbot.waitSignal(context.notices.posted) as said:
            context.actions.give("undo")
        qtbot.waitUntil(lambda: not bound.findChildren(Work))
        return said.args[0].text

    return press


def test_a_large_step_that_cannot_be_undone_is_passed_over_like_a_small_one(undo, store, shop):
    shelf.set_price(store, ["down-1"], 35_000)
    with store.step("Import products") as step:
        for product_id in ("hat", "scarf", "gloves"):
            step.insert("products", {"id": product_id, "title": product_id, "rank": 9})
    (hat,) = queue.add_products(store, shop.session, ["hat"])
    show.take(store, shop.session, hat)
    assert "it has been on air" in undo()  # the hat's place in the queue: looked back in the window
    assert "it has been on air" in undo()  # the import, whose hat is in the queue: in a thread
    assert undo().startswith("Undone: ")
    assert queries.sku(store, "down-1").live_price == 36_900


def test_the_undo_button_names_what_the_next_press_takes_back(qtbot, context, bound, window, store, shop):
    panel = QueuePanel(context, "live")
    window.setCentralWidget(panel)
    with qtbot.waitExposed(window):
        window.show()
    shelf.set_price(store, ["down-1"], 35_000)
    with store.step("Edit three") as step:
        for sku in ("coat-1", "coat-2", "coat-3"):
            step.update("skus", sku, barcode="1")
    store.db.conn.execute("UPDATE skus SET barcode = '2'")  # what the step wrote is not there any more
    panel.undo.refresh()
    assert "Edit three" in panel.undo.toolTip()
    context.actions.give("undo")
    qtbot.waitUntil(lambda: "¥369 → ¥350" in panel.undo.toolTip())


@pytest.mark.parametrize(("command", "state"), [("end_show", State.LIVE), ("resume_show", State.ENDED)])
def test_a_show_that_could_not_be_turned_stays_in_the_room_it_is_in(context, bound, rooms, store, shop, command, state):
    if state is State.ENDED:
        show.end_show(store, shop.session)
    context.actions.set_state(live=state is State.LIVE, ended=state is State.ENDED)
    context.bridge.be_brief()
    asked = []
    context.notices.posted.connect(asked.append)
    context.actions.give(command)
    with closing(store.sibling()) as other, other.transaction():  # another process is writing
        asked[0].on_yes()
    assert [notice.tone for notice in asked] == ["ask", "error"]
    assert queries.session(store, shop.session).state is state
    assert rooms == []


def test_a_backup_from_before_the_show_is_not_on_air(qtbot, context, bound, store, shop):
    show.end_show(store, shop.session)
    context.chosen.choose(drafts.new_draft(store))
    context.actions.set_state(draft=True)
    with qtbot.waitSignal(context.notices.posted) as asked:
        context.actions.give("go_live")
    asked.args[0].on_yes()
    assert queries.live_session(store).id == context.chosen.id
    bound.wait()
    [backup] = list_backups(store.path)
    assert backup.path.name.endswith(".before-show.liveshop")
    with closing(Store.open(backup.path, store.clock)) as restored:
        assert queries.live_session(restored) is None
        assert queries.session(restored, context.chosen.id).state is State.DRAFT


def test_a_command_that_is_not_possible_twice_was_possible_once(context):
    context.actions.on("skip_row", lambda: context.actions.set_state(row=False))
    context.actions.set_state(row=True)
    assert context.actions.give("skip_row")
    assert not context.actions.give("skip_row")
