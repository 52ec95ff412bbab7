"""What can go wrong, sorted into what the user is told and what is reported as a bug."""

from __future__ import annotations

from liveshop_desk.i18n import _, mark

_ENDS = tuple(".!?…:。！？：")


def _in_one(parts: list[str]) -> str:
    """Return the parts as one text: one without a full stop gets that of the part behind it."""
    stop = "。" if parts and parts[-1].endswith("。") else "."
    ended = [part if part.rstrip('”")）').endswith(_ENDS) else part + stop for part in parts[:-1]]
    return " ".join([*ended, *parts[-1:]])


# What SQLite and the system say in English, whatever language is in use; what is not among it stays as it is.
SAID = (
    mark("file is not a database"),
    mark("database disk image is malformed"),
    mark("database or disk is full"),
    mark("disk I/O error"),
    mark("attempt to write a readonly database"),
    mark("unable to open database file"),
    mark("Permission denied"),
    mark("No space left on device"),
    mark("Read-only file system"),
    mark("Input/output error"),
    mark("No such file or directory"),
    mark("Is a directory"),
    mark("Not a directory"),
    mark("File too large"),
    mark("Disk quota exceeded"),
)


def in_words(error: BaseException) -> str:
    """Return what the system or SQLite says went wrong, without its number and the path it happened to be at."""
    words = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _(words) if words in SAID else words


class UserError(Exception):
    """Something the user can understand and mend. Texts are already in the user's language.

    ``what`` says what happened (naming file, row, column, reason where there is one),
    ``kept`` what is safe, ``todo`` what to do next.
    """

    def __init__(self, what: str, *, kept: str = "", todo: str = "") -> None:
        super().__init__(_in_one([part for part in (what, kept, todo) if part]))
        self.what = what
        self.kept = kept
        self.todo = todo


class Refused(UserError):  # noqa: N818 - a refusal is an answer, not an accident
    """An act the desk will not do as things stand (undo of a row that has moved on, take on an ended session)."""


class NeedsConfirm(UserError):  # noqa: N818
    """A guard: the act is possible but unusual. Repeat it with ``confirmed=True`` to go on.

    ``guard`` is the guard's key: below_cost, big_jump, zero_stock, above_floor, number_name.
    """

    def __init__(self, guard: str, what: str) -> None:
        super().__init__(what)
        self.guard = guard


class Busy(UserError):  # noqa: N818 - it passes
    """Another connection was writing for longer than this one waits: nothing was changed, the same act may do later."""


class DamagedShop(UserError):  # noqa: N818
    """The shop file cannot be trusted: it is left as it is, and its backups are offered instead."""


class MissingShop(DamagedShop):
    """The shop file is gone and its backups are there: they are offered, before another shop begins in its place."""
