"""Two sources of one metric are never added up: the one higher on the operator's list is believed while it is fresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liveshop_desk.model.bases import BASES
from liveshop_desk.model.record import Record

# An order is told apart by its number, a click by its product's, so two sources of them add nothing twice.
_FREE = frozenset({"order", "refund"})


def metric_of(record: Record) -> str:
    """Return what two sources would compete for; empty where there is nothing to compete for."""
    if record.kind in _FREE:
        return ""
    if record.kind == "sample":
        return record.metric if record.metric in BASES else ""
    return _SAMPLED.get(record.kind, record.kind)


# An event and the sample of the total it adds to are one metric.
_SAMPLED = {
    "comment": "comments", "like": "likes", "enter": "entered", "follow": "new_followers", "join": "fan_joins",
    "share": "shares", "gift": "gifts", "click": "clicks", "cart": "cart_units",
}  # fmt: skip


class Priority:
    """Who gives what, and who is believed."""

    def __init__(self, order: Sequence[str] = ()) -> None:
        self._rank: dict[str, int] = {}
        self._givers: dict[str, set[str]] = {}
        self.put(order)

    def put(self, order: Sequence[str]) -> None:
        """Take another order, first the one believed first. Who was left out gives nothing any more."""
        self._rank = {key: place for place, key in enumerate(order)}
        for givers in self._givers.values():
            givers.intersection_update(self._rank)

    def admits(self, key: str, record: Record, fresh: Callable[[str], bool]) -> bool:
        """Tell whether ``key`` is believed for this record: nobody above it both gives the metric and is fresh."""
        metric = metric_of(record)
        if not metric:
            return True
        givers = self._givers.setdefault(metric, set())
        givers.add(key)
        if len(givers) == 1:
            return True
        own = self._rank.get(key, len(self._rank))
        return not any(self._rank.get(other, own) < own and fresh(other) for other in givers)
