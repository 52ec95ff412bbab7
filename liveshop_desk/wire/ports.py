"""Which ports of this computer the sources that are switched on listen on, and whether one is free."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

from liveshop_desk.wire.config import PORT, SourceConfig


def wanted(configs: Sequence[SourceConfig], server: int = PORT) -> tuple[int, ...]:
    """Return the ports in order: the server's where a source comes by it, and those that sources have of their own."""
    on = [config for config in configs if config.on]
    own = {config.port for config in on if config.port}
    return tuple(sorted(own | ({server} if any(config.about.path for config in on) else set())))


def is_free(port: int) -> bool:
    """Tell whether the desk could listen there now; nothing is left behind."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as made:
        if os.name == "posix":  # as asyncio does: elsewhere it would mean to share the port with whoever has it
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
