"""Backups beside the shop file: taken online, checked before they count, the newest kept."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock, Instant, from_datetime, to_local
from liveshop_desk.paths import backup_folder
from liveshop_desk.store.schema import APPLICATION_ID, Opened

KEEP = 20
SUFFIX = ".liveshop"
RESTORING = ".restoring"
_DAY_MS = 86_400_000
DAMAGED, BEFORE_RESTORE = "damaged", "before-restore"  # in the name of a file that was set aside: why


class Backup(NamedTuple):
    """One backup file; its name begins with the local time it was taken and how far that was from UTC.

    Older names lack the offset: they are read as local time of the zone the machine is in.
    """

    path: Path

    @property
    def taken(self) -> str:
        """Return the local time in the file's name, readable."""
        return self._stamp[0]

    @property
    def taken_at(self) -> Instant | None:
        """Return when it was taken, by its name; ``None`` for a file somebody else has put there."""
        try:
            return from_datetime(datetime.fromisoformat("".join(self._stamp)))  # without offset local by rule
        except (ValueError, OverflowError):
            return None

    @property
    def _stamp(self) -> tuple[str, str]:
        """Return the time in the name, and its offset (``+0800``) where it has one."""
        day, _dash, time = self.path.name.split(".")[0].partition("-")
        return f"{day[:4]}-{day[4:6]}-{day[6:8]} {time[:2]}:{time[2:4]}:{time[4:6]}", time[6:]


def take_backup(db: Opened, shop: Path, clock: Clock, *, reason: str = "manual", to: Path | None = None) -> Path:
    """Copy the open shop into the backup folder (or ``to``) and return the copy's path.

    The copy is written under another name, checked, synced and then renamed: a backup that exists is whole.
    Raises UserError where the disk does not take it.
    """
    stamp = to_local(clock.now()).strftime("%Y%m%d-%H%M%S%z")  # local to be read, with offset to be ordered
    target = to or backup_folder(shop) / f"{stamp}.{reason}{SUFFIX}"
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(db, partial)
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):  # a medium that takes nothing lets nothing go either
            partial.unlink(missing_ok=True)
        raise UserError(
            _("The backup could not be written ({reason}).").format(reason=in_words(error)),
            kept=_("The shop file itself is untouched."),
            todo=_("Free some space or choose another folder."),
        ) from error
    if to is None:  # a folder of the user's own may hold other shops
        _forget_old(target.parent, spare=target)
    return target


def _copy(db: Opened, partial: Path) -> None:
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as copy:
        db.conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    if not is_sound(partial):
        raise sqlite3.DatabaseError(_("the copy does not pass its check"))
    with partial.open("rb") as file:
        os.fsync(file.fileno())


def list_backups(shop: Path) -> list[Backup]:
    """Return the backups of ``shop``, newest first (whether good or not); files without a time in the name last.

    By instant, not by name: when the clocks go back an hour is written twice, and a machine may change its zone.
    """
    return _newest_first(backup_folder(shop))


def _newest_first(folder: Path) -> list[Backup]:
    dated = [(backup.taken_at, backup) for backup in map(Backup, folder.glob(f"*{SUFFIX}"))]
    dated.sort(key=lambda each: (each[0] is not None, each[0] or 0, each[1].path.name), reverse=True)
    return [backup for _at, backup in dated]


def last_taken(shop: Path, now: Instant) -> Instant | None:
    """Return when the newest backup was taken; ``None`` where there is none.

    One named more than a day ahead of ``now`` was taken while the machine's clock was wrong and is passed over: it
    would say for years that nothing is due. (A day: the machine may have been carried to another zone.)
    """
    times = (backup.taken_at for backup in list_backups(shop))
    return next((at for at in times if at is not None and at <= now + _DAY_MS), None)


def newest_good(shop: Path) -> Backup | None:
    """Return the newest backup that passes its check."""
    return next((backup for backup in list_backups(shop) if is_sound(backup.path)), None)


def is_sound(path: Path) -> bool:
    """Tell whether ``path`` is a whole shop file (SQLite's quick check, without writing to it)."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return False
            return conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False


def set_aside(shop: Path, clock: Clock, why: str = DAMAGED) -> Path:
    """Move a shop file (with its WAL) out of the way, never over anything, and return its new path.

    Its name says ``why``: what a restore replaces is not damaged for that.
    """
    stamp = to_local(clock.now()).strftime("%Y%m%d-%H%M%S")
    aside = shop.with_name(f"{shop.name}.{why}-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = shop.with_name(f"{shop.name}.{why}-{stamp}-{number}")
    for tail in ("", "-wal", "-shm"):
        part = shop.with_name(shop.name + tail)
        if part.exists():
            part.replace(aside.with_name(aside.name + tail))
    return aside


def restore_backup(backup: Path, shop: Path, clock: Clock, *, damaged: bool = False) -> Path | None:
    """Put ``backup`` in the place of ``shop``; what was there is set aside and its path returned.

    ``damaged``: it is known to be, as the desk cannot read it; otherwise it is checked.
    Raises UserError where the backup does not pass its check, or the disk does not take it; then nothing has moved.
    """
    if not is_sound(backup):
        raise UserError(
            _("{name} is not a sound shop file.").format(name=backup.name),
            kept=_("Nothing was changed."),
            todo=_("Choose another backup."),
        )
    partial = shop.with_name(shop.name + RESTORING)
    try:
        _copy_back(backup, partial)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise UserError(
            _("The backup could not be copied into the shop's folder ({reason}).").format(reason=in_words(error)),
            kept=_("Nothing was changed."),
            todo=_("Free some space and try again."),
        ) from error
    there = shop.exists()
    why = BEFORE_RESTORE if not damaged and is_sound(shop) else DAMAGED
    aside = set_aside(shop, clock, why)  # a stray WAL too: it belongs to what was there
    partial.replace(shop)
    return aside if there else None


def _copy_back(backup: Path, partial: Path) -> None:
    """Copy a backup beside the shop file: whole on disk before the present file moves."""
    partial.parent.mkdir(parents=True, exist_ok=True)
    partial.unlink(missing_ok=True)
    reading = sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)
    with closing(reading) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
    with partial.open("rb") as file:
        os.fsync(file.fileno())


def finish_restore(shop: Path) -> None:
    """Finish a restore that a power cut stopped between its two renames."""
    partial = shop.with_name(shop.name + RESTORING)
    if not shop.exists() and partial.exists() and is_sound(partial):
        partial.replace(shop)


def _forget_old(folder: Path, *, spare: Path) -> None:
    """Keep the newest backups; ones taken before a migration stay (they are the way back), and what is not ours."""
    ordinary = [
        backup.path
        for backup in _newest_first(folder)
        if backup.taken_at is not None and ".before-migration" not in backup.path.name
    ]
    for path in ordinary[KEEP:]:
        if path != spare:
            with suppress(OSError):  # somebody looks at it (Windows then keeps it): it goes after the next backup
                path.unlink()
