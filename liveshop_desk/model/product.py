"""What is sold: products and their SKUs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from liveshop_desk.model.money import Fen


class Role(StrEnum):
    """What a product is for in the show (货品角色)."""

    HIT = "hit"  # 爆款
    NEW = "new"  # 新品
    CLEARANCE = "clearance"  # 清仓
    REGULAR = "regular"  # 常规
    PROFIT = "profit"  # 利润
    TRAFFIC = "traffic"  # 引流


@dataclass(frozen=True, slots=True)
class Sku:
    """One sellable variant (规格). Prices and cost in fen; ``None`` is unknown, never zero."""

    id: str
    product_id: str
    spec: str = ""
    code: str = ""
    barcode: str = ""
    list_price: Fen | None = None  # 吊牌价（划线价）
    live_price: Fen | None = None  # 直播价
    floor_price: Fen | None = None  # 七天最低成交价
    cost: Fen | None = None
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """A product with its SKUs in file order. ``id`` is the shop's own; ``code`` the 商家编码."""

    id: str
    title: str
    code: str = ""
    brand: str = ""
    category: str = ""
    role: Role = Role.REGULAR
    offer: str = ""  # 机制: what comes with it
    selling_points: str = ""
    seller: str = ""
    note: str = ""
    skus: tuple[Sku, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes it is known by: its own, or where it has none those of its SKUs."""
        return (self.code,) if self.code else tuple(dict.fromkeys(sku.code for sku in self.skus if sku.code))

    @property
    def stock(self) -> int | None:
        """Return the stock over all SKUs; ``None`` where none is known."""
        known = [sku.stock for sku in self.skus if sku.stock is not None]
        return sum(known) if known else None


def spread(values: list[Fen | None]) -> tuple[Fen, Fen] | None:
    """Return (lowest, highest) of the known values, or ``None``."""
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else None


def title_key(title: str) -> str:
    """Return what two writings of one title have in common: neither blanks nor capitals tell products apart."""
    return "".join(title.split()).casefold()
