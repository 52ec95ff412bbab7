"""What was read when, and how fast somebody reads.

The log is told where the reader is, a few times a second and at whatever moves it. A stretch counts as read where
the text ran through it: what is jumped over is not read, standing still takes no time, going back begins a new row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.reading import Reading
from liveshop_desk.prompter.pace import FASTEST, PACE, SLOWEST, TIMED, ParagraphMap, TextMap
from liveshop_desk.prompter.script import Paragraph

SLACK = 2.0  # units an interval may be longer than the pace explains
HASTE = 1.25  # … and times: a pace may have been changed within it
COAST_MS = 600  # how long the text still runs out after a pause
GAP_MS = 3_000  # without a word for so long, nobody knows what happened
LEAST = 0.5  # units: what is less was passed, not read

LEAST_LAP = 10.0  # units: a shorter paragraph says nothing of a pace
LEAST_UNITS = 30.0  # … and so does a shorter text
ODD = 2.0  # times faster or slower than the usual lap: a phone call, a page skipped
WORTH = 0.1  # a pace that differs by less is not worth a question


class Seen(NamedTuple):
    """Where the reader was at an instant: units from the start, the pace it was set to, whether it ran."""

    at: Instant
    units: float
    pace: float
    playing: bool


@dataclass(slots=True)
class _Row:
    """A row that is still growing; ``low`` and ``high`` in spoken units from the paragraph's start.

    ``ms`` is the time of what is spoken; pauses and counted numbers take their own.
    """

    id: str
    paragraph: int
    text: str
    start: Instant
    end: Instant
    low: float
    high: float
    ms: float = 0.0
    dirty: bool = True


class ReadingLog:
    """The readings of one session, as they come. ``take`` hands out what is new or has grown since."""

    def __init__(self, session_id: str, make_id: Callable[[], str]) -> None:
        self.session_id = session_id
        self.segment_id = ""
        self._make_id = make_id
        self._paragraphs: Sequence[Paragraph] = ()
        self._text = TextMap(())
        self._last: Seen | None = None
        self._ran: Instant | None = None  # when it was last known to run
        self._row: _Row | None = None
        self._done: list[Reading] = []

    def open(self, segment_id: str, paragraphs: Sequence[Paragraph], text: TextMap, now: Seen) -> None:
        """Begin another script; what was being read is closed."""
        self._close()
        self.segment_id, self._paragraphs, self._text = segment_id, paragraphs, text
        self._last, self._ran = now, None

    def turn(self, paragraphs: Sequence[Paragraph], text: TextMap, before: Seen, units: float) -> None:
        """Take a changed text of the same script; the reader, till then at ``before``, is at ``units`` of it."""
        self.observe(before)
        self._paragraphs, self._text = paragraphs, text
        self._last = before._replace(units=units)
        row, at = self._row, text.place_at(units).paragraph
        if row is None:
            return
        if at >= len(paragraphs):
            self._close()
            return
        inside = self._spoken(units) - self._spoken(text.starts[at])
        row.paragraph, row.text, row.dirty = at, paragraphs[at].text, True
        row.low, row.high = max(0.0, inside - (row.high - row.low)), inside

    def observe(self, now: Seen) -> None:
        """Take note of where the reader is."""
        last, self._last = self._last, now
        if now.playing or (last is not None and last.playing):
            self._ran = now.at
        if last is None or not self.segment_id:
            return
        moved, ms = now.units - last.units, now.at - last.at
        if not 0 <= ms <= GAP_MS or not _plausible(moved, ms, max(now.pace, last.pace)):
            self._close()  # a jump, or nobody watched
        elif moved > 0 and self._runs(last):
            self._read(last, now)
        elif moved > 0:
            self._close()  # pushed on by hand

    def close(self) -> None:
        """Close what is being read: the show is over, or nobody watches any more."""
        self._close()
        self._last = None

    def take(self) -> list[Reading]:
        """Return the rows that are new or have grown since last taken; the same id again is the same row, longer."""
        rows, self._done = self._done, []
        if self._row is not None and self._row.dirty:
            self._row.dirty = False
            rows += self._rows_of(self._row)
        return rows

    def _runs(self, last: Seen) -> bool:
        """Tell whether the text ran since ``last``: then, now, or running out after a pause."""
        return last.playing or (self._ran is not None and last.at - self._ran <= COAST_MS)

    def _spoken(self, units: float) -> float:
        """Return how many of the first ``units`` are spoken at her pace: not waited, not counted down."""
        return units - self._text.timed_before(units)

    def _read(self, last: Seen, now: Seen) -> None:
        """Give each paragraph between two places its part of the time: by units, for the instants it was read at."""
        text, moved, span = self._text, now.units - last.units, now.at - last.at
        spoken = self._spoken(now.units) - self._spoken(last.units)
        left = max(0.0, span - (moved - spoken) / TIMED * 1000)
        for at in range(text.place_at(last.units).paragraph, len(text.starts)):
            low, high = max(last.units, text.starts[at]), min(now.units, text.ends[at])
            if high > low:
                begin, end = (last.at + round(span * (units - last.units) / moved) for units in (low, high))
                own = self._spoken(high) - self._spoken(low)
                self._grow(at, high, own, (begin, end), left * own / spoken if spoken > 0 else 0.0)
            if text.ends[at] >= now.units:
                break

    def _grow(self, at: int, reached: float, units: float, when: tuple[Instant, Instant], ms: float) -> None:
        """Let the row of paragraph ``at`` grow by ``units`` spoken, up to ``reached`` units of the script."""
        high = self._spoken(reached) - self._spoken(self._text.starts[at])
        if self._row is None or self._row.paragraph != at:
            self._close()
            self._row = _Row(self._make_id(), at, self._paragraphs[at].text, when[0], when[0], high - units, high)
        row = self._row
        row.high, row.end, row.dirty = high, when[1], True
        row.ms += ms

    def _close(self) -> None:
        row, self._row = self._row, None
        if row is not None and row.dirty:
            self._done += self._rows_of(row)

    def _rows_of(self, row: _Row) -> list[Reading]:
        units = row.high - row.low
        if (units < LEAST or row.ms <= 0) and not _counts(self._text.maps[row.paragraph]):
            return []
        pace = units * 60_000 / row.ms if row.ms > 0 else 0.0
        if pace > FASTEST * HASTE:  # a turn of the wheel over it: nobody reads so fast
            return []
        return [
            Reading(
                row.id, self.session_id, self.segment_id, row.paragraph, row.text, row.start, row.end,
                round(units, 2), round(pace, 1), round(row.low, 2), round(self._text.spoken, 2),
            )
        ]  # fmt: skip


def _plausible(moved: float, ms: float, pace: float) -> bool:
    """Tell whether reading explains the move: forward, and no farther than the pace goes."""
    return 0 <= moved <= HASTE * max(pace, PACE) / 60_000 * ms + SLACK


def _counts(paragraph: ParagraphMap) -> bool:
    """Tell whether numbers are counted aloud in a paragraph: read, though not at her pace."""
    return any(not stretch.still for stretch in paragraph.stretches)


# --- how fast somebody reads


class Lap(NamedTuple):
    """Paragraphs ``first`` to ``last`` (from 0, both included) read aloud: ``units`` in ``seconds``."""

    first: int
    last: int
    units: float
    seconds: float

    @property
    def pace(self) -> float:
        """Return units a minute; 0 where no time passed."""
        return self.units * 60 / self.seconds if self.seconds > 0 else 0.0


def usual(laps: Sequence[Lap]) -> list[Lap]:
    """Return the laps that say something: long enough, and not twice faster or slower than the median."""
    counted = [lap for lap in laps if lap.units >= LEAST_LAP and lap.seconds > 0]
    if not counted:
        return []
    middle = _median([lap.pace for lap in counted])
    return [lap for lap in counted if middle / ODD < lap.pace < middle * ODD]


def own_pace(laps: Sequence[Lap]) -> int | None:
    """Return a reader's own pace in units a minute; ``None`` where too little was read to tell."""
    found = usual(laps)
    units = sum(lap.units for lap in found)
    if units < LEAST_UNITS:
        return None
    pace = units * 60 / sum(lap.seconds for lap in found)
    return round(min(FASTEST, max(SLOWEST, pace)))


def pace_of_shows(shows: Sequence[Sequence[Reading]]) -> int | None:
    """Return the median of what somebody read in each of some shows; ``None`` where too little was read."""
    paces = [own_pace([Lap(row.paragraph, row.paragraph, row.units, row.seconds) for row in rows]) for rows in shows]
    known = [pace for pace in paces if pace is not None]
    return round(_median(known)) if known else None


def _median(values: Sequence[float]) -> float:
    from statistics import median  # here: it loads fractions, random and OpenSSL, and every start on air this module

    return median(values)


def worth_proposing(found: float | None, used: float) -> bool:
    """Tell whether a pace that was found differs enough from the one in use."""
    return found is not None and abs(found / used - 1) > WORTH


@dataclass(slots=True)
class ReadThrough:
    """A read-through being timed. ``units`` are spoken of each paragraph, ``waits`` its pauses; times in seconds.

    ``at`` is the paragraph being read, ``None`` before the start and after the end; silent ones are passed over.
    """

    units: Sequence[float]
    waits: Sequence[float] = ()
    at: int | None = None
    laps: list[Lap] = field(default_factory=list[Lap])
    began: float = 0.0

    @property
    def done(self) -> bool:
        """Tell whether it has been read."""
        return self.at is None and bool(self.laps)

    def start(self, now: float) -> None:
        """Begin at the first paragraph that is spoken; what was timed before is forgotten."""
        self.laps.clear()
        self.at, self.began = self._spoken(0), now

    def lap(self, now: float) -> None:
        """Note that the paragraph has been read; after the last one it is over."""
        if self.at is not None:
            following = self._spoken(self.at + 1)
            self._note(self.at if following is None else following - 1, now)
            self.at, self.began = following, now

    def finish(self, now: float) -> None:
        """Note that the rest has been read, to the end."""
        if self.at is not None:
            self._note(len(self.units) - 1, now)
            self.at = None

    def _note(self, last: int, now: float) -> None:
        assert self.at is not None
        waited = sum(self.waits[self.at : last + 1])
        units = sum(self.units[self.at : last + 1])
        self.laps.append(Lap(self.at, last, units, max(0.0, now - self.began - waited)))

    @classmethod
    def of(cls, text: TextMap) -> ReadThrough:
        """Return one of a script."""
        waits = [sum(each.end - each.start for each in one.stretches) for one in text.maps]
        units = [one.total - waited for one, waited in zip(text.maps, waits, strict=True)]
        return cls(units, [waited / TIMED for waited in waits])

    def _spoken(self, at: int) -> int | None:
        """Return the first paragraph from ``at`` on with anything to say."""
        return next((number for number in range(at, len(self.units)) if self.units[number] > 0), None)
