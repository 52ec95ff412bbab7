"""Paid lines and money given back: who speaks of an order, what is taken back, what comes again, what stands by."""

from __future__ import annotations

from collections import Counter, deque

from liveshop_desk.model.bases import Number
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.sales import Sales
from liveshop_desk.model.seen import WINDOW, Seen, record_key, void_key
from liveshop_desk.model.tracks import Tracks

KINDS = frozenset({"order", "refund", "void", "revive"})
_BOUGHT, _GIVEN_BACK = ("orders", "units", "gmv"), ("refund_orders", "refund_amount")  # the first counts what stands
_STOOD_BY = frozenset({"replaced", "late", "late_refund"})  # as such a line is kept (``feeds.inlet``)


class Owners:
    """Which source told an order number first: the same order from a second relay is not a second order."""

    def __init__(self, window: int = WINDOW) -> None:
        self._window = window
        self._sources: dict[str, str] = {}
        self._order: deque[str] = deque()

    def claim(self, number: str, source: str) -> tuple[bool, bool]:
        """Return (may this source speak of the order, is the order new)."""
        owner = self._sources.get(number)
        if owner is not None:
            return owner == source, False
        self._sources[number] = source
        self._order.append(number)
        if len(self._order) > self._window:
            self._sources.pop(self._order.popleft(), None)
        return True, True

    def of(self, number: str) -> str | None:
        """Return who speaks of an order."""
        return self._sources.get(number)

    def release(self, number: str) -> None:
        """Let another source speak of the order."""
        self._sources.pop(number, None)


class Orders:
    """The orders and refunds of one session: what they add to its totals and to sales by SKU.

    Who tells an order number first owns it, and only the owner's lines count: an order in several lines is one order.
    Refunds have owners of their own. Another source's line is overruled for good, but where one of the two is an order
    file: such a line counts as taken back from the beginning and waits in ``late`` (whoever keeps records empties it).
    A *void* takes a line that counts back and lets go of its order; a *revive* counts it again, unless another source
    owns the order by then. Each of them does something only once, until the other comes.

    ``estimated`` is the part of GMV that is the live price and not a paid amount; ``unpriced`` are the lines that told
    no amount and could not be estimated. ``waits`` counts what was overruled, by source.
    """

    def __init__(self, tracks: Tracks, sales: Sales, waits: Counter[str]) -> None:
        self.estimated: Fen = 0
        self.unpriced = 0
        self.late: list[Record] = []
        self._tracks = tracks
        self._sales = sales
        self._waits = waits
        # A window of their own: a flood of likes must not make an order count twice.
        self._seen = Seen()
        self._owners = Owners()
        self._refund_owners = Owners()

    # -- records in ------------------------------------------------------------------------------------------

    def is_new(self, record: Record, key: str = "") -> bool:
        """Tell whether it is to be taken: nobody sent it before, and a revive has something to bring back."""
        if record.kind == "void":
            return self._seen.add(void_key(record.id))
        if record.kind == "revive":
            return self._seen.discard(void_key(record.id))
        return self._seen.add(key or record_key(record))

    def take(self, record: Record) -> bool:
        """Take in a record of ``KINDS`` that is new; return False where it counts for nothing."""
        kind = record.kind
        if kind == "order":
            return self._order(record)
        if kind == "refund":
            return self._refund(record)
        return self._void(record) if kind == "void" else self._revive(record)

    def gmv_told(self) -> None:
        """Hear that somebody told the GMV: it is what was really paid up to then."""
        self.estimated = self.unpriced = 0

    def _order(self, record: Record) -> bool:
        """Count a paid line. One that is only placed is a step on the way and counts for nothing yet."""
        if record.status == "ordered":
            return False
        mine, fresh = self._claim(record, self._owners)
        if not mine:
            return False
        units = _units(record)
        if fresh:
            self._sold(record, "orders", 1)
        self._sold(record, "units", units)
        if record.amount is None:
            self.unpriced += units > 0
        else:
            self._sold(record, "gmv", record.amount)
            self.estimated += record.amount if record.estimated else 0
        self._sales.order(record, units)
        return True

    def _refund(self, record: Record) -> bool:
        """Count money given back: an order in parts is one order."""
        mine, fresh = self._claim(record, self._refund_owners)
        if mine:
            self._count_refund(record, fresh=fresh)
        return mine

    def _claim(self, record: Record, owners: Owners) -> tuple[bool, bool]:
        """Return (may it speak of its order, is the order new); a line that may not stands by."""
        if not record.order:
            return True, True
        mine, fresh = owners.claim(record.order, record.source)
        if not mine:
            self._stand_by(record, owners)
        return mine, fresh

    def _stand_by(self, record: Record, owners: Owners) -> None:
        """Let the line wait that another source told first: forever, but where one of the two is an order file.

        Then it counts as taken back from the beginning, and may come again when the file's import is undone.
        """
        self._waits[record.source] += 1
        if FILE in (record.source, owners.of(record.order)):
            self._seen.add(void_key(record_key(record)))
            self.late.append(record)

    def _sold(self, record: Record, metric: str, amount: Number) -> None:
        """Add a line's part to a total; an order file tells of times for which totals may have been told."""
        track = self._tracks[metric]
        if record.source == FILE:
            track.settle(record.at, amount)
        else:
            track.add(record.at, amount)

    def _count_refund(self, record: Record, *, fresh: bool) -> None:
        orders = 1 if record.count is None else record.count
        self._tracks.add("refund_orders", record.at, orders if fresh else 0)
        self._tracks.add("refund_amount", record.at, record.amount)
        self._sales.refund(record.sku, record.quantity or 0)

    # -- taken back, and back again --------------------------------------------------------------------------

    def _void(self, record: Record) -> bool:
        """Take back a paid line that an order file tells better (its own comes behind it), or one of a file."""
        if record.status == "refund":
            self._void_refund(record)
            return True
        units = _units(record)
        self._owners.release(record.order)
        self._tracks["orders"].take_back(record.at, record.count or 0)
        self._tracks["units"].take_back(record.at, units)
        if record.amount is None:
            self.unpriced = max(0, self.unpriced - (units > 0))
        else:
            self._tracks["gmv"].take_back(record.at, record.amount)
            self.estimated = max(0, self.estimated - (record.amount if record.estimated else 0))
        self._sales.void(record, units)
        return True

    def _void_refund(self, record: Record) -> None:
        """Take back what a file told as given back."""
        self._refund_owners.release(record.order)
        self._tracks.add("refund_orders", record.at, -(record.count or 0))
        self._tracks.add("refund_amount", record.at, None if record.amount is None else -record.amount)
        self._sales.refund(record.sku, -(record.quantity or 0))

    def _revive(self, record: Record) -> bool:
        """Count a line again that was taken back; where another source speaks of its order by now, it stands by."""
        refund = record.status == "refund"
        mine, fresh = (self._refund_owners if refund else self._owners).claim(record.order, record.source)
        if not mine:
            self._seen.add(void_key(record.id))
        elif refund:
            self._count_refund(record, fresh=fresh)
        else:
            self._put_back(record, fresh=fresh)
        return mine

    def _put_back(self, record: Record, *, fresh: bool) -> None:
        """Undo ``_void``."""
        units = _units(record)
        self._tracks["orders"].put_back(record.at, int(fresh))
        self._tracks["units"].put_back(record.at, units)
        if record.amount is None:
            self.unpriced += units > 0
        else:
            gmv = self._tracks["gmv"]
            gmv.put_back(record.at, record.amount)
            told = gmv.sampled_at is not None and record.at <= gmv.sampled_at
            self.estimated += record.amount if record.estimated and not told else 0
        self._sales.order(record, units)

    # -- figures out, and brought back -----------------------------------------------------------------------

    def emptied(self) -> set[str]:
        """Return the totals whose every line was taken back: of these nothing is known, which is not 0."""
        tracks, found = self._tracks, set[str]()
        for group in (_BOUGHT, _GIVEN_BACK):
            first = tracks.get(group[0])
            if first is not None and first.seen and not first.value and first.sampled_at is None:
                found |= {name for name in group if (t := tracks.get(name)) and t.seen and t.sampled_at is None}
        gmv = tracks.get("gmv")
        if self.unpriced and gmv is not None and not gmv.value and gmv.sampled_at is None:
            found.add("gmv")
        return found

    def remember(self, key: str, kind: str, number: str, source: str) -> None:
        """Mark a line as seen that was kept before a crash, and its source as who speaks of its order."""
        self._seen.add(key)
        if kind in _STOOD_BY:
            self._seen.add(void_key(key))
        if kind in ("order", "refund") and number:
            (self._owners if kind == "order" else self._refund_owners).claim(number, source)


def _units(record: Record) -> int:
    """Return how many units a line is; one where it does not tell."""
    return 1 if record.quantity is None else record.quantity
