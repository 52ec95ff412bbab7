"""One cell into one value: text, amount, count, rate, id. Pure functions; missing is ``None``, never 0.

A cell is whatever a sheet holds: text, number, bool, date, time, length of time, or nothing.
A value that is there but cannot be read raises ``CellError`` with the reason in the user's language.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from liveshop_desk.i18n import _
from liveshop_desk.model.money import LIMIT, Fen, is_too_fine, whole_fen
from liveshop_desk.sheets.wordlists import words

Cell: TypeAlias = "str | float | bool | date | time | timedelta | None"

MISSING = words(
    "- -- --- — —— – − ‐ / \\ n/a na null none nan nil 无 暂无 暂无数据 #n/a #div/0! #value! #ref! #name? #null! #num!"
) | {""}
EDGES = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
UNREADABLE = "\ufffd"
EXACT_DIGITS = 10**15  # Excel keeps 15 significant digits; a longer number has lost its tail

_EXCEL_TEXT = re.compile(r'^=\s*"(.*)"$', re.DOTALL)
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+\d{2,}")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+|\d{1,4}(,\d{4})+)?(\.\d*)?(e[+-]?\d{1,2})?", re.ASCII)
_SIMPLE = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)  # most amounts: no need to fold or to round
_UNITS = {"万": 10_000, "亿": 100_000_000, "w": 10_000, "千": 1000, "k": 1000, "百万": 1_000_000}
_CURRENCY = re.compile(r"^(¥|人民币|rmb|cny|cn¥)+|(元|块|圆|rmb|cny|yuan)$")
_COUNTERS = re.compile(r"(人次|人|次|件|单|个|条|款|笔|场|箱|套|pcs)$")


class CellError(ValueError):
    """A cell holds something, but not what its column asks for. ``why`` is in the user's language.

    ``yearless`` where all that is missing is a date's year, which whoever reads the file can say.
    """

    def __init__(self, why: str, *, yearless: bool = False) -> None:
        super().__init__(why)
        self.why, self.yearless = why, yearless


def plain(cell: Cell) -> str:
    """Return a cell as bare text: no edge blanks, no leading ``'``, no ``="…"`` wrapper; nothing is ``""``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _bare(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (int, float)):
        return _number_text(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)


def _bare(value: str) -> str:
    """Strip what export tools put around a text to keep Excel from touching it."""
    value = value.strip(EDGES)
    if value.startswith("=") and (wrapped := _EXCEL_TEXT.match(value)):
        value = wrapped[1].replace('""', '"').strip(EDGES)
    return value[1:].strip(EDGES) if value.startswith("'") else value


def _number_text(value: float) -> str:
    """Write a number as it would be typed: 12, 12.5; whole numbers without a point."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < EXACT_DIGITS else repr(value)


def is_missing(cell: Cell) -> bool:
    """Tell whether the cell says nothing: empty, a dash, ``N/A``, ``无``."""
    return cell is None or cell == "" or plain(cell).lower() in MISSING


def text(cell: Cell) -> str | None:
    """Return the cell's text, inner line breaks kept. Raises CellError where the file's bytes were broken."""
    value = plain(cell)
    if value.lower() in MISSING:
        return None
    if UNREADABLE in value:
        raise CellError(_("has characters that cannot be read: the file's encoding is damaged"))
    return value.replace("\x00", "")


def line(cell: Cell) -> str | None:
    """Return the cell's text on one line."""
    value = text(cell)
    return " ".join(value.split()) if value is not None else None


def ident(cell: Cell) -> str | None:
    """Return an id, code or barcode as text. Raises CellError where a spreadsheet has already cut its digits."""
    if isinstance(cell, float) and abs(cell) >= EXACT_DIGITS:
        raise CellError(_("{value}: the number has lost its last digits; store the column as text").format(value=cell))
    value = text(cell)
    if value is not None and _SCIENTIFIC.fullmatch(value):
        raise CellError(_("{value}: the number has lost its last digits; store the column as text").format(value=value))
    return value


def number(cell: Cell) -> Decimal | None:
    """Return a number: ``1,234.5``, ``1.2万``, ``3亿``, ``(12)`` for −12, counters like 人 or 件 dropped."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _exact(cell)
    if is_missing(cell):
        return None
    if not isinstance(cell, str):
        raise _not_a_number(cell)
    bare = _COUNTERS.sub("", _folded(cell))
    return _decimal(bare, cell)


def _exact(value: float) -> Decimal | None:
    """Take a number cell as the digits it shows: 512392.0000000001 is 512392."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if abs(value) > LIMIT:
        raise CellError(_("“{value}” is too large").format(value=_shown(value)))
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)


def _folded(value: str) -> str:
    """Return text with full-width forms unified, lower case, and no blanks inside."""
    folded = unicodedata.normalize("NFKC", _bare(value)).lower().replace("−", "-").replace("–", "-")
    return "".join(folded.split())


def _decimal(bare: str, cell: Cell) -> Decimal:
    """Read folded digits with their unit; ``cell`` is named in the refusal."""
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1]
    factor = 1
    for unit in ("百万", "万", "亿", "w", "千", "k"):
        if bare.endswith(unit):
            factor, bare = _UNITS[unit], bare[: -len(unit)]
            break
    if len(bare) > 40 or not _NUMBER.fullmatch(bare) or not any(char.isdigit() for char in bare.split("e")[0]):
        raise _not_a_number(cell)
    value = Decimal(bare.replace(",", "")) * factor
    if abs(value) > LIMIT:
        raise CellError(_("“{value}” is too large").format(value=_shown(cell)))
    return value


def _not_a_number(cell: Cell) -> CellError:
    return CellError(_("“{value}” is not a number").format(value=_shown(cell)))


def _shown(cell: Cell) -> str:
    """Return a cell short enough for a message."""
    value = " ".join((plain(cell) or str(cell)).split())
    return value if len(value) <= 40 else value[:39] + "…"


def money(cell: Cell) -> Fen | None:
    """Return an amount in yuan as fen, half a fen rounded up; ``¥ ￥ 元`` and grouping commas dropped."""
    if isinstance(cell, str) and (simple := _SIMPLE.fullmatch(cell)):
        return int(simple[1]) * 100 + int((simple[2] or "").ljust(2, "0"))
    amount = _amount(cell)
    if amount is None:
        return None
    fen = whole_fen(amount)
    if abs(fen) > LIMIT:
        raise CellError(_("“{value}” is too large").format(value=_shown(cell)))
    return fen


def _amount(cell: Cell) -> Decimal | None:
    """Return an amount in yuan, with all its decimals."""
    if isinstance(cell, str) and not is_missing(cell):
        sign, bare = "", _folded(cell)
        if bare[:1] in ("-", "+") and len(bare) > 1:
            sign, bare = bare[0], bare[1:]
        bare = _CURRENCY.sub("", _CURRENCY.sub("", bare))
        return _decimal(sign + bare, cell)
    return number(cell)


def is_rounded(cell: Cell) -> bool:
    """Tell whether an amount that can be read has more decimals than money has: 189.999, and not 19.900."""
    if cell is None or (_SIMPLE.fullmatch(cell) if isinstance(cell, str) else _is_short(cell)):
        return False
    try:
        amount = _amount(cell)
    except CellError:
        return False
    return amount is not None and is_too_fine(amount)


def _is_short(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and cell == round(cell, 2)


def exact_price(cell: Cell) -> Fen | None:
    """Return a price that a person wrote: one that would have to be rounded is refused."""
    fen = price(cell)
    if is_rounded(cell):
        raise CellError(_("“{value}” has more than two decimals").format(value=_shown(cell)))
    return fen


def price(cell: Cell) -> Fen | None:
    """Return an amount that cannot be below zero."""
    fen = money(cell)
    if fen is not None and fen < 0:
        raise CellError(_("“{value}” is below zero").format(value=_shown(cell)))
    return fen


def count(cell: Cell) -> int | None:
    """Return a whole number; it may be below zero (a net figure)."""
    if isinstance(cell, str) and len(cell) < 15 and cell.isascii() and cell.isdecimal():
        return int(cell)
    value = number(cell)
    if value is None:
        return None
    if value != value.to_integral_value():
        raise CellError(_("“{value}” is not a whole number").format(value=_shown(cell)))
    return int(value)


def quantity(cell: Cell) -> int | None:
    """Return a whole number that cannot be below zero."""
    value = count(cell)
    if value is not None and value < 0:
        raise CellError(_("“{value}” is below zero").format(value=_shown(cell)))
    return value


def real(cell: Cell) -> float | None:
    """Return a number that may have decimals."""
    value = number(cell)
    return None if value is None else float(value)


def fraction(cell: Cell, *, percent: bool = False) -> float | None:
    """Return a rate: ``12.3%`` → 0.123. A bare number is a fraction, or percent where the header says so."""
    factor = Decimal("0.01") if percent else Decimal(1)
    if isinstance(cell, str):
        bare = _folded(cell)
        if bare.endswith(("%", "‰")):
            factor = Decimal("0.01") if bare.endswith("%") else Decimal("0.001")
            return float(_decimal(bare[:-1], cell) * factor)
    value = number(cell)
    return None if value is None else float(value * factor)
