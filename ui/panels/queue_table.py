"""The queue's table: its columns' widths, digits + Enter, and rows that are dragged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from liveshop_desk.i18n import _
from ui.context import Context
from ui.models.queue_cells import Column, heading
from ui.models.queue_model import SEGMENT_ID, QueueModel
from ui.panels.queue_delegate import PAD, QueueDelegate, row_font
from ui.theme import font
from ui.widgets.chosen_rows import choose_rows, chosen_rows
from ui.widgets.tables import dress_rows

JUMP_PAUSE_MS = 2_000  # a pause this long forgets the digits
_PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_TITLE_MIN = 150  # px; below it columns go, the least needed first
_TITLE_GOOD = 190  # px: most names are read whole
_TITLE_WHOLE = 240  # px: nearly all are
_RANGES = ("¥199.90–¥229.90", "¥1,199–1,299")  # prices; where names have no room they are cut, whole in the tooltip
_WIDEST = {
    Column.PLANNED: "00:00", Column.ACTUAL: "00:00", Column.LENGTH: "00:00",
    Column.PRICE: "¥12,345.00", Column.STOCK: "12,345", Column.SOLD: "12,345", Column.RATE: "100.0%",
}  # fmt: skip
_HOUR = 3600  # seconds
_GIVE_UP = {
    "live": (Column.RATE, Column.KIND, Column.SOLD, Column.PLANNED),
    "prepare": (Column.STOCK, Column.PRICE, Column.KIND, Column.LENGTH),
}
_SPARE = (Column.RATE, Column.STOCK, Column.PRICE)  # shown only beside names that are read whole


class QueueTable(QTableView):
    """Rows of 36 px, whole rows selected. Digits are collected and told; what they do is the panel's word."""

    digits_changed = Signal(str)
    jump = Signal(int)  # digits + Enter
    ticks_wanted = Signal()  # Space, or a click on the shelf cell
    edit_wanted = Signal(object)  # Column, by a double click

    def __init__(self, context: Context, model: QueueModel) -> None:
        super().__init__()
        self._queue = model
        self._digits = ""
        self._deaf = False  # the number being typed was meant for a field that did not open
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(JUMP_PAUSE_MS)
        self._pause.timeout.connect(self.forget_digits)
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(context, model.columns, self))
        self._behave()
        model.modelReset.connect(self._fit)
        self.doubleClicked.connect(self._want_edit)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the name and the columns' widths into the language in use."""
        self.setAccessibleName(_("Queue"))
        self.setAccessibleDescription(_("Type a row's number and Enter to go there; Space for the platforms' ticks."))
        self._fit()

    def _behave(self) -> None:
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        columns = self.horizontalHeader()
        columns.setFont(font(12))
        columns.setFixedHeight(30)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(24)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(self._queue.columns.index(Column.TITLE), QHeaderView.ResizeMode.Stretch)

    # -- columns ---------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give every column what its widest usual text needs; hide the least needed where the title gets too short."""
        widths = self._widths()
        hidden = self._make_room(widths)
        for position, name in enumerate(self._queue.columns):
            self.setColumnHidden(position, name in hidden)
            if name is not Column.TITLE:
                self.setColumnWidth(position, widths[name])

    def _widths(self) -> dict[Column, int]:
        """Return what each column's widest usual text needs, in px."""
        text, head = QFontMetrics(row_font(bold=True)), QFontMetrics(font(14))
        widths: dict[Column, int] = {}
        samples = _WIDEST | {
            Column.NUMBER: "8" * max(2, len(str(len(self._queue.rows)))),
            Column.KIND: heading(Column.KIND, self._queue.mode),
            Column.SHELF: "● " + _("Pitching") + " 1/2",
        }
        if any(row.segment.planned_seconds >= _HOUR for row in self._queue.rows):
            samples[Column.LENGTH] = "0:00:00"
        for name in self._queue.columns:
            held = max(
                text.horizontalAdvance(samples.get(name, "")), head.horizontalAdvance(heading(name, self._queue.mode))
            )
            widths[name] = held + 2 * PAD + 2
        widths[Column.KIND] = max(widths[Column.KIND], head.horizontalAdvance(_("Interaction")) + 2 * PAD + 14)
        return widths

    def _make_room(self, widths: dict[Column, int]) -> set[Column]:
        """Return what is hidden, where the title needs it, and widen the price where the title can spare it."""
        hidden = self._hidden(widths)
        text = QFontMetrics(row_font(bold=True))
        for sample in _RANGES:
            wide = text.horizontalAdvance(sample) + 2 * PAD + 2
            if self._left(widths | {Column.PRICE: wide}, hidden) >= _TITLE_WHOLE:
                widths[Column.PRICE] = wide
                break
        return hidden

    def _hidden(self, widths: dict[Column, int]) -> set[Column]:
        hidden: set[Column] = set()
        for name in _GIVE_UP[self._queue.mode]:
            if self._left(widths, hidden) >= (_TITLE_GOOD if name in _SPARE else _TITLE_MIN):
                break
            hidden.add(name)
        return hidden

    def _left(self, widths: dict[Column, int], hidden: set[Column]) -> int:
        """Return what the other columns leave for the title, in px."""
        taken = sum(width for key, width in widths.items() if key is not Column.TITLE and key not in hidden)
        return self.viewport().width() - taken

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        self._fit()

    def is_hidden(self, column: Column) -> bool:
        """Tell whether a column is hidden because the table is too narrow for it, or not one of this room's."""
        return column not in self._queue.columns or self.isColumnHidden(self._queue.columns.index(column))

    def shown_place(self, column: Column) -> int:
        """Return where a column stands; a hidden one's place is the title's."""
        return self._queue.columns.index(Column.TITLE if self.is_hidden(column) else column)

    def cell_rect(self, segment_id: str, column: Column) -> QRect | None:
        """Return where a cell is in the viewport; a hidden column's is the title's. ``None`` where the row is not."""
        view_row = self._queue.view_row(segment_id)
        if view_row is None:
            return None
        return self.visualRect(self._queue.index(view_row, self.shown_place(column)))

    # -- choosing rows ---------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """Return the chosen row's segment id, or an empty text."""
        index = self.currentIndex()
        return index.data(SEGMENT_ID) if index.isValid() else ""

    def selected_ids(self) -> list[str]:
        """Return the selected rows' segment ids in the queue's order."""
        return [self._queue.index(view_row, 0).data(SEGMENT_ID) for view_row in chosen_rows(self)]

    def choose(self, segment_ids: list[str], current: str) -> None:
        """Select rows again (after a reset) and make one of them the current one, in sight."""
        view_row = self._queue.view_row(current)
        if view_row is not None:
            index = self._queue.index(view_row, 0)
            self.setCurrentIndex(index)  # the view's own: Shift+Down goes on from here
            self.scrollTo(index)
        self.selectionModel().clearSelection()
        choose_rows(self, {row for row in map(self._queue.view_row, segment_ids) if row is not None})

    def reveal(self, segment_id: str) -> None:
        """Bring a row to the upper part of the view, so that what comes after it is in sight too."""
        view_row = self._queue.view_row(segment_id)
        if view_row is not None:
            above = self._queue.index(max(0, view_row - 2), 0)
            self.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)

    # -- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Collect digits; Enter jumps, Backspace and Esc take back. Letters do nothing here."""
        plain = not event.modifiers() & ~_PLAIN
        key = event.key()
        if plain and event.text().isascii() and event.text().isdigit():
            self.type_digit(event.text())
        elif plain and key in _ENTER:
            self._enter()
        elif plain and self._digits and key == Qt.Key.Key_Backspace:
            self._set_digits(self._digits[:-1])
        elif plain and key == Qt.Key.Key_Escape and (self._digits or self._deaf):
            self.forget_digits()
        elif plain and key == Qt.Key.Key_Space:
            self.ticks_wanted.emit()
        elif event.text().isprintable() and event.text() and plain:
            event.ignore()  # no search by letters: Ctrl+F has the search
        else:
            super().keyPressEvent(event)

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Choose the row the keyboard goes to with Ctrl too: acts and script are those of the row that is lit."""
        ctrl, flag = Qt.KeyboardModifier.ControlModifier, QItemSelectionModel.SelectionFlag
        if isinstance(event, QKeyEvent) and event.key() in _MOVES and event.modifiers() & ctrl:
            return flag.ClearAndSelect | flag.Rows
        return super().selectionCommand(index, event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first row by Home, to the last by End: there is no cell to go to, rows are chosen whole."""
        moves = QAbstractItemView.CursorAction
        if action in (moves.MoveHome, moves.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def _want_edit(self, index: QModelIndex) -> None:
        self.edit_wanted.emit(self._queue.columns[index.column()])

    def type_digit(self, digit: str) -> None:
        """Take one more digit of the number to jump to."""
        if self._deaf:
            self._pause.start()
        else:
            self._set_digits((self._digits + digit)[-4:])

    def forget_digits(self) -> None:
        """Drop the digits typed so far."""
        self._deaf = False
        self._set_digits("")

    def pass_over_number(self) -> None:
        """Take the number typed next for nothing, up to its Enter: it is a price for a row that has none, no jump."""
        self._set_digits("")
        self._deaf = True
        self._pause.start()

    def _enter(self) -> None:
        number = self._digits
        self.forget_digits()
        if number:
            self.jump.emit(int(number))

    def _set_digits(self, digits: str) -> None:
        self._digits = digits
        if digits:
            self._pause.start()
        else:
            self._pause.stop()
        self.digits_changed.emit(digits)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the ticks by a plain click on the shelf cell of the row that is current."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers() & ~_PLAIN
        if plain and index.isValid() and self._queue.columns[index.column()] is Column.SHELF:
            self.ticks_wanted.emit()
