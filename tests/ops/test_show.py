"""The evening: live, take, jump, push, end, resume."""

from contextlib import suppress

import pytest

from liveshop_desk.errors import Refused
from liveshop_desk.model.session import Kind, State
from liveshop_desk.ops import queue, scripts, shelf, show
from liveshop_desk.store import journal, queries


def on_air(store, session):
    times = show.timeline(store, session).standing
    return None if times.on_air is None else times.on_air + 1


def test_a_whole_evening(shop, session, clock):
    show.go_live(shop, session)
    show.take_next(shop, session, online=100)
    clock.advance(300)
    show.take_next(shop, session, online=140)
    clock.advance(60)
    show.jump(shop, session, 4, online=150)
    assert on_air(shop, session) == 4
    clock.advance(20)
    show.take_previous(shop, session)
    assert on_air(shop, session) == 3
    clock.advance(60)
    show.end_show(shop, session, online=90)
    pitches = queries.pitches(shop, session)
    assert [(p.online_in, p.online_out) for p in pitches] == [(100, 140), (140, 150), (150, None), (None, 90)]
    assert [(p.ended_at - p.started_at) // 1000 for p in pitches] == [300, 60, 20, 60]
    assert queries.session(shop, session).state is State.ENDED


def test_a_wrong_take_is_taken_back(shop, session, clock):
    show.go_live(shop, session)
    first = show.take_next(shop, session, online=100)
    clock.advance(300)
    show.take_next(shop, session, online=140)
    clock.advance(3)
    assert show.take_previous(shop, session) == first
    times = show.timeline(shop, session)
    assert (times.standing.on_air, times.standing.next) == (0, 1), "what was taken by mistake comes next again"
    assert times.timings[0].aired_seconds == 303
    [pitch] = queries.pitches(shop, session)
    assert (pitch.ended_at, pitch.online_out) == (None, None)


def test_a_wrong_jump_and_two_wrong_takes_are_taken_back_to_where_they_began(shop, session, clock):
    show.go_live(shop, session)
    show.take_next(shop, session)
    clock.advance(300)
    show.jump(shop, session, 4)
    show.take_previous(shop, session)
    assert on_air(shop, session) == 1
    show.take_next(shop, session)
    clock.advance(1)
    show.take_next(shop, session)
    clock.advance(1)
    show.take_previous(shop, session)
    show.take_previous(shop, session)
    assert on_air(shop, session) == 1
    assert len(queries.pitches(shop, session)) == 1


def test_later_going_back_is_a_new_pitch(shop, session, clock):
    show.go_live(shop, session)
    show.take_next(shop, session)
    clock.advance(300)
    show.take_next(shop, session)
    clock.advance(60)
    show.take_previous(shop, session)
    assert len(queries.pitches(shop, session)) == 3


def test_one_show_at_a_time(shop, session):
    show.go_live(shop, session)
    other = show.create_session(shop, "另一场")
    with pytest.raises(Refused, match="秋冬专场 is on air already"):
        show.go_live(shop, other)


def test_the_wrong_key_does_not_end_the_evening(shop, session, clock):
    show.go_live(shop, session)
    began = clock.now()
    clock.advance(10)
    show.end_show(shop, session)
    show.resume_session(shop, session)
    again = queries.session(shop, session)
    assert (again.state, again.started_at, again.ended_at) == (State.LIVE, began, None)


def test_resumed_at_once_the_same_second_of_the_same_segment_is_on_air(shop, session, clock):
    show.go_live(shop, session)
    show.take_next(shop, session)
    clock.advance(5)
    show.take_next(shop, session)
    clock.advance(100)
    before = queries.pitches(shop, session)
    show.end_show(shop, session, online=50)
    clock.advance(20)
    show.resume_session(shop, session)
    assert queries.pitches(shop, session) == before
    assert show.timeline(shop, session).standing.on_air == 1


def test_resumed_much_later_nothing_is_on_air(shop, session, clock):
    show.go_live(shop, session)
    show.take_next(shop, session)
    clock.advance(100)
    show.end_show(shop, session)
    clock.advance(3_600)
    show.resume_session(shop, session)
    assert show.timeline(shop, session).standing.on_air is None


def test_the_end_of_the_queue_says_what_to_do(shop, session):
    show.go_live(shop, session)
    show.jump(shop, session, 5)
    with pytest.raises(Refused, match="Jump to one by its number"):
        show.take_next(shop, session)
    with pytest.raises(Refused, match="the queue has 5"):
        show.jump(shop, session, 6)


def test_at_the_end_of_the_queue_the_rows_that_wait_before_it_are_named(shop, session):
    show.go_live(shop, session)
    show.jump(shop, session, 2)
    show.jump(shop, session, 5)
    queue.set_skipped(shop, session, queries.segments(shop, session)[2].id, True)
    said = r"No row after this one\. 2 earlier rows have not been on air: 1, 4\. Jump to one by its number"
    with pytest.raises(Refused, match=said):
        show.take_next(shop, session)
    show.jump(shop, session, 4)
    with pytest.raises(Refused, match="1 earlier row has not been on air: 1"):
        show.take_next(shop, session)
    show.jump(shop, session, 1)
    with pytest.raises(Refused, match=r"The queue has no next segment\. Jump to one"):
        show.take_next(shop, session)


def test_of_many_rows_that_wait_the_first_are_named(shop, session):
    show.go_live(shop, session)
    for title in ("A", "B"):
        queue.add_segment(shop, session, Kind.PITCH, title)
    show.jump(shop, session, 7)
    with pytest.raises(Refused, match=r"6 earlier rows have not been on air: 1, 2, 3, 4, 5, …\."):
        show.take_next(shop, session)


def test_pushing_the_rest_meets_the_clock(shop, session, clock):
    clock.advance(130)  # a late start
    show.go_live(shop, session)
    assert show.timeline(shop, session).standing.over_under == -130
    assert show.push_rest(shop, session) == 130
    assert show.timeline(shop, session).timings[0].planned == clock.now()
    assert show.timeline(shop, session).standing.over_under == 0
    with pytest.raises(Refused):  # a second press must not push twice
        show.push_rest(shop, session)
    show.take_next(shop, session)
    assert show.timeline(shop, session).standing.over_under == 0


def test_the_record_says_how_far_the_rest_was_moved_and_which_way(shop, session, clock):
    clock.advance(130)
    show.go_live(shop, session)
    show.push_rest(shop, session)
    assert journal.entries(shop, 1)[0].label == "Push the rest by 2:10"
    show.jump(shop, session, 3)
    show.push_rest(shop, session)
    assert journal.entries(shop, 1)[0].label.startswith("Bring the rest forward by ")


def test_a_cue_is_seen_once(shop, session, clock):
    show.go_live(shop, session)
    cue = scripts.send_cue(shop, session, " 只剩 18 件，\n催单！ ")
    assert queries.cues(shop, session)[0].text == "只剩 18 件， 催单！"
    clock.advance(3)
    scripts.acknowledge_cue(shop, cue)
    seen = queries.cues(shop, session)[0].acknowledged_at
    clock.advance(3)
    scripts.acknowledge_cue(shop, cue)
    assert queries.cues(shop, session)[0].acknowledged_at == seen
    with pytest.raises(Refused):
        scripts.send_cue(shop, session, "  ")


def test_undo_never_takes_away_what_has_been_on_air(shop, session):
    show.go_live(shop, session)
    show.take_next(shop, session)
    shelf.set_price(shop, ["s1"], 36900)
    journal.undo(shop)
    for _time in range(8):  # the queue's own steps lie behind: those in use are refused, one after another
        with suppress(Refused):
            journal.undo(shop)
    assert queries.live_session(shop).id == session
    assert show.timeline(shop, session).standing.on_air == 0


def test_a_refused_undo_is_no_wall_before_older_ones(shop, session):
    shelf.set_price(shop, ["s1"], 36900)
    segment = queries.segments(shop, session)[1]
    queue.set_skipped(shop, session, segment.id, True)
    show.go_live(shop, session)
    show.take(shop, session, segment.id)  # un-skips it: the skip cannot be undone any more
    with pytest.raises(Refused):
        journal.undo(shop)
    assert journal.undo(shop).label.startswith("鹅绒羽绒服 price")
    assert queries.sku(shop, "s1").live_price == 39900


def test_an_undo_asked_for_one_step_never_takes_another(shop):
    shelf.set_price(shop, ["s1"], 36900)
    asked = journal.undo_target(shop).id
    shelf.set_price(shop, ["s2"], 11900)
    with pytest.raises(Refused, match="changed meanwhile"):
        journal.undo(shop, asked)
    assert (queries.sku(shop, "s1").live_price, queries.sku(shop, "s2").live_price) == (36900, 11900)


def test_a_step_of_another_connection_is_heard_even_behind_an_own_one(shop):
    other = shop.sibling()
    shop.hear()
    shelf.set_price(other, ["s1"], 36900)
    shelf.set_price(shop, ["s2"], 11900)
    assert shop.hear()
    shelf.set_price(shop, ["s2"], 11800)
    assert not shop.hear()
    other.close()
