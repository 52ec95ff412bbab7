"""Reading the journal, and the two steps that look back: undo and redo.

The journal only grows. An undo is a step of its own that names its target, so the record of who changed what
is complete, and what can be undone is known again after a restart.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from liveshop_desk.changes import Changes
from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.names import platform_name
from liveshop_desk.store import left
from liveshop_desk.store.step import RowChange, Step, moved_on
from liveshop_desk.store.store import Row, Store

_LOOK_BACK = 2_000  # steps: more than anyone undoes
_COLUMNS = "id, at, kind, target, label, args, who"


class Entry(NamedTuple):
    """One step as it is shown: ``text`` is its message id, ``args`` its placeholders."""

    id: int
    at: Instant
    kind: str
    text: str
    who: str
    args: Mapping[str, Any] = MappingProxyType({})

    @property
    def label(self) -> str:
        """Return what was done, in the user's language."""
        named = {"platform": platform_name(self.args["platform"])} if "platform" in self.args else {}
        return _(self.text).format(**{**self.args, **named})


def _entry(row: Row) -> Entry:
    return Entry(row["id"], row["at"], row["kind"], row["label"], row["who"], json.loads(row["args"]))


class Targets(NamedTuple):
    """What undo would take back and redo bring back, as things stand."""

    undo: Entry | None = None
    redo: Entry | None = None


def targets(store: Store) -> Targets:
    """Return both, from one walk of the journal."""
    undo_row, redo_row = _walk(store)
    return Targets(_entry(undo_row) if undo_row else None, _entry(redo_row) if redo_row else None)


def undo_target(store: Store) -> Entry | None:
    """Return the step an undo would take back."""
    return targets(store).undo


def _walk(store: Store) -> tuple[Row | None, Row | None]:
    """Walk back from the newest step: an undo hides its target, a redo shows it again.

    A step whose undo was refused is passed over, so that it is no wall before the ones behind it.
    """
    settled: set[int] = set()  # targets whose newest undo or redo has been seen
    undone: set[int] = set()
    redo: int | None = None
    fresh = True  # no act newer than what we look at
    found: Row | None = None
    for row in _backwards(store):
        if row["kind"] == "do":
            fresh = fresh and row["id"] in undone
            if row["id"] not in undone and row["id"] not in store.blocked:
                found = row
                break
        elif row["target"] not in settled:
            settled.add(row["target"])
            if row["kind"] == "undo":
                undone.add(row["target"])
                if fresh and redo is None and row["target"] not in store.blocked:
                    redo = row["target"]
    return found, _row(store, redo) if redo is not None else None


def _backwards(store: Store) -> Iterator[Row]:
    """Yield the steps that can be undone, newest first, as far as anyone goes back."""
    sql = f"SELECT {_COLUMNS} FROM journal WHERE undoable ORDER BY id DESC LIMIT ?"  # noqa: S608 - constant text
    yield from store.db.conn.execute(sql, (_LOOK_BACK,))


def _row(store: Store, step_id: int) -> Row | None:
    return store.row(f"SELECT {_COLUMNS} FROM journal WHERE id = ?", (step_id,))  # noqa: S608 - constant text


def undo(store: Store, expected: int | None = None) -> Entry:
    """Take back the newest step; ``expected`` is the step it was asked for, where that is known.

    Raises Refused where there is none, another step is newer by now, or a row has moved on. A refused step is
    passed over by the next undo.
    """
    return _look_back(store, "undo", expected)


def redo(store: Store, expected: int | None = None) -> Entry:
    """Bring back the step undone last. Raises Refused as ``undo`` does."""
    return _look_back(store, "redo", expected)


def _look_back(store: Store, kind: str, expected: int | None) -> Entry:
    with store.transaction():
        undo_row, redo_row = _walk(store)
        target = undo_row if kind == "undo" else redo_row
        if target is None:
            raise Refused(_("There is nothing to undo.") if kind == "undo" else _("There is nothing to redo."))
        if expected is not None and target["id"] != expected:
            raise Refused(
                _("Something else was changed meanwhile."), kept=_("Nothing was undone."), todo=_("Look again.")
            )
        source = target["id"] if kind == "undo" else _undo_of(store, target["id"])
        try:
            changes = _reverse(store, source, kind, target["id"])
        except Refused:
            store.blocked.add(target["id"])
            raise
    store.wrote()
    store.announce(changes)
    return _entry(target)


def _undo_of(store: Store, target: int) -> int:
    """Return the newest step that took ``target`` back."""
    row = store.row("SELECT max(id) AS id FROM journal WHERE kind = 'undo' AND target = ?", (target,))
    assert row is not None
    return row["id"]


def _reverse(store: Store, step_id: int, kind: str, target: int) -> Changes:
    """Write a step that reverses ``step_id``, row by row from its end, inside the caller's transaction."""
    source = store.row("SELECT label, args, session_id FROM journal WHERE id = ?", (step_id,))
    assert source is not None
    if kind == "undo" and left.newer(store.db.conn, step_id) - undone_steps(store, step_id):
        raise moved_on()
    step = Step(store.db.conn, source["session_id"])
    for change in reversed(row_changes(store, step_id)):
        step.restore(change)
    step.check_vanished()
    step.write(
        store.clock.now(),
        source["label"],
        json.loads(source["args"]),
        undoable=True,
        who=store.name(),
        kind=kind,
        target=target,
    )
    return Changes(kind, step.changed_rows())


def row_changes(store: Store, step_id: int) -> list[RowChange]:
    """Return the rows of a step in the order they were changed."""
    rows = store.rows(
        "SELECT name, row_id, before, after FROM journal_rows WHERE step = ? ORDER BY position", (step_id,)
    )
    return [RowChange(row["name"], row["row_id"], _load(row["before"]), _load(row["after"])) for row in rows]


def size(store: Store, step_id: int) -> int:
    """Return how many rows a step changed."""
    row = store.row("SELECT count(*) AS n FROM journal_rows WHERE step = ?", (step_id,))
    return row["n"] if row else 0


def entries(store: Store, limit: int = 200) -> list[Entry]:
    """Return the newest steps of the record, newest first."""
    rows = store.rows("SELECT id, at, kind, label, args, who FROM journal ORDER BY id DESC LIMIT ?", (limit,))
    return [_entry(row) for row in rows]


class Edit(NamedTuple):
    """One field of one row changed: the line of the 改价改库存 sheet."""

    at: Instant
    row_id: str
    field: str
    before: Any
    after: Any
    who: str
    kind: str
    undone: bool


def sku_edits(store: Store, since: Instant, until: Instant) -> list[Edit]:
    """Return every change of a SKU's price or stock between two instants, oldest first."""
    undone = undone_steps(store)
    rows = store.rows(
        "SELECT j.id, j.at, j.kind, j.who, r.row_id, r.before, r.after FROM journal j"
        " JOIN journal_rows r ON r.step = j.id"
        " WHERE r.name = 'skus' AND r.before IS NOT NULL AND r.after IS NOT NULL AND j.at BETWEEN ? AND ?"
        " ORDER BY j.id, r.position",
        (since, until),
    )
    edits: list[Edit] = []
    for row in rows:
        before, after = json.loads(row["before"]), json.loads(row["after"])
        edits += [
            Edit(
                row["at"],
                row["row_id"],
                name,
                before[name],
                after[name],
                row["who"],
                row["kind"],
                row["id"] in undone,
            )
            for name in after
            if name in ("live_price", "list_price", "stock", "cost", "floor_price")
        ]
    return edits


def undone_steps(store: Store, first: int = 0) -> set[int]:
    """Return the steps from ``first`` on that do not stand any more (an undo is always younger than its step).

    An undo takes back the act and every redo of it there was.
    """
    rows = store.rows("SELECT id, kind, target FROM journal WHERE id >= ? AND target IS NOT NULL ORDER BY id", (first,))
    undone: set[int] = set()
    redone: defaultdict[int, set[int]] = defaultdict(set)
    for row in rows:
        if row["kind"] == "undo":
            undone |= {row["target"], *redone[row["target"]]}
        else:
            undone.discard(row["target"])
            redone[row["target"]].add(row["id"])
    return undone


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
