"""The quiet alarms: pure conditions. Thresholds are the shop's; whoever asks passes what it knows."""

from __future__ import annotations

from dataclasses import dataclass

from liveshop_desk.i18n import _, mark, percent_text, span_text
from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.goals import Pace


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When an alarm speaks. Lengths in seconds, shares as fractions."""

    stock_seconds: float = 120
    goal_ratio: float = 0.9
    silent_seconds: float = 900
    online_drop: float = 0.2
    online_seconds: float = 180


DEFAULTS = Thresholds()


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. ``text`` is a message id, ``parts`` its placeholders, already written for the user."""

    key: str
    text: str
    parts: tuple[tuple[str, str], ...] = ()

    def message(self) -> str:
        """Return the alarm in the user's language."""
        return _(self.text).format(**dict(self.parts))


def pitch_over_time(title: str, seconds_on_air: float, planned_seconds: float | None) -> Alarm | None:
    """Tell when the segment on air has passed its planned length."""
    if planned_seconds is None or seconds_on_air <= planned_seconds:
        return None
    over = span_text(seconds_on_air - planned_seconds)
    return Alarm("pitch_over", mark("{title} is {over} over its time"), (("title", title), ("over", over)))


def stock_running_out(
    title: str, stock: int | None, units: Number | None, seconds: float, limits: Thresholds = DEFAULTS
) -> Alarm | None:
    """Tell when ``stock`` would be gone soon at the rate of ``units`` sold in the last ``seconds``."""
    if stock is None or stock <= 0 or not units or units < 0 or seconds <= 0:
        return None
    left = stock * seconds / units
    if left >= limits.stock_seconds:
        return None
    parts = (("title", title), ("stock", str(stock)), ("left", span_text(left)))
    return Alarm("stock_out", mark("{title}: {stock} left, gone in {left} at this rate"), parts)


def goal_behind(pace: Pace, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when the goal pace is under its threshold."""
    if pace.ratio is None or pace.ratio >= limits.goal_ratio:
        return None
    return Alarm("goal_behind", mark("Goal pace {ratio}"), (("ratio", percent_text(pace.ratio, 0)),))


def no_figures(
    last_at: Instant | None, started_at: Instant, now: Instant, limits: Thresholds = DEFAULTS
) -> Alarm | None:
    """Tell when nobody entered a figure for a while, counted from the session's start at first."""
    since = (now - max(last_at or started_at, started_at)) / 1000
    if since < limits.silent_seconds:
        return None
    return Alarm("no_figures", mark("No figure for {since}"), (("since", span_text(since)),))


def online_falling(now: Number | None, before: Number | None, limits: Thresholds = DEFAULTS) -> Alarm | None:
    """Tell when online fell by the threshold; ``before`` is the figure ``limits.online_seconds`` ago."""
    if now is None or not before or now > before * (1 - limits.online_drop):
        return None
    parts = (("drop", percent_text(1 - now / before, 0)), ("span", span_text(limits.online_seconds)))
    return Alarm("online_drop", mark("Online fell {drop} in {span}"), parts)
