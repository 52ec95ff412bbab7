"""Which records came already: relays resend after a reconnect, files are read twice."""

from __future__ import annotations

from collections import deque

from liveshop_desk.model.record import Record

WINDOW = 65_536


def record_key(record: Record) -> str:
    """Return what makes a record the same as another, as 32 hex digits: the unique key of a stored event.

    Source and id; an order without an id goes by its order number and SKU, and whether it is paid yet, a refund by
    its order, SKU and amount; anything else by kind, time, viewer and what it says. The same in every process, so that
    it can be kept and compared after a crash.
    """
    from hashlib import blake2b  # here: it loads OpenSSL, which a start without a record has no need of

    return blake2b(repr(_identity(record)).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _identity(record: Record) -> tuple[object, ...]:
    """Return the parts that make the key."""
    if record.id:
        return (record.source, record.id)
    if record.kind == "refund" and record.order:  # told again it has another time, and is the same
        return (record.source, "refund", record.order, record.sku, record.quantity, record.amount)
    if record.kind == "order" and record.order:
        known = (record.source, "order", record.order, record.sku)
        return (*known, "ordered") if record.status == "ordered" else known
    value = None if record.value is None else float(record.value)
    said = (record.metric, value, record.sku, record.quantity, record.amount, record.text, record.count)
    return (record.source, record.kind, record.at, record.viewer, record.order, *said)


def void_key(key: str) -> str:
    """Return what makes the record that takes back the line with ``key`` the same as another; it is never kept."""
    return f"void {key}"


def identity_hash(record: Record) -> int:
    """Return what makes a record the same as another within this process: cheap, never kept."""
    return hash(_identity(record))


class Seen:
    """The last ``WINDOW`` keys, first in first out.

    By count and not by time, because a resent record carries its old time. In a busy room (50 records a second)
    the window is twenty minutes; in a flood it shrinks, but memory does not grow.
    Only hashes are kept, in the order they came beside the set: a dict that loses its first key again and again
    has to step over all the holes.
    """

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._keys: set[int] = set()
        self._order: deque[int] = deque()

    def add(self, key: str | int) -> bool:
        """Remember ``key``; return whether it was new."""
        digest = hash(key)
        keys = self._keys
        if digest in keys:
            return False
        keys.add(digest)
        self._order.append(digest)
        if len(keys) > self._window:
            keys.discard(self._order.popleft())
        return True

    def discard(self, key: str) -> bool:
        """Forget ``key``; return whether it was known."""
        digest = hash(key)
        known = digest in self._keys
        self._keys.discard(digest)
        return known
