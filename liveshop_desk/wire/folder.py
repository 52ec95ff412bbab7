"""A watched folder: files of feed records that grow, and order files that somebody has exported into it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path

from liveshop_desk.errors import in_words
from liveshop_desk.i18n import _
from liveshop_desk.wire.config import SourceConfig
from liveshop_desk.wire.gate import Gate
from liveshop_desk.wire.limits import Limits

CHUNK = 256 * 1024
_RECORDS = frozenset({".jsonl", ".ndjson"})
_ORDERS = frozenset({".csv", ".xlsx", ".xls", ".xlsb", ".ods"})
_MOST_FILES = 500  # the newest of them: a folder of downloads holds years of others
_STEADY = 2  # looks at which a file must have the same size

OnFile = Callable[[Path], object]


@dataclass(slots=True)
class Tail:
    """How far one growing file was read. ``skipping``: inside a line too long; ``barred``: it cannot be read."""

    path: Path
    inode: int
    offset: int
    skipping: bool = False
    barred: bool = False

    def stirs(self, facts: os.stat_result) -> bool:
        """Tell whether there is more to read, or another file in its place."""
        return (facts.st_ino, facts.st_size) != (self.inode, self.offset)

    def read(self, limit: int) -> tuple[bytes, int]:
        """Return (whole lines since the last time, lines over ``limit`` passed over); at most ``CHUNK`` bytes.

        A file that was cut short or replaced is read from its beginning. Raises OSError.
        """
        with self.path.open("rb") as file:
            facts = os.fstat(file.fileno())
            if facts.st_ino != self.inode or facts.st_size < self.offset:
                self.inode, self.offset, self.skipping = facts.st_ino, 0, False
            file.seek(self.offset)
            found = file.read(CHUNK)
        return self._lines(found, limit)

    def _lines(self, found: bytes, limit: int) -> tuple[bytes, int]:
        """Cut at the last line's end; what is after it comes with the next reading."""
        long = 0
        end = found.rfind(b"\n") + 1
        if not end:
            if len(found) > limit:  # no end in sight: it is passed over up to its end
                long = 0 if self.skipping else 1
                self.skipping = True
                self.offset += len(found)
            elif self.skipping:
                self.offset += len(found)
            return b"", long
        self.offset += end
        begin = found.find(b"\n") + 1 if self.skipping else 0
        self.skipping = False
        return found[begin:end], long


def last_line_start(path: Path) -> int:
    """Return where the last, perhaps unfinished, line of a file begins: reading on “from its end” starts there."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = max(0, size - CHUNK)
        file.seek(start)
        return start + file.read(CHUNK).rfind(b"\n") + 1


class Folder:
    """What was seen in the folder so far. Its methods touch the disk: they are called in a thread."""

    def __init__(self, place: Path, *, from_start: bool) -> None:
        self._place = place
        self._from_start = from_start
        self._tails: dict[Path, Tail] = {}
        self._sizes: dict[Path, tuple[int, int, int]] = {}  # size, time, how often seen so
        self._first = True

    def look(self) -> tuple[list[Tail], list[Path]]:
        """Return (files of records that have grown, order files that are new and whole). Raises OSError."""
        tails: list[Tail] = []
        orders: list[Path] = []
        for path, facts in self._files():
            if path.suffix.lower() in _RECORDS:
                tail = self._followed(path, facts)
                if tail is not None and tail.stirs(facts):
                    tails.append(tail)
            elif self._is_ready(path, facts):
                orders.append(path)
        self._first = False
        return tails, orders

    def _files(self) -> list[tuple[Path, os.stat_result]]:
        if self._place.is_file():
            return [(self._place, self._place.stat())]
        with os.scandir(self._place) as entries:
            found = [file for entry in entries if (file := _wanted(entry)) is not None]
        newest = nlargest(_MOST_FILES, found, key=lambda file: file[1].st_mtime_ns)
        return sorted(newest, key=lambda file: file[0])

    def _followed(self, path: Path, facts: os.stat_result) -> Tail | None:
        """Return how far a file was read; one that was there before us from its end, unless asked otherwise."""
        if path not in self._tails:
            at_end = self._first and not self._from_start
            try:
                self._tails[path] = Tail(path, facts.st_ino, last_line_start(path) if at_end else 0)
            except OSError:  # gone meanwhile, or its writer lets nobody in: the next look tells
                return None
        return self._tails[path]

    def _is_ready(self, path: Path, facts: os.stat_result) -> bool:
        """Tell once that a file has come and grows no more. What was there before us is nothing new."""
        size, time, seen = self._sizes.get(path, (-1, -1, 0))
        same = (size, time) == (facts.st_size, facts.st_mtime_ns)
        seen = seen + 1 if same else _STEADY + 1 if self._first else 1
        self._sizes[path] = (facts.st_size, facts.st_mtime_ns, min(seen, _STEADY + 1))
        return seen == _STEADY and facts.st_size > 0


def _wanted(entry: os.DirEntry[str]) -> tuple[Path, os.stat_result] | None:
    """Return a file we know what to do with; ``None`` for any other, and for one that is gone already."""
    path = Path(entry.path)
    if entry.name.startswith((".", "~$")) or path.suffix.lower() not in _RECORDS | _ORDERS:
        return None
    try:
        # Not entry.stat(): on Windows that knows no inode, and no new size of a file still being written.
        return (path, path.stat()) if entry.is_file() else None
    except OSError:
        return None


async def run_folder(config: SourceConfig, gate: Gate, limits: Limits, on_file: OnFile) -> None:
    """Watch until cancelled."""
    meter = gate.meter(config.kind)
    if not config.address.strip():
        meter.down(_("Choose a folder first."))
        return
    folder = Folder(Path(config.address), from_start=config.from_start)
    while True:
        try:
            tails, orders = await asyncio.to_thread(folder.look)
            meter.open()
            for path in orders:  # first: each is told of once, whatever the others do
                on_file(path)
            for tail in tails:
                await _read_on(tail, config.kind, gate, limits)
        except FileNotFoundError:
            meter.down(_("There is no folder {path}.").format(path=config.address))
        except OSError as error:
            meter.down(_("{path} cannot be read: {why}").format(path=config.address, why=in_words(error)))
        await asyncio.sleep(limits.folder)


async def _read_on(tail: Tail, key: str, gate: Gate, limits: Limits) -> None:
    """Take what has come since; a file can wait, so nothing of it is dropped in a flood."""
    while True:
        before = tail.offset
        try:
            lines, long = await asyncio.to_thread(tail.read, limits.frame)
        except FileNotFoundError:
            return
        except OSError as error:  # one file that cannot be read must not hide the others
            if not tail.barred:
                gate.meter(key).refuse(f"{tail.path.name}: {in_words(error)}")
            tail.barred = True
            return
        tail.barred = False
        gate.meter(key).oversize += long
        if lines:
            await gate.take(key, lines, limit=CHUNK, patient=True)
        if tail.offset == before:
            return
