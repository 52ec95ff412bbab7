"""One thing a source said: a number at a time (sample) or something that happened (order, comment …)."""

from __future__ import annotations

from dataclasses import dataclass

from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import Fen

KINDS = frozenset(
    {
        "sample", "order", "refund", "comment", "enter", "like", "follow", "join", "gift", "share", "click", "cart",
        "room", "cut", "void", "revive", "rank", "pace", "restart",
    }
)  # fmt: skip
# The desk's own notes in a recording; nobody else has a say in them.
OWN_KINDS = frozenset({"room", "cut", "void", "revive", "rank", "pace", "restart"})
# What a person typed, what somebody brought in a file, the audience of a rehearsal.
MANUAL, FILE, SIMULATED = "manual", "file", "simulated"
UNNAMED = "unknown"  # of a record that does not say who sends it
OWN_SOURCES = frozenset({MANUAL, FILE, "desk", SIMULATED})  # names only the desk itself may give

_FASTEST = 1e6  # of a pace: a recording of a replay may be played fast again
_FAR_MS = 1e10  # of an origin from its note: no show lasts four months


@dataclass(frozen=True, slots=True)
class Record:
    """A feed record. Whoever made it has already checked it and hashed the viewer's name.

    ``metric`` and ``value`` belong to a sample (money in fen); a gift's ``value`` is its whole worth in coins.
    ``quantity`` units and ``amount`` (fen, the line's paid total) belong to an order; ``count`` to likes, gifts and
    shares. ``id`` is the source's own number of the record, empty where it has none. ``status`` is how far an order
    has come where the source tells it: ``ordered`` or ``paid``. ``estimated``: nobody told the amount, it is the live
    price. A ``room`` record (``id``: the room) says that the source's totals begin at 0 in another room, a ``cut``
    that a segment was taken then, a ``rank`` in which order sources rule from then on (``id``: by commas), a ``pace``
    how many times as fast as it happened a recording is played from then on (see ``pace_note``), a ``restart`` that
    the desk was started anew, a ``void`` that an order file tells better what was counted before: ``id`` is the key
    of the line it takes back, ``count`` how many orders, its ``status`` is refund for money given back; a ``revive``
    brings such a line (or, without an ``id``, those of its ``order`` that came late) back again.
    """

    at: Instant
    kind: str
    source: str = MANUAL
    metric: str = ""
    value: Number | None = None
    sku: str = ""
    quantity: int | None = None
    amount: Fen | None = None
    order: str = ""
    viewer: str = ""
    text: str = ""
    count: int | None = None
    id: str = ""
    status: str = ""
    estimated: bool = False


def pace_note(at: Instant, pace: float, origin: float | None = None) -> Record:
    """Return the note that what follows is played ``pace`` times as fast as it happened; 1 is as it happens.

    At ``origin`` (ms UTC, the show's clock) lies an instant at which ten seconds began when it happened.
    """
    return Record(at, "pace", "desk", id=f"{pace:.12g}" if origin is None else f"{pace:.12g} {origin!r}")


def pace_of(note: Record) -> tuple[float, float | None]:
    """Return the pace a note tells and its origin; 1 and none where it tells nothing that makes sense."""
    first, _blank, second = note.id.partition(" ")
    pace, origin = _number(first), _number(second)
    if pace is None or not 1 / _FASTEST <= pace <= _FASTEST:
        return 1.0, None
    return pace, origin if origin is not None and abs(origin - note.at) < _FAR_MS else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
