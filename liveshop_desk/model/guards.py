"""The guards of a price or stock edit. They warn and ask for a second Enter; they never forbid (A2)."""

from __future__ import annotations

from liveshop_desk.i18n import _
from liveshop_desk.model.money import Fen, money_text
from liveshop_desk.model.product import Sku

Guard = tuple[str, str]  # (key, reason in the user's language)

BIG_JUMP = 0.5


def price_guard(sku: Sku, price: Fen) -> Guard | None:
    """Return why a live price is unusual, the gravest reason first, or ``None``.

    below_cost: under what it costs; big_jump: more than 50 % away from the price now;
    above_floor: above the lowest deal price of the last seven days (明码标价和禁止价格欺诈规定 art. 16).
    """
    if sku.cost is not None and price < sku.cost:
        return "below_cost", _("below cost {cost}").format(cost=money_text(sku.cost))
    held = sku.live_price
    if held and abs(price - held) > held * BIG_JUMP:
        return "big_jump", _("changes by {percent}% (was {before})").format(
            percent=round(100 * (price - held) / held), before=money_text(held)
        )
    if sku.floor_price is not None and price > sku.floor_price:
        return "above_floor", _("above the 7-day lowest price {floor}").format(floor=money_text(sku.floor_price))
    return None


def stock_guard(sku: Sku, stock: int) -> Guard | None:
    """Return why a stock figure is unusual: zero takes the product off sale."""
    if stock == 0 and sku.stock != 0:
        return "zero_stock", _("zero stock: the anchor will see it as sold out")
    return None
