"""What several panels read after one act is read once, and is never older than the file."""

import pytest

from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, show
from liveshop_desk.store import inflow, journal, queries


@pytest.fixture
def tonight(store):
    session = show.create_session(store, "Tonight")
    for title in ("Opening", "Bag", "Closing"):
        queue.add_segment(store, session, Kind.INTERACTION, title)
    return session


def titles(store, session):
    return [segment.title for segment in queries.segments(store, session)]


def test_the_same_queue_is_read_once_until_something_is_written(store, tonight):
    queries.segments(store, tonight)
    asked = []
    store.db.conn.set_trace_callback(lambda sql: asked.append(sql) if "FROM segments" in sql else None)
    first, second = queries.segments(store, tonight), queries.segments(store, tonight)
    assert first == second
    assert not asked
    first.clear()  # a reader's list is its own
    assert len(queries.segments(store, tonight)) == 3
    store.db.conn.set_trace_callback(None)


def test_every_write_is_seen_at_once(store, tonight):
    assert titles(store, tonight) == ["Opening", "Bag", "Closing"]
    queue.edit_segment(store, tonight, queries.segments(store, tonight)[1].id, title="Lucky bag")
    assert titles(store, tonight) == ["Opening", "Lucky bag", "Closing"]
    journal.undo(store)
    assert titles(store, tonight) == ["Opening", "Bag", "Closing"]
    other = store.sibling()
    queue.edit_segment(other, tonight, queries.segments(other, tonight)[0].id, title="Hello")
    other.close()
    assert titles(store, tonight) == ["Hello", "Bag", "Closing"]


def test_what_is_rolled_back_was_never_read(store, tonight):
    second = queries.segments(store, tonight)[1].id
    with pytest.raises(ZeroDivisionError):
        _half(store, tonight, second)
    assert titles(store, tonight) == ["Opening", "Bag", "Closing"]


def _half(store, tonight, segment):
    with store.step("Broken") as step:
        step.update("segments", segment, title="Half")
        assert titles(store, tonight) == ["Opening", "Half", "Closing"]  # inside it is true
        raise ZeroDivisionError


def test_what_touches_no_queue_leaves_it_as_it_was_read(store, tonight):
    first = queries.segments(store, tonight)
    asked = []
    store.db.conn.set_trace_callback(lambda sql: asked.append(sql) if "FROM segments" in sql else None)
    show.edit_session(store, tonight, theme="Later")
    other = store.sibling()
    inflow.keep_place(other, tonight, inflow.Place(first[0].id, 1.0, 200, playing=True, at=1))
    other.close()
    assert queries.segments(store, tonight) == first
    assert not asked
    store.db.conn.set_trace_callback(None)


def test_a_take_is_seen_by_all_who_ask_what_is_on_air(store, tonight):
    show.go_live(store, tonight)
    assert queries.pitches(store, tonight) == []
    show.take_next(store, tonight)
    (begun,) = queries.pitches(store, tonight)
    other = store.sibling()
    show.take_next(other, tonight)
    other.close()
    assert [pitch.ended_at is None for pitch in queries.pitches(store, tonight)].count(True) == 1
    assert {pitch.id for pitch in queries.pitches(store, tonight)} > {begun.id}
