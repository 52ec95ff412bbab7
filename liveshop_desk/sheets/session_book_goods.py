"""The sheets of what was sold: 商品 and 讲解记录."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from liveshop_desk.i18n import _
from liveshop_desk.model.clicked import lacking
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.names import kind_name, role_name
from liveshop_desk.model.review import SessionReport
from liveshop_desk.model.review_ledger import Counted, GoodsRow, LedgerRow, counted
from liveshop_desk.sheets.book import Bars, Column, Formula, Sheet, Value, length, letter, serial, yuan
from liveshop_desk.sheets.book_table import FIRST, HEAD, Frame, Maker, Record, Table, Top, kept, table_sheet
from liveshop_desk.sheets.session_book_words import GOODS, LEDGER, tab

_SHOWN = 30  # bars in the chart: more cannot be read


def goods_sheet(report: SessionReport, frame: Frame) -> Sheet:
    """Return 商品: what each product of the evening sold, best seller first."""
    whole = sum(row.sold.gmv or 0 for row in report.goods)
    records = [_product(row, whole, len(report.goods)) for row in report.goods]
    note = _("Products of the queue and those sold besides. Prices and stock are as they stood at the export.")
    columns = _goods_columns()
    if any(row.sold.unpriced for row in report.goods):
        columns = _without_total(columns, "unit_price")
    if _lacks_clicks(report.goods):
        columns = _without_total(columns, "conversion")
    table = kept(columns, records)
    return table_sheet(Top(frame, tab(GOODS), note), table, records, totals=_goods_totals(report.goods))


def _without_total(columns: list[Column], key: str) -> list[Column]:
    """Leave a column's total blank: its rows do not make one."""
    return [replace(column, total="") if column.key == key else column for column in columns]


def _lacks_clicks(rows: Sequence[GoodsRow] | Sequence[LedgerRow]) -> bool:
    """Tell whether the sums of clicks and orders make no rate: some orders came while nobody counted clicks."""
    orders, clicks = sum(row.sold.orders or 0 for row in rows), sum(row.clicks or 0 for row in rows)
    return lacking(orders, clicks, partly=any(row.partly for row in rows))


def _when_clicks_lack() -> str:
    return _("the divisor is 0, not known, or counted for a part of the orders only")


def _goods_columns() -> list[Column]:
    catalogue, lines = _("the catalogue"), _("order lines of the session that name the product")
    unknown = _("not known")
    divide, not_given = _("the divisor is 0 or not known"), _("no source gave it")
    return [
        Column("title", _("Product"), "text", catalogue),
        Column("code", _("Seller code"), "id", catalogue, unknown),
        Column("role", _("Role"), "text", catalogue, unknown),
        Column("live_price", _("Live price"), "money", _("the catalogue; the lowest of its SKUs"), unknown),
        Column("list_price", _("List price"), "money", _("the catalogue; the lowest of its SKUs"), unknown),
        Column("stock", _("Stock"), "count", _("the catalogue; all SKUs"), unknown),
        Column("pitches", _("Times on air"), "count", _("the pitch record"), "", "sum"),
        Column("seconds", _("Time pitched"), "length", _("the pitch record"), "", "sum"),
        Column("clicks", _("Product clicks"), "count", _("clicks that name the product"), not_given, "sum"),
        Column("orders", _("Orders"), "count", lines, unknown, "sum"),
        Column("units", _("Units sold"), "count", lines, unknown, "sum"),
        Column("gmv", _("GMV"), "money", lines, unknown, "sum"),
        Column("share", _("Share of GMV"), "percent", _("GMV / GMV of all rows"), divide),
        Column(
            "conversion", _("Click → pay"), "percent", _("orders / product clicks"), _when_clicks_lack(),
            '=IFERROR({orders}/{clicks},"")', _("per time"),
        ),
        Column(
            "unit_price", _("Average unit price"), "money", _("GMV / units"), divide,
            '=IFERROR({gmv}/{units},"")', _("per unit"),
        ),
        Column("refund_orders", _("Refunded orders"), "count", _("refunds that name the product"), "", "sum"),
        Column("refund_amount", _("Refunded amount"), "money", _("refunds that name the product"), "", "sum"),
    ]  # fmt: skip


def _product(row: GoodsRow, whole: int, count: int) -> Record:
    sold, refunded = row.sold, row.refunded
    record: dict[str, Value | Maker] = {
        "code": row.code or None,
        "title": row.title,
        "role": role_name(row.role) if row.role else None,
        "live_price": yuan(row.live_price[0]) if row.live_price else None,
        "list_price": yuan(row.list_price[0]) if row.list_price else None,
        "stock": row.stock,
        "pitches": row.pitches,
        "seconds": length(row.seconds) if row.pitches else None,
        "clicks": row.clicks,
        "orders": sold.orders,
        "units": sold.units,
        "gmv": yuan(sold.gmv),
        "refund_orders": refunded.orders or None,
        "refund_amount": yuan(refunded.gmv) if refunded.orders else None,
    }
    if sold.gmv is not None:
        record["share"] = _share(count, sold.gmv / whole if whole else None)
    if row.clicks is not None and sold.orders is not None and not row.lacks_clicks:
        record["conversion"] = _formula('=IFERROR({orders}/{clicks},"")', row.conversion)
    if sold.gmv is not None and sold.units is not None and not sold.unpriced:
        unit = sold.gmv / 100 / sold.units if sold.units else None
        record["unit_price"] = _formula('=IFERROR({gmv}/{units},"")', unit)
    return record


def _formula(pattern: str, result: float | None) -> Maker:
    return lambda table, row: table.formula(pattern, row, result)


def _share(count: int, result: float | None) -> Maker:
    def make(table: Table, row: int) -> Formula:
        column = table.col("gmv")
        whole = f"SUM(${column}${FIRST}:${column}${HEAD + count})"
        return Formula(f'=IFERROR({column}{row}/{whole},"")', result)

    return make


def _goods_totals(rows: Sequence[GoodsRow]) -> dict[str, float | None]:
    """Return what the row of totals gives."""
    orders, units = sum(row.sold.orders or 0 for row in rows), sum(row.sold.units or 0 for row in rows)
    gmv, clicks = sum(row.sold.gmv or 0 for row in rows), sum(row.clicks or 0 for row in rows)
    return {
        "pitches": sum(row.pitches for row in rows),
        "seconds": length(sum(row.seconds for row in rows)),
        "clicks": clicks,
        "orders": orders,
        "units": units,
        "gmv": gmv / 100,
        "conversion": orders / clicks if clicks else None,
        "unit_price": gmv / 100 / units if units else None,
        "refund_orders": sum(row.refunded.orders or 0 for row in rows),
        "refund_amount": sum(row.refunded.gmv or 0 for row in rows) / 100,
    }


def ledger_sheet(report: SessionReport, frame: Frame) -> Sheet:
    """Return 讲解记录: every time on air in order, and a chart of what each minute brought."""
    records = [_pitch(row, report) for row in report.ledger]
    columns = _ledger_columns()
    if _lacks_clicks(report.ledger):
        columns = _without_total(columns, "conversion")
    if _lacks_gmv(report):
        columns = _without_total(columns, "per_minute")
    table = kept(columns, records)
    top = Top(frame, tab(LEDGER), _ledger_note(report.ledger))
    charts = [chart] if (chart := ledger_chart(report, f"{letter(len(table.columns) + 2)}{HEAD}")) else []
    return table_sheet(top, table, records, totals=_ledger_totals(report.ledger), charts=charts)


def _lacks_gmv(report: SessionReport) -> bool:
    """Tell whether the sums of GMV and length make no rate: GMV of a part of that time, or of another, is in it."""
    rows = report.ledger
    if any(row.sold.unpriced for row in rows):
        return True
    if any(row.counted is Counted.LINES for row in rows):  # what a figure told meanwhile grew by is in no row
        return any(row.gmv_per_minute is None and row.seconds > 0 for row in rows)
    return any(row.sold.loose for row in rows) and not report.coverage.alike("gmv", "on_air_seconds")


def _ledger_note(rows: Sequence[LedgerRow]) -> str:
    found, loose = counted(rows), any(row.sold.loose for row in rows)
    if Counted.LINES in found:
        own = _("Orders, units and GMV are those of the pitch's own product, paid while it was on air.")
        parts = [own, _("A segment without a product counts all orders of its time.")]
        if Counted.TOTALS in found and loose:
            parts.append(_("Where no order line came in, they are what the totals grew by since the figure before."))
        elif Counted.TOTALS in found:
            parts.append(_("Where no order line came in meanwhile, they are what the session's totals grew by."))
        return " ".join(parts)
    if Counted.TOTALS in found and loose:
        return _("No order lines came in: the figures are what the totals grew by since the figure before.")
    if Counted.TOTALS in found:
        return _("No order lines came in: orders, units and GMV are what the session's totals grew by while on air.")
    return _("No orders and no totals came in while these were on air.")


def _ledger_columns() -> list[Column]:
    pitch, brought = _("the pitch record"), _("see the note above the table")
    unknown, not_given = _("not known"), _("no source gave it")
    no_rate = _("the divisor is 0 or not known, or no figure came in the minute before its start or its end")
    return [
        Column("number", _("No."), "count", _("the queue")),
        Column("title", _("Segment / product"), "text", _("the queue")),
        Column("kind", _("Kind"), "text", _("the queue")),
        Column("turn", _("Time on air no."), "count", pitch),
        Column("start", _("Start"), "second", pitch),
        Column("end", _("End"), "second", pitch, _("still on air at the export")),
        Column("planned", _("Planned"), "short", _("the queue"), unknown, "sum"),
        Column("seconds", _("Length"), "short", _("end − start"), "", "sum"),
        Column("online_in", _("Online in"), "level", _("online when it was taken"), unknown),
        Column("online_out", _("Online out"), "level", _("online when it ended"), unknown),
        Column("moved", _("Change"), "moved", _("online out − online in"), unknown),
        Column("read", _("Script read"), "percent", _("what the prompter ran through"), unknown),
        Column("pace", _("Characters/min"), "level", _("what the prompter ran through, pauses left out"), unknown),
        Column("clicks", _("Product clicks"), "count", _("clicks that name the product"), not_given, "sum"),
        Column("orders", _("Orders"), "count", brought, unknown, "sum"),
        Column(
            "conversion", _("Click → pay"), "percent", _("orders / product clicks"), _when_clicks_lack(),
            '=IFERROR({orders}/{clicks},"")', _("per time"),
        ),
        Column("units", _("Units sold"), "count", brought, unknown, "sum"),
        Column("gmv", _("GMV"), "money", brought, unknown, "sum"),
        Column(
            "per_minute", _("GMV per minute"), "money", _("GMV / minutes on air"), no_rate,
            '=IFERROR({gmv}/({seconds}*1440),"")', _("per minute on air"),
        ),
    ]  # fmt: skip


def _pitch(row: LedgerRow, report: SessionReport) -> Record:
    end = row.end if row.end is not None else report.until
    record: dict[str, Value | Maker] = {
        "number": row.number,
        "title": row.title,
        "kind": kind_name(row.kind),
        "turn": row.turn,
        "start": serial(row.start),
        "end": serial(row.end) if row.end is not None else None,
        "planned": length(row.planned_seconds),
        "seconds": length(row.seconds),
        "online_in": row.online_in,
        "online_out": row.online_out,
        "read": row.told.share if row.told else None,
        "pace": round(row.told.pace) if row.told and row.told.pace else None,
        "clicks": row.clicks,
        "orders": row.sold.orders,
        "units": row.sold.units,
        "gmv": yuan(row.sold.gmv),
    }
    if row.end is not None and _is_even(row, end):
        record["seconds"] = _formula("={end}-{start}", serial(end) - serial(row.start))
    if row.online_in is not None and row.online_out is not None:
        record["moved"] = _formula("={online_out}-{online_in}", row.online_out - row.online_in)
    if row.clicks is not None and row.sold.orders is not None and not (row.lacks_clicks or row.sold.loose):
        record["conversion"] = _formula('=IFERROR({orders}/{clicks},"")', row.click_pay)
    if row.sold.gmv is not None and not (row.sold.unpriced or row.sold.loose):
        record["per_minute"] = _formula('=IFERROR({gmv}/({seconds}*1440),"")', yuan(row.gmv_per_minute))
    return record


def _is_even(row: LedgerRow, end: Instant) -> bool:
    """Tell whether the local times in the row are as far apart as it lasted: not where the clocks were changed."""
    return abs((serial(end) - serial(row.start)) * 86_400 - row.seconds) < 1


def _ledger_totals(rows: Sequence[LedgerRow]) -> dict[str, float | None]:
    """Return what the row of totals gives."""
    seconds, gmv = sum(row.seconds for row in rows), sum(row.sold.gmv or 0 for row in rows)
    orders, clicks = sum(row.sold.orders or 0 for row in rows), sum(row.clicks or 0 for row in rows)
    return {
        "planned": length(sum(row.planned_seconds or 0 for row in rows)),
        "seconds": length(seconds),
        "clicks": clicks,
        "orders": orders,
        "conversion": orders / clicks if clicks else None,
        "units": sum(row.sold.units or 0 for row in rows),
        "gmv": gmv / 100,
        "per_minute": gmv * 0.6 / seconds if seconds else None,
    }


def ledger_chart(report: SessionReport, at: str, *, sheet: str = "", width: float = 18.0) -> Bars | None:
    """Return the chart of GMV per minute of each pitch; ``None`` without any."""
    if not any(row.gmv_per_minute for row in report.ledger):
        return None
    records = [_pitch(row, report) for row in report.ledger]
    table = kept(_ledger_columns(), records)
    shown = min(len(report.ledger), _SHOWN)
    return Bars(
        _("GMV per minute on air"), at, table.col("title"), table.col("per_minute"), "", sheet, HEAD, FIRST,
        HEAD + shown, width=width, height=max(8.5, 1.5 + 0.55 * shown), lying=True, format='"¥"#,##0',
    )  # fmt: skip
