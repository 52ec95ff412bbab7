"""The sheets over time: 分时 (5 minutes, summed from the minutes) and 数据底表 (one minute a row)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Number, Unit
from liveshop_desk.model.clock import clock_text
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.review_time import SIGNS, Stretch
from liveshop_desk.sheets.book import Bars, Column, Formula, Sheet, letter, serial
from liveshop_desk.sheets.book_table import FIRST, HEAD, Frame, Maker, Record, Table, Top, kept, table_sheet
from liveshop_desk.sheets.session_book_words import LOOK_OF_UNIT, MINUTES, SLOTS, figure, tab

_NOT_HERE = frozenset({"watch_seconds", "on_air_seconds"})  # lengths, not things that happen in a minute
# Who came, what they did, what it brought (KPI.md: the minute metrics operators watch).
_SLOT_KEYS = (
    "entered",
    "views",
    "viewers",
    "clickers",
    "clicks",
    "comments",
    "new_followers",
    "orders",
    "units",
    "gmv",
)

# Computed columns: key → (top, bottom, factor); each is there where both its sources are.
_RATES = {
    "order_value": ("gmv", "orders", 1),
    "click_pay": ("orders", "clicks", 1),
    "gpm": ("gmv", "views", 1000),
}


def totals_of(stretches: Sequence[Stretch]) -> list[str]:
    """Return the totals anyone gave, in the order of ``BASES``."""
    known = {key for stretch in stretches for key in stretch.grown} - _NOT_HERE
    return [key for key in BASES if key in known]


def slot_totals(report: SessionReport) -> list[str]:
    """Return the totals of 分时, be they 0: what a page can show; all the others are in 数据底表."""
    return [key for key in _SLOT_KEYS if any(key in slot.grown for slot in report.slots)]


def minutes_table(report: SessionReport) -> Table:
    """Return the columns of 数据底表, those with a source."""
    keys = totals_of(report.minutes)
    columns = [Column("at", _("Minute"), "moment", _("the clock, local time"))]
    columns += _level_columns(report.minutes)
    columns += [_total_column(key) for key in keys]
    computed = [column for column in _computed_columns() if _sources(column.key).issubset(keys)]
    columns += [column for column in computed if report.coverage.alike(*_sources(column.key))]
    return Table(columns)


def has_figures(report: SessionReport) -> bool:
    """Tell whether anybody told a figure of any minute: without one 数据底表 would be a column of times."""
    return len(minutes_table(report).columns) > 1


def _sources(key: str) -> set[str]:
    return {"gmv"} if key == "gmv_sum" else set(_RATES[key][:2])


def _level_columns(stretches: Sequence[Stretch]) -> list[Column]:
    if all(stretch.online is None for stretch in stretches):
        return []
    blank = _("no figure in this time")
    return [
        Column("online", _("Mean online"), "level", _("samples of online, weighted by the time each held"), blank),
        Column("online_max", _("Peak online"), "level", _("the highest sample of online"), blank),
    ]


def _total_column(key: str) -> Column:
    base = BASES[key]
    source = _("growth since the figure before, from samples and events")
    blank = _("no figure yet, or none in this time")
    return Column(key, _(base.label), LOOK_OF_UNIT[base.unit], source, blank, "sum")


def _computed_columns() -> list[Column]:
    no_rate = _("the divisor is 0 or not known, or no figure came in the minute itself or the one before")
    return [
        Column("gmv_sum", _("GMV so far"), "money", _("sum of GMV down to this row"), _("no figure yet")),
        Column(
            "order_value", _("Average order value"), "money", _("GMV / orders"), no_rate,
            '=IFERROR({gmv}/{orders},"")', _("per order"),
        ),
        Column(
            "click_pay", _("Click → pay"), "percent", _("orders / product clicks"), no_rate,
            '=IFERROR({orders}/{clicks},"")', _("per time"),
        ),
        Column(
            "gpm", _("GPM"), "money", _("GMV × 1000 / views"), no_rate,
            '=IFERROR({gmv}*1000/{views},"")', _("per 1,000 views"),
        ),
    ]  # fmt: skip


def minutes_sheet(report: SessionReport, frame: Frame) -> Sheet:
    """Return 数据底表: what came in, minute by minute, and what is computed from it by live formulas."""
    table = minutes_table(report)
    sums = list(accumulate((stretch.grown.get("gmv") for stretch in report.minutes), _added))
    records: list[Record] = [
        {**_minute(stretch, table, place, sums), **_rates(report, table, place)}
        for place, stretch in enumerate(report.minutes)
    ]
    note = _("One row a minute. White columns come from the sources, the last ones are live formulas.")
    return table_sheet(Top(frame, tab(MINUTES), note), table, records, totals=_totals(report.minutes, table))


def _added(total: Number | None, grown: Number | None) -> Number | None:
    """Return a sum so far; ``None`` while nothing was told."""
    return total if grown is None else (total or 0) + grown


def _minute(stretch: Stretch, table: Table, place: int, sums: Sequence[Number | None]) -> Record:
    record: dict[str, float | str | Maker | None] = {
        "at": serial(stretch.start), "online": _rounded(stretch.online), "online_max": stretch.online_max,
    }  # fmt: skip
    for key, grown in stretch.grown.items():
        if key not in _NOT_HERE and key in BASES:
            record[key] = figure(BASES[key].unit, grown)
    if table.has("gmv_sum"):
        record["gmv_sum"] = _sum_so_far(place, figure(Unit.MONEY, sums[place]))
    return record


def _rates(report: SessionReport, table: Table, place: int) -> Record:
    """Return a minute's rates: those whose two sides are told and grew in this minute, not since the last figure."""
    grown = report.minutes[place].grown
    before = report.minutes[place - 1].grown if place else grown
    since_long = report.coverage.jumps - before.keys()  # what stands here of them came in more than a minute
    return {
        key: _rate(key, _rate_of(key, grown))
        for key in _RATES
        if table.has(key) and grown.keys() >= _sources(key) and since_long.isdisjoint(_sources(key))
    }


def _rounded(value: float | None) -> float | None:
    """Return a mean level to a tenth: more digits say nothing of people."""
    return None if value is None else round(value, 1)


def _sum_so_far(place: int, result: float | None) -> Maker:
    def make(table: Table, row: int) -> Formula:
        above = f"{table.col('gmv_sum')}{row - 1}," if place else ""
        return table.formula(_sum_of(f"{above}{{gmv}}"), row, "" if result is None else result)

    return make


def _sum_of(cells: str) -> str:
    """Return the formula that adds up cells, blank where all of them are."""
    return f'=IF(COUNT({cells}),SUM({cells}),"")'


def _rate(key: str, result: float | None) -> Maker:
    top, bottom, factor = _RATES[key]
    scale = f"*{factor}" if factor != 1 else ""
    return lambda table, row: table.formula(f'=IFERROR({{{top}}}{scale}/{{{bottom}}},"")', row, result)


def _rate_of(key: str, grown: Mapping[str, Number]) -> float | None:
    top, bottom, factor = _RATES[key]
    if not grown.get(bottom):
        return None
    return (figure(BASES[top].unit, grown[top]) or 0) * factor / grown[bottom]


def _totals(stretches: Sequence[Stretch], table: Table) -> dict[str, float | None]:
    """Return what the row of totals gives."""
    sums: dict[str, Number] = {}
    for key in totals_of(stretches):
        sums[key] = sum(stretch.grown.get(key, 0) for stretch in stretches)
    results: dict[str, float | None] = {key: figure(BASES[key].unit, value) for key, value in sums.items()}
    for key in _RATES:
        if table.has(key):
            results[key] = _rate_of(key, sums)
    return results


def slots_sheet(report: SessionReport, frame: Frame) -> Sheet:
    """Return 分时: 5 minutes a row, summed by live formulas from the minutes, with what happened, and a chart."""
    source = minutes_table(report)
    spans = _spans(report)
    records = [_slot(stretch, span, source, report) for stretch, span in zip(report.slots, spans, strict=True)]
    columns = [Column("at", _("Time"), "time", _("the clock, local time"))]
    columns += _level_columns(report.slots)
    columns += [_total_column(key) for key in slot_totals(report)]
    columns += [
        Column("marks", _("What happened"), "wrap", _("segments, offers, edits, incidents and cues"), _("nothing"))
    ]
    table = kept(columns, records)
    told = has_figures(report)
    sums = _("Sums of the minutes in “{sheet}”.").format(sheet=tab(MINUTES))
    top = Top(frame, tab(SLOTS), sums if told else _("No numbers came in while the session ran."))
    charts = [chart] if (chart := time_chart(report, f"{letter(len(table.columns) + 2)}{HEAD}")) else []
    return table_sheet(top, table, records, totals=_totals(report.slots, table) if told else None, charts=charts)


def time_chart(report: SessionReport, at: str, *, sheet: str = "", width: float = 22.0) -> Bars | None:
    """Return the chart 人气与成交: GMV as bars, online as a line; ``None`` without GMV."""
    keys = slot_totals(report)
    if "gmv" not in keys:
        return None
    levels = _level_columns(report.slots)
    place = 2 + len(levels) + keys.index("gmv")
    return Bars(
        _("Online and GMV, every 5 minutes"), at, "A", letter(place), "B" if levels else "", sheet,
        HEAD, FIRST, HEAD + len(report.slots), width=width, format='"¥"#,##0',
    )  # fmt: skip


def _spans(report: SessionReport) -> list[tuple[int, int]]:
    """Return the rows (first, last) of the minutes that each slot covers."""
    spans: list[tuple[int, int]] = []
    row = FIRST
    minutes = list(report.minutes)
    for slot in report.slots:
        first = row
        while row - FIRST < len(minutes) and minutes[row - FIRST].start < slot.end:
            row += 1
        spans.append((first, row - 1))
    return spans


def _slot(stretch: Stretch, span: tuple[int, int], source: Table, report: SessionReport) -> Record:
    """Make one row; sums and peak are formulas over the minutes, the mean is weighted by time and so a value."""
    record: dict[str, float | str | Formula | None] = {
        "at": serial(stretch.start), "online": _rounded(stretch.online),
        "marks": "\n".join(f"{clock_text(mark.at)} {SIGNS[mark.kind]} {mark.text}" for mark in stretch.marks) or None,
    }  # fmt: skip
    if source.has("online_max") and stretch.online_max is not None:
        record["online_max"] = Formula(f"=MAX({_area(source, 'online_max', span)})", stretch.online_max)
    for key in slot_totals(report):
        result = figure(BASES[key].unit, stretch.grown.get(key))
        record[key] = Formula(_sum_of(_area(source, key, span)), "" if result is None else result)
    return record


def _area(source: Table, key: str, span: tuple[int, int]) -> str:
    column = source.col(key)
    return f"'{tab(MINUTES)}'!{column}{span[0]}:{column}{span[1]}"
