"""One step of the journal: rows changed together, with their images before and after."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, NamedTuple

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.store import left

Fields = dict[str, Any]

# The tables an act may change; names come from code, never from outside.
JOURNALLED = frozenset(
    {
        "products", "skus", "sessions", "segments", "pitches", "shelf", "shelf_links", "scripts", "cues",
        "incidents", "figures", "anchors",
        "rollups", "events", "carries",
    }
)  # fmt: skip

MADE_BY_SQLITE = {"rollups": "id"}  # a column that is worked out from others: read like any, never written
_KEYS = {"carries": "session_id"}  # where a row is not known by its id


# What must not vanish by an undo, and how to see that it is in use.
_USED = {
    "segments": "SELECT 1 FROM pitches WHERE segment_id = ? LIMIT 1",
    "products": "SELECT 1 FROM segments WHERE product_id = ? LIMIT 1",
}


class RowChange(NamedTuple):
    """One row's images: ``before`` None = inserted, ``after`` None = deleted, else only the fields that changed."""

    table: str
    row_id: str
    before: Fields | None
    after: Fields | None


class Step:
    """What the ops write through. Every change is noted here and lands in the journal with the commit."""

    def __init__(self, conn: sqlite3.Connection, session_id: str | None = None) -> None:
        self._conn = conn
        self.session_id = session_id  # the session it belongs to
        self.by_hand = True  # False: nobody at the desk did it
        self.rows: list[RowChange] = []
        self.args: Fields = {}

    def say(self, **args: Any) -> None:
        """Fill placeholders of the step's label with what was read inside the step, so that both tell the same."""
        self.args |= args

    def insert(self, table: str, row: Fields) -> str:
        """Add a row (``id`` included) and return its id."""
        self._insert(table, row)
        row_id = str(row[key_of(table)])
        self.rows.append(RowChange(table, row_id, None, row))
        return row_id

    def update(self, table: str, row_id: str, **fields: Any) -> bool:
        """Change fields of a row; tell whether anything is different now. Raises Refused where the row is gone."""
        return self._change(table, row_id, self._held(table, row_id, ",".join(fields)), fields)

    def change(self, table: str, row_id: str, held: Fields, fields: Fields) -> bool:
        """Change fields of a row as ``update`` does, where ``held`` has been read of it inside this step."""
        _check(table)
        return self._change(table, row_id, held, fields)

    def put(self, table: str, row: Fields, **fields: Any) -> None:
        """Change fields of the row with the id ``row`` has; where there is none, add ``row`` with them."""
        row_id = row[key_of(table)]
        held = self._find(table, row_id, ",".join(fields))
        if held is None:
            self.insert(table, row | fields)
        else:
            self._change(table, row_id, held, fields)

    def delete(self, table: str, row_id: str) -> None:
        """Remove a row, keeping its whole image in the journal."""
        held = dict(self._held(table, row_id))
        self._delete(table, row_id)
        self.rows.append(RowChange(table, row_id, held, None))

    def leave(self, session_id: str, lines: list[str], back: list[str]) -> None:
        """Leave records (as lines) for the owner of a show on air; ``back`` are those that take them back."""
        left.leave(self._conn, session_id, lines)
        self.rows.append(RowChange(left.TABLE, session_id, {"lines": back}, {"lines": lines}))

    def changed_rows(self) -> frozenset[tuple[str, str]]:
        """Return the (table, id) pairs this step touched."""
        return frozenset((change.table, change.row_id) for change in self.rows)

    def write(
        self,
        at: int,
        label: str,
        args: Fields,
        *,
        undoable: bool,
        who: str,
        kind: str = "do",
        target: int | None = None,
    ) -> int | None:
        """Write the step into the journal and return its number; one that changed nothing leaves no trace."""
        if not self.rows:
            return None
        cursor = self._conn.execute(
            "INSERT INTO journal (at, kind, target, label, args, undoable, who, session_id) VALUES (?,?,?,?,?,?,?,?)",
            (at, kind, target, label, _dump(args), undoable, who, self.session_id),
        )
        step_id = cursor.lastrowid
        self._conn.executemany(
            "INSERT INTO journal_rows (step, position, name, row_id, before, after) VALUES (?,?,?,?,?,?)",
            [
                (step_id, position, change.table, change.row_id, _dump(change.before), _dump(change.after))
                for position, change in enumerate(self.rows)
            ],
        )
        return step_id

    def restore(self, change: RowChange) -> None:
        """Put a row back as it was before ``change``. Raises Refused where it has moved on since."""
        if change.table == left.TABLE:
            lines = left.take_back(self._conn, change.row_id, change.before)
            self.rows.append(RowChange(left.TABLE, change.row_id, None, {"lines": lines}))
        elif change.before is None:
            self._restore_absent(change)
        elif change.after is None:
            self._restore_deleted(change, change.before)
        else:
            self._restore_fields(change, change.before, change.after)

    def _restore_absent(self, change: RowChange) -> None:
        held = dict(self._held(change.table, change.row_id))
        if any(held[name] != value for name, value in (change.after or {}).items()):
            raise moved_on()
        if change.table == "sessions" and held["state"] != (change.after or {}).get("state", "draft"):
            raise _on_record()
        self._delete(change.table, change.row_id)
        self.rows.append(RowChange(change.table, change.row_id, held, None))

    def check_vanished(self) -> None:
        """Refuse to have undone into nothing what has been on air or what a queue still uses: records are kept."""
        for change in self.rows:
            used = _USED.get(change.table) if change.after is None else None
            if used is not None and self._conn.execute(used, (change.row_id,)).fetchone() is not None:
                raise _on_record()

    def _restore_deleted(self, change: RowChange, before: Fields) -> None:
        try:
            self._insert(change.table, before)
        except sqlite3.IntegrityError as error:
            raise moved_on() from error
        self.rows.append(RowChange(change.table, change.row_id, None, before))

    def _restore_fields(self, change: RowChange, before: Fields, after: Fields) -> None:
        held = self._held(change.table, change.row_id)
        fields = {name: _undone(change.table, name, held[name], before[name], after[name]) for name in before}
        self._update(change.table, change.row_id, fields)
        now = {name: held[name] for name in fields}
        self.rows.append(RowChange(change.table, change.row_id, now, fields))

    def _held(self, table: str, row_id: str, columns: str = "*") -> sqlite3.Row:
        row = self._find(table, row_id, columns)
        if row is None:
            raise Refused(_("This row is no longer there."))
        return row

    def _find(self, table: str, row_id: str, columns: str) -> sqlite3.Row | None:
        _check(table)
        sql = f"SELECT {columns} FROM {table} WHERE {key_of(table)} = ?"  # noqa: S608 - checked
        return self._conn.execute(sql, (row_id,)).fetchone()

    def _change(self, table: str, row_id: str, held: Fields | sqlite3.Row, fields: Fields) -> bool:
        """Write what differs from ``held``; its callers have checked the table's name."""
        changed = {name: value for name, value in fields.items() if held[name] != value}
        if not changed:
            return False
        self._update(table, row_id, changed)
        self.rows.append(RowChange(table, row_id, {name: held[name] for name in changed}, changed))
        return True

    def _insert(self, table: str, row: Fields) -> None:
        _check(table)
        made = MADE_BY_SQLITE.get(table)
        row = {name: value for name, value in row.items() if name != made}
        marks = ",".join("?" * len(row))
        self._conn.execute(
            f"INSERT INTO {table} ({','.join(row)}) VALUES ({marks})",  # noqa: S608 - names come from code
            tuple(row.values()),
        )

    def _update(self, table: str, row_id: str, fields: Fields) -> None:
        pairs = ",".join(f"{name} = ?" for name in fields)
        sql = f"UPDATE {table} SET {pairs} WHERE {key_of(table)} = ?"  # noqa: S608 - checked by its callers
        self._conn.execute(sql, (*fields.values(), row_id))

    def _delete(self, table: str, row_id: str) -> None:
        self._conn.execute(f"DELETE FROM {table} WHERE {key_of(table)} = ?", (row_id,))  # noqa: S608 - checked by _held


def _undone(table: str, name: str, held: Any, before: Any, after: Any) -> Any:
    """Return the value that undoes one field.

    Stock is undone by its difference: an order between the edit and its undo must stay sold.
    """
    if held == after:
        return before
    if (table, name) == ("skus", "stock") and None not in (held, before, after):
        return max(0, held + before - after)
    raise moved_on()


def _on_record() -> Refused:
    return Refused(
        _("This cannot be undone: it has been on air, or the queue uses it."), kept=_("Nothing was changed.")
    )


def moved_on() -> Refused:
    """Return the refusal to undo what was changed since."""
    return Refused(
        _("This cannot be undone: the row has been changed since."),
        kept=_("Nothing was changed."),
        todo=_("Set the value by hand."),
    )


def key_of(table: str) -> str:
    """Return the column a table's rows are known by."""
    return _KEYS.get(table, "id")


def _check(table: str) -> None:
    if table not in JOURNALLED:
        raise ValueError(table)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes one at every call


def _dump(value: Fields | None) -> str | None:
    """Write fields, whose names come from code, as JSON.

    Three are written with every edit, and for a whole object the encoder takes longer to begin than to write.
    """
    if value is None:
        return None
    pairs = [f'"{name}":{held if type(held) is int else _encode(held)}' for name, held in value.items()]
    return "{" + ",".join(pairs) + "}"
