"""The record of who did what, as it is read by people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from liveshop_desk.store.journal import Entry, entries
from liveshop_desk.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the record. ``undone`` tells that a later step took it back."""

    entry: Entry
    undone: bool


def newest(store: Store, limit: int = 200) -> list[Line]:
    """Return the newest ``limit`` steps, newest first."""
    found = entries(store, limit)
    if not found:
        return []
    undone = _undone_since(store, found[-1].id)
    return [Line(entry, entry.id in undone) for entry in found]


def _undone_since(store: Store, first: int) -> set[int]:
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
