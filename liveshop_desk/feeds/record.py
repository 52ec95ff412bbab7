"""The feed record: one JSON object a line, as files, scripts and the local endpoint send it.

``{"t":"2026-11-21T20:12:43.120+08:00","kind":"order","sku":"Y9981","quantity":1,"amount":"369.00","order":"6917…"}``
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NoReturn, cast

from liveshop_desk.errors import UserError
from liveshop_desk.feeds.figure import read_figure
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import Number, is_money
from liveshop_desk.model.clock import Instant, from_datetime, iso_text
from liveshop_desk.model.money import parse_money, yuan_text
from liveshop_desk.model.record import KINDS, UNNAMED, Record

LINE_LIMIT = 64 * 1024
_TEXT_LIMIT = 500
_NAME_LIMIT = 200
_COUNT_LIMIT = 1_000_000
_LARGEST, _DECIMALS = 15, 9  # of a number: the power of ten, and the decimals that are read
_STATUSES = frozenset({"ordered", "paid", "refund"})
_EARLIEST: Instant = 946_684_800_000  # 2000-01-01; what lies outside is a broken clock, not a time
_LATEST: Instant = 4_102_444_800_000  # 2100-01-01
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_HASH = re.compile(r"[0-9a-f]{16}")
# What a terminal, a table or a prompter could stumble over: control and bidirectional override characters.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class RecordError(UserError):
    """A line that is no record. ``why`` is in the user's language."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownKind(RecordError):  # noqa: N818 - not a fault of the line: a kind this desk does not know yet
    """A well-formed record of a kind nobody defined. ``kind`` is cut to 40 characters."""

    def __init__(self, kind: str) -> None:
        super().__init__(_("unknown kind “{kind}”").format(kind=kind))
        self.kind = kind


def hash_viewer(name: str, salt: bytes | str) -> str:
    """Return 16 hex digits for a viewer's name or number; the same for the same shop, useless elsewhere."""
    import hmac  # here: it loads OpenSSL, which a start without a recording has no need of

    key = salt.encode() if isinstance(salt, str) else salt
    return hmac.digest(key, name.encode("utf-8", "replace"), "sha256").hex()[:16]


def decode_line(line: bytes | str, salt: bytes | str) -> Record:
    """Read one line. Unknown keys are ignored; the viewer's name is hashed and not kept.

    Raises RecordError (UnknownKind for a kind nobody defined).
    """
    return decode_fields(_object(line), salt)


def decode_fields(fields: Mapping[str, Any], salt: bytes | str) -> Record:
    """Read a JSON object that is parsed already (numbers with a point as Decimal), as ``decode_line`` does."""
    kind = _text(fields, "kind", 40)
    if not kind:
        _refuse(_("“{key}” is missing").format(key="kind"))
    at = _instant(fields.get("t"))
    if kind not in KINDS:
        raise UnknownKind(kind)
    metric = _metric(fields) if kind == "sample" else ""
    return Record(
        at=at,
        kind=kind,
        source=_text(fields, "source", 40) or UNNAMED,
        metric=metric,
        value=_value(fields, kind, metric),
        sku=_text(fields, "sku", _NAME_LIMIT),
        quantity=_count(fields, "quantity"),
        amount=_amount(fields),
        order=_text(fields, "order", _NAME_LIMIT),
        viewer=_viewer(fields, salt),
        text=_text(fields, "text", _TEXT_LIMIT),
        count=_count(fields, "count"),
        id=_text(fields, "id", _NAME_LIMIT),
        status=_status(fields),
        estimated=fields.get("estimated") is True,
    )


def encode(record: Record) -> str:
    """Write a record as one line, without its end. ``decode_line`` reads it back the same.

    The viewer goes out as ``viewer_hash``, so that reading it does not hash it again.
    """
    fields: dict[str, Any] = {"t": iso_text(record.at), "kind": record.kind, "source": record.source}
    if record.value is not None:
        money = is_money(record.metric)
        fields["value"] = yuan_text(round(record.value)) if money else record.value
    if record.amount is not None:
        fields["amount"] = yuan_text(record.amount)
    for key in ("metric", "sku", "order", "text", "id", "status"):
        fields[key] = getattr(record, key) or None
    fields |= {"quantity": record.quantity, "count": record.count, "viewer_hash": record.viewer or None}
    fields["estimated"] = record.estimated or None
    kept = {key: part for key, part in fields.items() if part is not None}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _refuse(why: str) -> NoReturn:
    """Raise the refusal."""
    raise RecordError(why)


def _object(line: bytes | str) -> Mapping[str, Any]:
    """Read the JSON object of a line, numbers exact."""
    if len(line) > LINE_LIMIT:
        _refuse(_("longer than {limit} KB").format(limit=LINE_LIMIT // 1024))
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        found: object = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(_("not a line of JSON")) from error
    if not isinstance(found, dict):
        _refuse(_("not a JSON object"))
    return cast("dict[str, Any]", found)


def _no_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which are not JSON."""
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)  # made once: it costs 6 µs


def _text(fields: Mapping[str, Any], key: str, limit: int) -> str:
    """Read a text or a whole number as text, cleaned and cut; an id like 1.73E+18 has lost digits: refused."""
    found = fields.get(key)
    if found is None:
        return ""
    if isinstance(found, bool) or not isinstance(found, str | int):
        _refuse(_("“{key}” is not a text").format(key=key))
    return clean_text(str(found), limit)


def clean_text(found: str, limit: int) -> str:
    """Return a text from outside without control and direction marks, cut to ``limit`` characters."""
    if len(found) <= limit and found.isprintable():  # nearly all: nothing in it to clean
        return found.strip()
    return _UNSEEN.sub(" ", found[: limit * 2]).strip()[:limit].strip()


def _status(fields: Mapping[str, Any]) -> str:
    """Read how far an order has come; a word nobody defined says nothing."""
    status = _text(fields, "status", 40)
    return status if status in _STATUSES else ""


def _instant(found: object) -> Instant:
    """Read ``t``: ISO 8601 (without an offset: local time) or whole milliseconds since 1970."""
    at: object = found
    if isinstance(found, str):
        try:
            at = from_datetime(datetime.fromisoformat(found.strip()))
        except (ValueError, OverflowError, OSError):
            at = None
    if isinstance(at, bool) or not isinstance(at, int) or not _EARLIEST <= at < _LATEST:
        _refuse(_("“{key}” is not a time").format(key="t"))
    return at


def _metric(fields: Mapping[str, Any]) -> str:
    """Read the metric's name of a sample."""
    metric = _text(fields, "metric", 41)
    if not _NAME.fullmatch(metric):
        _refuse(_("“{key}” is missing or not a name").format(key="metric"))
    return metric


def _value(fields: Mapping[str, Any], kind: str, metric: str) -> Number | None:
    """Read the value of a sample (it must have one) or of a gift; money comes in yuan and is kept in fen."""
    found = fields.get("value")
    if kind not in ("sample", "gift") or (found is None and kind == "gift"):
        return None
    if isinstance(found, bool) or not isinstance(found, str | int | Decimal):
        _refuse(_("“{key}” is not a number").format(key="value"))
    try:
        return read_figure(metric or "tips", _plain_text(found))
    except ValueError as error:
        below = isinstance(found, int | Decimal) and found < 0
        why = _("“{key}” is below 0") if below else _("“{key}” is not a number")
        raise RecordError(why.format(key="value")) from error


def _plain_text(found: str | int | Decimal) -> str:
    """Write a number without an exponent, short of the absurd.

    Programs write what they worked out in binary with all its digits (66.12345678901234, 0.30000000000000004): what
    comes behind the ninth decimal says nothing.
    """
    if isinstance(found, str):
        return found[:40]
    if isinstance(found, int):
        return str(found)
    if found.adjusted() > _LARGEST:
        raise ValueError
    text = format(found, "f")
    return text if len(text) <= _DECIMALS + 2 else format(round(found, _DECIMALS).normalize(), "f")


def _count(fields: Mapping[str, Any], key: str) -> int | None:
    """Read a whole number from 0 to a million; ``None`` where there is none."""
    found = fields.get(key)
    if isinstance(found, str) and re.fullmatch(r"[0-9]{1,7}", found):
        found = int(found)
    if found is None:
        return None
    if isinstance(found, int) and found < 0:
        _refuse(_("“{key}” is below 0").format(key=key))
    if isinstance(found, bool) or not isinstance(found, int) or found > _COUNT_LIMIT:
        _refuse(_("“{key}” is not a whole number").format(key=key))
    return found


def _amount(fields: Mapping[str, Any]) -> int | None:
    """Read ``amount``, yuan as a decimal text or number, as fen; ``None`` where there is none."""
    found = fields.get("amount")
    if found is None or found == "":
        return None
    fen = _fen(found)
    if fen is not None and fen < 0:
        _refuse(_("“{key}” is below 0").format(key="amount"))
    if fen is None:
        _refuse(_("“{key}” is not an amount in yuan").format(key="amount"))
    return fen


def _fen(found: object) -> int | None:
    """Read an amount in yuan; ``None`` where it is none."""
    if isinstance(found, bool) or not isinstance(found, str | int | Decimal):
        return None
    try:
        return parse_money(_plain_text(found))
    except ValueError:
        return None


def _viewer(fields: Mapping[str, Any], salt: bytes | str) -> str:
    """Return the viewer's hash: made here, or of a record this desk wrote itself."""
    ready = fields.get("viewer_hash")
    if isinstance(ready, str) and _HASH.fullmatch(ready):
        return ready
    name = _text(fields, "viewer", _NAME_LIMIT)
    return hash_viewer(name, salt) if name else ""
