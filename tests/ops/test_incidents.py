"""An incident: noted with its moment, put into words afterwards; both steps belong to its session."""

from liveshop_desk.ops import scripts, show


def test_putting_words_to_an_incident_belongs_to_its_session(store):
    session = show.create_session(store, "专场")
    show.go_live(store, session)
    incident = scripts.note_incident(store, session, "")
    scripts.describe_incident(store, incident, "  said 359   instead of 369 ")
    newest = store.row("SELECT session_id, label, args FROM journal ORDER BY id DESC LIMIT 1")
    assert newest["session_id"] == session
    assert "said 359 instead of 369" in newest["args"]
