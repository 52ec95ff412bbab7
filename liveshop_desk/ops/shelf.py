"""Price, stock and shelf: the edits the operator makes while the show runs (A2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from liveshop_desk.errors import NeedsConfirm, Refused, UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.guards import Guard, price_guard, stock_guard
from liveshop_desk.model.money import LIMIT, Fen, TooFine, money_text, parse_price
from liveshop_desk.ops import ticks
from liveshop_desk.store import queries
from liveshop_desk.store.queries import NamedSku
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

STOCK_LIMIT = 10_000_000
_LONGEST_NUMBER = 12  # characters
_SIGNS = str.maketrans({"＋": "+", "－": "-", "−": "-", ",": None, "，": None, " ": None, "\u3000": None})


def set_price(store: Store, sku_ids: Sequence[str], price: Fen, *, confirmed: bool = False) -> None:
    """Set the live price (fen) of some SKUs of one product in one step.

    Ticks "done on the platform" of the product reopen: the platform still has the old price.
    Raises NeedsConfirm at a guard unless ``confirmed``; UserError where the price is no price.
    """
    if not 0 < price <= LIMIT:
        raise UserError(_("A live price must be above ¥0.00."), kept=_("The price is unchanged."))
    with store.step(mark("{item} price {before} → {after}"), after=money_text(price, cents=False)) as step:
        step.session_id = queries.live_session_id(store)
        found = _found(store, sku_ids)  # read where it is written: nothing comes between the guard and the edit
        if not confirmed:
            _ask(price_guard((named.sku for named in found), price))
        first = found[0]
        item = first.item if len(found) == 1 else first.title
        step.say(item=item, before=money_text(first.sku.live_price, cents=False))
        new = {"live_price": price}
        changed = [step.change("skus", named.sku.id, {"live_price": named.sku.live_price}, new) for named in found]
        if any(changed):
            ticks.reopen(store, step, [first.sku.product_id])


def type_price(store: Store, sku_ids: Sequence[str], text: str, *, confirmed: bool = False) -> None:
    """Set the live price as it was typed: ``369``, ``369.00``, ``¥369``. Raises as ``set_price`` does."""
    set_price(store, sku_ids, read_price(text), confirmed=confirmed)


def read_price(text: str) -> Fen:
    """Read a price (or a cost) as it was typed. Raises UserError where it is none, or would have to be rounded."""
    try:
        return parse_price(text)
    except ValueError as error:
        why = _("“{text}” has more than two decimals.") if isinstance(error, TooFine) else _("“{text}” is not a price.")
        raise UserError(why.format(text=text), kept=_("The price is unchanged.")) from error


def type_stock(store: Store, sku_id: str, text: str, *, confirmed: bool = False) -> None:
    """Set the stock as it was typed: ``18``, or by a difference ``+50``, ``-3``. Raises as ``set_stock`` does."""
    bare = text.strip().translate(_SIGNS)
    # isdecimal too: int() would read 1_000, and a person who typed that meant something else
    digits = bare[1:] if bare[:1] in ("+", "-") else bare
    if not digits.isdecimal() or len(digits) > _LONGEST_NUMBER:
        raise UserError(
            _("“{text}” is not a stock: type 18, +50 or -3.").format(text=text), kept=_("The stock is unchanged.")
        )
    if digits is not bare:
        add_stock(store, sku_id, int(bare), confirmed=confirmed)
    else:
        set_stock(store, sku_id, int(bare), confirmed=confirmed)


def set_stock(store: Store, sku_id: str, stock: int, *, confirmed: bool = False) -> None:
    """Set the stock of one SKU. Raises NeedsConfirm where it becomes zero, UserError where it is no stock."""
    _change_stock(store, sku_id, lambda _held: stock, confirmed=confirmed)


def add_stock(store: Store, sku_id: str, difference: int, *, confirmed: bool = False) -> None:
    """Add to (or take from) the stock of one SKU as it is at that moment: what sells meanwhile stays sold.

    Raises Refused where the stock is not known: nothing is no zero to count from.
    """

    def moved(held: int | None) -> int:
        if held is None:
            raise Refused(
                _("The stock of this SKU is not known."),
                kept=_("The stock is unchanged."),
                todo=_("Type the stock itself, for example 50."),
            )
        return held + difference

    _change_stock(store, sku_id, moved, confirmed=confirmed)


def checked_stock(stock: int) -> int:
    """Return what can be a SKU's stock as it is. Raises UserError for anything else."""
    if 0 <= stock <= STOCK_LIMIT:
        return stock
    raise UserError(_("Stock is a whole number from 0 to 10,000,000."), kept=_("The stock is unchanged."))


def _change_stock(store: Store, sku_id: str, change: Callable[[int | None], int], *, confirmed: bool) -> None:
    with store.step(mark("{item} stock {before} → {after}")) as step:
        step.session_id = queries.live_session_id(store)
        named = _found(store, [sku_id])[0]
        sku, stock = named.sku, checked_stock(change(named.sku.stock))
        if not confirmed:
            _ask(stock_guard(sku, stock))
        step.say(item=named.item, before="—" if sku.stock is None else sku.stock, after=stock)
        step.change("skus", sku.id, {"stock": sku.stock}, {"stock": stock})


def set_listed(store: Store, session_id: str, product_id: str, listed: bool, *, confirmed: bool = False) -> None:
    """Put a product on the live room's shelf or take it off (上架 / 下架).

    Raises NeedsConfirm where it is to be listed with nothing left of any SKU; unknown stock is no zero.
    """
    product = queries.product(store, product_id)
    if product is None:
        raise Refused(_("This row has no product to list."))
    if listed and not confirmed and product.skus and all(sku.stock == 0 for sku in product.skus):
        raise NeedsConfirm(
            "zero_stock", _("{item} has no stock: viewers would see it sold out.").format(item=product.title)
        )
    label = mark("List {item}") if listed else mark("Unlist {item}")
    with store.step(label, item=product.title, session_id=session_id) as step:
        row = {"id": f"{session_id}:{product_id}", "session_id": session_id, "product_id": product_id}
        step.put("shelf", row, listed=int(listed))
        if step.rows:
            ticks.reopen(store, step, [product_id])


def set_link(store: Store, session_id: str, product_id: str, platform: str, link_no: str) -> None:
    """Set a product's link number (链接号) on one platform tonight."""
    with store.step(
        mark("{platform} link {number}"), platform=platform, number=link_no or "—", session_id=session_id
    ) as step:
        _put_link(step, session_id, product_id, platform, link_no=link_no.strip())


def set_done(store: Store, session_id: str, product_id: str, platform: str, done: bool) -> None:
    """Tick that the act has also been done on a platform, or take the tick back."""
    label = mark("Done on {platform}") if done else mark("Not done on {platform}")
    with store.step(label, platform=platform, session_id=session_id) as step:
        _put_link(step, session_id, product_id, platform, done=int(done))


def _put_link(step: Step, session_id: str, product_id: str, platform: str, **fields: str | int) -> None:
    row_id = f"{session_id}:{product_id}:{platform}"
    row = {"id": row_id, "session_id": session_id, "product_id": product_id, "platform": platform}
    step.put("shelf_links", row, **fields)


def _found(store: Store, sku_ids: Sequence[str]) -> list[NamedSku]:
    found = [named for sku_id in sku_ids if (named := queries.named_sku(store, sku_id)) is not None]
    if not found:
        raise Refused(_("This row has no product to price."))
    return found


def _ask(guard: Guard | None) -> None:
    if guard is not None:
        raise NeedsConfirm(*guard)
