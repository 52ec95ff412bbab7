"""What the window shows but must not wait for: read from the shop file in a thread, on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from liveshop_desk.store.store import Store
from ui.work import Work

Read = Callable[[Store], Any]
# The window shows first what it can: with a thread beside it each of its own readings waits for the interpreter.
_AFTER_MS = 15


class Aside(QObject):
    """One reading counts, the newest: ``done(result)`` or ``failed(Exception)`` on the window's thread.

    The thread's connection is closed before ``done``. Whoever asked may go meanwhile: the program's end waits.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._work: Work | None = None
        self.key = ""  # of what is being read, "" for nothing

    def begin(self, key: str, read: Read) -> None:
        """Read this; what an earlier reading finds is out of date."""
        self.forget()
        app, store = QCoreApplication.instance(), self._store
        work = Work(lambda _report: _read(store, read), app)
        self._work, self.key = work, key
        work.succeeded.connect(lambda result: self._end(work, lambda: self.done.emit(result)))
        work.failed.connect(lambda error: self._end(work, lambda: self.failed.emit(error)))
        work.finished.connect(work.deleteLater)
        if app is not None:
            app.aboutToQuit.connect(work.wait)
        QTimer.singleShot(_AFTER_MS, work, lambda: self._start(work))

    def _start(self, work: Work) -> None:
        if self._work is work:
            work.start()
        else:
            work.deleteLater()

    def forget(self) -> None:
        """Want nothing any more of what is being read."""
        self._work, self.key = None, ""

    def _end(self, work: Work, tell: Callable[[], None]) -> None:
        if self._work is work and shiboken6.isValid(self):
            self.forget()
            tell()


def _read(store: Store, read: Read) -> Any:
    own = store.sibling()
    try:
        return read(own)
    finally:
        own.close()
