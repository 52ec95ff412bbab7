"""The record as people read it."""

from liveshop_desk.ops import show
from liveshop_desk.store import journal
from liveshop_desk.store.history import newest


def test_what_was_taken_back_is_marked(store):
    store.who = "Jie"
    session = show.create_session(store, "Tonight")
    show.edit_session(store, session, anchor="Lin")
    journal.undo(store)
    undo, edit, create = newest(store)
    assert (undo.entry.kind, undo.undone) == ("undo", False)
    assert (edit.undone, create.undone) == (True, False)
    assert edit.entry.who == "Jie"
    journal.redo(store)
    assert not newest(store)[2].undone
    journal.undo(store)
    assert [line.undone for line in newest(store)] == [False, True, False, True, False]


def test_nothing_yet(store):
    assert newest(store) == []
