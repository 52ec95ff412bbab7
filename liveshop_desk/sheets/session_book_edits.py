"""The sheet 改价改库存记录: who changed which price or stock when, from what to what, and whether it was taken back."""

from __future__ import annotations

from liveshop_desk.i18n import _
from liveshop_desk.model.review import EditRow, SessionReport
from liveshop_desk.sheets.book import Column, Sheet, Value, serial, yuan
from liveshop_desk.sheets.book_table import Frame, Maker, Record, Table, Top, kept, table_sheet
from liveshop_desk.sheets.session_book_words import ACTS, EDITS, FIELDS, tab


def edits_sheet(report: SessionReport, frame: Frame) -> Sheet:
    """Return the sheet; prices in yuan, stock in units, both in the same columns."""
    records = [_edit(edit) for edit in report.edits]
    money = {"before": "money", "after": "money"}
    looks = [money if edit.is_price else {} for edit in report.edits]
    note = _("Every change while the session ran. An undo is a change of its own; what it took back says so.")
    return table_sheet(Top(frame, tab(EDITS), note), kept(_columns(), records), records, looks=looks)


def _columns() -> list[Column]:
    journal = _("the record of changes")
    return [
        Column("at", _("Time"), "second", journal),
        Column("title", _("Product"), "text", _("the catalogue")),
        Column("spec", _("Spec"), "text", _("the catalogue"), _("the product has one SKU")),
        Column("field", _("What"), "text", journal),
        Column("before", _("Before"), "count", journal, _("not known before")),
        Column("after", _("After"), "count", journal, _("not known after")),
        Column("change", _("Change"), "change", _("after / before − 1"), _("the divisor is 0 or not known")),
        Column("act", _("Act"), "text", journal),
        Column("undone", _("Taken back"), "text", journal, _("it stands")),
        Column("who", _("By"), "text", journal, _("no name was set")),
    ]


def _edit(edit: EditRow) -> Record:
    record: dict[str, Value | Maker] = {
        "at": serial(edit.at),
        "title": edit.title,
        "spec": edit.spec or None,
        "field": _(FIELDS.get(edit.field, edit.field)),
        "before": yuan(edit.before) if edit.is_price else edit.before,
        "after": yuan(edit.after) if edit.is_price else edit.after,
        "act": _(ACTS.get(edit.kind, edit.kind)),
        "undone": _("yes") if edit.undone else None,
        "who": edit.who or None,
    }
    if edit.before is not None and edit.after is not None:
        record["change"] = _change(edit.after / edit.before - 1 if edit.before else None)
    return record


def _change(result: float | None) -> Maker:
    def make(table: Table, row: int) -> Value:
        return table.formula('=IFERROR({after}/{before}-1,"")', row, result)

    return make
