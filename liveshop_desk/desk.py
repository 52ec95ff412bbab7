"""The Desk: the shop's brain. Every front end holds exactly one, passed in, never global."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from liveshop_desk.changes import Changes
from liveshop_desk.model.clock import Clock, SystemClock
from liveshop_desk.settings import Settings
from liveshop_desk.store import journal
from liveshop_desk.store.backup import take_backup
from liveshop_desk.store.store import Store

P = ParamSpec("P")
T = TypeVar("T")


class Desk:
    """A shop file, a clock and the settings, with one way to change things and one signal that says what changed."""

    def __init__(self, store: Store, settings: Settings | None = None) -> None:
        self.store = store
        self.clock: Clock = store.clock
        self.settings = settings or Settings()
        self.store.who = self.settings.operator
        self.changed = store.changed

    @classmethod
    def open(cls, path: Path, *, clock: Clock | None = None, settings: Settings | None = None) -> Desk:
        """Open (or create) a shop file. Raises UserError and DamagedShop as ``Store.open`` does."""
        return cls(Store.open(path, clock or SystemClock()), settings)

    def run(self, op: Callable[Concatenate[Store, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one op on the shop. Use ``run_from`` to name who asks."""
        return op(self.store, *args, **kwargs)

    def run_from(self, origin: object, op: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        """Run one op on behalf of ``origin``, who will find itself named in the changes."""
        with self.store.acting(origin):
            return op(self.store, *args, **kwargs)

    def undo(self) -> journal.Entry:
        """Take back the newest step. Raises Refused."""
        return journal.undo(self.store)

    def redo(self) -> journal.Entry:
        """Bring back the step undone last. Raises Refused."""
        return journal.redo(self.store)

    def backup(self, *, reason: str = "manual", to: Path | None = None) -> Path:
        """Write a checked backup and return its path. Raises UserError."""
        return take_backup(self.store.db, self.store.path, self.clock, reason=reason, to=to)

    def changed_elsewhere(self) -> None:
        """Tell everyone to re-read: another process has committed."""
        self.changed.emit(Changes("elsewhere", everything=True))

    def close(self) -> None:
        """Close the shop file."""
        self.store.close()
