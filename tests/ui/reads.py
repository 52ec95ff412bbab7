"""What is read of the shop file while something happens."""

from contextlib import contextmanager


@contextmanager
def reads(store):
    """Collect the SELECTs the store's connection runs inside."""
    found = []

    def note(sql):
        if sql.lstrip().startswith("SELECT"):
            found.append(sql)

    store.db.conn.set_trace_callback(note)
    try:
        yield found
    finally:
        store.db.conn.set_trace_callback(None)


def of_table(found, table):
    """Return the reads that name a table."""
    return [sql for sql in found if f" {table}" in sql]
