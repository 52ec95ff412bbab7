"""The figures of a session, its KPIs against the sessions before, and its goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liveshop_desk.model.bases import Figures, Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import WHOLE, Coverage, Ground, coverage_of
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import Metric, pooled, value_of
from liveshop_desk.model.rollup import Rollup

PAST = 5  # sessions a mean is taken over

# The order of the summary: what came in, who came, what they did, what it is worth.
KPI_KEYS = (
    "gmv", "net_gmv", "orders", "units", "buyers", "refund_orders", "refund_amount",
    "impressions", "impression_viewers", "views", "viewers", "entered", "online_mean", "online_max", "stay_seconds",
    "exposed_viewers", "clickers", "clicks", "comments", "likes", "shares", "new_followers", "net_followers",
    "fan_joins", "tips", "ad_spend", "watch_seconds", "on_air_seconds",
    "enter_rate", "exposure_rate", "click_rate", "click_pay_rate", "click_pay_rate_times",
    "view_pay_rate", "view_pay_rate_times", "interact_rate", "follow_rate", "cart_rate", "refund_rate",
    "refund_rate_amount", "uv_value", "gpm", "aov", "aov_order", "unit_price", "gmv_per_minute", "roi", "roi_net",
    "profit",
)  # fmt: skip

# The board's cards; each shows the first of its metrics that is known.
CARDS = (
    ("gmv",),
    ("views", "viewers", "entered"),
    ("online_mean", "online_max"),
    ("units", "orders"),
    ("aov", "aov_order", "unit_price"),
    ("click_pay_rate", "click_pay_rate_times", "view_pay_rate", "view_pay_rate_times"),
    ("gpm",),
    ("follow_rate", "new_followers"),
)

_DIFFERENCES = frozenset({"net_followers", "profit"})


@dataclass(frozen=True, slots=True)
class Past:
    """A session before this one, with its base counts."""

    session_id: str
    theme: str
    started_at: Instant | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Kpi:
    """One metric of the session. ``mean`` is over the past sessions, ``previous`` of the newest of them."""

    metric: Metric
    value: Number | None
    mean: Number | None
    previous: Number | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal and what was reached of it, in the metric's own unit (fen for GMV)."""

    key: str
    goal: Number
    actual: Number | None

    @property
    def attainment(self) -> float | None:
        """Return the share reached; ``None`` where nothing is known."""
        return self.actual / self.goal if self.actual is not None and self.goal else None


def figures_of(live: LiveFigures, imported: Figures, *, until: Instant, seconds: float | None) -> dict[str, Number]:
    """Return a session's base counts: what came in live, overruled by what its platform's file said afterwards.

    ``seconds`` is how long it lasted; it becomes ``on_air_seconds`` unless the file gave that.
    """
    known: dict[str, Number] = dict(live.figures(until))
    if seconds:
        known["on_air_seconds"] = seconds
    known |= {key: value for key, value in imported.items() if value is not None}
    return known


def final_figures(
    ends: Iterable[Rollup], imported: Figures, grounds: Mapping[str, Ground] | None = None
) -> dict[str, Number]:
    """Return a past session's base counts from one merged bucket a metric, overruled by its platform's file.

    What ``grounds`` show to have been seen only in part is not the session's count and is left out.
    """
    known: dict[str, Number] = {}
    for end in ends:
        known[end.metric] = end.last
        if end.metric == "online":
            known["online_max"], known["online_mean"] = end.high, end.mean
    known |= {key: value for key, value in imported.items() if value is not None}
    partial = coverage_of(grounds or {}, imported, 0).partial
    return {key: value for key, value in known.items() if key not in partial}


def kpis(
    table: dict[str, Metric], figures: Figures, past: Sequence[Past], coverage: Coverage = WHOLE
) -> tuple[Kpi, ...]:
    """Return the KPIs in the order of ``KPI_KEYS``, blank ones included."""
    sets = [session.figures for session in past]
    return tuple(
        Kpi(
            table[key],
            value_of(table[key], figures, coverage),
            past_mean(table[key], sets),
            value_of(table[key], sets[0]) if sets else None,
        )
        for key in KPI_KEYS
    )


def past_mean(metric: Metric, past: Sequence[Figures]) -> Number | None:
    """Return the mean over past sessions: a quotient from its sums, a count per session that has it, ACU by time."""
    if len(metric.needs) > 1 and metric.key not in _DIFFERENCES:
        return pooled(metric, past)
    if metric.key == "stay_seconds":
        return pooled(metric, past)
    found = [(value, figures) for figures in past if (value := value_of(metric, figures)) is not None]
    if not found:
        return None
    if metric.key == "online_mean":
        return _by_time(found)
    return sum(value for value, _figures in found) / len(found)


def _by_time(found: Sequence[tuple[Number, Figures]]) -> float:
    """Weigh each session's level by its length; plainly where one does not know it."""
    lengths = [figures.get("on_air_seconds") or 0 for _value, figures in found]
    if not all(lengths):
        lengths = [1] * len(found)
    return sum(value * length for (value, _f), length in zip(found, lengths, strict=True)) / sum(lengths)
