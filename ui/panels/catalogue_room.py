"""The catalogue room (商品库): search, table, in-place edits, the chosen product's card."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QStackedWidget, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, ngettext, number_text
from liveshop_desk.model.product import Product
from liveshop_desk.ops import catalogue, catalogue_typed
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from ui.context import Context
from ui.faults import report
from ui.models.catalogue_cells import RIGHT, Column, heading
from ui.models.catalogue_model import CatalogueModel, Whole, read_whole
from ui.panels.catalogue_card import CatalogueCard
from ui.panels.catalogue_edit import InPlace, open_role_menu, product_text
from ui.panels.catalogue_empty import CatalogueEmpty, NothingFound
from ui.panels.catalogue_table import CatalogueTable
from ui.theme import GAP, font
from ui.widgets.act_button import ActButton
from ui.widgets.basics import Panel, button, label
from ui.widgets.cell_editor import Submit
from ui.widgets.chosen_rows import chosen_rows
from ui.widgets.giving_way import GivingWay, hiding
from ui.work import Work

EDITABLE = frozenset(Column) - {Column.SPECS}
_CARD_LEAST, _CARD_SHARE = 290, 0.36  # px of the card; of the room
LARGE = 2_000  # products; more are read in a thread


def _read_all(store: Store) -> Whole:
    """Read the catalogue by a connection of this thread's own, closed whatever happens."""
    with closing(store.sibling()) as own:
        return read_whole(own)


class CatalogueRoom(QWidget):
    """The room's panels. What it cannot do itself it asks for by its signals."""

    add_to_queue = Signal(list)  # product ids
    files_dropped = Signal(list)  # paths as text
    sample_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("kind", "room")
        self._context = context
        self._loading: Work | None = None
        self._stale = True  # read when it is first shown: the start does not wait for ten thousand products
        self._entered = False  # shown anew, and nothing searched for since: what stands in the search is of before
        self._taught = False  # the empty page was the last that was shown
        self._editing: tuple[str, Column] = ("", Column.TITLE)
        self.model = CatalogueModel(context.desk.store, low_stock=context.desk.settings.low_stock, parent=self)
        self.panel = Panel(_("Catalogue"))
        self.search = QLineEdit()
        self.table = CatalogueTable(context, self.model)
        self.card = CatalogueCard(context)
        self.empty = CatalogueEmpty(context)
        self.nothing = NothingFound()
        self.stack = QStackedWidget()
        self.in_place = InPlace(self.table.viewport(), self._cell)
        self._arrange()
        self._connect()
        self.setAcceptDrops(True)
        self.retranslate()

    # -- making it -------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.search.setFont(font(13))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(190)
        self.search.setMaximumWidth(240)
        self.panel.subtitle.setFixedSize(150, 24)  # of one size: counting at every keystroke lays nothing out anew
        self._new = button()
        self._import = ActButton(self._context.actions["import_products"], "⇥", keys=True)
        self.panel.add_header(self.search, self._new, self._import)
        GivingWay(self.panel.header, self._import.leave_out_keys, hiding(self.panel.subtitle), self._import.set_compact)
        for page in (self.table, self.nothing, self.empty, QWidget()):
            self.stack.addWidget(page)
        self.panel.add_body(self.stack)
        self._chosen = label(size=13, tone="faint")
        self._chosen.setFixedSize(150, 24)
        self._remove = button(kind="quiet")
        self._remove.setEnabled(False)  # as adding: nothing is chosen yet
        self._add = button(kind="chosen")
        self._footer = self.panel.add_footer(self._chosen, None, self._remove, self._add)
        GivingWay(self._footer, hiding(self._chosen))
        split = self._split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(GAP)
        split.setChildrenCollapsible(False)
        for widget, stretch in ((self.panel, 3), (self.card, 0)):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, stretch)
        self.card.setMinimumWidth(_CARD_LEAST)
        self.panel.setMinimumWidth(420)
        split.setSizes([900, 420])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(split)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._searched)
        self.search.returnPressed.connect(self._into_table)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search)  # as in the queue's search
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._into_table)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.search)
        back.setContext(Qt.ShortcutContext.WidgetShortcut)
        back.activated.connect(self._leave_search)
        self.table.edit_wanted.connect(self.edit)
        self.in_place.stepped.connect(self._step)
        self.table.add_wanted.connect(self._add_chosen)
        self.table.remove_wanted.connect(self._remove_chosen)
        self.table.typed.connect(self._typed)
        self.table.chosen_changed.connect(self._choice)
        self.table.verticalScrollBar().valueChanged.connect(lambda _value: self.in_place.follow())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._choice())
        self.model.modelReset.connect(self._pages)
        self.model.layoutChanged.connect(self.in_place.follow)
        self._new.clicked.connect(self.new_product)
        self._remove.clicked.connect(self._remove_chosen)
        self._add.clicked.connect(self._add_chosen)
        self.empty.sample_requested.connect(self.sample_requested)
        self.empty.product_requested.connect(self.new_product)
        self.nothing.cleared.connect(self.search.clear)
        self._context.bridge.changed.connect(self._changed)
        self._context.chosen.changed.connect(lambda _id: self._choice())

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.panel.title.setText(_("Catalogue"))
        self.panel.setAccessibleName(_("Catalogue"))
        keys = self._context.actions.keys_text("find")
        self.search.setPlaceholderText(_("Name, code, barcode  {keys}").format(keys=keys).strip())
        self.search.setAccessibleName(_("Search"))
        self.search.setToolTip(
            _("Looks at names, codes, barcodes, categories, brands and specs; several words must all be there")
        )
        self._new.setText(_("＋ Product"))
        self._new.setAccessibleName(_("Add a product"))
        self._remove.setText(_("Remove"))
        self._remove.setAccessibleName(_("Remove from the catalogue"))
        self._add.setText(_("Add to the queue") + "  ↵")
        self._add.setAccessibleName(_("Add to the queue"))
        self.model.retranslate()
        for part in (self.table, self.card, self.empty, self.nothing):
            part.retranslate()
        self._pages()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hold the card to its share of a narrow window: the table is what is worked in."""
        super().resizeEvent(event)
        most = max(_CARD_LEAST, round(event.size().width() * _CARD_SHARE))
        table, card = self._split.sizes()
        if card > most:
            self._split.setSizes([table + card - most, most])

    def showEvent(self, event: QShowEvent) -> None:
        """Take over the search key, and read the catalogue where that is still to be done."""
        super().showEvent(event)
        self._entered = not event.spontaneous() or self._entered
        self._context.actions.on("find", self.focus_search)
        if self._stale:
            self.reload()

    def take_keyboard(self) -> None:
        """Put the keyboard where one begins: into the table, or on what fills an empty catalogue."""
        page = self.stack.currentWidget()
        if page is None or page is self.nothing:
            self.focus_search()
        else:
            page.setFocus()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # -- reading ---------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the catalogue: a large one in a thread, so that the window never stands still."""
        self._stale = self._loading is not None  # changed while it is being read: once more, behind that
        if self._stale:
            return
        store = self._context.desk.store
        if queries.product_count(store) <= LARGE:
            self.model.load()
            return
        self._loading = Work(lambda _report: _read_all(store), self)
        self._loading.succeeded.connect(self.model.load)
        self._loading.failed.connect(lambda error: report(self._context.notices, error))
        self._loading.finished.connect(self._loaded)
        self._loading.start()

    def _loaded(self) -> None:
        self._loading = None
        if self._stale and self.isVisible():
            self.reload()

    def _changed(self, changes: Changes) -> None:
        if not changes.touches("products", "skus"):
            return
        if not self.isVisible() and (self._stale or (self._loading is None and self.model.is_large_change(changes))):
            self._stale = True  # read when it is looked at
        elif self._loading is not None or self.model.is_large_change(changes):
            self.reload()
        else:
            self.model.apply(changes)
            self.in_place.follow()
            self._choice()

    def close_room(self) -> None:
        """Save what is typed in the card and wait for a reading thread; nothing is heard after this."""
        self.card.flush()
        self._context.bridge.changed.disconnect(self._changed)
        if self._loading is not None:
            self._loading.wait()

    # -- searching -------------------------------------------------------------------------------------------

    def _searched(self, text: str) -> None:
        self._entered = False
        self.model.set_filter(text)

    def _into_table(self) -> None:
        """Go from the search into its first match."""
        if self.model.rowCount():
            if not self.table.selected_ids():
                self.table.selectRow(0)
            self.table.setFocus()

    def _leave_search(self) -> None:
        """Show all products again, the chosen one in sight, and go back to them."""
        self.search.clear()
        self.table.setFocus()
        self.table.scrollTo(self.table.currentIndex())

    def _typed(self, text: str) -> None:
        """Type on in the search field: letters in the table are a search, the first after coming back a new one."""
        self.search.setFocus()
        self.search.setText(text if self._entered else self.search.text() + text)

    def _pages(self) -> None:
        """Show table, empty page or "nothing found", and the counts."""
        shown, total = self.model.rowCount(), self.model.total
        if self._stale or (self._loading is not None and not total):
            self.stack.setCurrentIndex(3)
        elif not total:
            self.stack.setCurrentWidget(self.empty)
            self._taught = True
        elif not shown:
            self.nothing.say(self.search.text().strip())
            self.stack.setCurrentWidget(self.nothing)
        else:
            self._show_table()
        self._footer.setVisible(bool(total))
        if shown == total:
            text = ngettext("{n} product", "{n} products", total).format(n=number_text(total)) if total else ""
        else:
            text = _("{n} of {total}").format(n=number_text(shown), total=number_text(total))
        self.panel.subtitle.setText(text)
        self.in_place.follow()
        self._choice()

    def _show_table(self) -> None:
        """Show the products. The first there are get the keyboard: what taught to get them had it, and is gone."""
        first, self._taught = self._taught, False
        typing = self.search.hasFocus()
        self.stack.setCurrentWidget(self.table)
        if first and self.isVisible() and not typing:
            self._into_table()

    # -- choosing --------------------------------------------------------------------------------------------

    def _choice(self) -> None:
        n = len(chosen_rows(self.table))
        self._chosen.setText(ngettext("{n} chosen", "{n} chosen", n).format(n=n) if n else "")
        self._add.setEnabled(n > 0 and bool(self._context.chosen.id))
        self._remove.setEnabled(n > 0)
        self.card.show_product(self.model.by_id(self.table.current_id()) if n else None)

    def _add_chosen(self) -> None:
        ids = self.table.selected_ids()
        if ids and self._context.chosen.id:
            self.add_to_queue.emit(ids)

    def _remove_chosen(self) -> None:
        ids = self.table.selected_ids()
        if ids:
            self._context.attempt(catalogue.remove_products, ids, origin=self)

    def new_product(self) -> None:
        """Add a product and edit its name at once."""
        self.search.clear()
        product_id = self._context.attempt(catalogue.add_product, _("New product"), origin=self)
        if product_id:
            self.table.choose(product_id)
            self.edit(Column.TITLE)

    # -- editing ---------------------------------------------------------------------------------------------

    def waits(self) -> bool:
        """Tell whether something was to be saved and is not."""
        return self.in_place.waits or self.card.waits()

    def edit(self, column: Column | None = None) -> None:
        """Edit a cell of the current row in place; without a column the current cell's, else the live price."""
        product = self.model.by_id(self.table.current_id())
        if product is None or not self.in_place.make_room():
            return
        column = column or self.table.current_column()
        column = column if column in EDITABLE else Column.LIVE_PRICE
        if column is Column.STOCK and len(product.skus) > 1:
            self.card.skus.setFocus()
            self.card.skus.edit_field("stock")
            return
        self._editing = (product.id, column)
        if column is Column.ROLE:
            self._edit_role(product)
            return
        self.in_place.open(
            self._submitter(product, column),
            product_text(product, column),
            name=heading(column),
            right=column in RIGHT,
            then=self._edited,
        )

    def _step(self, step: int) -> None:
        """Edit the next cell of the row after Tab, the one before after Shift+Tab; past the end the table has it."""
        product_id, column = self._editing
        product = self.model.by_id(product_id)
        if product is None or self.table.current_id() != product_id:
            return
        passed = {Column.SPECS, Column.ROLE, *((Column.STOCK,) if len(product.skus) > 1 else ())}
        shown = [name for name in self.table.shown_columns() if name not in passed or name is column]
        place = shown.index(column) + step if column in shown else -1
        if 0 <= place < len(shown):
            self.table.go_to(shown[place])
            self.edit(shown[place])

    def _submitter(self, product: Product, column: Column) -> Submit:
        def submit(text: str, confirmed: bool) -> None:
            self._context.desk.run_from(
                self, catalogue_typed.type_product, product.id, column.value, text, confirmed=confirmed
            )

        return submit

    def _edit_role(self, product: Product) -> None:
        cell = self._cell()
        if cell is None:
            return
        ids = self.table.selected_ids() or [product.id]
        at = self.table.viewport().mapToGlobal(QPoint(cell.left(), cell.bottom()))
        open_role_menu(self._context, self, at, ids, product.role)

    def _cell(self) -> QRect | None:
        return self.table.cell_rect(*self._editing)

    def _edited(self) -> None:
        self.table.setFocus()

    # -- files -----------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this machine."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files over to whoever imports."""
        paths = [str(Path(url.toLocalFile())) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)
