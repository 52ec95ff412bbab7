"""Being done at a moment: the pace that ends the text then, and keeping to it while text, place and time change.

All instants are ms UTC, lengths seconds, paces units (字, words) a minute.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from liveshop_desk.changes import Signal
from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Clock, Instant, from_datetime, to_local
from liveshop_desk.prompter.pace import FASTEST, SLOWEST, PaceUnit, TextMap
from liveshop_desk.prompter.reader import Reader, Turn

# How far the desk may go from the pace a hand has set: beyond, nobody reads well, and the operator is told instead.
LEAST, MOST = 0.5, 1.6
STEP = 0.5  # units a minute: less is not worth another speed
LAST = 1.5  # seconds before the end the pace is left alone: a breath there would be a leap of it
_SOON = timedelta(hours=12)  # a time of day further off is one that has passed

# Compiled when the first is typed (re keeps them): no start needs them.
_COLON = r"(\+)?\s*(\d{1,3})\s*[:：]\s*(\d{2})"
_LENGTH = r"\+?\s*(?:(\d{1,3})\s*(?:分钟?|m|min|['’′]))?\s*(?:(\d{1,4})\s*(?:秒钟?|s|sec|[\"”″])?)?"


class Kind(StrEnum):
    """How the moment was named."""

    WITHIN = "within"  # in mm:ss from when it was said
    BY = "by"  # at a time of day
    PLANNED = "planned"  # when the segment is planned to end


class Finish(NamedTuple):
    """Be done at ``at``."""

    at: Instant
    kind: Kind = Kind.BY


class Plan(NamedTuple):
    """``pace`` to read at; ``needed`` is what it would take, infinite where no time is left."""

    pace: float
    needed: float

    @property
    def possible(self) -> bool:
        """Tell whether reading at ``pace`` is done in time."""
        return self.pace == self.needed


def parse_finish(text: str, now: Instant) -> Finish:
    """Read what the operator typed: ``2:30``, ``90``, ``3分``, ``+12:30`` are lengths, ``21:45``, ``09:30`` times.

    Two figures before the colon are hours; a plus sign makes any of it a length. Raises UserError.
    """
    text = text.strip()
    found = re.fullmatch(_COLON, text)
    if found and not found[1] and len(found[2]) == 2:
        return Finish(_next(int(found[2]), int(found[3]), now), Kind.BY)
    seconds = _colon_seconds(found) if found else _length_seconds(text)
    if not seconds:
        raise UserError(
            _("“{text}” is no length and no time of day.").format(text=text),
            todo=_("Type a length like 2:30 or 90, or a time like 21:45."),
        )
    return Finish(now + seconds * 1000, Kind.WITHIN)


def _colon_seconds(found: re.Match[str]) -> int:
    return int(found[2]) * 60 + int(found[3]) if int(found[3]) < 60 else 0


def _length_seconds(text: str) -> int:
    found = re.fullmatch(_LENGTH, text, re.IGNORECASE)
    return int(found[1] or 0) * 60 + int(found[2] or 0) if found else 0


def _next(hour: int, minute: int, now: Instant) -> Instant:
    """Return the next moment the clock shows this time. Raises UserError for no time, or one that has passed."""
    here = to_local(now)
    try:
        moment = here.replace(hour=hour, minute=minute, second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise UserError(_("There is no {hour}:{minute:02d} o'clock.").format(hour=hour, minute=minute)) from None
    # Where the clocks are put back an hour comes twice: fold 1 is the second.
    turns = (moment, moment.replace(fold=1), moment + timedelta(days=1))
    at = next(at for at in map(from_datetime, turns) if at > now)
    if at - now > _SOON / timedelta(milliseconds=1):
        raise UserError(_("{hour}:{minute:02d} has passed.").format(hour=hour, minute=minute))
    return at


def plan(text: TextMap, units: float, seconds: float, own: float) -> Plan:
    """Return the pace that reads ``text`` from ``units`` on in ``seconds``, as near as it may go from ``own``."""
    if units >= text.total:
        return Plan(own, own)
    needed = text.pace_for(units, seconds)
    if seconds <= 0:  # too late for any pace: hers is as good
        return Plan(own, needed)
    least, most = max(SLOWEST, own * LEAST), min(FASTEST, own * MOST)
    return Plan(min(most, max(least, needed)), needed)


class Finisher:
    """Steers a reader to be done in time. ``changed()`` when goal or plan are others.

    ``follow`` is to be called about once a second. A hand on the pace, another text or the moment itself end it;
    only a planned end goes on with the next segment. ``planned()`` tells when the segment is planned to end.
    """

    def __init__(self, reader: Reader, clock: Clock, planned: Callable[[], Instant | None] = lambda: None) -> None:
        self.changed = Signal()
        self.goal: Finish | None = None
        self.plan: Plan | None = None
        self._reader = reader
        self._clock = clock
        self._planned = planned
        self._own = reader.pace
        reader.touched.connect(self._let_hand)
        reader.turned.connect(self._on_turned)

    @property
    def unit(self) -> PaceUnit:
        """Return what the paces of this text are counted in."""
        return self._reader.text.unit

    @property
    def own(self) -> float:
        """Return the pace a hand has set: what is read at again when nothing is aimed at."""
        return self._reader.pace if self.goal is None else self._own

    def aim(self, goal: Finish) -> None:
        """Be done at ``goal`` from here on."""
        self._own = self.own
        self.goal = goal
        self.follow()

    def aim_planned(self) -> bool:
        """Be done when the segment is planned to end; ``False`` where there is no such moment."""
        at = self._planned()
        if at is not None:
            self.aim(Finish(at, Kind.PLANNED))
        return at is not None

    def drop(self) -> None:
        """Aim at nothing; the reader takes the pace a hand had set before."""
        if self.goal is not None:
            self.goal = self.plan = None
            self._reader.steer(self._own)
            self.changed.emit()

    def follow(self) -> None:
        """Plan anew from where the reader is and what the clock says; a planned end may be another by now."""
        goal = self._as_planned(self.goal)
        if goal is None:
            self.drop()
            return
        self.goal = goal
        left = (goal.at - self._clock.now()) / 1000
        reader = self._reader
        if left <= 0 and goal.kind is not Kind.PLANNED:
            self.drop()
        elif left > LAST or left <= 0 or self.plan is None:
            self.plan = plan(reader.text, reader.position, left, self._own)
            if abs(self.plan.pace - reader.pace) >= STEP:
                reader.steer(self.plan.pace)
            self.changed.emit()

    def _as_planned(self, goal: Finish | None) -> Finish | None:
        """Return ``goal`` as it stands now; ``None`` where the segment has no planned end any more."""
        if goal is None or goal.kind is not Kind.PLANNED:
            return goal
        at = self._planned()
        return None if at is None else goal._replace(at=at)

    def _let_hand(self) -> None:
        """A hand has set the pace: that is the pace now."""
        if self.goal is not None:
            self.goal = self.plan = None
            self.changed.emit()

    def _on_turned(self, turn: Turn) -> None:
        if self.goal is None:
            return
        if not turn.fresh:
            self.follow()
        elif self.goal.kind is not Kind.PLANNED or not self.aim_planned():
            self.drop()
