"""One set-up at a time: a second double-click during the first download waits instead of breaking it."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from installer.words import WAITING, say

_FAR_OUT = 1 << 30  # Windows locks are mandatory: lock a byte nobody ever reads


@contextmanager
def alone(file: Path) -> Generator[None]:
    """Hold a lock on ``file``, which must exist and is left as it is; the system frees it if we are killed."""
    with file.open("rb") as handle:
        if not _try_lock(handle):
            say(WAITING)
            while not _try_lock(handle):
                time.sleep(0.5)
        yield  # closing the file gives the lock back


def _try_lock(handle: IO[bytes]) -> bool:
    """Lock; False where somebody holds it. A file system that knows no locks must not be waited for: go on without."""
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(_FAR_OUT)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # what POSIX and Windows say of a lock somebody holds
        return False
    except OSError:
        return True
    return True
