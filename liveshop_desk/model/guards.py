"""The guards of a price or stock edit. They warn and ask for a second Enter; they never forbid (A2)."""

from __future__ import annotations

from collections.abc import Iterable

from liveshop_desk.i18n import _
from liveshop_desk.model.money import Fen, money_text
from liveshop_desk.model.product import Sku

Guard = tuple[str, str]  # (key, reason in the user's language)

BIG_JUMP = 0.5


def price_guard(skus: Iterable[Sku], price: Fen) -> Guard | None:
    """Return why a live price for these SKUs is unusual, or ``None``: the key of the gravest reason, and all of them.

    One Enter takes them all, so all must be read; each names the SKU that is worst off. Gravest first:
    below_cost: under what it costs; big_jump: more than 50 % away from the price now;
    above_floor: above the lowest deal price of the last seven days (明码标价和禁止价格欺诈规定 art. 16).
    """
    skus = tuple(skus)
    return together((_below_cost(skus, price), _big_jump(skus, price), _above_floor(skus, price)))


def stock_guard(sku: Sku, stock: int) -> Guard | None:
    """Return why a stock figure is unusual: zero takes the product off sale."""
    if stock == 0 and sku.stock != 0:
        return "zero_stock", _("zero stock: the anchor will see it as sold out")
    return None


def together(guards: Iterable[Guard | None]) -> Guard | None:
    """Return several guards as one: the first one's key and every reason, each once."""
    found = [guard for guard in guards if guard is not None]
    if not found:
        return None
    return found[0][0], _(", ").join(dict.fromkeys(reason for _key, reason in found))


def _below_cost(skus: tuple[Sku, ...], price: Fen) -> Guard | None:
    costs = [sku.cost for sku in skus if sku.cost is not None and price < sku.cost]
    return ("below_cost", _("below cost {cost}").format(cost=money_text(max(costs)))) if costs else None


def _big_jump(skus: tuple[Sku, ...], price: Fen) -> Guard | None:
    before = [sku.live_price for sku in skus if sku.live_price]
    jumps = [(price - held, held) for held in before if abs(price - held) > held * BIG_JUMP]
    if not jumps:
        return None
    moved, held = max(jumps, key=lambda jump: abs(jump[0]) / jump[1])
    percent = max(round(100 * moved / held), -99)  # -100 would say that it is for nothing
    return "big_jump", _("changes by {percent}% (was {before})").format(percent=percent, before=money_text(held))


def _above_floor(skus: tuple[Sku, ...], price: Fen) -> Guard | None:
    floors = [sku.floor_price for sku in skus if sku.floor_price and price > sku.floor_price]  # ¥0 was no deal
    if not floors:
        return None
    return "above_floor", _("above the 7-day lowest price {floor}").format(floor=money_text(min(floors)))
