"""What the live chart shows, and where it lies on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from ui.widgets.chart_scale import nice_scale

_LOOSE = 2.1  # times the scale that is needed: a larger one is made anew
_ROOM = 0.1  # of what a scale made anew must show: the next new extreme redraws nothing

PRINTED = ("left", "right")  # sides with a scale beside the plot
Array = NDArray[np.float64]
Place = TypeVar("Place", float, Array)


def first_difference(old_x: Array, old_y: Array, new_x: Array, new_y: Array) -> int | None:
    """Return the first place where two lines differ, ``None`` where they are one: unknown is equal to unknown."""
    same = min(len(old_x), len(new_x))
    for old, new in ((old_x, new_x), (old_y, new_y)):
        if old is new or not same:
            continue
        others = old[:same].view(np.int64) != new[:same].view(np.int64)  # bit by bit, else NaN is never NaN
        place = int(others.argmax())
        same = place if others[place] else same
    return None if same == len(old_x) == len(new_x) else same


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line. ``x`` are instants (ms UTC) in order, ``y`` values of its ``side``'s scale, NaN where unknown.

    ``color`` is a theme token. A dashed line is a plan or a guess. ``write`` puts a value into words; ``fine`` is
    the least difference worth a step of its scale (1 for counts and fen, a thousandth for rates). ``signed``: it may
    lie below 0; of any other that is a count corrected, which no scale is made for.
    """

    key: str
    label: str
    color: str
    x: Array
    y: Array
    write: Callable[[float], str]
    side: str = "left"
    dashed: bool = False
    fine: float = 1.0
    signed: bool = False

    def at(self, instant: float) -> float | None:
        """Return the value at an instant: a plan lies between its points, a figure holds until the next."""
        if not len(self.x) or not self.x[0] <= instant <= self.x[-1]:
            return None
        if self.dashed:
            return float(np.interp(instant, self.x, self.y))
        value = float(self.y[self.x.searchsorted(instant, side="right") - 1])
        return None if np.isnan(value) else value

    def same_until(self, other: Line, instant: float) -> bool:
        """Tell whether another line is this one up to an instant."""
        place = first_difference(self.x, self.y, other.x, other.y)
        return place is None or (0 < place < len(self.x) and self.x[place - 1] > instant)

    def within(self, start: float, end: float) -> list[float]:
        """Return the lowest and highest value between two instants; empty where nothing is known."""
        seen = self._seen(start, end)
        if not len(seen):
            return []
        low, high = float(np.fmin.reduce(seen)), float(np.fmax.reduce(seen))  # they pass over what is unknown
        return [low, high] if low == low else []

    def _seen(self, start: float, end: float) -> Array:
        """Return the values between two instants: of a figure also the one that stands there when they begin."""
        if not len(self.x) or start > self.x[-1]:
            return self.y[:0]
        if start <= self.x[0] and self.x[-1] <= end:
            return self.y
        first, last = int(self.x.searchsorted(start, side="right")), int(self.x.searchsorted(end, side="right"))
        if not self.dashed:
            return self.y[max(first - 1, 0) : last]
        edges = [value for value in (self.at(start), self.at(end)) if value is not None]
        return np.concatenate((self.y[first:last], edges))


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened. ``kind`` is segment, offer, price, stock, cue, incident or projection.

    ``text`` is written beside it where there is room, ``detail`` when the mouse is near.
    """

    at: int
    kind: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Where the shop's own last sessions went: the lowest and highest at each instant, on one side's scale."""

    side: str
    color: str
    x: Array
    low: Array
    high: Array

    def within(self, start: float, end: float) -> list[float]:
        """Return the lowest and highest value between two instants; empty where nothing is known."""
        first, last = self.x.searchsorted(start), self.x.searchsorted(end, side="right")
        return [float(self.low[first:last].min()), float(self.high[first:last].max())] if first < last else []


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """All of it: lines, flags, bands, the stretch on air now, and the window of time (ms).

    ``left`` and ``right`` are the sides with a scale beside the plot; a line of any other side has a scale of its own.
    """

    start: float
    end: float
    lines: tuple[Line, ...] = ()
    flags: tuple[Flag, ...] = ()
    on_air: tuple[float, float] | None = None
    bands: tuple[Band, ...] = ()

    def sides(self) -> set[str]:
        """Return every side there is a scale for."""
        return {*PRINTED, *(line.side for line in self.lines)}

    def scale(self, side: str, before: tuple[float, float] | None = None) -> tuple[float, float]:
        """Return (bottom, top) of one side's scale over what is in the window.

        The last sessions' band counts too: cut off, it would say nothing of how tonight stands against them. The
        scale ``before`` stays while all fits into it and it is not much too large: the newest point moves up and
        down every second, and the whole line must not jump with it. A scale made anew, and one nobody reads, has room.
        """
        lines = [line for line in self.lines if line.side == side]
        parts = (*lines, *(band for band in self.bands if band.side == side))
        known = [value for part in parts for value in part.within(self.start, self.end)]
        if not known:
            return 0.0, 0.0  # of nothing there is no scale
        fine = min((line.fine for line in lines), default=1.0)
        least = -np.inf if any(line.signed for line in lines) else 0.0
        low, high = max(min(known), least), max(known)
        bottom, top = _edges(low, high, fine)
        if before is not None and before[0] <= low and high <= before[1]:
            return before if before[1] - before[0] <= _LOOSE * (top - bottom) else (bottom, top)
        if before is None and side in PRINTED:
            return bottom, top
        room = (high - low) * _ROOM
        return _edges(low - room if low < 0 else max(low - room, 0.0), high + room, fine)

    def first(self, side: str) -> Line | None:
        """Return the side's main line, whose words and colour its scale has."""
        for line in self.lines:
            if line.side == side:
                return line
        return None


def _edges(low: float, high: float, fine: float) -> tuple[float, float]:
    bottom, top = nice_scale(low / fine, high / fine)
    return bottom * fine, top * fine


EMPTY = Picture(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the picture lies: the plot's rectangle in px, its window of time and the two scales."""

    rect: QRectF
    start: float
    end: float
    scales: dict[str, tuple[float, float]] = field(default_factory=dict[str, tuple[float, float]])

    def px(self, instant: Place) -> Place:
        """Return the column of an instant, or those of an array of them."""
        return self.rect.left() + (instant - self.start) / (self.end - self.start) * self.rect.width()

    def py(self, side: str, value: Place) -> Place:
        """Return the height of a value on one side's scale, or those of an array of them."""
        low, high = self.scales[side]
        return self.rect.bottom() - (value - low) / ((high - low) or 1.0) * self.rect.height()

    def instant(self, x: float) -> float:
        """Return the instant of a column."""
        return self.start + (x - self.rect.left()) / max(self.rect.width(), 1.0) * (self.end - self.start)
