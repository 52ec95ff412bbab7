"""Which files are shop files, of which age, and one that is open. Without sqlite_utils: importing it takes 0.1 s."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

APPLICATION_ID = 0x4C564453  # "LVDS": tells a shop file from any other SQLite file
SCHEMA = 3  # PRAGMA user_version; a file with a higher one is from a newer program and is left alone


class Opened(NamedTuple):
    """An open shop file: its connection, in WAL mode, each act durable."""

    conn: sqlite3.Connection

    def close(self) -> None:
        """Close it; what was committed stays."""
        self.conn.close()
