"""The courses of the shop's own last sessions."""

from __future__ import annotations

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.curves import Course, History, band_of, share_curve
from liveshop_desk.model.session import Session
from liveshop_desk.store.past import ended_before
from liveshop_desk.store.store import Store

BANDED = ("online", "gmv")


def history(store: Store, session: Session) -> History:
    """Return how the last five sessions before this one went; empty where none was followed on this desk."""
    before = store.clock.now() if session.begin is None else session.begin
    past = ended_before(store, session, before)
    courses = {metric: [course for each in past if (course := _course(store, each, metric))] for metric in BANDED}
    bands = {metric: band_of(found) for metric, found in courses.items()}
    return History(share_curve(courses["gmv"]), bands, len(courses["gmv"]))


def _course(store: Store, session: Session, metric: str) -> Course | None:
    if session.started_at is None or session.ended_at is None:
        return None
    rows = store.rows(
        # One figure a minute is enough; SQLite gives the row of the maximum.
        "SELECT max(bucket) AS bucket, last FROM rollups WHERE session_id = ? AND metric = ?"
        " GROUP BY bucket / 60000 ORDER BY 1",
        (session.id, metric),
    )
    if len(rows) < 2:  # one figure for the whole session has no course
        return None
    starts: list[Instant] = [row["bucket"] for row in rows]
    return Course(session.started_at, session.ended_at, starts, [row["last"] for row in rows])
