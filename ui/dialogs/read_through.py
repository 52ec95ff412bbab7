"""A read-through (试读): the anchor reads a script aloud, the desk times it and proposes her own pace."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.model.session import Segment
from liveshop_desk.ops import anchors
from liveshop_desk.prompter.marks import names_in
from liveshop_desk.prompter.pace import PaceUnit, TextMap
from liveshop_desk.prompter.pace_words import length_heading, pace_heading, pace_text
from liveshop_desk.prompter.reading import LEAST_UNITS, Lap, ReadThrough, own_pace, usual, worth_proposing
from liveshop_desk.prompter.script import parse
from liveshop_desk.prompter.values import values_of
from liveshop_desk.store import queries
from liveshop_desk.store.anchors import pace_of
from ui.context import Context
from ui.models.cell import Cell
from ui.models.rows_model import Head
from ui.theme import font
from ui.widgets.basics import button, label, row, set_look
from ui.widgets.rows_view import RowsView
from ui.widgets.script_colors import ScriptColors

_TICK_MS = 200


class ReadThroughDialog(QDialog):
    """Space begins and ends each paragraph, Enter says that all has been read; nothing is kept before it is asked."""

    def __init__(self, context: Context, segment: Segment, host: QWidget) -> None:
        super().__init__(host)
        self._context = context
        store = context.desk.store
        session = queries.session(store, segment.session_id)
        self._anchor = session.anchor if session else ""
        self._own = self._of_shows = 0  # the paces offered
        self._used = pace_of(store, self._anchor) or float(context.desk.settings.prompter_pace)
        shown = queries.queue_row(store, segment)
        text = queries.script_texts(store, queries.script_id(segment))
        script = text.text if text.draft is None else text.draft
        self._paragraphs = parse(script, names_in(self._anchor)).render(values_of(shown.product, segment.title))
        mapped = TextMap(self._paragraphs)
        self._unit = mapped.unit
        self.through = ReadThrough.of(mapped)
        self.setWindowTitle(_("Read-through • {title}").format(title=segment.title))
        self.setAccessibleName(self.windowTitle())
        self.resize(880, 620)
        self._make()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_time)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Time with Space and Enter; Esc closes."""
        if event.key() == Qt.Key.Key_Space:
            self.step()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Answer what is asked; what was timed is never thrown away by it, as a dialog's first button would."""
        if self.through.at is not None:
            self.finish()
        elif not self.through.done:
            self.go.click()
        elif not self.use_own.isHidden():
            self.use(self._own)

    def step(self) -> None:
        """Begin; or note that the paragraph has been read."""
        now = self._context.desk.clock.ticks()
        if self.through.at is None:
            self.through.start(now)
            self._timer.start(_TICK_MS)
        else:
            self.through.lap(now)
        self._refresh()

    def finish(self) -> None:
        """Note that the rest has been read."""
        self.through.finish(self._context.desk.clock.ticks())
        self._refresh()

    def use(self, pace: int) -> None:
        """Plan with a pace from now on; an undo takes it back."""
        self._context.attempt(anchors.set_pace, self._anchor, pace)
        if pace_of(self._context.desk.store, self._anchor) == pace:
            self._say(_("{name} now reads {pace} everywhere.").format(name=self._anchor, pace=self._written(pace)))
            self.use_own.hide()
            self.use_shows.hide()

    def _make(self) -> None:
        self.clock = label("0:00", size=28, bold=True)
        self.hint = label(size=14, tone="dim")
        self.hint.setWordWrap(True)
        self.verdict = label(size=16, bold=True)
        self.verdict.setWordWrap(True)
        self.text = _Text("\n".join(each.text for each in self._paragraphs))
        self._colors = ScriptColors(self.text.document(), self._context.theme)
        self._colors.set_anchors(names_in(self._anchor))
        self.laps = RowsView(self._context.theme)
        self.laps.setAccessibleName(_("Paragraphs as they were read"))
        self._stack = QStackedWidget()
        for part in (self.text, self.laps):
            self._stack.addWidget(part)
        self.go, self.end = button(kind="chosen"), button()
        self.use_own, self.use_shows = button(kind="chosen"), button()
        self.go.clicked.connect(self._on_go)
        self.end.clicked.connect(self.finish)
        self.use_own.clicked.connect(lambda: self.use(self._own))
        self.use_shows.clicked.connect(lambda: self.use(self._of_shows))
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.clock)
        top.addWidget(self.hint, 1)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.verdict)
        layout.addLayout(row(self.go, self.end, None, self.use_shows, self.use_own))

    def _on_go(self) -> None:
        self.step()
        self.setFocus()  # the keys stay the dialog's, not the button's

    def _refresh(self) -> None:
        reading, done = self.through.at is not None, self.through.done
        self._stack.setCurrentWidget(self.laps if done else self.text)
        self.text.mark(self.through.at, self._context.theme.color("edit"))
        self.end.setVisible(reading)
        self.end.setText(_("Read to the end") + "  ↵")
        start = _("Again") if done else _("Begin")
        self.go.setText((_("Paragraph read") if reading else start) + "  " + _("Space"))
        self.go.setEnabled(any(self.through.units))
        set_look(self.go, kind="quiet" if done else "chosen")
        if not reading:
            self._timer.stop()
        self._show_time()
        self.hint.setText(self._hint())
        self._conclude(done=done)

    def _hint(self) -> str:
        if not any(self.through.units):
            return _("This script has nothing to read aloud yet.")
        if self.through.at is not None:
            return _("Space after each paragraph, or Enter when you have read to the end.")
        if self.through.done:
            return _("Paragraphs far from the usual are left out of the pace.")
        return _("Press Space and read aloud, as on air. Directions and pauses are not counted.")

    def _show_time(self) -> None:
        seconds = sum(lap.seconds for lap in self.through.laps)
        if self.through.at is not None:
            seconds += self._context.desk.clock.ticks() - self.through.began
        self.clock.setText(timer_text(int(seconds)))

    def _conclude(self, *, done: bool) -> None:
        """Say what was found, and offer to plan with it."""
        pace = own_pace(self.through.laps) if done else None
        self.use_own.setVisible(pace is not None and bool(self._anchor))
        self.verdict.setVisible(done)
        self._offer_shows(done=done)
        if not done:
            return
        self._fill()
        self._say(self._verdict(pace))
        if pace is not None:
            self.use_own.setText(_("Use {pace}").format(pace=pace) + "  ↵")
            self._own = pace

    def _offer_shows(self, *, done: bool) -> None:
        """Offer what her last shows say, where that is something else."""
        found = anchors.pace_in_shows(self._context.desk.store, self._anchor) if not done else None
        self.use_shows.setVisible(found is not None and worth_proposing(found, self._used))
        if found is not None:
            self.use_shows.setText(_("Last shows: {pace} — use it").format(pace=self._written(found)))
            self._of_shows = found

    def _verdict(self, pace: int | None) -> str:
        if pace is None:
            return _too_little(self._unit)
        if not self._anchor:
            return _("That is {pace}. Name the anchor in the session's facts to keep it.").format(
                pace=self._written(pace)
            )
        return _("{name} reads {pace}; the desk plans with {used}. Use it?").format(
            name=self._anchor, pace=self._written(pace), used=round(self._used)
        )

    def _written(self, pace: float) -> str:
        """Write a pace in what this script is counted in."""
        return pace_text(pace, self._unit)

    def _say(self, text: str) -> None:
        self.verdict.setText(text)
        self.verdict.setAccessibleName(text)

    def _fill(self) -> None:
        counted = usual(self.through.laps)
        length, pace = length_heading(self._unit), pace_heading(self._unit)
        heads = [Head(_("Paragraph"), right=False), Head(length), Head(_("Time")), Head(pace)]
        self.laps.rows.fill(heads, [self._row(lap, counted=lap in counted) for lap in self.through.laps])

    def _row(self, lap: Lap, *, counted: bool) -> list[Cell]:
        text = " ".join(each.text for each in self._paragraphs[lap.first : lap.last + 1])
        tone = "text" if counted else "faint"
        tip = "" if counted else _("Not counted: too short, or far from the usual")
        return [
            Cell(text, tone, tip=text), Cell(str(round(lap.units)), "dim"), Cell(timer_text(round(lap.seconds)), "dim"),
            Cell(str(round(lap.pace)), tone, tip=tip),
        ]  # fmt: skip


def _too_little(unit: PaceUnit) -> str:
    if unit is PaceUnit.WORDS:
        return _("Too little was read to tell a pace: read at least {n} words.").format(n=round(LEAST_UNITS))
    return _("Too little was read to tell a pace: read at least {n} characters.").format(n=round(LEAST_UNITS))


class _Text(QPlainTextEdit):
    """The script to read aloud, the paragraph that is read on a field of its own."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("kind", "script")
        self.setFont(font(24))
        self.setPlainText(text)
        self.setAccessibleName(_("Script"))

    def mark(self, paragraph: int | None, color: QColor) -> None:
        """Show where she is; ``None`` nowhere."""
        if paragraph is None:
            self.setExtraSelections([])
            return
        cursor = QTextCursor(self.document().findBlockByNumber(paragraph))
        self.setTextCursor(cursor)
        self.centerCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(color)
        look.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
        found = QTextEdit.ExtraSelection()
        found.cursor, found.format = cursor, look  # pyright: ignore[reportAttributeAccessIssue]
        self.setExtraSelections([found])
