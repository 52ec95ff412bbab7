"""What was changed, by whom and when: the newest steps of the journal, read only."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _, day_text
from liveshop_desk.model.clock import clock_text, to_local
from liveshop_desk.store.history import Line, newest
from liveshop_desk.store.journal import Entry
from ui.context import Context
from ui.theme import ROW, Theme, font
from ui.widgets.basics import Panel, button, plain_tip
from ui.widgets.short_numbers import cut_inside
from ui.widgets.tables import dress_header

SHOWN = 200  # steps: an evening's edits
_TIME = 88  # px of a time of today
_PADDING = 8  # px beside the words of a row, more than a style leaves


class _Acts(QStyledItemDelegate):
    """Leaves out the middle where there is little room: whose price it was, and what it became, is read."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Cut the words."""
        super().initStyleOption(option, index)
        room = option.rect.width()  # pyright: ignore[reportAttributeAccessIssue]
        if room > 0:  # not asked how much it would like
            option.text = cut_inside(option.fontMetrics, option.text, room - _PADDING)  # pyright: ignore[reportAttributeAccessIssue]


class HistoryPanel(Panel):
    """A side sheet over the journal. ``closed`` when the user has read enough; it is never in the way."""

    closed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[Line] = []  # as they stand in the table
        self._today = to_local(context.desk.clock.now()).date()
        self.table = QTableWidget(0, 3)
        self._dress_table()
        self.close_button = button("✕", kind="quiet")
        self.close_button.clicked.connect(self.closed)
        self.add_header(self.close_button)
        self.add_body(self.table)
        context.bridge.changed.connect(self._on_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Put all texts into the language in use; the record too is told in it."""
        self.title.setText(_("What was changed"))
        self.setAccessibleName(_("What was changed"))
        self.table.setAccessibleName(_("What was changed"))
        self.close_button.setAccessibleName(_("Close"))
        self.close_button.setToolTip(_("Close"))
        self.table.setHorizontalHeaderLabels([_("Time"), _("What"), _("Who")])
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the newest steps again and write all of them anew."""
        self._lines = []
        self._follow()

    def _follow(self) -> None:
        """Read the newest steps; write those that are new, and those a later step has undone or redone."""
        lines = newest(self._context.desk.store, SHOWN)
        today = to_local(self._context.desk.clock.now()).date()
        held = self._lines if today == self._today else []
        self._lines, self._today = lines, today
        fresh = sum(line.entry.id > held[0].entry.id for line in lines) if held else 0
        for _row in range(fresh):
            self.table.insertRow(0)
        self.table.setRowCount(len(lines))
        for number, line in enumerate(lines):
            before = number - fresh
            if not 0 <= before < len(held) or held[before] != line:
                self._write(number, line)
        self._widen()
        self.subtitle.setText(_("nothing yet") if not lines else "")

    def _write(self, row: int, line: Line) -> None:
        self._put(row, 0, self._when(line), dim=True)
        self._put(row, 1, _what(line), dim=line.undone)
        self._put(row, 2, line.entry.who or "—", dim=True)

    def _when(self, line: Line) -> str:
        """Write when a step was made: to the second today, with its day before that, with its year in another."""
        at, day = line.entry.at, to_local(line.entry.at).date()
        if day == self._today:
            return clock_text(at, seconds=True)
        return f"{day_text(day, self._today)} {clock_text(at)}"

    def _widen(self) -> None:
        """Give the times the room the longest of them needs."""
        longest = max(range(len(self._lines)), key=lambda row: len(self._when(self._lines[row])), default=0)
        needed = self.table.sizeHintForIndex(self.table.model().index(longest, 0)).width()
        self.table.setColumnWidth(0, max(_TIME, needed + 1))

    def restyle(self, _look: Theme) -> None:
        """Read again in another theme's colours (the context has it)."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again when it is opened."""
        super().showEvent(event)
        self.refresh()

    def _dress_table(self) -> None:
        table = self.table
        table.setFont(font(13))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setItemDelegateForColumn(1, _Acts(table))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW - 4)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setTabKeyNavigation(False)
        dress_header(table.horizontalHeader(), stretched=1)
        table.setColumnWidth(0, _TIME)
        table.setColumnWidth(2, 72)

    def _put(self, row: int, column: int, text: str, *, dim: bool) -> None:
        item = QTableWidgetItem(text)
        item.setToolTip(plain_tip(text))
        if dim:
            item.setForeground(QBrush(self._context.theme.color("hint" if column == 1 else "dim")))
        self.table.setItem(row, column, item)

    def _on_changed(self, changes: Changes) -> None:
        if changes.label != "sold" and self.isVisible():  # sales move stock all the time and are no step
            self._follow()


def _what(line: Line) -> str:
    text = _act(line.entry)
    return _("{act} (undone)").format(act=text) if line.undone else text


def _act(entry: Entry) -> str:
    if entry.kind == "undo":
        return _("↶ Undo: {act}").format(act=entry.label)
    if entry.kind == "redo":
        return _("↷ Redo: {act}").format(act=entry.label)
    return entry.label
