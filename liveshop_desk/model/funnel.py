"""The funnel 曝光 → 观看 → 商品曝光 → 商品点击 → 成交: the one weakest step and who fixes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.bases import Figures, Number
from liveshop_desk.model.coverage import WHOLE, Coverage
from liveshop_desk.model.metrics import format_metric, pooled, value_of
from liveshop_desk.model.metrics_catalogue import METRICS

_ANCHOR = mark("Anchor")
_REMEDIES = {
    "enter_rate": (mark("Operator"), mark("picture, cover, traffic")),
    "exposure_rate": (_ANCHOR, mark("guidance, demonstration")),
    "click_rate": (_ANCHOR, mark("guidance, demonstration")),
    "click_pay_rate": (mark("Anchor and operator"), mark("price, trust, closing")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One rate of the funnel. ``mean`` is over the past sessions; ``change`` is value / mean − 1."""

    key: str
    value: Number | None
    mean: Number | None
    change: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The four steps in order. ``weakest`` is the key of the one to mend, ``None`` where none fell behind."""

    steps: tuple[Step, ...]
    weakest: str | None

    @property
    def weakest_step(self) -> Step | None:
        """Return the step to mend."""
        return next((step for step in self.steps if step.key == self.weakest), None)

    def fixer(self) -> str:
        """Return who mends the weakest step, in the user's language; empty where there is none."""
        return _(_REMEDIES[self.weakest][0]) if self.weakest else ""

    def remedy(self) -> str:
        """Return what to work at, in the user's language; empty where there is none."""
        return _(_REMEDIES[self.weakest][1]) if self.weakest else ""


def weakest_words(found: Funnel) -> str:
    """Write which step is weakest, its rate then and now, who mends it and how; empty where none fell behind."""
    step = found.weakest_step
    if step is None:
        return ""
    metric = METRICS[step.key]
    return _("{step} {now} against {mean} before. {who}: {remedy}.").format(
        step=_(metric.label), now=format_metric(metric, step.value), mean=format_metric(metric, step.mean),
        who=found.fixer(), remedy=found.remedy(),
    )  # fmt: skip


def none_words(found: Funnel) -> str:
    """Write why no step is named: none fell behind, or there is nothing to hold them against.

    Of a step without a rate nothing is known: where not all could be compared, it is said how many were.
    """
    compared = sum(step.change is not None for step in found.steps)
    if compared == len(found.steps):
        return _("No step of the funnel fell behind.")
    if compared:
        return _("Only {n} of {all} steps known: none fell behind.").format(n=compared, all=len(found.steps))
    if all(step.value is None for step in found.steps):
        return _("No rate of the funnel is known of this session.")
    return _("The funnel needs figures of earlier sessions.")


def funnel(now: Figures, past: Sequence[Figures], coverage: Coverage = WHOLE) -> Funnel:
    """Hold the four rates against the past sessions' (the last five) mean, weighted by the people at each step."""
    steps = tuple(_step(key, now, past, coverage) for key in _REMEDIES)
    behind = [(step.change, step.key) for step in steps if step.change is not None and step.change < 0]
    return Funnel(steps, min(behind)[1] if behind else None)


def _step(key: str, now: Figures, past: Sequence[Figures], coverage: Coverage) -> Step:
    """Compare one rate."""
    metric = METRICS[key]
    value = value_of(metric, now, coverage)
    mean = pooled(metric, past)
    moved = value / mean - 1 if value is not None and mean else None
    return Step(key, value, mean, moved)
