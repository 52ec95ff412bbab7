"""wxlivespy (WeChat Channels): what it POSTs, and what its ``/getLiveStatus`` answers. See FEEDS.md."""

from __future__ import annotations

from typing import cast

from liveshop_desk.feeds.decoders.base import NAME, Decoded, Fields, child, few, instant, objects, sample, text, viewer
from liveshop_desk.feeds.decoders.base import whole as whole_number
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import Number
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

SOURCE = "wxlivespy"
_KINDS = {"comment": "comment", "enter": "enter", "like": "like", "gift": "gift"}
_SILENT = frozenset({"levelup", "combogift", "combo_gift"})  # a combo's running total: each gift came on its own
_FIGURES = (("online", "online_count"), ("likes", "like_count"), ("tips", "reward_total_amount_in_wecoin"))


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one body. Events come again after a failure: seq, counted anew in every broadcast, tells them apart."""
    made = Decoded()
    for body in objects(data, made):
        whole = child(body, "decoded_data") or body
        info = child(whole, "live_info")
        live = text(info.get("live_id"), NAME // 2)
        made.room = live or made.room
        _events(whole, live, now, salt, made)
        _info(info, now, made)
        if not info and not isinstance(whole.get("events"), list):
            made.refused.append(_("“{key}” is missing").format(key="events"))
    return made


def decode_status(data: bytes | str, now: Instant, _salt: bytes | str) -> Decoded:
    """Read the answer of ``/getLiveStatus``: the live_info, by itself or in an object; ``{}`` before a broadcast."""
    made = Decoded()
    for body in objects(data, made):
        info = child(body, "live_info") or body
        made.room = text(info.get("live_id"), NAME // 2)
        if not any(key in info for _metric, key in _FIGURES):
            made.ignored += 1
        _info(info, now, made)
    return made


def _info(info: Fields, now: Instant, made: Decoded) -> None:
    """Read the room's figures."""
    for metric, key in _FIGURES:
        made.records += sample(now, SOURCE, metric, info.get(key))


def _events(body: Fields, live: str, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read the list of events."""
    events = body.get("events")
    for event in cast("list[object]", events) if isinstance(events, list) else []:
        if isinstance(event, dict):
            _event(cast("Fields", event), live, now, salt, made)
        else:
            made.refused.append(_("not a JSON object"))


def _event(event: Fields, live: str, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one event."""
    named = text(event.get("decoded_type"), 40)
    kind = _KINDS.get(named)
    if kind is None:
        if named in _SILENT:
            made.ignored += 1
        else:
            made.stranger(named if named != "unknown" else f"unknown {text(event.get('msg_sub_type'), 20)}")
        return
    gift = kind == "gift"
    made.records.append(
        Record(
            instant(event.get("msg_time"), now, made),
            kind,
            SOURCE,
            value=_worth(event) if gift else None,
            viewer=viewer(salt, event.get("sec_openid"), event.get("nickname")),
            text=text(event.get("content")) if kind == "comment" else "",
            count=few(event.get("gift_num")) if gift else None,
            id=_number(event, live),
        )
    )


def _worth(event: Fields) -> Number | None:
    """Return a gift's worth: the relay gives that of all of it, not of one."""
    return whole_number(event.get("gift_value"))


def _number(event: Fields, live: str) -> str:
    """Return what makes the event the same again."""
    seq = text(event.get("seq"), 40)
    return f"{live}:{seq}" if seq and seq != "0" else text(event.get("msg_id"), NAME)
