"""The only crossing between the core's signals and Qt's: whatever thread says it, the window hears it on its own."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from liveshop_desk.changes import Changes
from liveshop_desk.desk import Desk
from liveshop_desk.errors import UserError
from liveshop_desk.store.keeper import LockKeeper
from liveshop_desk.store.opening import PROMPTER_BUSY_MS, WINDOW_BUSY_MS, refuse_moved, wait_at_most

POLL_MS = 500  # how often other processes' commits are looked for (one PRAGMA, some microseconds)


class Bridge(QObject):
    """Re-emits the desk's ``changed`` on the window's thread and notices commits of other processes."""

    changed = Signal(object)  # Changes
    moved = Signal(object)  # a UserError: the file is not where it was; once each time
    _told = Signal(object)  # the same, from any thread

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._closed = False
        self._told.connect(self._tell)  # queued where another thread says it
        self.be_patient()
        self._keeper = LockKeeper(desk.store.path)
        self._keeper.hold()
        self._moved = False
        self._version = desk.store.data_version()
        desk.store.hear()
        self._disconnect = desk.changed.connect(self._pass_on)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(POLL_MS)

    def be_patient(self) -> None:
        """Wait for the file as long as a person does not mind; what is refused after it says so and stays typed.

        It is our own writer that holds it: 20 ms as a rule, far longer on a host whose disk stands still.
        """
        self._wait(WINDOW_BUSY_MS)

    def be_brief(self) -> None:
        """Wait no longer than the prompter bears."""
        self._wait(PROMPTER_BUSY_MS)

    def _wait(self, busy_ms: int) -> None:
        if not self._closed:
            wait_at_most(self._desk.store.db.conn, busy_ms)

    def _pass_on(self, changes: Changes) -> None:
        self._told.emit(changes)

    def _tell(self, changes: Changes) -> None:
        """Pass it on, on the window's thread; what arrives when the shop file is closed finds nobody."""
        if not self._closed:
            self.changed.emit(changes)

    def look(self) -> None:
        """Look at once whether another connection has committed; called when a thread of ours has."""
        self._keeper.hold()
        self._look_for_file()
        version = self._desk.store.data_version()
        if version != self._version:
            self._version = version
            if self._desk.store.hear():
                self._desk.changed_elsewhere()

    def _look_for_file(self) -> None:
        """Say it where the file was moved or deleted (Windows lets nobody): SQLite would go on in it unawares."""
        try:
            refuse_moved(self._desk.store.path)
        except UserError as error:
            if not self._moved:
                self._moved = True
                self.moved.emit(error)
        else:
            self._moved = False

    def close(self) -> None:
        """Stop listening; the desk may be closed after this."""
        self._closed = True
        self._timer.stop()
        self._disconnect()
        self._keeper.release()
