"""How a source stands, in words."""

from __future__ import annotations

from liveshop_desk.i18n import _, mark, ngettext, number_text, span_text
from liveshop_desk.model.bases import BASES
from liveshop_desk.wire.config import SourceConfig, Way
from liveshop_desk.wire.meter import Health, SourceState

_TONES = {Health.RECEIVING: "good", Health.STALE: "next", Health.DOWN: "next", Health.CONNECTING: "dim"}
_KINDS = {
    "comment": "comments", "like": "likes", "enter": "entered", "follow": "new_followers", "join": "fan_joins",
    "share": "shares", "gift": "gifts", "click": "clicks", "cart": "cart_units",
}  # fmt: skip
# What comes of an order is counted as it comes, repeats too: none of it is the number of orders.
_TOLD = {
    "ordered": mark("Unpaid-order messages"),
    "order": mark("Paid-order messages"),
    "refund": mark("Refund messages"),
}


def tone(state: SourceState) -> str:
    """Return the colour a state is shown in."""
    return _TONES.get(state.health, "hint")


def sign(state: SourceState) -> str:
    """Return a state's sign, which says the same as its colour."""
    return {"receiving": "●", "stale": "○", "down": "⚠"}.get(state.health, "○")


def came_text(state: SourceState) -> str:
    """Write how many messages have come, and how many records were in them."""
    messages = ngettext("{n} message", "{n} messages", state.messages).format(n=number_text(state.messages))
    records = ngettext("{n} record", "{n} records", state.records).format(n=number_text(state.records))
    return _(", ").join((messages, records))


def health_text(config: SourceConfig, state: SourceState, tick: float) -> str:
    """Write how a source stands at the clock's ``tick``."""
    if config.on and state.health is Health.DOWN:
        why = state.why or _("does not answer")
        if state.ended:  # what hung up, or was closed, has done its work; but the show may go on in another room
            return _("its live room has ended. If the show goes on, start its program again. {why}").format(why=why)
        return why
    if config.on and _has_ended(state):
        return _("the live room has ended")
    if config.on and state.health is Health.STALE and state.last_tick is not None:
        return _("nothing for {span}").format(span=span_text(max(0.0, tick - state.last_tick)))
    if config.on and state.health is Health.WAITING:
        return {
            Way.RELAY: _("connected, nothing has come yet"),
            Way.FOLDER: _("watching, nothing has come yet"),
        }.get(config.about.way, _("waiting for it to connect"))
    return short_health(config, state)


def short_health(config: SourceConfig, state: SourceState) -> str:
    """Write how a source stands in a word or two."""
    if not config.on:
        return _("off")
    if _has_ended(state):
        return _("room has ended")
    words = {
        Health.RECEIVING: _("receiving"),
        Health.STALE: _("silent"),
        Health.DOWN: _("no connection"),
        Health.WAITING: _("waiting"),
    }
    return words.get(state.health, _("connecting …"))


def _has_ended(state: SourceState) -> bool:
    """Tell whether silence is no wonder: the last the source said is that the live room is over."""
    return state.ended and state.health is not Health.DOWN


def kinds_text(state: SourceState) -> str:
    """Write what was received of each kind."""
    if not state.kinds:
        return "—"
    named: dict[str, int] = {}
    for name, count in state.kinds:  # an event and the figure of its total have one name
        named[kind_name(name)] = named.get(kind_name(name), 0) + count
    return _(", ").join(f"{name} {number_text(count)}" for name, count in named.items())


def kind_name(kind: str) -> str:
    """Return what a kind of record, or a metric, is called."""
    if kind in _TOLD:
        return _(_TOLD[kind])
    base = BASES.get(_KINDS.get(kind, kind))
    return _(base.label) if base else kind


def unknown_text(state: SourceState) -> str:
    """Write which types nobody knows came how often."""
    return _(", ").join(f"{name} ×{number_text(count)}" for name, count in state.unknown[:12]) or "—"


def trouble_lines(state: SourceState, put_aside: int = 0, early: int = 0) -> list[str]:
    """Write everything that was not as it should be; nothing where all was.

    ``put_aside`` were right, but a source that is believed sooner told the same; ``early`` were of a time before the
    show.
    """
    counted = (
        (put_aside, ngettext("{n} put aside: another source rules", "{n} put aside: another source rules", put_aside)),
        (state.refused, ngettext("{n} could not be read", "{n} could not be read", state.refused)),
        (state.oversize, ngettext("{n} too long", "{n} too long", state.oversize)),
        (state.dropped, ngettext("{n} dropped in a flood", "{n} dropped in a flood", state.dropped)),
        (state.duplicates, ngettext("{n} came again", "{n} came again", state.duplicates)),
        (state.skewed, ngettext("{n} from a wrong clock", "{n} from a wrong clock", state.skewed)),
        (state.backwards, ngettext("{n} went back in time", "{n} went back in time", state.backwards)),
        (
            early,
            ngettext(
                "{n} from before the show: counted at its start",
                "{n} from before the show: counted at its start",
                early,
            ),
        ),
        (state.breaks, ngettext("connection lost {n} time", "connection lost {n} times", state.breaks)),
    )
    lines = [text.format(n=number_text(count)) for count, text in counted if count]
    return lines + list(state.reasons[-2:])
