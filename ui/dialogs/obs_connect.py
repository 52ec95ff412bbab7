"""Where OBS is and its password: typed, or read from OBS's own config once the operator has agreed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QFrame, QLineEdit, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.wire import obs_address, obs_find
from liveshop_desk.wire.obs_address import Address
from liveshop_desk.wire.obs_state import Link, ObsState
from ui.theme import font
from ui.widgets.basics import button, label, row, set_look


class ObsConnect(QWidget):
    """A form of three fields. ``connect_wanted(Address)`` and ``leave_wanted()`` are what it asks for."""

    connect_wanted = Signal(object)
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        kept = obs_address.load() or Address()
        self.host = QLineEdit(kept.host)
        self.port = QLineEdit(str(kept.port))
        self.port.setValidator(QIntValidator(1, 65_535, self.port))
        self.password = QLineEdit(kept.password)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.find_button = button(_("Find OBS on this PC"))
        self.connect_button = button(_("Connect"), kind="chosen")
        self.leave = button(_("Disconnect"))
        self.forget = button(_("Forget password"), kind="quiet")
        self.said = label(size=13, tone="dim")
        self.said.setWordWrap(True)
        self.said.hide()
        self.agree = button(_("Read it"), kind="chosen")
        self.refuse = button(_("Cancel"))
        self.consent = self._consent()
        self._lay_out()
        self.find_button.clicked.connect(lambda: self._ask(asking=True))
        self.agree.clicked.connect(self._read)
        self.refuse.clicked.connect(lambda: self._ask(asking=False))
        self.connect_button.clicked.connect(self._connect)
        self.leave.clicked.connect(self.leave_wanted)
        self.forget.clicked.connect(self._forget)
        for field in (self.host, self.port, self.password):
            field.returnPressed.connect(self._connect)
            field.textChanged.connect(self._check)
        self._check()

    def show_state(self, state: ObsState) -> None:
        """Offer what can be done now."""
        idle = state.link in (Link.OFF, Link.REFUSED)
        self.leave.setVisible(not idle)
        self.forget.setVisible(idle and obs_address.address_file().exists())
        self.connect_button.setText(_("Connect") if idle else _("Connect anew"))
        set_look(self.connect_button, kind="" if state.connected else "chosen")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        lines = [(_("Computer"), self.host), (_("Port"), self.port), (_("Password"), self.password)]
        for text, field in lines:
            field.setFont(font(13))
            field.setAccessibleName(text)
            form.addRow(label(text, size=13, tone="dim"), field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(form)
        layout.addLayout(row(self.find_button, None, self.forget, self.leave, self.connect_button))
        layout.addWidget(self.consent)
        layout.addWidget(self.said)

    def _consent(self) -> QFrame:
        """Say what would be read and where it is kept, before anything is."""
        frame = QFrame()
        frame.setProperty("kind", "tile")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(12, 10, 12, 10)
        text = _(
            "The desk would read OBS's own settings on this PC for its port and password, and keep them in {file},"
            " which only you can read. Neither goes into the shop file, an export or a log."
        )
        words = label(text.format(file=obs_address.address_file()), size=13)
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addLayout(row(None, self.refuse, self.agree))
        frame.hide()
        return frame

    def _ask(self, *, asking: bool) -> None:
        self.consent.setVisible(asking)
        self.find_button.setEnabled(not asking)
        if asking:
            self.said.hide()
            self.agree.setFocus()

    def _read(self) -> None:
        """Read OBS's config: the operator has agreed, this once."""
        self._ask(asking=False)
        found = obs_find.find()
        if found is None:
            self._say(_("No OBS settings were found on this PC. Start OBS once, or type the port and password."))
            return
        self.host.setText(found.address.host)
        self.port.setText(str(found.port))
        self.password.setText(found.password)
        if found.enabled:
            self._say("")
            self._connect()
        else:
            self._say(_("OBS's WebSocket server is off. In OBS: Tools → WebSocket Server Settings → enable it."))

    def _forget(self) -> None:
        """Take the kept address and password away from this machine."""
        obs_address.forget()
        self.password.clear()
        self.forget.hide()
        self.password.setFocus()

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def _check(self) -> None:
        self.connect_button.setEnabled(bool(self.host.text().strip()) and self.port.hasAcceptableInput())

    def _connect(self) -> None:
        if self.connect_button.isEnabled():
            address = Address(self.host.text().strip(), int(self.port.text()), self.password.text())
            self.connect_wanted.emit(address)
