"""Whether clicks were counted while something was bought: only then do orders and clicks make a rate.

An order comes behind its click. Where no click on anything was told in an order's half hour nor in the one before,
nobody counted clicks then: the order came from a file, or another source told it. A small room has quiet quarters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liveshop_desk.model.clock import Instant

STRETCH_MS = 30 * 60_000


def told_stretches(clicked: Iterable[Instant]) -> set[int]:
    """Return the stretches, by number, whose orders clicks at these instants may have led to."""
    return {stretch for place in {at // STRETCH_MS for at in clicked} for stretch in (place, place + 1)}


def in_part(ordered: Iterable[Instant], told: set[int]) -> bool:
    """Tell whether orders came outside the stretches ``told``; without any there is nothing to tell."""
    return bool(told) and not {at // STRETCH_MS for at in ordered} <= told


def rate(orders: int | None, clicks: int | None, *, partly: bool) -> float | None:
    """Return orders / clicks (次数); ``None`` where clicks were counted for a part only, which more orders show too."""
    if orders is None or not clicks or lacking(orders, clicks, partly=partly):
        return None
    return orders / clicks


def lacking(orders: int | None, clicks: int | None, *, partly: bool) -> bool:
    """Tell whether clicks are known, but not those of all the orders."""
    return bool(clicks) and (partly or (orders or 0) > (clicks or 0))


class Clicked:
    """In which stretches clicks that name a SKU were told, and in which each SKU was bought."""

    def __init__(self) -> None:
        self._told: set[int] = set()
        self._bought: dict[str, dict[int, int]] = {}

    def click(self, at: Instant) -> bool:
        """Note a click; tell whether orders have clicks now that had none."""
        place = at // STRETCH_MS
        told = {place, place + 1}
        if told <= self._told:
            return False
        self._told |= told
        return True

    def buy(self, sku: str, at: Instant, orders: int) -> None:
        """Note orders of a SKU, or that some are taken back (less than 0)."""
        held = self._bought.setdefault(sku, {})
        place = at // STRETCH_MS
        left = held.get(place, 0) + orders
        if left:
            held[place] = left
        else:
            held.pop(place, None)
        if not held:
            del self._bought[sku]

    def partly(self, sku: str) -> bool:
        """Tell whether a SKU was bought while nobody counted clicks, though somebody did at other times."""
        return bool(self._told) and not self._bought.get(sku, {}).keys() <= self._told

    def kept(self) -> tuple[tuple[int, ...], dict[str, dict[int, int]]]:
        """Return what to keep: the stretches with clicks, and SKU → stretch → orders."""
        return tuple(sorted(self._told)), {sku: dict(held) for sku, held in self._bought.items()}

    def restore(self, told: Iterable[int], bought: Mapping[str, Mapping[int, int]]) -> None:
        """Bring back what ``kept`` gave."""
        self._told, self._bought = set(told), {sku: dict(held) for sku, held in bought.items()}
