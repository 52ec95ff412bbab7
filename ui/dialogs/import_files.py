"""Choosing a file: the one place that opens the system's file window, so that tests can hand over a path."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from liveshop_desk.i18n import _
from ui.dialogs.import_reading import PATTERNS, TITLES


def choose_file(parent: QWidget, what: str) -> Path | None:
    """Ask for a table to import; ``None`` where the user has thought better of it."""
    tables = _("Tables ({patterns})").format(patterns=PATTERNS)
    path, _filter = QFileDialog.getOpenFileName(parent, _(TITLES[what]), "", f"{tables};;{_('All files')} (*)")
    return Path(path) if path else None
