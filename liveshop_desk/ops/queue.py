"""Building the queue (流程单): add, order, time, skip (P6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _, mark
from liveshop_desk.model.names import kind_name
from liveshop_desk.model.product import Role
from liveshop_desk.model.session import Kind, Segment
from liveshop_desk.store import queries
from liveshop_desk.store.ids import new_id
from liveshop_desk.store.step import Step
from liveshop_desk.store.store import Store

GAP = 1 << 20  # between ranks: a row moved between two others needs no other row to move
LONGEST = 12 * 3600
MOST = 2_000  # segments in one queue
_LENGTH = re.compile(r"(?:(\d{1,2})[:：](?=\d{1,2}[:：]))?(\d{1,4})(?:[:：]([0-5]?\d)|\s*(?:分钟?|m|min))?")


def add_segment(store: Store, session_id: str, kind: Kind, title: str, **fields: Any) -> str:
    """Add a segment without a product and return its id. ``fields`` are those of ``Segment``; ``at`` its place."""
    at = fields.pop("at", None)
    with store.step(mark("Add {title}"), title=title, session_id=session_id) as step:
        return insert_segments(store, step, session_id, [_row(kind, title, fields)], at=at)[0]


def add_products(store: Store, session_id: str, product_ids: Sequence[str], *, at: int | None = None) -> list[str]:
    """Add a pitch for each product, before place ``at`` (from 0) or at the end; return the segments' ids."""
    rows = [
        _row(Kind.PITCH, product.title, {"product_id": product.id, "role": product.role, "offer": product.offer})
        for product in (queries.product(store, product_id) for product_id in product_ids)
        if product is not None
    ]
    if not rows:
        raise Refused(_("These products are no longer in the catalogue."))
    label = mark("Add {title}") if len(rows) == 1 else mark("Add {n} products to the queue")
    with store.step(label, title=rows[0]["title"], n=len(rows), session_id=session_id) as step:
        return insert_segments(store, step, session_id, rows, at=at)


def insert_segments(
    store: Store, step: Step, session_id: str, rows: Sequence[dict[str, Any]], *, at: int | None = None
) -> list[str]:
    """Insert prepared rows inside a step, before place ``at`` or at the end."""
    held = queries.ranks(store, session_id)
    if len(held) + len(rows) > MOST:
        raise UserError(_("A queue holds at most {n} segments.").format(n=MOST), kept=_("Nothing was added."))
    place = len(held) if at is None else max(0, min(at, len(held)))
    ranks = _make_room(step, held, place, len(rows))
    ids: list[str] = []
    for rank, row in zip(ranks, rows, strict=True):
        ids.append(step.insert("segments", {"id": new_id(), "session_id": session_id, "rank": rank} | row))
    return ids


def move(store: Store, session_id: str, segment_ids: Sequence[str], to: int) -> None:
    """Move segments, in their own order, so that they stand before what is now at place ``to`` (from 0)."""
    wanted = set(segment_ids)
    label = mark("Move {title}") if len(wanted) == 1 else mark("Move {n} segments")
    with store.step(label, session_id=session_id) as step:
        segments = queries.segments(store, session_id)
        moving = [s for s in segments if s.id in wanted]
        if not moving:
            raise Refused(_("This row is no longer there."))
        rest = [(rank, row_id) for rank, row_id in queries.ranks(store, session_id) if row_id not in wanted]
        place = sum(1 for s in segments[:to] if s.id not in wanted)
        step.say(title=moving[0].title, n=len(moving))
        for rank, segment in zip(_make_room(step, rest, place, len(moving)), moving, strict=True):
            step.update("segments", segment.id, rank=rank)


def remove(store: Store, session_id: str, segment_ids: Sequence[str]) -> None:
    """Take segments out of the queue. Raises Refused for one that has been on air: its record stays."""
    wanted = set(segment_ids)
    label = mark("Remove {title}") if len(wanted) == 1 else mark("Remove {n} segments")
    with store.step(label, session_id=session_id) as step:
        aired = {pitch.segment_id for pitch in queries.pitches(store, session_id)}
        if aired & wanted:
            raise Refused(_("A segment that has been on air is kept."), todo=_("Skip it instead."))
        titles = [s.title for s in queries.segments(store, session_id) if s.id in wanted]
        step.say(title="".join(titles[:1]), n=len(titles))
        for segment_id in segment_ids:
            step.delete("segments", segment_id)


def set_skipped(store: Store, session_id: str, segment_id: str, skipped: bool) -> None:
    """Skip a segment without deleting it, or bring it back. Raises Refused for the one that is on air."""
    with store.step(mark("Skip {title}") if skipped else mark("Bring back {title}"), session_id=session_id) as step:
        segment = find(store, session_id, segment_id)
        on_air = (p.segment_id for p in queries.pitches(store, session_id) if p.ended_at is None)
        if skipped and segment_id in on_air:
            raise Refused(_("{title} is on air now.").format(title=segment.title), todo=_("Take the next one instead."))
        step.say(title=segment.title)
        step.update("segments", segment_id, skipped=int(skipped))


def edit_segment(store: Store, session_id: str, segment_id: str, **fields: Any) -> None:
    """Change a segment's title, kind, role, planned_seconds, offer, expected_units or note."""
    segment = find(store, session_id, segment_id)
    seconds = fields.get("planned_seconds")
    if seconds is not None and not 0 < seconds <= LONGEST:
        raise UserError(_("A segment lasts from 1 second to 12 hours."), kept=_("The length is unchanged."))
    if "title" in fields and not str(fields["title"]).strip():
        raise UserError(_("A segment needs a title."), kept=_("The title is unchanged."))
    with store.step(mark("Edit {title}"), title=segment.title, session_id=session_id) as step:
        step.update("segments", segment_id, **fields)


def type_length(store: Store, session_id: str, segment_id: str, text: str) -> None:
    """Set a segment's planned length as it was typed: minutes (``8``, ``8分``) or ``8:30``, ``1:00:00``."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise UserError(
            _("“{text}” is not a length: type minutes (8) or 8:30.").format(text=text),
            kept=_("The length is unchanged."),
        )
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    edit_segment(store, session_id, segment_id, planned_seconds=3600 * hours + 60 * minutes + seconds)


def copy_queue(store: Store, source_id: str, session_id: str) -> int:
    """Append another session's queue (a template, last week's show) and return how many segments came.

    What is said in segments without a product comes with them; a product's words are its own wherever it stands.
    """
    source = queries.segments(store, source_id)
    rows = [_row(segment.kind, segment.title, _template(segment)) for segment in source]
    label = mark("Copy a queue of one segment") if len(rows) == 1 else mark("Copy a queue of {n} segments")
    with store.step(label, n=len(rows), session_id=session_id) as step:
        for segment, made in zip(source, insert_segments(store, step, session_id, rows), strict=True):
            words = "" if segment.product_id else queries.script(store, queries.script_id(segment))
            if words:
                step.put("scripts", {"id": queries.script_id(replace(segment, id=made))}, text=words)
    return len(rows)


def _template(segment: Segment) -> dict[str, Any]:
    return {
        "product_id": segment.product_id,
        "role": segment.role,
        "planned_seconds": segment.planned_seconds,
        "offer": segment.offer,
        "expected_units": segment.expected_units,
        "note": segment.note,
    }


def find(store: Store, session_id: str, segment_id: str) -> Segment:
    """Return a segment. Raises Refused where it is gone."""
    for segment in queries.segments(store, session_id):
        if segment.id == segment_id:
            return segment
    raise Refused(_("This row is no longer there."))


def _row(kind: Kind, title: str, fields: dict[str, Any]) -> dict[str, Any]:
    role: Role | None = fields.get("role")
    return {"kind": kind, "title": title.strip() or kind_name(kind)} | fields | {"role": role}


def _make_room(step: Step, held: Sequence[tuple[int, str]], place: int, count: int) -> list[int]:
    """Return ``count`` ascending ranks for ``place``, renumbering the queue only where a gap has run out."""
    low = held[place - 1][0] if place else None
    high = held[place][0] if place < len(held) else None
    if high is None:
        return [(low or 0) + GAP * (n + 1) for n in range(count)]
    if low is None:
        low = high - GAP * (count + 1)
    width = (high - low) // (count + 1)
    if width >= 1:
        return [low + width * (n + 1) for n in range(count)]
    for index, (_rank, row_id) in enumerate(held):
        step.update("segments", row_id, rank=GAP * (index + 1 + (count if index >= place else 0)))
    return [GAP * (place + 1 + n) for n in range(count)]
