"""A watched folder: files of feed records that grow, and order files that somebody has exported into it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from liveshop_desk.i18n import _
from liveshop_desk.wire.config import SourceConfig
from liveshop_desk.wire.gate import Gate
from liveshop_desk.wire.limits import Limits

CHUNK = 256 * 1024
_RECORDS = frozenset({".jsonl", ".ndjson"})
_ORDERS = frozenset({".csv", ".xlsx", ".xls", ".xlsb", ".ods"})
_MOST_FILES = 500
_STEADY = 2  # looks at which a file must have the same size

OnFile = Callable[[Path], object]


@dataclass(slots=True)
class Tail:
    """How far one growing file was read. ``skipping``: inside a line that is too long."""

    path: Path
    inode: int
    offset: int
    skipping: bool = False

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
        """Return (files of records, order files that are new and whole). Raises OSError."""
        orders: list[Path] = []
        for path in self._files():
            suffix = path.suffix.lower()
            if suffix in _RECORDS:
                self._follow(path)
            elif suffix in _ORDERS and self._is_ready(path):
                orders.append(path)
        self._first = False
        return list(self._tails.values()), orders

    def _files(self) -> list[Path]:
        if self._place.is_file():
            return [self._place]
        found = [path for path in self._place.iterdir() if not path.name.startswith((".", "~$")) and path.is_file()]
        return sorted(found)[:_MOST_FILES]

    def _follow(self, path: Path) -> None:
        """Begin to read a file: one that was there before us from its end, unless its beginning was asked for."""
        if path not in self._tails:
            at_end = self._first and not self._from_start
            self._tails[path] = Tail(path, path.stat().st_ino, last_line_start(path) if at_end else 0)

    def _is_ready(self, path: Path) -> bool:
        """Tell once that a file has come and grows no more. What was there before us is nothing new."""
        facts = path.stat()
        size, time, seen = self._sizes.get(path, (-1, -1, 0))
        same = (size, time) == (facts.st_size, facts.st_mtime_ns)
        seen = seen + 1 if same else _STEADY + 1 if self._first else 1
        self._sizes[path] = (facts.st_size, facts.st_mtime_ns, min(seen, _STEADY + 1))
        return seen == _STEADY and facts.st_size > 0


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
            for tail in tails:
                await _read_on(tail, config.kind, gate, limits)
            for path in orders:
                on_file(path)
        except OSError as error:
            meter.down(_("{path} cannot be read: {why}").format(path=config.address, why=error.strerror or ""))
        await asyncio.sleep(limits.folder)


async def _read_on(tail: Tail, key: str, gate: Gate, limits: Limits) -> None:
    """Take what has come since; a file can wait, so nothing of it is dropped in a flood."""
    while True:
        before = tail.offset
        try:
            lines, long = await asyncio.to_thread(tail.read, limits.frame)
        except FileNotFoundError:
            return
        gate.meter(key).oversize += long
        if lines:
            await gate.take(key, lines, limit=CHUNK, patient=True)
        if tail.offset == before:
            return
