"""The words of an incident: its time is noted already, what happened is said here, or later, or never."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.ops import scripts
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, plain_caption, row
from ui.widgets.popover import Popover

WIDTH = 460  # px
PAUSE_MS = 500  # words are on disk so soon after the last key, whatever becomes of the machine


class IncidentSheet(Popover):
    """Opens over the rooms after F9. Enter keeps the words, and so does going elsewhere; Esc leaves the time alone."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host, _("Incident noted with its time."))
        self._context = context
        self._incident = ""
        self._saved = ""
        self.switch: QPushButton | None = None  # where an OBS is connected and a scene is chosen
        self._hint = label(size=12, tone="dim")
        self.words = QLineEdit()
        self.words.setFont(font(14))
        self.words.setMaxLength(scripts.LONGEST_INCIDENT)
        self.words.setMinimumWidth(WIDTH)
        self.words.returnPressed.connect(self._keep)
        self.words.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._save)
        self.words.textEdited.connect(lambda _text: self._pause.start())
        self.body.addWidget(self.words)
        self.body.addWidget(self._hint)

    def offer_scene(self, scene: str) -> None:
        """Offer OBS's incident scene by its own key: the hands are on the keyboard already."""
        act = self._context.actions["obs_incident"]
        text = _("Switch OBS to {scene}").format(scene=scene)
        keys = self._context.actions.keys_text("obs_incident")
        self.switch = button(plain_caption(f"{text}  {keys}"), kind="on_air", name=text)
        self.switch.clicked.connect(act.trigger)
        self.switch.clicked.connect(self.words.setFocus)
        act.triggered.connect(self._switched)
        self.body.addLayout(row(self.switch, None))

    def ask(self, incident_id: str) -> None:
        """Ask for the words of an incident."""
        self._incident, self._saved = incident_id, ""
        self.title.setText(_("Incident noted with its time."))
        self.words.clear()
        self.words.setPlaceholderText(_("What happened? A wrong word: “said … instead of …”"))
        self.words.setAccessibleName(_("What happened"))
        self._hint.setText(_("Enter keeps it, Esc leaves the time alone."))
        host = self.parentWidget()
        assert host is not None
        self.open_at(QRect(host.width() // 2 - WIDTH // 2, host.height() // 2, WIDTH, 1))
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)

    def _switched(self) -> None:
        """Offer it no more: the notice says how to go back."""
        if self.switch is not None:
            self.switch.hide()
            self.refit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the words where the keyboard goes elsewhere in the window: nobody comes back for an Enter."""
        if (
            watched is self.words
            and isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() is not Qt.FocusReason.ActiveWindowFocusReason
        ):
            self._left()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up the words, those on disk too."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        super().keyPressEvent(event)

    def _give_up(self) -> None:
        self._pause.stop()
        if self._saved:
            self._write(scripts.leave_undescribed)
        self._saved = ""
        self.words.clear()

    def _left(self) -> None:
        held = QApplication.focusWidget()
        inside = held is not None and self.isAncestorOf(held)
        if self._save() and not inside and not self.isHidden():
            self.hide()  # without a word: the keyboard stays where it has gone
            self.deleteLater()

    def _save(self) -> bool:
        """Save the words where they are others; tell whether nothing is left unsaved."""
        self._pause.stop()
        words = self.words.text()
        if words == self._saved:
            return True
        if not words.strip():
            kept = self._write(scripts.leave_undescribed)
        else:
            kept = self._write(scripts.describe_incident, words)
        self._saved = words if kept else self._saved
        return kept

    def _write(self, act: Callable[..., None], *words: str) -> bool:
        """Write to disk; tell whether it went well."""
        try:
            self._context.desk.run_from(self, act, self._incident, *words)
        except UserError as error:
            self._context.notices.error(error)
            return False
        return True

    def _keep(self) -> None:
        """Keep the words and go; where they cannot be saved the sheet stays with them."""
        if self._save():
            self.close_now()
