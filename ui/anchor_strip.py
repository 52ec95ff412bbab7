"""What the strip says of the stock."""

from __future__ import annotations

from typing import NamedTuple

from liveshop_desk.i18n import _
from liveshop_desk.model.product import Product

_SPEC = 8  # characters of a SKU's name


class Short(NamedTuple):
    """Whether the whole runs short, and what else is to be known beside the number."""

    low: bool = False
    note: str = ""


def short_of(product: Product | None, low_stock: int) -> Short:
    """Return what is short of a product: all of it, or of several SKUs the one with the fewest left."""
    stock = product.stock if product else None
    if product is None or stock is None:
        return Short()
    if stock <= 0:
        return Short(low=True, note=_("Sold out"))
    if len(product.skus) > 1:
        least = min((sku for sku in product.skus if sku.stock is not None), key=lambda sku: sku.stock or 0)
        left = least.stock or 0
        if left <= low_stock:
            name = least.spec[:_SPEC]
            return Short(
                stock <= low_stock, f"{name} {left}".strip() if left > 0 else _("{sku} sold out").format(sku=name)
            )
    return Short(low=stock <= low_stock)
