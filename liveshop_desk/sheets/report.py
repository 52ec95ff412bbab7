"""What reading a file came to: records, refusals and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from liveshop_desk.i18n import _, mark
from liveshop_desk.sheets.grid import Grid

T = TypeVar("T")

KIND_LABELS = {
    "shopify": mark("Shopify products"),
    "tiktok": mark("TikTok Shop batch edit"),
    "taobao": mark("Taobao Assistant"),
    "douyin": mark("Douyin Shop products"),
    "own": mark("the shop's own table"),
    "compass": mark("Douyin Compass sessions"),
    "taobao_live": mark("Taobao Live sessions"),
    "xiaohongshu": mark("Xiaohongshu sessions"),
    "analytics": mark("analytics export (English)"),
    "pasted": mark("pasted list"),
    "samples": mark("live figures over time"),
    "stock": mark("counted stock"),
    "douyin_orders": mark("Douyin Shop orders"),
    "tiktok_orders": mark("TikTok Shop orders"),
}


def kind_label(kind: str) -> str:
    """Return the name of a file kind in the user's language; an unknown kind is its own name."""
    return _(KIND_LABELS[kind]) if kind in KIND_LABELS else kind


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that was not taken. ``row`` counts from 1 as the spreadsheet program shows it.

    ``title`` is what the row has of a name, for the eye. ``yearless``: a date's year, once it is said, is all it lacks.
    """

    row: int
    column: str
    why: str
    title: str = ""
    yearless: bool = False


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What one file says. Nothing has been stored yet.

    ``kind`` is the recognised platform or format, ``records`` holds (row, record) pairs in file order,
    ``refused`` at most one refusal a row. ``read`` counts the rows that were looked at for data, refused
    ones among them; ``skipped`` the blank, total, note and repeated rows. ``columns`` is {field: the file's header},
    ``top`` the sheet down to its header: what stands below may be of people.
    """

    kind: str
    sheet: str
    records: list[tuple[int, T]]
    refused: list[Refusal]
    read: int
    skipped: int
    notes: list[str]
    file: str = ""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    top: Grid | None = None


def without_repeats(reading: Reading[T], key: Callable[[T], object]) -> Reading[T]:
    """Keep the first record of each key: the same again is skipped, the same key with other content refused."""
    first: dict[object, tuple[int, T]] = {}
    records: list[tuple[int, T]] = []
    refused = list(reading.refused)
    repeated: set[int] = set()
    for row, record in reading.records:
        known = first.setdefault(key(record), (row, record))
        if known[0] == row and known[1] is record:
            records.append((row, record))
        elif known[1] == record:
            repeated.add(row)
        else:
            why = _("the same item stands in row {row} with other content").format(row=known[0])
            refused.append(Refusal(row, "", why, str(getattr(record, "title", None) or "")))
    repeated -= {row for row, _record in records} | {refusal.row for refusal in refused}
    refused.sort(key=lambda refusal: refusal.row)
    return replace(
        reading,
        records=records,
        refused=_one_a_row(refused),
        read=reading.read - len(repeated),
        skipped=reading.skipped + len(repeated),
    )


def _one_a_row(refused: list[Refusal]) -> list[Refusal]:
    """Keep the first refusal of each row, so that the counts add up."""
    seen: dict[int, Refusal] = {}
    for refusal in refused:
        seen.setdefault(refusal.row, refusal)
    return list(seen.values())
