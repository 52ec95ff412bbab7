"""Whatever stands in a table's cells, a reader answers with records, refusals or a UserError."""

# ruff: noqa: DTZ001, PT017

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveshop_desk.errors import UserError
from liveshop_desk.sheets import (
    products,
    products_formats,
    queue_formats,
    samples,
    sessions,
    sessions_formats,
    stock,
    table,
)
from liveshop_desk.sheets.grid import Grid
from liveshop_desk.sheets.products import read_products
from liveshop_desk.sheets.queue import read_queue
from liveshop_desk.sheets.samples import read_samples
from liveshop_desk.sheets.sessions import read_sessions
from liveshop_desk.sheets.stock import read_stock

FORMATS = [
    *products_formats.FORMATS,
    *sessions_formats.FORMATS,
    queue_formats.QUEUE,
    samples.WIDE,
    samples.LONG,
    stock.STOCK,
]
HEADERS = sorted({name for each in FORMATS for names in each.names.values() for name in names})
CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "合计",
            "369",
            "¥1,234.00",
            "12.3%",
            "2026/09/07 08:55:37",
            "08-31 11:53",
            "1分35秒",
            "福袋",
            "1.73E+18",
        ]
    ),
    st.text(max_size=8),
    st.integers(-(10**6), 10**6),
    st.floats(),
    st.booleans(),
    st.just(datetime(2026, 9, 7, 8, 55)),
    st.just(date(2026, 9, 7)),
    st.just(time(1, 35)),
    st.just(timedelta(hours=3)),
)
READERS = {
    "products": read_products,
    "queue": read_queue,
    "sessions": lambda path: read_sessions(path, year=2024),
    "samples": lambda path: read_samples(path, begun=1_709_200_800_000),
    "stock": read_stock,
}


@st.composite
def tables(draw):
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8, unique=True))
    body = draw(st.lists(st.lists(CELL, max_size=9), max_size=6))
    above = draw(st.lists(st.lists(CELL, max_size=3), max_size=2))
    filled = draw(st.frozensets(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=3))
    return Grid("Sheet1", [*above, list(header), *body], draw(st.booleans()), filled)


@pytest.mark.parametrize("name", READERS)
@given(grid=tables())
def test_any_table(name, grid):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "read_grids", lambda path: [grid])
        try:
            reading = READERS[name]("a.xlsx")
        except UserError as error:
            assert error.what
            return
    rows = [row for row, _record in reading.records]
    refused = [refusal.row for refusal in reading.refused]
    assert len(refused) == len(set(refused))
    assert not set(rows) & set(refused)
    assert all(1 <= row <= len(grid.rows) for row in rows + refused)
    assert all(refusal.why for refusal in reading.refused)
    assert reading.read >= len(set(rows)) + len(refused)
    assert reading.read + reading.skipped <= len(grid.rows)


def test_every_kind_of_products_and_sessions_has_a_format():
    assert {each.kind for each in products_formats.FORMATS} == set(products.KINDS)
    assert {each.kind for each in sessions_formats.FORMATS} == set(sessions.KINDS)
