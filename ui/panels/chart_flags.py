"""What happened on air, as markers of the live chart."""

from __future__ import annotations

import re
import unicodedata

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.money import money_text
from liveshop_desk.model.session import Session
from liveshop_desk.store import journal, queries, review
from liveshop_desk.store.store import Store
from ui.widgets.chart_picture import Flag

_TITLE = 12  # columns; a Chinese character takes two
_CODE = re.compile(r"[A-Za-z]{0,4}-?\d[\w-]*")


def flags_of(store: Store, session: Session, until: Instant) -> tuple[Flag, ...]:
    """Return the markers of a session that was on air, in order of time."""
    if session.started_at is None:
        return ()
    found = _segments(store, session.id) + _edits(store, session.started_at, until)
    for cue in queries.cues(store, session.id):
        found.append(Flag(cue.at, "cue", "", _("Cue: {text}").format(text=cue.text)))
    for incident in review.incidents(store, session.id):
        found.append(Flag(incident.at, "incident", "", _("Incident: {text}").format(text=incident.text)))
    return tuple(sorted(found, key=lambda flag: flag.at))


def on_air_since(store: Store, session_id: str) -> Instant | None:
    """Return when the segment on air was taken."""
    return next((p.started_at for p in queries.pitches(store, session_id) if p.ended_at is None), None)


def short_title(title: str) -> str:
    """Return what an operator calls a segment in a few letters: its style number, else its first words."""
    words = [word for word in re.split(r"[\s·•,，:：]+", title) if word]
    code = next((word for word in reversed(words) if _CODE.fullmatch(word)), "")
    if code:
        return code[:_TITLE]
    text, room = "", _TITLE
    for letter in " ".join(words):
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


def _edits(store: Store, since: Instant, until: Instant) -> list[Flag]:
    """Return changes of live price and stock; one act on several sizes of a product is one marker."""
    labels = review.sku_labels(store)
    found: dict[tuple[object, ...], Flag] = {}
    for edit in journal.sku_edits(store, since, until):
        title = labels.get(edit.row_id, ("", ""))[0]
        if edit.field == "live_price":
            flag = _price(edit, title)
        elif edit.field == "stock":
            flag = _stock(edit, title)
        else:
            continue
        found.setdefault((edit.at, title, flag.text, flag.detail), flag)
    return list(found.values())


def _price(edit: journal.Edit, title: str) -> Flag:
    before, after = (money_text(fen, cents=False) for fen in (edit.before, edit.after))
    text = _("price {before}→{after}").format(before=before.lstrip("¥"), after=after.lstrip("¥"))
    return Flag(edit.at, "price", text, f"{title}  {before} → {after}".strip())


def _stock(edit: journal.Edit, title: str) -> Flag:
    before, after = ("—" if stock is None else f"{stock:,}" for stock in (edit.before, edit.after))
    text = _("stock {before}→{after}").format(before=before, after=after)
    return Flag(edit.at, "stock", text, f"{title}  {text}".strip())
