"""Goal pace: where a session should be by now, where it is, and where it will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant


@dataclass(frozen=True, slots=True)
class Plan:
    """A goal over a planned time. ``goal`` in the metric's own unit (fen for GMV).

    ``curve`` is the cumulative share of past sessions at equal steps from start to end, first 0 and last 1
    (see ``curve_of``); empty means an even pace. Whatever is unknown is ``None``.
    """

    start: Instant | None
    end: Instant | None
    goal: Number | None
    curve: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How a goal stands. ``share`` and ``should_share`` are fractions of the goal; ``None`` is unknown."""

    attained: Number | None
    should: float | None
    share: float | None
    should_share: float | None
    ratio: float | None  # attained / should; under 0.9 is an alarm
    projected: float | None


@dataclass(frozen=True, slots=True)
class Slice:
    """One stretch of the plan: what it must bring and what should stand at its end, whole units."""

    start: Instant
    end: Instant
    planned: int
    cumulative: int


def share_by(plan: Plan, now: Instant) -> float | None:
    """Return the share of the goal that should stand at ``now``, 0 to 1; ``None`` without a start and an end."""
    if plan.start is None or plan.end is None or plan.end <= plan.start:
        return None
    part = min(max((now - plan.start) / (plan.end - plan.start), 0.0), 1.0)
    return _along(plan.curve, part) if len(plan.curve) > 1 else part


def _along(curve: Sequence[float], part: float) -> float:
    """Read the curve at ``part`` (0 to 1) of its length, straight between its points."""
    place = part * (len(curve) - 1)
    left = min(int(place), len(curve) - 2)
    return curve[left] + (curve[left + 1] - curve[left]) * (place - left)


def pace(plan: Plan, now: Instant, attained: Number | None) -> Pace:
    """Compare what is attained with the plan. Safe where start, end, goal or figure are missing."""
    due = share_by(plan, now)
    goal = plan.goal or None  # a goal of 0 is no goal
    should = goal * due if goal is not None and due is not None else None
    share = attained / goal if goal is not None and attained is not None else None
    ratio = attained / should if attained is not None and should else None
    projected = attained / due if attained is not None and due else None
    return Pace(attained, should, share, due if goal is not None else None, ratio, projected)


def decompose(plan: Plan, minutes: int = 10) -> list[Slice]:
    """Split the goal into stretches of ``minutes``; the parts are whole and add up to the goal exactly."""
    if plan.start is None or plan.end is None or plan.goal is None or plan.end <= plan.start:
        return []
    slices: list[Slice] = []
    before, start = 0, plan.start
    while start < plan.end:
        end = min(start + minutes * 60_000, plan.end)
        reached = round(plan.goal * (share_by(plan, end) or 0.0))
        slices.append(Slice(start, end, reached - before, reached))
        before, start = reached, end
    return slices


def stretch_at(plan: Plan, now: Instant) -> Slice | None:
    """Return the ten minutes of the plan that ``now`` lies in; ``None`` outside it."""
    return next((part for part in decompose(plan) if part.start <= now < part.end), None)


def curve_of(past: Sequence[Sequence[Number]], steps: int = 60) -> tuple[float, ...]:
    """Return the mean cumulative share of past sessions at ``steps`` + 1 points; empty without a usable one.

    Each past session is its cumulative total at equal steps of its own length; one that ended at 0 says nothing.
    """
    usable = [series for series in past if len(series) > 1 and series[-1] > 0]
    if not usable:
        return ()
    at = [step / steps for step in range(steps + 1)]
    return tuple(sum(_along(series, part) / series[-1] for series in usable) / len(usable) for part in at)
