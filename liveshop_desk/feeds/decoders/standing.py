"""A relay's running totals only grow: what comes late or after a reconnect must not take them back."""

from __future__ import annotations

from collections.abc import Iterable

from liveshop_desk.model.bases import BASES, Course, Number
from liveshop_desk.model.record import Record

_ROOMS = 64


class Standing:
    """The highest total of each metric by room; a new room begins anew (FEEDS.md: max, reset only with a new room)."""

    def __init__(self) -> None:
        self._highest: dict[str, dict[str, Number]] = {}

    def keep(self, records: Iterable[Record], room: str) -> list[Record]:
        """Return ``records`` without the samples of totals that are below what stands."""
        highest = self._highest.get(room)
        if highest is None:
            highest = self._highest[room] = {}
            if len(self._highest) > _ROOMS:
                del self._highest[next(iter(self._highest))]
        return [record for record in records if record.kind != "sample" or _grows(record, highest)]


def _grows(record: Record, highest: dict[str, Number]) -> bool:
    """Tell whether a sample says anything; remember it."""
    base = BASES.get(record.metric)
    if base is None or base.course is Course.GAUGE or record.value is None:
        return True
    if record.value < highest.get(record.metric, 0):
        return False
    highest[record.metric] = record.value
    return True
