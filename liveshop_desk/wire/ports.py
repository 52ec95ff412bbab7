"""Where the sources that are switched on listen: which ports, whether one is free, and by which address of ours."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

from liveshop_desk.wire.config import PORT, SourceConfig

LOOPBACK = "127.0.0.1"
_ANYWHERE = "192.0.2.1"  # RFC 5737: nobody's


def wanted(configs: Sequence[SourceConfig], server: int = PORT) -> tuple[int, ...]:
    """Return the ports in order: the server's where a source comes by it, and those that sources have of their own."""
    on = [config for config in configs if config.on]
    own = {config.port for config in on if config.port}
    return tuple(sorted(own | ({server} if any(config.about.path for config in on) else set())))


def our_host(*, lan: bool) -> str:
    """Return the address others reach us by: of this computer alone, or in the local network where it has one."""
    if not lan:
        return LOOPBACK
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        try:
            made.connect((_ANYWHERE, 9))  # sends nothing: the system only looks which way it would go
        except OSError:
            return LOOPBACK
        return made.getsockname()[0]


def is_free(port: int) -> bool:
    """Tell whether the desk could listen there now; nothing is left behind."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        if os.name == "posix":  # as asyncio does: elsewhere it would mean to share the port with whoever has it
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
