"""The system's file window, opened without stopping the event loop and without looking into what it lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QFileInfo, QStandardPaths
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from liveshop_desk.i18n import _


class PlainIcons(QFileIconProvider):
    """Icons that never look into a file.

    Qt's own open what they list to guess its type: slow on a network drive, and on POSIX closing the shop file
    again would drop SQLite's locks on it (store/keeper.py). Asked for each file of a folder, on the window's thread:
    the icons are made once, or 2 000 files are two frames of the prompter.
    """

    def __init__(self) -> None:
        super().__init__()
        kinds = QFileIconProvider.IconType
        self._folder, self._file = super().icon(kinds.Folder), super().icon(kinds.File)

    def icon(self, what: QFileIconProvider.IconType | QFileInfo) -> QIcon:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the icon of a folder or of a file."""
        if isinstance(what, QFileInfo):
            return self._folder if what.isDir() else self._file
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """Return a file's kind by its name alone."""
        return info.suffix()


@lru_cache(maxsize=1)
def _icons() -> PlainIcons:
    """Return the one provider: Qt does not own it, so it must live as long as any file window."""
    return PlainIcons()


def usual_folder() -> str:
    """Return where exports land: downloads, else the home folder."""
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return downloads if downloads and Path(downloads).is_dir() else str(Path.home())  # what is not there is a file name


def _window(parent: QWidget, title: str, folder: Path | None = None) -> QFileDialog:
    """Return a file window in the user's language: Qt's own catalogues leave two of its labels in English."""
    dialog = QFileDialog(parent, title, str(folder) if folder is not None and folder.is_dir() else usual_folder())
    dialog.setIconProvider(_icons())
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind of file:"))
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def ask_file(
    parent: QWidget, title: str, filters: list[str], then: Callable[[Path], None], folder: Path | None = None
) -> None:
    """Ask for a file, in ``folder`` or the usual one; ``then`` is called with it, or never where nothing is chosen."""
    dialog = _window(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()


def ask_folder(parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
    """Ask for a folder; ``then`` is called with it, or never where the user has thought better of it."""
    dialog = _window(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
