"""The lines an operator chose, as arrays that grow: a redraw reads only what is new of eight hours.

A gauge is its level; GMV and other money are what they came to so far; any other total is its growth a minute, for
that is what is watched; a rate is what it came to so far, minute by minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Course, Number, Unit
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import Coverage
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.rollup import BACK_MS, BUCKET_MS, HOLD_MS
from ui.widgets.chart_picture import Array
from ui.widgets.chart_points import with_gaps

MINUTE_MS = 60_000
_EMPTY = np.array([], dtype=np.float64)


def is_level(key: str) -> bool:
    """Tell whether a metric is one of its own (a level that holds), not a total and not a rate of totals."""
    return key in BASES and BASES[key].course is Course.GAUGE


def is_sum(key: str) -> bool:
    """Tell whether a metric is drawn as what it came to so far."""
    return key in BASES and BASES[key].course is Course.TOTAL and BASES[key].unit is Unit.MONEY


def basis_of(key: str) -> str:
    """Return what a line counts by, in the user's language: a minute's growth or what stands so far."""
    if is_level(key):
        return ""
    return _("so far") if is_sum(key) or key not in BASES else _("a minute")


@dataclass(slots=True)
class _Track:
    """The buckets of one base count read so far."""

    x: Array = field(default_factory=lambda: _EMPTY)
    y: Array = field(default_factory=lambda: _EMPTY)
    rewritten: int = 0


class Series:
    """The arrays of one session's figures."""

    def __init__(self, figures: LiveFigures, started_at: Instant) -> None:
        self.figures = figures
        self._started_at = started_at
        self._tracks: dict[str, _Track] = {}
        self._rates: dict[str, tuple[list[Instant], list[float]]] = {}
        self._rates_stand_on: tuple[object, ...] = ()

    def line(self, key: str, until: Instant) -> tuple[Array, Array]:
        """Return (instants, values) of a metric from the start to ``until``; empty where no figure ever came."""
        if key not in BASES:
            return self._rate(key, until)
        track = self._read(key)
        if not len(track.x):
            return _EMPTY, _EMPTY
        if is_level(key):
            return self._held(track, until)
        x, y = self._stood(track, until)
        return _steps(x, y) if is_sum(key) else _growth(x, y, self._started_at, until)

    def _read(self, key: str) -> _Track:
        """Bring a base count's arrays up to date: the tail only, everything where older figures were rewritten."""
        track = self._tracks.setdefault(key, _Track())
        rewritten = self.figures.rewritten(key)
        whole = not len(track.x) or track.rewritten != rewritten
        since = None if whole else Instant(track.x[-1]) - BACK_MS
        starts, values = self.figures.series(key, since)
        x, y = np.array(starts, dtype=np.float64), np.array(values, dtype=np.float64)
        if since is not None and len(x):
            keep = int(track.x.searchsorted(x[0]))
            x, y = np.concatenate((track.x[:keep], x)), np.concatenate((track.y[:keep], y))
        if len(x):
            track.x, track.y, track.rewritten = x, y, rewritten
        return track

    def _held(self, track: _Track, until: Instant) -> tuple[Array, Array]:
        """A level holds until the next figure, but not longer than it can be trusted."""
        x, y = track.x, track.y
        held = min(float(until), x[-1] + HOLD_MS)
        if held > x[-1]:
            x, y = np.append(x, held), np.append(y, y[-1])
        return with_gaps(x, y, HOLD_MS)

    def _stood(self, track: _Track, until: Instant) -> tuple[Array, Array]:
        """A total grows from 0 at the show's start and stands until now."""
        x, y = track.x, track.y
        before = (self._started_at,) if self._started_at < x[0] else ()
        after = (until,) if until > x[-1] else ()
        return np.concatenate((before, x, after)), np.concatenate(((0.0,) * len(before), y, y[-1:] if after else ()))

    def _rate(self, key: str, until: Instant) -> tuple[Array, Array]:
        """A rate is worked out at whole minutes; those that may still change are worked out again each time."""
        known = [base for base in self.figures.figures() if base in BASES]
        # What is known now to have been seen only in part was so before; how old a figure was then is another matter.
        coverage = replace(self.figures.coverage({}, until), told={})
        stand_on = (self.figures.rewritten(), replace(coverage, now=0), *known)
        if stand_on != self._rates_stand_on:
            self._rates, self._rates_stand_on = {}, stand_on
        at, values = self._rates.setdefault(key, ([], []))
        again = BACK_MS // MINUTE_MS + 1
        del at[-again:], values[-again:]
        instant = at[-1] + MINUTE_MS if at else self._started_at
        while instant < until + MINUTE_MS:
            value = self._rate_at(key, min(instant, until), known, coverage)
            at.append(instant)
            values.append(np.nan if value is None else float(value))
            instant += MINUTE_MS
        x, y = np.minimum(np.array(at, dtype=np.float64), until), np.array(values, dtype=np.float64)
        return (x, y) if len(y) and not np.isnan(y).all() else (_EMPTY, _EMPTY)

    def _rate_at(self, key: str, instant: Instant, bases: list[str], coverage: Coverage) -> Number | None:
        stood = {base: self.figures.at(base, instant) for base in bases}
        return value_of(METRICS[key], stood, coverage)


def _steps(x: Array, y: Array) -> tuple[Array, Array]:
    """Let a total stand until its next figure: a slope over minutes would show money that nobody had paid yet."""
    after = np.flatnonzero(np.diff(x) > BUCKET_MS) + 1
    return np.insert(x, after, x[after] - 1), np.insert(y, after, y[after - 1])


def _growth(x: Array, y: Array, started_at: Instant, until: Instant) -> tuple[Array, Array]:
    """Return how much a total grew in the minute before each whole minute from the start, and before ``until``."""
    whole = np.arange(started_at, until, MINUTE_MS, dtype=np.float64)
    stood = _stands(x, y, np.concatenate((whole, (until - MINUTE_MS, until))))
    grown = np.diff(stood[: len(whole)])
    return np.concatenate((whole[1:], (until,))), np.concatenate((grown, (stood[-1] - stood[-2],)))


def _stands(x: Array, y: Array, at: Array) -> Array:
    """Return what a total stood at; 0 before its first figure."""
    places = x.searchsorted(at, side="right")
    return np.where(places > 0, y[places - 1], 0.0)
