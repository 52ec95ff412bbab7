"""Small questions about the queue's rows, without Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liveshop_desk.changes import Changes
from liveshop_desk.model.product import Product
from liveshop_desk.model.session import Segment
from liveshop_desk.store.queries import QueueRow


def with_product(row: QueueRow, fresh: Mapping[str, Product | None]) -> QueueRow:
    """Return the row with its product as it is read now, where it was read."""
    product_id = row.segment.product_id
    if product_id is None or product_id not in fresh:
        return row
    return row._replace(product=fresh[product_id])


def with_segments(rows: Sequence[QueueRow], segments: Sequence[Segment]) -> list[QueueRow]:
    """Return a row for each segment as it is read now, with what was held beside it; a new one has nothing yet."""
    held = {row.segment.id: row for row in rows}
    made = (held.get(segment.id) or QueueRow(segment, None, False, (), "") for segment in segments)
    return [
        row if row.segment is s or row.segment == s else row._replace(segment=s)
        for row, s in zip(made, segments, strict=True)
    ]


def unheld(rows: Sequence[QueueRow], segments: Sequence[Segment]) -> set[str]:
    """Return the ids of segments that are new, or stand for another product than before."""
    held = {row.segment.id: row.segment.product_id for row in rows}
    return {s.id for s in segments if s.id not in held or held[s.id] != s.product_id}


def on_shelf(rows: Sequence[QueueRow], changes: Changes, session_id: str) -> set[str]:
    """Return the ids of the segments whose listing, links or ticks changed.

    A row taken back by an undo is gone, so the product is told by the id: ``session:product[:platform]``.
    """
    start = f"{session_id}:"
    names = changes.ids("shelf") | {row_id.rpartition(":")[0] for row_id in changes.ids("shelf_links")}
    products = {name.removeprefix(start) for name in names if name.startswith(start)}
    return {row.segment.id for row in rows if row.segment.product_id in products}


def matches(row: QueueRow, words: list[str]) -> bool:
    """Tell whether title, code or number of a row has every word (casefolded)."""
    if not words:
        return True
    product = row.product
    parts = [row.segment.title]
    if product:
        parts += [product.title, product.code, *(sku.code for sku in product.skus)]
    text = "\n".join(parts).casefold()
    return all(word in text or word == str(row.segment.number) for word in words)


def ranges(rows: list[int]) -> list[tuple[int, int]]:
    """Return ascending rows as runs of neighbours: [1, 2, 5] → [(1, 2), (5, 5)]."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
