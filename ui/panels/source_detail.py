"""One source: how it is set up, how it stands, and what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QTextOption
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import clock_text
from liveshop_desk.wire.config import PORT, SourceConfig, Way
from liveshop_desk.wire.meter import SourceState
from liveshop_desk.wire.ports import LOOPBACK, our_host
from ui.panels.source_texts import came_text, health_text, kinds_text, sign, tone, trouble_lines, unknown_text
from ui.theme import font
from ui.widgets.basics import button, label, plain_tip, row, set_look
from ui.widgets.file_window import ask_folder


class SourceDetail(QWidget):
    """Shows one source and lets it be set up. ``changed(SourceConfig)`` when the operator has chosen otherwise."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._config: SourceConfig | None = None
        self._raw: tuple[object, ...] = ()
        self.title = label(size=17, bold=True)
        self.hint = label(size=13, tone="dim")
        self.hint.setWordWrap(True)
        self.on = QCheckBox()
        self.on.setFont(font(13))
        self.address = QLineEdit()
        self.folder_button = button()
        self.own_address = QLineEdit()
        self.own_address.setReadOnly(True)
        self.other_address = QLineEdit()  # for a program on another computer
        self.other_address.setReadOnly(True)
        self.port = QLineEdit()
        self.port.setValidator(QIntValidator(0, 65_535, self.port))
        self.pages = QLineEdit()
        self.from_start = QCheckBox()
        self.state = label(size=14, bold=True)
        self.state.setWordWrap(True)
        self.counts = [(label(size=13, tone="dim"), label(size=13)) for _line in range(4)]
        self.raw_title = label(size=13, tone="dim")
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.raw.setTabChangesFocus(True)
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts into the language in use."""
        self.on.setText(_("Listen to this source"))
        self.folder_button.setText(_("Choose …"))
        self.from_start.setText(_("Read files that are there already from their beginning"))
        self.pages.setPlaceholderText(_("web pages that may send as well, separated by commas"))
        self.address.setPlaceholderText(_("nothing yet"))
        self.raw_title.setText(_("What comes in (names hidden)"))
        self._name_fields()
        for (title, _value), text in zip(self.counts, _count_titles(), strict=True):
            title.setText(text)
        self.raw.setAccessibleName(self.raw_title.text())
        self.raw.setPlaceholderText(
            _("Switch the source on and start its program: the last messages stand here as they come.")
        )
        if self._config is not None:
            self.show_config(self._config)

    def add_facts(self, widget: QWidget) -> None:
        """Put more about a source below its state."""
        self._layout.insertWidget(3, widget)

    def show_config(self, config: SourceConfig) -> None:
        """Show how a source is set up."""
        if self._config is None or self._config.kind != config.kind:
            self._raw = ()
            self.raw.clear()
        self._config = config
        self._name_fields()
        about = config.about
        self.title.setText(_(about.title))
        self.hint.setText(_(about.hint))
        self.on.setChecked(config.on)
        for field, text in ((self.address, config.address), (self.port, str(config.port or ""))):
            if not field.hasFocus():
                field.setText(text)
        if not self.pages.hasFocus():
            self.pages.setText(", ".join(config.origins))
        self.from_start.setChecked(config.from_start)
        self._form.setRowVisible(
            self._address_row, about.way is Way.RELAY or bool(config.address) or _is_folder(config)
        )
        self.folder_button.setVisible(_is_folder(config))
        self._form.setRowVisible(self.own_address, bool(about.path) and about.way is not Way.INGEST)
        self._form.setRowVisible(self.port, bool(about.port))
        self._form.setRowVisible(self.pages, bool(about.path))
        self._form.setRowVisible(self.from_start, _is_folder(config))

    def show_state(
        self,
        state: SourceState,
        tick: float,
        server_port: int | None,
        odd: tuple[int, int] = (0, 0),
        *,
        lan: bool = False,
    ) -> None:
        """Show how the source stands and what it said last; ``odd`` as in ``trouble_lines``.

        ``lan``: programs on other computers of the local network may send too, and are told where to.
        """
        config = self._config
        if config is None:
            return
        trouble = trouble_lines(state, *odd)
        self.state.setText(f"{sign(state)} {health_text(config, state, tick)}")
        set_look(self.state, tone=tone(state) if config.on else "faint")
        self.own_address.setText(_own_address(config, server_port))
        elsewhere = _address_elsewhere(config, server_port) if lan else ""
        self._form.setRowVisible(self.other_address, bool(elsewhere))
        if self.other_address.text() != elsewhere:
            self.other_address.setText(elsewhere)
            self.other_address.setCursorPosition(0)
        values = (
            came_text(state),
            kinds_text(state),
            unknown_text(state),
            _(", ").join(trouble) or "—",  # a line each would be cut where the page is low
        )
        for (_title, value), text in zip(self.counts, values, strict=True):
            if value.text() != text:
                value.setText(text)
        set_look(self.counts[3][1], tone="next" if trouble else "")
        if state.raw != self._raw:
            self._raw = state.raw
            lines = (f"{clock_text(line.at, seconds=True)}  {line.text}" for line in state.raw)
            self.raw.setPlainText("\n".join(lines))

    def _name_fields(self) -> None:
        """Say what each field is; the same one is a program's address or the folder that is watched."""
        for widget, name in self._names():
            widget.setAccessibleName(name)
            title = self._form.labelForField(widget)
            if title is not None:
                title.setProperty("text", name)
        self.other_address.setToolTip(plain_tip(_("$TOKEN is the token that “Your own program” shows.")))

    def _names(self) -> list[tuple[QWidget, str]]:
        return [
            (self.on, _("Listen to this source")),
            (self._address_row, _("Folder") if _is_folder(self._config) else _("Address")),
            (self.address, _("Folder") if _is_folder(self._config) else _("Address")),
            (self.own_address, _("Our address")),
            (self.other_address, _("From elsewhere")),
            (self.port, _("Port of its own")),
            (self.pages, _("Further web pages")),
        ]

    def _lay_out(self) -> None:
        self._address_row = QWidget()
        self._address_row.setLayout(row(self.address, self.folder_button))
        self._form = QFormLayout()
        self._form.setVerticalSpacing(8)
        self._form.setHorizontalSpacing(14)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for field in (self._address_row, self.own_address, self.other_address, self.port, self.pages):
            field.setFont(font(13))
            self._form.addRow(label(size=13, tone="dim"), field)
        self._form.addRow(self.from_start)
        for title, value in self.counts:
            value.setWordWrap(True)
            self._form.addRow(title, value)
        self.raw.setFont(font(12))
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(row(self.title, None, self.on))
        for part in (self.hint, self.state):
            layout.addWidget(part)
        layout.addLayout(self._form)
        layout.addWidget(self.raw_title)
        layout.addWidget(self.raw, 1)

    def _connect(self) -> None:
        self.on.clicked.connect(lambda on: self._change(on=on))
        self.from_start.clicked.connect(lambda on: self._change(from_start=on))
        self.address.editingFinished.connect(lambda: self._change(address=self.address.text().strip()))
        self.port.editingFinished.connect(lambda: self._change(port=int(self.port.text() or 0)))
        self.pages.editingFinished.connect(lambda: self._change(origins=_pages(self.pages.text())))
        self.folder_button.clicked.connect(self._choose_folder)

    def _choose_folder(self) -> None:
        def take(path: Path) -> None:
            self.address.setText(str(path))
            self._change(address=str(path))

        ask_folder(self, _("Choose a folder to watch"), take)

    def _change(self, **parts: object) -> None:
        if self._config is None:
            return
        changed = replace(self._config, **parts)  # pyright: ignore[reportArgumentType]
        if changed != self._config:
            self._config = changed
            self.changed.emit(changed)


def _is_folder(config: SourceConfig | None) -> bool:
    return config is not None and config.about.way is Way.FOLDER


def _own_address(config: SourceConfig, server_port: int | None, host: str = LOOPBACK) -> str:
    """Return what the other program is given."""
    if config.port:
        return f"ws://{host}:{config.port}"
    scheme = "http" if config.kind == "wxlivespy" else "ws"
    return f"{scheme}://{host}:{server_port or PORT}{config.about.path}"


def _address_elsewhere(config: SourceConfig, server_port: int | None) -> str:
    """Return what a program on another computer is given, which needs the token; empty where we do not listen."""
    if not config.about.path or config.about.way is Way.INGEST:  # whose address and token stand above
        return ""
    own = _own_address(config, server_port, our_host(lan=True))
    return f"{own}{'/' if config.port else ''}?token=$TOKEN"


def _pages(text: str) -> tuple[str, ...]:
    """Read hosts' names; an address typed whole is cut to its host."""
    names = (part.strip().lower() for part in text.replace("，", ",").split(","))
    return tuple(name.split("://")[-1].split("/")[0].split(":")[0] for name in names if name)


def _count_titles() -> tuple[str, ...]:
    return (_("Came in"), _("Of these"), _("Unknown types"), _("Trouble"))
