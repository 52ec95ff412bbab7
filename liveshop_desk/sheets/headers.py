"""Columns by name: finding the header row, knowing a platform by it, and saying which columns are missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from liveshop_desk.errors import UserError
from liveshop_desk.i18n import _
from liveshop_desk.sheets.cells import EDGES, Cell, is_missing, plain
from liveshop_desk.sheets.grid import Grid

SEARCH_ROWS = 15
_TOLD = 12  # of the columns a refused file has
IGNORED = "-"  # --map "列名=-" leaves a column out

_UNIT_WORDS = (
    r"元|人民币|¥|rmb|yuan|cny|分钟|分|秒|小时|min|mins|minute|minutes|s|sec|secs|second|seconds|h|hour|hours|"
    r"人|人次|次|件|单|个|条|%|必填|选填|非必填|可选|必选|required|optional|mandatory|单位.*"
)
_UNIT = re.compile(rf"[(\[【]({_UNIT_WORDS})[)\]】]$")
_BRACKET = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_DROPPED = re.compile(r"[\s_*\-‐‑–—·'\"“”:]+")  # NFKC has made full-width forms plain before this


class MissingColumnsError(UserError):
    """A table without columns its kind of file needs. ``tops`` are its sheets' first rows, to know another kind by."""

    def __init__(self, what: str, *, kept: str, todo: str, tops: Sequence[Grid] = ()) -> None:
        super().__init__(what, kept=kept, todo=todo)
        self.tops = tops


def header_key(label: Cell) -> str:
    """Return the form in which headers are compared: case, blanks, dashes, full-width forms do not count."""
    folded = unicodedata.normalize("NFKC", plain(label).strip(EDGES)).lower()
    return _DROPPED.sub("", folded)


def header_keys(label: Cell) -> tuple[str, ...]:
    """Return the forms to look up, best first: as written, then without a unit in brackets at the end."""
    full = header_key(label)
    bare = full
    while found := _UNIT.search(bare):
        bare = bare[: found.start()]
    return (full, bare) if bare and bare != full else (full,)


def unit_of(label: str) -> str | None:
    """Return the unit of time a header names: seconds, minutes, hours."""
    key = header_key(label)
    for unit, pattern in (
        ("minutes", r"分钟|[(\[]分[)\]]|\bmin|minutes?|\(m\)"),
        ("hours", r"小时|hours?|\(h\)"),
        ("seconds", r"秒|sec|\(s\)"),
    ):
        if re.search(pattern, key):
            return unit
    return None


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its fields with their header names (best first), what it needs, what betrays it.

    ``required`` holds groups of fields of which one must be there; ``labels`` names them in a message
    (translated when shown). ``recognised_by`` are headers of which ``enough`` must be there.
    """

    kind: str
    names: Mapping[str, Sequence[str]]
    required: tuple[tuple[str, ...], ...]
    labels: Mapping[str, str]
    recognised_by: frozenset[str] = frozenset()
    enough: int = 0
    loose: bool = False  # a bracket at the end of a header never matters: 类型(引流/主推/利润)
    fallback: bool = False  # tried like the others, but never the one whose missing columns are told
    index: Mapping[str, tuple[str, int]] = field(init=False, default_factory=dict[str, tuple[str, int]])

    def __post_init__(self) -> None:
        index: dict[str, tuple[str, int]] = {}
        for name, spellings in self.names.items():
            for rank, spelling in enumerate((*spellings, name)):
                index.setdefault(header_key(spelling), (name, rank))
        object.__setattr__(self, "index", index)
        object.__setattr__(self, "recognised_by", frozenset(map(header_key, self.recognised_by)))

    def lookup(self, label: Cell) -> tuple[str, int] | None:
        """Return the (field, rank) a header stands for."""
        if not isinstance(label, str):
            return None
        keys = header_keys(label)
        if self.loose and (bare := _BRACKET.sub("", keys[-1])) and bare != keys[-1]:
            keys = (*keys, bare)
        for rank, key in enumerate(keys):
            found = self.index.get(key)
            if found:
                return found[0], found[1] * 4 + rank
        return None

    def called(self, name: str) -> str:
        """Return the field somebody means by ``name``: the field's own, a header of it, or what messages call it."""
        if name in self.names:
            return name
        if found := self.lookup(name):
            return found[0]
        labels = {header_key(_(label)): known for known, label in self.labels.items() if known in self.names}
        return labels.get(header_key(name), name)

    def label(self, name: str) -> str:
        """Return what messages call a field."""
        return _(self.labels[name]) if name in self.labels else name


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table's columns are. ``first`` is the index of the first row under the header."""

    format: Format
    grid: Grid
    first: int
    columns: Mapping[str, int]
    headers: Mapping[str, str]
    unused: tuple[str, ...]
    score: int
    other_sheets: tuple[str, ...] = ()

    def missing(self) -> list[tuple[str, ...]]:
        """Return the required groups of which no field has a column."""
        return [group for group in self.format.required if not any(name in self.columns for name in group)]

    def unit(self, name: str) -> str | None:
        """Return the unit of time that the field's header names."""
        return unit_of(self.headers.get(name, ""))


def find_layout(
    grids: Sequence[Grid],
    formats: Sequence[Format],
    *,
    file: str,
    mapping: Mapping[str, str] | None = None,
    kind: str | None = None,
) -> Layout:
    """Return the best header over all sheets and formats. Hidden sheets count only when no other has a table.

    Raises MissingColumnsError naming those, or UserError for a mapping that fits nothing.
    """
    chosen = _of_kind(formats, kind)
    wanted = {header_key(label): name.strip() for label, name in (mapping or {}).items()}
    layouts = [layout for grid in grids for each in chosen for layout in _layouts(grid, each, _fields(each, wanted))]
    if not layouts:
        raise UserError(_("{file}: no sheet holds anything").format(file=file))
    best = max(layouts, key=_rank)
    _check_mapping(best, _fields(best.format, wanted), file)
    if best.missing():
        raise _missing_columns(best, file, [replace(grid, rows=grid.rows[:SEARCH_ROWS]) for grid in grids])
    others = {each.grid.name for each in layouts if each.grid is not best.grid and not each.missing()}
    return replace(best, other_sheets=tuple(grid.name for grid in grids if grid.name in others and not grid.hidden))


def _rank(layout: Layout) -> tuple[bool, bool, bool, int, bool]:
    """Order layouts: those with all they need first, then visible ones, then the most fields, then the shop's own."""
    shape = layout.format
    return not layout.missing(), not layout.grid.hidden, not shape.fallback, layout.score, shape.loose


def _of_kind(formats: Sequence[Format], kind: str | None) -> Sequence[Format]:
    """Return the formats to try: all, or the one asked for."""
    if kind is None:
        return formats
    chosen = [each for each in formats if each.kind == kind]
    if not chosen:
        kinds = _(", ").join(each.kind for each in formats)
        raise UserError(_("“{kind}” is not a kind of file; there are: {kinds}").format(kind=kind, kinds=kinds))
    return chosen


def _fields(shape: Format, wanted: Mapping[str, str]) -> Mapping[str, str]:
    """Return a mapping to the fields of a format, which may be called by a header or as messages do: 货名=商品名称."""
    found = {name: shape.called(name) for name in wanted.values() if name != IGNORED}
    return {label: found.get(name, name) for label, name in wanted.items()}


def _layouts(grid: Grid, each: Format, wanted: Mapping[str, str]) -> Iterator[Layout]:
    """Yield a layout for every row, or pair of rows, that may be the header."""
    rows = grid.rows[:SEARCH_ROWS]
    top = True
    for index, row in enumerate(rows):
        if all(is_missing(cell) for cell in row):
            continue
        tries: list[tuple[list[Cell], int]] = [(list(row), index + 1)]
        if index + 1 < len(rows) and _may_be_second(rows[index + 1]):
            tries.append((_joined(row, rows[index + 1]), index + 2))
        for labels, first in tries:
            layout = _layout(grid, each, wanted, labels, first)
            if top or len(layout.columns) > 1:  # one known word further down is a value, not a header
                yield layout
        top = False


def _may_be_second(row: Sequence[Cell]) -> bool:
    """Tell whether a row can be the lower half of a merged header: short words, no numbers."""
    cells = [cell for cell in row if not is_missing(cell)]
    return bool(cells) and all(
        isinstance(cell, str) and len(cell) <= 30 and not cell.strip().isdigit() for cell in cells
    )


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    """Return the labels of a two-row header: the lower one where there is one, else the upper."""
    width = max(len(upper), len(lower))
    both = zip(list(upper) + [""] * (width - len(upper)), list(lower) + [""] * (width - len(lower)), strict=True)
    return [top if is_missing(bottom) else bottom for top, bottom in both]


def _layout(grid: Grid, each: Format, wanted: Mapping[str, str], labels: Sequence[Cell], first: int) -> Layout:
    """Map one header row to fields; of several columns for one field the best spelling, then the leftmost."""
    best: dict[str, tuple[int, int]] = {}
    for column, label in enumerate(labels):
        asked = wanted.get(header_key(label)) if isinstance(label, str) and wanted else None
        found = (asked, -1) if asked else each.lookup(label)
        if found and found[0] != IGNORED and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = (found[1], column)
    columns = {name: column for name, (_rank, column) in best.items()}
    keys = {key for label in labels if isinstance(label, str) for key in header_keys(label)}
    hits = len(keys & each.recognised_by)
    known = hits >= each.enough
    used = set(columns.values())
    return Layout(
        format=each,
        grid=grid,
        first=first,
        columns=columns,
        headers={name: " ".join(plain(labels[column]).split()) for name, column in columns.items()},
        unused=tuple(plain(x) for i, x in enumerate(labels) if i not in used and not is_missing(x)),
        score=_score(len(columns), hits, known, first),
    )


def _score(fields: int, hits: int, known: bool, first: int) -> int:
    """Weigh a header: fields found, then signs of the platform, then nearness to the top."""
    return (fields * 100 + hits * 60 if known else fields * 40) - first


def _check_mapping(layout: Layout, wanted: Mapping[str, str], file: str) -> None:
    """Refuse a mapping to a field that does not exist, or of a column that does not."""
    for label, name in wanted.items():
        if name != IGNORED and name not in layout.format.names:
            fields = _(", ").join(sorted(map(layout.format.label, layout.format.names)))
            raise UserError(
                _("{file}: there is no field “{name}”").format(file=file, name=name),
                todo=_("Fields of this kind of file: {fields}").format(fields=fields),
            )
        if name != IGNORED and header_key(layout.headers.get(name, "")) != label:
            raise UserError(_("{file}: there is no column “{label}”").format(file=file, label=label))


def _missing_columns(layout: Layout, file: str, tops: Sequence[Grid]) -> MissingColumnsError:
    """Return the error that names what the file lacks and how to point at it."""
    groups = [[name for name in group if name in layout.format.labels] or group for group in layout.missing()]
    lacks = [_(" or ").join(map(layout.format.label, group)) for group in groups]
    example = layout.format.label(groups[0][0])
    has = [*layout.headers.values(), *layout.unused]
    more = " …" if len(has) > _TOLD else ""
    return MissingColumnsError(
        _("{file}: these columns are missing: {columns}. It has: {found}").format(
            file=file, columns=_(", ").join(lacks), found=_(", ").join(label[:40] for label in has[:_TOLD]) + more
        ),
        kept=_("Nothing was imported."),
        todo=_('If a column only has another name, add --map "column={field}".').format(field=example),
        tops=tops,
    )
