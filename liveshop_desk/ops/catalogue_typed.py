"""Catalogue edits as a hand types them into a cell: an empty cell is unknown, never zero."""

from __future__ import annotations

from typing import Any

from liveshop_desk.errors import NeedsConfirm, Refused
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.money import parse_money
from liveshop_desk.model.product import Product
from liveshop_desk.ops import catalogue, shelf
from liveshop_desk.store.store import Store

MONEY = ("list_price", "live_price", "floor_price", "cost")


def type_product(store: Store, product_id: str, field: str, text: str, *, confirmed: bool = False) -> None:
    """Set a product's field from what was typed. A price or cost is set for all its SKUs.

    Raises NeedsConfirm at a guard, Refused for the stock of a product with several SKUs, UserError for nonsense.
    """
    if field not in (*MONEY, "stock"):
        if field == "title" and not confirmed and _is_number(text):  # the key that is the price's in the queue
            raise NeedsConfirm("number_name", _("the name would be a number alone"))
        catalogue.edit_product(store, product_id, **{field: text})
        return
    product = catalogue.find(store, product_id)
    if field == "stock" and len(product.skus) > 1:
        raise _which_sku(product)
    _type_skus(store, [sku.id for sku in product.skus], field, text, confirmed=confirmed)


def type_sku(store: Store, sku_id: str, field: str, text: str, *, confirmed: bool = False) -> None:
    """Set one SKU's field from what was typed. Raises as ``type_product`` does."""
    if field in (*MONEY, "stock"):
        _type_skus(store, [sku_id], field, text, confirmed=confirmed)
    else:
        values: dict[str, Any] = {field: text}
        catalogue.edit_sku(store, sku_id, **values)


def _type_skus(store: Store, sku_ids: list[str], field: str, text: str, *, confirmed: bool) -> None:
    if not sku_ids:
        raise Refused(_("This product has no spec to price."), todo=_("Add a spec first."))
    value: Any = None
    if text.strip() and field == "live_price":
        shelf.type_price(store, sku_ids, text, confirmed=confirmed)
        return
    if text.strip() and field == "stock":
        shelf.type_stock(store, sku_ids[0], text, confirmed=confirmed)
        return
    if text.strip():
        value = shelf.read_price(text)
    catalogue.edit_skus(store, sku_ids, confirmed=confirmed, **{field: value})


def _is_number(text: str) -> bool:
    try:
        parse_money(text)
    except ValueError:
        return False
    return True


def _which_sku(product: Product) -> Refused:
    n = len(product.skus)
    return Refused(
        ngettext("{n} spec has a stock of its own.", "{n} specs have a stock of their own each.", n).format(n=n),
        todo=_("Set them in the card at the right."),
    )
