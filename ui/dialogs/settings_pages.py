"""The plain pages of the settings: general, and cues."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.model.auto_cues import RULE_TITLES, Rule
from liveshop_desk.ops.scripts import LONGEST_CUE
from liveshop_desk.prompter.cues import PRESETS, cue_presets, usual_cues
from liveshop_desk.settings import Settings
from ui.dialogs.form import check, choice, form, number, whole
from ui.widgets.basics import label, set_look

WARNINGS = (5, 600)  # seconds


class GeneralPage(QWidget):
    """Language, colours, who sits here, when stock is low."""

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.language = choice(_languages(), settings.language)
        self.theme = choice(_themes(), settings.theme)
        self.operator = QLineEdit(settings.operator)
        self.operator.setPlaceholderText(_("written beside every change you make"))
        self.low_stock = number(settings.low_stock, 0, 1_000_000)
        self.low_stock.textChanged.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(
            form(
                [
                    (_("Language"), self.language),
                    (_("Theme of colours"), self.theme),
                    (_("Your name"), self.operator),
                    (_("Low stock from"), self.low_stock),
                ]
            )
        )
        layout.addStretch(1)

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        return replace(
            settings,
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            operator=self.operator.text().strip(),
            low_stock=whole(self.low_stock, settings.low_stock),
        )

    def problems(self) -> list[str]:
        """Return what cannot be saved, in words."""
        good = self.low_stock.hasAcceptableInput()
        set_look(self.low_stock, tone="" if good else "error")
        return [] if good else [_("Low stock is a whole number from 0.")]


class CuesPage(QWidget):
    """The operator's presets, and what the desk says to the anchor by itself."""

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.presets = QPlainTextEdit("\n".join(cue_presets(settings.cue_presets)))
        self.presets.setPlaceholderText(_("one a line; empty for the usual four"))
        self.presets.setTabChangesFocus(True)
        self.presets.setFixedHeight(120)
        self.rules = {rule: check(_(RULE_TITLES[rule]), on=rule in settings.auto_cues) for rule in Rule}
        self.warning = number(settings.auto_warning_seconds, *WARNINGS)
        self.presets.textChanged.connect(self.edited)
        self.warning.textChanged.connect(self.edited)
        lines: list[tuple[str, QWidget]] = [(_("Cue presets"), self.presets)]
        names = (_("Automatic cues"), "", "", "")
        lines += zip(names, self.rules.values(), strict=True)
        lines.append((_("Warn so many seconds before the end"), self.warning))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(form(lines))
        for rule, box in self.rules.items():
            box.setAccessibleName(f"{_('Automatic cues')}: {_(RULE_TITLES[rule])}")
        words = label(
            _("An automatic cue comes once a pitch, stands half a minute and never hides the operator's."),
            size=12, tone="faint",
        )  # fmt: skip
        words.setWordWrap(True)
        layout.addWidget(words)
        layout.addStretch(1)

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        lines = (" ".join(line.split()) for line in self.presets.toPlainText().splitlines())
        chosen = tuple(line for line in lines if line)
        return replace(
            settings,
            cue_presets=() if list(chosen) == usual_cues() else chosen,  # the usual ones follow the language
            auto_cues=tuple(rule.value for rule, box in self.rules.items() if box.isChecked()),
            auto_warning_seconds=whole(self.warning, settings.auto_warning_seconds),
        )

    def problems(self) -> list[str]:
        """Return what cannot be saved, in words."""
        found: list[str] = []
        presets = self.taken(Settings()).cue_presets
        if any(len(cue) > LONGEST_CUE for cue in presets):
            found.append(_("A cue holds at most {n} characters.").format(n=LONGEST_CUE))
        if len(presets) > PRESETS:
            found.append(_("There are keys for {n} cue presets.").format(n=PRESETS))
        good = self.warning.hasAcceptableInput()
        set_look(self.warning, tone="" if good else "error")
        if not good:
            found.append(
                _("The warning comes {low} to {high} seconds before the end.").format(low=WARNINGS[0], high=WARNINGS[1])
            )
        return found


def _languages() -> list[tuple[str, str]]:
    # Each language in its own words: who cannot read the screen must find hers.
    return [("system", _("As the system")), ("zh_CN", "简体中文"), ("en", "English")]


def _themes() -> list[tuple[str, str]]:
    return [("dark", _("Dark")), ("light", _("Light")), ("system", _("As the system"))]
