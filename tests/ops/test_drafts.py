"""A new session comes with what is usual in the shop."""

from liveshop_desk.model.clock import clock_text, to_local
from liveshop_desk.ops import drafts, show
from liveshop_desk.store import queries

HOUR = 3_600_000


def test_the_first_draft_is_the_next_full_hour_for_three_hours(store, clock):
    store.who = "Jie"
    made = queries.session(store, drafts.new_draft(store))
    assert clock_text(made.planned_start).endswith(":00")
    assert 0 < made.planned_start - clock.now() <= HOUR
    assert made.planned_end - made.planned_start == 3 * HOUR
    assert made.operator == "Jie"
    assert made.theme


def test_people_and_platforms_come_from_the_last_session_at_this_desk(store, clock):
    mine = {"anchor": "Lin", "operator": "Jie", "platforms": ("douyin", "taobao")}
    show.create_session(store, "Last", planned_start=clock.now() - 48 * HOUR, **mine)
    show.create_session(store, "From a file", planned_start=clock.now() - HOUR, anchor="Other", source="douyin")
    made = queries.session(store, drafts.new_draft(store))
    assert (made.anchor, made.operator, made.platforms) == ("Lin", "Jie", ("douyin", "taobao"))
    assert to_local(made.planned_start).minute == 0
