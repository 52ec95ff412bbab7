"""Rows to be written, gathered while a plan is made: held rows with their changes, new rows whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from liveshop_desk.ops.plan import Report
from liveshop_desk.store.bulk import insert_rows, update_rows
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Fields, Step
from liveshop_desk.store.store import Store

EVERY = 2_000  # rows written together, between two reports of progress


@dataclass(slots=True)
class Draft:
    """One row of the shop file as it will be: ``fields`` the whole row where it is new, else what changes."""

    table: str
    row_id: str
    new: bool
    fields: Fields


@dataclass(slots=True)
class Drafts:
    """All rows a plan writes, in order, and who said what: a later row of the file may not contradict."""

    rows: dict[tuple[str, str], Draft] = field(default_factory=dict[tuple[str, str], Draft])
    said: dict[tuple[str, str, str], int] = field(default_factory=dict[tuple[str, str, str], int])

    def add(self, table: str, row: Fields) -> Fields:
        """Add a new row (an id is given to it) and return it."""
        row = {"id": new_id()} | row
        self.rows[table, row["id"]] = Draft(table, row["id"], True, row)
        return row

    def set(self, table: str, held: Fields, values: Mapping[str, Any], row: int) -> list[tuple[str, Any, Any]]:
        """Give a row of the shop the values a row of the file gives; return (field, before, after) that differ."""
        changed: list[tuple[str, Any, Any]] = []
        row_id = held["id"]
        for name, value in values.items():
            self.said.setdefault((table, row_id, name), row)
            if held[name] != value:
                changed.append((name, held[name], value))
                held[name] = value
        if changed:
            draft = self.rows.setdefault((table, row_id), Draft(table, row_id, False, {}))
            draft.fields |= {name: after for name, _before, after in changed}
        return changed

    def contradiction(self, table: str, held: Fields, values: Mapping[str, Any]) -> tuple[str, int] | None:
        """Return (field, row) of the first value that an earlier row of the file has given otherwise."""
        for name, value in values.items():
            row = self.said.get((table, held["id"], name))
            if row is not None and held[name] != value:
                return name, row
        return None

    def __iter__(self) -> Iterator[Draft]:
        return iter(self.rows.values())

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write all rows inside ``step``, those alike together: nobody else can write meanwhile."""
        done, total = 0, len(self.rows)
        for (table, new, _names), alike in self._alike().items():
            for start in range(0, len(alike), EVERY):
                report(done, total)
                rows = alike[start : start + EVERY]
                if new:
                    insert_rows(store, step, table, [draft.fields for draft in rows])
                else:
                    update_rows(store, step, table, [(draft.row_id, draft.fields) for draft in rows])
                done += len(rows)
        report(total, total)

    def _alike(self) -> dict[tuple[str, bool, tuple[str, ...]], list[Draft]]:
        """Return the rows by table and columns."""
        found: dict[tuple[str, bool, tuple[str, ...]], list[Draft]] = {}
        for draft in self:
            found.setdefault((draft.table, draft.new, tuple(draft.fields)), []).append(draft)
        return found


def given(record: object, names: Mapping[str, str]) -> Fields:
    """Return {field of the shop: value} of what a record says; ``None`` is not said."""
    return {ours: value for theirs, ours in names.items() if (value := getattr(record, theirs)) is not None}
