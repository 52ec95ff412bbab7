"""How long a row's script takes to read, beside the length it was given: worked out when it is asked for."""

from __future__ import annotations

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import timer_text
from liveshop_desk.model.session import Segment, Session
from liveshop_desk.prompter.pace import text_map
from liveshop_desk.prompter.pace_words import pace_text
from liveshop_desk.store import queries
from liveshop_desk.store.anchors import pace_of
from liveshop_desk.store.store import Store


def length_tip(store: Store, session: Session | None, segment: Segment, pace: float) -> str:
    """Say how long the script takes at the anchor's own pace (else ``pace`` units a minute); "" without a script."""
    text = queries.script(store, queries.script_id(segment))
    if session is None or not text.strip():
        return ""
    own = pace_of(store, session.anchor) or pace
    found = text_map(text)
    seconds = found.seconds_between(0.0, found.total, own)
    said = _("The script takes about {time} at {pace}.")
    if seconds > segment.planned_seconds:
        said = _("The script takes about {time} at {pace}, longer than planned.")
    return said.format(time=timer_text(round(seconds)), pace=pace_text(own, found.unit))
