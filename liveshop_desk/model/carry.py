"""What must be kept beside the buckets so that the live numbers go on after a crash as if nothing had happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import Ground
from liveshop_desk.model.money import Fen


class Kept(NamedTuple):
    """One metric: its figure, newest instant, newest sample's instant; what samples added, whether events feed it.

    ``told`` is the file's newest figure: when and what; ``over`` and ``dip`` as ``rollup.Track`` says.
    """

    value: Number
    at: Instant | None
    sampled_at: Instant | None
    gap: Number = 0
    seen: bool = False
    told: tuple[Instant, Number] | None = None
    over: Number = 0
    dip: Number = 0


Sold = tuple[int, int, Fen | None, int | None, int, int]
Rulings = dict[str, tuple[str, dict[str, tuple[Instant, Number, Number]]]]


@dataclass(frozen=True, slots=True)
class Carry:
    """The present figures and when they came.

    ``skus``: SKU → (units, orders, fen, clicks, units refunded, units in carts); ``sources``: source → newest instant;
    ``cuts``: the starts of segments; ``ends``: metric → (start, last figure) of its newest bucket, by which a bucket
    that was changed since is known; ``rulings``: metric → (source that rules, each source's newest instant, highest
    total and what its rooms before add); ``rooms``: source → room. ``estimated`` fen and ``unpriced`` lines of GMV.
    ``clicked`` and ``bought``: in which stretches (``clicked.STRETCH_MS``) clicks were told and each SKU was bought.
    """

    tracks: dict[str, Kept] = field(default_factory=dict)
    skus: dict[str, Sold] = field(default_factory=dict)
    sources: dict[str, Instant] = field(default_factory=dict)
    cuts: tuple[Instant, ...] = ()
    ends: dict[str, tuple[Instant, Number]] = field(default_factory=dict)
    rulings: Rulings = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    estimated: Fen = 0
    unpriced: int = 0
    clicked: tuple[int, ...] = ()
    bought: dict[str, dict[int, int]] = field(default_factory=dict)


def carry_text(carry: Carry) -> str:
    """Write it as one line of JSON (a few kilobytes)."""
    parts = {
        "tracks": carry.tracks, "skus": carry.skus, "sources": carry.sources, "cuts": carry.cuts, "ends": carry.ends,
        "rulings": carry.rulings, "rooms": carry.rooms, "estimated": carry.estimated, "unpriced": carry.unpriced,
        "clicked": carry.clicked, "bought": carry.bought,
    }  # fmt: skip
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def parse_carry(text: str) -> Carry:
    """Read what ``carry_text`` wrote; raises ValueError, KeyError or TypeError where it is something else."""
    parts: dict[str, Any] = json.loads(text)
    return Carry(
        {name: _kept(track) for name, track in parts["tracks"].items()},
        {sku: _sold(sold) for sku, sold in parts["skus"].items()},
        dict(parts["sources"]),
        tuple(parts["cuts"]),
        {name: (start, last) for name, (start, last) in parts.get("ends", {}).items()},
        {
            name: (ruler, {source: (said[0], said[1], said[2]) for source, said in voices.items()})
            for name, (ruler, voices) in parts.get("rulings", {}).items()
        },
        dict(parts.get("rooms", {})),
        parts.get("estimated", 0),
        parts.get("unpriced", 0),
        tuple(parts.get("clicked", ())),
        {sku: {int(place): orders for place, orders in held.items()} for sku, held in parts.get("bought", {}).items()},
    )


def _kept(track: list[Any]) -> Kept:
    """Read one metric. An old carry holds three numbers: what was told there counts as brought by no event."""
    value, at, sampled_at = track[:3]
    if len(track) > 3:
        told = (track[5][0], track[5][1]) if track[5] else None
        over, dip = track[6:8] if len(track) > 7 else (0, 0)
        return Kept(value, at, sampled_at, track[3], track[4], told, over, dip)
    return Kept(value, at, sampled_at, 0 if sampled_at is None else value, sampled_at is None or at != sampled_at)


def _sold(sold: list[Any]) -> Sold:
    """Read one SKU's sales. Carries hold three numbers from before clicks were counted, four from before refunds."""
    units, orders, gmv = sold[:3]
    clicks = sold[3] if len(sold) > 3 else None
    refunded, carted = sold[4:6] if len(sold) > 5 else (0, 0)
    return units, orders, gmv, clicks, refunded, carted


def grounds(carry: Carry) -> dict[str, Ground]:
    """Return what each figure stands on, for what its rates may say."""
    return {name: Ground(k.value, k.sampled_at, k.gap, k.seen, k.over, k.at) for name, k in carry.tracks.items()}
