"""One desk per shop file: a lock beside it, held by the system for as long as the desk lives.

By the system's own call, flock or LockFile, which is all that is wanted of a library here: filelock imports asyncio
with its package (from 3.15 on; the versions before follow a link planted in the lock's place), which takes as long as
all of Qt's and which nothing else at the start needs.

* The lock belongs to the open file: a second one in this very process is another desk too; a program started by the
  desk does not inherit it (PEP 446); a crash, kill or power cut leaves nothing locked.
* It is on a file of its own and is no POSIX record lock, so what keeper.py is for cannot happen to it.
* On NFS Linux makes a record lock of it, which binds processes and not descriptors: other machines are still kept
  out, but a shop file on a network drive is no good idea anyway, for SQLite's log in WAL mode needs shared memory.
* A file system that knows no locks refuses; then the desk does not open the file unguarded.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from liveshop_desk.errors import Refused, UserError, in_words
from liveshop_desk.i18n import _

SUFFIX = ".lock"
_PLAYS = b"\nreplay"  # Windows lets nobody read the first byte, which is the one that is locked


class ShopLock:
    """A held lock on a shop file. The system lets it go with the process, so a crash leaves nothing locked."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def acquire(cls, shop: Path, *, plays: bool = False) -> ShopLock:
        """Lock ``shop`` at once. Raises Refused where another desk has it, UserError where the folder cannot hold one.

        ``plays``: it is a recording being played in, and who is refused is told so. The file ``<shop>.lock`` stays
        behind empty: removing it would let two desks in at the same moment.
        """
        path = lock_file(shop)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        except OSError as error:
            raise _not_writable(shop, error) from error
        try:
            _lock(descriptor)
        except (BlockingIOError, PermissionError) as error:  # what POSIX and Windows say of a lock somebody holds
            os.close(descriptor)
            raise _in_use(shop) from error
        except OSError as error:
            os.close(descriptor)
            raise _not_writable(shop, error) from error
        _note(descriptor, _PLAYS if plays else b"")
        return cls(descriptor)

    def release(self) -> None:
        """Let the shop file go; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            _note(descriptor, b"")
            _unlock(descriptor)
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        # Windows unlocks what is closed, but when it finds the time.
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def lock_file(shop: Path) -> Path:
    """Return the lock's path: beside the file itself, however it was reached (a link, another spelling)."""
    real = shop.resolve()
    return real.with_name(real.name + SUFFIX)


def _note(descriptor: int, text: bytes) -> None:
    """Write into a held lock's file what it is held for; what a crash left there is gone with that."""
    with suppress(OSError):  # a full disk: then it is said to be a desk
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text)
        os.lseek(descriptor, 0, os.SEEK_SET)  # where Windows locks and unlocks


def _is_played_into(shop: Path) -> bool:
    """Tell whether who holds the lock plays a recording."""
    try:
        with lock_file(shop).open("rb", buffering=0) as file:
            file.seek(1)
            return file.read(len(_PLAYS)) == _PLAYS[1:]
    except OSError:
        return False


def _in_use(shop: Path) -> Refused:
    """Say politely that somebody else is at work."""
    if _is_played_into(shop):
        return Refused(
            _("A recording is being played into {name} from the command line (replay).").format(name=shop.name),
            kept=_("Nothing was changed."),
            todo=_("Wait until it has ended, or stop it there with Ctrl+C; then try again."),
        )
    return Refused(
        _("Another desk has {name} open.").format(name=shop.name),
        kept=_("Nothing was changed."),
        todo=_("Close it there first, or open another shop file with --shop."),
    )


def is_open(shop: Path) -> bool:
    """Tell whether a desk has ``shop`` open now. Leaves no lock file where there was none."""
    if not lock_file(shop).exists():
        return False
    try:
        ShopLock.acquire(shop).release()
    except Refused:
        return True
    except UserError:
        return False
    return False


def _not_writable(shop: Path, error: OSError) -> UserError:
    return UserError(
        _("The folder of {name} cannot be written ({reason}).").format(name=shop.name, reason=in_words(error)),
        kept=_("Nothing was changed."),
        todo=_("Check that the folder exists and can be written."),
    )
