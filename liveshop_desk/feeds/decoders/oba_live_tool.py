"""oba-live-tool: one object a frame, told apart by ``msg_type``. See FEEDS.md."""

from __future__ import annotations

from liveshop_desk.feeds.decoders.base import NAME, Decoded, Fields, few, instant, read_each, text, viewer
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.record import Record

SOURCE = "oba"
_EVENTS = {
    "room_enter": "enter",
    "room_like": "like",
    "room_follow": "follow",
    "subscribe_merchant_brand_vip": "join",
    "ecom_fansclub_participate": "join",
}
_COMMENTS = frozenset({"comment", "xiaohongshu_comment", "taobao_comment", "wechat_channel_live_msg"})
_STATUSES = {"已下单": "ordered", "已付款": "paid"}


def decode(data: bytes | str, now: Instant, salt: bytes | str) -> Decoded:
    """Read one frame."""
    return read_each(data, now, salt, _message)


def _message(fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read one message into ``made``."""
    kind = text(fields.get("msg_type"), 40)
    if not kind:
        made.refused.append(_("“{key}” is missing").format(key="msg_type"))
    elif kind == "live_order":
        _order(fields, now, salt, made)
    elif kind in _EVENTS or kind in _COMMENTS:
        name = _EVENTS.get(kind, "comment")
        said = text(fields.get("content")) if name == "comment" else ""
        made.records.append(
            Record(
                instant(fields.get("time"), now, made),
                name,
                SOURCE,
                viewer=viewer(salt, fields.get("user_id"), fields.get("nick_name")),
                text=said,
                count=few(fields.get("count")) if name == "like" else None,
                id=text(fields.get("msg_id"), NAME),
            )
        )
    else:
        made.stranger(kind)


def _order(fields: Fields, now: Instant, salt: bytes | str, made: Decoded) -> None:
    """Read an order's step. ``msg_id`` is order number#status; no amount and no quantity are ever told."""
    said = text(fields.get("order_status"), 40)
    status = _STATUSES.get(said)
    number = text(fields.get("msg_id"), NAME)
    if status is None:
        made.stranger(f"live_order {said}")
        return
    order = number.partition("#")[0]
    if not order:
        made.refused.append(_("“{key}” is missing").format(key="msg_id"))
        return
    made.records.append(
        Record(
            instant(fields.get("time") or fields.get("order_ts"), now, made),
            "order",
            SOURCE,
            sku=text(fields.get("product_id"), NAME),
            order=order,
            viewer=viewer(salt, fields.get("user_id"), fields.get("nick_name")),
            id=number,
            status=status,
        )
    )
