"""开播前检查: the probes of ops/readiness, one line each; a line that fails leads to where it is mended."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from liveshop_desk.changes import Changes
from liveshop_desk.i18n import _
from liveshop_desk.ops.readiness import Check, Mark, look
from ui.aside import Aside
from ui.context import Context
from ui.faults import report
from ui.widgets.basics import Panel, button, label, set_look

LOOK_AGAIN_MS = 30_000  # backups, disk and screens change without a step of the journal
FRESH = 2.0  # seconds a look is not repeated for being shown
GATHER_MS = 100  # a burst of changes is probed once

_SIGNS = {Mark.OK: "✓", Mark.FAIL: "✕", Mark.OPEN: "○"}
_TONES = {Mark.OK: "good", Mark.FAIL: "on_air", Mark.OPEN: "faint"}
_FIRST = (Mark.FAIL, Mark.OPEN, Mark.OK)


class ReadyPanel(Panel):
    """The checklist. ``mend(command_id, segment_id)`` asks the room to mend a line; ``counted(ok, all)`` for the bar.

    Besides commands of COMMANDS there are two places to go: ``edit_session`` (its facts) and ``edit_script``.
    """

    mend = Signal(str, str)
    counted = Signal(int, int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.checks: list[Check] = []
        self._looked_at = 0.0
        self._due = False  # another session was chosen while nobody looked
        self._aside = Aside(context.desk.store, self)
        self._aside.done.connect(self._show)
        self._aside.failed.connect(lambda error: report(context.notices, error))
        self.lines: list[_Line] = []
        self._nothing = label(size=13, tone="dim")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(12, 10, 12, 10)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add_body(self._scrolling())
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(lambda: context.gaps.soon(self.refresh))
        self._again = QTimer(self, interval=LOOK_AGAIN_MS)
        self._again.timeout.connect(lambda: context.gaps.soon(self.refresh))
        self._listen()
        self.retranslate()

    def retranslate(self) -> None:
        """Put all texts into the language in use."""
        self.title.setText(_("Before going live"))
        self.setAccessibleName(_("Before going live"))
        self._nothing.setText(_("Make a session: what it still lacks before going live is listed here."))
        self.refresh()

    def refresh(self) -> None:
        """Probe again and show the result."""
        self._gather.stop()
        self._looked_at = self._context.desk.clock.ticks()
        self._due = False
        second, session_id = len(QGuiApplication.screens()) > 1, self._context.chosen.id
        if self._context.gaps.running:  # it reads the whole queue, of a large one for three frames
            self._aside.begin(session_id, lambda store: look(store, session_id, second_screen=second))
        else:
            self._aside.forget()
            self._show(look(self._context.desk.store, session_id, second_screen=second))

    def _show(self, found: list[Check]) -> None:
        self.checks = sorted(found, key=lambda check: _FIRST.index(check.mark))  # what is to do stays in sight
        while len(self.lines) < len(self.checks):
            self._add_line()
        for index, line in enumerate(self.lines):
            if index < len(self.checks):
                line.show_check(self.checks[index])  # before it is seen: what is polished already is polished again
            line.setVisible(index < len(self.checks))
        self._nothing.setHidden(bool(self.checks))
        done = sum(1 for check in self.checks if check.mark is Mark.OK)
        self.subtitle.setText(f"{done} / {len(self.checks)}" if self.checks else "")
        self.counted.emit(done, len(self.checks))

    def showEvent(self, event: QShowEvent) -> None:
        """Look again when the room is shown, unless it was just made: beside the imports of a start a look is slow."""
        super().showEvent(event)
        if self._due:
            self.refresh()
        elif self._context.desk.clock.ticks() - self._looked_at > FRESH:
            self._gather.start()
        self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._due = self._due or bool(self._aside.key)  # what is being read is read again when it is looked for
        self._aside.forget()
        self._gather.stop()
        self._again.stop()

    def _listen(self) -> None:
        context = self._context
        context.bridge.changed.connect(self._on_changed)
        context.chosen.changed.connect(self._on_chosen)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._look_soon)
            app.screenRemoved.connect(self._look_soon)

    def _scrolling(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addLayout(self._column)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)  # after setWidget, which switches it on
        return area

    def _add_line(self) -> None:
        line = _Line()
        line.asked.connect(self.mend)
        self.lines.append(line)
        self._column.addWidget(line)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("sessions", "segments", "products", "skus", "scripts"):
            self._look_soon()

    def _on_chosen(self, _session_id: str) -> None:
        """Look at another session; while nobody looks here only when the room is shown."""
        if self.isVisible():
            self.refresh()
        else:
            self._due = True

    def _look_soon(self) -> None:
        if self.isVisible():  # else it looks when it is shown
            self._gather.start()


class _Line(QFrame):
    """One check: mark, words, and "Fix" where something can be done."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "header")
        self._check: Check | None = None
        self._sign = label(size=13, bold=True)
        self._sign.setFixedWidth(18)
        self.text = label(size=13)
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(1)  # a name without a blank in it would push "Fix" out of sight
        self._auto = label(size=12, tone="faint")
        self.fix = button(kind="quiet")
        self.fix.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 1, 6, 1)
        layout.setSpacing(4)
        layout.addWidget(self._sign)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._auto)
        layout.addSpacing(6)
        layout.addWidget(self.fix)
        self.setMinimumHeight(35)

    def show_check(self, check: Check) -> None:
        """Show a check."""
        self._check = check
        can = bool(check.command) and check.mark is not Mark.OK
        self._sign.setText(_SIGNS[check.mark])
        set_look(self._sign, tone=_TONES[check.mark])
        self.text.setText(check.text)
        set_look(self.text, tone="dim" if check.mark is Mark.OPEN else "")
        self._auto.setText(_("auto"))
        self._auto.setVisible(not can)
        self.fix.setText(_("Fix"))
        self.fix.setAccessibleName(_("Fix: {check}").format(check=check.text))
        self.fix.setVisible(can)
        if can:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        words = {Mark.OK: _("done"), Mark.FAIL: _("failed"), Mark.OPEN: _("open")}
        self.setAccessibleName(f"{check.text}: {words[check.mark]}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the whole line be the button."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._ask()

    def _ask(self) -> None:
        check = self._check
        if check is not None and check.command and check.mark is not Mark.OK:
            self.asked.emit(check.command, check.segment_id)
