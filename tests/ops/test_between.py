"""What another process writes between the key and the act: guards see it, because they are read inside the step."""

from contextlib import contextmanager

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.model.session import State
from liveshop_desk.ops import queue, show
from liveshop_desk.store import queries


@contextmanager
def coming_between(store, act):
    """Let another process do ``act`` at the last moment before this one's next step begins."""
    other, waits = store.sibling(), [act]

    def begins(statement):
        if waits and statement.startswith("BEGIN"):
            waits.pop()(other)

    store.db.conn.set_trace_callback(begins)
    yield
    store.db.conn.set_trace_callback(None)
    other.close()
    assert not waits


def test_a_segment_taken_this_moment_is_neither_removed_nor_skipped(shop, session):
    show.go_live(shop, session)
    first, second = (segment.id for segment in queries.segments(shop, session)[:2])
    with coming_between(shop, lambda other: show.take(other, session, first)), pytest.raises(Refused, match="kept"):
        queue.remove(shop, session, [first])
    with coming_between(shop, lambda other: show.take(other, session, second)), pytest.raises(Refused, match="on air"):
        queue.set_skipped(shop, session, second, skipped=True)


def test_a_row_is_moved_among_those_that_stand_there_now(shop, session):
    last = queries.segments(shop, session)[-1].id
    with coming_between(shop, lambda other: queue.add_products(other, session, ["p2", "p3"], at=0)):
        queue.move(shop, session, [last], 0)
    found = [segment.title for segment in queries.segments(shop, session)]
    assert found == ["收尾", "羊毛围巾", "打底裤", "开场", "鹅绒羽绒服", "羊毛围巾", "打底裤"]


def test_one_show_is_on_air_at_a_time_whoever_begins_it(shop, session):
    other_session = show.create_session(shop, "周五场")
    with coming_between(shop, lambda other: show.go_live(other, other_session)), pytest.raises(Refused, match="周五场"):
        show.go_live(shop, session)
    show.end_show(shop, other_session)
    show.go_live(shop, session)
    show.end_show(shop, session)
    with coming_between(shop, lambda other: show.resume_session(other, other_session)), pytest.raises(Refused):
        show.resume_session(shop, session)
    assert queries.session(shop, session).state is State.ENDED


def test_what_has_gone_on_air_this_moment_is_not_removed_and_what_has_ended_takes_nothing(shop, session):
    first = queries.segments(shop, session)[0].id
    with coming_between(shop, lambda other: show.go_live(other, session)), pytest.raises(Refused, match="kept"):
        show.remove_session(shop, session)
    with coming_between(shop, lambda other: show.end_show(other, session)), pytest.raises(Refused):
        show.take(shop, session, first)
    assert queries.pitches(shop, session) == []
    show.resume_session(shop, session)
    with coming_between(shop, lambda other: queue.remove(other, session, [first])), pytest.raises(Refused):
        show.take(shop, session, first)
    assert queries.pitches(shop, session) == []
