"""A record as one line, fast: the feed record of ``feeds.record`` with its time in whole milliseconds."""

from __future__ import annotations

from json.encoder import encode_basestring as quoted

from liveshop_desk.model.bases import is_money
from liveshop_desk.model.money import yuan_text
from liveshop_desk.model.record import Record
from liveshop_desk.model.seen import record_key

_PEOPLE = frozenset({"order", "refund"})


def line_of(record: Record) -> str:
    """Write a record as one line, without its end; ``feeds.record.decode_line`` reads it back the same.

    A fifth of what ``feeds.record.encode`` costs, because thousands are written a second.
    """
    return _line(record, record.id, record.viewer, record.text)


def bare_line(record: Record) -> str:
    """Write a record without words and, but for orders and refunds, without people.

    One that only they tell from others gets its key as its id, so that it counts as often as it did.
    """
    if record.kind in _PEOPLE:
        return _line(record, record.id, record.viewer, "")
    number = record.id
    if not number and (record.viewer or record.text):
        number = record_key(record)
    return _line(record, number, "", "")


def _line(record: Record, number: str, viewer: str, text: str) -> str:
    line = f'{{"t":{record.at},"kind":{quoted(record.kind)},"source":{quoted(record.source)}'
    if record.metric:
        line += f',"metric":{quoted(record.metric)}'
    if record.value is not None:
        line += _value(record)
    if record.sku:
        line += f',"sku":{quoted(record.sku)}'
    if number:
        line += f',"id":{quoted(number)}'
    if record.count is not None:
        line += f',"count":{record.count}'
    if record.quantity is not None or record.order or record.amount is not None:
        line += _bought(record)
    if viewer:
        line += f',"viewer_hash":{quoted(viewer)}'
    if text:
        line += f',"text":{quoted(text)}'
    return line + "}"


def _value(record: Record) -> str:
    """Write a figure: money in yuan."""
    if is_money(record.metric):
        return f',"value":"{yuan_text(round(record.value or 0))}"'
    return f',"value":{record.value!r}'


def _bought(record: Record) -> str:
    """Write what belongs to an order."""
    parts = ""
    if record.order:
        parts += f',"order":{quoted(record.order)}'
    if record.quantity is not None:
        parts += f',"quantity":{record.quantity}'
    if record.amount is not None:
        parts += f',"amount":"{yuan_text(record.amount)}"'
    if record.status:
        parts += f',"status":{quoted(record.status)}'
    if record.estimated:
        parts += ',"estimated":true'
    return parts
