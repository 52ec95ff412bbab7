"""Writes that belong together: all of them or none, and SQLite's refusals in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from types import TracebackType

from liveshop_desk.errors import Busy, UserError, in_words
from liveshop_desk.i18n import _


class Transaction:
    """One transaction of a connection, for ``with``; an error inside or at its commit rolls all of it back.

    ``last`` is what is written at its end, when all else went well. IMMEDIATE, so that a step which reads before it
    writes never meets a snapshot that has moved on. A class and no generator, which costs three times as much: every
    edit on air goes through here.
    """

    __slots__ = ("_conn", "_last")

    def __init__(self, conn: sqlite3.Connection, last: Callable[[], None] | None = None) -> None:
        self._conn = conn
        self._last = last

    def __enter__(self) -> None:
        """Begin. Raises Busy where another connection holds the file."""
        try:
            self._conn.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise _write_failed(error) from error

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Commit, or roll back where an error comes through. Raises UserError where the disk did not take it."""
        if error is None:
            self._commit()
            return
        self._roll_back()
        if isinstance(error, sqlite3.OperationalError):
            raise _write_failed(error) from error

    def _commit(self) -> None:
        try:
            if self._last is not None:
                self._last()
            self._conn.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            if isinstance(error, sqlite3.OperationalError):
                raise _write_failed(error) from error
            raise

    def _roll_back(self) -> None:
        """Undo what was written; SQLite has done so itself after some errors."""
        if self._conn.in_transaction:
            self._conn.execute("ROLLBACK")


def _write_failed(error: sqlite3.OperationalError) -> UserError:
    """Turn SQLite's word for a failed write into the user's."""
    kept = _("Everything shown as saved before is safe; this one change was not saved.")
    code = error.sqlite_errorcode & 0xFF
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return UserError(
            _("The disk is full or cannot be written ({reason}).").format(reason=in_words(error)),
            kept=kept,
            todo=_("Free some space and try again."),
        )
    if code == sqlite3.SQLITE_BUSY:
        return Busy(_("Another program is holding the shop file."), kept=kept, todo=_("Try again in a moment."))
    if code == sqlite3.SQLITE_READONLY:
        return UserError(_("The shop file is read-only."), kept=kept, todo=_("Check its permissions."))
    raise error
