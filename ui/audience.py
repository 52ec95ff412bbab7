"""The simulated audience of a rehearsal as a source of the evening's numbers."""

from __future__ import annotations

from collections.abc import Mapping

from liveshop_desk.feeds.simulate import Audience
from liveshop_desk.model.bases import Number
from liveshop_desk.model.record import Record
from liveshop_desk.store import queries
from ui.context import Context


class Simulated:
    """The audience wants to know what is on air; it never ends by itself."""

    def __init__(self, audience: Audience, context: Context, session_id: str) -> None:
        self._audience = audience
        self._context = context
        self._session_id = session_id
        self.done = False

    def due(self, limit: int) -> list[Record]:  # noqa: ARG002 - a second of it is a handful
        """Return what the audience did till now."""
        return self._audience.due(self._context.desk.clock.now(), self._on_air_sku())

    def _on_air_sku(self) -> str | None:
        return queries.sku_on_air(self._context.desk.store, self._session_id)


def invited(context: Context, session_id: str, standing: Mapping[str, Number] | None) -> Simulated:
    """Return an audience that buys what is in the session's queue, another crowd every time."""
    products = [
        (sku.id, sku.live_price, 1.0)
        for row in queries.queue(context.desk.store, session_id)
        if row.product
        for sku in row.product.skus
        if sku.live_price is not None
    ]
    clock = context.desk.clock
    audience = Audience(clock.now() % 1_000_003, products, clock, standing=standing)
    return Simulated(audience, context, session_id)
