"""Past sessions of a platform's list: one ended session a row, with its final figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liveshop_desk.model.clock import to_local
from liveshop_desk.ops.importing_draft import Drafts
from liveshop_desk.ops.importing_words import changes_text, value_text, values_text
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, make_plan
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.sessions import SessionRow
from liveshop_desk.store import queries
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

PLATFORM_OF = {"compass": "douyin", "taobao_live": "taobao", "xiaohongshu": "xiaohongshu"}
KPI_KEYS = {"interacters": "interacting_viewers"}  # where the reader's word is not the KPI table's
SHOWN_OF_NEW = ("views", "viewers", "gmv", "orders", "units")


def plan_sessions(store: Store, reading: Reading[SessionRow]) -> Plan:
    """Return what importing past sessions would do."""
    planner = _Sessions(store, reading.kind, reading.columns)
    lines = [planner.line(row, record) for row, record in reading.records]
    return make_plan(
        "sessions",
        reading,
        lines,
        work=planner.write,
        again=lambda shop: plan_sessions(shop, reading),
        seen=store.newest_step(),
    )


class _Sessions:
    """The sessions of the shop by the key a file gave them, and their figures."""

    def __init__(self, store: Store, kind: str, columns: Mapping[str, str]) -> None:
        self._kind, self._columns = kind, columns
        self._drafts = Drafts()
        images = queries.session_images(store)
        self._by_key = {image["source_key"]: image for image in images if image["source_key"]}
        self._figures = {image["id"]: image for image in queries.figure_images(store)}

    def line(self, row: int, record: SessionRow) -> PlanLine:
        """Plan one row."""
        key = session_key(record)
        session = self._by_key.get(key)
        title = _title(record)
        figures = {KPI_KEYS.get(name, name): _bare(value) for name, value in record.figures.items()}
        if session is None:
            self._add(key, record, figures)
            shown = [(name, figures[name]) for name in SHOWN_OF_NEW if name in figures]
            return PlanLine(row, LineState.NEW, title, values_text(shown))
        changed = self._drafts.set("sessions", session, _said(record), row)
        for metric, value in figures.items():
            changed += self._set_figure(session["id"], metric, value, row)
        state = LineState.CHANGED if changed else LineState.UNCHANGED
        return PlanLine(row, state, title, changes_text(changed, self._columns))

    def _add(self, key: str, record: SessionRow, figures: dict[str, int | float]) -> None:
        platform = PLATFORM_OF.get(self._kind, "")
        fixed = {"state": "ended", "source": self._kind, "source_key": key, "platforms": platform}
        session = self._drafts.add("sessions", {"theme": _theme(record)} | fixed | _said(record))
        self._by_key[key] = session
        for metric, value in figures.items():
            self._add_figure(session["id"], metric, value)

    def _add_figure(self, session_id: str, metric: str, value: float) -> None:
        row_id = f"{session_id}:{metric}"
        row = {"id": row_id, "session_id": session_id, "metric": metric, "value": value}
        self._figures[row_id] = self._drafts.add("figures", row)

    def _set_figure(self, session_id: str, metric: str, value: float, row: int) -> list[tuple[str, Any, Any]]:
        held = self._figures.get(f"{session_id}:{metric}")
        if held is None:
            self._add_figure(session_id, metric, value)
            return [(metric, None, value)]
        changed = self._drafts.set("figures", held, {"value": value}, row)
        return [(metric, before, after) for _name, before, after in changed]

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write everything planned."""
        self._drafts.write(store, step, report)


def session_key(record: SessionRow) -> str:
    """Return what tells one past session from another: the platform's id, else title, anchor and start."""
    return record.source_id or f"{record.title}|{record.anchor}|{record.started_at}"


def _said(record: SessionRow) -> Fields:
    """Return the columns of ``sessions`` the row speaks of."""
    said: Fields = {"started_at": record.started_at}
    if record.title:
        said["theme"] = record.title
    if record.anchor:
        said["anchor"] = record.anchor
    if record.ended_at is not None:
        said["ended_at"] = record.ended_at
    return said


def _theme(record: SessionRow) -> str:
    return record.title or record.anchor or to_local(record.started_at).strftime("%Y-%m-%d")


def _title(record: SessionRow) -> str:
    parts = (value_text("started_at", record.started_at), record.title, record.anchor)
    return " · ".join(part for part in parts if part)


def _bare(value: float) -> int | float:
    """Return whole numbers as integers: SQLite's NUMERIC hands them back so, and money is integer fen."""
    return int(value) if float(value).is_integer() else value
