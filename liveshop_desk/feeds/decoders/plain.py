"""The desk's own feed record (KPI.md): JSON lines, or one JSON array, as ``/api/v1/ingest`` and watched files give.

Who sends it is somebody else: a record that calls itself typed by hand, told by a file or made by the desk would be
believed before everything, and one of the desk's own kinds would cut the show's buckets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from liveshop_desk.feeds.decoders.base import Decoded, no_json
from liveshop_desk.feeds.record import RecordError, UnknownKind, decode_fields, decode_line
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import OWN_KINDS, OWN_SOURCES, Record

SOURCE = "ingest"
REASONS = 100  # of one message: more says nothing new
_DECODER = json.JSONDecoder(parse_float=Decimal)
_BATCH = 16  # lines: half a millisecond
_GAP = " \t\r\n"


def decode(data: bytes | str, _now: Instant, salt: bytes | str) -> Decoded:
    """Read all records of a message."""
    made = Decoded()
    for part in pieces(data, salt):
        merge(made, part)
    return made


def merge(whole: Decoded, part: Decoded) -> None:
    """Add what a piece held."""
    whole.records += part.records
    whole.unknown.update(part.unknown)
    whole.refused += part.refused[: REASONS - len(whole.refused)]


def pieces(data: bytes | str, salt: bytes | str) -> Iterator[Decoded]:
    """Read a message a few records at a time, so that whoever reads a large one can pause between them."""
    try:
        written = data.decode("utf-8-sig") if isinstance(data, bytes | bytearray) else data
    except ValueError:
        yield Decoded(refused=[no_json()])
        return
    if written.lstrip(_GAP).startswith("["):
        yield from _array(written, salt)
        return
    lines = [line for line in written.split("\n") if line and not line.isspace()]
    for start in range(0, len(lines), _BATCH):
        made = Decoded()
        for line in lines[start : start + _BATCH]:
            _piece(line, salt, made)
        yield made


def _array(written: str, salt: bytes | str) -> Iterator[Decoded]:
    """Read a JSON array element by element; where it breaks, what came before it is kept."""
    place = _skip(written, written.index("[") + 1)
    while place < len(written) and written[place] != "]":
        try:
            found, place = _DECODER.raw_decode(written, place)
        except (ValueError, RecursionError):
            yield Decoded(refused=[no_json()])
            return
        made = Decoded()
        _piece(found, salt, made)
        yield made
        place = _skip(written, place)
        if place < len(written) and written[place] == ",":
            place = _skip(written, place + 1)
        elif place >= len(written) or written[place] != "]":
            yield Decoded(refused=[no_json()])
            return


def _skip(written: str, place: int) -> int:
    """Return the place of the next sign that is no gap."""
    while place < len(written) and written[place] in _GAP:
        place += 1
    return place


def _piece(found: object, salt: bytes | str, made: Decoded) -> None:
    """Read one line, or one element that is parsed already, into ``made``."""
    try:
        if isinstance(found, str):
            made.records.append(_from_outside(decode_line(found, salt)))
        elif isinstance(found, dict):
            made.records.append(_from_outside(decode_fields(cast("Mapping[str, Any]", found), salt)))
        else:
            made.refused.append(_("not a JSON object"))
    except UnknownKind as error:
        made.unknown[error.kind] += 1
    except RecordError as error:
        made.refused.append(error.why)


def _from_outside(record: Record) -> Record:
    """Return a record under a name its sender may have. Raises UnknownKind for the desk's own kinds."""
    if record.kind in OWN_KINDS:
        raise UnknownKind(record.kind)
    return replace(record, source=SOURCE) if record.source in OWN_SOURCES else record
