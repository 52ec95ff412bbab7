"""The demo's audience: the minutes before the window opened, played at once through the same inlet as any source."""

from __future__ import annotations

from collections.abc import Sequence

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.feeds.simulate import Audience
from liveshop_desk.model.clock import Instant, ManualClock
from liveshop_desk.model.product import Product
from liveshop_desk.model.session import Session
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store

SEED = 1121  # always the same evening
CHUNK = 30_000  # ms played at once; within a chunk the room looks at one SKU
BACKGROUND = 0.4  # how much the goods that are not on air are looked at, against 1


def play(
    store: Store, session: Session, pitched: Sequence[tuple[Instant, Product | None]], *, until: Instant
) -> dict[Instant, int]:
    """Let an audience live through the segments taken (instant, product) up to ``until``.

    Stock falls with the orders: this is the demo's own file. Return how many were online at each take.
    """
    clock = ManualClock(pitched[0][0])
    crowd = Audience(SEED, _goods(store), clock)
    inlet = Inlet(store, session.id, moves_stock=True)
    online: dict[Instant, int] = {}
    ends = [at for at, _product in pitched[1:]] + [until]
    try:
        for (begin, product), end in zip(pitched, ends, strict=True):
            inlet.figures.cut(begin)
            level = inlet.figures.total("online")
            if level is not None:
                online[begin] = int(level)
            _segment(inlet, crowd, product, begin, end)
    finally:
        inlet.close()
    return online


def _segment(inlet: Inlet, crowd: Audience, product: Product | None, begin: Instant, end: Instant) -> None:
    """Play one segment in short chunks, the SKUs of its product in turn."""
    names = [sku.id for sku in product.skus] if product else []
    for turn, at in enumerate(range(begin, end, CHUNK)):
        inlet.receive(crowd.due(min(at + CHUNK, end), names[turn % len(names)] if names else None))
        inlet.pump()


def _goods(store: Store) -> list[tuple[str, int, float]]:
    """Return (SKU, price, weight) of all that can be sold."""
    return [
        (sku.id, sku.live_price, BACKGROUND / len(product.skus))
        for product in queries.products(store)
        for sku in product.skus
        if sku.live_price is not None
    ]
