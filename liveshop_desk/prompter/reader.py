"""The one reader both windows share: the script on air and a position in it that is a function of the clock.

The position is in reading units (pace.py), never pixels: two windows of any size show the same place, and a frame
that comes late shows where the reader is by then. What moves evenly with the clock is the flow at the present pace, in
which a pause or a counted number is as long as its seconds; ``_raw_at``, Motion and Glide are in flow.
"""

from __future__ import annotations

from typing import NamedTuple

from liveshop_desk.changes import Signal
from liveshop_desk.model.clock import Clock
from liveshop_desk.prompter.follow import reanchor
from liveshop_desk.prompter.motion import Glide, Motion
from liveshop_desk.prompter.pace import FASTEST, PACE, SLOWEST, Place, TextMap
from liveshop_desk.prompter.script import Paragraph

EASE = 0.4  # seconds from one speed to another: soft to the eye, still felt as at once
NUDGE = 0.18  # seconds for a nudged line
HURRY = 4.0  # running back, a pause or a count takes this part of its time: nobody waits for it
WILDEST = 8.0  # times the pace, either way: as fast as a shuttle turns


class Snapshot(NamedTuple):
    """Where the reader is, to be kept and come back to after a crash. Pace in units a minute."""

    units: float
    pace: float
    playing: bool


class Turn(NamedTuple):
    """The text turned into another: old and new paragraphs, and the reader's units before and after.

    ``fresh`` means another script altogether: nothing of the old place is kept.
    """

    old: tuple[Paragraph, ...]
    new: tuple[Paragraph, ...]
    old_units: float
    new_units: float
    fresh: bool


class Reader:
    """A script being read.

    ``changed()`` is emitted when motion or pace change, ``turned(Turn)`` when the text does, ``touched()`` when a hand
    has set the pace.
    """

    def __init__(self, clock: Clock, *, ease: float = EASE) -> None:
        self.changed = Signal()
        self.turned = Signal()
        self.touched = Signal()
        self.paragraphs: tuple[Paragraph, ...] = ()
        self.text = TextMap(())
        self._clock = clock
        self._ease = ease
        self._pace = PACE
        self._rate = 1.0  # times the pace; below zero it runs back
        self._running = False
        self._motion = Motion()
        self._glide = Glide()

    # --- where it is
    @property
    def total(self) -> float:
        """Return the units of the whole script."""
        return self.text.total

    @property
    def pace(self) -> float:
        """Return the pace in units (字, words) a minute."""
        return self._pace

    @property
    def playing(self) -> bool:
        """Tell whether the text runs on: told to, and not at its end."""
        return self._running and self._rate > 0 and self.position < self.total

    @property
    def backing(self) -> bool:
        """Tell whether the text runs back: told to, and not at its start."""
        return self._running and self._rate < 0 and self.position > 0

    @property
    def rate(self) -> float:
        """Return how many times the pace it runs: 1 as usual, below 0 back, 0 where it stands."""
        return self._rate if self.playing or self.backing else 0.0

    @property
    def position(self) -> float:
        """Return the units read by now."""
        return self.position_at(self._clock.ticks())

    @property
    def goal(self) -> float:
        """Return the units where a nudge under way will have brought it."""
        now = self._clock.ticks()
        left = self._glide.distance - self._glide.done_at(now)
        return self._units(self._flow(self.position_at(now)) + left)

    def position_at(self, ticks: float) -> float:
        """Return the units read at ``ticks`` seconds of the reader's clock."""
        return min(self.total, max(0.0, self._units(self._raw_at(ticks))))

    def moving_at(self, ticks: float) -> bool:
        """Tell whether a frame after ``ticks`` can differ from the one at ``ticks``."""
        glide = 0.0 if self._glide.still_at(ticks) else self._glide.distance
        ends = (glide,) if self._motion.still_at(ticks) else (glide, self._motion.speed_at(ticks), self._motion.target)
        raw = self._raw_at(ticks)
        return (max(ends) > 0 and raw < self._flow(self.total)) or (min(ends) < 0 and raw > 0)

    @property
    def ticks(self) -> float:
        """Return the reader's clock in seconds."""
        return self._clock.ticks()

    @property
    def place(self) -> Place:
        """Return where in the text the reader is."""
        return self.text.place_at(self.position)

    def remaining_seconds(self) -> float:
        """Return how long the rest takes at the present pace, moving or not."""
        return self.text.seconds_between(self.position, self.total, self._pace)

    # --- what it is told
    def play(self) -> None:
        """Run on at the pace, easing in; at the end of the script there is nothing to run to."""
        self._run(running=self.position < self.total, rate=1.0)

    def pause(self) -> None:
        """Stand still, easing out."""
        self._run(running=False)

    def halt(self) -> None:
        """Stand still this very moment."""
        self._run(running=False, ease=0.0)

    def toggle(self) -> None:
        """Pause where it runs, on or back; play where it stands."""
        if self.playing or self.backing:
            self.pause()
        else:
            self.play()

    def reverse(self) -> None:
        """Run back at the pace; where it runs back already, on again."""
        self.set_rate(1.0 if self.backing else -1.0)

    def set_rate(self, rate: float) -> None:
        """Run at ``rate`` times the pace, back below zero; 0 stands still (a shuttle let go)."""
        rate = min(WILDEST, max(-WILDEST, rate))
        at_end = self.position >= self.total if rate > 0 else self.position <= 0
        if rate == 0 or at_end:
            self._run(running=False)
        else:
            self._run(running=True, rate=rate)

    def set_pace(self, pace: float) -> None:
        """Read ``pace`` units a minute from here on, within what anyone can read: said by a hand."""
        self.steer(pace)
        self.touched.emit()

    def steer(self, pace: float) -> None:
        """Take another pace without a hand having asked for it (finish.py)."""
        self._run(running=self.playing or self.backing, pace=min(FASTEST, max(SLOWEST, pace)))

    def glide_to(self, units: float) -> None:
        """Glide to a position over a moment, without stopping the run."""
        now = self._clock.ticks()
        self._rebase(now)
        distance = self._flow(min(self.total, max(0.0, units))) - self._motion.position
        self._glide = Glide(distance, now, NUDGE)
        self.changed.emit()

    def seek(self, units: float) -> None:
        """Be at ``units`` at once."""
        now = self._clock.ticks()
        self._rebase(now)
        self._motion = self._motion._replace(position=self._flow(min(self.total, max(0.0, units))))
        self.changed.emit()

    def to_start(self) -> None:
        """Go back to the start of the script; running goes on."""
        self.seek(0.0)

    # --- the text
    def load(self, paragraphs: tuple[Paragraph, ...], units: float = 0.0) -> None:
        """Read another script from ``units`` on; running goes on, running back does not."""
        if self._rate < 0:
            self.halt()
            self._rate = 1.0
        self._turn(paragraphs, fresh=True, units=units)

    def set_script(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Take a changed text of the same script; the reader stays on the character it is at."""
        if paragraphs != self.paragraphs:
            self._turn(paragraphs, fresh=not self.paragraphs, units=0.0)

    def _turn(self, paragraphs: tuple[Paragraph, ...], *, fresh: bool, units: float) -> None:
        now = self._clock.ticks()
        self._rebase(now)
        old, was = self.paragraphs, self.position_at(now)
        place = self.text.place_at(was)
        self.paragraphs, self.text = paragraphs, TextMap(paragraphs)
        if not fresh and was > 0:
            moved = reanchor([each.text for each in old], [each.text for each in paragraphs], place)
            units = self.text.units_at(moved)
        units = min(self.total, max(0.0, units))
        self._motion = self._motion._replace(position=self._flow(units))
        self.turned.emit(Turn(old, paragraphs, was, units, fresh))
        self.changed.emit()

    # --- after a crash
    def snapshot(self) -> Snapshot:
        """Return what ``restore`` needs to be here again."""
        return Snapshot(self.position, self._pace, self.playing)

    def restore(self, snapshot: Snapshot) -> None:
        """Be where ``snapshot`` was taken, once the same script is loaded."""
        self._pace = min(FASTEST, max(SLOWEST, snapshot.pace))
        self._motion = Motion(self._flow(min(self.total, max(0.0, snapshot.units))), self._clock.ticks())
        self._glide = Glide()
        self._rate = 1.0
        self._run(running=snapshot.playing)

    # --- motion
    def _raw_at(self, ticks: float) -> float:
        return self._motion.position_at(ticks) + self._glide.done_at(ticks)

    @property
    def _flow_pace(self) -> float:
        return self._pace if self._rate > 0 else self._pace / HURRY

    def _flow(self, units: float) -> float:
        return self.text.flow_at(units, self._flow_pace)

    def _units(self, flow: float) -> float:
        return self.text.units_at_flow(flow, self._flow_pace)

    def _rebase(self, now: float) -> None:
        """Begin the motion anew at ``now``, in the same place at the same speed; a glide's rest is dropped."""
        motion = self._motion
        here = self._flow(self.position_at(now))
        left = max(0.0, motion.start + motion.ease - now)
        if left > 0:  # mid-ease: carry on to the same target, in the time that was left
            self._motion = Motion(here, now, motion.speed_at(now), motion.target, left)
        else:
            self._motion = Motion(here, now, motion.target, motion.target)
        self._glide = Glide()

    def _run(
        self, *, running: bool, pace: float | None = None, rate: float | None = None, ease: float | None = None
    ) -> None:
        """Ease to the speed that pace and rate ask for, or to none, leaving a glide to finish."""
        now = self._clock.ticks()
        here, goal, speed = self.position_at(now), self.goal, self._speed_at(now)
        self._pace = self._pace if pace is None else pace
        self._rate = self._rate if rate is None else rate
        flow, left = self._flow(here), self._glide.start + self._glide.seconds - now
        self._glide = Glide(self._flow(goal) - flow, now, left) if left > 0 else Glide()
        self._running = running
        target = self._pace / 60 * self._rate if running else 0.0
        self._motion = Motion(flow, now, speed, target, self._ease if ease is None else ease)
        self.changed.emit()

    def _speed_at(self, now: float) -> float:
        """Return the speed of the motion in flow a second; at either end of the text there is none."""
        speed, raw = self._motion.speed_at(now), self._raw_at(now)
        at_end = raw >= self._flow(self.total) if speed > 0 else raw <= 0
        return 0.0 if at_end else speed
