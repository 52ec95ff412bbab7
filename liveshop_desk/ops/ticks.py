"""The ticks "done on the platform": a price that has changed here is not yet changed there."""

from __future__ import annotations

from collections.abc import Collection

from liveshop_desk.store import queries
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store


def reopen(store: Store, step: Step, product_ids: Collection[str]) -> None:
    """Take back the ticks of these products in every session that has not ended."""
    for link_id, product_id in queries.open_ticks(store):
        if product_id in product_ids:
            step.update("shelf_links", link_id, done=0)
