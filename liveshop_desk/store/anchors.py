"""What is known of the anchors: how fast each of them reads."""

from __future__ import annotations

from liveshop_desk.store.store import Store


def anchor_id(name: str) -> str:
    """Return the id of the anchor whom a session names: her name, however it is spaced."""
    return " ".join(name.split())


def pace_of(store: Store, name: str) -> float | None:
    """Return an anchor's own pace in units (字, words) a minute; ``None`` where it is not known."""
    if not name.strip():
        return None
    row = store.row("SELECT pace FROM anchors WHERE id = ?", (anchor_id(name),))
    return row["pace"] if row else None
