"""What the live placeholders say of a product, formatted for reading from three metres."""

from __future__ import annotations

from liveshop_desk.model.money import Fen, money_text
from liveshop_desk.model.product import Product, spread


def values_of(product: Product | None, title: str = "") -> dict[str, str]:
    """Return placeholder key → text; what is not known is left out and shows as a dash."""
    if product is None:
        return {"name": title} if title else {}
    values = {
        "name": product.title,
        "live_price": price_text([sku.live_price for sku in product.skus]),
        "list_price": price_text([sku.list_price for sku in product.skus]),
        "stock": "" if product.stock is None else str(product.stock),
    }
    return {key: value for key, value in values.items() if value}


def price_text(prices: list[Fen | None]) -> str:
    """Write one price, or the lowest and highest: ¥369, ¥39–59; empty where none is known."""
    ends = spread(prices)
    if ends is None:
        return ""
    low, high = ends
    text = money_text(low, cents=False)
    return text if low == high else f"{text}–{money_text(high, cents=False)[1:]}"
