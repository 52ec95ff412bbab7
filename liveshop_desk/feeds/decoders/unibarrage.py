"""UniBarrage: ``{rid, platform, type: Chat/Gift/Like/EnterRoom/Subscribe/EndLive, data}``. See FEEDS.md."""

from __future__ import annotations

from liveshop_desk.feeds.decoders.base import NAME, Decoded, Fields, child, few, read_each, text, viewer, worth
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

SOURCE = "unibarrage"
_KINDS = {
    "Chat": "comment",
    "SuperChat": "comment",
    "Gift": "gift",
    "Like": "like",
    "EnterRoom": "enter",
    "Subscribe": "join",
}


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one frame. Viewers have a name only; the platform's own number is in ``raw`` where it is passed on."""
    return read_each(data, now, salt, _message)


def _message(fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one message into ``made``."""
    named = text(fields.get("type"), 40)
    platform = text(fields.get("platform"), 20)
    made.room = f"{platform} {text(fields.get('rid'), 100)}".strip() or made.room
    if named == "EndLive":
        made.ended = True
        made.ignored += 1
        return
    kind = _KINDS.get(named)
    if kind is None:
        if named:
            made.stranger(named)
        else:
            made.refused.append(_("“{key}” is missing").format(key="type"))
        return
    data = child(fields, "data")
    count = _count(kind, data)
    name = text(data.get("name"), NAME)
    made.records.append(
        Record(
            now,
            kind,
            SOURCE,
            value=worth(count, data.get("price")) if kind == "gift" else None,
            viewer=viewer(salt, f"{platform} {name}" if name else ""),
            text=text(data.get("content")) if kind == "comment" else "",
            count=count,
            id=_number(data, platform),
        )
    )


def _count(kind: str, data: Fields) -> int | None:
    """Return how many gifts or likes."""
    return few(data.get("num")) if kind == "gift" else few(data.get("count")) if kind == "like" else None


def _number(data: Fields, platform: str) -> str:
    """Return the platform's number of the message, where the relay passes it on."""
    raw = child(data, "raw")
    number = text(child(raw, "common").get("msg_id") or raw.get("msg_id"), 100)
    return f"{platform} {number}" if number and number != "0" else ""
