"""The owner's workbook, written by the command line in a process of its own: the prompter never waits for it."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from liveshop_desk.i18n import _, current_language
from liveshop_desk.model.clock import to_local
from liveshop_desk.model.session import Session
from liveshop_desk.model.session_words import file_theme
from liveshop_desk.paths import free_export, remove_partials, root
from ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtCore import QProcess

PATIENCE_MS = 2_000  # a process that was asked to end has so long; on Windows one without a window hears nothing


def verb_command(*words: str) -> list[str]:
    """Return the command that runs a verb of this very program, from source or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *words]
    return [sys.executable, str(root() / "main.py"), *words]


def workbook_path(shop: Path, session: Session) -> Path:
    """Return a free path in the shop's export folder, named by date, where it has one, and theme."""
    begin = session.begin
    day = f"{to_local(begin):%Y-%m-%d} " if begin is not None else ""
    return free_export(shop, f"{day}{file_theme(session)}", ".xlsx")


class Exporting(QObject):
    """One export at a time. ``progressed(done, total)``, ``finished()``."""

    progressed = Signal(int, int)
    started = Signal(str)
    finished = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._process: QProcess | None = None
        self._path = Path()
        self._cancelled = False
        self._errors = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._end)

    def export(self, session: Session) -> None:
        """Write the workbook of a session; a second one while the first is written is refused politely."""
        from PySide6.QtCore import QProcess  # its enumerations are of no use before the first export

        if self._process is not None:
            self._context.notices.info(lambda: _("An export is under way."))
            return
        shop = self._context.desk.store.path
        self._path = workbook_path(shop, session)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        words = ["--shop", str(shop), "--language", current_language(), "export", "session", session.id]
        command = verb_command(*words, "--out", str(self._path), "--progress")
        process = self._process = QProcess(self)
        self._cancelled, self._errors = False, ""
        process.readyReadStandardError.connect(self._read_progress)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._not_started)
        self.started.emit(self._path.name)
        process.start(command[0], command[1:])

    def cancel(self) -> None:
        """Stop the export, by force where asking does not help; nothing half-written stays."""
        if self._process is not None:
            self._cancelled = True
            self._process.terminate()
            self._patience.start()

    def wait(self) -> None:
        """End what is under way; called when the window closes."""
        if self._process is not None:
            process = self._process
            self.cancel()
            if not process.waitForFinished(PATIENCE_MS):
                self._end()
                process.waitForFinished(PATIENCE_MS)

    def _end(self) -> None:
        """End the process by force."""
        if self._process is not None:
            self._process.kill()

    def _read_progress(self) -> None:
        if self._process is None:
            return
        text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        for line in text.splitlines():
            try:
                told = json.loads(line)
                self.progressed.emit(int(told["done"]), int(told["total"]))
            except (ValueError, KeyError, TypeError):
                self._errors += line + "\n"

    def _not_started(self, error: QProcess.ProcessError) -> None:
        from PySide6.QtCore import QProcess

        if error == QProcess.ProcessError.FailedToStart:
            self._finish(None)

    def _finish(self, status: int | None, _how: object = None) -> None:
        """Say what became of it; without a ``status`` it has not even begun."""
        self._patience.stop()
        process, self._process, path = self._process, None, self._path
        if process is not None:
            process.deleteLater()
        remove_partials(path)
        self.finished.emit()
        if status == 0 and path.exists():  # cancelled too late perhaps, or where terminating does nothing (Windows)
            self._context.notices.info(
                lambda: _("Saved {name} in {folder}.").format(name=path.name, folder=path.parent),
                action=lambda: _("Open"),
                on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
                keeps=True,
            )
        elif self._cancelled:
            self._context.notices.info(lambda: _("The export was cancelled; no file was written."))
        else:
            words = partial(_not_written, self._errors.strip(), status)
            own = status is None or not self._errors.strip()
            self._context.notices.error(words if own else words())  # the process keeps its language, so all does


def _not_written(why: str, status: int | None) -> str:
    """Word a failed export. ``why`` is what the process said, in the language it was begun in."""
    if status is None:
        why = _("the program for it did not start")
    why = why or _("the export stopped (status {status})").format(status=status)
    return _("The summary was not written: {why}").format(why=why)
