"""Looking a shop file over without changing a byte of it: for ``check``, and where opening it would be too much."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from liveshop_desk.store.schema import APPLICATION_ID, SCHEMA

SHOWN = 5  # of what SQLite finds wrong


@dataclass(frozen=True, slots=True)
class Health:
    """What a look into a shop file found. ``problems`` empty = sound; ``unreadable_steps`` of the journal."""

    problems: tuple[str, ...] = ()
    is_shop: bool = True
    schema: int = 0
    products: int = 0
    sessions: int = 0
    steps: int = 0
    unreadable_steps: int = 0

    @property
    def newer(self) -> bool:
        """Tell whether a newer program wrote it."""
        return self.schema > SCHEMA

    @property
    def older(self) -> bool:
        """Tell whether it will be migrated when it is opened."""
        return self.schema < SCHEMA


def examine(shop: Path) -> Health:
    """Look at the shop file read-only. Never raises: what goes wrong is the finding."""
    # Without a WAL nobody has it open; "immutable" then keeps SQLite from leaving an empty one behind.
    still = "" if shop.with_name(shop.name + "-wal").exists() else "&immutable=1"
    try:
        with closing(sqlite3.connect(f"{shop.absolute().as_uri()}?mode=ro{still}", uri=True)) as conn:
            return _examine(conn)
    except sqlite3.Error as error:
        return Health(problems=(str(error),))


def _examine(conn: sqlite3.Connection) -> Health:
    is_shop = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    schema = int(conn.execute("PRAGMA user_version").fetchone()[0])
    found = [str(row[0]) for row in conn.execute(f"PRAGMA quick_check({SHOWN})")]
    problems = () if found == ["ok"] else tuple(found)
    if not is_shop or problems or schema > SCHEMA:
        return Health(problems, is_shop, schema)
    return Health(
        schema=schema,
        products=_count(conn, "products"),
        sessions=_count(conn, "sessions"),
        steps=_count(conn, "journal"),
        unreadable_steps=_unreadable(conn),
    )


def _count(conn: sqlite3.Connection, table: str) -> int:
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - names come from above


def _unreadable(conn: sqlite3.Connection) -> int:
    """Count the journal's steps whose images cannot be read any more: undo and the record need every one."""
    broken: set[int] = set()
    for step, before, after in conn.execute("SELECT step, before, after FROM journal_rows"):
        if before is None and after is None:
            broken.add(step)
        for image in (before, after):
            if image is not None and not _is_object(image):
                broken.add(step)
    return len(broken)


def _is_object(image: str) -> bool:
    try:
        return isinstance(json.loads(image), dict)
    except (ValueError, TypeError):
        return False
