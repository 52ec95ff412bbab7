"""The words of an incident: its time is noted already, what happened is said here, or later, or never."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.ops import scripts
from ui.context import Context
from ui.theme import font
from ui.widgets.basics import button, label, plain_caption, row
from ui.widgets.popover import Popover

WIDTH = 460  # px


class IncidentSheet(Popover):
    """Opens over the rooms after F9. Enter keeps the words, Esc leaves the incident with its time alone."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host, _("Incident noted with its time."))
        self._context = context
        self._incident = ""
        self.switch: QPushButton | None = None  # where an OBS is connected and a scene is chosen
        self._hint = label(size=12, tone="dim")
        self.words = QLineEdit()
        self.words.setFont(font(14))
        self.words.setMaxLength(scripts.LONGEST_INCIDENT)
        self.words.setMinimumWidth(WIDTH)
        self.words.returnPressed.connect(self._keep)
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
        self._incident = incident_id
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

    def _keep(self) -> None:
        """Keep the words and go."""
        self._context.attempt(scripts.describe_incident, self._incident, self.words.text())
        self.close_now()
