"""Pasting a list into the queue: what would come of every line while it is typed, then all of it as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableWidget, QTableWidgetItem, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _, ngettext
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, plain_tip, row
from ui.widgets.popover import Popover

if TYPE_CHECKING:
    from liveshop_desk.ops.importing import Plan, PlanLine
    from liveshop_desk.store.store import Store

PAUSE_MS = 120  # typing goes on without a plan made at every key
_WIDTH = 600  # px; less where the panel is narrower
MOST = 100  # lines shown; the rest is counted
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PastePopover(Popover):
    """A text, and a table of what each line becomes. What is refused stays in ``kept``, and what was not added."""

    def __init__(self, host: QWidget, context: Context, kept: str = "") -> None:
        super().__init__(host, _("Paste a list"))
        self._context = context
        self.plan: Plan | None = None
        self.text = _text_field(kept)
        self.text.installEventFilter(self)
        self.lines = _lines_table()
        # The scroll bar comes while the rows are measured and takes width from their texts; so they are once more.
        resized = self.lines.horizontalHeader().sectionResized
        resized.connect(self.lines.resizeRowsToContents, Qt.ConnectionType.QueuedConnection)
        self.preview = label(size=13, tone="dim")
        self.preview.setWordWrap(True)
        self.add = button(_("Add"), kind="chosen", name=_("Add"), tip=_("Ctrl+Enter"))
        self.add.clicked.connect(self.submit)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.text.textChanged.connect(self._pause.start)
        context.bridge.changed.connect(self._on_changed)
        self.body.addWidget(self.text)
        self.body.addWidget(self.lines, 1)
        footer = row(self.preview, 12, self.add)
        footer.setStretch(0, 1)
        self.body.addLayout(footer)
        self.look()

    @property
    def dirty(self) -> bool:
        """Tell whether there is a text."""
        return bool(self.kept.strip())

    @property
    def kept(self) -> str:
        """Return the text as it stands."""
        return self.text.toPlainText()

    def sizeHint(self) -> QSize:
        """Return a width at which most lines of the preview need one line only."""
        return QSize(_WIDTH, super().sizeHint().height())

    def focus(self) -> None:
        """Put the cursor into the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+Enter from the desk's own commands: here it adds the list."""
        if event.type() == QEvent.Type.ShortcutOverride and _is_submit(event):
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Add with Ctrl+Enter from inside the text."""
        if watched is self.text and _is_submit(event):
            if event.type() == QEvent.Type.KeyPress:
                self.submit()
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def look(self) -> None:
        """Show what would come of the text now."""
        from liveshop_desk.ops.importing import plan_pasted

        self._pause.stop()
        self.plan, says = None, _("What will be added is shown here.")
        if self.dirty:
            try:
                self.plan = plan_pasted(self._context.desk.store, self._context.chosen.id, self.kept)
                says = _counted(self.plan)
            except UserError as error:
                says = str(error)
        self.preview.setText(says)
        self.add.setEnabled(self.plan is not None and not self.plan.empty)
        self._show_lines(self.plan.lines if self.plan else ())

    def submit(self) -> None:
        """Add what can be added as one step; the lines refused stay to be mended."""
        from liveshop_desk.sheets.pasted import rest_of

        plan = self._plan_now()
        if plan is None or plan.empty:
            return
        text = self.kept
        if not self._context.attempt(_added, plan):
            return
        self.text.setPlainText(rest_of(text, {line.row for line in plan.lines}, {r.row for r in plan.refused}))
        _say_added(self._context, plan)
        if plan.refused:
            self.look()
            self.focus()
        else:
            self.close_now()

    def _plan_now(self) -> Plan | None:
        """Return the plan of the text and the shop as they are; a long list is not planned twice for one Enter."""
        if self._pause.isActive() or self.plan is None or self.plan.seen != self._context.desk.store.newest_step():
            self.look()
        return self.plan

    def _on_changed(self, changes: Changes) -> None:
        """Look again where the catalogue or the queue is another; units sold on air are no reason."""
        if changes.touches("products", "segments") and self.dirty:
            self._pause.start()

    def _show_lines(self, lines: tuple[PlanLine, ...]) -> None:
        theme, table = self._context.theme, self.lines
        table.setVisible(bool(lines))
        table.setRowCount(min(len(lines), MOST))
        for place, line in enumerate(lines[:MOST]):
            refused = line.state == "refused"
            detail = _("refused: {why}").format(why=line.detail) if refused else line.detail
            for column, text in enumerate((str(line.row), line.title or "—", detail)):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text))
                item.setForeground(theme.color(_tone(column, refused)))
                table.setItem(place, column, item)
        self.refit()
        table.resizeRowsToContents()


def _added(store: Store, plan: Plan) -> bool:
    """Add what the preview shows."""
    from liveshop_desk.ops.importing import apply

    apply(store, plan)
    return True


def _tone(column: int, refused: bool) -> str:
    return ("hint", "text", "on_air" if refused else "dim")[column]


def _text_field(kept: str) -> QPlainTextEdit:
    field = QPlainTextEdit(kept)
    field.setFont(font(14))
    field.setAccessibleName(_("List to add"))
    field.setPlaceholderText(
        _("One row a line, from a chat, a table or a document:\n1 Down coat Y9981 ¥369 8 min\n2 Lucky bag 5 min")
    )
    field.setTabChangesFocus(True)
    field.setMinimumSize(260, 100)
    field.setMaximumHeight(170)
    return field


def _lines_table() -> QTableWidget:
    """Make the preview's table: read, not edited, long texts on several lines."""
    table = QTableWidget(0, 3)
    table.setHorizontalHeaderLabels([_("Line"), _("Segment / product"), _("What comes of it")])
    table.setAccessibleName(_("Preview"))
    table.setFont(font(13))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setShowGrid(False)
    table.setWordWrap(True)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    head = table.horizontalHeader()
    head.setSectionsClickable(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
    table.setColumnWidth(0, 48)
    table.setColumnWidth(1, 190)
    table.setMinimumHeight(150)
    return table


def _is_submit(event: QEvent) -> bool:
    """Tell whether an event is Ctrl+Enter, pressed or asked about."""
    if not isinstance(event, QKeyEvent) or event.type() == QEvent.Type.KeyRelease:
        return False
    return event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _counted(plan: Plan) -> str:
    """Say how many segments come, how many lines do not, and how many lines the table does not show."""
    said = [ngettext("{n} segment will be added.", "{n} segments will be added.", plan.added).format(n=plan.added)]
    refused = len(plan.refused)
    if refused:
        said.append(ngettext("{n} line is refused.", "{n} lines are refused.", refused).format(n=refused))
    more = len(plan.lines) - MOST
    if more > 0:
        said.append(ngettext("… and {n} line more.", "… and {n} lines more.", more).format(n=more))
    return " ".join(said)


def _say_added(context: Context, plan: Plan) -> None:
    """Say what came, with the button that takes it back; lines refused are named in the sheet, which stays."""
    undo = context.actions["undo"].trigger
    context.notices.info(lambda: _came(plan), action=lambda: _("Undo"), on_action=undo, keeps=bool(plan.refused))


def _came(plan: Plan) -> str:
    said = [ngettext("{n} segment added.", "{n} segments added.", plan.added).format(n=plan.added)]
    refused = len(plan.refused)
    if refused:
        kept = ngettext("{n} line stays in the list.", "{n} lines stay in the list.", refused)
        said.append(kept.format(n=refused))
    return " ".join(said)
