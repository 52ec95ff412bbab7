"""A table nobody can read for a while, as a disk that fails or a file held by another would have it."""

import sqlite3
from contextlib import closing, contextmanager


@contextmanager
def unreadable(store, table):
    """Let one table be out of reach, for every connection, while this lasts."""
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("PRAGMA legacy_alter_table = ON")
        other.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
        yield
        other.execute(f"ALTER TABLE elsewhere RENAME TO {table}")
