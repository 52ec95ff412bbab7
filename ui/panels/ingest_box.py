"""What somebody's own program needs to send records here: the address, the token, an example."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock, iso_text
from liveshop_desk.wire.config import KINDS, PORT
from liveshop_desk.wire.ports import our_host
from ui.theme import font
from ui.widgets.basics import button, label, row

_EXAMPLE = (
    'curl -H "Authorization: Bearer $TOKEN" --data-binary \'{{"t":"{now}","kind":"sample",'
    '"metric":"online","value":1284,"source":"douyin"}}\' {url}'
)


class IngestBox(QWidget):
    """``rotate_wanted`` once the operator has said twice that a new token is wanted."""

    rotate_wanted = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._port = PORT
        self.url = _read_only()
        self.token = _read_only()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.example = _read_only()
        self.copy_url, self.copy_token, self.copy_example = button(), button(), button()
        self.show_token, self.rotate = button(), button()
        self.show_token.setCheckable(True)
        self.sure, self.keep = button(kind="on_air"), button()
        self.warning = label(size=13, tone="next")
        self.warning.setWordWrap(True)
        self._lay_out()
        self.copy_example.clicked.connect(self._renew_example)  # as of now: one of yesterday counts nowhere
        for made, field in (
            (self.copy_url, self.url),
            (self.copy_token, self.token),
            (self.copy_example, self.example),
        ):
            made.clicked.connect(lambda _on, f=field: QGuiApplication.clipboard().setText(f.text()))
        self.show_token.toggled.connect(self._show_token)
        self.rotate.clicked.connect(lambda: self._ask(asking=True))
        self.keep.clicked.connect(lambda: self._ask(asking=False))
        self.sure.clicked.connect(self._rotate)
        self._ask(asking=False)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        for made, name in (
            (self.copy_url, _("Copy the address")),
            (self.copy_token, _("Copy the token")),
            (self.copy_example, _("Copy the example")),
        ):
            made.setText(_("Copy"))
            made.setAccessibleName(name)
        self.rotate.setText(_("New token"))
        self.sure.setText(_("Make a new one"))
        self.keep.setText(_("Cancel"))
        self.warning.setText(_("Programs that have the old token are shut out at once."))
        self._show_token(on=self.show_token.isChecked())
        for title, field, name in zip(self._titles, (self.url, self.token, self.example), _titles(), strict=True):
            title.setText(name)
            field.setAccessibleName(name)

    def show_facts(self, token: str, port: int | None, *, lan: bool) -> None:
        """Show where to send, from another computer too where the local ``lan`` is let in, and with which token."""
        url = f"http://{our_host(lan=lan)}:{port or PORT}{KINDS['ingest'].path}"
        if self.token.text() != token:
            self.token.setText(token)
            self.token.setCursorPosition(0)
        if self.url.text() != url:
            self.url.setText(url)
            self.url.setCursorPosition(0)
            self._renew_example()

    def _renew_example(self) -> None:
        self.example.setText(_EXAMPLE.format(now=iso_text(self._clock.now()), url=self.url.text()))
        self.example.setCursorPosition(0)

    def _lay_out(self) -> None:
        self._titles = [label(size=13, tone="dim") for _line in range(3)]
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(14)
        form.addRow(self._titles[0], row(self.url, self.copy_url))
        form.addRow(self._titles[1], row(self.token, self.show_token, self.copy_token, self.rotate))
        form.addRow(self._titles[2], row(self.example, self.copy_example))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(form)
        layout.addLayout(row(self.warning, None, self.keep, self.sure))

    def _show_token(self, on: bool) -> None:
        self.token.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        self.show_token.setText(_("Hide") if on else _("Show"))
        self.show_token.setAccessibleName(_("Hide the token") if on else _("Show the token"))

    def _ask(self, *, asking: bool) -> None:
        for widget in (self.warning, self.sure, self.keep):
            widget.setVisible(asking)
        self.rotate.setEnabled(not asking)
        if asking:
            self.keep.setFocus()

    def _rotate(self) -> None:
        self._ask(asking=False)
        self.rotate_wanted.emit()


def _read_only() -> QLineEdit:
    made = QLineEdit()
    made.setFont(font(13))
    made.setReadOnly(True)
    return made


def _titles() -> tuple[str, ...]:
    return (_("Address"), _("Token"), _("Example"))
