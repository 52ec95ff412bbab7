"""Building the queue."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.model.clock import ManualClock
from liveshop_desk.model.names import kind_name
from liveshop_desk.model.session import Kind
from liveshop_desk.ops import queue, scripts, show
from liveshop_desk.store import journal, queries
from liveshop_desk.store.store import Store


def titles(store, session):
    return [segment.title for segment in queries.segments(store, session)]


def test_products_land_where_they_are_dropped(shop, session):
    queue.add_products(shop, session, ["p3"], at=1)
    assert titles(shop, session) == ["开场", "打底裤", "鹅绒羽绒服", "羊毛围巾", "打底裤", "收尾"]


def test_moving_keeps_the_order_of_what_moves(shop, session):
    ids = [segment.id for segment in queries.segments(shop, session)]
    queue.move(shop, session, [ids[3], ids[1]], 5)
    assert titles(shop, session) == ["开场", "羊毛围巾", "收尾", "鹅绒羽绒服", "打底裤"]
    journal.undo(shop)
    assert titles(shop, session) == ["开场", "鹅绒羽绒服", "羊毛围巾", "打底裤", "收尾"]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 8)), max_size=40))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_row_can_be_dragged_anywhere(tmp_path_factory, moves):
    store = Store.open(tmp_path_factory.mktemp("drag") / "a.liveshop", ManualClock())
    session = show.create_session(store, "拖")
    for number in range(8):
        queue.add_segment(store, session, Kind.QA, str(number))
    expected = [str(number) for number in range(8)]
    for source, to in moves:
        queue.move(store, session, [queries.segments(store, session)[source].id], to)
        moved = expected[source]
        rest = [title for title in expected if title != moved]
        place = sum(1 for title in expected[:to] if title != moved)
        expected = [*rest[:place], moved, *rest[place:]]
        assert titles(store, session) == expected
    store.close()


def test_a_gap_that_runs_out_is_renumbered_in_one_step(shop, session):
    last = queries.segments(shop, session)[-1].id
    for _time in range(40):  # always between the first two: each halves the gap
        ids = [segment.id for segment in queries.segments(shop, session)]
        queue.move(shop, session, [ids[-1]], 1)
    assert len(titles(shop, session)) == 5
    assert {row.id for row in queries.segments(shop, session)} >= {last}


def test_aired_segments_stay_and_drafts_can_go(shop, session):
    show.go_live(shop, session)
    show.take_next(shop, session)
    first, second = queries.segments(shop, session)[:2]
    with pytest.raises(Refused):
        queue.remove(shop, session, [first.id])
    queue.remove(shop, session, [second.id])
    assert "鹅绒羽绒服" not in titles(shop, session)


def test_the_segment_on_air_is_not_skipped_and_its_time_stays(shop, session):
    show.go_live(shop, session)
    show.take_next(shop, session)
    show.take_next(shop, session)
    first, second = queries.segments(shop, session)[:2]
    with pytest.raises(Refused, match="on air"):
        queue.set_skipped(shop, session, second.id, True)
    assert not queries.segments(shop, session)[1].skipped
    queue.set_skipped(shop, session, first.id, True)  # it is over


def test_skip_and_length_and_title_are_edits_with_limits(shop, session):
    segment = queries.segments(shop, session)[1]
    queue.set_skipped(shop, session, segment.id, True)
    queue.edit_segment(shop, session, segment.id, planned_seconds=480)
    assert (queries.segments(shop, session)[1].skipped, queries.segments(shop, session)[1].planned_seconds) == (
        True,
        480,
    )
    with pytest.raises(UserError):
        queue.edit_segment(shop, session, segment.id, planned_seconds=0)
    with pytest.raises(UserError):
        queue.edit_segment(shop, session, segment.id, title="  ")


def test_last_weeks_queue_is_a_template(shop, session):
    other = show.create_session(shop, "下周")
    assert queue.copy_queue(shop, session, other) == 5
    assert titles(shop, other) == titles(shop, session)
    journal.undo(shop)
    assert titles(shop, other) == []


def test_what_is_said_in_segments_without_a_product_comes_with_a_template(shop, session):
    first, coat, *_rest = queries.segments(shop, session)
    scripts.save_script(shop, queries.script_id(first), "大家晚上好！")
    scripts.save_script(shop, queries.script_id(coat), "这件只要{直播价}")
    other = show.create_session(shop, "下周")
    before = len(shop.rows("SELECT id FROM scripts"))
    queue.copy_queue(shop, session, other)
    made = queries.queue(shop, other)
    assert [row.script for row in made[:3]] == ["大家晚上好！", "这件只要{直播价}", ""]
    scripts.save_script(shop, queries.script_id(made[0].segment), "欢迎回来")
    assert queries.script(shop, queries.script_id(first)) == "大家晚上好！"
    journal.undo(shop)
    journal.undo(shop)
    assert len(shop.rows("SELECT id FROM scripts")) == before


def test_a_template_of_one_segment_is_recorded_as_one(shop):
    one, other = show.create_session(shop, "One"), show.create_session(shop, "下周")
    queue.add_products(shop, one, ["p3"])
    queue.copy_queue(shop, one, other)
    assert journal.undo_target(shop).label == "Copy a queue of one segment"


def test_one_product_is_recorded_by_its_name_and_a_segment_without_a_title_by_its_kind(shop, session):
    queue.add_products(shop, session, ["p3"])
    assert journal.undo_target(shop).label == "Add 打底裤"
    queue.add_segment(shop, session, Kind.LUCKY_BAG, "  ")
    assert titles(shop, session)[-1] == kind_name(Kind.LUCKY_BAG)
