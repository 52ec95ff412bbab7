"""Figures over time from a file: of a session that has ended its buckets, of one on air records for its own fold."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import Any

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import BASES, Course
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.grid import BUCKET_MS
from liveshop_desk.model.line import line_of
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.record import FILE, Record
from liveshop_desk.model.rollup import Rollup, whole
from liveshop_desk.model.session import Session, State
from liveshop_desk.ops.importing_draft import Drafts
from liveshop_desk.ops.importing_words import field_name, value_text, values_text
from liveshop_desk.ops.plan import LineState, Plan, PlanLine, Report, by_row, make_plan
from liveshop_desk.sheets.report import Reading
from liveshop_desk.sheets.samples import Sample
from liveshop_desk.store import inflow, queries
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

AROUND_MS = 3_600_000  # a figure may come an hour before the start or after the end, no more


def plan_samples(store: Store, session_id: str, reading: Reading[Sample]) -> Plan:
    """Return what importing figures over time into a session would do.

    A session on air has one owner of its figures: the records are left for it (``feeds.inbox``). Raises Refused for
    a session that has not begun.
    """
    session = _begun(queries.session(store, session_id))
    planner = _Samples(store, session) if session.state is not State.LIVE else _Left(store, session)
    rows = by_row(reading.records)
    good = [(row, samples) for row, samples in rows if not planner.outside(samples)]
    planner.fold([sample for _row, samples in good for sample in samples])
    lines = [planner.line(row, samples) for row, samples in rows]
    return make_plan(
        "samples",
        planner.noted(reading),
        lines,
        work=planner.write,
        again=lambda shop: plan_samples(shop, session_id, reading),
        seen=store.newest_step(),
        session_id=session_id,
    )


def _begun(session: Session | None) -> Session:
    if session is None:
        raise Refused(_("This session is no longer there."))
    if session.started_at is None:
        raise Refused(_("This session has not begun: there are no figures of it yet."))
    return session


class _Samples:
    """The buckets of the file's samples beside those the session holds."""

    def __init__(self, store: Store, session: Session) -> None:
        self._session = session
        self._held = {(bucket.metric, bucket.bucket): bucket for bucket in inflow.rollups(store, session.id)}
        self._state: dict[tuple[str, int], LineState] = {}
        self._unknown: set[str] = set()
        self.drafts = Drafts()

    def write(self, store: Store, step: Step, report: Report) -> None:
        """Write the buckets."""
        self.drafts.write(store, step, report)

    def outside(self, samples: list[Sample]) -> bool:
        """Tell whether a row's time lies outside the session."""
        return _outside(self._session, samples[0].at)

    def fold(self, samples: list[Sample]) -> None:
        """Fold the file's samples into buckets and plan those that differ from the held ones."""
        figures = LiveFigures()
        for sample in sorted(samples, key=lambda sample: sample.at):
            if sample.metric in BASES:
                figures.absorb(Record(sample.at, "sample", FILE, metric=sample.metric, value=sample.value))
            else:
                self._unknown.add(sample.metric)
        for bucket in figures.take_dirty():
            self._put(bucket)

    def _put(self, bucket: Rollup) -> None:
        values = bucket.values()
        held = self._held.get((bucket.metric, bucket.bucket))
        row: dict[str, Any] = {"session_id": self._session.id, "metric": bucket.metric, "bucket": bucket.bucket}
        row["id"] = f"{self._session.id}:{bucket.metric}:{bucket.bucket}"
        if held is None:
            self.drafts.add("rollups", row | values)
            state = LineState.NEW
        else:
            changed = self.drafts.set("rollups", row | held.values(), values, 0)
            state = LineState.CHANGED if changed else LineState.UNCHANGED
        self._state[bucket.metric, bucket.bucket] = state

    def line(self, row: int, samples: list[Sample]) -> PlanLine:
        """Return what becomes of one row."""
        if self.outside(samples):
            return _refused(row, samples, self._session)
        title = value_text("started_at", samples[0].at)
        states = {self._state.get((sample.metric, sample.at - sample.at % BUCKET_MS)) for sample in samples}
        best = next((s for s in (LineState.NEW, LineState.CHANGED) if s in states), LineState.UNCHANGED)
        return PlanLine(row, best, title, values_text((sample.metric, sample.value) for sample in samples))

    def noted(self, reading: Reading[Sample]) -> Reading[Sample]:
        """Say which figures are not kept because they are worked out from others."""
        return _noted(reading, self._unknown)


class _Left:
    """The file's samples as records for whoever folds the session on air."""

    def __init__(self, store: Store, session: Session) -> None:
        self._session = session
        self._now = store.clock.now()
        self._held = _Held(store, session)
        self._records: list[Record] = []
        self._fresh: set[tuple[Instant, str]] = set()
        self._unknown: set[str] = set()

    def outside(self, samples: list[Sample]) -> bool:
        """Tell whether a row's time lies outside the show so far."""
        return _outside(self._session, samples[0].at) or samples[0].at > self._now

    def fold(self, samples: list[Sample]) -> None:
        """Make the records of what the show does not hold yet, in order of time."""
        for sample in sorted(samples, key=lambda sample: sample.at):
            if sample.metric not in BASES:
                self._unknown.add(sample.metric)
                continue
            record = Record(sample.at, "sample", FILE, metric=sample.metric, value=whole(round(sample.value, 3)))
            if not self._held.has(record):
                self._records.append(record)
                self._fresh.add((sample.at, sample.metric))

    def write(self, store: Store, _step: Step, report: Report) -> None:
        """Leave the records. They are numbers and no act: the journal does not hold them."""
        inflow.leave(store, self._session.id, [line_of(record) for record in self._records])
        report(len(self._records), len(self._records))

    def line(self, row: int, samples: list[Sample]) -> PlanLine:
        """Return what becomes of one row."""
        if self.outside(samples):
            return _refused(row, samples, self._session)
        told = values_text((sample.metric, sample.value) for sample in samples)
        fresh = any((sample.at, sample.metric) in self._fresh for sample in samples)
        state = LineState.NEW if fresh else LineState.UNCHANGED
        return PlanLine(row, state, value_text("started_at", samples[0].at), told)

    def noted(self, reading: Reading[Sample]) -> Reading[Sample]:
        """Say which figures are not kept because they are worked out from others."""
        return _noted(reading, self._unknown)


class _Held:
    """What a show on air holds already: in its buckets, or left for them and not folded yet."""

    def __init__(self, store: Store, session: Session) -> None:
        self._since = session.started_at or 0
        self._left = set(inflow.waiting(store, session.id))
        carry = inflow.carry(store, session.id)
        self._told = {name: kept.sampled_at for name, kept in carry.tracks.items()} if carry else {}
        self._buckets: defaultdict[str, list[Rollup]] = defaultdict(list)
        for bucket in inflow.rollups(store, session.id):
            self._buckets[bucket.metric].append(bucket)

    def has(self, record: Record) -> bool:
        """Tell whether the show knows a file's figure. A total that events came to was not told by anybody."""
        if line_of(record) in self._left:
            return True
        at, buckets = max(record.at, self._since), self._buckets[record.metric]
        place = bisect_right(buckets, at, key=lambda bucket: bucket.bucket)
        if not place or at - buckets[place - 1].bucket >= BUCKET_MS:
            return False
        told = self._told.get(record.metric)
        if BASES[record.metric].course is not Course.GAUGE and (told is None or told < at):
            return False
        bucket = buckets[place - 1]
        return bucket.n > 0 and record.value in (bucket.low, bucket.high, bucket.last)


def _outside(session: Session, at: Instant) -> bool:
    start = session.started_at or 0
    end = session.ended_at if session.ended_at is not None else start + 24 * AROUND_MS
    return not start - AROUND_MS <= at <= end + AROUND_MS


def _refused(row: int, samples: list[Sample], session: Session) -> PlanLine:
    why = _("outside the session ({start})").format(start=value_text("started_at", session.started_at))
    return PlanLine(row, LineState.REFUSED, value_text("started_at", samples[0].at), why, field_name("started_at"))


def _noted(reading: Reading[Sample], unknown: set[str]) -> Reading[Sample]:
    if not unknown:
        return reading
    names = _(", ").join(sorted(unknown))
    note = _("Not kept, because they are worked out from the counts: {names}").format(names=names)
    return replace(reading, notes=[*reading.notes, note])
