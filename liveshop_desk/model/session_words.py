"""A session in one line, in the language in use: the same words wherever one is named or offered.

A day of another year than that of ``now`` carries its year.
"""

from __future__ import annotations

from liveshop_desk.i18n import _, day_text
from liveshop_desk.model.clock import Instant, to_local
from liveshop_desk.model.session import Session, State


def session_title(session: Session, now: Instant) -> str:
    """Write ``Nov 21 · theme``; without a date just the theme."""
    return " · ".join(part for part in (session_day(session, now), session.theme) if part)


def session_line(session: Session, now: Instant) -> str:
    """Write ``theme · Nov 21 · Draft``: the theme first, for a narrow field that cuts the end."""
    return " · ".join(part for part in (session.theme, session_day(session, now), state_text(session)) if part)


def session_name(session: Session, now: Instant) -> str:
    """Write ``Nov 21 · theme · anchor``, for choosing among the shows of several anchors; a rehearsal says so."""
    name = " · ".join(part for part in (session_title(session, now), session.anchor) if part)
    return marked(session, name)


def marked(session: Session, title: str) -> str:
    """Write a title; a rehearsal says so before anything else."""
    return _("[Rehearsal] {title}").format(title=title) if session.rehearsal else title


def file_theme(session: Session) -> str:
    """Write what a session's files are told apart by; a rehearsal says so, for the real show's lie beside them."""
    theme = session.theme[:60]
    return f"{_('Rehearsal')} {theme}" if session.rehearsal else theme  # no brackets: Excel takes few files with them


def state_text(session: Session) -> str:
    """Write where a session stands; a rehearsal says so, over too: its figures were never sold."""
    if session.state is State.LIVE:
        return _("Rehearsal") if session.rehearsal else _("On air")
    if session.state is State.DRAFT:
        return _("Draft")
    return " · ".join([_("Ended"), _("Rehearsal")] if session.rehearsal else [_("Ended")])


def session_day(session: Session, now: Instant) -> str:
    """Write the day it began or is to begin; empty where that is not known."""
    return "" if session.begin is None else day_text(to_local(session.begin).date(), to_local(now).date())
