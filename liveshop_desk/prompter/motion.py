"""Where a moving point is at a time: pure functions of the clock, eased between speeds. Units and seconds."""

from __future__ import annotations

from typing import NamedTuple


class Motion(NamedTuple):
    """From ``position`` at ``start``, speed goes smoothly from ``speed`` to ``target`` (units/s) in ``ease`` s."""

    position: float = 0.0
    start: float = 0.0
    speed: float = 0.0
    target: float = 0.0
    ease: float = 0.0

    def position_at(self, now: float) -> float:
        """Return the position: the exact integral of the speed, however seldom it is asked for."""
        passed = max(0.0, now - self.start)
        if self.ease <= 0:
            return self.position + self.target * passed
        part = min(1.0, passed / self.ease)
        eased = self.ease * (self.speed * part + (self.target - self.speed) * (part**3 - part**4 / 2))
        return self.position + eased + self.target * max(0.0, passed - self.ease)

    def speed_at(self, now: float) -> float:
        """Return the speed in units per second."""
        part = 1.0 if self.ease <= 0 else min(1.0, max(0.0, now - self.start) / self.ease)
        return self.speed + (self.target - self.speed) * (3 * part**2 - 2 * part**3)

    def still_at(self, now: float) -> bool:
        """Tell whether it stands still from ``now`` on."""
        return self.target == 0 and (self.speed == 0 or now >= self.start + self.ease)


class Glide(NamedTuple):
    """A push of ``distance`` units, spread smoothly over ``seconds`` from ``start``."""

    distance: float = 0.0
    start: float = 0.0
    seconds: float = 0.0

    def done_at(self, now: float) -> float:
        """Return how much of the distance is covered."""
        part = 1.0 if self.seconds <= 0 else min(1.0, max(0.0, now - self.start) / self.seconds)
        return self.distance * (3 * part**2 - 2 * part**3)

    def still_at(self, now: float) -> bool:
        """Tell whether the push is over."""
        return self.distance == 0 or now >= self.start + self.seconds
