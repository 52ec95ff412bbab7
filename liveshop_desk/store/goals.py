"""What the month's sessions were to bring and have brought (P1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from liveshop_desk.model.clock import Instant, from_datetime, to_local
from liveshop_desk.model.money import Fen
from liveshop_desk.store.store import Store
from liveshop_desk.store.totals import GMV_SQL

_MONTH = f"""
SELECT s.state, s.goal_gmv AS goal, {GMV_SQL} AS gmv FROM sessions s
WHERE NOT s.rehearsal AND coalesce(s.started_at, s.planned_start) >= ? AND coalesce(s.started_at, s.planned_start) < ?
"""  # noqa: S608 - constant


@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month. ``goal`` is the sum of its sessions' goals, ``achieved`` what the ended ones of them brought.

    What a session without a goal brought is set against no goal: it counts only in a month that has none at all.
    Both in fen and ``None`` where nothing is known; rehearsals never count.
    """

    start: Instant
    goal: Fen | None
    achieved: Fen | None
    drafts_left: int
    ended: int

    @property
    def share(self) -> float | None:
        """Return achieved over goal, ``None`` without a goal or a figure."""
        return self.achieved / self.goal if self.goal and self.achieved is not None else None


def month_of(store: Store, at: Instant) -> Month:
    """Return the local calendar month that holds ``at``."""
    start, end = month_bounds(at)
    rows = store.rows(_MONTH, (start, end))
    ended = [row for row in rows if row["state"] == "ended"]
    aimed = any(row["goal"] for row in rows)
    return Month(
        start,
        _sum([row["goal"] for row in rows]),
        _sum([row["gmv"] for row in ended if row["goal"] or not aimed]),
        sum(1 for row in rows if row["state"] == "draft"),
        len(ended),
    )


def month_bounds(at: Instant) -> tuple[Instant, Instant]:
    """Return the first instant of the local month of ``at`` and of the month after it."""
    day = to_local(at)
    after = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return _first_of(day.year, day.month), _first_of(*after)


def _first_of(year: int, month: int) -> Instant:
    return from_datetime(datetime(year, month, 1))  # noqa: DTZ001 - local: the shop's own calendar


def _sum(values: list[float | None]) -> Fen | None:
    known = [value for value in values if value is not None]
    return round(sum(known)) if known else None
