"""What the decoders share: reading loosely typed JSON without ever raising."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from liveshop_desk.feeds.figure import read_figure
from liveshop_desk.feeds.record import clean_text, hash_viewer
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

TEXT = 500
NAME = 200
MOST = 1_000_000  # likes, gifts or shares one message may tell; the feed record's own limit
_LARGEST = 10**12
_SKEW_MS = 300_000  # a relay's clock further off than five minutes is wrong: the moment of receipt stands
_SECONDS_BELOW = 10**11  # an instant smaller than this is in seconds
_LATEST = 10**14
_LONGEST_INSTANT = 14

Fields = Mapping[str, Any]


@dataclass(slots=True)
class Decoded:
    """What one message held: records in order, types nobody knows, and why the rest was refused (user's language).

    ``ignored`` counts messages that are understood and say nothing new (a greeting, a running total of a combo).
    ``room`` is the platform's room where the message names it; ``ended`` that the broadcast is over;
    ``skewed`` counts times too far from now to be believed.
    """

    records: list[Record] = field(default_factory=list[Record])
    unknown: Counter[str] = field(default_factory=Counter[str])
    refused: list[str] = field(default_factory=list[str])
    ignored: int = 0
    room: str = ""
    ended: bool = False
    skewed: int = 0

    def stranger(self, name: object) -> None:
        """Count a message of a type nobody knows."""
        self.unknown[text(name, 40) or "?"] += 1


def no_json() -> str:
    """Return the reason for what is no JSON."""
    return _("not JSON")


def parse(data: bytes | str, into: Decoded) -> object:
    """Read one JSON text; ``None`` and a reason where it is none."""
    try:
        written = data.decode("utf-8-sig") if isinstance(data, bytes | bytearray) else data
        return json.loads(written, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        into.refused.append(no_json())
        return None


def _no_constant(name: str) -> float:
    """Refuse NaN and Infinity, which are not JSON."""
    raise ValueError(name)


def read_each(
    data: bytes | str, now: Instant, salt: bytes | str, read: Callable[[Fields, Instant, bytes | str, Decoded], None]
) -> Decoded:
    """Read each object of a frame with ``read(fields, now, salt, made)``; return what came of all of them."""
    made = Decoded()
    for fields in objects(data, made):
        read(fields, now, salt, made)
    return made


def objects(data: bytes | str, into: Decoded) -> list[Fields]:
    """Read one object, or a list of them; what is none is refused."""
    found = parse(data, into)
    if found is None:
        if not into.refused:
            into.refused.append(_("not a JSON object"))
        return []
    made: list[Fields] = []
    for part in cast("list[object]", found) if isinstance(found, list) else [found]:
        if isinstance(part, dict):
            made.append(cast("Fields", part))
        else:
            into.refused.append(_("not a JSON object"))
    return made


def child(fields: Fields, key: str) -> Fields:
    """Return the object under ``key``; an empty one where it is missing, null or something else."""
    found = fields.get(key)
    return cast("Fields", found) if isinstance(found, dict) else {}


def text(found: object, limit: int = TEXT) -> str:
    """Return a text or a whole number (ids come as both) as clean text; empty for anything else."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    if isinstance(found, int) and abs(found) > 10**30:  # Python refuses to write very long numbers
        return ""
    return clean_text(str(found), limit)


def whole(found: object) -> int | None:
    """Return a count of zero or more: ``5``, ``5.0``, ``"321"``, ``"1.2万"``; ``None`` for anything else."""
    if isinstance(found, bool):
        return None
    if isinstance(found, str):
        try:
            found = read_figure("views", found[:40])
        except ValueError:
            return None
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return found if isinstance(found, int) and 0 <= found <= _LARGEST else None


def few(found: object) -> int | None:
    """Return a count of one message; ``None`` where it is none or more than a message can tell."""
    count = whole(found)
    return count if count is not None and count <= MOST else None


def worth(count: int | None, price: object) -> Number | None:
    """Return what gifts are worth in coins; ``None`` where the message does not tell."""
    if isinstance(price, str):
        price = whole(price)
    if isinstance(price, bool) or not isinstance(price, int | float) or not 0 <= price <= _LARGEST:
        return None
    value = round((1 if count is None else count) * price)
    return value if value <= _LARGEST else None


def viewer(salt: bytes | str, *names: object) -> str:
    """Return the hash of the first name or number that says something."""
    for name in names:
        said = text(name, NAME)
        if said and said != "0":
            return hash_viewer(said, salt)
    return ""


def instant(found: object, now: Instant, into: Decoded) -> Instant:
    """Return the message's own time (ms or s), or ``now`` where it has none or its clock is wrong."""
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= _LONGEST_INSTANT:
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 < found < _LATEST:
        return now
    at = int(found)
    if at < _SECONDS_BELOW:
        at *= 1000
    if abs(at - now) > _SKEW_MS:
        into.skewed += 1
        return now
    return at


def sample(at: Instant, source: str, metric: str, found: object) -> list[Record]:
    """Return the record of one figure; none where it is missing."""
    value = whole(found)
    return [] if value is None else [Record(at, "sample", source, metric, value)]
