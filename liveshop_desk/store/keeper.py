"""Holding on to SQLite's file locks, which POSIX lets slip: another part of the program may drop them unawares.

POSIX drops all of a process's locks on a file as soon as *any* descriptor of it is closed: a file window that lists
the shop's folder (and looks into each file for its icon) is enough. Another process would then take the desk for
gone, clean up the write-ahead log under it, and what the desk saves from there on would be written into a deleted
file. SQLite itself does not notice, so the keeper takes the same locks again, twice a second.
The byte ranges are those of SQLite's os_unix.c: SHARED on the file, the dead-man switch on the WAL index.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: locks belong to the handle there and cannot slip
    fcntl = None

_SHARED = (0x40000002, 510)  # SHARED_FIRST, SHARED_SIZE
_DEAD_MAN_SWITCH = (128, 1)  # UNIX_SHM_DMS


class LockKeeper:
    """Keeps a shop file's locks for as long as the desk has it open. ``release`` before the file is closed."""

    def __init__(self, shop: Path) -> None:
        self._places = ((shop, _SHARED), (shop.with_name(shop.name + "-shm"), _DEAD_MAN_SWITCH))
        self._open: dict[Path, int] = {}

    def hold(self) -> None:
        """Take the locks (again); what cannot be had now is tried the next time."""
        if fcntl is None:
            return
        for path, (start, length) in self._places:
            with suppress(OSError):
                if path not in self._open:  # kept open: closing it would drop the very locks
                    self._open[path] = os.open(path, os.O_RDWR | os.O_CLOEXEC)
                fcntl.lockf(self._open[path], fcntl.LOCK_SH | fcntl.LOCK_NB, length, start)

    def release(self) -> None:
        """Let go, for the file is about to be closed."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()
