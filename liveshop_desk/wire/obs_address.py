"""Where OBS listens and its password: in a file of its own in the user's config folder that nobody else may read.

It is never in the shop file, a log or an export: settings may be copied to a colleague, this file is left behind.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard, cast

from liveshop_desk.paths import config_file

PORT = 4455  # obs-websocket's own default
HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Address:
    """One OBS. The password is in no repr: what is reported as a fault must not give it away."""

    host: str = HOST
    port: int = PORT
    password: str = field(default="", repr=False)

    @property
    def url(self) -> str:
        """Return the WebSocket address; an IPv6 host is put into brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"ws://{host}:{self.port}"


def address_file() -> Path:
    """Return the file that holds it, beside the settings."""
    return config_file().with_name("obs.json")


def load(path: Path | None = None) -> Address | None:
    """Return what was kept, or ``None`` where nothing was or the file makes no sense."""
    try:
        held: Any = json.loads((path or address_file()).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(held, dict):
        return None
    fields = cast("dict[str, Any]", held)
    host, port, password = fields.get("host"), fields.get("port"), fields.get("password")
    if not isinstance(host, str) or not host or not is_port(port) or not isinstance(password, str):
        return None
    return Address(host, port, password)


def save(address: Address, path: Path | None = None) -> None:
    """Keep it with mode 0600; a crash half-way leaves the old file. Raises OSError."""
    file = path or address_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(file.name + ".part")
    partial.unlink(missing_ok=True)  # one left behind may have another mode
    text = json.dumps({"host": address.host, "port": address.port, "password": address.password}, ensure_ascii=False)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)


def forget(path: Path | None = None) -> None:
    """Take the file away."""
    with suppress(OSError):
        (path or address_file()).unlink()


def is_port(value: object) -> TypeGuard[int]:
    """Tell whether this is a TCP port one can connect to."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 65_536
