"""Choosing a table to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from liveshop_desk.i18n import _
from ui.dialogs.import_reading import PATTERNS, TITLES
from ui.widgets.file_window import ask_file


def choose_file(parent: QWidget, what: str, then: Callable[[Path], None], folder: Path | None = None) -> None:
    """Ask for a table to import, in ``folder`` or the usual one; ``then`` is called with it."""
    filters = [_("Tables ({patterns})").format(patterns=PATTERNS), _("All files (*)")]
    ask_file(parent, _(TITLES[what]), filters, then, folder)
