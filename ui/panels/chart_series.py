"""The lines an operator chose, as arrays that grow: a redraw reads only what is new of eight hours.

A gauge is its level; GMV and other money are what they came to so far; any other total is its growth a minute, for
that is what is watched; a rate is what it came to so far, minute by minute.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np

from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Course, Unit
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import Coverage
from liveshop_desk.model.curves import Band
from liveshop_desk.model.grid import BUCKET_MS, HOLD_MS
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import counts_of, value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.rollup import BACK_MS
from ui.widgets.chart_picture import Array
from ui.widgets.chart_points import with_gaps

MINUTE_MS = 60_000
_EMPTY = np.array([], dtype=np.float64)


@lru_cache(maxsize=256)  # both are asked for each line several times a redraw
def is_level(key: str) -> bool:
    """Tell whether a metric is one of its own (a level that holds), not a total and not a rate of totals."""
    return key in BASES and BASES[key].course is Course.GAUGE


@lru_cache(maxsize=256)
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
    """The buckets of one base count read so far.

    ``grown`` is how much a total grew in each minute from the show's start, as far as no figure can change it without
    being ``rewritten``: of eight hours a redraw works out the last minutes alone.
    """

    x: Array = field(default_factory=lambda: _EMPTY)
    y: Array = field(default_factory=lambda: _EMPTY)
    rewritten: int = 0
    grown: Array = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate's values at whole minutes, with what they were worked out of: each count there, a row each."""

    bases: tuple[str, ...]
    coverage: Coverage
    stood: Array
    values: list[float]


class Series:
    """The arrays of one session's figures."""

    def __init__(self, figures: LiveFigures, started_at: Instant) -> None:
        self.figures = figures
        self._started_at = started_at
        self._tracks: dict[str, _Track] = {}
        self._rates: dict[str, _Rate] = {}
        self._bands: dict[str, tuple[Band, tuple[Array, Array, Array]]] = {}

    def line(self, key: str, until: Instant) -> tuple[Array, Array]:
        """Return (instants, values) of a metric from the start to ``until``; empty where no figure ever came."""
        if key not in BASES or self._is_worked_out(key):
            return self._rate(key, until)
        track = self._read(key)
        if not len(track.x):
            return _EMPTY, _EMPTY
        if is_level(key):
            return self._held(track, until)
        return _steps(*self._stood(track, until)) if is_sum(key) else _growth(track, self._started_at, until)

    def _is_worked_out(self, key: str) -> bool:
        """Tell whether a metric that may be told as it is, the mean stay, is worked out here: its counts came too.

        Then the tile shows what they come to, and its line must say the same.
        """
        metric = METRICS.get(key)
        needs = metric.needs if metric is not None else (key,)
        return key not in needs and all(self.figures.total(need) is not None for need in needs)

    def band(self, key: str, band: Band) -> tuple[Array, Array, Array]:
        """Return (instants, low, high) of a band; the same arrays each second, which a redraw sees at once."""
        kept = self._bands.get(key)
        if kept is None or kept[0] is not band:  # comparing the numbers would take longer than all the rest
            minutes, low, high = (np.array(part, dtype=np.float64) for part in (band.minutes, band.low, band.high))
            kept = self._bands[key] = band, (self._started_at + minutes * MINUTE_MS, low, high)
        return kept[1]

    def _read(self, key: str) -> _Track:
        """Bring a base count's arrays up to date: the tail only, everything where older figures were rewritten."""
        track = self._tracks.setdefault(key, _Track())
        rewritten = self.figures.rewritten(key)
        whole = not len(track.x) or track.rewritten != rewritten
        if whole:
            track.grown = _EMPTY
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
            x, y = np.concatenate((x, (held,))), np.concatenate((y, y[-1:]))
        return with_gaps(x, y, HOLD_MS)

    def _stood(self, track: _Track, until: Instant) -> tuple[Array, Array]:
        """A total stands until now; before its first figure nobody knows how much of it there was."""
        x, y = track.x, track.y
        if until <= x[-1]:
            return x, y
        return np.concatenate((x, (until,))), np.concatenate((y, y[-1:]))

    def _rate(self, key: str, until: Instant) -> tuple[Array, Array]:
        """A rate is worked out at whole minutes: anew from the first where a count it is made of stood otherwise."""
        used = counts_of(METRICS[key])
        bases = tuple(base for base in self.figures.figures() if base in BASES and base in used)
        # What is known now to have been seen only in part was so before; how old a figure was then is another matter.
        coverage = replace(self.figures.coverage({}, until), now=0, told={})
        x = np.append(np.arange(self._started_at, until, MINUTE_MS, dtype=np.float64), float(until))
        stood = np.array([self._stood_at(base, x) for base in bases]).reshape(len(bases), len(x))
        before = self._rates.get(key)
        values: list[float] = []
        if before is not None and (before.bases, before.coverage) == (bases, coverage):
            values = before.values[: _same(before.stood, stood)]
        for minute in stood[:, len(values) :].T.tolist():
            figures = {base: None if np.isnan(value) else value for base, value in zip(bases, minute, strict=True)}
            value = value_of(METRICS[key], figures, coverage)
            values.append(np.nan if value is None else float(value))
        self._rates[key] = _Rate(bases, coverage, stood, values)
        y = np.array(values, dtype=np.float64)
        return (x, y) if not np.isnan(y).all() else (_EMPTY, _EMPTY)

    def _stood_at(self, base: str, at: Array) -> Array:
        """Return what a base count stood at; NaN before its first figure."""
        track = self._read(base)
        return _stands(track.x, track.y, at, np.nan) if len(track.x) else np.full(len(at), np.nan)


def _same(old: Array, new: Array) -> int:
    """Return in how many columns from the first on two tables say the same."""
    both = min(old.shape[1], new.shape[1])
    old, new = old[:, :both], new[:, :both]
    same = ((old == new) | (np.isnan(old) & np.isnan(new))).all(axis=0)
    return both if same.all() else int(same.argmin())


def _steps(x: Array, y: Array) -> tuple[Array, Array]:
    """Let a total stand until its next figure: a slope over minutes would show money that nobody had paid yet."""
    after = np.flatnonzero(x[1:] - x[:-1] > BUCKET_MS) + 1
    if not len(after):
        return x, y
    return np.insert(x, after, x[after] - 1), np.insert(y, after, y[after - 1])


def _growth(track: _Track, started_at: Instant, until: Instant) -> tuple[Array, Array]:
    """Return how much a total grew in the minute before each whole minute from the start, and before ``until``.

    Until its first figure nobody knows: NaN.
    """
    whole = np.arange(started_at, until, MINUTE_MS, dtype=np.float64)
    known = track.grown[: max(len(whole) - 1, 0)]
    stood = _stands(track.x, track.y, np.concatenate((whole[len(known) :], (until - MINUTE_MS, until))))
    steps = stood[1:] - stood[:-1]  # the one before the last is between two instants that have nothing in common
    grown = np.concatenate((known, steps[:-2], steps[-1:]))
    track.grown = grown[: int(whole[1:].searchsorted(track.x[-1] - BACK_MS))]  # what was over before
    x = np.concatenate((whole[1:], (until,)))
    return x, np.where(x < track.x[0], np.nan, grown)


def _stands(x: Array, y: Array, at: Array, before: float = 0.0) -> Array:
    """Return what a count stood at; ``before`` where its first figure had not come."""
    places = x.searchsorted(at, side="right")
    return np.where(places > 0, y[places - 1], before)
