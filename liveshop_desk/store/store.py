"""One open shop file: a connection, its steps, and the signal that says what a step changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from liveshop_desk.changes import Changes, Signal
from liveshop_desk.model.clock import Clock
from liveshop_desk.store.backup import finish_restore
from liveshop_desk.store.opening import check_version, migrate, opening_failed, prepare, refuse_lost, refuse_moved
from liveshop_desk.store.schema import Opened
from liveshop_desk.store.step import Step
from liveshop_desk.store.transaction import Transaction

Row = sqlite3.Row
T = TypeVar("T")
_MOST_KEPT = 8  # readings kept by ``once``: some sessions' queues


class Store:
    """The shop file as the ops see it. One instance per thread; ``sibling()`` opens another on the same file."""

    def __init__(self, path: Path, db: Opened, clock: Clock) -> None:
        self.path = path
        self.db = db
        self.clock = clock
        self.changed = Signal()
        self.who = ""
        self.blocked: set[int] = set()  # steps whose undo was refused since the last step: undo goes past them
        self._heard = 0  # the newest journal step when this connection last listened
        self._own_steps = 0  # how many of the steps since then are its own
        self._origin: object | None = None
        self._read: dict[Hashable, tuple[int, Any]] = {}  # (table, key) → the newest step when it was read, and it

    @classmethod
    def open(cls, path: Path, clock: Clock) -> Store:
        """Open or create the shop file at ``path``, migrated to this program's schema.

        Raises UserError where the file is from a newer program or is not a shop file, DamagedShop where it is
        damaged, or gone though it has backups. A backup is taken before an older file is migrated.
        """
        finish_restore(path)
        refuse_lost(path)
        db = prepare(path)
        try:
            check_version(db, path)
            migrate(db, path, clock)
        except BaseException:
            db.close()
            raise
        return cls(path, db, clock)

    def newest_step(self) -> int:
        """Return the number of the journal's newest step; 0 where there is none."""
        row = self.row("SELECT max(id) AS id FROM journal")
        return (row["id"] if row else None) or 0

    def hear(self) -> bool:
        """Tell whether the journal has grown by steps of other connections since last asked.

        The journal's numbers have no gaps, so what is not its own must be another's.
        """
        newest = self.newest_step()
        others = newest - self._heard > self._own_steps
        self._heard, self._own_steps = newest, 0
        return others

    def wrote(self) -> None:
        """Note that this connection has written a step."""
        self._own_steps += 1
        self.blocked.clear()

    def name(self) -> str:
        """Return in whose name a step is made: the one of the settings, else of the operator of the show on air."""
        if self.who:
            return self.who
        row = self.row("SELECT operator FROM sessions WHERE state = 'live' ORDER BY started_at DESC LIMIT 1")
        return row["operator"] if row else ""

    def sibling(self) -> Store:
        """Open the same file once more, for another thread, in the name of the same person.

        Raises UserError where it is not there any more.
        """
        refuse_moved(self.path)
        opened = Store(self.path, prepare(self.path), self.clock)
        opened.who = self.who
        return opened

    def standing_still(self) -> Store:
        """Open the same file once more as it is at this moment: what is written from now on is not read there."""
        held = self.sibling()
        try:
            held.db.conn.execute("BEGIN")
            held.db.conn.execute("SELECT 1 FROM meta").fetchone()  # reading begins here, not with BEGIN
        except sqlite3.DatabaseError as error:
            held.close()
            raise opening_failed(self.path, error) from error
        return held

    def close(self) -> None:
        """Close the file; what was committed stays."""
        self.db.close()

    def rows(self, sql: str, args: Sequence[Any] = ()) -> list[Row]:
        """Read rows."""
        return self.db.conn.execute(sql, args).fetchall()

    def row(self, sql: str, args: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
        """Read one row, or ``None``."""
        return self.db.conn.execute(sql, args).fetchone()

    def data_version(self) -> int:
        """Return a number that moves when another connection has committed (some microseconds a call)."""
        return int(self.db.conn.execute("PRAGMA data_version").fetchone()[0])

    def once(self, table: str, key: Hashable, read: Callable[[], T]) -> T:
        """Return ``read()``, or what it returned before under ``key`` while no step of anybody changed ``table``.

        One act is told to ten panels, and each reads the same queue, which the numbers written meanwhile do not
        touch: only steps change a journalled table. The result must be frozen. Inside a transaction nothing is
        kept: it may be rolled back.
        """
        if self.db.conn.in_transaction:
            return read()
        newest, held = self.newest_step(), self._read.get((table, key))
        if held is None or self._has_changed(table, held[0]):
            if held is None and len(self._read) >= _MOST_KEPT:
                self._read.clear()
            held = (newest, read())
        self._read[table, key] = (newest, held[1])
        return held[1]

    def _has_changed(self, table: str, since: int) -> bool:
        """Tell whether a step after ``since`` changed a row of ``table``."""
        return self.row("SELECT 1 FROM journal_rows WHERE step > ? AND name = ? LIMIT 1", (since, table)) is not None

    @contextmanager
    def acting(self, origin: object | None) -> Generator[None]:
        """Attribute the steps made inside to ``origin``, so that it can tell its own echo."""
        before, self._origin = self._origin, origin
        try:
            yield
        finally:
            self._origin = before

    def transaction(self) -> Transaction:
        """Group writes; on any error nothing of them stays. A full disk or a locked file becomes a UserError."""
        return Transaction(self.db.conn)

    def step(self, label: str, *, undoable: bool = True, session_id: str | None = None, **args: Any) -> Making:
        """Make one journal step: all of it or nothing, then tell everyone.

        ``label`` is an English text marked for translation, ``args`` its placeholders (``Step.say`` adds some).
        """
        step = Step(self.db.conn, session_id)
        step.args = args
        return Making(self, step, label, undoable=undoable)

    def announce_step(self, label: str, step: Step) -> None:
        """Note a step this connection has committed, and tell everyone what it changed."""
        self.wrote()
        self.announce(Changes(label, step.changed_rows(), self._origin))

    def announce(self, changes: Changes) -> None:
        """Tell everyone of ``changes`` that are committed."""
        self.changed.emit(changes)


class Making:
    """A step being made, for ``with``: its journal entry is the transaction's last write; then everyone is told."""

    __slots__ = ("_label", "_number", "_step", "_store", "_together", "_undoable", "_who")

    def __init__(self, store: Store, step: Step, label: str, *, undoable: bool) -> None:
        self._store, self._step, self._label, self._undoable = store, step, label, undoable
        self._number: int | None = None
        self._who = ""
        self._together = Transaction(store.db.conn, self._write)

    def __enter__(self) -> Step:
        """Begin. Raises Busy where another connection holds the file."""
        self._who = self._store.name()
        self._together.__enter__()
        return self._step

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write, commit, tell. Raises UserError where the disk did not take it: nothing of it stays then."""
        self._together.__exit__(kind, error, trace)
        if self._number is not None:
            self._store.announce_step(self._label, self._step)

    def _write(self) -> None:
        store, step = self._store, self._step
        # Going live is its operator's act too, and so is the end.
        who = (self._who or store.name()) if step.by_hand else ""
        self._number = step.write(store.clock.now(), self._label, step.args, undoable=self._undoable, who=who)
