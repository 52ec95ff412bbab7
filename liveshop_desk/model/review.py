"""The review of one session (复盘): everything the board and the workbook show, worked out once, without a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from liveshop_desk.i18n import _
from liveshop_desk.model.alarms import Alarm
from liveshop_desk.model.bases import Figures, Number
from liveshop_desk.model.carry import Carry
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.coverage import SOLD, WHOLE, Coverage
from liveshop_desk.model.funnel import Funnel, funnel
from liveshop_desk.model.live import LiveFigures
from liveshop_desk.model.metrics import Choices, basis_of, value_of, why_blank
from liveshop_desk.model.metrics_catalogue import metrics
from liveshop_desk.model.money import Fen, money_text
from liveshop_desk.model.offers import OfferEdit, offers_on_air
from liveshop_desk.model.product import Product
from liveshop_desk.model.reading import Reading
from liveshop_desk.model.review_kpis import Goal, Kpi, Past, figures_of, kpis
from liveshop_desk.model.review_ledger import GoodsRow, LedgerRow, Lines, goods, ledger, total, with_readings
from liveshop_desk.model.review_time import Known, Mark, Stretch, stretches
from liveshop_desk.model.rollup import Rollup
from liveshop_desk.model.session import Cue, Pitch, Segment, Session

SLOT_SECONDS = 300
MINUTE = 60
_NEAR_MS = 60_000  # between a figure told and the moment it stands for
_PRICES = frozenset({"live_price", "list_price", "floor_price", "cost"})


@dataclass(frozen=True, slots=True)
class EditRow:
    """One change of a price (fen) or a stock. ``kind`` is do, undo or redo; ``undone`` that it was taken back."""

    at: Instant
    title: str
    spec: str
    field: str
    before: int | None
    after: int | None
    who: str
    kind: str
    undone: bool

    @property
    def is_price(self) -> bool:
        """Tell whether before and after are amounts."""
        return self.field in _PRICES


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that went wrong (异常). ``segment`` is the title of what was on air, empty for none.

    ``text`` is empty where nobody put words to it. ``who`` noted it, empty where no name was set.
    """

    at: Instant
    text: str
    segment: str = ""
    who: str = ""

    @property
    def said(self) -> str:
        """Return its words, or in the user's language that there was one."""
        return self.text or _("Incident")


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """An alarm that was shown. ``seen_at`` is when somebody acknowledged it."""

    at: Instant
    alarm: Alarm
    seen_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known of one session. ``imported`` are figures from its platform's file; ``past`` newest first."""

    session: Session
    made_at: Instant
    segments: Sequence[Segment] = ()
    pitches: Sequence[Pitch] = ()
    products: Mapping[str, Product] = field(default_factory=dict[str, Product])
    rollups: Sequence[Rollup] = ()
    imported: Figures = field(default_factory=dict[str, Number])
    lines: Lines = field(default_factory=Lines)
    edits: Sequence[EditRow] = ()
    incidents: Sequence[Incident] = ()
    cues: Sequence[Cue] = ()
    past: Sequence[Past] = ()
    past_of_anchor: bool = False
    readings: Sequence[Reading] = ()
    carry: Carry | None = None
    alarms: Sequence[AlarmRow] = ()
    offers: Sequence[OfferEdit] = ()


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One session, worked out.

    ``until`` is its end, or ``made_at`` while it runs. ``past_of_anchor`` tells that ``past`` (at most five, newest
    first) are sessions of the same anchor. ``slots`` are of 5 minutes, ``minutes`` of one.
    ``coverage`` tells which of the figures may be set against which. ``nameless_gmv`` is the part of GMV no order
    line names a product for; ``None`` where no lines came in.
    """

    session: Session
    made_at: Instant
    until: Instant
    figures: Mapping[str, Number]
    past: tuple[Past, ...]
    past_of_anchor: bool
    kpis: tuple[Kpi, ...]
    goals: tuple[Goal, ...]
    funnel: Funnel
    ledger: tuple[LedgerRow, ...]
    goods: tuple[GoodsRow, ...]
    slots: tuple[Stretch, ...]
    minutes: tuple[Stretch, ...]
    edits: tuple[EditRow, ...]
    incidents: tuple[Incident, ...]
    cues: tuple[Cue, ...]
    nameless_gmv: Fen | None
    coverage: Coverage = WHOLE
    alarms: tuple[AlarmRow, ...] = ()

    def kpi(self, key: str) -> Kpi:
        """Return one KPI. Raises KeyError for a key that is none."""
        for found in self.kpis:
            if found.metric.key == key:
                return found
        raise KeyError(key)

    def basis(self, kpi: Kpi) -> str:
        """Return what stands beside a KPI: why it is blank, or by what it counts and what to know about it."""
        return basis_of(kpi.metric, self.figures, self.coverage)

    def why_blank(self, kpi: Kpi) -> str:
        """Say in a word or two why counts that are known make no figure; empty where that is not the reason."""
        return why_blank(kpi.metric, self.figures, self.coverage, brief=True)

    def is_partial(self, kpi: Kpi) -> bool:
        """Tell whether a count was seen for a part of the show only: it is set against no other session's."""
        return len(kpi.metric.needs) == 1 and kpi.metric.needs[0] in self.coverage.partial

    @property
    def seconds(self) -> float | None:
        """Return how long the session lasted; ``None`` before it began."""
        return None if self.session.started_at is None else (self.until - self.session.started_at) / 1000


def build(material: Material, choices: Choices | None = None) -> SessionReport:
    """Work out the review."""
    session = material.session
    until = _until(material)
    live = LiveFigures()
    live.restore(material.rollups, material.carry)
    seconds = (until - session.started_at) / 1000 if session.started_at is not None else None
    figures = figures_of(live, material.imported, until=until, seconds=seconds)
    coverage = live.coverage(material.imported, until)
    table = metrics(choices or Choices())
    complete = _complete(material.lines, figures) and "orders" not in coverage.partial
    whole = frozenset(SOLD) - coverage.jumps if complete else frozenset[str]()
    known = Known(coverage.jumps, whole, frozenset(coverage.partial) - whole)
    growth = partial(_grown, live, known, session.started_at or 0)
    rows = ledger(material.pitches, material.segments, material.lines, growth, until)
    rows = with_readings(rows, material.pitches, material.readings)
    rollups = [each for each in material.rollups if each.metric != "online"] + live.held("online", until)
    return SessionReport(
        session, material.made_at, until, figures, tuple(material.past), material.past_of_anchor,
        kpis(table, figures, material.past, coverage), _goals(session, value_of(table["gmv"], figures)),
        funnel(figures, [past.figures for past in material.past], coverage),
        rows, _goods(material, rows, complete=complete),
        _cut(material, rollups, until, SLOT_SECONDS, known), _cut(material, rollups, until, MINUTE, known),
        tuple(material.edits), tuple(material.incidents), tuple(material.cues),
        _nameless(material.lines, figures.get("gmv")), coverage, tuple(material.alarms),
    )  # fmt: skip


def _grown(
    live: LiveFigures, known: Known, began: Instant, metric: str, a: Instant, b: Instant
) -> tuple[Number, bool] | None:
    """Return how much a total grew in [a, b), and whether in that very time; ``None`` where nobody can tell.

    What figures told now and then grew by is of the time between two of them: of [a, b) where both came in the minute
    before its ends, or it begins with the show.
    """
    since = known.since(metric, a)
    grown = live.delta(metric, a, b) if since is None or live.heard(metric, since, b) else None
    if grown is None:
        return None
    edges = [a, b] if a - began >= _NEAR_MS else [b]
    return grown, metric not in known.jumps or all(live.heard(metric, edge - _NEAR_MS, edge) for edge in edges)


def _until(material: Material) -> Instant:
    """Return where the report ends: never before the session's start, whatever the clock did."""
    session = material.session
    end = session.ended_at if session.ended_at is not None else material.made_at
    return end if session.started_at is None else max(end, session.started_at)


def _goals(session: Session, gmv: Number | None) -> tuple[Goal, ...]:
    return (Goal("gmv", session.goal_gmv, gmv),) if session.goal_gmv else ()


def _goods(material: Material, rows: Sequence[LedgerRow], *, complete: bool) -> tuple[GoodsRow, ...]:
    product_of = {segment.id: segment.product_id or "" for segment in material.segments}
    aired = [product_of.get(pitch.segment_id, "") for pitch in material.pitches]
    order = [segment.product_id for segment in material.segments if segment.product_id]
    return goods(material.products, order, rows, material.lines, aired, complete=complete)


def _complete(lines: Lines, figures: Figures) -> bool:
    """Tell whether the order lines account for all orders of the session, as far as anyone knows their number."""
    return bool(lines.orders) and (figures.get("orders") or 0) <= (total(lines.orders).orders or 0)


def _cut(
    material: Material, rollups: Sequence[Rollup], until: Instant, seconds: int, known: Known
) -> tuple[Stretch, ...]:
    """Cut the session into stretches; none without numbers and happenings, or before it began."""
    marks = _marks(material)
    if material.session.started_at is None or not (rollups or marks):
        return ()
    return stretches(rollups, material.session.started_at, until, seconds, marks, known)


def _marks(material: Material) -> list[Mark]:
    titles = {segment.id: segment.title for segment in material.segments}
    marks = [Mark(pitch.started_at, "segment", titles.get(pitch.segment_id, "")) for pitch in material.pitches]
    of_goods = {product.id: product.offer for product in material.products.values()}
    offers = offers_on_air(material.segments, material.pitches, of_goods, material.offers)
    marks += [Mark(offer.at, "offer", offer.text) for offer in offers]
    marks += [Mark(edit.at, "price" if edit.is_price else "stock", _edit_text(edit)) for edit in material.edits]
    marks += [Mark(incident.at, "incident", incident.said) for incident in material.incidents]
    marks += [Mark(cue.at, "cue", cue.text) for cue in material.cues]
    return marks


def _edit_text(edit: EditRow) -> str:
    """Write ``长款羽绒服 ¥399 → ¥369``."""
    if edit.is_price:
        before, after = money_text(edit.before, cents=False), money_text(edit.after, cents=False)
    else:
        before, after = ("—" if value is None else str(value) for value in (edit.before, edit.after))
    return f"{edit.title} {before} → {after}"


def _nameless(lines: Lines, gmv: Number | None) -> Fen | None:
    if not lines.orders or gmv is None:
        return None
    return round(gmv) - sum(line.amount or 0 for line in lines.orders if line.product_id or line.sku)
