"""DouyinBarrageGrab: ``{"Type": n, "Data": "<JSON text>"}``, parsed twice. See FEEDS.md and its published types."""

from __future__ import annotations

from collections.abc import Callable

from liveshop_desk.feeds.decoders.base import (
    NAME,
    Decoded,
    Fields,
    child,
    few,
    parse,
    read_each,
    sample,
    text,
    viewer,
    whole,
    worth,
)
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

SOURCE = "barragegrab"
_JOINED = 2  # the fan club's own Type: 1 is a new level


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one frame. It carries no time: what it says happened ``now``."""
    return read_each(data, now, salt, _message)


def _message(outer: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one message into ``made``."""
    kind = whole(outer.get("Type"))
    if kind is None:
        made.refused.append(_("“{key}” is missing").format(key="Type"))
        return
    reader = _READERS.get(kind)
    if reader is None:
        made.stranger(kind)
        return
    inner = _inner(outer, made)
    if inner is None:
        return
    made.room = text(inner.get("RoomId"), NAME) or made.room
    made.ended = made.ended or kind == _ENDED
    records = reader(inner, _event(inner, now, salt))
    made.records += records
    made.ignored += not records


def _inner(outer: Fields, made: Decoded) -> Fields | None:
    """Return what ``Data`` holds: JSON in a text, in some versions the object itself."""
    data = outer.get("Data")
    if isinstance(data, dict):
        return child(outer, "Data")
    if not isinstance(data, str):
        made.refused.append(_("“{key}” is missing").format(key="Data"))
        return None
    found = parse(data, made)
    if isinstance(found, dict):
        return child({"Data": found}, "Data")
    if not made.refused:
        made.refused.append(_("not a JSON object"))
    return None


def _event(inner: Fields, now: Instant, salt: bytes | str) -> Record:
    """Return what every event has; its kind is not yet right."""
    user = child(inner, "User")
    who = viewer(salt, user.get("Id"), user.get("SecUid"), user.get("DisplayId"), user.get("Nickname"))
    number = text(inner.get("MsgId"), NAME)
    return Record(now, "comment", SOURCE, viewer=who, id="" if number == "0" else number)


def _plain(kind: str) -> Callable[[Fields, Record], list[Record]]:
    """Return a reader of events that only happened."""
    return lambda _inner, event: [_as(event, kind)]


def _as(event: Record, kind: str, **parts: object) -> Record:
    """Return ``event`` as another kind with more said. Built by hand: dataclasses.replace costs three times that."""
    return Record(event.at, kind, SOURCE, viewer=event.viewer, id=event.id, **parts)  # pyright: ignore[reportArgumentType]


def _comment(inner: Fields, event: Record) -> list[Record]:
    return [_as(event, "comment", text=text(inner.get("Content")))]


def _like(inner: Fields, event: Record) -> list[Record]:
    """Count is the increment; Total is the room's and stands above it."""
    count = few(inner.get("Count"))
    return [_as(event, "like", count=count), *sample(event.at, SOURCE, "likes", inner.get("Total") or None)]


def _enter(inner: Fields, event: Record) -> list[Record]:
    """Somebody is inside now, so a present count of 0 is a missing one."""
    return [_as(event, "enter"), *sample(event.at, SOURCE, "online", inner.get("CurrentCount") or None)]


def _gift(inner: Fields, event: Record) -> list[Record]:
    """GiftCount is the increment of a combo; nothing new is no record."""
    count = few(inner.get("GiftCount"))
    if count == 0:
        return []
    return [_as(event, "gift", count=count, value=worth(count, inner.get("DiamondCount")))]


def _statistics(inner: Fields, event: Record) -> list[Record]:
    """Read the room's figures; the written form (1.2万) only where the number is missing."""
    records: list[Record] = []
    for metric, key in (("online", "OnlineUserCount"), ("viewers", "TotalUserCount")):
        found = inner.get(key)
        records += sample(event.at, SOURCE, metric, inner.get(f"{key}Str") if whole(found) is None else found)
    return records


def _fan_club(inner: Fields, event: Record) -> list[Record]:
    return [_as(event, "join")] if whole(inner.get("Type")) == _JOINED else []


def _ended(_inner: Fields, _event: Record) -> list[Record]:
    return []


_ENDED = 9
_READERS: dict[int, Callable[[Fields, Record], list[Record]]] = {
    1: _comment,
    2: _like,
    3: _enter,
    4: _plain("follow"),
    5: _gift,
    6: _statistics,
    7: _fan_club,
    8: _plain("share"),
    _ENDED: _ended,
}
