"""What happened on air, as markers of the live chart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import money_text
from liveshop_desk.model.offers import OfferEdit, offers_on_air
from liveshop_desk.model.review import Incident
from liveshop_desk.model.session import Session
from liveshop_desk.store import markers, queries, review
from liveshop_desk.store.markers import GoodsEdit
from liveshop_desk.store.store import Store
from ui.widgets.chart_picture import Flag

_TAKEN = frozenset({"segments", "pitches"})
_OFFERED = _TAKEN | {"products"}
_SAID = frozenset({"cues", "incidents"})
_TITLE = 12  # columns; a Chinese character takes two
_CODE = re.compile(r"[A-Za-z]{1,4}-?\d[\w-]*|\d{4}[\w-]*")  # “7” and “100ml” say nothing by themselves


class Flags:
    """The markers of one session that was on air. They are kept: a change adds its own, the others stay."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session
        self._taken: list[Flag] = []
        self._said: list[Flag] = []
        self._offered: list[Flag] = []
        self._offers: list[OfferEdit] = []
        self._edits: dict[tuple[object, ...], Flag] = {}
        self._step = 0  # the newest step of the journal that was looked at
        self._offer_step = 0

    def read(self, until: Instant, tables: Collection[str] | None = None) -> tuple[Flag, ...]:
        """Return all markers in order of time; only what stands in ``tables`` is read again (``None``: everything)."""
        if self._session.started_at is None:
            return ()
        if tables is None or not _TAKEN.isdisjoint(tables):
            self._taken = _segments(self._store, self._session.id)
        if tables is None or not _SAID.isdisjoint(tables):
            self._said = _words(self._store, self._session.id)
        if tables is None or not _OFFERED.isdisjoint(tables):
            self._read_offers(self._session.started_at)
        if tables is None or "skus" in tables:
            self._read_edits(self._session.started_at, until)
        found = [*self._taken, *self._offered, *self._said, *self._edits.values()]
        return tuple(sorted(found, key=lambda flag: flag.at))

    def _read_offers(self, since: Instant) -> None:
        """Work out the offers anew; of the journal only the steps that are new are read."""
        found, self._offer_step = markers.offer_edits(self._store, self._offer_step, since)
        self._offers += found
        held = self._session.id
        segments, pitches = queries.segments(self._store, held), queries.pitches(self._store, held)
        offers = offers_on_air(segments, pitches, markers.product_offers(self._store, held), self._offers)
        self._offered = [
            Flag(offer.at, "offer", shortened(offer.text), _("Offer: {text}").format(text=offer.text))
            for offer in offers
        ]

    def _read_edits(self, since: Instant, until: Instant) -> None:
        """Read the steps that are new; one act on several sizes of a product is one marker."""
        found, self._step = markers.goods_edits(self._store, self._step, since, until)
        for edit in found:
            flag = _price(edit) if edit.field == "live_price" else _stock(edit)
            self._edits.setdefault((edit.at, edit.title, flag.text, flag.detail), flag)


def on_air_since(store: Store, session_id: str) -> Instant | None:
    """Return when the segment on air was taken."""
    return next((p.started_at for p in queries.pitches(store, session_id) if p.ended_at is None), None)


def short_title(title: str) -> str:
    """Return what an operator calls a segment in a few letters: its style number, else its first words."""
    words = [word for word in re.split(r"[\s·•,，:：]+", title) if word]
    code = next((word for word in reversed(words) if _CODE.fullmatch(word)), "")
    if code:
        return code[:_TITLE]
    return shortened(" ".join(words))


def shortened(words: str) -> str:
    """Return as much of a text as stands beside a marker."""
    text, room = "", _TITLE
    for letter in words:
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            return text.rstrip() + "…"
        text += letter
    return text


def _segments(store: Store, session_id: str) -> list[Flag]:
    titles = {segment.id: segment.title for segment in queries.segments(store, session_id)}
    pitches = queries.pitches(store, session_id)
    return [
        Flag(pitch.started_at, "segment", short_title(titles[pitch.segment_id]), titles[pitch.segment_id])
        for pitch in pitches
        if pitch.segment_id in titles
    ]


def _words(store: Store, session_id: str) -> list[Flag]:
    """Return what was said to the anchor and what went wrong."""
    cues = [Flag(cue.at, "cue", "", _("Cue: {text}").format(text=cue.text)) for cue in queries.cues(store, session_id)]
    return cues + [
        Flag(incident.at, "incident", "", _incident(incident)) for incident in review.incidents(store, session_id)
    ]


def _incident(incident: Incident) -> str:
    return _("Incident: {text}").format(text=incident.text) if incident.text else incident.said


def _price(edit: GoodsEdit) -> Flag:
    before, after = (money_text(fen, cents=False) for fen in (edit.before, edit.after))
    text = _("price {before}→{after}").format(before=before.lstrip("¥"), after=after.lstrip("¥"))
    return Flag(edit.at, "price", text, f"{edit.title}  {before} → {after}".strip())


def _stock(edit: GoodsEdit) -> Flag:
    before, after = ("—" if stock is None else f"{stock:,}" for stock in (edit.before, edit.after))
    text = _("stock {before}→{after}").format(before=before, after=after)
    return Flag(edit.at, "stock", text, f"{edit.title}  {text}".strip())
