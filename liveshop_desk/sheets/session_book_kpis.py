"""The table of 总览: each metric's goal, actual, attainment, mean of the last sessions; rates as live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liveshop_desk.i18n import _, ngettext
from liveshop_desk.model.bases import BASES, Better, Number, Unit
from liveshop_desk.model.metrics import Metric
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.review_kpis import Goal, Kpi
from liveshop_desk.sheets.book import Cell, Column, Formula
from liveshop_desk.sheets.book_table import FIRST, HEAD
from liveshop_desk.sheets.session_book_time import minutes_table
from liveshop_desk.sheets.session_book_words import LOOK_OF_UNIT, MINUTES, figure, tab

# Letters of the table's columns.
ACTUAL, GOAL, MEAN, CHANGE = "B", "C", "E", "F"
_NEAR = 0.9995  # from here on one decimal rounds to 100.0%
_DIFFERENCES = frozenset({"net_followers"})


def kpi_columns(report: SessionReport) -> list[Column]:
    """Return the columns, for the header and the dictionary."""
    mean = past_text(report)
    zero = _("the divisor is 0 or not known")
    part = _("the divisor is 0 or not known, or the actual was seen only for a part of the show")
    return [
        Column("metric", _("Metric"), "text", _("see the metrics below")),
        Column("actual", _("Actual"), "count", _("the sources; rates are live formulas"), _("not known")),
        Column("goal", _("Goal"), "count", _("the session's goal"), _("no goal was set")),
        Column("attainment", _("Attainment"), "percent", _("actual / goal"), zero),
        Column("mean", _("Last sessions"), "count", mean, _("no earlier session has it")),
        Column("change", _("Against them"), "percent", _("actual / mean − 1"), part),
        Column("basis", _("Basis"), "text", _("what the rate is counted per")),
    ]


def past_text(report: SessionReport) -> str:
    """Say what the mean is taken over."""
    count = len(report.past)
    if not count:
        return _("There is no earlier session to compare with.")
    if report.past_of_anchor:
        text = ngettext("Mean of the last {n} session of {anchor}", "Mean of the last {n} sessions of {anchor}", count)
        return text.format(n=count, anchor=report.session.anchor)
    return ngettext("Mean of the last {n} session", "Mean of the last {n} sessions", count).format(n=count)


def shown_kpis(report: SessionReport) -> list[Kpi]:
    """Return the metrics known tonight or of the sessions before, and those that are blank for a reason."""
    return [kpi for kpi in report.kpis if _is_shown(report, kpi)]


def missing_kpis(report: SessionReport) -> list[Kpi]:
    """Return the metrics nobody gave."""
    return [kpi for kpi in report.kpis if not _is_shown(report, kpi)]


def _is_shown(report: SessionReport, kpi: Kpi) -> bool:
    return kpi.value is not None or kpi.mean is not None or bool(report.why_blank(kpi))


def kpi_rows(report: SessionReport, first: int) -> list[list[Cell | None]]:
    """Return the rows of the table, which begins at row ``first``."""
    shown = shown_kpis(report)
    places = {kpi.metric.key: first + place for place, kpi in enumerate(shown) if kpi.value is not None}
    sums = _minute_sums(report)
    goals = {goal.key: goal for goal in report.goals}
    rows: list[list[Cell | None]] = []
    for place, kpi in enumerate(shown):
        row, metric = first + place, kpi.metric
        look = LOOK_OF_UNIT[metric.unit]
        goal = goals.get(metric.key)
        rows.append(
            [
                Cell(_(metric.label), "text.bold" if goal else "text"),
                Cell(_actual(kpi, places, sums, report), f"{look}.bold"),
                Cell(figure(metric.unit, goal.goal) if goal else None, look),
                _attainment(goal, row) if goal else Cell(None),
                Cell(figure(metric.unit, kpi.mean), look),
                Cell(None, "change") if report.is_partial(kpi) else _change(kpi, row),
                Cell(report.basis(kpi) or None, "wrap"),
            ]
        )
    return rows


def _ratio(pattern: str, result: float | None) -> Formula:
    return Formula(f'=IFERROR({pattern},"")', result)


def _attainment(goal: Goal, row: int) -> Cell:
    """Return the share of the goal; one just missed with more decimals, for 100.0% would say it was reached."""
    share = goal.attainment
    near = share is not None and _NEAR <= share < 1
    return Cell(_ratio(f"{ACTUAL}{row}/{GOAL}{row}", share), "percent_near" if near else "percent")


def _change(kpi: Kpi, row: int) -> Cell:
    """Return the change against the mean; a rise is green where a rise is good, from below zero too.

    A fall that leaves next to nothing has more decimals: ▼ 100.0% would say that nothing is left.
    """
    if kpi.value is None or kpi.mean is None:
        return Cell(None, "change")
    actual, mean = f"{ACTUAL}{row}", f"{MEAN}{row}"
    if kpi.mean < 0:
        return Cell(_ratio(f"({actual}-{mean})/ABS({mean})", (kpi.value - kpi.mean) / -kpi.mean), "change")
    moved = kpi.value / kpi.mean - 1 if kpi.mean else None
    near = moved is not None and -1 < moved <= -_NEAR
    return Cell(_ratio(f"{actual}/{mean}-1", moved), "change_near" if near else "change")


def change_areas(report: SessionReport, first: int) -> list[tuple[str, bool]]:
    """Return where the changes stand: those whose rise is good, those whose rise is bad."""
    areas: list[tuple[str, bool]] = []
    for better in (Better.UP, Better.DOWN):
        shown = enumerate(shown_kpis(report), first)
        cells = " ".join(f"{CHANGE}{row}" for row, kpi in shown if kpi.metric.better is better)
        if cells:
            areas.append((cells, better is Better.UP))
    return areas


def _minute_sums(report: SessionReport) -> dict[str, tuple[str, Number]]:
    """Return, for each total with a column in 数据底表, the formula that adds it up and its sum."""
    if not report.minutes:
        return {}
    table = minutes_table(report)
    last = HEAD + len(report.minutes)
    sums: dict[str, tuple[str, Number]] = {}
    for column in table.columns:
        if column.total == "sum":
            letters = table.col(column.key)
            total = sum(stretch.grown.get(column.key, 0) for stretch in report.minutes)
            sums[column.key] = (f"=SUM('{tab(MINUTES)}'!{letters}{FIRST}:{letters}{last})", total)
    return sums


def _actual(
    kpi: Kpi, places: Mapping[str, int], sums: Mapping[str, tuple[str, Number]], report: SessionReport
) -> Number | Formula | None:
    """Return the actual: a sum of the minutes where it is one, a rate of other rows, else the figure itself.

    A total the platform's file corrected afterwards differs from the minutes' sum and stays the file's figure.
    """
    metric, value = kpi.metric, kpi.value
    shown = figure(metric.unit, value)
    if value is None:
        return None
    if metric.key in sums and sums[metric.key][1] == value:
        return Formula(sums[metric.key][0], shown)
    if metric.key in report.figures and metric.key in BASES:
        return shown
    if metric.key == "net_gmv" and {"gmv", "refund_amount"}.issubset(places):
        return Formula(f"={ACTUAL}{places['gmv']}-{ACTUAL}{places['refund_amount']}", shown)
    if len(metric.needs) == 2 and metric.key not in _DIFFERENCES and places.keys() >= set(metric.needs):
        return _ratio(quotient_text(metric, [f"{ACTUAL}{places[need]}" for need in metric.needs]), shown)
    return shown


def quotient_text(metric: Metric, cells: Sequence[str]) -> str:
    """Return a quotient as a spreadsheet writes it: lengths of time are in days there."""
    top, bottom = cells
    scale = metric.function(dict.fromkeys(metric.needs, 1))
    assert scale is not None
    if BASES[metric.needs[1]].unit is Unit.SECONDS and metric.unit is not Unit.SECONDS:
        return f"{top}/({bottom}*{86_400 // round(scale)})"
    return f"{top}*{scale:g}/{bottom}" if scale != 1 else f"{top}/{bottom}"
