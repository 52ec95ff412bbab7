"""A figure typed in a flood is safe at once and counts in its turn; the window does not stand still for it."""

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.inbox import own_inlet, take_posted
from liveshop_desk.feeds.inlet import SLICE
from liveshop_desk.model.record import Record
from liveshop_desk.store import inflow, queries

WAITING = 15 * SLICE


def flood(live, clock, first=0):
    live.receive([Record(clock.now(), "like", "relay", id=str(n)) for n in range(first, first + WAITING)])


def test_it_is_on_disk_at_once_and_counts_behind_what_came_before(qtbot, context, live, clock):
    flood(live, clock)
    live.enter("likes 1000000, online 1284")
    assert live.inlet.waiting > WAITING - SLICE  # nothing was folded for it
    assert len(inflow.waiting(context.desk.store, live.inlet.session_id)) == 2
    flood(live, clock, WAITING)
    qtbot.waitUntil(lambda: not live.inlet.waiting)
    assert live.figures.total("online") == 1284
    assert (
        live.figures.total("likes") == 1_000_000 + WAITING
    )  # it tells of what came before it; what comes later is added
    live._flush(wait=True)
    assert inflow.waiting(context.desk.store, live.inlet.session_id) == []


def test_after_a_crash_it_counts_all_the_same_and_once(context, live, clock):
    flood(live, clock)
    live.enter("online 1284")
    store, session = context.desk.store, live.inlet.session_id
    left = inflow.waiting(store, session)
    again = own_inlet(store, queries.session(store, session))  # as if the desk had died here
    assert take_posted(store, again, "", 10) == 1
    again.pump()
    assert again.figures.total("online") == 1284
    again.close()
    once_more = own_inlet(store, queries.session(store, session))
    once_more.inbox = 0
    inflow.post(store, session, left)  # … and had died before the line was taken away
    assert take_posted(store, once_more, "", 10) == 1
    assert once_more.pump() == 0
    once_more.close()


def test_what_the_disk_does_not_take_is_kept_in_memory(context, live, clock, qtbot, monkeypatch):
    flood(live, clock)

    def full(*_args):
        raise UserError("The disk is full.")

    monkeypatch.setattr(inflow, "post", full)
    live.enter("online 1284")
    assert not live.saved
    qtbot.waitUntil(lambda: not live.inlet.waiting)
    assert live.figures.total("online") == 1284
