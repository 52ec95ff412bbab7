"""Editing the catalogue by hand (P3): products and their SKUs, one act one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.guards import Guard, price_guard, stock_guard, together
from liveshop_desk.model.money import LIMIT
from liveshop_desk.model.product import Product, Role, Sku
from liveshop_desk.ops import ticks
from liveshop_desk.ops.shelf import checked_stock
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Fields
from liveshop_desk.store.store import Store

TEXTS = {"title": 200, "code": 64, "brand": 100, "category": 200, "offer": 500, "selling_points": 5000,
         "seller": 100, "note": 5000}  # fmt: skip
SKU_TEXTS = {"spec": 100, "code": 64, "barcode": 64}  # longest, in characters
PRICES = ("list_price", "live_price", "floor_price", "cost")


def add_product(store: Store, title: str, **fields: Any) -> str:
    """Add a product with one SKU at the catalogue's end and return its id.

    ``fields`` are those of ``edit_product`` and of ``edit_sku``. Raises UserError where one cannot be.
    """
    of_sku = {name: value for name, value in fields.items() if name in (*PRICES, "stock", "barcode", "spec")}
    of_product = checked_product({"title": title} | {n: v for n, v in fields.items() if n not in of_sku})
    of_sku = checked_sku(of_sku)
    with store.step(mark("Add product {item}"), item=of_product["title"]) as step:
        row = {"id": new_id(), "rank": queries.last_rank(store) + 1} | of_product
        product_id = step.insert("products", row)
        step.insert("skus", {"id": new_id(), "product_id": product_id, "rank": 0} | of_sku)
    return product_id


def edit_product(store: Store, product_id: str, **fields: Any) -> None:
    """Change a product's title, code, brand, category, role, offer, selling_points, seller or note."""
    product = find(store, product_id)
    checked = checked_product(fields)
    with store.step(mark("Edit {item}"), item=product.title) as step:
        step.update("products", product_id, **checked)


def edit_products(store: Store, product_ids: Sequence[str], **fields: Any) -> None:
    """Change the same fields of several products in one step."""
    checked = checked_product(fields)
    with store.step(mark("Edit {n} products"), n=len(product_ids)) as step:
        for product_id in product_ids:
            step.update("products", product_id, **checked)


def edit_sku(store: Store, sku_id: str, *, confirmed: bool = False, **fields: Any) -> None:
    """Change a SKU's spec, code, barcode, prices (fen), cost (fen) or stock; ``None`` is unknown.

    Raises NeedsConfirm at a guard of the live price or the stock unless ``confirmed``.
    """
    edit_skus(store, [sku_id], confirmed=confirmed, **fields)


def edit_skus(store: Store, sku_ids: Sequence[str], *, confirmed: bool = False, **fields: Any) -> None:
    """Change the same fields of several SKUs of one product in one step. Guards as in ``edit_sku``.

    Raises Refused where another SKU of the product has the spec already.
    """
    skus = [sku for sku in (queries.sku(store, sku_id) for sku_id in sku_ids) if sku is not None]
    if not skus:
        raise Refused(_("This row is no longer there."))
    checked = checked_sku(fields)
    product = find(store, skus[0].product_id)
    if "spec" in checked:
        _refuse_twin(product, checked["spec"], [sku.id for sku in skus])
    if not confirmed:
        _ask(skus, checked)
    live = queries.live_session(store)
    with store.step(mark("Edit {item}"), item=product.title, session_id=live.id if live else None) as step:
        for sku in skus:
            step.update("skus", sku.id, **checked)
        if any("live_price" in (change.after or ()) for change in step.rows):
            ticks.reopen(store, step, [product.id])


def add_sku(store: Store, product_id: str, spec: str = "", **fields: Any) -> str:
    """Add a SKU to a product, at its end, and return its id."""
    product = find(store, product_id)
    checked = checked_sku({"spec": spec} | fields)
    _refuse_twin(product, checked["spec"])
    with store.step(mark("Add spec {spec} to {item}"), spec=checked["spec"] or "—", item=product.title) as step:
        row = {"id": new_id(), "product_id": product_id, "rank": queries.last_sku_rank(store, product_id) + 1}
        return step.insert("skus", row | checked)


def _refuse_twin(product: Product, spec: str, own: Sequence[str] = ()) -> None:
    """Refuse a spec that a SKU other than ``own`` has: two of one name cannot be told apart on air."""
    if any(sku.spec == spec and sku.id not in own for sku in product.skus):
        raise Refused(_("{item} has this spec already.").format(item=product.title))


def remove_sku(store: Store, sku_id: str) -> None:
    """Take a SKU off its product. Raises Refused for a product's only one."""
    sku = queries.sku(store, sku_id)
    product = find(store, sku.product_id if sku else "")
    if len(product.skus) == 1:
        raise Refused(_("A product keeps at least one spec."), todo=_("Remove the product instead."))
    with store.step(mark("Remove a spec of {item}"), item=product.title) as step:
        step.delete("skus", sku_id)


def remove_products(store: Store, product_ids: Sequence[str]) -> None:
    """Take products and their SKUs out of the catalogue.

    Raises Refused where one stands in the queue of a session that has not ended.
    """
    products = [product for product in (queries.product(store, i) for i in product_ids) if product is not None]
    if not products:
        raise Refused(_("These products are no longer in the catalogue."))
    queued = queries.queues_of(store, [product.id for product in products])
    for product in products:
        if product.id in queued:
            raise Refused(
                _("{item} is in the queue of {theme}.").format(item=product.title, theme=queued[product.id]),
                kept=_("Nothing was removed."),
                todo=_("Take it out of the queue first."),
            )
    label = mark("Remove {title}") if len(products) == 1 else mark("Remove {n} products")
    with store.step(label, title=products[0].title, n=len(products)) as step:
        for product in products:
            for sku in product.skus:
                step.delete("skus", sku.id)
            step.delete("products", product.id)


def find(store: Store, product_id: str) -> Product:
    """Return a product. Raises Refused where it is gone."""
    product = queries.product(store, product_id)
    if product is None:
        raise Refused(_("This product is no longer in the catalogue."))
    return product


def checked_product(fields: Fields) -> Fields:
    """Return product fields as they are kept. Raises UserError for one that cannot be."""
    checked: Fields = {}
    for name, value in fields.items():
        checked[name] = Role(value) if name == "role" else _text(name, value, TEXTS[name])
    if "title" in checked and not checked["title"]:
        raise UserError(_("A product needs a name."), kept=_("The name is unchanged."))
    return checked


def checked_sku(fields: Fields) -> Fields:
    """Return SKU fields as they are kept. Raises UserError for one that cannot be."""
    checked: Fields = {}
    for name, value in fields.items():
        if name in SKU_TEXTS:
            checked[name] = _text(name, value, SKU_TEXTS[name])
        elif name == "stock":
            checked[name] = None if value is None else checked_stock(value)
        elif name in PRICES:
            checked[name] = _price(name, value)
        else:
            raise ValueError(name)
    return checked


def _text(name: str, value: str, longest: int) -> str:
    kept = value.strip() if name in ("selling_points", "note", "offer") else " ".join(value.split())
    if len(kept) > longest:
        raise UserError(
            _("At most {n} characters; this has {found}.").format(n=longest, found=len(kept)),
            kept=_("Nothing was changed."),
        )
    return kept


def _price(name: str, value: int | None) -> int | None:
    if value is None or (0 < value <= LIMIT) or (name == "cost" and value == 0):
        return value
    raise UserError(_("A price must be above ¥0.00."), kept=_("The price is unchanged."))


def _ask(skus: Sequence[Sku], fields: Fields) -> None:
    """Raise what the guards have to say of an edit."""
    price, stock = fields.get("live_price"), fields.get("stock")
    guards: list[Guard | None] = []
    if price is not None:
        guards.append(price_guard((sku for sku in skus if sku.live_price != price), price))
    if stock is not None:
        guards += [stock_guard(sku, stock) for sku in skus]
    guard = together(guards)
    if guard is not None:
        raise NeedsConfirm(*guard)
