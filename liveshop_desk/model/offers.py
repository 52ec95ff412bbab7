"""When which offer (优惠机制, e.g. 买一送一) was on air: at each take, and where its text was changed meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liveshop_desk.model.clock import Instant
from liveshop_desk.model.session import Kind, Pitch, Segment

_ARE_OFFERS = frozenset({Kind.FLASH_SALE, Kind.LUCKY_BAG})  # these need no text to be one


@dataclass(frozen=True, slots=True)
class OfferEdit:
    """The offer of a segment or product (``row_id``) was changed."""

    at: Instant
    row_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OfferOnAir:
    """From ``at`` on this offer was on air. ``title`` is its segment's, today."""

    at: Instant
    text: str
    title: str


def offers_on_air(
    segments: Iterable[Segment], pitches: Sequence[Pitch], products: Mapping[str, str], edits: Iterable[OfferEdit] = ()
) -> list[OfferOnAir]:
    """Return the offers in order of time. ``products``: product → its offer today; ``edits`` in order of time.

    A segment's own text goes before its product's. What was on air is told by the text of that moment, not today's.
    """
    changed: defaultdict[str, list[OfferEdit]] = defaultdict(list)
    for edit in edits:
        changed[edit.row_id].append(edit)
    known = {segment.id: segment for segment in segments}
    found: list[OfferOnAir] = []
    for pitch in pitches:
        segment = known.get(pitch.segment_id)
        if segment is not None:
            found += _of_pitch(pitch, segment, products, changed)
    return found


def _of_pitch(
    pitch: Pitch, segment: Segment, products: Mapping[str, str], changed: Mapping[str, Sequence[OfferEdit]]
) -> list[OfferOnAir]:
    own = changed.get(segment.id, ())
    goods = changed.get(segment.product_id or "", ())
    of_goods = products.get(segment.product_id or "", "")
    moments = {edit.at for edit in (*own, *goods) if _within(edit.at, pitch)}
    found: list[OfferOnAir] = []
    said = ""
    for at in (pitch.started_at, *sorted(moments)):
        text = _text_at(segment.offer, own, at) or _text_at(of_goods, goods, at)
        text = " ".join((text or (segment.title if segment.kind in _ARE_OFFERS else "")).split())
        if text and text != said:
            found.append(OfferOnAir(at, text, segment.title))
        said = text
    return found


def _within(at: Instant, pitch: Pitch) -> bool:
    return at > pitch.started_at and (pitch.ended_at is None or at < pitch.ended_at)


def _text_at(today: str, edits: Sequence[OfferEdit], at: Instant) -> str:
    """Return the text that stood at ``at``: what the first later change found."""
    return next((edit.before for edit in edits if edit.at > at), today)
