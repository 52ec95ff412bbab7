"""One desk per shop file: a lock beside it, held by the system for as long as the desk lives."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _

SUFFIX = ".lock"


class ShopLock:
    """A held lock on a shop file. The system lets it go with the process, so a crash leaves nothing locked."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    @classmethod
    def acquire(cls, shop: Path) -> ShopLock:
        """Lock ``shop`` at once. Raises Refused where another desk has it, UserError where the folder cannot hold one.

        The file ``<shop>.lock`` stays behind empty: removing it would let two desks in at the same moment.
        """
        path = lock_file(shop)
        # A second lock of the same file in this process is another desk too, hence no singleton and no thread-local.
        lock = FileLock(path, timeout=0, thread_local=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise _in_use(shop) from error
        except OSError as error:
            raise UserError(
                _("The folder of {name} cannot be written ({reason}).").format(
                    name=shop.name, reason=error.strerror or error
                ),
                kept=_("Nothing was changed."),
                todo=_("Check that the folder exists and can be written."),
            ) from error
        return cls(lock)

    def release(self) -> None:
        """Let the shop file go; a second time does nothing."""
        self._lock.release()


def lock_file(shop: Path) -> Path:
    """Return the lock's path: beside the file itself, however it was reached (a link, another spelling)."""
    real = shop.resolve()
    return real.with_name(real.name + SUFFIX)


def _in_use(shop: Path) -> Refused:
    """Say politely that somebody else is at work."""
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
