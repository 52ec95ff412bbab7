"""Who bought what: orders, refunds, clicks and carts by SKU."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liveshop_desk.model.clicked import Clicked
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import Record

MOST_SKUS = 5_000  # more names than that are noise from outside


@dataclass(frozen=True, slots=True)
class SkuSales:
    """What one SKU sold so far. ``gmv`` in fen; ``None`` where no order told its amount.

    ``clicks`` are those that named the SKU; ``None`` where no source tells them (then there is no 转化).
    ``refunded`` are units given back, ``carted`` units put into the cart. ``partly``: some of its orders came while
    nobody counted clicks, though at other times of the show somebody did.
    """

    units: int = 0
    orders: int = 0
    gmv: Fen | None = None
    clicks: int | None = None
    refunded: int = 0
    carted: int = 0
    partly: bool = False


class Sales:
    """Sales by SKU. ``beyond`` counts records that named a SKU when 5 000 were known already."""

    def __init__(self) -> None:
        self.per_sku: dict[str, SkuSales] = {}
        self.beyond = 0
        self.clicked = Clicked()

    def order(self, record: Record, units: int) -> None:
        """Count a paid line."""
        old = self._held(record.sku)
        if old is not None:
            gmv = old.gmv if record.amount is None else (old.gmv or 0) + record.amount
            self.clicked.buy(record.sku, record.at, 1)
            self.per_sku[record.sku] = SkuSales(
                old.units + units, old.orders + 1, gmv, old.clicks, old.refunded, old.carted,
                self.clicked.partly(record.sku),
            )  # fmt: skip

    def void(self, record: Record, units: int) -> None:
        """Take a paid line back; where no amount is left, none is known."""
        old = self._held(record.sku)
        if old is not None:
            gmv = old.gmv if record.amount is None or old.gmv is None else old.gmv - record.amount
            orders = old.orders - 1
            self.clicked.buy(record.sku, record.at, -1)
            left = replace(old, units=old.units - units, orders=orders, gmv=gmv or None)
            self._put(record.sku, replace(left, partly=self.clicked.partly(record.sku)))

    def click(self, sku: str, count: int, at: Instant) -> None:
        """Count somebody's look at one SKU."""
        old = self._held(sku)
        if old is not None:
            self.per_sku[sku] = replace(old, clicks=(old.clicks or 0) + count)
            if self.clicked.click(at):
                self._look_again()

    def refund(self, sku: str, units: int) -> None:
        """Count units given back."""
        old = self._held(sku)
        if old is not None:
            self._put(sku, replace(old, refunded=old.refunded + units))

    def cart(self, sku: str, units: int) -> None:
        """Count units put into the cart."""
        old = self._held(sku)
        if old is not None:
            self.per_sku[sku] = replace(old, carted=old.carted + units)

    def _put(self, sku: str, sales: SkuSales) -> None:
        """Keep what a SKU sold; one of which everything was taken back is none."""
        if sales == SkuSales():
            self.per_sku.pop(sku, None)
        else:
            self.per_sku[sku] = sales

    def _look_again(self) -> None:
        """Work out anew whose orders lack clicks: with the first click of each stretch."""
        for sku, sold in self.per_sku.items():
            partly = self.clicked.partly(sku)
            if partly != sold.partly:
                self.per_sku[sku] = replace(sold, partly=partly)

    def restore(
        self, sold: Mapping[str, tuple[int, int, Fen | None, int | None, int, int]],
        clicked: Iterable[int], bought: Mapping[str, Mapping[int, int]],
    ) -> None:  # fmt: skip
        """Bring back what was kept (``carry.Carry``)."""
        self.per_sku = {sku: SkuSales(*each) for sku, each in sold.items()}
        self.clicked.restore(clicked, bought)
        self._look_again()

    def _held(self, sku: str) -> SkuSales | None:
        """Return what is known of a SKU; ``None`` for none and for one name too many."""
        if not sku:
            return None
        old = self.per_sku.get(sku)
        if old is None:
            if len(self.per_sku) >= MOST_SKUS:
                self.beyond += 1
                return None
            old = SkuSales()
        return old
