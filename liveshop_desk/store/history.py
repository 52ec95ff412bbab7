"""The record of who did what, as it is read by people."""

from __future__ import annotations

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
    """Return the steps from ``first`` on whose newest reversal is an undo (an undo is always younger than its step)."""
    rows = store.rows("SELECT kind, target FROM journal WHERE id >= ? AND target IS NOT NULL ORDER BY id", (first,))
    last = {row["target"]: row["kind"] for row in rows}
    return {target for target, kind in last.items() if kind == "undo"}
