"""Why a file cannot be read at all, in one wording for every kind of file."""

from __future__ import annotations

from pathlib import Path

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _


def locked(file: Path) -> UserError:
    """Return the error for a file that asks for a password."""
    return UserError(
        _("{file}: protected by a password").format(file=file.name),
        todo=_("Save a copy without the password, then import that."),
    )


def no_table(file: Path) -> UserError:
    """Return the error for a file that is damaged or no table."""
    return UserError(
        _("{file}: not a table this program can read, or the file is damaged").format(file=file.name),
        todo=_("Open it in Excel or WPS and save it as .xlsx, then import that."),
    )


def empty(file: Path) -> UserError:
    """Return the error for a file that holds nothing."""
    return UserError(_("{file}: the file is empty").format(file=file.name))


def too_many_rows(file: Path, limit: int) -> UserError:
    """Return the error for a sheet longer than ``limit`` rows."""
    return UserError(
        _("{file}: more than {n} rows").format(file=file.name, n=f"{limit:,}"),
        todo=_("Split it, or export a shorter period."),
    )
