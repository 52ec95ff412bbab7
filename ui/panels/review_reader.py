"""Reads a session's report in a thread of its own, on a connection of its own: the window never waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from liveshop_desk.errors import UserError
from liveshop_desk.model.review import SessionReport
from liveshop_desk.ops.report import session_report
from liveshop_desk.store.store import Store
from ui.work import Work

_PAUSE_MS = 1000  # sales touch the stock twice a second; the board may be a second late


class ReportReader(QObject):
    """One reading at a time; a wish that comes meanwhile is served when it is done.

    ``arrived(SessionReport)`` on the window's thread, ``failed(error)`` where it could not be read.
    """

    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._work: Work | None = None
        self._wanted = ""
        self._closed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._start)
        app = QCoreApplication.instance()
        if app is not None:  # a thread must not outlive the program
            app.aboutToQuit.connect(self.close)

    def read(self, session_id: str) -> None:
        """Read a session now."""
        self._wanted = session_id
        self._pause.stop()
        self._start()

    def read_soon(self, session_id: str) -> None:
        """Read a session again in a moment, once for all wishes till then."""
        self._wanted = session_id
        if not self._pause.isActive():
            self._pause.start()

    def close(self) -> None:
        """End what is under way; nothing arrives after this."""
        self._closed = True
        self._pause.stop()
        if self._work is not None:
            self._work.wait()

    def _start(self) -> None:
        if self._work is not None or self._closed or not self._wanted:
            return
        session_id, self._wanted = self._wanted, ""
        work = self._work = Work(_task(self._store, session_id), self)
        work.succeeded.connect(self._on_read)
        work.failed.connect(self._on_failed)
        work.finished.connect(self._on_finished)
        work.start()

    def _on_read(self, report: SessionReport) -> None:
        if not self._closed:
            self.arrived.emit(report)

    def _on_failed(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(error)
            if not isinstance(error, UserError):
                raise error

    def _on_finished(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.deleteLater()
        self._start()


def _task(store: Store, session_id: str) -> Callable[[Callable[[int, int], None]], SessionReport]:
    """Return the work: open the file once more, read, close."""

    def read(_report: Callable[[int, int], None]) -> SessionReport:
        own = store.sibling()
        try:
            return session_report(own, session_id)
        finally:
            own.close()

    return read
