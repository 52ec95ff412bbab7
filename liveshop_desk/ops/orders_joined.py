"""The rows of an order file as orders, and the session each belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen
from liveshop_desk.model.product import title_key
from liveshop_desk.model.session import Session, State
from liveshop_desk.sheets.orders import OrderItem, OrderRow, shared

SKEW_MS = 5 * 60_000  # a platform's clock may be ahead of ours


@dataclass(slots=True)
class Part:
    """What an order holds of one SKU: ours where the catalogue knows it (``known``), else the file's own name."""

    sku: str
    known: bool
    units: int | None
    amount: Fen


@dataclass(slots=True)
class Order:
    """One order of the file. ``paid_at`` is ``None`` for one nobody paid; ``numbers`` its own and its parts'."""

    number: str
    paid_at: Instant | None
    rows: list[tuple[int, OrderRow]] = field(default_factory=list[tuple[int, OrderRow]])
    parts: list[Part] = field(default_factory=list[Part])
    refund: Fen = 0
    refunded_at: Instant | None = None

    @property
    def numbers(self) -> list[str]:
        """Return the order's number and those of its parts."""
        return [self.number, *(line for _row, each in self.rows for line in each.lines if line != self.number)]

    @property
    def amount(self) -> Fen:
        """Return what was paid for all of it."""
        return sum(part.amount for part in self.parts)

    @property
    def buyer(self) -> str:
        """Return the platform's number of the buyer, empty where the file has none."""
        return next((each.buyer for _row, each in self.rows if each.buyer), "")


def orders_of(
    records: Sequence[tuple[int, OrderRow]], names: Mapping[str, str], titles: Mapping[str, str]
) -> list[Order]:
    """Gather the rows of each order, in file order. ``names``: every name of a SKU → our id."""
    found: dict[str, Order] = {}
    for row, record in records:
        order = found.setdefault(record.order, Order(record.order, None))
        order.rows.append((row, record))
    for order in found.values():
        _fill(order, names, titles)
    return list(found.values())


def _fill(order: Order, names: Mapping[str, str], titles: Mapping[str, str]) -> None:
    """Work out what was paid for what, and what was given back."""
    rows = [record for _row, record in order.rows if record.paid_at is not None]
    order.paid_at = min((record.paid_at for record in rows if record.paid_at is not None), default=None)
    items = [item for record in rows for item in record.items]
    whole = max((record.whole for record in rows if record.whole is not None), default=None)
    parts: dict[str, Part] = {}
    for item, amount in zip(items, _amounts(items, whole), strict=True):
        sku, known = _sku(item, names, titles)
        held = parts.get(sku)
        if held is None:
            parts[sku] = Part(sku, known, item.units, amount)
        else:
            held.amount += amount
            held.units = (1 if held.units is None else held.units) + (1 if item.units is None else item.units)
    order.parts = list(parts.values())
    refunds = [record.refund for record in rows if record.refund]
    wholes = [record.whole_refund for record in rows if record.whole_refund]
    order.refund = min(max(wholes) if wholes else sum(refunds), order.amount)
    order.refunded_at = min((record.refunded_at for record in rows if record.refunded_at is not None), default=None)


def _amounts(items: Sequence[OrderItem], whole: Fen | None) -> list[Fen]:
    """Return each item's amount; what only the whole order tells is shared by units among those without one."""
    known = sum(item.amount or 0 for item in items)
    lacking = [1 if item.units is None else item.units for item in items if item.amount is None]
    rest = iter(shared(max((whole or 0) - known, 0), lacking))
    return [next(rest) if item.amount is None else item.amount for item in items]


def _sku(item: OrderItem, names: Mapping[str, str], titles: Mapping[str, str]) -> tuple[str, bool]:
    """Return the SKU by the first name the catalogue knows, else by its title, else the file's best name."""
    ours = next((names[name] for name in item.names if name in names), None)
    if ours is None:
        ours = titles.get(title_key(item.title))
    return (ours, True) if ours is not None else (next(iter(item.names), ""), False)


class Windows:
    """The real sessions that have begun, by when they were on air; one that still is ends ``now``."""

    def __init__(self, sessions: Sequence[Session], now: Instant) -> None:
        self._now = now + SKEW_MS
        self._sessions = sorted(
            (s for s in sessions if s.state is not State.DRAFT and not s.rehearsal and _is_known(s)),
            key=lambda session: -(session.started_at or 0),
        )

    def of(self, order: Order) -> Session | None:
        """Return the session an order was paid in; of several at a time its anchor's, else the one begun last."""
        at = order.paid_at
        if at is None:
            return None
        found = [
            session
            for session in self._sessions
            if (session.started_at or 0) <= at <= (self._now if session.ended_at is None else session.ended_at)
        ]
        anchors = {name for _row, record in order.rows for name in record.anchors}
        own = [session for session in found if session.anchor and session.anchor in anchors]
        return next(iter(own or found), None)


def _is_known(session: Session) -> bool:
    """Tell whether it is known from when to when the session was: one that is over and has no end holds nothing."""
    return session.started_at is not None and (session.state is State.LIVE or session.ended_at is not None)
