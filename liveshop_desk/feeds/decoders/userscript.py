"""A browser userscript (Taobao, Kuaishou, PDD, XHS, 1688): ``{type, username, content}``. See FEEDS.md."""

from __future__ import annotations

from liveshop_desk.feeds.decoders.base import Decoded, Fields, few, read_each, text, viewer
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

SOURCE = "userscript"
_KINDS = {"comment": "comment", "gift": "gift", "like": "like", "enter": "enter", "follow": "follow"}


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one frame. It has neither time nor number; ``info`` is the script's own greeting."""
    return read_each(data, now, salt, _message)


def _message(fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one message into ``made``."""
    named = text(fields.get("type"), 40)
    kind = _KINDS.get(named)
    if kind is not None:
        made.records.append(
            Record(
                now,
                kind,
                SOURCE,
                viewer=viewer(salt, fields.get("username")),
                text=text(fields.get("content")) if kind == "comment" else "",
                count=few(fields.get("count")) if kind in ("like", "gift") else None,
            )
        )
    elif named == "info":
        made.ignored += 1
    elif named:
        made.stranger(named)
    else:
        made.refused.append(_("“{key}” is missing").format(key="type"))
