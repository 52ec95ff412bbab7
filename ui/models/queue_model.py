"""The queue (流程单) as a Qt table: re-reads only what a change touches, redraws only the cells that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from liveshop_desk.changes import Changes
from liveshop_desk.model.rundown import Rundown, Timing, rundown
from liveshop_desk.model.sales import SkuSales
from liveshop_desk.model.session import Pitch, Session, State
from liveshop_desk.prompter.pace import PACE
from liveshop_desk.store import queries
from liveshop_desk.store.queries import QueueRow
from liveshop_desk.store.store import Store
from ui.models.cell import Cell
from ui.models.dragged import PRODUCTS_MIME
from ui.models.queue_cells import COLUMNS, RIGHT, Column, Line, Sold, cell, heading
from ui.models.queue_lengths import length_tip
from ui.models.queue_rows import matches, on_shelf, ranges, unheld, with_product, with_segments
from ui.widgets.basics import plain_tip

CELL = Qt.ItemDataRole.UserRole
PLACE = Qt.ItemDataRole.UserRole + 1
SEGMENT_ID = Qt.ItemDataRole.UserRole + 2

SEGMENTS_MIME = "application/x-liveshop-segments"
_FEW = 40  # products changed at once that are read one by one; more are read together
_SHOWN = ("sessions", "segments", "pitches", "shelf", "shelf_links", "products", "skus")
_TIMES = frozenset({Column.PLANNED, Column.ACTUAL})

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

Sales = Callable[[str], SkuSales | None]  # of a SKU, by its id


class QueueModel(QAbstractTableModel):
    """Rows are the segments that match the search, columns those of ``mode`` (live or prepare).

    The filter is a list of matching indices of our own: a proxy model costs 200 times as much a keystroke.
    Cells are made when they are first asked for and kept; a refresh compares them and names only what differs.
    """

    segments_dropped = Signal(list, int)  # segment ids, place in the whole queue (from 0)
    products_dropped = Signal(list, int)  # product ids, place in the whole queue

    def __init__(self, store: Store, *, mode: str, low_stock: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = COLUMNS[mode]
        self.mode = mode
        self.low_stock = low_stock
        self.pace = PACE  # where the anchor's own is not known
        self.session: Session | None = None
        self.rundown: Rundown = rundown([], [], start=None, now=0, live=False)
        self.rows: list[QueueRow] = []
        self._store = store
        self._pitches: list[Pitch] = []
        self._cells: dict[str, list[Cell]] = {}  # segment id → its cells, once shown
        self._shown: list[int] = []
        self._view_row: dict[int, int] = {}
        self._filter = ""
        self._sales: Sales | None = None
        self._sales_known: Callable[[], bool] = lambda: True
        self._sold: dict[str, Sold | None] = {}  # segment id → what it sold, as told last; of the rows once shown

    # -- reading the shop ------------------------------------------------------------------------------------

    def show(self, session_id: str) -> None:
        """Show another session's queue; an empty id shows none. Where it cannot be read nothing shown has changed."""
        session = queries.session(self._store, session_id) if session_id else None
        rows = queries.queue(self._store, session_id) if session else []
        pitches = queries.pitches(self._store, session_id) if session else []
        self.beginResetModel()
        self.session, self.rows, self._pitches = session, rows, pitches
        self._retime()
        self._forget_cells()
        self._match()
        self.endResetModel()

    def wants_all(self, changes: Changes) -> bool:
        """Tell whether a change is met by reading the whole queue again: of a long one that is several frames' work."""
        if self.session is None or not changes.touches(*_SHOWN):
            return False
        return changes.everything or len(changes.ids("skus")) > _FEW

    def apply(self, changes: Changes, rows: list[QueueRow] | None = None) -> None:
        """Re-read what a committed step changed, or take the ``rows`` as they were read in a thread since.

        All is read before any of it is shown: what cannot be read now can be read for the same change later.
        """
        session = before = self.session
        if before is None or not changes.touches(*_SHOWN):
            return
        if changes.touches("sessions"):
            session = queries.session(self._store, before.id)
            if session is None:
                self.show("")
                return
        pitches = queries.pitches(self._store, before.id) if changes.touches("pitches") else self._pitches
        rows = self._read(changes, before.id) if rows is None else rows
        self.session, self._pitches = session, pitches
        self._take_rows(rows, whole=session != before)

    def _read(self, changes: Changes, session_id: str) -> list[QueueRow]:
        """Return the rows as they are now; where few changed, only those are read."""
        if self.wants_all(changes):
            return queries.queue(self._store, session_id)
        skus = changes.ids("skus")
        rows, wanted = self.rows, set[str]()
        if changes.touches("segments"):
            segments = queries.segments(self._store, session_id)
            rows, wanted = with_segments(rows, segments), unheld(rows, segments)
        wanted |= on_shelf(rows, changes, session_id)
        products = self._products(rows, changes, skus)
        if len(wanted) + len(products) > _FEW:
            return queries.queue(self._store, session_id)
        fresh = {product_id: queries.product(self._store, product_id) for product_id in products}
        return [
            queries.queue_row(self._store, row.segment) if row.segment.id in wanted else with_product(row, fresh)
            for row in rows
        ]

    def _products(self, rows: Sequence[QueueRow], changes: Changes, skus: set[str]) -> set[str]:
        """Return the products of the queue that a change is about."""
        owners = {sku.id: r.product.id for r in rows if r.product for sku in r.product.skus if sku.id in skus}
        found = (queries.sku(self._store, sku_id) for sku_id in skus - owners.keys())  # new to one of our products?
        wanted = changes.ids("products") | set(owners.values()) | {sku.product_id for sku in found if sku}
        return wanted & {row.segment.product_id for row in rows if row.segment.product_id}

    def _take_rows(self, rows: list[QueueRow], *, whole: bool = False) -> None:
        """Show other rows: a reset only where the order is another."""
        before = self.rows
        if [row.segment.id for row in before] != [row.segment.id for row in rows]:
            self.beginResetModel()
            self.rows = rows
            self._retime()
            self._forget_cells()
            self._match()
            self.endResetModel()
            return
        timed = self.rundown.timings
        self.rows = rows
        self._retime()
        made = self._made()
        self._refresh(i for i in made if whole or (rows[i] is not before[i] and rows[i] != before[i]))
        self._refresh_times(timed)

    def tick(self) -> None:
        """Work out the times at this instant and redraw what shows otherwise than before."""
        before = self.rundown.timings
        self._retime()
        self._refresh_times(before)

    def _refresh_times(self, before: tuple[Timing, ...]) -> None:
        """Redraw whole rows where the place in the show is another, else the times alone."""
        made, now = self._made(), self.rundown.timings
        self._refresh([i for i in made if before[i].place is not now[i].place], whole=True)
        self._refresh([i for i in made if before[i] != now[i]], _TIMES)

    def _retime(self) -> None:
        session = self.session
        self.rundown = rundown(
            [row.segment for row in self.rows],
            self._pitches,
            start=session.planned_start if session else None,
            now=self._store.clock.now(),
            live=session is not None and session.state is State.LIVE,
        )

    # -- sales -----------------------------------------------------------------------------------------------

    def set_sales(self, sales: Sales | None, known: Callable[[], bool] = lambda: True) -> None:
        """Say where sold units come from: SKU id → figures, ``None`` where it sold nothing; asked while ``known``."""
        self._sales, self._sales_known = sales, known
        self.refresh_sales()

    def refresh_sales(self) -> None:
        """Ask the sales again and redraw the figures that differ."""
        differ: list[int] = []
        known = self._sales_known()  # asked once: it may look at what each SKU sold
        for place in self._made():
            row = self.rows[place]
            before, sold = self._sold.get(row.segment.id), self._ask_sold(row, known=known)
            if sold != before:
                self._sold[row.segment.id] = sold
                differ.append(place)
        self._refresh(differ, frozenset({Column.SOLD, Column.RATE}))

    def _ask_sold(self, row: QueueRow, *, known: bool) -> Sold | None:
        if self._sales is None or row.product is None or not known:
            return None
        found = [figures for figures in (self._sales(sku.id) for sku in row.product.skus) if figures is not None]
        if not found:
            return Sold(0, 0, None)
        clicks = [figures.clicks for figures in found if figures.clicks is not None]
        units, orders = sum(f.units for f in found), sum(f.orders for f in found)
        return Sold(units, orders, sum(clicks) if clicks else None, any(f.partly for f in found))

    # -- cells -----------------------------------------------------------------------------------------------

    def line(self, place: int) -> Line:
        """Return all that the row at ``place`` of the whole queue shows."""
        session = self.session
        row = self.rows[place]
        key = row.segment.id
        if key not in self._sold:  # not before it is shown: of 500 rows with four specs each that takes a whole frame
            self._sold[key] = self._ask_sold(row, known=self._sales_known())
        return Line(
            row,
            self.rundown.timings[place],
            self._sold[key],
            session.platforms if session else (),
            self.low_stock,
            self.mode == "live",
        )

    def _cell(self, place: int, column: int) -> Cell:
        key = self.rows[place].segment.id
        held = self._cells.get(key)
        if held is None:
            line = self.line(place)
            held = self._cells[key] = [cell(name, line) for name in self.columns]
        return held[column]

    def _made(self) -> list[int]:
        """Return the places of the rows that have cells: of a long queue those that were looked at."""
        return [place for place, row in enumerate(self.rows) if row.segment.id in self._cells]

    def _forget_cells(self) -> None:
        self._cells.clear()
        self._sold.clear()

    def _refresh(self, places: Iterable[int], only: frozenset[Column] | None = None, *, whole: bool = False) -> None:
        """Make the cells of some rows again and name those that differ; cells never shown need no word.

        ``whole`` names all cells of the rows: where the row's ground is another, equal cells look different too.
        """
        runs: dict[tuple[int, int], list[int]] = {}
        for place in places:
            view_row, span = self._view_row.get(place), self._renew(place, only)
            if whole and self.rows[place].segment.id in self._cells:
                span = (0, len(self.columns) - 1)
            if view_row is not None and span is not None:
                runs.setdefault(span, []).append(view_row)
        for (first, last), view_rows in runs.items():
            for top, bottom in ranges(view_rows):
                self.dataChanged.emit(self.index(top, first), self.index(bottom, last))

    def _renew(self, place: int, only: frozenset[Column] | None) -> tuple[int, int] | None:
        held = self._cells.get(self.rows[place].segment.id)
        if held is None:
            return None
        line = self.line(place)
        changed: list[int] = []
        for position, name in enumerate(self.columns):
            if only is None or name in only:
                made = cell(name, line)
                if made != held[position]:
                    held[position] = made
                    changed.append(position)
        return (changed[0], changed[-1]) if changed else None

    def redraw(self) -> None:
        """Make every cell again (another language, another theme, other settings)."""
        self._forget_cells()
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, len(self.columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    # -- search ----------------------------------------------------------------------------------------------

    def set_filter(self, text: str) -> None:
        """Show only rows whose title, code or number has every word of ``text``; empty shows all."""
        if text == self._filter:
            return
        self.beginResetModel()
        self._filter = text
        self._match()
        self.endResetModel()

    def _match(self) -> None:
        words = self._filter.casefold().split()
        self._shown = [place for place, row in enumerate(self.rows) if matches(row, words)]
        self._view_row = {place: view_row for view_row, place in enumerate(self._shown)}

    # -- places ----------------------------------------------------------------------------------------------

    def place_at(self, view_row: int) -> int:
        """Return the place in the whole queue of a visible row; behind the last visible one, the place after it."""
        if view_row < len(self._shown):
            return self._shown[view_row]
        return self._shown[-1] + 1 if self._shown else len(self.rows)

    def row_at(self, view_row: int) -> QueueRow | None:
        """Return what a visible row shows, or ``None`` where there is none."""
        return self.rows[self._shown[view_row]] if 0 <= view_row < len(self._shown) else None

    def view_row(self, segment_id: str) -> int | None:
        """Return where a segment is shown now, or ``None`` where it is not."""
        for view_row, place in enumerate(self._shown):
            if self.rows[place].segment.id == segment_id:
                return view_row
        return None

    def find(self, segment_id: str) -> QueueRow | None:
        """Return a segment's row whether it is shown or not."""
        return next((row for row in self.rows if row.segment.id == segment_id), None)

    # -- Qt --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows match."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns the mode has."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, tip, alignment, or the whole ``Cell``, its row's place or segment id."""
        if not index.isValid():
            return None
        place = self._shown[index.row()]
        if role == PLACE:
            return self.rundown.timings[place].place
        if role == SEGMENT_ID:
            return self.rows[place].segment.id
        if role == Qt.ItemDataRole.ToolTipRole and self.columns[index.column()] is Column.LENGTH:
            return length_tip(self._store, self.session, self.rows[place].segment, self.pace) or None
        return _shown(self.columns[index.column()], self.mode, self._cell(place, index.column()), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return heading(self.columns[section], self.mode)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(self.columns[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged; drops land between rows only."""
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled | flag.ItemNeverHasChildren

    def supportedDropActions(self) -> Qt.DropAction:
        """Return move (rows of ours) and copy (products from the catalogue)."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here."""
        return [SEGMENTS_MIME, PRODUCTS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged rows' segment ids, one a line, in the queue's order."""
        rows = sorted({index.row() for index in indexes})
        ids = [self.rows[self._shown[row]].segment.id for row in rows]
        made = QMimeData()
        made.setData(SEGMENTS_MIME, QByteArray("\n".join(ids).encode()))
        return made

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:
        """Say what was dropped and before which place; the panel makes it so."""
        del column
        if action is Qt.DropAction.IgnoreAction:
            return True
        view_row = row if row >= 0 else parent.row() if parent.isValid() else len(self._shown)
        for mime, signal in ((SEGMENTS_MIME, self.segments_dropped), (PRODUCTS_MIME, self.products_dropped)):
            if data.hasFormat(mime):
                signal.emit(dropped_ids(data, mime), self.place_at(view_row))
                return True
        return False


def dropped_ids(data: QMimeData, mime: str) -> list[str]:
    """Return the ids a drop carries, one a line."""
    text = bytes(data.data(mime).data()).decode("utf-8", "replace")
    return [part for part in text.split("\n") if part]


def _shown(name: Column, mode: str, held: Cell, role: int) -> Any:
    """Return what Qt asks of a cell by its roles."""
    if role == CELL:
        return held
    if role == Qt.ItemDataRole.DisplayRole:
        return held.text
    if role == Qt.ItemDataRole.ToolTipRole:
        return plain_tip(held.whole) or None
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return ": ".join(part for part in (heading(name, mode), held.text, held.tip) if part)
    return _alignment(name) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _alignment(name: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if name in RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
