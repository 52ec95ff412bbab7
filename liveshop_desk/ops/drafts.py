"""A new session with what is usual in this shop, so that only what differs is typed."""

from __future__ import annotations

from liveshop_desk.i18n import _, day_text
from liveshop_desk.model.clock import to_local
from liveshop_desk.model.session import Session
from liveshop_desk.model.slot import next_full_hour
from liveshop_desk.ops import show
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store


def new_draft(store: Store) -> str:
    """Make a draft for the next full hour, three hours long, with the last session's people and platforms."""
    slot = next_full_hour(store.clock.now())
    last = _last(queries.sessions(store))
    theme = _("Show of {day}").format(day=day_text(to_local(slot.start).date()))
    return show.create_session(
        store,
        theme,
        planned_start=slot.start,
        planned_end=slot.end,
        anchor=last.anchor if last else "",
        operator=(last.operator if last else "") or store.who,
        platforms=last.platforms if last else (),
    )


def _last(sessions: list[Session]) -> Session | None:
    """Return the newest session made at this desk; one from a history file only where there is no other."""
    return next((s for s in sessions if s.source == "desk"), sessions[0] if sessions else None)
