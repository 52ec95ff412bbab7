"""Every metric of the desk, defined once. ``METRICS`` holds them with the default choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from liveshop_desk.i18n import mark
from liveshop_desk.model.bases import BASES, Better, Figures, Number, Unit
from liveshop_desk.model.metrics import Choices, Metric, value_of

_NOT_GIVEN = mark("no source gave it")
_ZERO = mark("a count is missing, or the divisor is 0")
_MISSING = mark("a count is missing")
_PERSON = mark("per person")
_TIMES = mark("per time")

_GPM = {
    "views": (mark("per 1,000 views"), mark("GMV × 1000 / views")),
    "viewers": (mark("per 1,000 viewers"), mark("GMV × 1000 / viewers")),
    "impressions": (mark("per 1,000 room impressions"), mark("GMV × 1000 / room impressions")),
}
_AOV = {
    "buyers": (mark("per buyer"), mark("GMV / buyers")),
    "orders": (mark("per order"), mark("GMV / orders")),
}
_INTERACT = {
    "viewers": ("interacting_viewers", _PERSON, mark("interacting viewers / viewers")),
    "views": ("comments", mark("comments per view"), mark("comments / views")),
}


@dataclass(frozen=True, slots=True)
class _Quotient:
    """The definition of ``top × scale / bottom``, blank where ``bottom`` is 0."""

    key: str
    label: str
    top: str
    bottom: str
    formula: str
    basis: str = _PERSON
    unit: Unit = Unit.FRACTION
    scale: int = 1
    digits: int = 1
    better: Better = Better.UP
    parts: tuple[tuple[str, int], ...] = ()

    def divide(self, known: Mapping[str, Number]) -> Number | None:
        """Return the quotient."""
        return known[self.top] * self.scale / known[self.bottom] if known[self.bottom] else None

    def metric(self) -> Metric:
        """Return it as a metric."""
        needs = (self.top, self.bottom)
        return Metric(
            self.key, self.label, self.unit, self.basis, self.formula, _ZERO, needs, self.divide,
            self.better, self.digits, self.parts,
        )  # fmt: skip


def metrics(choices: Choices) -> dict[str, Metric]:
    """Return every metric by key, with ``choices`` made and printed in the basis."""
    table = {key: _base(key) for key in BASES}
    quotients = (*_FUNNEL, *_MONEY, *_PEOPLE, *_chosen(choices), *_after(choices))
    for metric in (*(quotient.metric() for quotient in quotients), *_sums(choices)):
        table[metric.key] = metric
    return table


def value(key: str, figures: Figures, choices: Choices | None = None) -> Number | None:
    """Return one metric by key over one set of base counts; ``None`` is blank."""
    table = METRICS if choices is None else metrics(choices)
    return value_of(table[key], figures)


def _base(key: str) -> Metric:
    """Make the metric that is a base count itself."""
    base = BASES[key]
    return Metric(key, base.label, base.unit, "", "", _NOT_GIVEN, (key,), _one(key), base.better)


def _one(key: str) -> Callable[[Mapping[str, Number]], Number]:
    """Return the function that reads one count."""
    return lambda known: known[key]


_VIEW_TO_PAY = mark("View → pay")
_CLICK_TO_PAY = mark("Click → pay")
_SHOWN_TO_CLICK = mark("Product shown → click")

# By people first; the same steps counted in times (次数) are other metrics under their own keys.
_FUNNEL = (
    _Quotient(
        "enter_rate", mark("Impression → view"), "viewers", "impression_viewers",
        mark("viewers / people shown the room"),
    ),
    _Quotient(
        "exposure_rate", mark("View → product shown"), "exposed_viewers", "viewers",
        mark("people shown a product / viewers"),
    ),
    _Quotient(
        "click_rate", _SHOWN_TO_CLICK, "clickers", "exposed_viewers", mark("product clickers / people shown a product")
    ),
    _Quotient("click_pay_rate", _CLICK_TO_PAY, "buyers", "clickers", mark("buyers / product clickers")),
    _Quotient("view_pay_rate", _VIEW_TO_PAY, "buyers", "viewers", mark("buyers / viewers")),
    _Quotient(
        "click_rate_times", _SHOWN_TO_CLICK, "clicks", "exposures", mark("product clicks / product exposures"), _TIMES
    ),
    _Quotient("click_pay_rate_times", _CLICK_TO_PAY, "orders", "clicks", mark("orders / product clicks"), _TIMES),
    _Quotient("view_pay_rate_times", _VIEW_TO_PAY, "orders", "views", mark("orders / views"), _TIMES),
)  # fmt: skip

_MONEY = (
    _Quotient(
        "uv_value", mark("UV value"), "gmv", "viewers", mark("GMV / viewers"), mark("per viewer"), Unit.MONEY, digits=2
    ),
    _Quotient(
        "aov_order", mark("Average order value"), "gmv", "orders", mark("GMV / orders"), mark("per order"),
        Unit.MONEY, digits=2,
    ),
    _Quotient(
        "unit_price", mark("Average unit price"), "gmv", "units", mark("GMV / units"), mark("per unit"),
        Unit.MONEY, digits=2,
    ),
    _Quotient(
        "gmv_per_minute", mark("GMV per minute"), "gmv", "on_air_seconds", mark("GMV / minutes on air"),
        mark("per minute on air"), Unit.MONEY, scale=60, digits=0,
    ),
    _Quotient(
        "roi", mark("Payment ROI"), "gmv", "ad_spend", mark("GMV / ad spend"), mark("before refunds, ads only"),
        Unit.RATIO, digits=2,
    ),
    _Quotient(
        "roi_net", mark("Overall ROI"), "net_gmv", "costs", mark("net GMV / all costs"),
        mark("after refunds, all costs"), Unit.RATIO, digits=2,
    ),
)  # fmt: skip

_PEOPLE = (
    _Quotient(
        "stay_seconds", mark("Mean stay"), "watch_seconds", "viewers", mark("total watch time / viewers"),
        unit=Unit.SECONDS, digits=0,
    ),
    _Quotient("follow_rate", mark("Follow rate"), "new_followers", "viewers", mark("new followers / viewers")),
    _Quotient(
        "cart_rate", mark("Add-to-cart rate"), "cart_adders", "clickers",
        mark("people adding to cart / product clickers"),
    ),
)  # fmt: skip


def _chosen(choices: Choices) -> tuple[_Quotient, ...]:
    """Return the metrics the trade defines in more than one way."""
    gpm_basis, gpm_formula = _GPM[choices.gpm_by]
    aov_basis, aov_formula = _AOV[choices.aov_by]
    top, interact_basis, interact_formula = _INTERACT[choices.interact_by]
    gpm = _Quotient("gpm", mark("GPM"), "gmv", choices.gpm_by, gpm_formula, gpm_basis, Unit.MONEY, 1000, digits=0)
    aov = _Quotient(
        "aov", mark("Average order value"), "gmv", choices.aov_by, aov_formula, aov_basis, Unit.MONEY, digits=2
    )
    interact = _Quotient(
        "interact_rate", mark("Interaction rate"), top, choices.interact_by, interact_formula, interact_basis
    )
    return gpm, aov, interact


def _after(choices: Choices) -> tuple[_Quotient, ...]:
    """Return the rates known once refunds and later orders are in."""
    age = (("hours", choices.refund_hours),)
    days = (("days", choices.repurchase_days),)
    return (
        _Quotient(
            "refund_rate", mark("Refund rate"), "refund_orders", "orders", mark("refunded orders / paid orders"),
            mark("per order, refunds within {hours} h of payment"), better=Better.DOWN, parts=age,
        ),
        _Quotient(
            "refund_rate_amount", mark("Refund rate"), "refund_amount", "gmv", mark("refunded amount / GMV"),
            mark("by amount, refunds within {hours} h of payment"), better=Better.DOWN, parts=age,
        ),
        _Quotient(
            "repurchase_rate", mark("Repurchase rate"), "repeat_buyers", "buyers",
            mark("buyers with two orders or more / buyers"), mark("per person, orders within {days} d"), parts=days,
        ),
    )  # fmt: skip


def _sums(choices: Choices) -> tuple[Metric, ...]:
    """Return the metrics that are differences, not quotients."""
    costs = ("user_paid", "platform_fee", "commission", "goods_cost")
    return (
        Metric(
            "net_gmv", mark("Net GMV"), Unit.MONEY, mark("refunds within {hours} h of payment"),
            mark("GMV − refunded amount"), _MISSING, ("net_gmv",), _one("net_gmv"), digits=0,
            parts=(("hours", choices.refund_hours),),
        ),
        Metric(
            "net_followers", mark("Net followers"), Unit.COUNT, "", mark("new followers − lost followers"), _MISSING,
            ("new_followers", "lost_followers"), lambda known: known["new_followers"] - known["lost_followers"],
        ),
        Metric(
            "profit", mark("Gross profit"), Unit.MONEY, mark("cost as of the sale"),
            mark("paid by users − platform fee − commission − cost of goods"), _MISSING, costs,
            lambda known: known[costs[0]] - sum(known[cost] for cost in costs[1:]),
        ),
    )  # fmt: skip


METRICS: dict[str, Metric] = metrics(Choices())
