"""A figure as people and programs write it: ``1284``, ``86,402``, ``1.2万``, ``¥369``, ``1分35秒``, ``01:35``."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from liveshop_desk.model.bases import BASES, Number, Unit
from liveshop_desk.model.money import parse_money

LIMIT = 10**12
_STRIP = str.maketrans("", "", ", \t\u3000'")
_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{0,9})?|\.\d{1,9})([万亿wWkK]?)")
_FACTORS = {"": 1, "万": 10_000, "w": 10_000, "k": 1_000, "亿": 100_000_000}
_SPAN = re.compile(r"(?:(\d{1,4})(?:小时|时|h))?(?:(\d{1,4})(?:分钟|分|m))?(?:(\d{1,6})(?:秒钟|秒|s))?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")


def read_figure(metric: str, text: str) -> Number:
    """Read ``text`` as a figure of ``metric``: fen for money, seconds for lengths, else a whole count.

    Averages may have decimals. Raises ValueError where it is not one, is negative or beyond 10¹².
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    base = BASES.get(metric)
    unit = base.unit if base else Unit.COUNT
    if unit is Unit.MONEY:
        return _money(bare)
    if unit is Unit.SECONDS:
        return _seconds(bare)
    number = _number(bare)
    if number != number.to_integral_value() and metric != "online_mean":
        raise ValueError(text)
    return _plain(number)


def _money(text: str) -> int:
    """Read yuan as fen; w and k are 万 and thousand here as well."""
    match = _NUMBER.fullmatch(text.translate(_STRIP))
    if match and match[2] in ("w", "W", "k", "K"):
        fen = _number(text) * 100
        if fen != fen.to_integral_value():
            raise ValueError(text)
        return int(fen)
    fen = parse_money(text)
    if fen < 0:
        raise ValueError(text)
    return fen


def _seconds(text: str) -> Number:
    """Read a length of time; a bare number is seconds."""
    bare = text.translate(_STRIP).lower()
    match = _CLOCK.fullmatch(bare) or (_SPAN.fullmatch(bare) if bare else None)
    if match:
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    return _plain(_number(text))


def _number(text: str) -> Decimal:
    """Read a number of zero or more, exact."""
    match = _NUMBER.fullmatch(text.translate(_STRIP))
    if match is None:
        raise ValueError(text)
    number = Decimal(match[1]) * _FACTORS[match[2].lower()]
    if number > LIMIT:
        raise ValueError(text)
    return number


def _plain(number: Decimal) -> Number:
    """Return an int where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
