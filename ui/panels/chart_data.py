"""The live figures as a picture: lines, goal, projection and the window of time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Course
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import Plan, pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import format_metric
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.rollup import HOLD_MS
from liveshop_desk.model.session import Session
from ui.widgets.chart_picture import Array, Flag, Line, Picture
from ui.widgets.chart_points import with_gaps

LINES = (("online", "chosen", "left"), ("gmv", "good", "right"))
_LEAD = 0.06  # of a window that follows now: room for the newest marker's words
_SHORTEST = 15 * 60_000  # a show a minute old is neither stretched over the chart nor squeezed into its edge
_TRUSTED = 0.1  # of the planned time, before an end is guessed


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a session up to ``until``, over ``span`` ms (0: all of it)."""

    session: Session
    started_at: Instant
    until: Instant
    span: int = 0


def picture_of(figures: LiveFigures, view: View, flags: tuple[Flag, ...], on_air: Instant | None) -> Picture:
    """Return what the chart shows now."""
    plan = plan_of(view.session)
    lines = [line for key, color, side in LINES if (line := _line(figures, view, key, color, side)) is not None]
    start, end = window(view, plan)
    planned, guess = _planned(figures, view, plan)
    band = (float(on_air), float(view.until)) if on_air is not None else None
    return Picture(start, end, (*lines, *planned), (*flags, *guess), band)


def window(view: View, plan: Plan) -> tuple[float, float]:
    """Return the first and last instant shown: the newest stretch that follows now, or all up to the planned end.

    Of a show that has just begun "all" is its first minutes: up to the end they would be a stroke at the edge.
    """
    if view.span:
        end = max(view.until + view.span * _LEAD, view.started_at + view.span)
        return end - view.span, end
    lasted = view.until - view.started_at
    end = max(view.until + lasted * 0.02, view.started_at + _SHORTEST)
    if view.session.ended_at is None and plan.end is not None and lasted >= _SHORTEST:
        end = max(end, plan.end)
    return float(view.started_at), float(end)


def _line(figures: LiveFigures, view: View, key: str, color: str, side: str) -> Line | None:
    """Return one metric's line from the show's start to now; ``None`` where no figure came."""
    starts, values = figures.series(key)
    if not starts:
        return None
    if BASES[key].course is Course.TOTAL:
        x, y = _total(starts, values, view)
    else:
        x, y = _gauge(starts, values, view)
    metric = METRICS[key]
    return Line(key, _(metric.label), color, x, y, lambda value: format_metric(metric, value), side)


def _gauge(starts: list[Instant], values: list[int | float], view: View) -> tuple[Array, Array]:
    """A level holds until the next figure, but not longer than it can be trusted."""
    held = min(view.until, starts[-1] + HOLD_MS)
    if held > starts[-1]:
        return with_gaps([*starts, held], [*values, values[-1]], HOLD_MS)
    return with_gaps(starts, values, HOLD_MS)


def _total(starts: list[Instant], values: list[int | float], view: View) -> tuple[Array, Array]:
    """A total grows from 0 at the show's start and stands until now."""
    x, y = np.array(starts, dtype=np.float64), np.array(values, dtype=np.float64)
    if view.started_at < starts[0]:
        x, y = np.insert(x, 0, view.started_at), np.insert(y, 0, 0.0)
    if view.until > starts[-1]:
        x, y = np.append(x, view.until), np.append(y, y[-1])
    return x, y


def _planned(figures: LiveFigures, view: View, plan: Plan) -> tuple[list[Line], list[Flag]]:
    """Return the goal's line and, while the show runs, where GMV will end at this pace."""
    if plan.start is None or plan.end is None or not plan.goal or plan.end <= plan.start:
        return [], []
    shares = plan.curve or (0.0, 1.0)
    x = np.linspace(plan.start, plan.end, len(shares))
    goal = _dashed("goal", _("Goal"), "faint", x, np.array(shares) * plan.goal)
    stands = pace(plan, view.until, figures.total("gmv"))
    early = (stands.should_share or 0.0) < _TRUSTED
    over = view.session.ended_at is not None or view.until >= plan.end
    if stands.projected is None or stands.attained is None or early or over:
        return [goal], []
    ends = np.array([view.until, plan.end], dtype=np.float64)
    guess = _dashed("projection", _("At this pace"), "good", ends, np.array([stands.attained, stands.projected]))
    return [goal, guess], [Flag(plan.end, "projection", "→ " + guess.write(stands.projected))]


def _dashed(key: str, label: str, color: str, x: Array, y: Array) -> Line:
    gmv = METRICS["gmv"]
    return Line(key, label, color, x, y.astype(np.float64), lambda value: format_metric(gmv, value), "right", True)
