"""The catalogue as an import sees it: found by the file's keys, codes and titles, and growing while a plan is made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from liveshop_desk.ops.importing_draft import Drafts
from liveshop_desk.store import queries
from liveshop_desk.store.step import Fields
from liveshop_desk.store.store import Store

_BRACKETS = re.compile(r"[(（【\[][^)）】\]]*[)）】\]]")
NEW_PRODUCT: Fields = {
    "title": "", "code": "", "source_key": "", "brand": "", "category": "", "role": "regular", "offer": "",
    "selling_points": "", "seller": "", "note": "",
}  # fmt: skip
NEW_SKU: Fields = {
    "source_key": "", "spec": "", "code": "", "barcode": "", "list_price": None, "live_price": None,
    "floor_price": None, "cost": None, "stock": None,
}  # fmt: skip
SKU_NAMES = ("source_key", "code", "barcode")


def spoken(title: str, code: str = "") -> str:
    """Return a title as it is said: without its code, what stands in brackets, and blanks."""
    bare = _BRACKETS.sub(" ", title.replace(code, " ") if code else title)
    return "".join(bare.split()).casefold()


class Shelf:
    """Every product and SKU with all columns, indexed; rows added to it land in ``drafts``.

    With ``names`` only what has one of them as id, code or title is read: all that a short list can mean, in a few
    milliseconds where the whole catalogue takes hundreds. What ``called`` finds beyond that is read when asked for.
    """

    def __init__(self, store: Store, names: Iterable[str] | None = None) -> None:
        self._store, self._partly = store, names is not None
        self.drafts = Drafts()
        self._by_key: dict[str, Fields] = {}
        self._by_code: defaultdict[str, list[Fields]] = defaultdict(list)
        self._by_title: defaultdict[str, list[Fields]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Fields]] | None = None  # made when first asked
        self._unread: defaultdict[str, list[str]] = defaultdict(list)  # spoken name → ids, beside ``_by_name``
        self._skus: defaultdict[str, list[Fields]] = defaultdict(list)
        self._rank = queries.last_rank(store)
        self._means: dict[tuple[str, str], Fields] = {}  # (product id, the file's key) → SKU
        self.products: dict[str, Fields] = {}
        self._sku_names: dict[str, defaultdict[str, list[Fields]]] = {name: defaultdict(list) for name in SKU_NAMES}
        if names is None:
            self._read(queries.product_images(store), queries.sku_images(store))
        else:
            self._read(*queries.images_named(store, names))

    def _read(self, products: Iterable[Fields], skus: Iterable[Fields]) -> None:
        for product in products:
            self._index(product)
        for sku in skus:
            self._index_sku(sku)

    def _index(self, product: Fields) -> None:
        self.products[product["id"]] = product
        if product["source_key"]:
            self._by_key.setdefault(product["source_key"], product)
        if product["code"]:
            self._by_code[product["code"]].append(product)
        self._by_title[product["title"]].append(product)
        if self._by_name is not None:
            self._by_name[spoken(product["title"], product["code"])].append(product)

    def _index_sku(self, sku: Fields) -> None:
        self._skus[sku["product_id"]].append(sku)
        for name, index in self._sku_names.items():
            if sku[name]:
                index[sku[name]].append(sku)

    def by_key(self, key: str) -> Fields | None:
        """Return the product a platform's file named ``key``."""
        return self._by_key.get(key)

    def know(self, key: str, product: Fields) -> None:
        """Remember, while this plan is made, that the file means ``product`` by ``key``."""
        self._by_key.setdefault(key, product)

    def by_code(self, code: str, without_keys: Collection[str] = ()) -> Fields | None:
        """Return the first product with this code whose own key is none of ``without_keys``."""
        return next((p for p in self._by_code.get(code, ()) if p["source_key"] not in without_keys), None)

    def by_title(self, title: str, without_keys: Collection[str] = ()) -> Fields | None:
        """Return the one product with exactly this title; ``None`` where there is none or several."""
        found = [product for product in self._by_title.get(title, ()) if product["source_key"] not in without_keys]
        return found[0] if len(found) == 1 else None

    def called(self, name: str) -> list[Fields]:
        """Return the products of this title, leaving out codes, brackets and blanks: what a person calls them."""
        key = spoken(name)
        if not key:
            return []
        if self._by_name is None:
            self._by_name = self._all_names()
        if unread := self._unread.pop(key, None):
            self._read(*queries.images_named(self._store, unread))
        return self._by_name.get(key, [])

    def _all_names(self) -> defaultdict[str, list[Fields]]:
        """Index what was read by its spoken name, and note the ids of what was not."""
        found: defaultdict[str, list[Fields]] = defaultdict(list)
        for product in self.products.values():
            found[spoken(product["title"], product["code"])].append(product)
        for product_id, title, code in queries.product_names(self._store) if self._partly else ():
            if product_id not in self.products:
                self._unread[spoken(title, code)].append(product_id)
        return found

    def skus_named(self, name: str, value: str) -> list[Fields]:
        """Return the SKUs with this source_key, code or barcode (``name`` says which)."""
        return self._sku_names[name].get(value, [])

    def by_sku_code(self, code: str) -> Fields | None:
        """Return the one product of which a SKU has this code; ``None`` where there is none or several."""
        owners = {sku["product_id"] for sku in self.skus_named("code", code)}
        return self.products.get(owners.pop()) if len(owners) == 1 else None

    def skus(self, product: Fields) -> list[Fields]:
        """Return a product's SKUs in order."""
        return self._skus[product["id"]]

    def find_sku(
        self, product: Fields, key: str | None, code: str | None, spec: str | None, taken: Collection[str] = ()
    ) -> Fields | None:
        """Return a product's SKU by the file's key, then its code, then its spec.

        ``taken`` are the keys of the file: a SKU it names by another key is another one, same spec or not.
        Where the file tells no SKUs apart it is the one without key, code and spec, else the only one.
        """
        if key and (product["id"], key) in self._means:
            return self._means[product["id"], key]
        skus = self.skus(product)
        free = [sku for sku in skus if sku["source_key"] not in taken or sku["source_key"] in ("", key)]
        for name, value in (("source_key", key), ("code", code), ("spec", spec)):
            found = next((sku for sku in free if value and sku[name] == value), None)
            if found:
                if key:
                    self._means[product["id"], key] = found  # later rows of the file mean it by this key too
                return found
        if key or code or spec:
            return None
        bare = [sku for sku in skus if not (sku["source_key"] or sku["code"] or sku["spec"])]
        return bare[0] if bare else skus[0] if len(skus) == 1 else None

    def add_product(self, values: Fields) -> Fields:
        """Add a product at the catalogue's end."""
        self._rank += 1
        product = self.drafts.add("products", NEW_PRODUCT | values | {"rank": self._rank})
        self._index(product)
        return product

    def add_sku(self, product: Fields, values: Fields) -> Fields:
        """Add a SKU at the end of its product."""
        rank = max((sku["rank"] for sku in self.skus(product)), default=-1) + 1
        sku = self.drafts.add("skus", NEW_SKU | values | {"product_id": product["id"], "rank": rank})
        self._index_sku(sku)
        return sku
