"""The import dialog: what a file would change, row by row; confirmed it is one step, and one undo takes it back."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, mark, ngettext, number_text
from liveshop_desk.ops.importing import LineState, Plan
from liveshop_desk.ops.importing_files import SOURCES, Job, plan_file
from liveshop_desk.ops.plan import Report
from liveshop_desk.sheets.report import kind_label
from ui.context import Context
from ui.dialogs.import_apply import in_thread, is_large, say_imported, tell_when_written, write
from ui.dialogs.import_files import choose_file
from ui.dialogs.import_lines import LinesTable
from ui.dialogs.import_reading import TITLES, mapping_of, year_of
from ui.faults import report
from ui.theme import font
from ui.widgets.basics import button, label, plain_tip, row, set_look
from ui.work import Work

_MAP = re.compile(r'--map "[^"=]*=([^"]+)"')  # how a reader says that a column may only have another name

CHIPS: tuple[tuple[LineState | None, str], ...] = (
    (None, mark("All {n}")),
    (LineState.NEW, mark("New {n}")),
    (LineState.CHANGED, mark("Changed {n}")),
    (LineState.UNCHANGED, mark("Unchanged {n}")),
    (LineState.REFUSED, mark("Refused {n}")),
)


class ImportDialog(QDialog):
    """Preview of one file. ``planned`` when a preview is shown, ``failed`` when there is none, ``imported`` at the end.

    Nothing runs an event loop of its own: show it with ``open()``.
    """

    planned = Signal()
    failed = Signal()
    imported = Signal()

    def __init__(
        self, context: Context, what: str, path: Path, *, session_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._work: Work | None = None
        self.job = Job(what, Path(path), session_id)
        self.plan: Plan | None = None
        self._again = False  # writing failed, and nothing was written: it may be tried again
        self.file = label(size=16, bold=True)
        self.kind = QComboBox()
        self.year = QLineEdit()
        self.mapping = QLineEdit()
        self.lines = LinesTable(context)
        self.message = label(size=14)
        self.notes = label(size=13, tone="dim")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)  # the bar is lower than a figure
        self.chips = QButtonGroup(self)
        self._build()
        self.setAcceptDrops(True)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(960, 640)
        self.retranslate()
        self.read()

    # -- making it -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._as = label(size=13, tone="dim")
        self._year_label, self._mapping_label = label(size=13, tone="dim"), label(size=13, tone="dim")
        for field in (self.kind, self.year, self.mapping):
            field.setFont(font(13))
        self.year.setFixedWidth(72)
        self.year.setMaxLength(4)
        self._other = button()
        self._other.clicked.connect(self._choose_other)
        for place, (_state, _text) in enumerate(CHIPS):
            chip = button(kind="chip")
            chip.setCheckable(True)
            chip.setChecked(place == 0)
            self.chips.addButton(chip, place)
        self._pages = QStackedWidget()
        for widget in (self.lines, self._message_page()):
            self._pages.addWidget(widget)
        self._cancel = button()
        self._confirm = button(kind="chosen")
        self._confirm.setDefault(True)
        self.notes.setWordWrap(True)
        self._lay_out()
        self.kind.activated.connect(lambda _place: self.read())
        self.year.editingFinished.connect(self._options_changed)
        self.mapping.editingFinished.connect(self._options_changed)
        self.chips.idClicked.connect(self._show_lines)
        self._cancel.clicked.connect(self.stop)
        self._confirm.clicked.connect(self.confirm)

    def _message_page(self) -> QWidget:
        page = QWidget()
        self.message.setWordWrap(True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.setContentsMargins(64, 24, 64, 24)
        column.addWidget(self.message)
        return page

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(row(self.file, None, self._as, self.kind, self._other))
        column.addLayout(row(*(self.chips.button(place) for place in range(len(CHIPS))), None))
        column.addWidget(self._pages, 1)
        column.addWidget(self.notes)
        column.addLayout(row(self._year_label, self.year, self._mapping_label, self.mapping))
        column.addWidget(self.progress)
        column.addLayout(row(None, self._cancel, self._confirm))
        for widget in (self._year_label, self.year):
            widget.setVisible(SOURCES[self.job.what].dated)
        self.kind.setVisible(bool(SOURCES[self.job.what].kinds))

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.setWindowTitle(_(TITLES[self.job.what]))
        self._year_label.setText(_("Year of dates without one"))
        self._mapping_label.setText(_("Columns with other names"))
        self.year.setAccessibleName(self._year_label.text())
        self.mapping.setAccessibleName(self._mapping_label.text())
        self.mapping.setPlaceholderText(_("column=field; column=field"))
        self.kind.setAccessibleName(_("Format of the file"))
        self._other.setText(_("Another file"))
        self._fill_kinds()
        self._refresh()

    def _fill_kinds(self) -> None:
        held = max(0, self.kind.currentIndex())
        self.kind.clear()
        self.kind.addItem(_("as recognised"), None)
        for kind in SOURCES[self.job.what].kinds:
            self.kind.addItem(kind_label(kind), kind)
        self.kind.setCurrentIndex(held)

    # -- reading ---------------------------------------------------------------------------------------------

    def take_file(self, path: Path) -> None:
        """Look at another file."""
        self.job = replace(self.job, path=path)
        self.read()

    def _choose_other(self) -> None:
        choose_file(self, self.job.what, self.take_file, self.job.path.parent)

    def _options_changed(self) -> None:
        """Read again where year or columns are said otherwise now."""
        try:
            same = (year_of(self.year.text()), mapping_of(self.mapping.text())) == (self.job.year, self.job.mapping)
        except UserError:
            same = False
        if not same:
            self.read()

    def read(self) -> None:
        """Read the file in a thread and show what it would change."""
        if self._work is not None:
            return
        self.plan, self._again = None, False
        try:
            self.job = replace(
                self.job,
                kind=self.kind.currentData(),
                year=year_of(self.year.text()),
                mapping=mapping_of(self.mapping.text()),
            )
        except UserError as error:
            self._read_failed(error)
            return
        job, store = self.job, self._context.desk.store
        self._say(_("Reading {file} …").format(file=job.path.name), "dim")

        def task(report: Report) -> Plan:
            own = store.sibling()
            try:
                return plan_file(own, job, report)
            finally:
                own.close()

        work = Work(task, self)
        work.succeeded.connect(self._read_done)
        work.failed.connect(self._read_failed)
        self._start(work)

    def _read_done(self, plan: Plan) -> None:
        self._ended()
        self.plan = plan
        self.notes.setText("\n".join(plan.notes))
        first = 4 if plan.refused and plan.empty else 0
        self._chip(first).setChecked(True)
        self._pages.setCurrentIndex(0)
        self._refresh()
        self._show_lines(first)
        if not plan.empty:
            self._confirm.setFocus()
        elif not self.year.isHidden() and plan.yearless:
            self.year.setFocus()  # what is missing is typed here
        self.planned.emit()

    def _read_failed(self, error: Exception) -> None:
        self._ended()
        self._tell(error)
        self._refresh()
        if isinstance(error, UserError) and (_MAP.search(error.todo) or self.mapping.text().strip()):
            self.mapping.setFocus()  # it is said there which column is meant, or was said wrongly
        self.failed.emit()

    # -- showing ---------------------------------------------------------------------------------------------

    def _chip(self, place: int) -> QPushButton:
        chip = self.chips.button(place)
        assert isinstance(chip, QPushButton)
        return chip

    def _show_lines(self, place: int) -> None:
        if self.plan is not None:
            self.lines.lines.show(self.plan.lines, CHIPS[place][0])

    def _refresh(self) -> None:
        """Put the counts and the words of the buttons right."""
        plan = self.plan
        self.file.setText(_elided(self.job.path.name))
        self.file.setToolTip(plain_tip(str(self.job.path)))
        self._as.setText(_("read as {kind}").format(kind=kind_label(plan.kind)) if plan else "")
        counts = (plan.read, *plan.counts()) if plan else (0,) * len(CHIPS)
        for place, (_state, text) in enumerate(CHIPS):
            self._chip(place).setText(_(text).format(n=number_text(counts[place])))
            self._chip(place).setEnabled(bool(counts[place]))
            self._chip(place).setVisible(plan is not None)
        self.notes.setVisible(bool(self.notes.text()) and plan is not None)
        self.progress.setVisible(self._work is not None)
        n = plan.added + plan.changed if plan else 0
        self._confirm.setText(
            ngettext("Import {n} row", "Import {n} rows", n).format(n=number_text(n)) if n else _("Import")
        )
        if self._again:
            self._confirm.setText(_("Try again"))
        self._confirm.setEnabled((n > 0 or self._again) and self._work is None)
        self._cancel.setText(_("Cancel") if n or self._work else _("Close"))
        for field in (self.kind, self.year, self.mapping, self._other):
            field.setEnabled(self._work is None)
        if plan is not None and plan.empty and not plan.refused:
            known = _("Everything in this file is in the shop already.")  # orders may be left out: the notes say why
            left_out = plan.what == "orders" and plan.notes
            self.notes.setText("\n".join((*plan.notes, _("This file changes nothing."))) if left_out else known)
            self.notes.setVisible(True)

    def _say(self, text: str, tone: str) -> None:
        self.message.setText(text)
        set_look(self.message, tone=tone)
        self._pages.setCurrentIndex(1)

    def _tell(self, error: Exception) -> None:
        """Say in the file's place why there is no preview, or no import; what nobody expected is logged as well."""
        if not isinstance(error, UserError):
            report(self._context.notices, error)
        self._say(_told(error), "")

    # -- writing ---------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        """Write the plan as one step: a small one at once, a large one in a thread.

        After a failure look at the file anew: what stands in the shop may be another meanwhile.
        """
        if self._again:
            self.read()
            return
        plan = self.plan
        if plan is None or plan.empty or self._work is not None:
            return
        if not is_large(plan):
            try:
                self._written(self._context.desk.run_from(self, write, plan))
            except UserError as error:
                self._write_failed(error)
            return
        work = in_thread(self._context, lambda store, report: write(store, plan, report), self)
        tell_when_written(self._context, work, plan)  # first, and not by the dialog: it may be gone by then
        work.progressed.connect(self._progressed)
        work.succeeded.connect(self._leave_written)
        work.failed.connect(self._write_failed)
        work.cancelled.connect(self._write_cancelled)
        self._start(work)

    def _progressed(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)

    def _written(self, step_id: int) -> None:
        assert self.plan is not None
        self._context.bridge.look()
        say_imported(self._context, self.plan, step_id)
        self.imported.emit()
        self.accept()

    def _leave_written(self) -> None:
        if self._work is not None:  # else it was left meanwhile
            self._ended()
            self.imported.emit()
            self.accept()

    def _write_failed(self, error: Exception) -> None:
        self._ended()
        self.plan, self._again = None, True
        self._tell(error)
        self._refresh()
        self._confirm.setFocus()  # Enter tries again: the keyboard left it while a large one was written
        self.failed.emit()

    def _write_cancelled(self) -> None:
        self._ended()
        self.notes.setText(_("Cancelled. Nothing was imported."))
        self._refresh()

    # -- work and windows ------------------------------------------------------------------------------------

    def _start(self, work: Work) -> None:
        self._work = work
        self.progress.setRange(0, 0)
        self._refresh()
        work.start()

    def _ended(self) -> None:
        if self._work is not None:
            self._work.finished.connect(self._work.deleteLater)
            self._work = None

    def stop(self) -> None:
        """Stop writing, or leave the dialog where nothing is being written."""
        if self._work is not None and self.plan is not None:
            self._work.cancel()
        else:
            self.reject()

    def reject(self) -> None:
        """Leave at once. What is being read or written is stopped; what is written already is said, with its undo."""
        work, self._work = self._work, None
        if work is not None:
            work.disconnect(self)
            work.leave()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's own close button leaves as Esc does."""
        self.reject()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take another file."""
        if self._work is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the dropped file."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take_file(Path(paths[0]))


def _told(error: Exception) -> str:
    """Return an error for the reader: what happened, what was kept, what to do, each on its own line."""
    if isinstance(error, UserError):
        return "\n".join(part for part in (error.what, error.kept, _todo(error.todo)) if part)
    return _("This is a fault of the program: {error}").format(error=error)


def _todo(todo: str) -> str:
    """Return what to do in the dialog's own terms where the reader speaks of the command line."""
    option = _MAP.search(todo)
    if option is None:
        return todo
    return _("If a column only has another name, say so below: column={field}").format(field=option[1])


def _elided(name: str) -> str:
    return name if len(name) <= 48 else f"{name[:30]}…{name[-17:]}"
