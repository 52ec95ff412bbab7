"""The goal of the session on air as a line over time."""

from __future__ import annotations

from liveshop_desk.model.goals import Plan
from liveshop_desk.model.session import Session


def plan_of(session: Session, curve: tuple[float, ...] = ()) -> Plan:
    """Return the session's GMV goal over the slot it was planned for, along ``curve`` (empty: an even pace).

    It begins when the show really began and ends at the planned end. A show that began outside its slot (a
    rehearsal the day before) gets the slot's length from its start instead.
    """
    start = session.begin
    end = session.planned_end
    if start is not None and end is not None and session.planned_start is not None:
        length = end - session.planned_start
        if not session.planned_start - length <= start < end:
            end = start + length
    return Plan(start, end, session.goal_gmv, curve)
