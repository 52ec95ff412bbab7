"""What an import would do, before it does it: counted, shown line by line, then applied as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from liveshop_desk.ops.importing_words import header_of
from liveshop_desk.sheets.report import Reading, Refusal
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

T = TypeVar("T")
Report = Callable[[int, int], None]  # (done, total); may raise to stop the work


class LineState(StrEnum):
    """What becomes of one row of the file."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row of the preview. ``row`` counts from 1 as the spreadsheet shows it; texts in the user's language."""

    row: int
    state: LineState
    title: str
    detail: str = ""
    column: str = ""  # of a refusal
    yearless: bool = False  # of a refusal too


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing one file comes to. Nothing is stored until ``importing.apply``.

    ``what`` is products, sessions, orders, queue, stock or samples; ``kind`` the recognised format. The counts are rows
    of the file and add up to ``read``. ``work`` writes it inside a step; ``again`` makes the same plan anew
    on the shop as it is by then; ``seen`` is the newest step of the journal the plan knows.
    """

    what: str
    file: str
    kind: str
    read: int
    added: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...]
    lines: tuple[PlanLine, ...]
    work: Callable[[Store, Step, Report], None]
    again: Callable[[Store], Plan]
    seen: int
    session_id: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])  # more counts, for whoever reads JSON

    @property
    def empty(self) -> bool:
        """Tell whether applying it would change nothing."""
        return not (self.added or self.changed)

    @property
    def yearless(self) -> bool:
        """Tell whether rows were refused that could be read if the year of their dates was said."""
        return any(refusal.yearless for refusal in self.refused)

    def counts(self) -> tuple[int, int, int, int]:
        """Return (added, changed, unchanged, refused)."""
        return self.added, self.changed, self.unchanged, len(self.refused)


def make_plan(
    what: str,
    reading: Reading[Any],
    lines: Iterable[PlanLine],
    *,
    work: Callable[[Store, Step, Report], None],
    again: Callable[[Store], Plan],
    seen: int,
    session_id: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> Plan:
    """Return the plan of ``lines`` and the reader's own refusals, counted, in the order of the file."""
    refused = [PlanLine(r.row, LineState.REFUSED, r.title, r.why, r.column, r.yearless) for r in reading.refused]
    lines = [_with_header(line, reading.columns) for line in lines]
    ordered = tuple(sorted([*lines, *refused], key=lambda line: line.row))
    states = Counter(line.state for line in ordered)
    return Plan(
        what=what,
        file=reading.file,
        kind=reading.kind,
        read=len(ordered),
        added=states[LineState.NEW],
        changed=states[LineState.CHANGED],
        unchanged=states[LineState.UNCHANGED],
        refused=tuple(
            Refusal(line.row, line.column, line.detail, line.title, line.yearless)
            for line in ordered
            if line.state is LineState.REFUSED
        ),
        notes=tuple(reading.notes),
        lines=ordered,
        work=work,
        again=again,
        seen=seen,
        session_id=session_id,
        extra=extra or {},
    )


def _with_header(line: PlanLine, columns: Mapping[str, str]) -> PlanLine:
    """Return a line whose refusal names the column as the file does."""
    return replace(line, column=header_of(columns, line.column)) if line.column and columns else line


def by_row(records: Sequence[tuple[int, T]]) -> list[tuple[int, list[T]]]:
    """Gather the records of each row of the file, in file order."""
    rows: dict[int, list[T]] = {}
    for row, record in records:
        rows.setdefault(row, []).append(record)
    return list(rows.items())


def report_json(plan: Plan) -> dict[str, Any]:
    """Return the counts and refusals as the command line prints them."""
    return {
        "read": plan.read,
        "added": plan.added,
        "changed": plan.changed,
        "unchanged": plan.unchanged,
        "refused": [{"row": r.row, "column": r.column, "why": r.why} for r in plan.refused],
        **plan.extra,
    }
