"""Editing in the queue: which editor opens where, and that nothing typed is lost while the show goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.model.money import money_text
from liveshop_desk.ops import queue, shelf
from liveshop_desk.store.queries import QueueRow
from ui.context import Context
from ui.models.queue_cells import RIGHT, Column
from ui.models.queue_model import QueueModel
from ui.panels.queue_skus import SkuPopover
from ui.panels.queue_table import QueueTable
from ui.panels.queue_ticks import TicksPopover
from ui.widgets.cell_editor import CellEditor, Submit

if TYPE_CHECKING:  # what opens by a command is loaded behind the room
    from ui.panels.queue_add import AddSegmentPopover
    from ui.panels.queue_paste import PastePopover

    Sheet = SkuPopover | TicksPopover | AddSegmentPopover | PastePopover


_GOODS = frozenset({Column.PRICE, Column.STOCK})
_SEGMENT = frozenset({Column.TITLE, Column.LENGTH})


@dataclass(slots=True)
class _Open:
    """The one thing that is open: an editor over a cell, or a sheet beside one."""

    segment_id: str
    column: Column
    editor: CellEditor | None = None
    sheet: Sheet | None = None
    value: str = ""

    @property
    def dirty(self) -> bool:
        """Tell whether something is typed that is not saved."""
        if self.editor is not None:
            return self.editor.field.dirty
        return self.sheet is not None and self.sheet.dirty

    @property
    def waits(self) -> bool:
        """Tell whether what is typed was to be saved and is not."""
        if self.editor is not None:
            return self.editor.field.waits
        sheet = self.sheet  # a list or a new row is not saved until it is added
        return isinstance(sheet, SkuPopover | TicksPopover) and sheet.waits


class QueueEdit(QObject):
    """One editor at a time. It belongs to a segment, not to a row: taking, sorting, searching keep it."""

    ended = Signal()

    def __init__(self, panel: QWidget, context: Context, model: QueueModel, table: QueueTable) -> None:
        super().__init__(panel)
        self._panel = panel
        self._context = context
        self._model = model
        self._table = table
        self._open: _Open | None = None
        self.short: Callable[[], Sequence[str]] = tuple  # SKUs with an alarm about their stock, the first one first
        self._pasted = ""  # what the last sheet for a list was closed with
        table.verticalScrollBar().valueChanged.connect(self.follow)
        table.pressed.connect(self._pressed)

    @property
    def editor(self) -> CellEditor | None:
        """Return the open cell editor, if any."""
        return self._open.editor if self._open else None

    @property
    def sheet(self) -> Sheet | None:
        """Return the open popover, if any."""
        return self._open.sheet if self._open else None

    def waits(self) -> bool:
        """Tell whether something was to be saved and is not."""
        return self._open is not None and self._open.waits

    # -- opening ---------------------------------------------------------------------------------------------

    def edit(self, column: Column) -> None:
        """Edit a column of the chosen row in place."""
        held = self._model.find(self._table.current_id())
        if held is None or self._busy():
            return
        if column in _GOODS:
            self._edit_goods(held, column)
        elif column in _SEGMENT:
            self._edit_segment(held, column)

    def ticks(self) -> None:
        """Open the platforms' ticks of the chosen row."""
        held = self._model.find(self._table.current_id())
        session = self._model.session
        if held is None or held.product is None or session is None or self._busy():
            return
        sheet = TicksPopover(self._panel, self._context, session, held.product)
        sheet.refresh(held)
        self._show_sheet(sheet, held.segment.id, Column.SHELF)
        sheet.focus()

    def add_segment(self) -> AddSegmentPopover | None:
        """Open the sheet for a segment without a product; ``None`` while an edit is open."""
        if self._busy():
            return None
        from ui.panels.queue_add import AddSegmentPopover

        sheet = AddSegmentPopover(self._panel)
        self._show_sheet(sheet, self._table.current_id(), Column.TITLE)
        sheet.focus()
        return sheet

    def paste(self) -> PastePopover | None:
        """Open the sheet for a pasted list; ``None`` while an edit is open."""
        if self._busy():
            return None
        from ui.panels.queue_paste import PastePopover

        sheet = PastePopover(self._panel, self._context, self._pasted)
        sheet.closed.connect(lambda: self._keep(sheet))
        self._show_sheet(sheet, self._table.current_id(), Column.TITLE)
        sheet.focus()
        return sheet

    def _keep(self, sheet: PastePopover) -> None:
        """Keep what was pasted and not added for the next time the sheet opens."""
        self._pasted = sheet.kept

    def _edit_goods(self, held: QueueRow, column: Column) -> None:
        product = held.product
        if product is None or not product.skus:
            self._context.notices.info(lambda: _("This row has no product to price."))
            return
        sku, *others = product.skus
        if others or self._table.is_hidden(column):  # a hidden cell has no place where it could be edited
            sheet = SkuPopover(self._panel, self._context, product)
            self._show_sheet(sheet, held.segment.id, column)
            known = {sku.id for sku in product.skus}
            sheet.focus(column, next((sku_id for sku_id in self.short() if sku_id in known), ""))
            return
        desk, panel = self._context.desk, self._panel
        if column is Column.PRICE:
            self._show_editor(
                held,
                column,
                _("Live price of {item}").format(item=product.title),
                lambda text, ok: desk.run_from(panel, shelf.type_price, [sku.id], text, confirmed=ok),
            )
        else:
            self._show_editor(
                held,
                column,
                _("Stock of {item}").format(item=product.title),
                lambda text, ok: desk.run_from(panel, shelf.type_stock, sku.id, text, confirmed=ok),
            )

    def _edit_segment(self, held: QueueRow, column: Column) -> None:
        segment, desk, panel = held.segment, self._context.desk, self._panel
        if column is Column.TITLE:
            self._show_editor(
                held,
                column,
                _("Title of the segment"),
                lambda text, _ok: desk.run_from(
                    panel, queue.edit_segment, segment.session_id, segment.id, title=text.strip()
                ),
            )
        else:
            self._show_editor(
                held,
                column,
                _("Length of the segment"),
                lambda text, _ok: desk.run_from(panel, queue.type_length, segment.session_id, segment.id, text),
            )

    def _show_editor(self, held: QueueRow, column: Column, name: str, submit: Submit) -> None:
        editor = CellEditor(self._table.viewport(), submit, name=name, right=column in RIGHT)
        if column is Column.TITLE:
            editor.field.setMaxLength(200)
        value = _value(held, column)
        self._open = _Open(held.segment.id, column, editor=editor, value=value)
        editor.closed.connect(self._closed)
        editor.stepped.connect(lambda step: self._step(held.segment.id, column, step))
        editor.open(self._rect(self._open), value)

    def _step(self, segment_id: str, column: Column, step: int) -> None:
        """Edit the next cell of the row after Tab, the one before after Shift+Tab; several SKUs have their sheet."""
        held = self._model.find(segment_id)
        if held is None or self._table.current_id() != segment_id:
            return
        goods = held.product is not None and len(held.product.skus) == 1
        able = _SEGMENT | _GOODS if goods else _SEGMENT
        shown = [name for name in self._model.columns if name in able and not self._table.is_hidden(name)]
        place = shown.index(column) + step if column in shown else -1
        if 0 <= place < len(shown):
            self.edit(shown[place])

    def _show_sheet(self, sheet: Sheet, segment_id: str, column: Column) -> None:
        self._open = _Open(segment_id, column, sheet=sheet)
        sheet.closed.connect(lambda: self._closed(True))
        rect = self._rect(self._open)
        sheet.open_at(QRect(self._table.viewport().mapTo(self._panel, rect.topLeft()), rect.size()))

    # -- while open ------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Go where the row went and show what is saved now; what is typed stays."""
        opened = self._open
        if opened is None:
            return
        held = self._model.find(opened.segment_id)
        if opened.editor is not None:
            opened.editor.place(self._rect(opened))
            value = _value(held, opened.column) if held else opened.value
            if value != opened.value:
                opened.value = value
                opened.editor.show_value(value)
        elif held and held.product and isinstance(opened.sheet, SkuPopover):
            opened.sheet.refresh(held.product)
        elif held and isinstance(opened.sheet, TicksPopover):
            opened.sheet.refresh(held)

    def _busy(self) -> bool:
        """Keep what is open where something is typed in it, else make room."""
        opened = self._open
        if opened is None:
            return False
        if opened.dirty:
            if opened.editor is not None:
                opened.editor.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._context.notices.info(lambda: _("Save (Enter) or give up (Esc) what is typed first."))
            return True
        self._dismiss(opened)
        return False

    def _pressed(self) -> None:
        """Put an untouched sheet away when the table is pressed."""
        if self._open is not None and not self._open.dirty:
            self._dismiss(self._open)

    def _dismiss(self, opened: _Open) -> None:
        if opened.editor is not None:
            opened.editor.close()
        elif opened.sheet is not None:
            opened.sheet.close_now()

    def _closed(self, by_key: bool) -> None:
        self._open = None
        if by_key:
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()

    def _rect(self, opened: _Open) -> QRect:
        """Return the cell's place, held inside the viewport where the row is scrolled away, hidden or gone."""
        room = self._table.viewport().rect()
        rect = self._table.cell_rect(opened.segment_id, opened.column)
        if rect is None or rect.isEmpty():
            position = self._table.shown_place(opened.column)
            left, width = self._table.columnViewportPosition(position), self._table.columnWidth(position)
            rect = QRect(left, 0, max(width, 90), self._table.rowHeight(0) or 36)
        if not room.contains(rect):
            rect.moveTop(max(0, min(rect.top(), room.bottom() - rect.height())))
        return rect


def _value(held: QueueRow, column: Column) -> str:
    """Return what a field shows of the saved value."""
    if column is Column.TITLE:
        return held.segment.title
    if column is Column.LENGTH:
        return timer_text(held.segment.planned_seconds)
    if held.product is None or not held.product.skus:
        return ""
    sku = held.product.skus[0]
    if column is Column.PRICE:
        return "" if sku.live_price is None else money_text(sku.live_price)
    return "" if sku.stock is None else str(sku.stock)
