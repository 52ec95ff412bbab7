"""Money is an integer number of fen (分). Nothing here ever becomes a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Fen = int

_STRIP = str.maketrans("", "", "¥￥元, \t\u3000'")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_UNITS = {"万": 10_000, "亿": 100_000_000}
LIMIT: Fen = 10**15
_NOISE = Decimal("0.001")  # of a fen: what binary numbers add on the way, as in 189.99999999999997


class TooFine(ValueError):  # noqa: N818 - an amount it is
    """A price has more than two decimals, and they say another amount than the two do."""


def parse_money(text: str) -> Fen:
    """Read an amount in yuan (``369``, ``¥1,234.00``, ``1.2万``) as fen, half a fen rounded up.

    Raises ValueError where it is not an amount.
    """
    return whole_fen(_yuan(text))


def parse_price(text: str) -> Fen:
    """Read a price as ``parse_money`` does. Raises TooFine where it would be rounded, ValueError where it is none."""
    yuan = _yuan(text)
    if is_too_fine(yuan):
        raise TooFine(text)
    return whole_fen(yuan)


def whole_fen(yuan: Decimal) -> Fen:
    """Return an amount as fen, half a fen rounded up."""
    return int((yuan * 100).quantize(Decimal(1), ROUND_HALF_UP))


def is_too_fine(yuan: Decimal) -> bool:
    """Tell whether fen cannot hold the amount: 189.999; 19.900 they can."""
    return abs(yuan * 100 - whole_fen(yuan)) > _NOISE


def _yuan(text: str) -> Decimal:
    bare = text.strip().translate(_STRIP)
    factor = 1
    if bare and bare[-1] in _UNITS:
        factor, bare = _UNITS[bare[-1]], bare[:-1]
    if not _PLAIN.fullmatch(bare):
        raise ValueError(text)
    yuan = Decimal(bare) * factor
    try:
        fen = whole_fen(yuan)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if abs(fen) > LIMIT:
        raise ValueError(text)
    return yuan


def money_text(fen: Fen | None, *, cents: bool = True) -> str:
    """Write fen as ``¥1,234.00``; without ``cents`` whole yuan are written bare (``¥369``, ``¥59.90``)."""
    if fen is None:
        return "—"
    sign = "−" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    if not cents and rest == 0:
        return f"{sign}¥{yuan:,}"
    return f"{sign}¥{yuan:,}.{rest:02d}"


def yuan_text(fen: Fen) -> str:
    """Write fen as a plain decimal string in yuan, for files and the feed record: ``369.00``."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan}.{rest:02d}"
