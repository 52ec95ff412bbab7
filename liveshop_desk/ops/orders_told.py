"""What an order of a file changes in what is kept: lines replaced, lines added, nothing where all is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liveshop_desk.feeds.record import hash_viewer
from liveshop_desk.model.money import Fen
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.seen import record_key
from liveshop_desk.ops.orders_joined import Order, Part
from liveshop_desk.sheets.orders import shared
from liveshop_desk.store.orders import KeptLine


@dataclass(frozen=True, slots=True)
class Told:
    """``replaced`` lines give way to ``lines``; ``refunds`` are added. ``before`` is what the order stood at (fen)."""

    replaced: tuple[KeptLine, ...] = ()
    lines: tuple[Record, ...] = ()
    refunds: tuple[Record, ...] = ()
    before: Fen | None = None
    was_estimated: bool = False

    @property
    def anything(self) -> bool:
        """Tell whether something changes."""
        return bool(self.replaced or self.lines or self.refunds)


def tell(order: Order, held: Sequence[KeptLine], names: Mapping[str, str], salt: str, *, on_air: bool) -> Told:
    """Compare an order with what is kept of it (``held``: its lines, refunds and what was replaced before)."""
    standing = [line for line in held if line.kind == "order"]
    refunds = [line for line in held if line.kind == "refund"]
    parts = _completed(order.parts, standing)
    same = bool(standing) and _of_parts(parts) == _of_lines(standing, names)
    viewer = hash_viewer(order.buyer, salt) if order.buyer and salt else ""
    generation = len(held) - len(refunds)
    lines = () if same else tuple(_record(order, part, viewer, generation) for part in parts)
    given_back = sum(line.amount or 0 for line in refunds)
    wanted = order.refund > 0 and given_back != order.refund and not (refunds and on_air)
    return Told(
        tuple(() if same else standing) + tuple(refunds if wanted else ()),
        lines,
        _refunds(order, parts, len(held)) if wanted else (),
        sum(line.amount or 0 for line in standing) if standing else None,
        any(line.estimated or line.amount is None for line in standing),
    )


def void_of(line: KeptLine, *, first: bool) -> Record:
    """Return the record that takes a counted line back; the first of its order takes the order back, too."""
    return Record(
        line.at, "void", FILE, sku=line.sku, quantity=line.units, amount=line.amount, order=line.order,
        count=1 if first else 0, id=line.key, estimated=line.estimated,
    )  # fmt: skip


def records(told: Told) -> list[Record]:
    """Return what the owner of a show on air must fold: what is taken back, then what takes its place."""
    found: list[Record] = []
    numbers: set[str] = set()
    for line in told.replaced:
        found.append(void_of(line, first=line.order not in numbers))
        numbers.add(line.order)
    return [*found, *told.lines, *told.refunds]


def records_back(told: Told) -> list[Record]:
    """Return what undoes ``records``, the newest first; then whoever told these orders live speaks of them again."""
    made = (*told.lines, *told.refunds)
    found = [_void(record, first=record.kind == "refund" or place == 0) for place, record in enumerate(made)]
    found.reverse()
    found += [_revive(line) for line in told.replaced]
    numbers = dict.fromkeys([*(record.order for record in made), *(line.order for line in told.replaced)])
    at = made[0].at if made else told.replaced[0].at
    return [*found, *(Record(at, "revive", FILE, order=number) for number in numbers)]


def _void(record: Record, *, first: bool) -> Record:
    """Return the record that takes a file's own line or refund back."""
    refund = record.kind == "refund"
    return Record(
        record.at, "void", FILE, sku=record.sku, quantity=record.quantity, amount=record.amount, order=record.order,
        count=record.count if refund else int(first), id=record_key(record), status="refund" if refund else "",
    )  # fmt: skip


def _revive(line: KeptLine) -> Record:
    return Record(
        line.at, "revive", line.source, sku=line.sku, quantity=line.units, amount=line.amount, order=line.order,
        id=line.key, estimated=line.estimated,
    )  # fmt: skip


def record_of(line: KeptLine) -> Record:
    """Return a kept line as the record it came as."""
    return Record(
        line.at, line.kind, line.source, sku=line.sku, quantity=line.units, amount=line.amount, order=line.order,
        id=line.key, estimated=line.estimated,
    )  # fmt: skip


def _completed(parts: Sequence[Part], standing: Sequence[KeptLine]) -> list[Part]:
    """Return the file's parts with the SKUs and units only the live lines know."""
    if not standing or len(parts) != 1 or parts[0].known:
        return list(parts)
    only = parts[0]
    if len(standing) == 1:
        return [
            Part(
                standing[0].sku or only.sku, True, standing[0].units if only.units is None else only.units, only.amount
            )
        ]
    if only.sku:
        return list(parts)
    weights = [line.amount or line.counted for line in standing]
    amounts = shared(only.amount, weights)
    return [Part(line.sku, True, line.units, amount) for line, amount in zip(standing, amounts, strict=True)]


def _of_parts(parts: Sequence[Part]) -> dict[str, tuple[int, Fen | None]]:
    found: dict[str, tuple[int, Fen | None]] = {}
    for part in parts:
        units, amount = found.get(part.sku, (0, 0))
        found[part.sku] = (units + (1 if part.units is None else part.units), (amount or 0) + part.amount)
    return found


def _of_lines(lines: Sequence[KeptLine], names: Mapping[str, str]) -> dict[str, tuple[int, Fen | None]]:
    """Return SKU → (units, fen); an amount that is missing or a guess equals nothing."""
    found: dict[str, tuple[int, Fen | None]] = {}
    for line in lines:
        sku = names.get(line.sku, line.sku)
        units, amount = found.get(sku, (0, 0))
        exact = line.amount is not None and not line.estimated and amount is not None
        found[sku] = (units + line.counted, (amount or 0) + (line.amount or 0) if exact else None)
    return found


def _record(order: Order, part: Part, viewer: str, generation: int) -> Record:
    """Return a line of the file. Its id counts what it replaces, so that a file read twice is told twice the same."""
    assert order.paid_at is not None
    return Record(
        order.paid_at, "order", FILE, sku=part.sku, quantity=part.units, amount=part.amount, order=order.number,
        viewer=viewer, id=f"{order.number}/{part.sku}/{generation}", status="paid",
    )  # fmt: skip


def _refunds(order: Order, parts: Sequence[Part], generation: int) -> tuple[Record, ...]:
    """Return what was given back: the goods with it only where it was all of the order."""
    assert order.paid_at is not None
    at = order.refunded_at if order.refunded_at is not None else order.paid_at
    if order.refund >= order.amount:
        given = [(part.sku, 1 if part.units is None else part.units, part.amount) for part in parts]
    else:
        given = [(parts[0].sku if len(parts) == 1 else "", 0, order.refund)]
    return tuple(
        Record(
            at, "refund", FILE, sku=sku, quantity=units, amount=amount, order=order.number, count=int(number == 0),
            id=f"refund/{order.number}/{sku}/{generation}",
        )
        for number, (sku, units, amount) in enumerate(given)
    )  # fmt: skip
