"""The facts of a session as text: how they are shown, and how what is typed becomes fields again."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from liveshop_desk.i18n import _
from liveshop_desk.model.clock import Instant, clock_text, to_local
from liveshop_desk.model.money import Fen, money_text, parse_money
from liveshop_desk.model.session import Session
from liveshop_desk.model.slot import begin_at, is_end_of_day, make_slot, parse_day, parse_time

FIELDS = ("theme", "day", "start", "end", "anchor", "operator", "goal")


def fact_names() -> dict[str, str]:
    """Return what the facts are called."""
    return {
        "theme": _("Theme"),
        "day": _("Date"),
        "start": _("Start"),
        "end": _("End"),
        "anchor": _("Anchor"),
        "operator": _("Operator"),
        "goal": _("GMV goal"),
    }


def fact_texts(session: Session | None) -> dict[str, str]:
    """Return the facts as they are shown; empty ones where there is no session."""
    if session is None:
        return dict.fromkeys(FIELDS, "")
    start, end = session.planned_start, session.planned_end
    return {
        "theme": session.theme,
        "day": to_local(start).strftime("%Y-%m-%d") if start is not None else "",
        "start": clock_text(start) if start is not None else "",
        "end": clock_text(end) if end is not None else "",
        "anchor": session.anchor,
        "operator": session.operator,
        "goal": money_text(session.goal_gmv, cents=False) if session.goal_gmv is not None else "",
    }


def read_fact(session: Session, name: str, text: str, now: Instant) -> dict[str, Any]:
    """Return the session's fields that ``text``, typed into fact ``name``, stands for. Raises ValueError in words."""
    text = text.strip()
    if name == "theme":
        if not text:
            raise ValueError(_("A session needs a theme"))
        return {"theme": text}
    if name == "goal":
        return {"goal_gmv": _read_goal(text)}
    if name in ("anchor", "operator"):
        return {name: text}
    return _read_slot(session, name, text, now)


def _read_goal(text: str) -> Fen | None:
    """Read a goal in yuan; empty takes it away."""
    if not text:
        return None
    try:
        goal = parse_money(text)
    except ValueError:
        raise ValueError(_("“{text}” is not an amount; write it like 120000 or 12万").format(text=text[:20])) from None
    if goal <= 0:
        raise ValueError(_("A goal is above ¥0"))
    return goal


def _read_slot(session: Session, name: str, text: str, now: Instant) -> dict[str, Any]:
    """Put one typed part beside the two that stand."""
    today = to_local(now).date()
    day = today if session.planned_start is None else to_local(session.planned_start).date()
    start, end = _time_of(session.planned_start), _time_of(session.planned_end)
    if name == "day":
        slot = make_slot(parse_day(text, today), start, end)
    elif name == "start":
        later = timedelta(days=is_end_of_day(text))
        slot = begin_at(make_slot(day + later, start, end), parse_time(text), now)
    else:
        slot = make_slot(day, start, parse_time(text))
    return {"planned_start": slot.start, "planned_end": slot.end}


def _time_of(instant: int | None) -> time | None:
    return None if instant is None else to_local(instant).time().replace(second=0, microsecond=0)
