"""The settings of this machine's user. Emits what was chosen; the window applies and saves it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from liveshop_desk.i18n import _
from liveshop_desk.ops.scripts import LONGEST_CUE
from liveshop_desk.prompter.pace import FASTEST, SLOWEST
from liveshop_desk.settings import Settings
from ui.dialogs.key_table import KeyTable
from ui.theme import font
from ui.widgets.basics import button, label, row, set_look

PACES = (round(SLOWEST), round(FASTEST))


class SettingsDialog(QDialog):
    """A form at the left, the keys at the right. ``changed(Settings)`` once, when the user saves."""

    changed = Signal(object)  # Settings
    obs_wanted = Signal()  # saved and closed; the page of OBS keeps its own choices

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(_("Settings"))
        self.language = _choice(_languages(), settings.language)
        self.theme = _choice(_themes(), settings.theme)
        self.operator = QLineEdit(settings.operator)
        self.pace = _number(settings.prompter_pace, *PACES)
        self.low_stock = _number(settings.low_stock, 0, 1_000_000)
        self.cues = QPlainTextEdit("\n".join(settings.cue_presets))
        self.keys = KeyTable(settings.keys)
        self.problem = label(size=13, tone="on_air")
        self.problem.setWordWrap(True)
        self.save_button = button(_("Save"), kind="chosen")
        self.reset_button = button(_("Usual keys"))
        self.cancel_button = button(_("Cancel"))
        self.obs_button = button("OBS …", name=_("Save and open OBS"))
        self._lay_out()
        self._connect()
        self._check()
        self.resize(940, 620)

    def result_settings(self) -> Settings:
        """Return the settings as the form shows them."""
        presets = (" ".join(line.split()) for line in self.cues.toPlainText().splitlines())
        return replace(
            self._settings,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            operator=self.operator.text().strip(),
            prompter_pace=_whole(self.pace, self._settings.prompter_pace),
            low_stock=_whole(self.low_stock, self._settings.low_stock),
            cue_presets=tuple(line for line in presets if line),
            keys=self.keys.changed_keys(),
        )

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(self._form(), 2)
        middle.addWidget(self.keys, 3)
        whole.addLayout(middle, 1)
        whole.addWidget(self.problem)
        whole.addLayout(row(self.reset_button, self.obs_button, None, self.cancel_button, self.save_button))

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        lines: list[tuple[str, QWidget]] = [
            (_("Language"), self.language),
            (_("Theme of colours"), self.theme),
            (_("Your name"), self.operator),
            (_("Prompter pace, words/min"), self.pace),
            (_("Low stock from"), self.low_stock),
            (_("Cue presets"), self.cues),
        ]
        for text, widget in lines:
            widget.setFont(font(13))
            widget.setAccessibleName(text)
            form.addRow(label(text, size=13, tone="dim"), widget)
        self.operator.setPlaceholderText(_("written beside every change you make"))
        self.cues.setPlaceholderText(_("one a line; empty for the usual four"))
        return form

    def _connect(self) -> None:
        self.keys.keys_changed.connect(self._check)
        self.cues.textChanged.connect(self._check)
        self.pace.textChanged.connect(self._check)
        self.low_stock.textChanged.connect(self._check)
        self.reset_button.clicked.connect(self.keys.reset)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)
        self.obs_button.clicked.connect(self._go_to_obs)

    def _check(self) -> None:
        """Name what cannot be saved; nothing is saved while it stands."""
        problems = [
            _("{key} is on more than one command: {commands}").format(key=key, commands=_(", ").join(titles))
            for key, titles in self.keys.conflicts()
        ]
        if any(len(cue) > LONGEST_CUE for cue in self.result_settings().cue_presets):
            problems.append(_("A cue holds at most {n} characters.").format(n=LONGEST_CUE))
        if not self.pace.hasAcceptableInput():
            problems.append(_("The pace is from {low} to {high} words/min.").format(low=PACES[0], high=PACES[1]))
        if not self.low_stock.hasAcceptableInput():
            problems.append(_("Low stock is a whole number from 0."))
        for line in (self.pace, self.low_stock):
            set_look(line, tone="" if line.hasAcceptableInput() else "error")
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))
        for saving in (self.save_button, self.obs_button):
            saving.setEnabled(not problems)

    def _save(self) -> None:
        chosen = self.result_settings()
        if chosen != self._settings:
            self.changed.emit(chosen)
        self.accept()

    def _go_to_obs(self) -> None:
        self._save()
        self.obs_wanted.emit()


def _languages() -> list[tuple[str, str]]:
    # Each language in its own words: who cannot read the screen must find hers.
    return [("system", _("As the system")), ("zh_CN", "简体中文"), ("en", "English")]


def _themes() -> list[tuple[str, str]]:
    return [("dark", _("Dark")), ("light", _("Light")), ("system", _("As the system"))]


def _choice(items: list[tuple[str, str]], chosen: str) -> QComboBox:
    made = QComboBox()
    for key, text in items:
        made.addItem(text, key)
    made.setCurrentIndex(max(0, made.findData(chosen)))
    return made


def _number(value: int, low: int, high: int) -> QLineEdit:
    made = QLineEdit(str(value))
    made.setValidator(QIntValidator(low, high, made))
    return made


def _whole(line: QLineEdit, instead: int) -> int:
    return int(line.text()) if line.hasAcceptableInput() else instead
