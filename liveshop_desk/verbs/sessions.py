"""``sessions``: what is on file; and how every verb finds the session it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from liveshop_desk.errors import Refused, UserError
from liveshop_desk.i18n import _
from liveshop_desk.model.clock import iso_text, to_local
from liveshop_desk.model.money import Fen, money_text, yuan_text
from liveshop_desk.model.session import Session, State
from liveshop_desk.model.session_words import state_text
from liveshop_desk.store import queries
from liveshop_desk.store.store import Store
from liveshop_desk.store.totals import gmv_by_session
from liveshop_desk.verbs.call import Call, json_option, print_json, say, shop_option

LAST = "last"
AIRED = (State.LIVE, State.ENDED)  # what there are figures of


def command() -> click.Command:
    """Return the verb."""

    @click.command("sessions", help=_("List the sessions: id, theme, state, start, anchor, GMV."))
    @json_option
    @shop_option
    @click.pass_obj
    def sessions(call: Call, as_json: bool) -> int:
        with call.desk() as desk:
            found = queries.sessions(desk.store)
            gmv = gmv_by_session(desk.store)
        if as_json:
            print_json([_as_json(session, gmv.get(session.id)) for session in found])
            return 0
        for session in found:
            say(_line(session, gmv.get(session.id)))
        if not found:
            say(_("There is no session yet."))
        return 0

    return sessions


def find_session(store: Store, wanted: str, states: Iterable[State] = tuple(State)) -> Session:
    """Return the session with this id, or the newest in one of ``states`` for ``last``; one on air comes first.

    Raises Refused where there is none.
    """
    kept = _("Nothing was changed.")
    if wanted != LAST:
        session = queries.session(store, wanted)
        if session is None:
            raise Refused(_("There is no session {id}.").format(id=wanted), kept=kept, todo=_("“sessions” lists them."))
        return session
    live = queries.live_session(store)
    if live is not None and State.LIVE in states:
        return live
    for session in queries.sessions(store):
        if session.state in states:
            return session
    if tuple(states) == (State.LIVE,):
        raise Refused(_("No session is on air."), kept=kept, todo=_("Go live in the desk first."))
    if State.DRAFT in states:
        raise Refused(_("No session is being prepared or on air."), kept=kept, todo=_("Make one in the desk first."))
    raise Refused(_("No session has been on air yet."), kept=kept, todo=_("“sessions” lists them."))


def session_option(help_text: str) -> Any:
    """Accept ``--session ID``; the newest session where it is not given."""
    return click.option("--session", "session", default=LAST, metavar="ID|last", show_default=True, help=help_text)


def _as_json(session: Session, gmv: Fen | None) -> dict[str, Any]:
    start = session.begin
    return {
        "id": session.id,
        "theme": session.theme,
        "state": session.state.value,
        "rehearsal": session.rehearsal,
        "start": None if start is None else iso_text(start),
        "end": None if session.ended_at is None else iso_text(session.ended_at),
        "anchor": session.anchor,
        "gmv": None if gmv is None else yuan_text(gmv),
        "source": session.source,
    }


def _line(session: Session, gmv: Fen | None) -> str:
    start = session.begin
    when = to_local(start).strftime("%Y-%m-%d %H:%M") if start is not None else "—"
    parts = (session.id, when, state_text(session), session.theme, session.anchor or "—", money_text(gmv))
    return "  ".join(parts)


def not_live(session: Session) -> UserError:
    """Say that a session is not on air."""
    return Refused(_("{theme} is not on air.").format(theme=session.theme), todo=_("Go live first."))
