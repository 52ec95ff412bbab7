"""What another process left for a session: feed records in the shop file, taken in by whoever owns its figures."""

from __future__ import annotations

from collections.abc import Callable

from liveshop_desk.feeds.inlet import Inlet
from liveshop_desk.feeds.record import RecordError, decode_line
from liveshop_desk.model.record import FILE, MANUAL, OWN_KINDS, Record
from liveshop_desk.model.session import Session
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.store import Store

_BATCH = 5_000


def take_posted(
    store: Store, inlet: Inlet, salt: str, most: int, heed: Callable[[Record], object] = lambda _record: None
) -> int:
    """Give the inlet what was left for its session; return how many lines. ``heed`` sees each record before it does."""
    posted = inflow.posted(store, inlet.session_id, inlet.inbox, most)
    for number, line in posted:
        inlet.inbox = number
        try:
            record = decode_line(line, salt)
        except RecordError:  # whoever left it has counted and named it already
            continue
        heed(record)
        inlet.receive([record])
    return len(posted)


def is_played(record: Record) -> bool:
    """Tell whether a record that was left is of a recording: a person leaves what was typed or is of a file."""
    return record.kind == "pace" or (record.kind not in OWN_KINDS and record.source not in (MANUAL, FILE))


def fold_alone(store: Store, session: Session, source_order: tuple[str, ...] = ()) -> None:
    """Fold and write what was left, where no desk has the session open. Raises UserError where the disk is full."""
    salt = queries.meta(store, "salt") or ""
    inlet = own_inlet(store, session, source_order)
    try:
        while take_posted(store, inlet, salt, _BATCH):
            inlet.pump()
    finally:
        inlet.close()


def own_inlet(store: Store, session: Session, source_order: tuple[str, ...] = ()) -> Inlet:
    """Return an inlet for a session on air that no window has open, cut where its segments were taken."""
    inlet = Inlet(store, session.id, moves_stock=not session.rehearsal, source_order=source_order)
    inlet.since = session.started_at
    inlet.cut_again()
    return inlet
