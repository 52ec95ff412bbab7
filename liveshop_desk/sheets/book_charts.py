"""Native charts: they live in the workbook and follow its cells."""

from __future__ import annotations

from typing import Any, cast

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart import Series as _Series  # pyright: ignore[reportUnknownVariableType]
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from liveshop_desk.sheets.book import Bars

_GREEN, _BLUE = "2FBF71", "2F6FD0"


def chart_of(bars: Bars, sheet: Worksheet) -> BarChart:
    """Return the chart of ``bars``, its data on ``sheet``."""
    chart: Any = BarChart()  # Any: the stubs know little of charts
    chart.type = "bar" if bars.lying else "col"
    chart.title = bars.title
    chart.width, chart.height = bars.width, bars.height
    chart.gapWidth = 40
    chart.legend = chart.legend if bars.line else None
    _fill(chart, bars, sheet, bars.bars, _GREEN)
    chart.x_axis.delete = chart.y_axis.delete = False  # Excel hides both unless told
    chart.y_axis.number_format, chart.y_axis.majorGridlines = bars.format or "#,##0", None
    chart.x_axis.tickLblPos = "low"
    chart.x_axis.number_format = "General" if bars.lying else "hh:mm"
    if bars.lying:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    if chart.legend:
        chart.legend.position = "b"
    if bars.line:
        _add_line(chart, bars, sheet)
    return chart


def _add_line(chart: Any, bars: Bars, sheet: Worksheet) -> None:
    """Lay the line over the bars, on an axis of its own at the right."""
    line: Any = LineChart()
    _fill(line, bars, sheet, bars.line, _BLUE)
    line.series[0].smooth = False
    line.series[0].graphicalProperties.line.width = 28_000  # EMU, 2.2 pt
    line.y_axis.axId = 200
    line.y_axis.crosses = "max"
    line.y_axis.delete = False
    line.y_axis.majorGridlines = None
    line.y_axis.number_format = "#,##0"
    chart += line  # openpyxl's own way to lay charts over each other


def _fill(chart: Any, bars: Bars, sheet: Worksheet, column: str, color: str) -> None:
    """Add the one series of a chart, named by its header."""
    place = column_index_from_string(column)
    names = column_index_from_string(bars.categories)
    series = cast("Any", _Series(Reference(sheet, min_col=place, min_row=bars.first, max_row=bars.last)))
    series.tx = SeriesLabel(strRef=StrRef(f"'{sheet.title}'!${column}${bars.head}"))
    look: Any = GraphicalProperties(solidFill=color)
    look.line.solidFill = color
    series.graphicalProperties = look
    chart.series.append(series)
    chart.set_categories(Reference(sheet, min_col=names, min_row=bars.first, max_row=bars.last))
