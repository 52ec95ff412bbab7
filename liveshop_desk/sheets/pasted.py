"""A pasted list without a header: one product or segment a line, figures told by how they look."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace

from liveshop_desk.i18n import _
from liveshop_desk.model.session import Kind
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import CellError
from liveshop_desk.sheets.queue_row import QueueRow, kind_of
from liveshop_desk.sheets.report import Reading, Refusal

_COMMA_BY_WORD = re.compile(r"(?<!\d),|,(?!\d)|，|;|；")
_ORDINAL = re.compile(r"\s*(?:\(?\d{1,3}[.、)）．]|[①-⑳])\s*(?=\D)")
_CODE = re.compile(r"(?=[A-Z0-9._/#-]*\d)[A-Z0-9][A-Z0-9._/#-]{1,63}")
_GROUPED = re.compile(r"[¥￥]?\d{1,3}(?:,\d{3})+(?:\.\d+)?元?")
_CUT_NUMBER = re.compile(r"\d\.\d+E\+", re.IGNORECASE)
_PRICE = re.compile(r"[¥￥]\s*[\d.,万wWkK]+|[\d.,万wWkK]+\s*(?:元|块|rmb|RMB)")
_STOCK = re.compile(r"(?:库存|x|×|\*)\s*[:：]?\s*\d[\d,]*|\d[\d,]*\s*(?:件|个|套|单|条|箱|pcs)")
_LENGTH = re.compile(
    r"(?:\d+(?:\.\d+)?\s*(?:小时|分钟?|秒钟?|mins?|m|s|h|['′])\s*)+|\d+:\d{2}(?::\d{2})?", re.IGNORECASE
)
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?[万wWkK]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line in parts. ``by_blanks``: only blanks set them apart, so a name may be several parts."""

    parts: list[str]
    by_blanks: bool = False


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of one line: plain numbers in the order price, stock, minutes."""

    price: str | None = None
    stock: str | None = None
    length: str | None = None


def split_pasted(text: str) -> list[Line]:
    """Split pasted text into lines of parts: at tabs, else at commas or semicolons, else at blanks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "\t" in text:
        try:
            return [Line(list(row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
        except csv.Error:
            return [Line(line.split("\t")) for line in text.split("\n")]
    return [_split_line(line) for line in text.split("\n")]


def _split_line(line: str) -> Line:
    """Split one line without tabs. A comma between digits is a delimiter only where others delimit too."""
    bare = line.strip()
    one_word = len(bare.split()) == 1 and not _GROUPED.fullmatch(bare)
    if re.search(r"[,，;；]", bare) and (one_word or _COMMA_BY_WORD.search(bare)):
        return Line([part.strip() for part in re.split(r"[,，;；]", bare)])
    if re.search(r"\S\s{2,}\S", bare):
        return Line(re.split(r"\s{2,}", bare))
    return Line(bare.split(), by_blanks=True)


def parse_lines(lines: list[Line]) -> Reading[QueueRow]:
    """Read lines without a header."""
    records: list[tuple[int, QueueRow]] = []
    refused: list[Refusal] = []
    skipped = 0
    for number, line in enumerate(lines, 1):
        parts = [stripped for part in line.parts if (stripped := part.strip(cells.EDGES))]
        if not parts:
            skipped += 1
            continue
        try:
            records.append((number, _line(parts, by_blanks=line.by_blanks)))
        except CellError as error:
            refused.append(Refusal(number, "", error.why))
    return Reading("pasted", "", records, refused, len(records) + len(refused), skipped, [])


def _line(parts: list[str], *, by_blanks: bool) -> QueueRow:
    """Read one line: names first, figures after."""
    order, parts = _ordinal(parts)
    cut = _first_figure(parts, by_blanks=by_blanks)
    names, rest = parts[:cut], parts[cut:]
    figures, words = _figures(rest)
    code = _code(names)
    title = " ".join(names[1:] if code and len(names) > 1 else names)
    sold = bool(code) or figures.price is not None
    length = when.seconds(figures.length, "minutes") if figures.length else None
    return QueueRow(
        kind=kind_of(None, None, title, sold=sold) or Kind.PITCH,
        title=title,
        number=order,
        product_code=code,
        live_price=cells.price(figures.price),
        stock=cells.quantity(_digits(figures.stock)),
        planned_seconds=None if length is None else round(length),
        note=" ".join(words) or None,
    )


def _first_figure(parts: list[str], *, by_blanks: bool) -> int:
    """Return where the figures begin. Among blanks only the last run counts: “iPhone 15 Pro 6999”."""
    if not by_blanks:
        return next((i for i, part in enumerate(parts) if i and _is_figure(part)), len(parts))
    cut = len(parts)
    while cut > 1 and _is_figure(parts[cut - 1]):
        cut -= 1
    return cut


def _code(names: list[str]) -> str | None:
    """Return the first name where it is a code; a number that lost its digits is refused."""
    alone = len(names) == 1 and _CODE.fullmatch(names[0].upper())
    return cells.ident(names[0]) if alone or _CODE.fullmatch(names[0]) or _CUT_NUMBER.match(names[0]) else None


def _ordinal(parts: list[str]) -> tuple[int | None, list[str]]:
    """Take a list number off the front: ``1.``, ``2、``, ``③``, or a short number before a name."""
    if len(parts) > 1 and re.fullmatch(r"\d{1,3}[.、)）．]?", parts[0]) and not _is_figure(parts[1]):
        return int(re.sub(r"\D", "", parts[0])), parts[1:]
    found = _ORDINAL.match(parts[0])
    if found and (rest := parts[0][found.end() :]):
        digits = re.sub(r"\D", "", found[0])
        return int(digits) if digits.isascii() and digits else None, [rest, *parts[1:]]
    return None, parts


def _is_figure(part: str) -> bool:
    """Tell whether a part is a price, a stock, a length or a bare number."""
    return any(pattern.fullmatch(part) for pattern in (_FIGURE, _PRICE, _STOCK, _LENGTH))


def _figures(parts: list[str]) -> tuple[_Figures, list[str]]:
    """Sort a line's figures; words among them are a remark. Raises CellError for one figure too many."""
    found = _Figures()
    words: list[str] = []
    bare: list[str] = []
    for part in parts:
        if _PRICE.fullmatch(part) and found.price is None:
            found = replace(found, price=part)
        elif _STOCK.fullmatch(part) and found.stock is None:
            found = replace(found, stock=part)
        elif _LENGTH.fullmatch(part) and found.length is None:
            found = replace(found, length=part)
        elif _FIGURE.fullmatch(part):
            bare.append(part)
        else:
            words.append(part)
    for part in bare:
        found = _placed(found, part)
    return found, words


def _placed(found: _Figures, part: str) -> _Figures:
    """Put a bare number where the next figure is missing: price, then stock, then minutes."""
    if found.price is None:
        return replace(found, price=part)
    if found.stock is None:
        return replace(found, stock=part)
    if found.length is None:
        return replace(found, length=part)
    raise CellError(_("more numbers than price, stock and minutes: “{value}”").format(value=part[:40]))


def _digits(stock: str | None) -> str | None:
    """Return the number of a stock such as ``库存 30`` or ``30件``."""
    if stock is None:
        return None
    return re.sub(r"[^\d.,万wWkK-]", "", stock)
