"""Figures over time from a table: one row per moment, one column per metric (or time, metric, value)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from liveshop_desk.i18n import _, mark
from liveshop_desk.model.clock import Instant, to_local
from liveshop_desk.sheets import cells, when
from liveshop_desk.sheets.cells import Cell
from liveshop_desk.sheets.headers import Format, Layout, header_key
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.sessions_formats import COUNTS, LENGTHS, MONEYS, RATES, REALS, SHARED, SIGNED
from liveshop_desk.sheets.table import Row, open_table, walk

# A bare time of day that lies so far before (after) the moment beside it is of the next (the last) day.
_LONG_BEFORE, _LONG_AFTER = 12 * 3_600_000, 20 * 3_600_000

_TIME_NAMES = (
    "时间",
    "采样时间",
    "记录时间",
    "时刻",
    "分时",
    "统计时间",
    "时间点",
    "日期时间",
    "time",
    "timestamp",
    "t",
    "at",
    "datetime",
    "date time",
    "minute",
)
_NOT_SAMPLED = ("title", "source_id", "anchor", "started_at", "ended_at", "duration", "viewers")
_METRICS = {name: names for name, names in SHARED.items() if name not in _NOT_SAMPLED and not name.startswith("file_")}
NAMES = _METRICS | {
    "at": _TIME_NAMES,
    "metric": ("metric", "指标", "指标名称", "key"),
    "value": ("value", "数值", "值", "指标值"),
    "online": (
        "在线人数",
        "实时在线人数",
        "实时在线",
        "当前在线人数",
        "在线",
        "人气",
        "online",
        "online viewers",
        "current viewers",
    ),
    "entered": ("进入人数", "进入直播间人数", "进房人数", "新进人数", "entered", "joined"),
    "left": ("离开人数", "离开直播间人数", "离开", "left"),
    "viewers": ("观看人数", "累计观看人数", "直播间观看人数", "viewers"),
    "interact_rate": ("互动率", "interact_rate"),
    "follow_rate": ("转粉率", "关注率", "follow_rate"),
    "click_rate": ("商品点击率", "点击率", "click_rate"),
    "click_pay_rate": ("点击成交率", "点击-成交率", "转化率", "click_pay_rate"),
    "enter_rate": ("进入率", "曝光-观看率", "enter_rate"),
    "gpm": ("GPM", "千次观看成交金额"),
    "uv_value": ("UV价值", "uv_value"),
}
_RATES = frozenset({"interact_rate", "follow_rate", "click_rate", "click_pay_rate", "enter_rate"}) | set(RATES)
_MONEYS = frozenset({"gpm"}) | set(MONEYS)
_METRIC_KEYS = frozenset(NAMES) - {"at", "metric", "value"}

WIDE = Format(
    "samples",
    NAMES,
    (("at",), tuple(sorted(_METRIC_KEYS))),
    {
        "at": mark("time"),
        "online": mark("online"),
        "gmv": mark("GMV"),
        "value": mark("value"),
        "metric": mark("metric"),
    },
)
LONG = Format(
    "samples",
    {name: NAMES[name] for name in ("at", "metric", "value")},
    (("at",), ("metric",), ("value",)),
    WIDE.labels,
    frozenset({"metric", "value", "指标", "数值"}),
    2,
    fallback=True,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A number at a time: ``metric`` is a KPI key; money in fen, lengths in seconds, rates as fractions."""

    at: Instant
    metric: str
    value: float


def read_samples(
    path: Path | str,
    *,
    year: int | None = None,
    begun: Instant | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Reading[Sample]:
    """Read samples. ``year`` completes dates without one, the session's day bare times of day (it began at ``begun``).

    A bare time half a day or more before the row above it, or before the session, is past midnight.
    Raises UserError without a table.
    """
    layout = open_table(path, (WIDE, LONG), mapping)
    return walk(layout, _Parser(layout, year, begun).parse, file=Path(path).name)


class _Parser:
    """Reads rows in order, so that bare times may cross midnight."""

    def __init__(self, layout: Layout, year: int | None, begun: Instant | None) -> None:
        self.year = year
        self.on = None if begun is None else to_local(begun).date()
        column = layout.columns["at"]
        rows = layout.grid.rows[layout.first :]
        self.day_first = when.day_first_of(row[column] for row in rows if column < len(row))
        self.metrics = [name for name in layout.columns if name in _METRIC_KEYS]
        self.units = {name: layout.unit(name) or "seconds" for name in self.metrics}
        self.last = begun

    def parse(self, row: Row) -> list[Sample]:
        """Return one sample per figure of the row."""
        at = row.take("at", self._moment)
        if at is None:
            raise row.refuse("at", _("no time"))
        self.last = at
        if "metric" in row.layout.columns:
            return _long(row, at)
        values = ((name, row.take(name, self._reader(name))) for name in self.metrics)
        return [Sample(at, name, value) for name, value in values if value is not None]

    def _moment(self, cell: Cell) -> Instant | None:
        """Read a moment; a bare time is put on the day where it lies beside the one before, written dates stay."""
        at = self._on_day(cell, 0)
        if at is None or self.last is None:
            return at
        if self.last - at >= _LONG_BEFORE:
            return self._on_day(cell, 1)
        if at - self.last >= _LONG_AFTER:
            return self._on_day(cell, -1)
        return at

    def _on_day(self, cell: Cell, later: int) -> Instant | None:
        """Read a moment with the session's day, so many days on, for a bare time."""
        day = None if self.on is None else self.on + timedelta(days=later)
        return when.instant(cell, self.year, on=day, day_first=self.day_first)

    def _reader(self, name: str) -> Callable[[Cell], float | None]:
        return reader_of(name, self.units.get(name, "seconds"))


def _long(row: Row, at: Instant) -> list[Sample]:
    """Read a row of time, metric, value."""
    written = row.take("metric", cells.line)
    found = WIDE.index.get(header_key(written)) if written else None
    if found is None or found[0] not in _METRIC_KEYS:
        raise row.refuse("metric", _("“{value}” is not a metric").format(value=(written or "")[:40]))
    value = row.take("value", reader_of(found[0], "seconds"))
    return [] if value is None else [Sample(at, found[0], value)]


def reader_of(metric: str, unit: str) -> Callable[[Cell], float | None]:
    """Return how a metric's cells are read: whole numbers, fen, seconds, fractions or plain numbers."""
    if metric in _MONEYS:
        return cells.money if metric in SIGNED else cells.price
    if metric in LENGTHS:
        return lambda cell: when.seconds(cell, unit)
    if metric in _RATES:
        return cells.fraction
    if metric in REALS or metric == "uv_value":
        return cells.real
    if metric in COUNTS or metric == "online":
        return cells.count if metric in SIGNED else cells.quantity
    return cells.real
