"""Many rows of one table at a time inside a step: an import holds the shop file for as short as it can."""

from __future__ import annotations

import json
from collections.abc import Sequence

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.store.step import JOURNALLED, MADE_BY_SQLITE, Fields, RowChange, Step
from liveshop_desk.store.store import Store


def insert_rows(store: Store, step: Step, table: str, rows: Sequence[Fields]) -> None:
    """Add rows (``id`` included). All of them have the same columns; they are written in the order of the tree."""
    _check(table)
    if not rows:
        return
    names = [name for name in rows[0] if name != MADE_BY_SQLITE.get(table)]
    marks = ",".join("?" * len(names))
    store.db.conn.executemany(
        f"INSERT INTO {table} ({','.join(names)}) VALUES ({marks})",  # noqa: S608 - names come from code
        [tuple(row[name] for name in names) for row in sorted(rows, key=_id)],
    )
    step.rows += [RowChange(table, str(row["id"]), None, row) for row in rows]


def update_rows(store: Store, step: Step, table: str, changes: Sequence[tuple[str | int, Fields]]) -> None:
    """Change rows: (id, fields), all with the same fields. What is so already is no change.

    Raises Refused where a row is gone.
    """
    _check(table)
    if not changes:
        return
    names = list(changes[0][1])
    held = {
        row["id"]: row
        for row in store.rows(
            f"SELECT id,{','.join(names)} FROM {table} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
            (json.dumps([row_id for row_id, _fields in changes]),),
        )
    }
    if any(row_id not in held for row_id, _fields in changes):
        raise Refused(_("This row is no longer there."))
    store.db.conn.executemany(
        f"UPDATE {table} SET {','.join(f'{name} = ?' for name in names)} WHERE id = ?",  # noqa: S608 - from code
        [(*(fields[name] for name in names), row_id) for row_id, fields in changes],
    )
    for row_id, fields in changes:
        before = held[row_id]
        after = {name: value for name, value in fields.items() if before[name] != value}
        if after:
            step.rows.append(RowChange(table, str(row_id), {name: before[name] for name in after}, after))


def _id(row: Fields) -> str:
    return row["id"]


def _check(table: str) -> None:
    if table not in JOURNALLED:
        raise ValueError(table)
