"""What every panel is given: the desk, the bridge and the few things panels share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from liveshop_desk.desk import Desk
from liveshop_desk.errors import Busy, UserError
from liveshop_desk.model.session import Session, State
from liveshop_desk.store import queries
from liveshop_desk.store.opening import is_held
from ui.actions import Actions
from ui.bridge import Bridge
from ui.gaps import Gaps
from ui.notices import Notices
from ui.theme import Theme

INSIST_S = 2.0  # how long an act on air is tried again for


class Chosen(QObject):
    """Which session the rooms show."""

    changed = Signal(str)  # session id, "" for none

    def __init__(self) -> None:
        super().__init__()
        self.id = ""

    def choose(self, session_id: str) -> None:
        """Show another session in every room."""
        if session_id != self.id:
            self.id = session_id
            self.changed.emit(session_id)


@dataclass(slots=True)
class Context:
    """Passed to every panel on construction. Panels never reach for each other: they change the desk."""

    desk: Desk
    bridge: Bridge
    actions: Actions
    notices: Notices
    chosen: Chosen
    theme: Theme
    gaps: Gaps = field(default_factory=Gaps)  # where a panel's refreshing goes, lest it delay the prompter
    drawable: bool = True  # False while the chart's library is on its way in a thread: importing it would stall

    def session(self) -> Session | None:
        """Return the session shown in the rooms."""
        return queries.session(self.desk.store, self.chosen.id) if self.chosen.id else None

    def on_air(self) -> Session | None:
        """Return the session on air, whatever the rooms show; where none is, the one they show."""
        return queries.live_session(self.desk.store) or self.session()

    def attempt(self, op: Callable[..., Any], *args: Any, origin: object = None, **kwargs: Any) -> Any:
        """Run an op; what the user must know of a failure goes to the notice bar, and ``None`` is returned.

        NeedsConfirm is a UserError too: callers with a guard of their own use ``desk.run_from`` and catch it.
        """
        try:
            return self.desk.run_from(origin, op, *args, **kwargs)
        except UserError as error:
            self.notices.error(error)
            return None

    def insist(self, op: Callable[..., Any], *args: Any, origin: object = None, **kwargs: Any) -> None:
        """Run an op nobody waits for the result of; while the prompter runs it is tried again where the file is busy.

        What goes on air must not need a second press because the disk stood still for a moment.
        """
        try:
            self.desk.run_from(origin, op, *args, **kwargs)
        except Busy as error:
            again = partial(self.attempt, op, *args, origin=origin, **kwargs)
            self._try_later(again, error, self.desk.clock.ticks() + INSIST_S)
        except UserError as error:
            self.notices.error(error)

    def _try_later(self, act: Callable[[], Any], error: Busy, until: float) -> None:
        if self.gaps.running and self.desk.clock.ticks() < until:
            self.gaps.soon(partial(self._try_again, act, error, until))
        else:
            self.notices.error(error)

    def _try_again(self, act: Callable[[], Any], error: Busy, until: float) -> None:
        """Act where the file is free by now; where it is not, nothing waits for it here."""
        if is_held(self.desk.store.db.conn):
            self._try_later(act, error, until)
        else:
            act()


def first_room(desk: Desk) -> str:
    """Return the room the desk opens in: the show's, else where one is prepared; an empty shop begins with goods."""
    session = queries.session(desk.store, first_session(desk))
    if session is not None and session.state is State.LIVE:
        return "live"
    return "catalogue" if session is None and not queries.has_products(desk.store) else "prepare"


def first_session(desk: Desk) -> str:
    """Return what the desk opens on: the session on air, else the newest draft, else the newest of all."""
    live = queries.live_session(desk.store)
    if live is not None:
        return live.id
    sessions: list[Session] = queries.sessions(desk.store)
    drafts = [session for session in sessions if session.state is State.DRAFT]
    newest = (drafts or sessions)[:1]
    return newest[0].id if newest else ""
