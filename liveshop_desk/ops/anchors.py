"""The anchors (主播): the pace each of them reads at."""

from __future__ import annotations

from liveshop_desk.errors import Refused
from liveshop_desk.i18n import _, mark
from liveshop_desk.prompter.pace import FASTEST, SLOWEST
from liveshop_desk.prompter.reading import pace_of_shows
from liveshop_desk.store import readings
from liveshop_desk.store.anchors import anchor_id
from liveshop_desk.store.store import Store

OLD_LABELS = (mark("{name} reads {pace} chars/min"),)  # still in the record of earlier weeks: it keeps its Chinese


def set_pace(store: Store, name: str, pace: float) -> None:
    """Keep how fast an anchor reads, in units (字, words) a minute. Raises Refused without a name."""
    name = anchor_id(name)
    if not name:
        raise Refused(_("Whose pace is it?"), todo=_("Name the anchor in the session's facts."))
    pace = round(min(FASTEST, max(SLOWEST, pace)))
    with store.step(mark("{name} reads {pace} characters/min"), name=name, pace=pace) as step:
        step.put("anchors", {"id": name, "name": name}, pace=pace)


def pace_in_shows(store: Store, name: str) -> int | None:
    """Return how fast an anchor read in her last shows; ``None`` where too little is known."""
    return pace_of_shows(readings.shows_of(store, name))
