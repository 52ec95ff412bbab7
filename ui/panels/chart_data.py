"""The live figures as a picture: lines, goal, projection and the window of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Number, Unit
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.curves import History
from liveshop_desk.model.evening_plan import plan_of
from liveshop_desk.model.goals import Plan, pace
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import format_metric
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.session import Session
from ui.panels.chart_series import Series, basis_of, is_sum
from ui.widgets.chart_picture import Array, Band, Flag, Line, Picture

COLORS = ("chosen", "good", "violet", "teal", "rose", "sand", "slate", "text")
_LEAD = 0.06  # of a window that follows now: room for the newest marker's words
_SHORTEST = 15 * 60_000  # a show a minute old is neither stretched over the chart nor squeezed into its edge
_PARTS = (Unit.FRACTION, Unit.RATIO)  # units whose values have parts worth seeing
_RATE_STEP = 0.001
_TRUSTED = 0.1  # of the planned time, before an end is guessed


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at: a session up to ``until``, over ``span`` ms (0: all of it), or ``held`` still by hand.

    ``keys`` are the metrics shown, in their order.
    """

    session: Session
    started_at: Instant
    until: Instant
    span: int = 0
    keys: tuple[str, ...] = ("online", "gmv")
    held: tuple[float, float] | None = None
    history: History = field(default_factory=History)


def picture_of(series: Series, view: View, flags: tuple[Flag, ...], on_air: Instant | None) -> Picture:
    """Return what the chart shows now."""
    plan = plan_of(view.session, view.history.curve)
    sides = sides_of(view.keys)
    found = (_line(series, view, key, sides[key]) for key in view.keys)
    lines = [line for line in found if line is not None]
    start, end = view.held or window(view, plan)
    shown = "gmv" in view.keys
    planned, guess = _planned(series.figures, view, plan) if shown else ([], [])
    bands = tuple(band for key in view.keys if (band := _band(series, view, key, sides[key])) is not None)
    on_air_band = (float(on_air), float(view.until)) if on_air is not None else None
    return Picture(start, end, (*lines, *planned), (*flags, *guess), on_air_band, bands)


@lru_cache(maxsize=64)  # asked for each line each second
def color_of(keys: tuple[str, ...], key: str) -> str:
    """Return the colour of a metric among those shown: online is always blue and GMV green."""
    fixed = {"online": "chosen", "gmv": "good"}
    if key in fixed:
        return fixed[key]
    free = [color for color in COLORS if color not in {fixed[each] for each in keys if each in fixed}]
    others = [each for each in keys if each not in fixed]
    return free[others.index(key) % len(free)]


def sides_of(keys: tuple[str, ...]) -> dict[str, str]:
    """Return the scale of each metric: the first count's is left, money's right, any other has one of its own."""
    sides: dict[str, str] = {}
    for key in keys:
        if is_sum(key):
            sides[key] = "right"
        else:
            sides[key] = key if "left" in sides.values() else "left"
    return sides


def _line(series: Series, view: View, key: str, side: str) -> Line | None:
    """Return one metric's line from the show's start to now; ``None`` where no figure came."""
    x, y = series.line(key, view.until)
    if not len(x):
        return None
    metric, basis = METRICS[key], basis_of(key)
    name = _(metric.label)
    label = name if is_sum(key) or not basis else f"{name} ({basis})"
    fine = _RATE_STEP if metric.unit in _PARTS else 1.0
    return Line(
        key, label, color_of(view.keys, key), x, y, lambda value: format_metric(metric, value), side,
        fine=fine, signed=key not in BASES,
    )  # fmt: skip


def _band(series: Series, view: View, key: str, side: str) -> Band | None:
    """Return where the last sessions went, laid over this one's start."""
    found = view.history.bands.get(key)
    if found is None or not found.minutes:
        return None
    return Band(side, color_of(view.keys, key), *series.band(key, found))


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


def _planned(figures: LiveFigures, view: View, plan: Plan) -> tuple[list[Line], list[Flag]]:
    """Return the goal's line and, while the show runs, where GMV will end at this pace."""
    if plan.start is None or plan.end is None or not plan.goal or plan.end <= plan.start:
        return [], []
    goal = _dashed("goal", _("Goal"), "faint", *_goal_points(plan.start, plan.end, plan.goal, plan.curve))
    stands = pace(plan, view.until, figures.total("gmv"))
    early = (stands.should_share or 0.0) < _TRUSTED
    over = view.session.ended_at is not None or view.until >= plan.end
    if stands.projected is None or stands.attained is None or early or over:
        return [goal], []
    ends = np.array([view.until, plan.end], dtype=np.float64)
    values = np.array([stands.attained, stands.projected], dtype=np.float64)
    guess = _dashed("projection", _("At this pace"), "good", ends, values)
    return [goal, guess], [Flag(plan.end, "projection", "→ " + guess.write(stands.projected))]


@lru_cache(maxsize=4)
def _goal_points(start: Instant, end: Instant, goal: Number, curve: tuple[float, ...]) -> tuple[Array, Array]:
    """Return (instants, fen) of the goal's line; the same arrays each second, which a redraw sees at once."""
    shares = curve or (0.0, 1.0)
    return np.linspace(start, end, len(shares)), np.array(shares, dtype=np.float64) * goal


def _dashed(key: str, label: str, color: str, x: Array, y: Array) -> Line:
    gmv = METRICS["gmv"]
    return Line(key, label, color, x, y, lambda value: format_metric(gmv, value), "right", True)
