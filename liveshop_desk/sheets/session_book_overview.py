"""The first sheet (总览): one page the owner reads with the morning's tea."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from liveshop_desk.i18n import _, date_text, ngettext, span_text
from liveshop_desk.model.clock import clock_text, to_local
from liveshop_desk.model.funnel import weakest_words
from liveshop_desk.model.money import money_text
from liveshop_desk.model.names import platform_name
from liveshop_desk.model.review import Incident, SessionReport
from liveshop_desk.sheets.book import Bars, Cell, Sheet, Value, column_width, lines_in, row_height, text_width
from liveshop_desk.sheets.book_table import Frame
from liveshop_desk.sheets.session_book_goods import ledger_chart
from liveshop_desk.sheets.session_book_kpis import (
    change_areas,
    kpi_columns,
    kpi_rows,
    missing_kpis,
    past_text,
    shown_kpis,
)
from liveshop_desk.sheets.session_book_time import time_chart
from liveshop_desk.sheets.session_book_words import LEDGER, OVERVIEW, SLOTS, tab

Rows = list[list[Cell | None]]
_WIDE = 7  # columns of the page
_SECTION_HEIGHT, _LINE = 24, 110  # points; narrow characters in one line across the page


def overview_sheet(report: SessionReport, frame: Frame, held: Sequence[str], left_out: Mapping[str, str]) -> Sheet:
    """Return 总览. ``held`` are the other sheets' names, ``left_out`` maps those left out to the reason."""
    rows: Rows = [frame.title_row(tab(OVERVIEW), _WIDE)]
    rows += [*_facts(report), []]
    columns = kpi_columns(report)
    sections = [len(rows) + 1]
    rows.append(_section(_("Goals and figures")))
    rows.append([Cell(column.title, f"{column.look}.head") for column in columns])
    first = len(rows) + 1
    table = kpi_rows(report, first)
    rows += table or [_line(_("No figures are known of this session."))]
    for title, body in _sections(report, held, left_out):
        rows.append([])
        sections.append(len(rows) + 1)
        rows += [_section(title), *body]
    names = [row[0].value for row in table if row and row[0]]
    bases = [row[-1].value if row and row[-1] else None for row in table]
    widths = [column_width("", names, 24), 16, 14, 12, 15, 12, column_width("", bases, 24), 2]
    heights = {1: 30.0} | dict.fromkeys(sections, _SECTION_HEIGHT) | {sections[0] + 1: 24}
    heights |= _tall(bases, first, widths[-2])
    return Sheet(
        tab(OVERVIEW), rows, widths, marked=frame.rehearsal, charts=_charts(report, held), heights=heights,
        changes=change_areas(report, first), columns=columns,
    )  # fmt: skip


def _tall(texts: Sequence[Value], first: int, width: float) -> dict[int, float]:
    """Return the heights of the rows whose text takes more than one line; the first text stands in row ``first``."""
    lines = [lines_in(text, width) if isinstance(text, str) else 1 for text in texts]
    return {first + place: row_height(n) for place, n in enumerate(lines) if n > 1}


def _facts(report: SessionReport) -> Rows:
    """Return when, how long, who, where, and when this was made."""
    session = report.session
    start = session.begin
    end = report.until if session.started_at is not None else session.planned_end
    parts: list[str] = []
    if start is not None:
        parts.append(date_text(to_local(start).date()))
        parts.append(f"{clock_text(start)} – {clock_text(end)}" if end is not None else clock_text(start))
    if report.seconds:
        parts.append(span_text(report.seconds))
    if session.anchor:
        parts.append(_("anchor {name}").format(name=session.anchor))
    if session.operator:
        parts.append(_("operator {name}").format(name=session.operator))
    parts += [platform_name(platform) for platform in session.platforms]
    rows: Rows = [[Cell(" · ".join(parts), "text.bare")]]
    made = _("Exported {at}").format(at=f"{date_text(to_local(report.made_at).date())} {clock_text(report.made_at)}")
    rows.append([Cell(f"{made} · {past_text(report)}", "text.dim")])
    if session.rehearsal:
        rows.append(_line(_("This was a rehearsal: the audience and every figure are simulated."), "text.warn"))
    return rows


def _section(title: str) -> list[Cell | None]:
    return [Cell(title, "text.section"), *[Cell(None, "text.section")] * (_WIDE - 1)]


def _line(text: str, look: str = "text.bare") -> list[Cell | None]:
    return [Cell(text, look)]


def _sections(report: SessionReport, held: Sequence[str], left_out: Mapping[str, str]) -> Iterable[tuple[str, Rows]]:
    """Return the sections below the table that have something to say."""
    weakest = weakest_words(report.funnel)
    if weakest:
        yield _("Change one thing next time"), [_line(weakest)]
    if report.incidents:
        yield _("What went wrong"), [_line(_incident(found)) for found in report.incidents]
    yield _("What this workbook holds"), _contents(report, held, left_out)


def _incident(found: Incident) -> str:
    who = _("operator {name}").format(name=found.who) if found.who else ""
    return " · ".join(part for part in (clock_text(found.at, seconds=True), found.said, found.segment, who) if part)


def _contents(report: SessionReport, held: Sequence[str], left_out: Mapping[str, str]) -> Rows:
    rows: Rows = [_line(_("Sheets: {names}").format(names=" · ".join(held)))]
    rows += [_line(_("Left out: {name} — {why}").format(name=name, why=why)) for name, why in left_out.items()]
    if report.nameless_gmv:
        text = _("{money} of GMV names no product: it is in the totals and not under Products.")
        if report.nameless_gmv < 0:  # a total that was told, of a part of the show or rounded
            text = _("The orders under Products come to {money} more than GMV, which another source told.")
        rows.append(_line(text.format(money=money_text(abs(report.nameless_gmv)))))
    estimated = sum(row.sold.estimated for row in report.goods)
    if estimated and "gmv" in report.coverage.estimated:
        text = _("{money} of GMV is estimated from the live price: those orders told no amount.")
        rows.append(_line(text.format(money=money_text(estimated))))
    shown = {_(kpi.metric.label) for kpi in shown_kpis(report)}  # on another basis perhaps: it is there all the same
    missing = [name for name in dict.fromkeys(_(kpi.metric.label) for kpi in missing_kpis(report)) if name not in shown]
    if missing:
        text = ngettext("{n} metric no source gave: {names}", "{n} metrics no source gave: {names}", len(missing))
        rows += _wrapped(text.format(n=len(missing), names=" · ".join(missing)))
    return rows


def _wrapped(text: str) -> Rows:
    """Break a long line at its dots, so that it stays on the page."""
    rows: Rows = []
    line = ""
    for part in text.split(" · "):
        if line and text_width(line) + text_width(part) > _LINE:
            rows.append(_line(line, "text.dim"))
            line = part
        else:
            line = f"{line} · {part}" if line else part
    rows.append(_line(line, "text.dim"))
    return rows


def _charts(report: SessionReport, held: Sequence[str]) -> list[Bars]:
    """Return the page's charts, one under the other at the right of the table."""
    charts: list[Bars | None] = []
    if tab(SLOTS) in held:
        charts.append(time_chart(report, "I4", sheet=tab(SLOTS), width=20))
    if tab(LEDGER) in held:
        charts.append(ledger_chart(report, "I20", sheet=tab(LEDGER), width=20))
    return [chart for chart in charts if chart]
