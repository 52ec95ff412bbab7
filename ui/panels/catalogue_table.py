"""The catalogue's table: columns, keys, several rows chosen, products dragged out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liveshop_desk.i18n import _
from ui.context import Context
from ui.models.catalogue_cells import COLUMNS, RIGHT, Column, heading
from ui.models.catalogue_model import PRODUCT_ID, CatalogueModel
from ui.theme import ROW, font
from ui.widgets.cell_delegate import ACTIVE, FOCUS, PAD, SELECTED, CellDelegate, row_font
from ui.widgets.chosen_rows import choose_rows, chosen_rows
from ui.widgets.tables import dress_rows

_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIZE = 14
_HEAD = 12
_WIDEST = {
    Column.CODE: "BH20260921-08", Column.SPECS: "24", Column.ROLE: "Clearance", Column.LIST_PRICE: "¥1,234.00",
    Column.LIVE_PRICE: "¥199.00–¥229.00", Column.STOCK: "12,345", Column.COST: "¥1,234.00",
    Column.FLOOR_PRICE: "¥1,234.00", Column.CATEGORY: "女装/外套/大衣",
}  # fmt: skip
_TITLE_MIN = 220  # px; below it columns go, the least needed first
_GIVE_UP = (Column.CATEGORY, Column.FLOOR_PRICE, Column.COST, Column.SPECS, Column.LIST_PRICE, Column.ROLE, Column.CODE)
_COLUMN_KEYS = {"edit_price": Column.LIVE_PRICE, "edit_stock": Column.STOCK}  # in the queue's table they do the same


class CatalogueTable(QTableView):
    """Rows of 36 px. The keys of "edit price", "edit stock" and "remove" work on the chosen product here."""

    edit_wanted = Signal(object)  # Column, or None for the current cell's
    add_wanted = Signal()  # Enter: into the queue
    remove_wanted = Signal()
    typed = Signal(str)  # a character that belongs to the search
    chosen_changed = Signal()

    def __init__(self, context: Context, model: CatalogueModel) -> None:
        super().__init__()
        self._context = context
        self._catalogue = model
        self.setModel(model)
        right = frozenset(COLUMNS.index(column) for column in RIGHT)
        self._cells = CellDelegate(lambda: context.theme, right, self, size=_SIZE)
        self.setItemDelegate(self._cells)
        self._arrange()
        self._keep: tuple[list[str], str, int] = ([], "", 0)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.doubleClicked.connect(lambda _index: self.edit_wanted.emit(None))
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        self.retranslate()

    def _arrange(self) -> None:
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self._head()

    def _head(self) -> None:
        columns = self.horizontalHeader()
        columns.setFont(font(_HEAD))
        columns.setFixedHeight(30)
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(24)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(COLUMNS.index(Column.TITLE), QHeaderView.ResizeMode.Stretch)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.setSortIndicatorClearable(True)  # a third click: the catalogue's own order again
        self.setSortingEnabled(True)

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setAccessibleName(_("Catalogue"))
        self.horizontalHeader().viewport().update()
        self._fit()

    def _fit(self) -> None:
        """Give every column what its widest usual text needs; hide the least needed where the title gets too short."""
        text, head = QFontMetrics(row_font(_SIZE)), QFontMetrics(font(_HEAD))
        widths = {
            name: max(text.horizontalAdvance(_WIDEST[name]), head.horizontalAdvance(heading(name)) + 14) + 2 * PAD
            for name in COLUMNS
            if name is not Column.TITLE
        }
        hidden: set[Column] = set()
        for name in _GIVE_UP:
            taken = sum(width for key, width in widths.items() if key not in hidden)
            if self.viewport().width() - taken >= _TITLE_MIN:
                break
            hidden.add(name)
        for position, name in enumerate(COLUMNS):
            self.setColumnHidden(position, name in hidden)
            if name in widths:
                self.setColumnWidth(position, widths[name])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in sight in one go: asking model and delegate cell by cell takes four times as long."""
        self._cells.begin()
        dirty, height = event.rect(), self.viewport().height()
        columns = [(n, self.columnViewportPosition(n), self.columnWidth(n)) for n in range(len(COLUMNS))]
        columns = [(n, x, w) for n, x, w in columns if w and x <= dirty.right() and x + w > dirty.left()]
        chosen = self.selectionModel().selection()
        ranges = [(chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.count())]
        current = self.currentIndex() if self.hasFocus() else None
        active = ACTIVE if self.isActiveWindow() else 0
        painter = QPainter(self.viewport())
        first = max(0, self.rowAt(max(0, dirty.top())))
        for row in range(first, self._catalogue.rowCount()):
            y = self.rowViewportPosition(row)
            if y > min(dirty.bottom(), height):
                break
            cells = self._catalogue.cells(row)
            state = active | (SELECTED if any(top <= row <= bottom for top, bottom in ranges) else 0)
            for column, x, width in columns:
                here = current is not None and current.row() == row and current.column() == column
                area = QRect(x, y, width, ROW)
                right = column in self._cells.right
                self._cells.paint_cell(painter, area, cells[column], state | (FOCUS if here else 0), right=right)
        painter.end()

    def cell_rect(self, product_id: str, column: Column) -> QRect | None:
        """Return where a cell is in the viewport; ``None`` where its row is not shown."""
        row = self._catalogue.row_of(product_id)
        if row is None:
            return None
        position = COLUMNS.index(column)
        if self.isColumnHidden(position):
            position = COLUMNS.index(Column.TITLE)
        return self.visualRect(self._catalogue.index(row, position))

    # -- choosing rows ---------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """Return the current row's product id, or an empty text."""
        index = self.currentIndex()
        return index.data(PRODUCT_ID) if index.isValid() else ""

    def shown_columns(self) -> list[Column]:
        """Return the columns there is room for, from the left."""
        return [name for position, name in enumerate(COLUMNS) if not self.isColumnHidden(position)]

    def go_to(self, column: Column) -> None:
        """Make a column's cell of the current row the current one; the rows chosen stay."""
        index = self._catalogue.index(self.currentIndex().row(), COLUMNS.index(column))
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def current_column(self) -> Column:
        """Return the current cell's column."""
        return COLUMNS[max(0, self.currentIndex().column())]

    def selected_ids(self) -> list[str]:
        """Return the chosen products' ids in the order shown."""
        return [self._catalogue.product(row).id for row in chosen_rows(self)]

    def choose(self, product_id: str) -> None:
        """Make a product's row the current one, in sight."""
        row = self._catalogue.row_of(product_id)
        if row is not None:
            self.setCurrentIndex(self._catalogue.index(row, max(0, self.currentIndex().column())))

    def _remember(self) -> None:
        self._keep = (self.selected_ids(), self.current_id(), self.currentIndex().column())

    def _recall(self) -> None:
        """Choose the same products again after a reset, those that are still shown."""
        ids, current, column = self._keep
        flag = QItemSelectionModel.SelectionFlag
        rows = [row for row in map(self._catalogue.row_of, ids) if row is not None] if ids else []
        choose_rows(self, rows)
        row = self._catalogue.row_of(current) if current else None
        if row is not None:
            self.selectionModel().setCurrentIndex(self._catalogue.index(row, max(0, column)), flag.NoUpdate)
        if ids and not rows:
            self.chosen_changed.emit()

    # -- keys ------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Take the keys of the acts that this table does itself before the window's shortcuts get them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._act(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds to the queue; letters go to the search."""
        act = self._act(event)
        plain = not event.modifiers() & ~(_PLAIN | Qt.KeyboardModifier.ShiftModifier)
        if act == "remove_row":
            self.remove_wanted.emit()
        elif act:
            self.edit_wanted.emit(None if act == "edit_price" else _COLUMN_KEYS[act])
        elif plain and event.key() in _ENTER:
            self.add_wanted.emit()
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _act(self, event: QKeyEvent) -> str:
        return self._context.actions.pressed(event, *_COLUMN_KEYS, "remove_row")
