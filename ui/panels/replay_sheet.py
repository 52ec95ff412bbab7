"""Replay a recording: which file, how fast."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPushButton, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.recording import Recording
from liveshop_desk.i18n import _
from ui.context import Context
from ui.evening import Evening
from ui.theme import font
from ui.widgets.basics import button, label, row, set_look
from ui.widgets.file_window import ask_file
from ui.widgets.popover import Popover

SPEEDS = (1, 10, 60)


class ReplaySheet(Popover):
    """A small sheet with the file, the speed and Start. A refusal is said in it and nothing typed is lost."""

    started = Signal(str)  # the speed as it is shown: ×60

    def __init__(self, host: QWidget, context: Context, evening: Evening) -> None:
        super().__init__(host, _("Replay a recording"))
        self._context = context
        self._evening = evening
        self._before: QWidget | None = None  # what had the keyboard
        self.path = QLineEdit()
        self.path.setFont(font(13))
        self.path.setMinimumWidth(300)
        self.path.setPlaceholderText(_("a file of feed records, one a line (.jsonl)"))
        self.path.setAccessibleName(_("Recording"))
        self.path.returnPressed.connect(self.start)
        self.browse = button(_("Choose …"))
        self.browse.clicked.connect(self._browse)
        self.go = button(_("Start"), kind="chosen")
        self.go.clicked.connect(self.start)
        self.said = label(size=12, tone="on_air")
        self.said.setWordWrap(True)
        self.said.hide()
        self.speeds = self._make_speeds()
        self.body.addLayout(row(self.path, self.browse))
        self.body.addLayout(row(label(_("Speed"), size=13, tone="dim"), *self.speeds, None, self.go))
        self.body.addWidget(self.said)

    def open_here(self, anchor: QWidget) -> None:
        """Open beside a control and take the keyboard."""
        host = self.parentWidget()
        assert host is not None
        self._before = host.window().focusWidget()
        corner = anchor.mapTo(host, anchor.rect().topLeft())
        self.open_at(anchor.rect().translated(corner))
        self.path.setFocus(Qt.FocusReason.PopupFocusReason)

    def start(self) -> None:
        """Play the file into the session on air."""
        text = self.path.text().strip()
        if not text:
            self._say(_("Choose a recording first."))
            return
        number = next(place for place, made in enumerate(self.speeds) if made.isChecked())
        session = self._context.on_air()
        try:
            Recording(Path(text).expanduser(), "")  # readable at all? Said here, where the path can be mended
        except UserError as error:
            self._say(str(error))
            return
        if session is None or session.rehearsal:
            self._begin(text, number)
            return
        self._put_away()  # still there: a No comes back to it with what was typed
        self._context.notices.ask(
            lambda: _("This is a real show: the orders of a recording count as sold and take stock. Replay it?"),
            lambda: _("Replay"),
            lambda: self._begin(text, number),
        )

    def _put_away(self) -> None:
        """Hide with the keyboard where it was before: Qt would hand it to whatever comes next, a room of the rail."""
        if self._before is not None:
            with suppress(RuntimeError):  # that control is gone meanwhile
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def _begin(self, text: str, number: int) -> None:
        self._put_away()
        try:
            self._evening.start_replay(Path(text).expanduser(), SPEEDS[number])
        except UserError as error:
            self._context.notices.error(error)
        else:
            self.started.emit(f"×{SPEEDS[number]}")
        self.close_now()

    def _make_speeds(self) -> list[QPushButton]:
        group = QButtonGroup(self)
        made: list[QPushButton] = []
        for speed in SPEEDS:
            chip = button(f"×{speed}", kind="chip", name=_("{n} times as fast").format(n=speed))
            chip.setCheckable(True)
            group.addButton(chip)
            made.append(chip)
        made[-1].setChecked(True)
        return made

    def _browse(self) -> None:
        """Choose the file in the system's own window; the sheet stays."""
        filters = [_("Recordings (*.jsonl *.jsonl.gz)"), _("All files (*)")]
        ask_file(self, _("Replay a recording"), filters, lambda path: self.path.setText(str(path)))

    def _say(self, text: str) -> None:
        self.said.setText("⚠ " + text)
        self.said.show()
        set_look(self.path, tone="error")
        self.adjustSize()
