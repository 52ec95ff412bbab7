"""The role mix of a queue (货品结构): how its products divide among the six roles, beside the target (P4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Segment

TARGET: Mapping[Role, int] = {  # percent; PRODUCT P4
    Role.HIT: 10,
    Role.NEW: 10,
    Role.CLEARANCE: 10,
    Role.REGULAR: 40,
    Role.PROFIT: 20,
    Role.TRAFFIC: 10,
}


@dataclass(frozen=True, slots=True)
class Share:
    """One role's part of the mix. ``now`` is a fraction of the products, ``None`` where there are none."""

    role: Role
    target: float
    count: int
    now: float | None


def role_mix(segments: Sequence[Segment]) -> tuple[Share, ...]:
    """Return the shares of all six roles in the order of the target.

    Every product counts once, however often it comes back; skipped segments do not count. A row without a role
    (a flash sale of what is pitched too) leaves the product the one it has.
    """
    sold = [(s.product_id, s.role) for s in segments if s.product_id and not s.skipped]
    roles = {product: Role.REGULAR for product, _role in sold} | {product: role for product, role in sold if role}
    total = len(roles)
    counts = {role: sum(1 for held in roles.values() if held is role) for role in TARGET}
    return tuple(
        Share(role, percent / 100, counts[role], counts[role] / total if total else None)
        for role, percent in TARGET.items()
    )
