"""What a metric is, how its value is taken from base counts, and how it is written.

The definitions themselves are in ``metrics_catalogue``. A division by zero and a missing count give ``None``
(blank), never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from liveshop_desk.i18n import _, number_text, percent_text, span_text
from liveshop_desk.model.bases import BLANK, Better, Figures, Number, Unit
from liveshop_desk.model.coverage import WHOLE, Coverage
from liveshop_desk.model.money import money_text

BETWEEN_PARTS = " · "  # of a basis: by what it counts, and what to know about it
# What ``complete`` works out where nobody told it, and of which counts.
_FOLLOWS = {
    "watch_seconds": ("stay_seconds", "viewers"),
    "stay_seconds": ("watch_seconds", "viewers"),
    "net_gmv": ("gmv", "refund_amount"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the shop chose where the trade has no single definition. Every choice is printed in the basis."""

    gpm_by: Literal["views", "viewers", "impressions"] = "views"
    interact_by: Literal["viewers", "views"] = "viewers"
    aov_by: Literal["buyers", "orders"] = "buyers"
    refund_hours: int = 1  # how long after payment a refund still counts (退款成熟度)
    repurchase_days: int = 1  # the window in which a second order makes a repeat buyer


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric: the only definition of it.

    ``label``, ``basis``, ``formula`` and ``blank_when`` are message ids; ``parts`` fills the basis.
    ``function`` takes completed figures, all of ``needs`` known; it returns ``None`` where it would divide by zero.
    ``digits`` are the decimals printed (of the percentage, for fractions).
    """

    key: str
    label: str
    unit: Unit
    basis: str
    formula: str
    blank_when: str
    needs: tuple[str, ...]
    function: Callable[[Mapping[str, Number]], Number | None]
    better: Better = Better.UP
    digits: int = 0
    parts: tuple[tuple[str, int], ...] = ()

    def basis_text(self) -> str:
        """Return the basis in the user's language: ``per person``, ``within 1 h of payment``."""
        return _(self.basis).format(**dict(self.parts)) if self.basis else ""


def complete(figures: Figures, coverage: Coverage = WHOLE) -> dict[str, Number]:
    """Return the known figures, with what follows from them: watch time, net GMV."""
    known: dict[str, Number] = {key: value for key, value in figures.items() if value is not None}
    if "watch_seconds" not in known and "stay_seconds" in known and "viewers" in known:
        known["watch_seconds"] = known["stay_seconds"] * known["viewers"]
    if "stay_seconds" not in known and "watch_seconds" in known and known.get("viewers"):
        known["stay_seconds"] = known["watch_seconds"] / known["viewers"]
    both = "gmv" in known and "refund_amount" in known
    if "net_gmv" not in known and both and coverage.alike("gmv", "refund_amount"):
        known["net_gmv"] = known["gmv"] - known["refund_amount"]
    return known


def counts_of(metric: Metric) -> set[str]:
    """Return the counts a metric can be worked out of."""
    return {*metric.needs, *(count for need in metric.needs for count in _FOLLOWS.get(need, ()))}


def value_of(metric: Metric, figures: Figures, coverage: Coverage = WHOLE) -> Number | None:
    """Return the metric over one set of base counts; ``None`` is blank.

    Counts that do not cover the same of the show make no rate. A mean stay that was told stands by itself where the
    counts it is made of are not known.
    """
    known = complete(figures, coverage)
    if any(need not in known for need in metric.needs):
        return known.get(metric.key)
    if len(metric.needs) > 1 and not coverage.alike(*metric.needs):
        return None
    return metric.function(known)


def why_blank(metric: Metric, figures: Figures, coverage: Coverage, *, brief: bool = False) -> str:
    """Say in the user's language why counts that are known make no figure; empty where that is not the reason.

    ``brief`` is for a tile: a word or two, the whole is in its tooltip.
    """
    needs = ("gmv", "refund_amount") if metric.key == "net_gmv" else metric.needs
    known = complete(figures, coverage)
    if metric.key in known or not all(need in known for need in needs):
        return ""
    return coverage.reason(*needs, brief=brief)


def basis_of(metric: Metric, figures: Figures, coverage: Coverage, *, brief: bool = False) -> str:
    """Return the basis beside a figure: why it is blank, or by what it counts and what to know about it."""
    why = why_blank(metric, figures, coverage, brief=brief)
    note = coverage.note(*metric.needs, brief=brief)
    return why or BETWEEN_PARTS.join(part for part in (metric.basis_text(), note) if part)


def pooled(metric: Metric, sessions: Iterable[Figures]) -> Number | None:
    """Return the metric over several sessions together: sums over sums, never a mean of means.

    A session that lacks one of the counts takes no part. So 人均观看时长 weighs by viewers and a click rate by
    the people who saw a product. Only for quotients and sums; a peak has no sum.
    """
    sums: dict[str, Number] = dict.fromkeys(metric.needs, 0)
    used = False
    for figures in sessions:
        known = complete(figures)
        if all(need in known for need in metric.needs):
            used = True
            for need in metric.needs:
                sums[need] += known[need]
    return metric.function(sums) if used else None


def format_metric(metric: Metric, value: Number | None) -> str:
    """Write a value with its unit: ¥86,402 · 1,284 · 6.8% · 1m 35s · 3.21; blank is a dash."""
    if value is None:
        return BLANK
    if metric.unit is Unit.MONEY:
        return _money(value, metric.digits)
    if metric.unit is Unit.FRACTION:
        return percent_text(value, metric.digits)
    if metric.unit is Unit.SECONDS:
        return span_text(value)
    return number_text(value, metric.digits)


def _money(fen: Number, digits: int) -> str:
    """Write fen with 0 or 2 decimals; whole yuan are rounded half up."""
    if digits:
        return money_text(round(fen))
    whole = (abs(round(fen)) + 50) // 100 * 100
    return money_text(whole if fen >= 0 else -whole, cents=False)


def change(metric: Metric, now: Number | None, before: Number | None) -> float | None:
    """Return the change: the difference for fractions, else relative to ``before``; ``None`` where unknown."""
    if now is None or before is None:
        return None
    if metric.unit is Unit.FRACTION:
        return now - before
    return (now - before) / abs(before) if before else None


def delta_text(metric: Metric, now: Number | None, before: Number | None) -> str:
    """Write the change since ``before``: ``▲ 12%``, ``▼ 1.3pt`` for fractions; empty where it is unknown."""
    moved = change(metric, now, before)
    if moved is None:
        return ""
    fraction = metric.unit is Unit.FRACTION
    if not fraction and -1 < moved < -0.99:
        moved = -0.99  # something is left: 100% would say that nothing is
    body = f"{number_text(abs(moved) * 100, 1)}pt" if fraction else percent_text(abs(moved), 0)
    if round(abs(moved) * 100, 1 if fraction else 0) == 0:
        return body
    return f"{'▲' if moved > 0 else '▼'} {body}"


def is_good(metric: Metric, now: Number | None, before: Number | None) -> bool | None:
    """Tell whether the change is for the better; ``None`` where there is none or it is neither."""
    moved = change(metric, now, before)
    if not moved or metric.better is Better.NEUTRAL:
        return None
    return (moved > 0) == (metric.better is Better.UP)
