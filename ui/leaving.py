"""Closing the window while a show is on air: asked in place first, with staying as the answer of Enter and Escape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from liveshop_desk.i18n import _
from liveshop_desk.model.session import Session
from ui.notices import Notices
from ui.shell import Shell

SESSION_END_MS = 60_000  # so long after the system said that its session ends no close is asked about


class Leaving(QObject):
    """Asks where the user closes a shell that has a show on air; a close by the system or by ourselves goes through.

    ``on_air`` returns the show whose viewers would be left, or None.
    """

    def __init__(self, shell: Shell, notices: Notices, on_air: Callable[[], Session | None]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._notices = notices
        self._on_air = on_air
        self._ending = QTimer(self)
        self._ending.setSingleShot(True)
        self._ending.setInterval(SESSION_END_MS)  # the user may still call the session's end off
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.commitDataRequest.connect(self.note_session_end)
        shell.asks_first = self._asks

    def note_session_end(self) -> None:
        """The system's session ends: what it closes now is not asked about."""
        self._ending.start()

    def _asks(self) -> bool:
        """Ask where a show is on air; tell whether it was asked. A file that cannot be read keeps no window open."""
        if self._ending.isActive():
            return False
        try:
            session = self._on_air()
        except Exception:  # noqa: BLE001 - whatever is wrong with the file, its user may leave
            return False
        if session is None:
            return False
        # Closed from the task bar while it is minimized, the question must be seen: as large as the window was.
        self._shell.setWindowState(self._shell.windowState() & ~Qt.WindowState.WindowMinimized)
        self._shell.activateWindow()
        self._notices.ask(lambda: _question(session), lambda: _("Close"), self._shell.close, stay=lambda: _("Stay"))
        return True


def _question(session: Session) -> str:
    question = _(
        "{theme} is on air. Close the desk? The show stays on air in the file and goes on at the next start;"
        " nothing is lost."
    )
    return question.format(theme=session.theme)
