"""Where the numbers come from and how old they are, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveshop_desk.i18n import _, ngettext, span_text
from liveshop_desk.model.alarms import Thresholds
from liveshop_desk.model.clock import Instant
from liveshop_desk.model.names import platform_name
from liveshop_desk.model.record import FILE, MANUAL, OWN_SOURCES, SIMULATED, UNNAMED
from liveshop_desk.model.session import Session, State

if TYPE_CHECKING:  # the first room does without
    from liveshop_desk.model.live import LiveFigures


class Pill(NamedTuple):
    """The source pill: its words and tone (good, next for stale, or nothing)."""

    text: str
    tone: str = ""


def source_name(source: str) -> str:
    """Return what a record's source is called."""
    if source == MANUAL:
        return _("Typed")
    if source == SIMULATED:
        return _("Simulated audience")
    if source == FILE:
        return _("From a file")
    if source == UNNAMED:
        return _("Unnamed source")
    from liveshop_desk.wire.config import KINDS  # the first room does without

    return _(KINDS[source].title) if source in KINDS else platform_name(source)


def age_words(now: Instant, at: Instant) -> str:
    """Return how long ago something was said."""
    return _("{span} ago").format(span=span_text(max(now - at, 0) / 1000))


def source_state(
    session: Session | None, figures: LiveFigures | None, now: Instant, limits: Thresholds, running: str = ""
) -> Pill:
    """Return what the pill says. ``running`` names the recording or audience that plays now, with its speed.

    ``limits`` say how long a person and a machine may be silent.
    """
    if session is None or session.state is not State.LIVE:
        return Pill("")
    newest = max(figures.last_at.items(), key=lambda item: item[1]) if figures and figures.last_at else None
    if running:
        silent = newest is not None and _late(newest[1], now, limits.source_seconds)
        age = f"  {age_words(now, newest[1])}" if newest and silent else ""
        return Pill(f"● {running}{age}", "next" if silent else "good")
    if newest is None:
        late = _late(session.started_at, now, limits.silent_seconds)
        return Pill(_("no figure yet"), "next" if late else "")
    speaking = [each for each, at in figures.last_at.items() if _speaks(each, at, now, limits)] if figures else []
    source, at = newest
    if len(speaking) > 1:  # the newest of several is another five times a second: their names would only flicker
        text = ngettext("{n} source: {age}", "{n} sources: {age}", len(speaking))
        return Pill("● " + text.format(n=len(speaking), age=age_words(now, at)), "good")
    stale = is_stale(source, at, now, limits)
    text = _("{source}: {age}").format(source=source_name(source)[:20], age=age_words(now, at))
    return Pill(("⚠ " if stale else "● ") + text, "next" if stale else "good")


def is_stale(source: str, at: Instant, now: Instant, limits: Thresholds) -> bool:
    """Tell whether a source's last figure is old: a person types now and then, a machine talks all the time."""
    return _late(at, now, limits.silent_seconds if source in OWN_SOURCES else limits.source_seconds)


def _speaks(source: str, at: Instant, now: Instant, limits: Thresholds) -> bool:
    """Tell whether a source talks by itself and does so now."""
    return source not in OWN_SOURCES and not _late(at, now, limits.source_seconds)


def _late(since: Instant | None, now: Instant, seconds: float) -> bool:
    return since is not None and now - since > seconds * 1000
