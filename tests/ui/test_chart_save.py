"""The chart as a picture file."""

import pytest

from tests.ui.numbers import say, shown
from ui.panels.chart_panel import ChartPanel
from ui.panels.chart_save import picture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen plugin says so of every window


def test_what_the_pointer_reads_is_not_in_the_file(qtbot, context, live):
    panel = shown(qtbot, ChartPanel(context, live), 940, 250)
    say(live, context, online=1_200)
    plain = picture(panel.chart, "tonight", context.theme)
    panel.chart.hover_at(panel.chart.frame.rect.center().x())
    assert picture(panel.chart, "tonight", context.theme) == plain
