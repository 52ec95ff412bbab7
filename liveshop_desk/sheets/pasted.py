"""A pasted list without a header: one product or segment a line. A number is only taken for what it says it is."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from liveshop_desk.i18n import _
from liveshop_desk.model.session import Kind
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import CellError
from liveshop_desk.sheets.pasted_figures import (
    BARE_PRICE,
    DECIMAL,
    LENGTH,
    MEASURED,
    NUMBER,
    PRICE,
    STOCK,
    WHOLE_PRICE,
    amount,
    joined,
)
from liveshop_desk.sheets.queue_row import QueueRow, kind_of
from liveshop_desk.sheets.report import Reading, Refusal
from liveshop_desk.sheets.words import begins_as, is_return, without_return

LONGEST_BARE = 180  # minutes: a longer length is written with its unit
_COMMA_BY_WORD = re.compile(r"(?<!\d),|,(?!\d)")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"\s*(?:\(?\d{1,3}[.、)）．]|[①-⑳])\s*(?=\D)")
_LIST_NUMBER = re.compile(r"\d{1,3}[.、)）．]?")
_ANY_CODE = re.compile(r"[A-Za-z]+[-_]?\d[A-Za-z0-9._/#-]{0,60}")
_SURE_CODE = re.compile(r"[A-Za-z]{1,4}[-_]?\d{2}[A-Za-z0-9._/#-]{0,60}|\d{5,20}")
_CUT_NUMBER = re.compile(r"\d\.\d+E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One pasted line in parts: the cells of a table (set apart by tabs), or the words of a line."""

    parts: list[str]
    table: bool = False


@dataclass(slots=True)
class _Said:
    """What a line says: words of its name, then figures; ``numbers`` are those that do not say what they are."""

    words: list[str] = field(default_factory=list[str])
    price: str | None = None
    stock: str | None = None
    length: str | None = None
    bare_price: str | None = None  # the price, where nothing says that it is one
    numbers: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])
    returning: bool = False

    def take(self, part: str) -> bool:
        """Keep a figure that says what it is; tell whether it did. The second price of a line is a word."""
        for name, pattern in (("price", PRICE), ("stock", STOCK), ("length", LENGTH)):
            if pattern.fullmatch(part) and getattr(self, name) is None:
                setattr(self, name, part)
                return True
        return False

    def without_return(self, parts: list[str]) -> list[str]:
        """Take the mark of coming back (返场) out of the parts, and keep that it was there."""
        self.returning = any(is_return(part) for part in parts)
        bare = [without_return(part) if is_return(part) else part for part in parts]
        return [part for part in bare if part]

    @property
    def figures(self) -> bool:
        """Tell whether a figure was met."""
        return bool(self.price or self.stock or self.length)


def split_pasted(text: str) -> list[Line]:
    """Split pasted text into lines of parts: the cells of a table where there are tabs, else words."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "\t" not in text:
        return [_split_line(line) for line in text.split("\n")]
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error:
        rows = [line.split("\t") for line in text.split("\n")]
    return [Line(row, table=True) if len(row) > 1 else _split_line("".join(row)) for row in rows]


def rest_of(text: str, planned: Collection[int], wanted: Collection[int]) -> str:
    """Return the lines of a pasted text whose rows are ``wanted``, below the header where it has one.

    ``planned`` are the rows that were data: what stands before the first of them is the header.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not wanted:
        return ""
    first = min(planned, default=0)
    chosen = [
        raw for number, raw in enumerate(_raw_rows(text), 1) if number in wanted or (number < first and raw.strip())
    ]
    return "\n".join(chosen)


def _raw_rows(text: str) -> list[str]:
    """Return the text of every row: a quoted cell of a table may hold line breaks."""
    lines = text.split("\n")
    if "\t" not in text:
        return lines
    rows: list[str] = []
    end = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t")
    try:
        for _row in reader:
            rows.append("\n".join(lines[end : reader.line_num]))
            end = reader.line_num
    except csv.Error:
        return lines
    return rows


def _split_line(line: str) -> Line:
    """Split a line at blanks, commas and semicolons; ``1,299`` stays whole unless commas set its words apart."""
    line = joined(line)
    if _COMMA_BY_WORD.search(line.strip()):
        line = line.replace(",", " ")
    else:
        line = _GROUPED.sub("\0", line).replace(",", " ").replace("\0", ",")
    return Line(re.split(r"[\s，;；]+", line))


def parse_lines(lines: list[Line]) -> Reading[QueueRow]:
    """Read lines without a header."""
    records: list[tuple[int, QueueRow]] = []
    refused: list[Refusal] = []
    skipped = 0
    rows = [Line([p for part in line.parts if (p := part.strip(cells.EDGES))], line.table) for line in lines]
    priced = _has_prices(rows)
    for number, line in enumerate(rows, 1):
        if not line.parts:
            skipped += 1
            continue
        try:
            records.append((number, _record(line, priced=priced)))
        except CellError as error:
            refused.append(Refusal(number, "", error.why, " ".join(line.parts)))
    return Reading("pasted", "", records, refused, len(records) + len(refused), skipped, [])


def _has_prices(lines: list[Line]) -> bool:
    """Tell whether a table's bare numbers begin with a price: one lone column of small numbers is minutes."""
    columns = [[part for part in line.parts[1:] if NUMBER.fullmatch(part)] for line in lines if line.table]
    return any(len(numbers) > 1 or any(not _is_minutes(number) for number in numbers) for numbers in columns)


def _record(line: Line, *, priced: bool) -> QueueRow:
    """Read one line. Raises CellError for figures that cannot be."""
    order, parts = _ordinal(line.parts)
    said = _cells(parts) if line.table else _words(parts)
    if not line.table:
        _take_price(said, parts)
    kind = begins_as(" ".join(said.words))
    if line.table and priced and kind is None:
        _place(said)
    else:
        _take_minutes(said)
    made = _segment(said, kind) if kind else _product(said)
    made = replace(made, number=order, returning=said.returning, note=" ".join(said.remarks) or None)
    if order is not None and kind is None and line.parts[0].isdigit():
        made = replace(made, also=(*made.also, *_named_by_number(made, line.parts[0])))
    if order is None and kind is None:
        made = replace(made, also=(*made.also, *_numbered(line, priced=priced)))
    return made


def _named_by_number(made: QueueRow, number: str) -> Iterator[QueueRow]:
    """Yield the ways to read a line whose list number may be the name's first word (“7 Chakra Bracelet”)."""
    for way in (made, *made.also):
        if way.title and not way.untitled:
            yield replace(way, title=f"{number} {way.title}", number=None, also=())


def _numbered(line: Line, *, priced: bool) -> Iterator[QueueRow]:
    """Yield the ways to read a line whose list number may stand before a name that begins with one (“2 7 Chakra”)."""
    number, *rest = line.parts
    if not (_LIST_NUMBER.fullmatch(number) and len(rest) > 1 and rest[0].isdigit() and not _is_figure(rest[1])):
        return
    order = int(re.sub(r"\D", "", number))
    try:
        bare = _record(replace(line, parts=rest), priced=priced)
    except CellError:
        return
    for way in bare.also:
        if way.number is None and way.title.startswith(f"{rest[0]} "):
            yield replace(way, number=order)


def _words(parts: list[str]) -> _Said:
    """Sort the words of a line: its name first; what follows the first figure and is none is a remark."""
    said = _Said()
    for part in said.without_return(parts):
        if said.take(part):
            continue
        if not said.figures:
            said.words.append(part)
        elif NUMBER.fullmatch(part):
            said.numbers.append(part)
        elif _ANY_CODE.fullmatch(part) and not any(_ANY_CODE.fullmatch(word) for word in said.words):
            said.words.append(part)
        elif said.words:
            said.remarks.append(part)
        else:
            said.words.append(part)
    while not said.figures and len(said.words) > 1 and NUMBER.fullmatch(said.words[-1]):
        said.numbers.insert(0, said.words.pop())
    return said


def _take_price(said: _Said, parts: list[str]) -> None:
    """Take a number with decimals at the line's end, or before stock and length, for the price nobody else tells."""
    behind = [part for part in parts if not is_return(part)]
    while len(behind) > 1 and (LENGTH.fullmatch(behind[-1]) or STOCK.fullmatch(behind[-1])):
        behind.pop()
    if said.price is not None or len(behind) < 2 or sum(bool(DECIMAL.search(part)) for part in parts) != 1:
        return
    before, found = behind[-2:]
    if not BARE_PRICE.fullmatch(found) or MEASURED.fullmatch(before) or NUMBER.fullmatch(before):
        return
    for held in (said.words, said.numbers):
        if held and held[-1] == found and (said.words != held or len(held) > 1):
            held.pop()
            said.price, said.bare_price = f"¥{found}", found
            return


def _cells(parts: list[str]) -> _Said:
    """Sort the cells of a table's row: names before the first figure, remarks after."""
    said = _Said()
    for place, part in enumerate(said.without_return(parts)):
        if place and said.take(joined(part)):
            continue
        if place and NUMBER.fullmatch(part):
            said.numbers.append(part)
        elif said.figures or said.numbers:
            said.remarks.append(part)
        else:
            said.words += part.split()
    return said


def _place(said: _Said) -> None:
    """Put a table's bare numbers where the next figure is missing: price, stock, minutes."""
    missing = [name for name in ("price", "stock", "length") if getattr(said, name) is None]
    if len(said.numbers) > len(missing):
        value = said.numbers[len(missing)]
        raise CellError(_("more numbers than price, stock and minutes: “{value}”").format(value=value[:40]))
    for name, number in zip(missing, said.numbers, strict=False):
        setattr(said, name, number)
    said.numbers = []


def _is_minutes(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 4 and 1 <= int(number) <= LONGEST_BARE


def _take_minutes(said: _Said) -> None:
    """Take the last bare number of a line for its minutes where it can be, and no length is told."""
    if said.length is None and said.numbers and _is_minutes(said.numbers[-1]):
        said.length = said.numbers.pop()


def _segment(said: _Said, kind: Kind) -> QueueRow:
    """Make the row of a segment without product; a price and a number of pieces are its offer."""
    offer = " ".join(part for part in (said.price, said.stock) if part)
    title = " ".join([*said.words, *said.numbers])
    return QueueRow(kind, title, planned_seconds=_seconds(said.length), offer=offer or None)


def _product(said: _Said) -> QueueRow:
    """Make the row of a product, or of a title nobody knows, with the other ways to read its name."""
    words = [*said.words, *said.numbers]
    code, named = _coded(words)
    title = " ".join(named)
    if not title:
        raise CellError(_("neither a product nor a segment"))
    made = QueueRow(
        kind=kind_of(None, None, title, sold=bool(code or said.price)) or Kind.PITCH,
        title=title,
        product_code=code,
        live_price=cells.exact_price(amount(said.price)),
        stock=cells.quantity(re.sub(r"\D", "", said.stock) if said.stock else None),
        planned_seconds=_seconds(said.length),
        untitled=title == code,
        unclear=_unclear(said.numbers),
    )
    return replace(made, also=tuple(_also(made, said)), otherwise=_otherwise(said))


def _otherwise(said: _Said) -> QueueRow | None:
    """Read the whole number between name and length (or stock) as the price: 羊毛围巾 199 8min."""
    told = said.stock or (said.length and not said.length.isdigit())
    if said.price is not None or said.numbers or not told or len(said.words) < 2:
        return None
    *words, found = said.words
    if not WHOLE_PRICE.fullmatch(found) or MEASURED.fullmatch(words[-1]):
        return None
    return _product(replace(said, words=words, price=f"¥{found}"))


def _also(made: QueueRow, said: _Said) -> Iterator[QueueRow]:
    """Yield the other ways to read a line: a number at the end of its name may be the name's or its minutes."""
    words = [*said.words, *said.numbers]
    plain = replace(made, product_code=None, untitled=False, unclear="")
    if said.bare_price:
        yield replace(plain, title=" ".join([*words, said.bare_price]), live_price=None)
    if said.length and said.length.isdigit():
        yield replace(plain, title=" ".join([*words, said.length]), planned_seconds=None)
    if made.title != " ".join(words) or made.unclear:
        yield replace(plain, title=" ".join(words))
    if said.length is None and len(words) > 1 and _is_minutes(words[-1]):
        yield replace(plain, title=" ".join(words[:-1]), planned_seconds=_seconds(words[-1]))


def _seconds(length: str | None) -> int | None:
    found = when.seconds(length, "minutes") if length else None
    return None if found is None else round(found)


def _coded(words: list[str]) -> tuple[str | None, list[str]]:
    """Return (code, words of the name): a code stands first or last; a lone one names the row."""
    for place in (-1, 0):
        word = words[place] if words else ""
        if _CUT_NUMBER.fullmatch(word):
            cells.ident(word)
        pattern = _SURE_CODE if len(words) > 1 else _ANY_CODE
        if pattern.fullmatch(word) and not (place == -1 and len(words) > 1 and word.isdigit()):
            rest = [*words]
            if len(words) > 1:
                del rest[place]
            return word, rest
    return None, words


def _unclear(numbers: list[str]) -> str:
    """Return why a line with bare numbers is refused, unless the catalogue has a product called so."""
    if not numbers:
        return ""
    return _("“{value}” says not what it is: write ¥ before a price, pcs after a stock, min after minutes").format(
        value=numbers[0][:40]
    )


def _ordinal(parts: list[str]) -> tuple[int | None, list[str]]:
    """Take a list number off the front: ``1.``, ``2、``, ``③``, or a short number before a name."""
    if len(parts) > 1 and _LIST_NUMBER.fullmatch(parts[0]) and not _is_figure(parts[1]):
        return int(re.sub(r"\D", "", parts[0])), parts[1:]
    found = _ORDINAL.match(parts[0])
    if found and (rest := parts[0][found.end() :]):
        digits = re.sub(r"\D", "", found[0])
        return int(digits) if digits.isascii() and digits else None, [rest, *parts[1:]]
    return None, parts


def _is_figure(part: str) -> bool:
    """Tell whether a part is a price, a stock, a length or a bare number."""
    return any(pattern.fullmatch(part) for pattern in (NUMBER, PRICE, STOCK, LENGTH))
