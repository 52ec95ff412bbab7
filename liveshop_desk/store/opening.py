"""Opening a shop file with care: whether it is ours, sound, and of an age we know."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from liveshop_desk.errors import DamagedShop, MissingShop, UserError, in_words
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.clock import Clock
from liveshop_desk.paths import backup_folder
from liveshop_desk.store.backup import list_backups, newest_good, set_aside, take_backup
from liveshop_desk.store.schema import APPLICATION_ID, SCHEMA, Opened

BUSY_MS = 5_000  # how long a writer waits for another
WINDOW_BUSY_MS = 1_000  # … on the window's thread: it would rather say so than stand still for longer
PROMPTER_BUSY_MS = 250  # … while the prompter runs, whose lines stand still meanwhile


def prepare(path: Path, busy_ms: int = BUSY_MS) -> Opened:
    """Connect to the file in WAL mode with full durability. Raises DamagedShop where SQLite cannot read it.

    ``busy_ms`` is how long this connection waits while another one writes.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        conn = sqlite3.connect(path, isolation_level=None, timeout=busy_ms / 1000, check_same_thread=False)
    except (sqlite3.OperationalError, OSError) as error:
        raise UserError(
            _("The shop file {name} cannot be opened ({reason}).").format(name=path.name, reason=in_words(error)),
            todo=_("Check that the folder exists and can be written."),
        ) from error
    try:
        _configure(conn)
        wait_at_most(conn, busy_ms)
    except sqlite3.DatabaseError as error:
        conn.close()
        raise opening_failed(path, error) from error
    return Opened(conn)


def _configure(conn: sqlite3.Connection) -> None:
    conn.row_factory = sqlite3.Row
    conn.execute("PRAGMA schema_version").fetchone()  # reads the header: a damaged one shows here, before any write
    conn.execute("PRAGMA journal_mode = WAL").fetchone()
    conn.execute("PRAGMA synchronous = FULL")


def wait_at_most(conn: sqlite3.Connection, busy_ms: int) -> None:
    """Say how long a connection waits while another one writes, before it gives up and nothing is changed."""
    conn.execute(f"PRAGMA busy_timeout = {busy_ms:d}")


def is_held(conn: sqlite3.Connection) -> bool:
    """Tell, without waiting, whether another connection is writing this very moment."""
    patience = int(conn.execute("PRAGMA busy_timeout").fetchone()[0])
    wait_at_most(conn, 0)
    try:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    finally:
        wait_at_most(conn, patience)
    return False


def opening_failed(path: Path, error: sqlite3.DatabaseError) -> UserError:
    """Tell damage from what passes (a lock, a folder without rights)."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedShop(
            _("The shop file {name} is damaged ({reason}).").format(name=path.name, reason=in_words(error)),
            kept=_("It was not changed."),
            todo=_way_back(path),
        )
    return UserError(
        _("The shop file {name} cannot be opened ({reason}).").format(name=path.name, reason=in_words(error)),
        kept=_("It was not changed."),
        todo=_("Check its permissions and the disk, then try again."),
    )


def _way_back(path: Path) -> str:
    backup = newest_good(path)
    if backup is None:
        return _("There is no good backup beside it.")
    return _("Restore the newest good backup, of {time}: {path}").format(time=backup.taken, path=backup.path)


def _emptied(path: Path) -> UserError:
    return opening_failed(path, sqlite3.DatabaseError(_("nothing is in it, though it has backups")))


def refuse_lost(path: Path) -> None:
    """Raise where a shop that has backups would begin anew: nothing is left of its file, or it is gone.

    A power cut may leave an empty file (DamagedShop). One that is not there (MissingShop) was moved, renamed or
    deleted, or its link names a drive that is not connected. Without backups nobody has lost anything.
    """
    if path.exists():
        if path.is_file() and not path.stat().st_size and list_backups(path):
            raise _emptied(path)
        return
    n = len(list_backups(path))
    if n:
        raise MissingShop(
            _("The shop file {path} is not there, though it has backups.").format(path=path),
            kept=ngettext("Its backup is kept: {folder}", "Its {n} backups are kept: {folder}", n).format(
                n=n, folder=backup_folder(path)
            ),
            todo=_("If it was moved or renamed, put it back; if not:") + " " + _way_back(path),
        )


def refuse_moved(path: Path) -> None:
    """Raise UserError where the file of an open shop is not there any more: to connect would make an empty one.

    That one's log would be written over the shop's own, which still holds what was saved last.
    """
    try:
        path.stat()
    except OSError as error:  # a folder that was closed, a drive that went away: as good as gone
        raise UserError(
            _("The shop file {path} was moved, renamed or deleted while it is open.").format(path=path),
            todo=_("Put it back before you close the desk: what is done until then may be lost."),
        ) from error


def begin_anew(path: Path, clock: Clock) -> None:
    """Put an empty shop file where one is damaged or gone; what is there is set aside. Its backups stay.

    Raises UserError where the disk does not take it.
    """
    set_aside(path, clock)
    with closing(prepare(path).conn) as conn:
        try:
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")  # wanted so: it is no file that lost all it held
        except sqlite3.DatabaseError as error:
            raise opening_failed(path, error) from error


def reading_failed(path: Path, error: BaseException) -> UserError | None:
    """Tell what SQLite said of a file that opened and cannot be read; ``None`` for an error of any other kind."""
    return opening_failed(path, error) if isinstance(error, sqlite3.DatabaseError) else None


def check_version(db: Opened, path: Path) -> None:
    """Refuse a file of a newer program, and a SQLite file that is not a shop file."""
    version = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
    application = int(db.conn.execute("PRAGMA application_id").fetchone()[0])
    if application == 0 and version == 0 and not _has_tables(db):
        if list_backups(path):
            raise _emptied(path)
        return
    if application != APPLICATION_ID:
        raise UserError(
            _("{name} is not a shop file.").format(name=path.name),
            kept=_("It was not changed."),
            todo=_("Choose another file."),
        )
    if version > SCHEMA:
        raise UserError(
            _("{name} was written by a newer Liveshop Desk (schema {found}, this one knows {known}).").format(
                name=path.name, found=version, known=SCHEMA
            ),
            kept=_("It was not changed."),
            todo=_("Update the program."),
        )


def migrate(db: Opened, path: Path, clock: Clock) -> None:
    """Bring the file to this program's schema; a file that holds data is backed up first."""
    try:
        if int(db.conn.execute("PRAGMA user_version").fetchone()[0]) == SCHEMA:
            if db.conn.execute("SELECT 1 FROM meta WHERE key = 'salt'").fetchone() is None:
                _first_facts(db)  # versions up to 0.3.4 left a shop without one where they were ended as they made it
            return
        from liveshop_desk.store import migrations  # here: it loads sqlite_utils, and most files need none

        if _has_tables(db):
            take_backup(db, path, clock, reason="before-migration")
        migrations.apply(db.conn, lambda: _first_facts(db))
    except sqlite3.DatabaseError as error:
        raise opening_failed(path, error) from error


def _first_facts(db: Opened) -> None:
    """Give a new shop its salt: viewers are hashed with it, so that no two shops' hashes can be joined."""
    db.conn.execute("INSERT OR IGNORE INTO meta (key, value) VALUES ('salt', ?)", (os.urandom(16).hex(),))


def _has_tables(db: Opened) -> bool:
    return db.conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
