"""A record as one line, fast: the feed record of ``feeds.record`` with its time in whole milliseconds."""

from __future__ import annotations

from json.encoder import encode_basestring

from liveshop_desk.model.bases import is_money
from liveshop_desk.model.money import yuan_text
from liveshop_desk.model.record import Record


def line_of(record: Record) -> str:
    """Write a record as one line, without its end; ``feeds.record.decode_line`` reads it back the same.

    A fifth of what ``feeds.record.encode`` costs, because thousands are written a second.
    """
    parts = [f'{{"t":{record.at},"kind":"{record.kind}","source":{encode_basestring(record.source)}']
    if record.metric:
        parts.append(f'"metric":{encode_basestring(record.metric)}')
    if record.value is not None:
        parts.append(_value(record))
    if record.sku:
        parts.append(f'"sku":{encode_basestring(record.sku)}')
    if record.id:
        parts.append(f'"id":{encode_basestring(record.id)}')
    if record.count is not None:
        parts.append(f'"count":{record.count}')
    if record.order or record.quantity is not None or record.amount is not None or record.viewer:
        _bought(record, parts)
    if record.text:
        parts.append(f'"text":{encode_basestring(record.text)}')
    return ",".join(parts) + "}"


def _value(record: Record) -> str:
    """Write a figure: money in yuan."""
    if is_money(record.metric):
        return f'"value":"{yuan_text(round(record.value or 0))}"'
    return f'"value":{record.value!r}'


def _bought(record: Record, parts: list[str]) -> None:
    """Write what belongs to an order."""
    if record.order:
        parts.append(f'"order":{encode_basestring(record.order)}')
    if record.quantity is not None:
        parts.append(f'"quantity":{record.quantity}')
    if record.amount is not None:
        parts.append(f'"amount":"{yuan_text(record.amount)}"')
    if record.status:
        parts.append(f'"status":{encode_basestring(record.status)}')
    if record.estimated:
        parts.append('"estimated":true')
    if record.viewer:
        parts.append(f'"viewer_hash":{encode_basestring(record.viewer)}')
