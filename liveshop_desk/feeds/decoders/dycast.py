"""dycast: a JSON array of ``{id, method: "Webcast…Message", user, content, gift, room}``. See FEEDS.md."""

from __future__ import annotations

import re

from liveshop_desk.feeds.decoders.base import (
    NAME,
    Decoded,
    Fields,
    child,
    few,
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

SOURCE = "dycast"
_KINDS = {
    "WebcastChatMessage": "comment",
    "WebcastEmojiChatMessage": "comment",
    "WebcastGiftMessage": "gift",
    "WebcastLikeMessage": "like",
    "WebcastMemberMessage": "enter",
    "WebcastSocialMessage": "follow",
    "WebcastFansclubMessage": "join",
}
_FIGURES = frozenset({"WebcastRoomUserSeqMessage", "WebcastRoomStatsMessage"})
_SILENT = frozenset({"WebcastRoomRankMessage", "WebcastRoomDataSyncMessage"})
_CONTROL = "WebcastControlMessage"
_OVER = 3  # the platform's action for the end of a broadcast
_LIKES = re.compile(r"[(（]\s*(\d{1,7})\s*[)）]")
_SAMPLES = (("online", "audienceCount"), ("viewers", "totalUserCount"), ("likes", "likeCount"))


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one frame. It carries no time; its figures may be written (1.2万)."""
    return read_each(data, now, salt, _message)


def _message(fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one message into ``made``."""
    method = text(fields.get("method"), 60)
    room = child(fields, "room")
    if method in _KINDS:
        _event(_KINDS[method], fields, now, salt, made)
    elif method == _CONTROL:
        made.ended = made.ended or whole(room.get("status")) == _OVER
        made.ignored += 1
    elif method in _SILENT:
        made.ignored += 1
    elif method and method not in _FIGURES:
        made.stranger(method)
    elif not method:
        made.refused.append(_("“{key}” is missing").format(key="method"))
    for metric, key in _SAMPLES:
        made.records += sample(now, SOURCE, metric, room.get(key))


def _event(kind: str, fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read something a viewer did. A gift is sent again when its combo ends (repeatEnd): that one is not counted."""
    user, gift = child(fields, "user"), child(fields, "gift")
    if kind == "gift" and whole(gift.get("repeatEnd")):
        made.ignored += 1
        return
    count = few(gift.get("count")) if kind == "gift" else _likes(fields) if kind == "like" else None
    made.records.append(
        Record(
            now,
            kind,
            SOURCE,
            value=worth(count, gift.get("price")) if kind == "gift" else None,
            viewer=viewer(salt, user.get("id"), user.get("name")),
            text=text(fields.get("content")) if kind == "comment" else "",
            count=count,
            id=text(fields.get("id"), NAME),
        )
    )


def _likes(fields: Fields) -> int | None:
    """Read the increment out of “为主播点赞了(5)”."""
    found = _LIKES.search(text(fields.get("content"), 80))
    return few(found[1]) if found else None
