"""The record of what was read, on disk."""

from liveshop_desk.model.reading import Reading
from liveshop_desk.ops import anchors, show
from liveshop_desk.store import journal, readings
from liveshop_desk.store.anchors import pace_of


def row(number, session="show", *, at=0, units=40.0, pace=240.0):
    return Reading(f"r{number}", session, "s1", number, "字" * 40, at, at + 10_000, units, pace, 0.0, 120.0)


def test_rows_come_back_in_order_and_a_longer_one_replaces_its_beginning(store):
    readings.write(store, [row(2, at=5_000), row(1, units=10)])
    readings.write(store, [row(1)])
    assert readings.readings_of(store, "show") == [row(1), row(2, at=5_000)]
    assert readings.readings_of(store, "other") == []
    assert journal.entries(store) == []


def ended(store, clock, anchor, pace, *, rehearsal=False):
    session = show.create_session(store, "专场", anchor=anchor)
    show.go_live(store, session, rehearsal=rehearsal)
    clock.advance(3600)
    show.end_show(store, session)
    rows = [row(f"{session}{n}", session, pace=pace) for n in range(3)]
    readings.write(store, rows)


def test_the_last_three_real_shows_of_an_anchor_tell_her_pace(store, clock):
    # a blank too many is no other anchor
    for pace, name in ((400, "小美"), (250, "小美"), (260, "小美 "), (270, "小美")):
        ended(store, clock, name, pace)
    ended(store, clock, "小美", 100, rehearsal=True)
    ended(store, clock, "小林", 180)
    assert anchors.pace_in_shows(store, " 小美") == 260
    assert anchors.pace_in_shows(store, "小林") == 180
    assert anchors.pace_in_shows(store, "") is None
    assert anchors.pace_in_shows(store, "nobody") is None


def test_a_blank_within_her_name_makes_no_other_anchor(store, clock):
    for pace, name in ((240, "Lin  A"), (260, "Lin\u3000A "), (250, "Lin A")):
        ended(store, clock, name, pace)
    ended(store, clock, "LinA", 100)
    assert anchors.pace_in_shows(store, "Lin A") == anchors.pace_in_shows(store, " Lin   A") == 250


def test_an_anchors_pace_is_kept_and_can_be_undone(store):
    assert pace_of(store, "小美") is None
    anchors.set_pace(store, " 小美 ", 236.4)
    assert pace_of(store, "小美") == 236
    assert journal.entries(store)[0].label == "小美 reads 236 characters/min"
    anchors.set_pace(store, "小美", 250)
    journal.undo(store)
    assert pace_of(store, "小美") == 236
    journal.undo(store)
    assert pace_of(store, "小美") is None
    journal.redo(store)
    assert pace_of(store, "小美") == 236
