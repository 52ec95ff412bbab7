"""How the shop's own last sessions went: read in a thread once a session, shared by tiles, pace, chart and alarms."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from liveshop_desk.model.curves import History
from liveshop_desk.model.metrics import Figures
from liveshop_desk.model.session import Session
from liveshop_desk.store.curves import history
from liveshop_desk.store.past import ended_before, last_sessions
from liveshop_desk.store.store import Store
from ui.aside import Aside

AGAIN_AFTER = 10  # seconds: what could not be read is asked for once a second, and the file may be busy for longer


class _Found(NamedTuple):
    """What is known of the sessions before one: their course, and each one's figures, newest first."""

    history: History = History()
    figures: tuple[Figures, ...] = ()


class Past(QObject):
    """The sessions before one session at a time, read when they are first asked for: 300 ms for five long evenings.

    Until they have ``arrived`` nothing is compared with them. What cannot be read is said once a session, and tried
    again while somebody asks for it.
    """

    arrived = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._session_id: str = ""
        self._stale = True
        self._again_at: float | None = None  # ticks: when a reading that failed is tried again
        self._told = False  # … and it has been said
        self._known = False
        self._found = _Found()
        self._aside = Aside(store, self)
        self._aside.done.connect(self._take)
        self._aside.failed.connect(self._fail)

    def of(self, session: Session | None) -> History:
        """Return how the sessions before this one went."""
        return self._of(session).history

    def figures_of(self, session: Session | None) -> tuple[Figures, ...]:
        """Return the figures of the sessions before this one, newest first."""
        return self._of(session).figures

    def is_known(self, session: Session) -> bool:
        """Tell whether they have been read: before that a pace would follow no course of the shop's own."""
        self._of(session)
        return self._known

    def look_again(self) -> None:
        """Read anew when it is next asked for: figures of some session are others now."""
        self._stale = True

    def _of(self, session: Session | None) -> _Found:
        if session is None:
            return _Found()
        if session.id != self._session_id:
            self._session_id, self._found, self._stale, self._known = session.id, _Found(), True, False
            self._told = False
        if self._stale or (self._again_at is not None and self._store.clock.ticks() >= self._again_at):
            self._read(session)
        return self._found

    def _read(self, session: Session) -> None:
        self._stale, self._again_at = False, self._store.clock.ticks() + AGAIN_AFTER
        before = session.started_at or session.planned_start or self._store.clock.now()
        any_before = ended_before(self._store, session, before)
        self._again_at = None
        if any_before:
            self._aside.begin(session.id, lambda store: _found(store, session, before))
        else:
            self._aside.forget()
            self._found, self._known = _Found(), True

    def _take(self, found: _Found) -> None:
        self._found, self._known = found, True
        self.arrived.emit()

    def _fail(self, error: Exception) -> None:
        """Let the program's own hook tell of the first that fails, and read again when it is asked for later."""
        self._again_at = self._store.clock.ticks() + AGAIN_AFTER
        if not self._told:
            self._told = True
            raise error


def _found(store: Store, session: Session, before: int) -> _Found:
    sessions, _of_anchor = last_sessions(store, session, before)
    return _Found(history(store, session), tuple(each.figures for each in sessions))
