"""The token of the local endpoint: in a file of its own that only this user can read, never in the shop file."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path

from liveshop_desk.paths import config_file

_SHAPE = re.compile(r"[A-Za-z0-9_-]{20,200}")


def token_file() -> Path:
    """Return where the token is kept: beside the settings of this machine."""
    return config_file().with_name("token")


def token(path: Path | None = None) -> str:
    """Return the token, made now where there is none. Raises OSError where it cannot be read or kept.

    One that cannot be read for a moment is not made anew: that would shut out whoever has it, in the middle of a show.
    """
    file = path or token_file()
    try:
        found = file.read_text("ascii").strip()
    except (FileNotFoundError, ValueError):
        return rotate(file)
    if not _SHAPE.fullmatch(found):
        return rotate(file)
    if os.name == "posix" and file.stat().st_mode & 0o077:
        file.chmod(0o600)
    return found


def rotate(path: Path | None = None) -> str:
    """Make a new token: whoever has the old one is shut out. Raises OSError."""
    file = path or token_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    made = secrets.token_urlsafe(32)
    partial = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(made + "\n")
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
    return made


def is_right(given: str, wanted: str) -> bool:
    """Compare in constant time; an empty token is never right."""
    return bool(wanted) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
