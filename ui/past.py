"""How the shop's own last sessions went: read once a session, shared by pace, chart and alarms."""

from __future__ import annotations

from liveshop_desk.model.curves import History
from liveshop_desk.model.session import Session
from liveshop_desk.store.curves import history
from liveshop_desk.store.store import Store


class Past:
    """The history of one session at a time. Read when it is first asked for: some 10 ms for five long evenings."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._session_id = ""
        self._history = History()

    def of(self, session: Session | None) -> History:
        """Return how the sessions before this one went."""
        if session is None:
            return History()
        if session.id != self._session_id:
            self._session_id, self._history = session.id, history(self._store, session)
        return self._history
