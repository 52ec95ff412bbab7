"""The lines of the chart as arrays: what the pen goes along."""

import numpy as np

from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import Record
from ui.panels.chart_series import Series


def test_money_stands_until_its_next_figure():
    live = LiveFigures()
    for at, fen in ((0, 1_000), (180_000, 1_600_000)):
        live.absorb(Record(at, "sample", "my", metric="gmv", value=fen))
    x, y = Series(live, 0).line("gmv", 200_000)
    drawn = [float(np.interp(at, x, y)) for at in (60_000, 179_000, 181_000)]
    assert drawn == [1_000, 1_000, 1_600_000]
