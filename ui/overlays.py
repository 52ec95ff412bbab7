"""What opens over the rooms: palette, key sheet, settings, the record of changes. None of them stops the show."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from liveshop_desk.i18n import _
from liveshop_desk.prompter.hands import Act, Hands
from liveshop_desk.settings import chosen_over

if TYPE_CHECKING:
    from ui.dialogs.palette import Palette
    from ui.window import DeskWindow


class Overlays:
    """Opens them by their commands, made anew each time: in the language and theme of the moment."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window
        self._shell = window.shell
        self._context = window.context
        self._sheet: Palette | None = None
        for command, handler in {
            "palette": self._palette,
            "key_sheet": self._key_sheet,
            "settings": self._settings,
            "history": self._history,
            "prompter_practice": self._practice,
            "obs": self._obs,
            "sources": self._sources,
        }.items():
            self._context.actions.on(command, handler)

    def _palette(self) -> None:
        from ui.dialogs.palette import Palette

        if self._sheet is None:
            self._sheet = Palette(self._shell, self._context.actions)
        self._sheet.open_now()

    def _key_sheet(self) -> None:
        from ui.dialogs.key_sheet import KeySheet

        self._open(KeySheet(self._context.actions, Hands(self._context.desk.settings.hands), self._shell))

    def _settings(self) -> None:
        from ui.dialogs.settings_dialog import SettingsDialog

        opened = self._context.desk.settings
        dialog = SettingsDialog(opened, self._shell)
        # A clicker turns the mirror, a screen is unplugged: what the desk has kept since then stays.
        dialog.changed.connect(
            lambda chosen: self._window.apply_settings(chosen_over(opened, chosen, self._context.desk.settings))
        )
        dialog.obs_wanted.connect(self._obs)
        anchor = self._window.anchor
        if anchor is not None:
            dialog.tried.connect(anchor.try_on)
            dialog.rejected.connect(anchor.apply_settings)  # all looks as before
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # no key may act on the show behind it
        self._open(dialog)

    def _obs(self) -> None:
        from ui.dialogs.obs_page import ObsPage

        self._open(ObsPage(self._context, self._window.obs, self._shell))

    def _sources(self) -> None:
        from ui.panels.sources_page import SourcesPage

        dialog = QDialog(self._shell)
        dialog.setWindowTitle(_("Sources of the numbers"))
        dialog.resize(1120, 660)
        page = SourcesPage(self._context, self._window.wiring)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(page)
        self._open(dialog)
        page.table.setFocus()

    def _practice(self) -> None:
        from ui.dialogs.practice import Practice

        settings = self._context.desk.settings
        dialog = Practice(Hands(settings.hands), settings.keys, self._shell)
        dialog.bound.connect(self._bind)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)  # no key may act on the show behind it
        self._open(dialog)

    def _bind(self, key: str, act: str) -> None:
        settings = self._context.desk.settings
        hands = Hands(settings.hands).bound(key, Act(act))
        self._window.apply_settings(replace(settings, hands=dict(hands.changes)))

    def _history(self) -> None:
        from ui.panels.history_panel import HistoryPanel

        dialog = QDialog(self._shell)
        dialog.setWindowTitle(_("What was changed"))
        dialog.resize(520, 560)
        panel = HistoryPanel(self._context)
        panel.closed.connect(dialog.close)
        layout = QVBoxLayout(dialog)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(panel)
        self._open(dialog)
        panel.table.setFocus()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(lambda _result: self._window.focus_home())
        dialog.show()
        dialog.activateWindow()  # the keyboard with it: Esc closes it
