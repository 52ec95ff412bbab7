"""The last sheet (数据字典): where every column and every metric comes from, its unit, and when it is blank."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liveshop_desk.i18n import _
from liveshop_desk.model.review import SessionReport
from liveshop_desk.sheets.book import Column, Sheet
from liveshop_desk.sheets.book_table import Frame, Record, Table, Top, table_sheet
from liveshop_desk.sheets.session_book_kpis import shown_kpis
from liveshop_desk.sheets.session_book_words import LOOK_OF_UNIT, OVERVIEW, UNITS, WORDS, tab


def dictionary_sheet(report: SessionReport, frame: Frame, sheets: Sequence[Sheet]) -> Sheet:
    """Return the dictionary of ``sheets`` and of the metrics in 总览."""
    records = [*_metrics(report), *_columns(sheets)]
    note = _("Blank means not known or not countable; it never means 0. Money is in yuan.")
    return table_sheet(Top(frame, tab(WORDS), note), Table(_heads()), records)


def _heads() -> list[Column]:
    return [
        Column("sheet", _("Sheet"), "text", ""),
        Column("field", _("Field"), "text", ""),
        Column("source", _("Source or formula"), "wrap", ""),
        Column("unit", _("Unit"), "text", ""),
        Column("blank", _("When blank"), "wrap", ""),
        Column("basis", _("Basis"), "wrap", ""),
    ]


def _metrics(report: SessionReport) -> Iterable[Record]:
    for kpi in shown_kpis(report):
        metric = kpi.metric
        yield {
            "sheet": tab(OVERVIEW),
            "field": _(metric.label),
            "source": _(metric.formula) if metric.formula else _("samples, events or the platform's file"),
            "unit": _unit(LOOK_OF_UNIT[metric.unit]),
            "blank": _(metric.blank_when),
            "basis": report.basis(kpi) or None,
        }


def _columns(sheets: Sequence[Sheet]) -> Iterable[Record]:
    for sheet in sheets:
        for column in sheet.columns:
            yield {
                "sheet": sheet.name,
                "field": column.title,
                "source": column.source or None,
                "unit": _unit(column.look),
                "blank": column.blank or None,
                "basis": column.basis or None,
            }


def _unit(look: str) -> str | None:
    return _(UNITS[look]) if look in UNITS else None
