"""The base counts every metric is made of: their names, units, and how they behave over time.

A set of base counts is a plain mapping ``{"views": 21254, "gmv": 6104530, …}`` (``Figures``). Money is fen,
lengths of time are seconds. A count nobody gave is absent or ``None``, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from liveshop_desk.i18n import mark

Number = int | float
Figures = Mapping[str, Number | None]
BLANK = "—"  # how what nobody knows is written


class Unit(StrEnum):
    """What a figure is counted in."""

    MONEY = "money"  # fen
    COUNT = "count"
    FRACTION = "fraction"  # 0.068 is shown as 6.8%
    SECONDS = "seconds"
    RATIO = "ratio"  # 3.2 times
    COIN = "coin"  # the platform's own gift money; yuan only where the platform says so


class Better(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    NEUTRAL = "neutral"


class Course(StrEnum):
    """How a base count behaves while a session runs."""

    GAUGE = "gauge"  # the present level; the last figure holds until the next (online)
    TOTAL = "total"  # grows from the session's start (gmv, orders)


@dataclass(frozen=True, slots=True)
class Base:
    """One base count. ``label`` is a message id, translated where it is shown."""

    key: str
    label: str
    unit: Unit = Unit.COUNT
    course: Course = Course.TOTAL
    better: Better = Better.UP


_ALL = (
    Base("online", mark("Online"), course=Course.GAUGE),
    Base("online_max", mark("Peak online (PCU)"), course=Course.GAUGE),
    Base("online_mean", mark("Mean online (ACU)"), course=Course.GAUGE),
    Base("stay_seconds", mark("Mean stay"), Unit.SECONDS, Course.GAUGE),
    Base("watch_seconds", mark("Total watch time"), Unit.SECONDS),
    Base("on_air_seconds", mark("Time on air"), Unit.SECONDS, better=Better.NEUTRAL),
    Base("views", mark("Views")),
    Base("viewers", mark("Viewers")),
    Base("impressions", mark("Room impressions")),
    Base("impression_viewers", mark("People shown the room")),
    Base("exposures", mark("Product exposures")),
    Base("exposed_viewers", mark("People shown a product")),
    Base("clicks", mark("Product clicks")),
    Base("clickers", mark("Product clickers")),
    Base("cart_adders", mark("People adding to cart")),
    Base("cart_units", mark("Units added to cart")),
    Base("buyers", mark("Buyers")),
    Base("repeat_buyers", mark("Buyers with two orders or more")),
    Base("orders", mark("Orders")),
    Base("units", mark("Units sold")),
    Base("gmv", mark("GMV"), Unit.MONEY),
    Base("user_paid", mark("Paid by users"), Unit.MONEY),
    Base("net_gmv", mark("Net GMV"), Unit.MONEY),
    Base("refund_orders", mark("Refunded orders"), better=Better.DOWN),
    Base("refund_amount", mark("Refunded amount"), Unit.MONEY, better=Better.DOWN),
    Base("ad_spend", mark("Ad spend"), Unit.MONEY, better=Better.NEUTRAL),
    Base("costs", mark("All costs"), Unit.MONEY, better=Better.DOWN),
    Base("goods_cost", mark("Cost of goods"), Unit.MONEY, better=Better.NEUTRAL),
    Base("platform_fee", mark("Platform fee"), Unit.MONEY, better=Better.DOWN),
    Base("commission", mark("Commission"), Unit.MONEY, better=Better.DOWN),
    Base("comments", mark("Comments")),
    Base("interacting_viewers", mark("Interacting viewers")),
    Base("likes", mark("Likes")),
    Base("shares", mark("Shares")),
    Base("gifts", mark("Gifts")),
    Base("tips", mark("Tips"), Unit.COIN),
    Base("tippers", mark("Tippers")),
    Base("fan_joins", mark("Fan-club joins")),
    Base("new_followers", mark("New followers")),
    Base("lost_followers", mark("Lost followers"), better=Better.DOWN),
    Base("negative_feedback", mark("Negative feedback"), better=Better.DOWN),
    Base("entered", mark("Entered")),
    Base("left", mark("Left"), better=Better.DOWN),
)

BASES: dict[str, Base] = {base.key: base for base in _ALL}


def is_money(key: str) -> bool:
    """Tell whether ``key`` is an amount in fen."""
    base = BASES.get(key)
    return base is not None and base.unit is Unit.MONEY
