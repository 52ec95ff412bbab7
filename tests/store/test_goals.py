"""The month: goals, what is achieved, what is left."""

from datetime import datetime

import pytest

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.model.clock import from_datetime
from liveshop_desk.model.record import Record
from liveshop_desk.ops import show
from liveshop_desk.ops.report import session_report
from liveshop_desk.store import queries
from liveshop_desk.store.goals import month_bounds, month_of
from liveshop_desk.store.totals import gmv_by_session


def at(day, hour=19, month=11):
    return from_datetime(datetime(2026, month, day, hour))  # noqa: DTZ001 - local


def past(store, day, goal, figure=None, **fields):
    session = show.create_session(
        store, f"Show {day}", planned_start=at(day), started_at=at(day), ended_at=at(day, 22), state="ended",
        goal_gmv=goal, **fields,
    )  # fmt: skip
    if figure is not None:
        with store.transaction():
            store.db.conn.execute(
                "INSERT INTO figures (id, session_id, metric, value) VALUES (?, ?, 'gmv', ?)",
                (f"{session}:gmv", session, figure),
            )
    return session


def test_goals_add_up_and_past_sessions_have_achieved(store):
    past(store, 3, 100_00, figure=61_00)
    past(store, 5, 100_00)  # nobody gave a figure: unknown, not 0
    show.create_session(store, "Next", planned_start=at(21), goal_gmv=200_00)
    show.create_session(store, "December", planned_start=at(1, month=12), goal_gmv=999_00)
    month = month_of(store, at(21))
    assert (month.goal, month.achieved, month.drafts_left, month.ended) == (400_00, 61_00, 1, 2)
    assert month.share == pytest.approx(0.1525)


def test_what_a_session_without_a_goal_brought_is_not_set_against_the_goals_of_others(store):
    past(store, 3, None, figure=234_600_00)
    assert (month_of(store, at(21)).goal, month_of(store, at(21)).achieved) == (None, 234_600_00)  # no goal: all of it
    show.create_session(store, "Next", planned_start=at(21), goal_gmv=5_000_00)
    month = month_of(store, at(21))
    assert (month.goal, month.achieved, month.share, month.ended) == (5_000_00, None, None, 1)
    past(store, 5, 5_000_00, figure=4_000_00)
    assert month_of(store, at(21)).share == pytest.approx(0.4)


def test_rehearsals_do_not_count(store):
    past(store, 3, 100_00, figure=61_00, rehearsal=1)
    assert month_of(store, at(21)).achieved is None
    assert month_of(store, at(21)).share is None


def sold(store, session, *amounts):
    """Let the orders of a session come in live."""
    inlet = Inlet(store, session, moves_stock=False)
    start = queries.session(store, session).started_at
    inlet.receive([
        Record(start + number * 20_000, "order", "relay", quantity=1, amount=amount, order=f"A{number}")
        for number, amount in enumerate(amounts)
    ])  # fmt: skip
    inlet.close()


def test_a_months_live_totals_add_up(store):
    sold(store, past(store, 3, 100_00), 5_00, 4_00)
    sold(store, past(store, 4, 100_00), 3_00)
    assert month_of(store, at(21)).achieved == 12_00


@pytest.mark.parametrize(("figure", "amounts"), [(61_00, ()), (61_00, (5_00, 4_00)), (None, (5_00, 4_00)), (None, ())])
def test_the_month_the_list_and_the_review_tell_the_same_gmv(store, figure, amounts):
    session = past(store, 3, 100_00, figure=figure)
    if amounts:
        sold(store, session, *amounts)
    reviewed = session_report(store, session).kpi("gmv").value
    assert month_of(store, at(21)).achieved == gmv_by_session(store).get(session) == reviewed


def test_an_empty_month_is_unknown_not_zero(store):
    month = month_of(store, at(21))
    assert (month.goal, month.achieved, month.drafts_left) == (None, None, 0)


def test_december_ends_with_the_year():
    start, end = month_bounds(at(31, 23, month=12))
    assert start == at(1, 0, month=12)
    assert end == from_datetime(datetime(2027, 1, 1))  # noqa: DTZ001 - local
