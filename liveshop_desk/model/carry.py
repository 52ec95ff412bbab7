"""What must be kept beside the buckets so that the live numbers go on after a crash as if nothing had happened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen


@dataclass(frozen=True, slots=True)
class Carry:
    """The present figures and when they came.

    ``tracks``: metric → (figure, newest instant, newest sample's instant); ``skus``: SKU → (units, orders, fen,
    clicks); ``sources``: source → newest instant; ``cuts``: the starts of segments; ``ends``: metric → (start, last
    figure) of its newest bucket, by which a bucket that was changed since is known.
    """

    tracks: dict[str, tuple[Number, Instant | None, Instant | None]] = field(default_factory=dict)
    skus: dict[str, tuple[int, int, Fen | None, int | None]] = field(default_factory=dict)
    sources: dict[str, Instant] = field(default_factory=dict)
    cuts: tuple[Instant, ...] = ()
    ends: dict[str, tuple[Instant, Number]] = field(default_factory=dict)


def carry_text(carry: Carry) -> str:
    """Write it as one line of JSON (a few kilobytes)."""
    parts = {
        "tracks": carry.tracks, "skus": carry.skus, "sources": carry.sources, "cuts": carry.cuts, "ends": carry.ends,
    }  # fmt: skip
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def parse_carry(text: str) -> Carry:
    """Read what ``carry_text`` wrote; raises ValueError, KeyError or TypeError where it is something else."""
    parts: dict[str, Any] = json.loads(text)
    return Carry(
        {name: (track[0], track[1], track[2]) for name, track in parts["tracks"].items()},
        # Carries written before clicks were counted by SKU hold three numbers.
        {sku: (sold[0], sold[1], sold[2], sold[3] if len(sold) > 3 else None) for sku, sold in parts["skus"].items()},
        dict(parts["sources"]),
        tuple(parts["cuts"]),
        {name: (start, last) for name, (start, last) in parts.get("ends", {}).items()},
    )
