"""The review board in words: cards, tables and chart of one report, written in the language in use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liveshop_desk.i18n import _, mark, number_text, percent_text, share_text
from liveshop_desk.model.bases import BLANK, Number
from liveshop_desk.model.clock import clock_text, timer_text
from liveshop_desk.model.coverage import in_part_text
from liveshop_desk.model.metrics import delta_text, format_metric, is_good
from liveshop_desk.model.metrics_catalogue import METRICS
from liveshop_desk.model.money import money_text
from liveshop_desk.model.reading import Told
from liveshop_desk.model.review import AlarmRow, EditRow, SessionReport
from liveshop_desk.model.review_kpis import CARDS, Kpi
from liveshop_desk.model.review_ledger import LedgerRow
from liveshop_desk.model.review_time import SIGNS, Mark
from liveshop_desk.model.tile import Tile, short_name
from ui.models.cell import Cell
from ui.models.rows_model import Head
from ui.widgets.slot_chart import Slot, Words

Rows = list[list[Cell]]
_MOST_MARKS = 8  # named under the mouse

# What stands below a card's figure where there is something better to say than how it moved.
_BESIDE = {
    "online_mean": ("online_max", mark("peak {value}")),
    "units": ("refund_orders", mark("{value} refunded")),
    "gpm": ("uv_value", mark("UV value {value}")),
    "follow_rate": ("new_followers", mark("+{value} followers")),
}


def cards(report: SessionReport) -> list[tuple[Tile, str]]:
    """Return the board's cards with their tooltips."""
    return [_card(report, _first_known(report, keys)) for keys in CARDS]


def _first_known(report: SessionReport, keys: Sequence[str]) -> Kpi:
    """Return the first metric of a card that is known; the first of all where none is."""
    found = [report.kpi(key) for key in keys]
    return next((kpi for kpi in found if kpi.value is not None), found[0])


def _card(report: SessionReport, kpi: Kpi) -> tuple[Tile, str]:
    metric = kpi.metric
    second, tone = _second(report, kpi)
    tile = Tile(
        key=metric.key, label=short_name(metric), value=format_metric(metric, kpi.value), basis=report.basis(kpi),
        second=second, tone=tone,
    )  # fmt: skip
    tip = [_(metric.label), _(metric.formula) if metric.formula else "", report.basis(kpi)]
    if kpi.mean is not None:
        tip.append(_("last sessions: {value}").format(value=format_metric(metric, kpi.mean)))
    return tile, "\n".join(part for part in tip if part)


def _second(report: SessionReport, kpi: Kpi) -> tuple[str, str]:
    """Return the line below a figure and its tone: the goal, a figure beside it, or the change."""
    key = kpi.metric.key
    goal = next((goal for goal in report.goals if goal.key == key), None)
    if goal is not None and goal.attainment is not None:
        text = _("goal {share}").format(share=share_text(goal.attainment))
        return text, "good" if goal.attainment >= 1 else "late"
    if kpi.value is None:
        return report.why_blank(kpi) or _("no source gave it"), ""
    if report.is_partial(kpi):
        return report.coverage.note(key, brief=True), ""
    if key in _BESIDE and (beside := report.kpi(_BESIDE[key][0])).value is not None:
        return _(_BESIDE[key][1]).format(value=format_metric(beside.metric, beside.value)), ""
    delta = delta_text(kpi.metric, kpi.value, kpi.previous)
    if not delta:
        return "", ""
    good = is_good(kpi.metric, kpi.value, kpi.previous)
    return _("{delta} vs last").format(delta=delta), "" if good is None else "good" if good else "bad"


def ledger_heads(report: SessionReport) -> list[Head]:
    """Return the headers of 环节表现; what was read only where it is known."""
    read = [Head(_("Script read"), tip=_("how much of the script, and characters/min"))] if was_read(report) else []
    return [
        Head(_("Segment / product"), right=False), Head(_("Planned")), Head(_("Actual")), Head(_("Online in → out")),
        Head(_("Click → pay"), tip=_("per time")), Head(_("Units")), Head(_("GMV")), Head(_("¥ / min")),
        *read,
    ]  # fmt: skip


def ledger_rows(report: SessionReport) -> Rows:
    """Return the pitches, those that brought most a minute first; unknown ones last, in order of time."""
    rows = sorted(report.ledger, key=lambda row: -(row.gmv_per_minute if row.gmv_per_minute is not None else -1))
    read = was_read(report)
    return [_ledger_row(row, read=read) for row in rows]


def was_read(report: SessionReport) -> bool:
    """Tell whether anything is known of what was read."""
    return any(row.told is not None for row in report.ledger)


def _told(told: Told | None) -> str:
    """Write ``82 % · 231``: how much of the script was read, and how fast."""
    if told is None:
        return BLANK
    parts = [percent_text(told.share, 0) if told.share is not None else "", str(round(told.pace)) if told.pace else ""]
    return " · ".join(part for part in parts if part) or BLANK


def _ledger_row(row: LedgerRow, *, read: bool) -> list[Cell]:
    title = _("{title} (no. {turn})").format(title=row.title, turn=row.turn) if row.turn > 1 else row.title
    over = row.planned_seconds is not None and row.seconds > row.planned_seconds
    return [
        Cell(title, tip=_("{title}, on air {start} – {end}").format(
            title=title, start=clock_text(row.start, seconds=True),
            end=clock_text(row.end, seconds=True) if row.end is not None else BLANK,
        )),
        Cell(timer_text(row.planned_seconds) if row.planned_seconds else BLANK, "dim"),
        Cell(timer_text(round(row.seconds)), "next" if over else "text"),  # as a sheet shows it
        Cell(_way(row), "dim"),
        _click_pay(row),
        Cell(_count(row.sold.units)),
        Cell(format_metric(METRICS["gmv"], row.sold.gmv)),
        _per_minute(row),
        *([Cell(_told(row.told), "dim")] if read else []),
    ]  # fmt: skip


def _way(row: LedgerRow) -> str:
    """Write how many were there when it came and went; 0 is known, and no blank."""
    if row.online_in is None and row.online_out is None:
        return BLANK
    return f"{_count(row.online_in)} → {_count(row.online_out)}"


def _per_minute(row: LedgerRow) -> Cell:
    """Write what a minute on air brought; why figures told now and then make none stands under the mouse."""
    if row.gmv_per_minute is None:
        return Cell(BLANK, tip=_("No figure came in the minute before its start or its end.") if row.sold.loose else "")
    return Cell(money_text(round(row.gmv_per_minute / 100) * 100, cents=False))


def _click_pay(row: LedgerRow) -> Cell:
    """Write a pitch's rate; why it is blank stands under the mouse."""
    if row.click_pay is None:
        return Cell(BLANK, tip=in_part_text("clicks") if row.lacks_clicks else "")
    return Cell(percent_text(row.click_pay))


def figure_heads() -> list[Head]:
    """Return the headers of the figures of a session nobody ran here."""
    return [
        Head(_("Metric"), right=False), Head(_("Actual")), Head(_("Last sessions")), Head(_("Against them")),
        Head(_("Basis"), right=False),
    ]  # fmt: skip


def figure_rows(report: SessionReport) -> Rows:
    """Return every known metric against the mean of the sessions before."""
    rows: Rows = []
    for kpi in report.kpis:
        if kpi.value is None:
            continue
        metric = kpi.metric
        mean = None if report.is_partial(kpi) else kpi.mean
        good = is_good(metric, kpi.value, mean)
        tone = "dim" if good is None else "good" if good else "on_air"
        rows.append([
            Cell(_(metric.label)), Cell(format_metric(metric, kpi.value)), Cell(format_metric(metric, kpi.mean), "dim"),
            Cell(delta_text(metric, kpi.value, mean) or BLANK, tone), Cell(report.basis(kpi), "dim"),
        ])  # fmt: skip
    return rows


def goods_heads() -> list[Head]:
    """Return the headers of the products."""
    return [Head(_("Product"), right=False), Head(_("Stock")), Head(_("Units")), Head(_("GMV")), Head(_("Share"))]


def goods_rows(report: SessionReport) -> Rows:
    """Return the products, best seller first."""
    whole = sum(row.sold.gmv or 0 for row in report.goods)
    return [
        [
            Cell(row.title, tip=row.title), Cell(_count(row.stock), "dim"), Cell(_count(row.sold.units)),
            Cell(format_metric(METRICS["gmv"], row.sold.gmv)),
            Cell(percent_text(row.sold.gmv / whole, 0) if whole and row.sold.gmv is not None else BLANK, "dim"),
        ]
        for row in report.goods
    ]  # fmt: skip


def event_heads(report: SessionReport) -> list[Head]:
    """Return the headers of what happened; who did it only where somebody is named."""
    who = [Head(_("By"), right=False)] if _named(report) else []
    return [Head(_("What"), right=False), *who, Head(_("Time"))]


def _named(report: SessionReport) -> bool:
    return any(each.who for each in (*report.edits, *report.incidents))


def event_rows(report: SessionReport) -> Rows:
    """Return incidents, alarms and edits in order of time."""
    found = [(each.at, Cell(f"⚠ {each.said}", "next", tip=each.segment), each.who) for each in report.incidents]
    found += [(edit.at, _edit(edit), edit.who) for edit in report.edits]
    found += [(each.at, Cell(f"◷ {each.alarm.message()}", "dim", tip=_alarm_tip(each)), "") for each in report.alarms]
    found.sort(key=lambda each: each[0])
    named = _named(report)
    return [
        [cell, *([Cell(who, "dim")] if named else []), Cell(clock_text(at, seconds=True), "dim")]
        for at, cell, who in found
    ]


def _alarm_tip(alarm: AlarmRow) -> str:
    seen = clock_text(alarm.seen_at, seconds=True) if alarm.seen_at is not None else BLANK
    return _("Alarm, seen {time}").format(time=seen)


_TURNED = {"undo": mark("↶ Undo: {act}"), "redo": mark("↷ Redo: {act}")}


def _edit(edit: EditRow) -> Cell:
    name, keep = f"{edit.title} {edit.spec}".strip(), ""
    if edit.is_price:
        keep = f"{money_text(edit.before)} → {money_text(edit.after)}"  # a long name gives way to them
        text = f"¥ {name} {keep}"
    else:
        text = _("{item} stock {before} → {after}").format(
            item=f"▦ {name}", before=_count(edit.before), after=_count(edit.after)
        )
    if edit.kind in _TURNED:
        text = _(_TURNED[edit.kind]).format(act=text)
    if edit.undone:  # the word comes first: what is cut where it is narrow is the end
        text = _("undone: {act}").format(act=text)
        return Cell(text, "faint", tip=text, keep=keep)
    return Cell(text, tip=text, keep=keep)


def slots(report: SessionReport) -> list[Slot]:
    """Return the chart's stretches."""
    return [
        Slot(
            slot.start, slot.end, slot.grown.get("gmv"), slot.online,
            _slot_tip(slot.start, slot.grown, slot.online, slot.marks),
            any(each.kind == "offer" for each in slot.marks),
        )
        for slot in report.slots
    ]  # fmt: skip


def _slot_tip(start: int, grown: Mapping[str, Number], online: Number | None, marks: Sequence[Mark]) -> str:
    gmv = grown.get("gmv")
    parts = [clock_text(start)]
    if gmv is not None:
        parts.append(f"{_('GMV')} {money_text(round(gmv), cents=False)}")
    if online is not None:
        parts.append(f"{_('Online')} {number_text(online)}")
    parts += [f"{clock_text(each.at)} {SIGNS[each.kind]} {each.text}" for each in marks[:_MOST_MARKS]]
    if len(marks) > _MOST_MARKS:
        parts.append(f"+{len(marks) - _MOST_MARKS}")
    return "\n".join(parts)


def chart_words() -> Words:
    """Return how the chart writes its figures."""
    gmv = METRICS["gmv"]
    return Words(_("GMV"), _("Online"), _("Offer"), lambda fen: format_metric(gmv, fen), number_text, clock_text)


def _count(value: Number | None) -> str:
    return BLANK if value is None else number_text(value)
