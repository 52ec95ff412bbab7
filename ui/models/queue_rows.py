"""Small questions about the queue's rows, without Qt."""

from __future__ import annotations

from collections.abc import Mapping

from liveshop_desk.model.product import Product
from liveshop_desk.store.queries import QueueRow


def with_product(row: QueueRow, fresh: Mapping[str, Product | None]) -> QueueRow:
    """Return the row with its product as it is read now, where it was read."""
    product_id = row.segment.product_id
    if product_id is None or product_id not in fresh:
        return row
    return QueueRow(row.segment, fresh[product_id], row.listed, row.links, row.script)


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
