"""Choosing a file: the one place that opens the system's file window. It never stops the event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from liveshop_desk.i18n import _
from ui.dialogs.import_reading import PATTERNS, TITLES


def choose_file(parent: QWidget, what: str, then: Callable[[Path], None]) -> None:
    """Ask for a table to import; ``then`` is called with it, or never where the user has thought better of it."""
    dialog = QFileDialog(parent, _(TITLES[what]))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_("Tables ({patterns})").format(patterns=PATTERNS), _("All files") + " (*)"])
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
