"""What is kept of a show on air, as it will be when its owner has folded what waits for it: plans compare with that."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from liveshop_desk.feeds.record import RecordError, decode_line
from liveshop_desk.model.record import Record
from liveshop_desk.model.seen import record_key
from liveshop_desk.store.orders import KeptLine


def with_waiting(kept: Iterable[KeptLine], session_id: str, lines: Iterable[str]) -> list[KeptLine]:
    """Return the kept lines of a session after what waits in its inbox (oldest first); others stay as they are."""
    found = list(kept)
    places = {line.key: place for place, line in enumerate(found) if line.session_id == session_id}
    for line in lines:
        with suppress(RecordError):
            _fold(found, places, session_id, decode_line(line, ""))
    return found


def _fold(found: list[KeptLine], places: dict[str, int], session_id: str, record: Record) -> None:
    if record.kind in ("void", "revive"):
        place = places.get(record.id)
        if place is not None:
            refund = "refund" if record.status == "refund" else "order"
            found[place] = replace(found[place], kind="replaced" if record.kind == "void" else refund)
    elif record.kind in ("order", "refund") and record.order:
        key = record_key(record)
        if key not in places:
            places[key] = len(found)
            found.append(
                KeptLine(
                    0, session_id, record.at, record.kind, record.source, record.sku, record.quantity, record.amount,
                    record.order, key, record.estimated,
                )
            )  # fmt: skip
