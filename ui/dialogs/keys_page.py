"""The desk's commands and their keys, as a page of the settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveshop_desk.i18n import _
from liveshop_desk.settings import Settings
from ui.dialogs.key_table import KeyTable
from ui.widgets.basics import button, row


class KeysPage(QWidget):
    """The table of keys, and the way back to the usual ones."""

    edited = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.table = KeyTable(settings.keys)
        self.reset_button = button(_("Usual keys"))
        self.reset_button.clicked.connect(self.table.reset)
        self.table.keys_changed.connect(self.edited)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addLayout(row(None, self.reset_button))

    def taken(self, settings: Settings) -> Settings:
        """Return the settings with what this page says."""
        return replace(settings, keys=self.table.changed_keys())

    def problems(self) -> list[str]:
        """Return which commands stand on one key, in words."""
        return [
            _("{key} is on more than one command: {commands}").format(key=key, commands=_(", ").join(titles))
            for key, titles in self.table.conflicts()
        ]
