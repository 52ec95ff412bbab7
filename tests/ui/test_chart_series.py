"""The lines of the chart as arrays: what the pen goes along."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import value_of
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.record import FILE, Record
from ui.panels.chart_series import Series


def test_money_stands_until_its_next_figure():
    live = LiveFigures()
    for at, fen in ((0, 1_000), (180_000, 1_600_000)):
        live.absorb(Record(at, "sample", "my", metric="gmv", value=fen))
    x, y = Series(live, 0).line("gmv", 200_000)
    drawn = [float(np.interp(at, x, y)) for at in (60_000, 179_000, 181_000)]
    assert drawn == [1_000, 1_000, 1_600_000]


def test_a_rate_is_drawn_anew_where_one_of_its_counts_comes_late():
    live = LiveFigures()
    for at, metric, value in ((600_000, "gmv", 40_000), (600_000, "buyers", 4), (1_200_000, "online", 9)):
        live.absorb(Record(at, "sample", "my", metric=metric, value=value))
    grown = Series(live, 0)
    assert grown.line("aov", 1_230_000)[1][-3:].tolist() == [10_000] * 3
    live.absorb(Record(720_000, "sample", FILE, metric="gmv", value=80_000))  # long ago, but gmv's newest
    x, y = grown.line("aov", 1_260_000)
    assert {int(at): fen for at, fen in zip(x, y, strict=True) if at >= 660_000} == {
        660_000: 10_000, **dict.fromkeys(range(720_000, 1_260_001, 60_000), 20_000),
    }  # fmt: skip


@pytest.mark.parametrize("told", [("stay_seconds",), ("watch_seconds", "viewers"), ("stay_seconds", "viewers"), None])
def test_the_mean_stay_is_drawn_as_the_tile_says_it(told):
    """Told as it is, worked out of what was told, or both: one figure."""
    given_figures = {"stay_seconds": 95, "viewers": 300, "watch_seconds": 36_000}
    live = LiveFigures()
    for metric in told or given_figures:
        live.absorb(Record(60_000, "sample", "my", metric=metric, value=given_figures[metric]))
    _x, y = Series(live, 0).line("stay_seconds", 130_000)
    tile = value_of(METRICS["stay_seconds"], live.figures(), live.coverage({}, 130_000))
    assert tile == (120 if "watch_seconds" in (told or given_figures) else 95)
    assert y[-1] == tile


_AT = st.integers(0, 60 * 60_000)
_RECORDS = st.one_of(
    st.builds(lambda at, n: Record(at, "sample", "my", metric="online", value=n), _AT, st.integers(0, 500)),
    st.builds(lambda at, n: Record(at, "sample", "my", metric="gmv", value=n), _AT, st.integers(0, 10**6)),
    st.builds(lambda at, n: Record(at, "sample", "my", metric="buyers", value=n), _AT, st.integers(0, 500)),
    st.builds(lambda at, n: Record(at, "comment", "relay", count=n), _AT, st.integers(1, 9)),
    st.builds(lambda at, n: Record(at, "click", "relay", count=n), _AT, st.integers(1, 9)),
    st.builds(lambda at, n: Record(at, "sample", FILE, metric="gmv", value=n), _AT, st.integers(0, 10**6)),
    st.builds(lambda at: Record(at, "order", "relay", sku="s", order=str(at), amount=100, quantity=1), _AT),
)


@settings(max_examples=60)
@given(st.lists(_RECORDS, min_size=1, max_size=30))
def test_lines_that_were_drawn_before_go_along_with_what_comes_late(records):
    """Whatever comes in whatever order: what has grown second by second is what is drawn at first sight."""
    live, until = LiveFigures(), 0
    grown, keys = Series(live, 0), ("online", "gmv", "comments", "orders", "aov", "click_pay_rate_times")
    for record in records:
        live.absorb(record)
        until = max(until, record.at + 5_000)
        for key, end in product(keys, (until, until // 2)):  # a show that has ended is drawn up to its end only
            for drawn, fresh in zip(grown.line(key, end), Series(live, 0).line(key, end), strict=True):
                np.testing.assert_array_equal(drawn, fresh)
