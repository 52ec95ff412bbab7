"""The catalogue (商品库) as a Qt table over ten thousand products: own list of matches, one-cell changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QByteArray, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from liveshop_desk.changes import Changes
from liveshop_desk.model.product import Product
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from ui.models.catalogue_cells import COLUMNS, RIGHT, Column, cell, fold, haystack, heading, sort_key
from ui.models.cell import Cell
from ui.models.dragged import PRODUCTS_MIME
from ui.widgets.basics import plain_tip
from ui.widgets.cell_delegate import CELL

PRODUCT_ID = CELL + 1
FEW = 200  # products changed at once that are read one by one; more are read together

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole catalogue, and beside each product the words the search looks through."""

    products: list[Product]
    hay: list[str]


def read_whole(store: Store) -> Whole:
    """Read it; of ten thousand products the words alone take four of the prompter's frames."""
    products = list(queries.products(store))
    return Whole(products, [haystack(product) for product in products])


class CatalogueModel(QAbstractTableModel):
    """Rows are the products that match the search, in the order of the sorted column.

    The filter is a list of matching places of our own: a proxy model costs 200 times as much a keystroke.
    """

    def __init__(self, store: Store, *, low_stock: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._low_stock = low_stock
        self._products: list[Product] = []
        self._place: dict[str, int] = {}  # product id → place in _products
        self._hay: list[str] = []
        self._cells: dict[int, list[Cell]] = {}  # place → its cells, once shown
        self._order: list[int] = []  # places in the order of the sorted column
        self._shown: list[int] = []  # those of them that match
        self._row: dict[int, int] | None = None  # place → row, made when it is asked for
        self._words: list[str] = []
        self._edited_unseen = False  # since all were searched: one that is not shown may match by now
        self._sorted: tuple[Column, bool] | None = None

    # -- reading the shop ------------------------------------------------------------------------------------

    def load(self, whole: Whole | None = None) -> None:
        """Read the whole catalogue (or take it as it was read in a thread)."""
        self.beginResetModel()
        self._take(read_whole(self._store) if whole is None else whole)
        self.endResetModel()

    def _take(self, whole: Whole) -> None:
        self._products = whole.products
        self._place = {product.id: place for place, product in enumerate(whole.products)}
        self._hay = whole.hay
        self._cells.clear()
        self._arrange()
        self._match()

    def is_large_change(self, changes: Changes) -> bool:
        """Tell whether a change is better met by reading everything again."""
        return changes.everything or len(self._touched(changes)) > FEW

    def apply(self, changes: Changes) -> None:
        """Re-read the products a committed step changed; redraw only the cells that differ."""
        if not changes.touches("products", "skus"):
            return
        if self.is_large_change(changes):
            self.load()
            return
        fresh = {product_id: queries.product(self._store, product_id) for product_id in self._touched(changes)}
        if any(product is None or product_id not in self._place for product_id, product in fresh.items()):
            self._come_and_go(fresh)
        else:
            for product in fresh.values():
                if product is not None:
                    self._replace(product)

    def _touched(self, changes: Changes) -> set[str]:
        """Return the ids of products whose row or SKUs changed."""
        skus = changes.ids("skus")
        touched = changes.ids("products")
        if len(skus) > FEW * 4:
            return touched | skus
        found = (queries.sku(self._store, sku_id) for sku_id in skus)
        touched |= {sku.product_id for sku in found if sku}
        gone = {sku_id for sku_id in skus if queries.sku(self._store, sku_id) is None}
        if gone:
            touched |= {product.id for product in self._products for sku in product.skus if sku.id in gone}
        return touched

    def _come_and_go(self, fresh: dict[str, Product | None]) -> None:
        known = {product.id: product for product in self._products} | fresh
        listed = [known[product_id] for product_id in queries.product_ids(self._store) if product_id in known]
        held = [product for product in listed if product is not None]
        hay = [haystack(each) if each.id in fresh else self._hay[self._place[each.id]] for each in held]
        self.beginResetModel()
        self._take(Whole(held, hay))
        self.endResetModel()

    def _replace(self, product: Product) -> None:
        """Take a product's new values. It keeps its row even where it would sort or match otherwise now."""
        place = self._place[product.id]
        before = self._products[place]
        self._products[place] = product
        self._hay[place] = haystack(product)
        self._cells.pop(place, None)
        row = self.row_of(product.id)
        if row is None:
            self._edited_unseen = True
            return
        for number, column in enumerate(COLUMNS):
            if cell(column, before, self._low_stock) != cell(column, product, self._low_stock):
                index = self.index(row, number)
                self.dataChanged.emit(index, index)

    # -- searching and sorting -------------------------------------------------------------------------------

    def set_filter(self, text: str) -> bool:
        """Show only products with all of the words; tell whether other rows are shown now."""
        words = fold(text).split()
        if words == self._words:
            return False
        narrower = (
            bool(self._words)
            and not self._edited_unseen
            and len(words) >= len(self._words)
            and all(new.startswith(old) or old in new for old, new in zip(self._words, words, strict=False))
        )
        self._words = words
        self.beginResetModel()
        self._match(self._shown if narrower else None)
        self.endResetModel()
        return True

    def _match(self, among: Sequence[int] | None = None) -> None:
        """Find the places that match; a longer word is looked for among the matches of the shorter."""
        places = self._order if among is None else among
        self._edited_unseen &= among is not None
        hay = self._hay
        for word in self._words:
            places = [place for place in places if word in hay[place]]
        self._shown = list(places) if places is self._order else [*places]
        self._row = None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; blanks come last either way. A negative column is the catalogue's own order."""
        self.layoutAboutToBeChanged.emit()
        held = [(index, self._shown[index.row()]) for index in self.persistentIndexList()]
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorted = (COLUMNS[column], descending) if column >= 0 else None
        self._arrange()
        shown = set(self._shown)  # a row that was edited and matches no more stays till another search
        self._shown, self._row = [place for place in self._order if place in shown], None
        for index, place in held:
            self.changePersistentIndex(index, self.index(self._rows()[place], index.column()))
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        places = range(len(self._products))
        if self._sorted is None:
            self._order = list(places)
            return
        column, descending = self._sorted
        key = sort_key(column)
        keys = [key(product) for product in self._products]
        known = sorted((p for p in places if keys[p] is not None), key=lambda place: keys[place], reverse=descending)
        self._order = known + [place for place in places if keys[place] is None]

    # -- asking ----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """Return how many products the catalogue holds."""
        return len(self._products)

    def product(self, row: int) -> Product:
        """Return the product shown in a row."""
        return self._products[self._shown[row]]

    def cells(self, row: int) -> list[Cell]:
        """Return all cells of a row, in the order of the columns."""
        place = self._shown[row]
        return self._cells.get(place) or self._made(place)

    def by_id(self, product_id: str) -> Product | None:
        """Return a product of the catalogue, shown or not."""
        place = self._place.get(product_id)
        return None if place is None else self._products[place]

    def row_of(self, product_id: str) -> int | None:
        """Return the row a product is shown in, or ``None``."""
        place = self._place.get(product_id)
        return None if place is None else self._rows().get(place)

    def _rows(self) -> dict[int, int]:
        if self._row is None:
            self._row = {place: row for row, place in enumerate(self._shown)}
        return self._row

    # -- Qt's side -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of matching products."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell for a role; CELL is all of it at once, for the painter."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        cells = self.cells(index.row())
        if role == CELL:
            return cells[index.column()]
        if role == _DISPLAY:
            return cells[index.column()].text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[index.column()] in RIGHT else _LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cells[index.column()].whole) or None
        return self.product(index.row()).id if role == PRODUCT_ID else None

    def _made(self, place: int) -> list[Cell]:
        """Make a row's cells when it is first shown."""
        product = self._products[place]
        made = self._cells[place] = [cell(column, product, self._low_stock) for column in COLUMNS]
        return made

    def retranslate(self) -> None:
        """Make all cells again, in the language in use."""
        self._cells.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading and its side."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[section] in RIGHT else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that products can be chosen and dragged into the queue."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeTypes(self) -> list[str]:
        """Return what dragged products are."""
        return [PRODUCTS_MIME]

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the dragged products' ids, one a line, in the order shown."""
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        data.setData(PRODUCTS_MIME, QByteArray("\n".join(self.product(row).id for row in rows).encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that a drag copies: the catalogue keeps its products."""
        return Qt.DropAction.CopyAction
