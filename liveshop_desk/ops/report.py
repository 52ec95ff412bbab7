"""The review of one session, read from the shop file (R1)."""

from __future__ import annotations

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _
from liveshop_desk.model.bases import Number
from liveshop_desk.model.metrics import Choices
from liveshop_desk.model.offers import OfferEdit
from liveshop_desk.model.review import AlarmRow, EditRow, Material, SessionReport, build
from liveshop_desk.model.session import Session
from liveshop_desk.store import alarm_log, inflow, journal, markers, queries
from liveshop_desk.store import review as reads
from liveshop_desk.store.past import last_sessions
from liveshop_desk.store.readings import readings_of
from liveshop_desk.store.store import Store


def session_report(store: Store, session_id: str, choices: Choices | None = None) -> SessionReport:
    """Work out a session's review as it stands now. Raises Refused where there is no such session."""
    session = queries.session(store, session_id)
    if session is None:
        raise Refused(_("There is no session {id}.").format(id=session_id))
    now = store.clock.now()
    past, of_anchor = last_sessions(store, session, now if session.begin is None else session.begin)
    if session.rehearsal:
        past, of_anchor = past[:0], False  # its figures are nobody's: compared with nothing
    lines = reads.lines(store, session_id)
    return build(
        Material(
            session, now, queries.segments(store, session_id), queries.pitches(store, session_id),
            reads.products(store, session_id, lines), inflow.rollups(store, session_id),
            _figures(store, session_id), lines, _edits(store, session, now),
            reads.incidents(store, session_id, who=True), queries.cues(store, session_id), past, of_anchor,
            readings_of(store, session_id),
            inflow.carry(store, session_id),
            [AlarmRow(each.at, each.alarm, each.acknowledged_at) for each in alarm_log.alarms(store, session_id)],
            _offers(store, session),
        ),
        choices,
    )  # fmt: skip


def _figures(store: Store, session_id: str) -> dict[str, Number]:
    """Return what files said of a session; the buyers of an order file count where nobody told how many they were."""
    known = dict(queries.figures(store, session_id))
    found = reads.file_buyers(store, session_id)
    if "buyers" not in known and found is not None and found.are_all(known):
        known["buyers"] = found.people
    return known


def _offers(store: Store, session: Session) -> list[OfferEdit]:
    """Return what became of the offers since the session began."""
    if session.started_at is None or session.source != "desk":
        return []
    return markers.offer_edits(store, 0, session.started_at)[0]


def _edits(store: Store, session: Session, now: int) -> list[EditRow]:
    """Return what was changed while the session ran."""
    if session.started_at is None or session.source != "desk":
        return []
    labels = reads.sku_labels(store)
    until = session.ended_at if session.ended_at is not None else now
    return [
        EditRow(
            edit.at, *labels.get(edit.row_id, (edit.row_id, "")), edit.field, edit.before, edit.after, edit.who,
            edit.kind, edit.undone,
        )
        for edit in journal.sku_edits(store, session.started_at, until)
    ]  # fmt: skip
