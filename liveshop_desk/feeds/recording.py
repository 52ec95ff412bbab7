"""A recording: feed records in a file, one a line, read in a stream and played at any speed."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from liveshop_desk.errors import UserError, in_words
from liveshop_desk.feeds.record import LINE_LIMIT, RecordError, UnknownKind, decode_line
from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.clock import Clock, Instant
from liveshop_desk.model.grid import BUCKET_MS
from liveshop_desk.model.record import OWN_KINDS, Record, pace_note, pace_of
from liveshop_desk.model.seen import record_key

_KEPT_REASONS = 100
_KEPT_KINDS = 50
_GZIP = b"\x1f\x8b"
_DAY_MS = 24 * 3_600_000
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that was left out. ``number`` counts from 1; ``why`` is in the user's language."""

    number: int
    why: str


class Recording:
    """A ``.jsonl`` file, compressed by gzip or not, as an iterable of records.

    A bad line is counted and passed over, never the end of it.
    After (or while) iterating: ``read`` lines seen, ``taken`` records among them, ``bad`` the first hundred
    refusals of ``bad_count``, ``unknown`` kinds with their number, ``done_bytes`` of ``size`` (of the lines, where
    compressed).
    """

    def __init__(self, path: Path, salt: bytes | str) -> None:
        self.path = path
        self.size = _size(path)
        self._salt = salt
        self._reset()

    def _reset(self) -> None:
        """Begin counting anew."""
        self.read = 0
        self.taken = 0
        self.done_bytes = 0
        self.bad_count = 0
        self.bad: list[BadLine] = []
        self.unknown: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Record]:
        self._reset()
        try:
            with _open(self.path) as file:
                for line in _lines(file):
                    self.read += 1
                    self.done_bytes = file.tell()
                    record = self._decode(line)
                    if record is not None:
                        self.taken += 1
                        yield record
        except (OSError, EOFError, zlib.error) as error:
            raise _unreadable(self.path, error) from error

    def left_out(self) -> str:
        """Say in the user's language what of the lines read so far was not taken in; empty where all was."""
        parts: list[str] = []
        if self.bad:
            first = self.bad[0]
            text = ngettext(
                "{n} line could not be read: line {line}, {why}.",
                "{n} lines could not be read, first line {line}: {why}.",
                self.bad_count,
            )
            parts.append(text.format(n=self.bad_count, line=first.number, why=first.why.rstrip(".。")))
        if self.unknown:
            text = ngettext("{n} line of an unknown kind.", "{n} lines of unknown kinds.", self.unknown.total())
            parts.append(text.format(n=self.unknown.total()))
        return " ".join(parts)

    def refusal(self) -> UserError | None:
        """Return what to say of a file whose lines were read to the end and none was a record; else ``None``."""
        if self.taken or not (self.bad_count or self.unknown):
            return None
        return UserError(
            _("Nothing was replayed: no line of {name} is a feed record. {left_out}").format(
                name=self.path.name, left_out=self.left_out()
            ),
            kept=_("The figures of the show are as they were."),
            todo=_("Choose a recording: a file of feed records, one a line (.jsonl)."),
        )

    def _decode(self, line: bytes) -> Record | None:
        """Read one line; ``None`` for an empty, unknown or bad one."""
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            return None
        try:
            return decode_line(line, self._salt)
        except UnknownKind as error:
            if error.kind in self.unknown or len(self.unknown) < _KEPT_KINDS:
                self.unknown[error.kind] += 1
        except RecordError as error:
            self.bad_count += 1
            if len(self.bad) < _KEPT_REASONS:
                self.bad.append(BadLine(self.read, error.why))
        return None


def _open(path: Path) -> BinaryIO:
    """Open a recording, compressed or not: its first bytes tell, not its name."""
    file = path.open("rb")
    if file.read(2) != _GZIP:
        file.seek(0)
        return file
    file.close()
    return cast("BinaryIO", gzip.open(path, "rb"))


def _unreadable(path: Path, error: Exception) -> UserError:
    """Say that the file cannot be read."""
    return UserError(_("The recording {name} cannot be read: {why}.").format(name=path.name, why=in_words(error)))


def _size(path: Path) -> int:
    """Return the file's size in bytes; refuse what cannot be opened, a folder too, before anything is begun with it."""
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error) from error


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield lines; of one over the limit only its beginning, the rest is skipped without being held."""
    while line := file.readline(LINE_LIMIT + 1):
        yield line
        while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
            line = file.readline(LINE_LIMIT + 1)


def is_stray(at: Instant, first: Instant) -> bool:
    """Tell whether a time cannot be of the recording whose first record is of ``first``: a clock was far off."""
    return abs(at - first) > _DAY_MS


class Replay:
    """When each record of a recording is due. A pure schedule: it never waits, it is asked.

    ``speed`` 1 is as it was, 60 an hour in a minute, 0 as fast as asked. ``shift_to`` moves the records' own
    times so that the first is at that instant; with ``squeeze`` the times between them shrink with the speed too,
    so that they fall on the clock of a session running now: what comes to lie in the past is due at once. A time
    more than a day from the first is none of this recording's: such a record comes with those before it.
    """

    def __init__(
        self,
        records: Iterable[Record],
        speed: float,
        clock: Clock,
        *,
        shift_to: Instant | None = None,
        squeeze: bool = False,
    ) -> None:
        if not 0 <= speed < float("inf"):
            raise ValueError(speed)
        self._records = iter(records)
        self._next = next(self._records, None)
        self._first = self._next.at if self._next else 0
        self._reached: Instant = self._first
        self._speed = speed
        self._clock = clock
        self._shift_to = shift_to
        self._squeeze = squeeze and speed > 0
        ahead = clock.now() - shift_to if self._squeeze and shift_to is not None else 0
        self._started = clock.ticks() - ahead / 1000
        self._pace = 1.0  # what was said of it
        self._newest: dict[tuple[str, str], tuple[Instant, Instant]] = {}  # each figure's own time, and where it lies
        self.played = 0

    @property
    def done(self) -> bool:
        """Tell whether every record was handed out."""
        return self._next is None

    @property
    def position(self) -> float:
        """Return how many seconds of the recording have been played."""
        return (self._reached - self._first) / 1000

    def due(self, limit: int = BATCH) -> list[Record]:
        """Return the records due by now, in file order, at most ``limit``: the rest comes with the next call."""
        batch: list[Record] = []
        until = self._until()
        while self._next is not None and len(batch) < limit and self._is_due(self._next, until):
            if not is_stray(self._next.at, self._first):
                self._reached = max(self._reached, self._next.at)
            batch.append(self._timed(self._next))
            self._next = next(self._records, None)
        self.played += len(batch)
        return batch

    def begin(self) -> list[Record]:
        """Return what to say before the first record: where the times are drawn together, silence is shorter too.

        Without it a source would rule for 15 s of the show that is on, which may be a quarter of an hour of the one
        that is played, and the figures would not be those of then.
        """
        return self._note(self._speed, self._origin()) if self._squeeze else []

    def end(self) -> list[Record]:
        """Return what to say after the last record, or when it is stopped: time goes its own pace again."""
        return self._note(1)

    def _note(self, pace: float, origin: float | None = None) -> list[Record]:
        """Return the note of a pace, where it is another than the last one said."""
        before, self._pace = self._pace, pace
        return [pace_note(self._clock.now(), pace, origin)] if pace != before else []

    def _origin(self) -> float | None:
        """Return where on the show's clock the first record's ten seconds begin."""
        return self._placed(self._first - self._first % BUCKET_MS) if self._squeeze else None

    def _until(self) -> float:
        """Return the recording's instant that has come by now."""
        return self._first + (self._clock.ticks() - self._started) * 1000 * self._speed

    def _is_due(self, record: Record, until: float) -> bool:
        """Tell whether its time has come."""
        return self._speed == 0 or record.at <= until or is_stray(record.at, self._first)

    def _placed(self, at: float) -> float:
        """Return where an instant of the recording comes to lie on the show's clock."""
        if self._shift_to is None:
            return at
        return self._shift_to + (at - self._first) / (self._speed if self._squeeze else 1)

    def _timed(self, record: Record) -> Record:
        """Return the record on the session's clock."""
        if record.kind == "pace":
            return self._paced(record)
        if self._shift_to is None:
            return record
        if is_stray(record.at, self._first):
            record = replace(record, at=self._reached)
        at = round(self._placed(record.at))
        if record.kind in OWN_KINDS or not self._squeeze:
            return replace(record, at=at)
        known = record.id or record_key(record)
        if not (record.id or record.order):  # two likes may share a millisecond now; an order is known by its number
            known = f"{known} {self._shift_to}"
        return replace(record, at=self._in_turn(record, at) if record.metric else at, id=known)

    def _paced(self, note: Record) -> Record:
        """Return the note of a replay that was recorded: both paces together."""
        pace, origin = pace_of(note)
        self._pace = pace * (self._speed if self._squeeze else 1)
        lies = self._origin() if origin is None else self._placed(origin)
        return pace_note(round(self._placed(note.at)), self._pace, lies)

    def _in_turn(self, record: Record, at: Instant) -> Instant:
        """Return ``at``, but for a figure that was older than the one before: so it is, in the same millisecond too."""
        newest = self._newest.get((record.source, record.metric))
        if newest is None or record.at >= newest[0]:
            self._newest[record.source, record.metric] = (record.at, at)
            return at
        return min(at, newest[1] - 1)
