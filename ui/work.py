"""Long work off the window's thread: a function in a thread, or a command-line verb in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QThread, QTimer, Signal

from liveshop_desk.errors import UserError
from ui.garbage import of_much


class Cancelled(Exception):  # noqa: N818 - not an error
    """Raised inside the work by ``report`` when the user has cancelled."""


class Work(QThread):
    """Runs ``task(report)`` in a thread; ``report(done, total)`` shows progress and raises Cancelled when asked to.

    Signals arrive on the window's thread: ``progressed(done, total)``, ``succeeded(result)``,
    ``failed(UserError | Exception)``, ``cancelled()``.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, task: Callable[[Callable[[int, int], None]], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._stop = False

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop = True

    def leave(self) -> None:
        """Ask the work to stop and let it end by itself: whoever began it may go, only the program's end waits."""
        self.cancel()
        app = QCoreApplication.instance()
        self.setParent(app)
        self.finished.connect(self.deleteLater)
        if app is not None:
            app.aboutToQuit.connect(self.wait)
        if self.isFinished():  # over already, and nothing would let go of it; what it has to say comes first
            QTimer.singleShot(0, self, self.deleteLater)

    def run(self) -> None:
        """Do the work (Qt calls this in the thread)."""
        try:
            with of_much():
                result = self._task(self._report)
        except Cancelled:
            self.cancelled.emit()
        except (UserError, Exception) as error:  # noqa: BLE001 - handed to the window, which shows or reports it
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)

    def _report(self, done: int, total: int) -> None:
        if self._stop:
            raise Cancelled
        self.progressed.emit(done, total)
