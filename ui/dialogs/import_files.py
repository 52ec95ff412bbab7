"""Choosing a file: the one place that opens the system's file window. It never stops the event loop."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from liveshop_desk.i18n import _
from ui.dialogs.import_reading import PATTERNS, TITLES


class PlainIcons(QFileIconProvider):
    """Icons that never look into a file.

    Qt's own open what they list to guess its type: slow on a network drive, and on POSIX closing the shop file
    again would drop SQLite's locks on it (store/keeper.py).
    """

    def icon(self, what: QFileIconProvider.IconType | QFileInfo) -> QIcon:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the icon of a folder or of a file."""
        kinds = QFileIconProvider.IconType
        if isinstance(what, QFileInfo):
            what = kinds.Folder if what.isDir() else kinds.File
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """Return a file's kind by its name alone."""
        return info.suffix()


@lru_cache(maxsize=1)
def _icons() -> PlainIcons:
    """Return the one provider: Qt does not own it, so it must live as long as any file window."""
    return PlainIcons()


def _usual_folder() -> str:
    """Return where exports land: downloads, else the home folder."""
    places = QStandardPaths.StandardLocation
    return QStandardPaths.writableLocation(places.DownloadLocation) or str(Path.home())


def choose_file(parent: QWidget, what: str, then: Callable[[Path], None]) -> None:
    """Ask for a table to import; ``then`` is called with it, or never where the user has thought better of it."""
    dialog = QFileDialog(parent, _(TITLES[what]), _usual_folder())
    dialog.setIconProvider(_icons())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([_("Tables ({patterns})").format(patterns=PATTERNS), _("All files") + " (*)"])
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
