"""The queue (流程单): what is on, what is next, how late we are; price, stock and shelf in the row (P6, A1, A2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.ops import drafts
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.models.queue_cells import Column
from ui.models.queue_model import QueueModel, Sales
from ui.panels.queue_acts import Online, QueueActs
from ui.panels.queue_edit import QueueEdit
from ui.panels.queue_empty import EmptyQueue
from ui.panels.queue_following import QueueFollowing
from ui.panels.queue_header import SearchField, UndoButton, subtitle
from ui.panels.queue_table import QueueTable
from ui.widgets.act_button import ActButton
from ui.widgets.basics import Panel, button, label, plain_tip, set_look
from ui.widgets.giving_way import GivingWay, hiding

TICK_MS = 1_000
_LEAST = {"live": 420, "prepare": 240}  # px


class QueuePanel(Panel):
    """The queue of the chosen session. ``mode`` is live (what happens) or prepare (what is planned).

    The window calls ``activate`` when the room is shown: the commands then mean this panel.
    """

    add_products_requested = Signal(int)  # the place (from 0) they are wanted at
    import_requested = Signal()
    sample_requested = Signal()
    row_chosen = Signal(str)  # segment id, or empty

    def __init__(self, context: Context, mode: str = "live") -> None:
        super().__init__()
        self._context = context
        self._plain_search = self._plain_add = False  # without keys; its sign alone
        self._active = False
        self._chosen_id = ""  # what the operator chose, kept while a search hides it
        self._before_reset: tuple[list[str], str, list[str]] = ([], "", [])  # chosen, current, its heirs
        self.mode = mode
        self.model = QueueModel(context.desk.store, mode=mode, low_stock=context.desk.settings.low_stock, parent=self)
        self.model.pace = float(context.desk.settings.prompter_pace)
        self.table = QueueTable(context, self.model)
        self.edit = QueueEdit(self, context, self.model, self.table)
        self.acts = QueueActs(context, self.model, self.table, mode)
        self._build()
        self._following = QueueFollowing(context, self, self.model, self._show_session, self._follow)
        self.acts.settle = self.settle
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(lambda: context.gaps.soon(self._tick))
        self._following.begin(context.chosen.id)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Return the size with the buttons at their shortest: a wide footer must not hold the window wide."""
        return QSize(_LEAST[self.mode], super().minimumSizeHint().height())

    # -- what the window says --------------------------------------------------------------------------------

    def set_sales(self, sales: Sales | None, known: Callable[[], bool] = lambda: True) -> None:
        """Say where 已售 and 转化 come from: a SKU's id → figures (units, orders, clicks) or ``None``."""
        self.model.set_sales(sales, known)

    def refresh_sales(self) -> None:
        """Ask the sales again, at most five times a second; nothing is asked while nobody looks."""
        if self.isVisible():
            self.model.refresh_sales()

    def set_online(self, online: Online) -> None:
        """Say where the viewer count of now comes from, for a pitch's in and out."""
        self.acts.online = online

    def set_short(self, short: Callable[[], Sequence[str]]) -> None:
        """Say where the SKUs are named whose stock is short: their stock is what F3 is about."""
        self.edit.short = short

    def edit_stock_of(self, sku_id: str) -> bool:
        """Open the stock of a SKU in its row; ``False`` where no row is of its product."""
        rows = ((row.segment.id, row.product.skus) for row in self.model.rows if row.product is not None)
        found = next((segment_id for segment_id, skus in rows if any(sku.id == sku_id for sku in skus)), None)
        if found is None:
            return False
        if self.model.view_row(found) is None:
            self.search.clear()  # it hides the row
        self.table.choose([found], found)
        self.table.setFocus()
        self.edit.edit(Column.STOCK)
        return True

    def settle(self) -> None:
        """Show by now what was changed: for who goes on with it at once."""
        self._following.settle()

    def activate(self) -> None:
        """Make the queue's commands mean this panel; called when its room is shown."""
        self._active = True
        for command_id, handler in self._handlers().items():
            self._context.actions.on(command_id, handler)
        self._tell_state()

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.title.setText(_("Queue"))
        self.setAccessibleName(_("Queue"))
        self._name_buttons()
        self._search_button.setAccessibleName(_("Search the queue"))
        self._add.setAccessibleName(_("Add to the queue"))
        self.search.retranslate()
        self._empty.retranslate()
        self.table.retranslate()
        self.model.redraw()
        self._refresh_texts()
        self.undo.refresh()

    def apply_settings(self) -> None:
        """Take over settings that have changed: nothing else is drawn anew, it is most of a frame of the prompter."""
        settings, model = self._context.desk.settings, self.model
        if (settings.low_stock, settings.prompter_pace) == (model.low_stock, model.pace):
            return
        model.low_stock, model.pace = settings.low_stock, float(settings.prompter_pace)
        model.redraw()
        self.table.viewport().update()

    def _handlers(self) -> dict[str, Callable[[], None]]:
        acts = self.acts
        return {
            "take_next": acts.take_next,
            "take_previous": acts.take_previous,
            "take_selected": acts.take_selected,
            "push_rest": acts.push_rest,
            "edit_price": lambda: self.edit.edit(Column.PRICE),
            "edit_stock": lambda: self.edit.edit(Column.STOCK),
            "toggle_listed": acts.toggle_listed,
            "edit_ticks": self.edit.ticks,
            "skip_row": acts.skip,
            "move_up": acts.move_up,
            "move_down": acts.move_down,
            "remove_row": acts.remove,
            "add_products": self._ask_products,
            "add_segment": self._add_segment,
            "paste_list": self._paste,
            "import_queue": self.import_requested.emit,
            "find": self._find,
        }

    # -- building --------------------------------------------------------------------------------------------

    def _build(self) -> None:
        actions = self._context.actions
        self.digits = label(kind="pill", size=13, bold=True)
        self.digits.hide()
        self.search = SearchField()
        self._search_button = button()
        self._add = button()
        menu = QMenu(self._add)
        menu.addActions(
            [actions[name] for name in ("add_products", "add_segment", "paste_list", "import_queue", "copy_queue")]
        )
        self._add.setMenu(menu)
        self.undo = UndoButton(self._context)
        self._empty = EmptyQueue()
        self._nothing = label(size=14, tone="dim")
        self._nothing.setMargin(16)
        self._pages = QStackedWidget()
        for page in (self.table, self._empty, self._nothing):
            self._pages.addWidget(page)
        self.add_header(self.digits, self.search, self._search_button)
        self.add_body(self._pages)
        self._build_controls()

    def _build_controls(self) -> None:
        actions = self._context.actions
        if self.mode == "prepare":
            footer = self.add_footer(self._add, None, self.undo)
            GivingWay(footer, self.undo.leave_out_keys, self._shorten_add, self.undo.set_compact)
            GivingWay(self.header, hiding(self.subtitle))
            return
        self.add_header(self.undo)
        back, push = ActButton(actions["take_previous"], "◀"), ActButton(actions["push_rest"], "↧")
        on = ActButton(actions["take_next"], "▶", kind="on_air", keys=True)
        listed = ActButton(actions["toggle_listed"], "⇅", keys=True)
        incident = ActButton(actions["incident"], "⚠", keys=True)
        footer = self.add_footer(back, on, push, None, self._add, listed, incident)
        GivingWay(
            footer, push.set_compact, back.set_compact, self._shorten_add, incident.leave_out_keys,
            listed.leave_out_keys, incident.set_compact, listed.set_compact, on.leave_out_keys,
        )  # fmt: skip
        GivingWay(
            self.header, self._shorten_search, self.undo.leave_out_keys, hiding(self.subtitle), self.undo.set_compact
        )

    def _connect(self) -> None:
        table, model = self.table, self.model
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.dataChanged.connect(self._cells_changed)
        model.segments_dropped.connect(self.acts.move)
        model.products_dropped.connect(self.acts.add_products)
        table.selectionModel().currentRowChanged.connect(self._row_changed)
        table.jump.connect(self._jump)
        table.digits_changed.connect(self._show_digits)
        table.ticks_wanted.connect(self.edit.ticks)
        table.edit_wanted.connect(self._double_clicked)
        self.search.textChanged.connect(self._filter)
        self.search.left.connect(self._leave_search)
        self._search_button.clicked.connect(self._find)
        empty = self._empty
        empty.import_wanted.connect(lambda: self._fill(self.import_requested.emit))
        empty.paste_wanted.connect(lambda: self._fill(self._paste))
        empty.products_wanted.connect(lambda: self._fill(self._ask_products))
        empty.sample_wanted.connect(self.sample_requested)
        empty.products_dropped.connect(self.acts.add_products)

    # -- showing the shop ------------------------------------------------------------------------------------

    def _show_session(self, session_id: str) -> None:
        self._chosen_id = ""
        self.model.show(session_id)
        self._refresh_texts()
        self._tell_state()  # an empty queue has no row to move to, and its table says nothing

    def _follow(self, changes: Changes, rows: list[QueueRow] | None) -> None:
        before = self._on_air_id()
        self.model.apply(changes, rows)
        after = self._on_air_id()
        if after and after != before and self.table.current_id() in ("", before):
            self.table.choose([after], after)
            self.table.reveal(after)
        self._refresh_texts()
        self.edit.follow()
        self._tell_state()

    def _cells_changed(self) -> None:
        self.edit.follow()

    def _on_air_id(self) -> str:
        on_air = self.model.rundown.standing.on_air
        return "" if on_air is None else self.model.rows[on_air].segment.id

    def _tick(self) -> None:
        self.model.tick()

    def _refresh_texts(self) -> None:
        text, tone = subtitle(self.model)
        self.subtitle.setText(text)
        set_look(self.subtitle, tone=tone)
        if self.isVisible():
            self.undo.refresh()
        self._show_page()

    def _show_page(self) -> None:
        if self.model.rowCount():
            page = self.table
        elif self.model.rows:
            self._nothing.setText(_("Nothing here matches “{text}”. Esc shows all.").format(text=self.search.text()))
            page = self._nothing
        else:
            page = self._empty
        self._pages.setCurrentWidget(page)

    def _remember(self) -> None:
        ids = [row.segment.id for row in self.model.rows]
        place = ids.index(self._chosen_id) if self._chosen_id in ids else 0
        self._before_reset = (self.table.selected_ids(), self._chosen_id, ids[place + 1 :] + ids[:place][::-1])

    def _restore(self) -> None:
        """Choose the same rows again; for one that is gone its heir, for hidden ones what is on air, else the first."""
        selected, current, heirs = self._before_reset
        model = self.model
        if current and model.find(current) is None:
            current = next((row_id for row_id in heirs if model.view_row(row_id) is not None), "")
            selected = [current]
        if model.view_row(current) is None and model.rowCount():
            on_air = self._on_air_id()
            current = on_air if on_air and model.view_row(on_air) is not None else _first_id(model)
            selected = [current]
        kept = self._chosen_id
        self.table.choose(selected or [current], current)
        if current == self._on_air_id():
            self.table.reveal(current)  # with what comes next, not at the very bottom
        if kept and model.find(kept) is not None:
            self._chosen_id = kept
        self._show_page()
        self.edit.follow()

    # -- choosing --------------------------------------------------------------------------------------------

    def _row_changed(self) -> None:
        self._chosen_id = self.table.current_id()
        self.row_chosen.emit(self._chosen_id)
        self._tell_state()

    def _tell_state(self) -> None:
        if self._active:
            held = self.model.find(self.table.current_id())
            self._context.actions.set_state(
                row=held is not None, product_row=held is not None and held.product is not None
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say why a price's key does nothing here; the price typed after it must not become a jump on air."""
        if self._context.actions.pressed(event, "edit_price", "edit_stock"):
            self._context.notices.info(lambda: _("This row has no product to price."))
            self.table.pass_over_number()
        else:
            super().keyPressEvent(event)

    def _jump(self, number: int) -> None:
        if self.search.text():
            self.search.clear()
        self.acts.jump(number)

    def _show_digits(self, digits: str) -> None:
        self.digits.setText(f"→ {digits} ↵")
        self.digits.setVisible(bool(digits))

    def _double_clicked(self, column: Column) -> None:
        if self.mode == "live" and column in (Column.TITLE, Column.LENGTH):
            return  # on air a double click on a title is a slip of the hand
        self.edit.edit(column)

    # -- search ----------------------------------------------------------------------------------------------

    def _find(self) -> None:
        self._search_button.hide()
        self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)

    def _leave_search(self) -> None:
        if not self.search.text():
            self.search.hide()
            self._search_button.show()
        self.table.setFocus()

    # -- adding ----------------------------------------------------------------------------------------------

    def _fill(self, act: Callable[[], object]) -> None:
        """Fill an empty queue; in a new shop there is no session yet that it could belong to, so one is made."""
        if self._context.session() is None:
            made = self._context.attempt(drafts.new_draft)
            if not made:
                return
            self._context.chosen.choose(made)
        act()

    def _ask_products(self) -> None:
        place = self.acts.place_after_current()
        self.add_products_requested.emit(len(self.model.rows) if place is None else place)

    def _add_segment(self) -> None:
        sheet = self.edit.add_segment()
        if sheet is not None:
            sheet.wanted.connect(self.acts.add_segment)

    def _paste(self) -> None:
        self.edit.paste()

    # -- Qt --------------------------------------------------------------------------------------------------

    def _with_keys(self, text: str, command_id: str) -> str:
        keys = self._context.actions.keys_text(command_id) if self.mode == "live" else ""
        return f"{text}  {keys}".rstrip()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the shop and the clock and go on following them."""
        super().showEvent(event)
        self._context.gaps.soon(self._come_back)
        self._context.gaps.soon(self.refresh_sales)
        self._timer.start()

    def _come_back(self) -> None:
        """Show what has come meanwhile, and the row on air."""
        if not self.isVisible():
            return
        self._following.catch_up()
        self._tick()
        self.table.reveal(self._on_air_id())
        self.undo.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()
        self._following.put_off()
        if not self.isVisible():
            self._active = False

    def _name_buttons(self) -> None:
        search = _("Search") if self._plain_search else self._with_keys(_("Search"), "find")
        self._search_button.setText(search)
        self._search_button.setToolTip(plain_tip(self._with_keys(_("Search the queue"), "find")))
        self._add.setText("＋" if self._plain_add else _("Add"))
        self._add.setToolTip(plain_tip(_("Add to the queue")))

    def _shorten_search(self, shorter: bool) -> None:
        self._plain_search = shorter
        self._name_buttons()

    def _shorten_add(self, shorter: bool) -> None:
        self._plain_add = shorter
        self._name_buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep an open editor over its cell."""
        super().resizeEvent(event)
        self.undo.fit(self.width() - (570 if self.mode == "live" else 230))
        self.edit.follow()


def _first_id(model: QueueModel) -> str:
    held = model.row_at(0)
    return held.segment.id if held else ""
