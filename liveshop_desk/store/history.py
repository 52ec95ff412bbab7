"""The record of who did what, as it is read by people."""

from __future__ import annotations

from dataclasses import dataclass

from liveshop_desk.store.journal import Entry, entries, undone_steps
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
    undone = undone_steps(store, found[-1].id)
    return [Line(entry, entry.id in undone) for entry in found]
