"""Money is an integer number of fen (分). Nothing here ever becomes a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Fen = int

_STRIP = str.maketrans("", "", "¥￥元, \t\u3000'")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_UNITS = {"万": 10_000, "亿": 100_000_000}
LIMIT: Fen = 10**15


def parse_money(text: str) -> Fen:
    """Read an amount in yuan (``369``, ``¥1,234.00``, ``1.2万``) as fen, half a fen rounded up.

    Raises ValueError where it is not an amount.
    """
    bare = text.strip().translate(_STRIP)
    factor = 1
    if bare and bare[-1] in _UNITS:
        factor, bare = _UNITS[bare[-1]], bare[:-1]
    if not _PLAIN.fullmatch(bare):
        raise ValueError(text)
    try:
        fen = (Decimal(bare) * factor * 100).quantize(Decimal(1), ROUND_HALF_UP)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if abs(fen) > LIMIT:
        raise ValueError(text)
    return int(fen)


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
