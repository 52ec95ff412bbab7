"""Find OBS on this PC: its port and password stand in its own config. Read only after the operator has agreed.

OBS 30.2 and later (obs-websocket 5.5): ``plugin_config/obs-websocket/config.json``; before, the section
``[OBSWebSocket]`` of ``global.ini``. Where both are there the newer one counts: the older is left over from before
an update. Formats: obs-websocket ``src/Config.cpp``, libobs ``util/config-file.c``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from liveshop_desk.wire.obs_address import HOST, PORT, Address, is_port

MOST_BYTES = 1 << 20  # such a file has some kilobytes
SECTION = "obswebsocket"
_ESCAPED = {"n": "\n", "r": "\r", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Found:
    """What OBS's config says. ``enabled`` False: the server has to be switched on in OBS first."""

    port: int
    password: str = field(repr=False)
    enabled: bool
    file: Path

    @property
    def address(self) -> Address:
        """Return where to connect."""
        return Address(HOST, self.port, self.password)


def find(folders: tuple[Path, ...] | None = None) -> Found | None:
    """Return what the first config found says, one with its server on before one with it off; ``None`` for none."""
    found = [each for folder in folders or config_folders() if (each := read_folder(folder))]
    return next((each for each in found if each.enabled), found[0] if found else None)


def read_folder(folder: Path) -> Found | None:
    """Return what OBS's config in this folder says; a file that cannot be read is as if it was not there."""
    newer = folder / "plugin_config" / "obs-websocket" / "config.json"
    text = _text(newer)
    found = parse_json(text, newer) if text is not None else None
    if found is not None:
        return found
    older = folder / "global.ini"
    text = _text(older)
    return parse_ini(text, older) if text is not None else None


def config_folders(platform: str = sys.platform, env: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Return where OBS keeps its config on this system, the usual place first."""
    home = Path(env.get("HOME") or env.get("USERPROFILE") or Path.home())
    if platform == "win32":
        return (Path(env.get("APPDATA") or home / "AppData" / "Roaming") / "obs-studio",)
    if platform == "darwin":
        return (home / "Library" / "Application Support" / "obs-studio",)
    return (
        Path(env.get("XDG_CONFIG_HOME", "").strip() or home / ".config") / "obs-studio",
        home / ".var" / "app" / "com.obsproject.Studio" / "config" / "obs-studio",
        home / "snap" / "obs-studio" / "current" / ".config" / "obs-studio",
    )


def parse_json(text: str, file: Path) -> Found | None:
    """Read ``config.json``; ``None`` where it is none."""
    try:
        held: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict):
        return None
    fields = cast("dict[str, Any]", held)
    port, password = fields.get("server_port", PORT), fields.get("server_password", "")
    if not is_port(port) or not isinstance(password, str):
        return None
    needed = fields.get("auth_required", True) is not False
    return Found(port, password if needed else "", fields.get("server_enabled") is True, file)


def parse_ini(text: str, file: Path) -> Found | None:
    """Read ``global.ini``; ``None`` where it has no such section or the port is none."""
    fields = _section(text)
    if not fields:
        return None
    port = fields.get("serverport", str(PORT))
    if not (port.isascii() and port.isdigit() and is_port(int(port[:6]))):
        return None
    needed = fields.get("authrequired", "true").lower() != "false"
    password = _unescaped(fields.get("serverpassword", "")) if needed else ""
    return Found(int(port), password, fields.get("serverenabled", "").lower() == "true", file)


def _section(text: str) -> dict[str, str]:
    """Return the section's values by lower-case name. Not configparser: a password may hold ``%``, ``#`` or ``;``."""
    fields: dict[str, str] = {}
    inside = False
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            inside = bare[1:-1].lower() == SECTION
        elif inside and "=" in line:
            name, _, value = line.partition("=")
            fields[name.strip().lower()] = value.strip()
    return fields


def _unescaped(value: str) -> str:
    """Undo libobs' escapes of a value: line ends, and the backslash itself."""
    made: list[str] = []
    signs = iter(value)
    for sign in signs:
        if sign != "\\":
            made.append(sign)
            continue
        after = next(signs, "")
        made.append(_ESCAPED.get(after, sign + after))
    return "".join(made)


def _text(file: Path) -> str | None:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES).decode("utf-8-sig")
    except (OSError, ValueError):
        return None
